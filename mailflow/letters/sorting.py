"""How much mail that a person must sort is put before officers at once; what goes beyond waits for the daily list.

Counted by its writer, by the request it is about, and by the officer it is put before: two hundred senders fill a mailbox as well as one
does. What is proven and what is not are counted apart, so that no forged flood keeps a proven word from being seen.
"""

from collections.abc import Sequence
from datetime import datetime, timedelta

from sqlalchemy import ColumnElement
from sqlmodel import col, func, select

from mailflow.cases import address_key
from mailflow.config import Officer
from mailflow.letters.post import REPLY_WINDOW
from mailflow.store.tables import CaseRow, MessageRow, OutboxRow
from mailflow.work import Work

SHOWN = "officer-message-unsorted"
"""The letter that answers nobody: it shows an officer what somebody wrote."""
_HOUR = timedelta(hours=1)


def is_too_much(
    work: Work, message: MessageRow, officers: Sequence[Officer], case_id: int | None = None
) -> bool:
    """Whether this writer, this request or one of these officers has had what `[limits]` allows, of mail as far proven as this."""
    limits, now = work.office.config.limits, work.office.now()
    theirs = select(MessageRow.id).where(MessageRow.sender_key == message.sender_key)
    if message.sender_key and (
        _shown(work, now - REPLY_WINDOW, col(OutboxRow.cause).in_(theirs)) >= limits.replies_per_sender
    ):
        return True
    since = now - _HOUR
    if case_id is not None and (
        _shown(work, since, col(OutboxRow.case_id) == case_id) >= limits.shown_per_case
    ):
        return True
    keys = [address_key(work.office, each.email) for each in officers]
    return any(
        _shown(work, since, col(OutboxRow.recipient_key) == key) >= limits.shown_per_officer for key in keys
    )


def complaints_are_many(work: Work, case: CaseRow) -> bool:
    """Whether as many complaints about this request were opened in 24 hours as messages about one are shown in an hour."""
    query = (
        select(func.count(func.distinct(CaseRow.id)))
        .join(OutboxRow, col(OutboxRow.case_id) == col(CaseRow.id))
        .where(
            CaseRow.parent_id == case.id,
            col(CaseRow.root_id).is_(None),
            OutboxRow.created_at > work.office.now() - REPLY_WINDOW,
            OutboxRow.drawn == work.drawn,
        )
    )
    return work.session.exec(query).one() >= work.office.config.limits.shown_per_case


def _shown(work: Work, since: datetime, whose: ColumnElement[bool]) -> int:
    """How many messages were put before officers since then."""
    query = select(func.count(func.distinct(OutboxRow.cause))).where(
        OutboxRow.template == SHOWN,
        OutboxRow.created_at > since,
        OutboxRow.drawn == work.drawn,
        whose,
    )
    return work.session.exec(query).one()
