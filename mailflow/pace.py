"""How many letters leave in an hour: a flood that draws answers must not make the department's own mail server a sender of floods.

What is more waits in the queue, in the order of its rank, and leaves as the hour allows: nothing is lost. Protection and alarms go on, up to
as many again.
"""

from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, update
from sqlmodel import Session, col, func, select

from mailflow.letters import notices
from mailflow.letters.post import FIRST, sendable
from mailflow.office import Office, log
from mailflow.store.tables import OutboxRow
from mailflow.work import reading, writing

_TOLD = "pace"
"""The phase of a letter that waits for the hour and has been told of."""
_HOUR = timedelta(hours=1)


def next_letter(office: Office, session: Session) -> OutboxRow | None:
    """Return the letter that leaves next, None where none is due or the hour has had its letters."""
    sent, most = _sent(session, office.now()), office.config.limits.letters_per_hour
    query = select(OutboxRow).where(_due(office))
    if sent >= most:
        query = query.where(OutboxRow.rank == FIRST)
    order = col(OutboxRow.rank), col(OutboxRow.next_at), col(OutboxRow.id)
    return session.exec(query.order_by(*order).limit(1)).first() if sent < 2 * most else None


def waiting(office: Office, session: Session) -> int:
    """How many letters wait for nothing but the hour; 0 while it has room."""
    if _sent(session, office.now()) < office.config.limits.letters_per_hour:
        return 0
    return session.exec(select(func.count()).where(_due(office))).one()


def tell(office: Office) -> bool:
    """Write at letters that begin to wait why they do, and tell the administrators, once a day; return whether there were any."""
    with reading(office) as work:
        if not waiting(office, work.session):
            return False
    most, now = office.config.limits.letters_per_hour, office.now()
    why = f"limits.letters_per_hour: {most} were sent within an hour; this one goes when there is room"
    with writing(office) as work:
        fresh = update(OutboxRow).where(_due(office), col(OutboxRow.phase) == "")
        told = work.session.connection().execute(fresh.values(phase=_TOLD, error=why)).rowcount
        if told:
            said = f"{most} letters were sent within an hour (limits.letters_per_hour); the others wait and go as there is room. Perhaps a flood of mail draws them: `mailflow outbox --open`"
            notices.alert(work, f"letters-per-hour:{now.date().isoformat()}", "", said)
            log.warning("letters-wait", letters=told)
    return bool(told)


def _due(office: Office) -> ColumnElement[bool]:
    return sendable(office) & (col(OutboxRow.next_at) <= office.now())


def _sent(session: Session, now: datetime) -> int:
    return session.exec(select(func.count()).where(col(OutboxRow.sent_at) > now - _HOUR)).one()
