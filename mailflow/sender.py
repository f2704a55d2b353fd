"""Letters leave: one claim, one transaction, one recipient at a time over a connection that stays.

A letter is claimed (durably "sending") after the recipient was accepted and before DATA: what dies before is still queued, what dies
after may have been sent. Such a letter is either repeated with the same Message-ID and bytes or held for a person, as its template says;
it never silently returns to the queue as if nothing had happened. What became of a letter is told to the database until it listens.

A server that cannot be reached is left alone for a while as a whole: the letters wait for it, not each for a time of its own, so that all
leave as soon as it is back.
"""

import random
import time
from datetime import datetime, timedelta

from sqlalchemy import update
from sqlmodel import Session, col, select

from mailflow import bounces, pace
from mailflow.checkpoints import Checkpoint, reached
from mailflow.errors import StoreError
from mailflow.letters.post import assembled
from mailflow.mailbox.backoff import Backoff
from mailflow.office import Office, log
from mailflow.outbox.contract import Delivery, Envelope, Transport
from mailflow.store.tables import OutboxRow, OutboxState
from mailflow.trust.tokens import bounce_token
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
            _unknown(row, office.now(), office.now(), "the daemon ended between DATA and the answer")
            session.add(row)
    return len(rows)


def _unknown(row: OutboxRow, now: datetime, again: datetime, why: str) -> None:
    row.error = why
    if row.unknown == "hold" or now - row.created_at >= GIVE_UP_AFTER:
        row.state, row.next_at = OutboxState.UNKNOWN, None
    else:
        row.state, row.next_at = OutboxState.QUEUED, again


class Sender:
    """The way out; lives in one event loop."""

    def __init__(self, office: Office, transport: Transport) -> None:
        self.office, self.transport = office, transport
        self._untold: tuple[int, Delivery] | None = None
        """What became of a letter, as long as the database could not be told."""
        self._said, self._reached = "", False
        self._server = Backoff()
        """Counts in seconds of the machine's monotonic clock: a clock that is set back must not hold letters up."""

    def pause(self) -> timedelta:
        """How long the server is still left alone, because it could not be reached; zero or less: not at all."""
        return timedelta(seconds=self._server.left(time.monotonic()))

    @property
    def is_cut_off(self) -> bool:
        """True from a server that could not be reached until one is reached again."""
        return self._server.failures > 0

    @property
    def has_reached(self) -> bool:
        """Whether its server has answered since this sender began, and the last time too."""
        return self._reached and not self.is_cut_off

    @property
    def trouble(self) -> str:
        """What the server that could not be reached said, or why it could not be."""
        return self._said

    async def send_one(self) -> bool:
        """Send the letter that goes first of those due (`pace`); return whether there was one."""
        if self._untold is not None:
            self._record(*self._untold)
            self._untold = None
        if self.pause() > timedelta(0):
            return False
        with self.office.database.reading() as session:
            row = pace.next_letter(self.office, session)
        if row is None or row.id is None:
            return pace.tell(self.office)
        self._untold = (row.id, await self._carry(row, row.id))
        self._record(*self._untold)
        self._untold = None
        reached(Checkpoint.SENT_RECORDED)
        return True

    async def _carry(self, row: OutboxRow, number: int) -> Delivery:
        try:
            with self.office.database.reading() as session:
                message = assembled(session, row)
        except StoreError:
            raise
        except Exception as fault:  # noqa: BLE001 - one letter must not stop the others; the fault is logged and a person told
            log.exception("letter-failed", outbox=number)
            reply = f"{type(fault).__name__}: a fault of this program; see the log"
            return Delivery(result="permanent", phase="", reply=reply)
        mark = bounce_token(self.office.keyring, row.message_id, number)
        envelope = Envelope(sender=row.envelope_sender, recipient=row.recipient, envid=mark)

        async def claim() -> bool:
            claimed = self._claim(number)
            if claimed:
                reached(Checkpoint.CLAIMED)
            return claimed

        delivery = await self.transport.send(envelope, message, claim)
        if delivery.result == "sent":
            reached(Checkpoint.AFTER_DOT)
        self._judge_server(delivery)
        return delivery

    def _judge_server(self, delivery: Delivery) -> None:
        if delivery.phase == "connect" and delivery.result == "temporary":
            self._server.failed(time.monotonic())
            self._said = f"the mail server of [smtp] url does not take letters: {delivery.reply}"
        else:
            self._server.succeeded()
            self._reached = self._reached or delivery.result != "skipped"

    def _claim(self, number: int) -> bool:
        with self.office.database.writing() as session:
            changed = session.connection().execute(
                update(OutboxRow)
                .where(col(OutboxRow.id) == number, col(OutboxRow.state) == OutboxState.QUEUED.value)
                .values(state=OutboxState.SENDING.value, phase="data", attempts=OutboxRow.attempts + 1)
            )
        return changed.rowcount == 1

    def _record(self, number: int, delivery: Delivery) -> None:
        if delivery.result == "skipped":
            return
        try:
            with self.office.database.writing() as session:
                row = _row(session, number)
                self._settle(Work(session, self.office), row, delivery)
        except StoreError:
            raise
        except Exception:  # noqa: BLE001 - whoever should be told of a failure could not be; the letter itself must not be tried for ever
            log.exception("letter-failed", outbox=number)
            with self.office.database.writing() as session:
                row = _row(session, number)
                row.state, row.next_at, row.error = OutboxState.FAILED, None, delivery.reply[:500]
                session.add(row)
        log.info(
            "letter",
            outbox=number,
            template=row.template,
            result=delivery.result,
            phase=delivery.phase,
            reply=delivery.reply,
        )

    def _settle(self, work: Work, row: OutboxRow, delivery: Delivery) -> None:
        now = self.office.now()
        if row.state == OutboxState.QUEUED:
            row.attempts += 1  # else the claim counted it
        sent = delivery.result == "sent"
        row.phase, row.error = delivery.phase, "" if sent else delivery.reply[:500]
        row.sent_at = now if sent else row.sent_at
        work.session.add(row)
        if row.state not in {OutboxState.QUEUED, OutboxState.SENDING}:
            return  # its bounce was quicker, or a person withdrew it
        opens = now + self.pause()
        again = max(now + wait_after(row.attempts), opens)
        if sent:
            row.state, row.next_at = OutboxState.SENT, None
        elif delivery.result == "unknown":
            _unknown(row, now, again, f"no answer after the final dot: {delivery.reply}"[:500])
        elif delivery.result == "temporary" and now - row.created_at < GIVE_UP_AFTER:
            here = delivery.phase == "connect"  # the server's absence is no fault of the letter
            row.state, row.next_at = OutboxState.QUEUED, opens if here else again
        else:
            why = delivery.reply[:300] or "gave up after five days"
            bounces.fail(work, row, reason=why, detail="")
            row.state = OutboxState.FAILED


def _row(session: Session, number: int) -> OutboxRow:
    row = session.get(OutboxRow, number)
    assert row is not None  # noqa: S101 - rows are never deleted
    return row
