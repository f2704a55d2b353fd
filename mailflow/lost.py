"""Answers to letters of ours that this database does not know: it was put back to a time before they were written.

Whoever wrote such an answer means a request that may not be here any more, or has another number. So nothing is decided by it and no
request is guessed: a person reads the words, once, and its papers stay with it until a person says what it is.
"""

from sqlmodel import col, select

from mailflow import addressed, histories, threads
from mailflow.generations import name
from mailflow.letters import notices
from mailflow.store.tables import MessageRow, MessageState, OutboxRow
from mailflow.trust.tokens import generation_of, is_like_ours
from mailflow.work import Work
from parsers.facts import MessageFacts


def is_unsure(work: Work, message: MessageRow, facts: MessageFacts) -> bool:
    """Whether the nearest letter of ours that a message answers is unknown, or else a token it carries belongs to no task.

    What a person confirmed is sure.
    """
    if message.confirmed:
        return False
    named = threads.answered(facts)
    query = select(OutboxRow.message_id).where(col(OutboxRow.message_id).in_(named))
    known = set(work.session.exec(query))
    for each in named:
        if each in known:
            return False
        if is_lost(work, each) or is_like_ours(each, work.office.config.department.domain):
            return True
    return addressed.has_token(facts) and addressed.find_task(work, facts) is None


def is_lost(work: Work, message_id: str) -> bool:
    """Tell whether a Message-ID is proven to be ours, and of a letter that is not here: the rows of letters are never deleted.

    One of this very generation shows that the database was put back, and its marker with it.
    """
    generation = generation_of(work.office.keyring, message_id)
    known = select(OutboxRow.id).where(OutboxRow.message_id == message_id)
    if not generation or work.session.exec(known).first() is not None:
        return False
    if generation == name(work.session):
        histories.renew(work, "it does not know a letter that it wrote")
    return True


def show(work: Work, message: MessageRow, facts: MessageFacts) -> str:
    """Put it before the officers; it stays where it is, for them to name its service. What is too much is in the daily list."""
    message.state, message.place, message.placed = MessageState.UNMATCHED, "inbox", True
    message.listed = notices.to_sort(work, message, facts, lost=True)
    shown = "shown to officers" if message.listed else "in the next daily list"
    return f"answers a letter of ours that this database does not know; {shown}"
