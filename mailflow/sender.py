"""Letters leave: one claim, one transaction, one recipient at a time over a connection that stays.

A letter is claimed (durably "sending") after the recipient was accepted and before DATA: what dies before is still queued, what dies
after may have been sent. Such a letter is either repeated with the same Message-ID and bytes or held for a person, as its template says;
it never silently returns to the queue as if nothing had happened.
"""

import random
from datetime import datetime, timedelta

from sqlalchemy import update
from sqlmodel import col, select

from mailflow import bounces
from mailflow.checkpoints import Checkpoint, reached
from mailflow.letters.post import assembled
from mailflow.office import Office, log
from mailflow.outbox.contract import Delivery, Envelope, Transport
from mailflow.store.tables import OutboxRow, OutboxState
from mailflow.work import Work

GIVE_UP_AFTER = timedelta(days=5)
"""RFC 5321 §4.5.4.1: at least 4-5 days."""
_FIRST_WAIT, _LONGEST_WAIT = timedelta(seconds=60), timedelta(hours=4)


def wait_after(attempts: int) -> timedelta:
    """Return how long to wait after so many failed attempts: doubling, with jitter, at most four hours."""
    bare = min(_FIRST_WAIT * 2 ** min(attempts - 1, 12), _LONGEST_WAIT)
    return timedelta(seconds=bare.total_seconds() * random.uniform(0.8, 1.2))  # noqa: S311 - jitter, not a secret


def recover(office: Office) -> int:
    """At the start: letters claimed by a daemon that died may have been sent. Return how many there were."""
    with office.database.writing() as session:
        rows = session.exec(select(OutboxRow).where(OutboxRow.state == OutboxState.SENDING)).all()
        for row in rows:
            _unknown(row, office.now(), "the daemon ended between DATA and the answer")
            session.add(row)
    return len(rows)


def _unknown(row: OutboxRow, now: datetime, why: str) -> None:
    row.error = why
    if row.unknown == "hold":
        row.state, row.next_at = OutboxState.UNKNOWN, None
    else:
        row.state, row.next_at = OutboxState.QUEUED, now


class Sender:
    """The way out; lives in one event loop."""

    def __init__(self, office: Office, transport: Transport) -> None:
        self.office, self.transport = office, transport

    async def send_one(self) -> bool:
        """Send the oldest letter that is due; return whether there was one."""
        now = self.office.now()
        with self.office.database.reading() as session:
            query = (
                select(OutboxRow)
                .where(OutboxRow.state == OutboxState.QUEUED, col(OutboxRow.next_at) <= now)
                .order_by(col(OutboxRow.next_at), col(OutboxRow.id))
                .limit(1)
            )
            row = session.exec(query).first()
            message = assembled(session, row) if row else b""
        if row is None or row.id is None:
            return False
        envelope = Envelope(
            sender=row.envelope_sender, recipient=row.recipient, envid=row.message_id.strip("<>")
        )
        number = row.id

        async def claim() -> bool:
            claimed = self._claim(number)
            if claimed:
                reached(Checkpoint.CLAIMED)
            return claimed

        delivery = await self.transport.send(envelope, message, claim)
        if delivery.result == "sent":
            reached(Checkpoint.AFTER_DOT)
        self._record(number, delivery)
        reached(Checkpoint.SENT_RECORDED)
        return True

    def _claim(self, number: int) -> bool:
        with self.office.database.writing() as session:
            changed = session.connection().execute(
                update(OutboxRow)
                .where(col(OutboxRow.id) == number, col(OutboxRow.state) == OutboxState.QUEUED.value)
                .values(state=OutboxState.SENDING.value, phase="data", attempts=OutboxRow.attempts + 1)
            )
        return changed.rowcount == 1

    def _record(self, number: int, delivery: Delivery) -> None:
        now = self.office.now()
        with self.office.database.writing() as session:
            row = session.get(OutboxRow, number)
            assert row is not None  # noqa: S101 - rows are never deleted
            if delivery.result == "skipped":
                return
            if row.state == OutboxState.QUEUED:
                row.attempts += 1
            row.phase, row.error = delivery.phase, "" if delivery.result == "sent" else delivery.reply[:500]
            if delivery.result == "sent":
                row.state, row.sent_at, row.next_at = OutboxState.SENT, now, None
            elif delivery.result == "unknown":
                _unknown(
                    row,
                    now + wait_after(row.attempts),
                    f"no answer after the final dot: {delivery.reply}"[:500],
                )
            elif delivery.result == "temporary" and now - row.created_at < GIVE_UP_AFTER:
                row.state, row.next_at = OutboxState.QUEUED, now + wait_after(row.attempts)
            else:
                bounces.fail(
                    Work(session, self.office),
                    row,
                    reason=delivery.reply[:300] or "gave up after five days",
                    detail="",
                )
                row.state = OutboxState.FAILED
            session.add(row)
        log.info(
            "letter",
            outbox=number,
            template=row.template,
            result=delivery.result,
            phase=delivery.phase,
            reply=delivery.reply,
        )
