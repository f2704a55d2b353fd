"""A reaction (a thumb under a letter of ours) is filed like thanks: it decides nothing and is answered by nobody."""

from sqlmodel import col, select

from mailflow import engine, whose
from mailflow.applicants import heard
from mailflow.openings import file
from mailflow.store.tables import CaseRow, MessageRow, OutboxRow
from mailflow.work import Work
from parsers.facts import MessageFacts


def handle(work: Work, message: MessageRow, facts: MessageFacts) -> str | None:
    """File a reaction to one of our letters; None for anything else."""
    if not facts.reaction:
        return None
    case = whose.proven_case(work, message, facts)
    if case is not None:
        file(message)
        message.case_id = case.id
        event = heard(work, facts, (), None)
        engine.happen(work, case, event, actor="applicant", message_id=message.id)
        return f"{case.ticket}: a reaction, filed like thanks"
    referred = {*facts.in_reply_to, *facts.references}
    letter = work.session.exec(select(OutboxRow).where(col(OutboxRow.message_id).in_(referred))).first()
    if letter is None:
        return None
    file(message)
    known = work.session.get(CaseRow, letter.case_id) if letter.case_id else None
    return f"{known.ticket if known else 'a letter of ours'}: a reaction, which is no word"
