"""How many letters leave in an hour: a flood that draws answers must not make the department's own mail server a sender of floods.

There is a limit for all letters, and one for those to a single address that unproven mail drew. What is more waits in the queue, in the order
of its rank, and leaves as the hour allows: nothing is lost. Protection and alarms go on, up to as many again.
"""

from collections import Counter
from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, update
from sqlmodel import Session, col, func, or_, select

from mailflow.letters import notices
from mailflow.letters.post import FIRST, sendable
from mailflow.office import Office, log
from mailflow.store.tables import Drawn, OutboxRow
from mailflow.work import reading, writing

_TOLD = "pace"
"""The phase of a letter that waits for the hour and has been told of."""
_HOUR = timedelta(hours=1)


def next_letter(office: Office, session: Session) -> OutboxRow | None:
    """Return the letter that leaves next, None where none is due or the hour has had its letters."""
    sent, most = _sent(session, office.now()), office.config.limits.letters_per_hour
    query = select(OutboxRow).where(_due(office), _has_room(office, session))
    if sent >= most:
        query = query.where(OutboxRow.rank == FIRST)
    order = col(OutboxRow.rank), col(OutboxRow.next_at), col(OutboxRow.id)
    return session.exec(query.order_by(*order).limit(1)).first() if sent < 2 * most else None


def waiting(office: Office, session: Session) -> int:
    """How many letters wait for nothing but the hour."""
    query = select(func.count()).where(_due(office))
    if _sent(session, office.now()) < office.config.limits.letters_per_hour:
        query = query.where(~_has_room(office, session))
    return session.exec(query).one()


def tell(office: Office) -> bool:
    """Write at letters that begin to wait why they do, and tell the administrators, once a day; return whether there were any."""
    with reading(office) as work:
        if not waiting(office, work.session):
            return False
        whole = _sent(work.session, office.now()) >= office.config.limits.letters_per_hour
    name = "letters_per_hour" if whole else "letters_per_recipient"
    most = getattr(office.config.limits, name)
    sent = f"{most} letters were sent within an hour{'' if whole else ' to one address'} (limits.{name})"
    with writing(office) as work:
        fresh = update(OutboxRow).where(_due(office), col(OutboxRow.phase) == "")
        fresh = fresh if whole else fresh.where(~_has_room(office, work.session))
        why = f"{sent}; this one goes when there is room"
        told = work.session.connection().execute(fresh.values(phase=_TOLD, error=why)).rowcount
        if told:
            said = f"{sent}; the others wait and go as there is room. Perhaps a flood of mail draws them: `mailflow outbox --open`"
            notices.alert(work, f"{name}:{office.now().date().isoformat()}", "", said)
            log.warning("letters-wait", letters=told, limit=name)
    return bool(told)


def _due(office: Office) -> ColumnElement[bool]:
    return sendable(office) & (col(OutboxRow.next_at) <= office.now())


def _has_room(office: Office, session: Session) -> ColumnElement[bool]:
    """The letters whose recipient may still get one in this hour; of proven mail, and of none, everybody may."""
    most, since = office.config.limits.letters_per_recipient, office.now() - _HOUR
    anybodys = col(OutboxRow.drawn) == Drawn.UNPROVEN
    sent = Counter(
        session.exec(select(OutboxRow.recipient_key).where(anybodys, col(OutboxRow.sent_at) > since))
    )

    def had(number: int) -> ColumnElement[bool]:
        return col(OutboxRow.recipient_key).in_([key for key, count in sent.items() if count >= number])

    return or_(~anybodys, ~had(most), (col(OutboxRow.rank) == FIRST) & ~had(2 * most))


def _sent(session: Session, now: datetime) -> int:
    return session.exec(select(func.count()).where(col(OutboxRow.sent_at) > now - _HOUR)).one()
