"""What the rules' checks are given: the case's documents, who sent them, and what is known from before."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlmodel import col, select

from mailflow import cases
from mailflow.dossier import Dossier, Matter
from mailflow.store.tables import CaseRow, MessageRow, MessageState, OutboxRow
from mailflow.trust.authentication import Authentication, authenticate
from mailflow.work import Work
from parsers.facts import MessageFacts
from rules.case import CaseDocument, Finding, State
from rules.checks import Evidence, run
from rules.checks.sender_authentication import ANSWERED

_CAME_TO_NOTHING = frozenset({"rejected", "lapsed", "cancelled"})


def examine(matter: Matter, step: str) -> list[Finding]:
    """Return what the checks of a row find in a case; nothing for a row without checks."""
    letters = messages(matter)
    return _run(matter.work, matter, step, letters, besides=matter.row.id)


def judge(work: Work, dossier: Dossier, step: str, facts: MessageFacts) -> list[Finding]:
    """Return what the checks of a row would find if this message opened a case."""
    return _run(work, dossier, step, [facts], besides=None)


def _run(
    work: Work, dossier: Dossier, step: str, letters: list[MessageFacts], *, besides: int | None
) -> list[Finding]:
    row = dossier.sop.steps.get(step)
    if row is None or not row.checks:
        return []
    case, config = dossier.case, work.office.config
    proof = proof_of(work, dossier, letters)
    known = _Known.of(work, case.documents, besides)
    evidence = Evidence(
        now=work.office.now(),
        documents=case.documents,
        needs=dossier.sop.needs,
        ticket=case.id,
        sender=case.address,
        authenticated=proof.passed,
        method=proof.method,
        domain=config.department.domain,
        spki_seen=known.seen,
        spki_own=known.own,
        same_nip=known.same_nip,
        secrets=sum(each.secrets for each in letters),
        holder_says=case.holder_says,
    )
    return run(row.checks, evidence)


@dataclass(frozen=True)
class _Known:
    """What other cases hold: fields as in `Evidence`."""

    seen: dict[str, str]
    own: frozenset[str]
    same_nip: tuple[str, ...]

    @classmethod
    def of(cls, work: Work, documents: Sequence[CaseDocument], besides: int | None) -> "_Known":
        nips = {each.facts.fields["nip"].value for each in documents if "nip" in each.facts.fields}
        people = {work.office.keyring.index(f"nip:{nip}") for nip in nips if nip}
        query = select(CaseRow).where(col(CaseRow.person_key).in_(people)).order_by(col(CaseRow.id))
        theirs = [row for row in work.session.exec(query) if row.id != besides] if people else []
        unfinished = {row.ticket for row in theirs if row.ending is None or row.ending in _CAME_TO_NOTHING}
        seen: dict[str, str] = {}
        own: set[str] = set()
        for key in {each.facts.csr.spki_sha256 for each in documents if each.facts.csr is not None}:
            tickets = cases.tickets_with_key(work, key, besides)
            if tickets:
                finished = [each for each in tickets if each not in unfinished]
                seen[key] = [*finished, *tickets][0]
                own |= set() if finished else {key}
        still_open = (row.ticket for row in theirs if row.state != State.CLOSED.value)
        return cls(seen, frozenset(own), tuple(still_open))


def proof_of(work: Work, dossier: Dossier, letters: list[MessageFacts]) -> Authentication:
    """Authenticated by the mail server, or an answer to a letter that only the owner of the address received."""
    proof = authenticate(letters[-1], work.office.config) if letters else Authentication(passed=None)
    if proof.passed is not None:
        return proof
    referred = {each for letter in letters for each in (*letter.in_reply_to, *letter.references)}
    query = select(OutboxRow.id).where(
        col(OutboxRow.message_id).in_(referred),
        OutboxRow.recipient_key == cases.address_key(work.office, dossier.case.address),
    )
    answered = work.session.exec(query).first() is not None
    return Authentication(passed=True, method=ANSWERED) if answered else Authentication(passed=None)


def messages(matter: Matter, writer: str = "") -> list[MessageFacts]:
    """Return the applicant's messages of a case and those its documents came with, the oldest first; what is held is not known to be the applicant's.

    `writer`: the keyed address of somebody else who writes in the case, the holder.
    """
    brought = {document.message for document in matter.case.documents}
    query = (
        select(MessageRow.facts)
        .where(
            (col(MessageRow.case_id) == matter.row.id) | col(MessageRow.id).in_(brought),
            MessageRow.sender_key == (writer or matter.row.address_key),
            MessageRow.state != MessageState.HELD,
            col(MessageRow.facts).is_not(None),
        )
        .order_by(col(MessageRow.id))
    )
    return [MessageFacts.model_validate_json(facts) for facts in matter.work.session.exec(query) if facts]
