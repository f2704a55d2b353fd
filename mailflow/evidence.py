"""What the rules' checks are given: the case's documents, who sent them, and what is known from before."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlmodel import col, select

from mailflow import cases, proofs
from mailflow.dossier import Dossier, Matter
from mailflow.on_file import on_file
from mailflow.store.tables import CaseRow, MessageRow, MessageState
from mailflow.work import Work
from parsers.facts import MessageFacts
from rules.case import CaseDocument, Finding, State
from rules.checks import Evidence, run
from rules.checks.evidence import Proof
from rules.checks.on_file import claims_of

_CAME_TO_NOTHING = frozenset({"rejected", "lapsed", "cancelled"})


def examine(matter: Matter, step: str) -> list[Finding]:
    """Return what the checks of a row find in a case; nothing for a row without checks."""
    if not _has_checks(matter, step):
        return []
    case = matter.case
    words = Proof() if case.documents else proofs.of_words(matter)
    claims = claims_of(each.facts for each in case.documents)
    from_whom = {
        "authenticated": words.authenticated,
        "method": words.method,
        "proofs": proofs.of_documents(matter),
        "on_file": on_file(matter.work, claims, case.address, besides=matter.row.id),
        "secrets": sum(each.secrets for each in messages(matter)),
    }
    return _run(matter.work, matter, step, from_whom, besides=matter.row.id)


def judge(work: Work, dossier: Dossier, step: str, facts: MessageFacts) -> list[Finding]:
    """Return what the checks of a row would find if these documents, which nobody sent, opened a case."""
    return (
        _run(work, dossier, step, {"secrets": facts.secrets}, besides=None)
        if _has_checks(dossier, step)
        else []
    )


def _has_checks(dossier: Dossier, step: str) -> bool:
    return step in dossier.sop.steps and bool(dossier.sop.steps[step].checks)


def _run(
    work: Work, dossier: Dossier, step: str, from_whom: dict[str, Any], *, besides: int | None
) -> list[Finding]:
    case, known = dossier.case, _Known.of(work, dossier.case.documents, besides)
    evidence = Evidence(
        now=work.office.now(),
        documents=case.documents,
        needs=dossier.sop.needs,
        ticket=case.id,
        sender=case.address,
        domain=work.office.config.department.domain,
        spki_seen=known.seen,
        spki_own=known.own,
        same_nip=known.same_nip,
        holder_says=case.holder_says,
        **from_whom,
    )
    return run(dossier.sop.steps[step].checks, evidence)


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
