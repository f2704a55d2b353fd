"""Pictures that a writer's mails bring again and again: a logo, where their shape alone left it open."""

from collections.abc import Iterator

from sqlmodel import col, select

from mailflow.store.tables import MessageRow
from mailflow.work import Work
from parsers.facts import MessageFacts

_OFTEN = 2
"""Earlier mails of the same writer that brought the very same picture; a letter is rarely sent a third time."""
_LATEST = 30


def without_familiar(work: Work, row: MessageRow, facts: MessageFacts) -> MessageFacts:
    """Put doubtful pictures that came with earlier mails of this writer among the additions."""
    if row.id is None or not row.sender_key or not any(each.doubtful for each in facts.documents):
        return facts
    earlier = list(_earlier(work, row))
    known = {
        each.digest
        for each in facts.documents
        if each.doubtful and sum(f'"{each.digest}"' in kept for kept in earlier) >= _OFTEN
    }
    added = tuple(each for each in facts.documents if each.doubtful and each.digest in known)
    left = tuple(each for each in facts.documents if each not in added)
    return facts.model_copy(update={"documents": left, "additions": (*facts.additions, *added)})


def _earlier(work: Work, row: MessageRow) -> Iterator[str]:
    query = (
        select(MessageRow.facts)
        .where(
            MessageRow.sender_key == row.sender_key,
            col(MessageRow.id) < row.id,
            col(MessageRow.facts).is_not(None),
        )
        .order_by(col(MessageRow.id).desc())
        .limit(_LATEST)
    )
    return (kept for kept in work.session.exec(query) if kept)
