"""A message of a person who is no officer: part of a case, a new request, something to be confirmed, or nothing of ours.

What belongs to a case counts only with proof that its writer received our letters: a reply to a letter we sent to that very address
(its Message-ID cannot be guessed), or an authenticated sender who names the ticket. Anything else that claims to come from the
applicant is held, and the applicant is asked at the case's own address; the writer learns nothing.
"""

from sqlmodel import Session, col, select

from mailflow import cases, engine
from mailflow.dossier import Matter
from mailflow.letters import notices
from mailflow.letters.answers import Answer
from mailflow.store.tables import CaseRow, MessageRow, MessageState, OutboxRow
from mailflow.tickets import find_tickets
from mailflow.trust.authentication import authenticate
from mailflow.work import Work
from parsers.facts import MessageFacts
from rules.case import CaseDocument, Event, Opened, Said, State, Supplied
from rules.match import match
from rules.words import applicant_word


def handle(work: Work, message: MessageRow, facts: MessageFacts) -> str:
    """Work off the message; return the reason for the ledger."""
    if facts.sender is None:
        return _leave(message, f"no single sender: {facts.from_defect}")
    if proven := _proven_case(work, message, facts):
        reason = _continue(work, message, facts, proven)
        if reason is not None:
            return reason
    elif claimed := _claimed_case(work, facts):
        return _hold(work, message, facts, claimed)
    found = match(facts, work.office.rules.sops)
    if found.sop is None:
        if work.office.config.intake.unmatched == "sort":
            notices.to_sort(work, message, facts)
        return _leave(message, "; ".join(found.reasons) or "fits no SOP")
    if again := _same_request(work, facts, found.sop):
        return _hold(work, message, facts, again)
    event = Opened(documents=_documents(message, facts), text=facts.new_text)
    case = engine.start(
        work,
        work.office.rules.sops[found.sop],
        engine.Opening(
            event=event,
            address=facts.sender.address,
            applicant=name_in(facts),
            language=facts.language or work.office.config.department.language,
            received=message.received_at.astimezone(work.office.config.department.zone),
            message=message,
        ),
    )
    _file(message)
    if facts.secrets:
        Answer(Matter.of(work, case), message, facts).to_applicant("applicant-secret-removed")
    return f"opened {case.ticket}"


def case_of(work: Work, message: MessageRow, facts: MessageFacts) -> CaseRow | None:
    """Return the case a message belongs to or claims to."""
    return _proven_case(work, message, facts) or _claimed_case(work, facts)


def _proven_case(work: Work, message: MessageRow, facts: MessageFacts) -> CaseRow | None:
    if message.confirmed and message.case_id is not None:
        return work.session.get(CaseRow, message.case_id)
    address = facts.sender.address if facts.sender else ""
    referred = {*facts.in_reply_to, *facts.references}
    query = (
        select(OutboxRow)
        .where(
            col(OutboxRow.message_id).in_(referred),
            OutboxRow.recipient_key == cases.address_key(work.office, address),
            col(OutboxRow.case_id).is_not(None),
            col(OutboxRow.task_id).is_(None),
        )
        .order_by(col(OutboxRow.id).desc())
    )
    letter = work.session.exec(query).first()
    if letter is not None:
        return work.session.get(CaseRow, letter.case_id)
    if authenticate(facts, work.office.config).passed:
        for row in _named_cases(work, facts):
            if row.address_key == cases.address_key(work.office, address):
                return row
    return None


def _named_cases(work: Work, facts: MessageFacts) -> list[CaseRow]:
    tickets = find_tickets(f"{facts.subject}\n{facts.new_text}", work.office.config.department.ticket_prefix)
    return [row for ticket in tickets if (row := cases.by_ticket(work.session, ticket))]


def _claimed_case(work: Work, facts: MessageFacts) -> CaseRow | None:
    """An open case this message names, or refers to by one of our letters, without proof."""
    if named := [row for row in _named_cases(work, facts) if row.state != State.CLOSED.value]:
        return named[0]
    referred = {*facts.in_reply_to, *facts.references}
    query = select(OutboxRow).where(
        col(OutboxRow.message_id).in_(referred), col(OutboxRow.case_id).is_not(None)
    )
    letter = work.session.exec(query).first()
    row = work.session.get(CaseRow, letter.case_id) if letter else None
    return row if row and row.state != State.CLOSED.value else None


