"""What somebody else writes in an applicant's conversation: a superior in Cc, a secretary, an officer, the applicant from another address.

It belongs to that request and opens none of its own. The words go to the request's officer, who decides knowing them; papers are the
applicant's only once the applicant says so (BENAR). Who wrote is not answered, and proves nothing by knowing the conversation.
"""

from mailflow import engine, held, invited, tasks, threads
from mailflow.cases import address_key
from mailflow.config import Officer
from mailflow.dossier import Matter
from mailflow.family import whose_turn
from mailflow.letters.answers import Answer
from mailflow.letters.case import holders
from mailflow.openings import file, tell_of_secrets
from mailflow.store.tables import CaseRow, MessageRow, MessageState
from mailflow.trust.authentication import counts
from mailflow.work import Work
from parsers.facts import MessageFacts
from parsers.identity import same_address, same_name
from rules.events import Overheard
from rules.hearing.said import is_quiet

ACTOR = "bystander"
"""Who it was, on record: the message says more."""


def conversation(work: Work, facts: MessageFacts) -> CaseRow | None:
    """Return the request of another person whose conversation this mail goes on with."""
    row = threads.request_of(work, facts)
    sender = address_key(work.office, facts.sender.address if facts.sender else "")
    return row if row is not None and row.address_key != sender else None


def handle(work: Work, message: MessageRow, facts: MessageFacts, case: CaseRow) -> str | None:
    """Work off such a mail; return the reason for the ledger, None where its papers are the writer's own: a request of theirs."""
    if facts.sender is None or brings_own_papers(facts):
        return None
    matter = Matter.of(work, whose_turn(work, case))
    if same_address(facts.sender.address, matter.case.holder_address):
        return invited.of_holder(work, message, facts, case)
    message.case_id = matter.number
    file(message)
    officer = work.office.config.officer_by_address(facts.sender.address)
    if officer is not None:
        return _of_officer(Answer(matter, message, facts), officer)
    if not facts.documents and is_quiet(facts.new_text):
        return f"{matter.row.ticket}: somebody else's thanks"
    return _overheard(Answer(matter, message, facts))


def in_our_name(work: Work, message: MessageRow, facts: MessageFacts) -> str:
    """Work off a mail that bears our own address and names no other writer: a person reads it, nobody is answered."""
    theirs = conversation(work, facts)
    if theirs is not None and (reason := handle(work, message, facts, theirs)):
        return reason
    message.state, message.place, message.placed = MessageState.UNMATCHED, "inbox", True
    return facts.origin.reason


def brings_own_papers(facts: MessageFacts) -> bool:
    """Whether a letter names the writer, by address or name: people answer whatever mail is at hand with a request of their own."""
    sender = facts.sender
    if sender is None:
        return False
    for document in facts.documents:
        address, name = document.fields.get("official_email"), document.fields.get("name")
        if (address and same_address(address.value, sender.address)) or (
            name and sender.name and same_name(name.value, sender.name)
        ):
            return True
    return False


def _overheard(answer: Answer) -> str:
    """Put it before the request's officer; papers besides wait for the applicant's word."""
    matter, message, event = answer.matter, answer.message, overheard(answer.facts)
    asked = bool(event.papers) and held.ask(answer, of_somebody_else=True)
    engine.happen(matter.work, matter.row, event, actor=ACTOR, message_id=message.id)
    tell_of_secrets(answer)
    papers = "; the papers are in the next daily list" if event.papers else ""
    papers = "; the applicant is asked about the papers" if asked else papers
    return f"{matter.row.ticket}: somebody else in its conversation; shown to its officer{papers}"


def overheard(facts: MessageFacts) -> Overheard:
    """Return what such a mail is to the request: its words, and which files came with it."""
    return Overheard(
        text=facts.new_text or facts.below_text,
        papers=tuple(each.name for each in facts.documents if each.digest),
    )


def _of_officer(answer: Answer, officer: Officer) -> str:
    """Note what an officer writes to the applicant, and say that it decides nothing; a colleague who has the task reads it too."""
    matter, work = answer.matter, answer.matter.work
    proven = counts(answer.facts, work.office.config)
    if any(each != officer for each in holders(matter)):
        event = overheard(answer.facts)
        engine.happen(work, matter.row, event, actor=ACTOR, message_id=answer.message.id)
    else:
        actor = f"officer:{officer.email}" if proven else ACTOR
        tasks.record(matter, "note", answer.facts.new_text.strip(), actor=actor, message_id=answer.message.id)
    answer.to_writer(officer)
    return f"{matter.row.ticket}: an officer in its conversation; noted, nothing decided"
