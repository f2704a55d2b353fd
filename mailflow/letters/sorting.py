"""How much of one writer's mail is put before officers at once; what goes beyond waits for the daily list."""

from sqlalchemy import String, cast, literal
from sqlmodel import col, func, select

from mailflow.letters.post import REPLY_WINDOW
from mailflow.store.tables import MessageRow, OutboxRow
from mailflow.work import Work


def is_too_much(work: Work, message: MessageRow) -> bool:
    """Whether `limits.replies_per_sender` messages of this writer were shown in 24 hours."""
    theirs = select(literal("message:") + cast(col(MessageRow.id), String)).where(
        MessageRow.sender_key == message.sender_key
    )
    shown = select(func.count(func.distinct(OutboxRow.scope))).where(
        OutboxRow.template == "officer-message-unsorted",
        OutboxRow.created_at > work.office.now() - REPLY_WINDOW,
        col(OutboxRow.scope).in_(theirs),
    )
    return work.session.exec(shown).one() >= work.office.config.limits.replies_per_sender