def _same_request(work: Work, facts: MessageFacts, sop: str) -> CaseRow | None:
    """An open case of the same address, service and person: people write anew instead of replying; an aide writes for several."""
    address = facts.sender.address if facts.sender else ""
    nip = next((each.fields["nip"].value for each in facts.documents if "nip" in each.fields), "")
    person = work.office.keyring.index(f"nip:{nip}") if nip else ""
    for row in cases.open_cases_of(work, address):
        if row.sop == sop and (not person or not row.person_key or row.person_key == person):
            return row
    return None


def _continue(work: Work, message: MessageRow, facts: MessageFacts, case: CaseRow) -> str | None:
    """Let the message happen to its case; None when it is a letter of its own, too late to reopen the old one."""
    message.case_id = case.id
    _file(message)
    event = _event(work, message, facts, case)
    decision = engine.happen(work, case, event, actor="applicant", message_id=message.id)
    if decision.event == "new-case":
        message.case_id = None
        return None
    if isinstance(event, Said) and event.word == "confirm":
        _release_held(work.session, case)
    if facts.secrets:
        Answer(Matter.of(work, case), message, facts).to_applicant("applicant-secret-removed")
    return f"{case.ticket}: {decision.event}"


def _event(work: Work, message: MessageRow, facts: MessageFacts, case: CaseRow) -> Event:
    sop = cases.sop_of(work, case.sop_digest, case.sop)
    step = sop.steps.get(case.step)
    documents = _documents(message, facts)
    spoken = applicant_word(
        facts.new_text, dict(step.words) if step and step.performer == "applicant" else {}
    )
    if spoken.outcome is not None:
        return Said(word=spoken.outcome, text=spoken.text or facts.new_text, documents=documents)
    return Supplied(documents=documents, text=facts.new_text)


def _release_held(session: Session, case: CaseRow) -> None:
    """BENAR, proven: the held messages of this case are worked off as the applicant's own."""
    query = select(MessageRow).where(MessageRow.case_id == case.id, MessageRow.state == MessageState.HELD)
    for held in session.exec(query):
        held.state, held.confirmed, held.reason, held.attempts = (
            MessageState.RECEIVED,
            True,
            "confirmed by the applicant",
            0,
        )
        session.add(held)


def _hold(work: Work, message: MessageRow, facts: MessageFacts, case: CaseRow) -> str:
    value = cases.value_of(case)
    if facts.sender and facts.sender.address.lower() == value.address.lower():
        message.case_id, message.state, message.place, message.placed = (
            case.id,
            MessageState.HELD,
            "processed",
            False,
        )
        Answer(Matter.of(work, case), message, facts).to_applicant("applicant-confirm-address")
        return f"held: claims to be the applicant of {case.ticket}, no reply to one of our letters"
    Answer(Matter.of(work, case), message, facts).to_staff(
        "officer-sort", work.office.staff("officer", case.sop)[:1]
    )
    return _leave(message, f"names {case.ticket} but is not from its applicant; shown to an officer")


def _documents(message: MessageRow, facts: MessageFacts) -> tuple[CaseDocument, ...]:
    return tuple(
        CaseDocument(need=None, facts=document, message=message.id or 0, received=message.received_at)
        for document in facts.documents
        if document.digest
    )


def name_in(facts: MessageFacts) -> str:
    """Return the name to address: as the letter says, else as the sender calls himself."""
    for document in facts.documents:
        if document.fields.get("name"):
            return document.fields["name"].value
    return facts.sender.name if facts.sender else ""


def _file(message: MessageRow) -> None:
    message.state, message.place, message.placed = MessageState.FILED, "processed", False


def _leave(message: MessageRow, reason: str) -> str:
    message.state, message.place, message.placed = MessageState.UNMATCHED, "inbox", True
    return reason
