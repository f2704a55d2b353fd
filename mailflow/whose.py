"""Which case a message belongs to: proven, claimed, or likely the one it means.

What belongs to a case counts only from a sender who is not refuted: in a reply to a letter we sent to that very address (its Message-ID
cannot be guessed), or from an authenticated sender who names the ticket.
"""

from collections.abc import Iterable

from sqlmodel import col, select

from mailflow import cases, invited, threads
from mailflow.dossier import Matter
from mailflow.family import members
from mailflow.store.tables import CaseRow, MessageRow, OutboxRow
from mailflow.tickets import find_tickets
from mailflow.trust.authentication import authenticate
from mailflow.work import Work
from parsers.facts import DocumentFacts, MessageFacts
from parsers.identity import belongs_to, same_name
from rules.case import State
from rules.match import requests_in
from rules.needs import judge, need_served
from rules.temper import is_upset
from rules.words import applicant_word


def proven_case(work: Work, message: MessageRow, facts: MessageFacts) -> CaseRow | None:
    """Return the case whose applicant this sender is taken to be: confirmed, an answer to our letter, or authenticated.

    An authenticated sender says which case by its number or by the conversation. The Message-ID of our letter is a pointer, known to
    whoever got it in Cc or forwarded: it counts from the very address the letter went to, and never where the sender is refuted.
    """
    if message.confirmed and message.case_id is not None:
        return work.session.get(CaseRow, message.case_id)
    proof = authenticate(facts, work.office.config)
    if proof.passed is False:
        return None
    key = cases.address_key(work.office, facts.sender.address if facts.sender else "")
    query = (
        select(CaseRow)
        .join(OutboxRow, col(OutboxRow.case_id) == col(CaseRow.id))
        .where(
            col(OutboxRow.message_id).in_({*facts.in_reply_to, *facts.references}),
            OutboxRow.recipient_key == key,
            CaseRow.address_key == key,
        )
        .order_by(col(OutboxRow.id).desc())
    )
    row = work.session.exec(query).first()
    row = row or invited.noticed_case(work, facts)
    if row is None and proof.passed:
        meant = [*_named_cases(work, facts), *filter(None, [threads.request_of(work, facts)])]
        row = next((each for each in meant if each.address_key == key), None)
    return row


def claimed_case(work: Work, facts: MessageFacts) -> CaseRow | None:
    """An open case this message names, or whose conversation it goes on with, without proof."""
    if named := [row for row in _named_cases(work, facts) if row.state != State.CLOSED.value]:
        return named[0]
    row = threads.request_of(work, facts, to_staff=True) or _spoken_to(work, facts)
    return row if row and row.state != State.CLOSED.value else None


def _named_cases(work: Work, facts: MessageFacts) -> list[CaseRow]:
    tickets = find_tickets(f"{facts.subject}\n{facts.new_text}", work.office.config.department.ticket_prefix)
    return [row for ticket in tickets if (row := cases.by_ticket(work.session, ticket))]


def _spoken_to(work: Work, facts: MessageFacts) -> CaseRow | None:
    """The latest open case of an address that writes one of the applicant's words without saying about what."""
    if facts.sender is None or facts.documents or applicant_word(facts.new_text).outcome in {None, "thanks"}:
        return None
    return next(iter(cases.open_cases_of(work, facts.sender.address)), None)


def same_request(work: Work, facts: MessageFacts, sop: str) -> CaseRow | None:
    """An open case of the same address, service and person: people write anew instead of replying; an aide writes for several."""
    address = facts.sender.address if facts.sender else ""
    nip = next((each.fields["nip"].value for each in facts.documents if "nip" in each.fields), "")
    person = work.office.keyring.index(f"nip:{nip}") if nip else ""
    for row in cases.open_cases_of(work, address):
        if row.sop == sop and (not person or not row.person_key or row.person_key == person):
            return row
    return None


def waits_for_it(work: Work, facts: MessageFacts) -> CaseRow | None:
    """The one open request of this address that waits for such documents: people write anew instead of replying."""
    address = facts.sender.address if facts.sender else ""
    waiting = []
    for row in cases.open_cases_of(work, address):
        matter = Matter.of(work, row)
        if row.state == State.APPLICANT and matter.sop.steps[row.step].needs:
            missing = judge(matter.sop, matter.case).missing
            served = {
                need_served(matter.sop, matter.case.documents, each)
                for each in facts.documents
                if each.digest
            }
            if served & set(missing):
                waiting.append(row)
    return waiting[0] if len(waiting) == 1 else None


def upset_about(work: Work, facts: MessageFacts) -> CaseRow | None:
    """The latest open request of an address that writes nothing but angry words, in a mail of its own."""
    if facts.sender is None or facts.documents or not is_upset(facts.new_text):
        return None
    return next(iter(cases.open_cases_of(work, facts.sender.address)), None)


def concerning(work: Work, facts: MessageFacts) -> CaseRow | None:
    """Return the latest open case that names this sender without being theirs: as the holder, or as a person of its list.

    Only to show an officer what they write: a name proves nothing.
    """
    sender = facts.sender
    department = work.office.config.department
    if sender is None or not belongs_to(sender.address, department.domain):
        return None
    for row in cases.all_open(work):
        case = cases.value_of(row)
        listed = sender.name and any(same_name(sender.name, each.name) for each in case.persons)
        if case.address.lower() != sender.address.lower() and (
            listed or case.holder_address.lower() == sender.address.lower()
        ):
            return row
    return None


def is_of_another_service(work: Work, facts: MessageFacts, case: CaseRow) -> bool:
    """Whether all letters that came name services that neither this request nor one it opens serves: people answer whatever mail is at hand."""
    parts = by_letters(work, facts)
    served = {each.sop for each in members(work, case)}
    in_force = work.office.rules.sops
    for _ in in_force:  # children of children too
        served |= {child for name in served & set(in_force) for child in in_force[name].opened_sops}
    if parts:
        return not served & set(parts)
    waiting = waits_for_it(work, facts) if facts.documents else None
    return waiting is not None and not cases.sop_of(work, case.sop_digest, case.sop).needs


def by_letters(work: Work, facts: MessageFacts) -> dict[str, tuple[DocumentFacts, ...]]:
    """What the letters of a mail ask for, whatever its words say: in a thread they are about the thread."""
    return requests_in(facts.model_copy(update={"subject": "", "new_text": ""}), work.office.rules.sops)


def other_persons(work: Work, facts: MessageFacts, case: CaseRow) -> set[str]:
    """The persons (`person_key`) whose papers came, if none of them is the case's; the same name with another NIP is a correction."""
    persons = {
        work.office.keyring.index(f"nip:{each.fields['nip'].value}")
        for each in facts.documents
        if "nip" in each.fields
    }
    if not case.person_key or case.person_key in persons:
        return set()
    known = _names(each.facts for each in cases.value_of(case).documents)
    corrects = any(same_name(one, other) for one in _names(facts.documents) for other in known)
    return set() if corrects else persons


def _names(documents: Iterable[DocumentFacts]) -> list[str]:
    return [
        each.fields["name"].value for each in documents if "name" in each.fields and each.fields["name"].value
    ]
