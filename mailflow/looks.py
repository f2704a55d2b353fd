"""How far the mailbox has been read: a word whose undo time is over happens only when whatever could have taken it back is known.

A look is the moment from which a turn of the mailbox began that found nothing more: all that the server had received until then stands in
the ledger. While the mailbox cannot be read, words wait for it, but no longer than `PATIENCE`: longer than a restart or an update of a mail
server takes, shorter than half of the shortest promise (a working day), after which officers would be reminded of what they have answered.
"""

from datetime import datetime, timedelta

from sqlmodel import col, func, select

from mailflow.office import Office
from mailflow.store.tables import MessageRow, MessageState, Setting, TaskRow
from mailflow.work import Work, reading, writing

PATIENCE = timedelta(hours=1)
_EVERY = timedelta(seconds=30)
"""How often a look is recorded while no word waits for it."""
_LOOKED, _AWAY = "mailbox:looked", "mailbox:away"


def looked(office: Office, began: datetime) -> None:
    """Record a look that began at this moment; seldom, unless a word waits for it or the mailbox was away."""
    with reading(office) as work:
        last, away = _moment(work, _LOOKED), _moment(work, _AWAY)
        waits = work.session.exec(select(TaskRow.id).where(col(TaskRow.effective_at).is_not(None)).limit(1))
        if not away and last and began - last < _EVERY and began >= last and waits.first() is None:
            return
    with writing(office) as work:
        _remember(work, _LOOKED, began)
        _remember(work, _AWAY, None)


def away(office: Office) -> None:
    """Record that the mailbox cannot be read, since when."""
    with writing(office) as work:
        if _moment(work, _AWAY) is None:
            _remember(work, _AWAY, office.now())


def began(office: Office) -> None:
    """Begin to be patient anew: while the program did not run, nobody tried."""
    with writing(office) as work:
        _remember(work, _AWAY, None)


def last_look(office: Office) -> datetime | None:
    """Return the last look on record."""
    with reading(office) as work:
        return _moment(work, _LOOKED)


def lacks_a_look(work: Work, until: datetime) -> bool:
    """Whether mail received until then may lie in the mailbox unseen, and is still waited for."""
    look, away, now = _moment(work, _LOOKED), _moment(work, _AWAY), work.office.now()
    return (look is None or look < until) and (away is None or now - away < PATIENCE)


def is_unread(work: Work, until: datetime) -> bool:
    """Whether mail received until then waits in the ledger to be read: an end is sure, for what cannot be read is parked."""
    waiting = select(MessageRow.id).where(
        MessageRow.state == MessageState.RECEIVED,
        func.coalesce(MessageRow.arrived_at, MessageRow.recorded_at) <= until,
    )
    return work.session.exec(waiting.limit(1)).first() is not None


def _moment(work: Work, name: str) -> datetime | None:
    known = work.session.get(Setting, name)
    return datetime.fromisoformat(known.value) if known is not None and known.value else None


def _remember(work: Work, name: str, moment: datetime | None) -> None:
    row = work.session.get(Setting, name) or Setting(name=name, value="")
    row.value = moment.isoformat() if moment else ""
    work.session.add(row)
