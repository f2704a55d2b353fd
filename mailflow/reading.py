"""From bytes to facts to what they mean, one message at a time; whatever goes wrong with one message stops no other.

An attempt is counted before reading. First readings are counted by the batch; a message left over from a dead daemon or a dead worker is
read alone, so that only the guilty one collects attempts: the first attempt of a batch counts as a death only if the worker died of it.
After three deaths (`MAX_ATTEMPTS`) a message is quarantined with its bytes.
"""

from contextlib import suppress
from dataclasses import replace
from datetime import datetime

from sqlalchemy import update
from sqlmodel import Session, col, func, select

from mailflow import copies, observe, proofs, routing, threads
from mailflow.border import trial
from mailflow.checkpoints import Checkpoint, reached
from mailflow.errors import StoreError, WorkerError
from mailflow.familiar import without_familiar
from mailflow.letters import notices
from mailflow.letters.task import picture_key
from mailflow.office import Office, log
from mailflow.received import as_received
from mailflow.store import blobs
from mailflow.store.tables import MessageRow, MessageState, OutboxRow
from mailflow.trust import own_verification
from mailflow.work import Work, reading, writing
from parsers.facts import MessageFacts
from parsers.reading import Reading, Unreadable

BATCH = 50
MAX_ATTEMPTS = 4
_LEARNT = 3
"""Most messages of one Message-ID that are read again for a copy: anybody may repeat one."""


class Desk:
    """Works off the ledger's `received` messages in order of arrival; belongs to one thread."""

    def __init__(self, office: Office) -> None:
        self.office = office
        self._batch: list[int] = []

    def work_one(self) -> bool:
        """Work off one message; return whether there was one."""
        if not self._batch:
            self._batch = self._count_attempts()
        if not self._batch:
            return False
        number = self._batch.pop(0)
        try:
            self._try(number)
        except StoreError:
            self._batch.insert(0, number)
            raise
        except WorkerError as death:
            self._count_death(number, death)
        except Unreadable as unreadable:
            self.quarantine(number, str(unreadable))
        except Exception as fault:  # noqa: BLE001 - one message must not stop the queue; the fault is logged and the message kept
            log.exception("message-failed", message=number)
            self.quarantine(
                number,
                f"{type(fault).__name__}: a fault of this program; see the log, release it after the mend",
            )
        return True

    def close(self) -> None:
        """Hand back what was counted but not begun: an orderly end is nobody's failed attempt."""
        batch, self._batch = self._batch, []
        if not batch:
            return
        with writing(self.office) as work:
            never_begun = update(MessageRow).where(
                col(MessageRow.id).in_(batch), col(MessageRow.state) == MessageState.RECEIVED.value
            )
            work.session.connection().execute(never_begun.values(attempts=MessageRow.attempts - 1))

    def answer_parked(self) -> bool:
        """Answer the sender of one message over the size limit, from its headers alone."""
        with reading(self.office) as work:
            query = (
                select(MessageRow)
                .where(MessageRow.state == MessageState.PARKED, MessageRow.attempts == -1)
                .limit(1)
            )
            row = work.session.exec(query).first()
            head = blobs.get(work.session, row.raw_key) if row and row.raw_key else b""
        if row is None or row.id is None:
            return False
        try:
            self._answer(row.id, self.office.reader.read(head))
        except (WorkerError, Unreadable):
            self._answer(row.id, None)
        except StoreError:
            raise
        except Exception:  # noqa: BLE001 - one message must not stop the queue; it stays parked, unanswered, for a person
            log.exception("message-failed", message=row.id)
            self._answer(row.id, None)
        return True

    def _answer(self, number: int, head: Reading | None) -> None:
        with writing(self.office) as work:
            row = work.session.get(MessageRow, number)
            assert row is not None  # noqa: S101 - rows are never deleted
            row.attempts = 0
            if head is not None:
                head = replace(head, facts=as_received(work, head.facts))
                routing.remember(self.office, row, head.facts)
                large = replace(head, authored=head.authored and f"{head.authored} large")
                answered = _is_copy(work, row, large)
                if head.facts.origin.kind == "person" and not answered and not self.office.is_observing:
                    notices.too_large(proofs.drawn_by(work, row, head.facts), row, head.facts)
            work.session.add(row)

    def quarantine(self, number: int, reason: str) -> None:
        """Park a message with its bytes and tell the administrators."""
        with writing(self.office) as work:
            row = work.session.get(MessageRow, number)
            assert row is not None  # noqa: S101 - rows are never deleted
            row.state, row.reason, row.place, row.placed = (
                MessageState.QUARANTINED,
                reason,
                "quarantine",
                False,
            )
            if self.office.config.intake.mode == "observe":
                row.place, row.placed = "inbox", True
            work.session.add(row)
            copies.follow(work.session, row, place="")
            notices.alert(work, _next_alert(work.session, number), "", f"quarantine {number}: {reason}")
        log.warning("quarantined", message=number, reason=reason)

    def _count_attempts(self) -> list[int]:
        with writing(self.office) as work:
            fresh = (
                select(MessageRow)
                .where(MessageRow.state == MessageState.RECEIVED)
                .order_by(func.coalesce(MessageRow.arrived_at, MessageRow.recorded_at), col(MessageRow.id))
            )
            rows = list(work.session.exec(fresh.where(MessageRow.attempts == 0).limit(BATCH)))
            if not rows:
                rows = list(work.session.exec(fresh.limit(1)))
            for row in rows:
                row.attempts += 1
                work.session.add(row)
            numbers = [row.id for row in rows if row.id is not None]
        if numbers:
            reached(Checkpoint.ATTEMPT_COUNTED)
        return numbers

    def _try(self, number: int) -> None:
        with reading(self.office) as work:
            row = work.session.get(MessageRow, number)
            raw = blobs.get(work.session, row.raw_key) if row and row.raw_key else b""
        if row is not None and row.attempts > MAX_ATTEMPTS:
            self.quarantine(number, "the program ended three times while reading it alone")
        else:
            self._work(number, raw, row.arrived if row else self.office.now())

    def _count_death(self, number: int, death: WorkerError) -> None:
        with writing(self.office) as work:
            row = work.session.get(MessageRow, number)
            assert row is not None  # noqa: S101 - rows are never deleted
            row.attempts = max(row.attempts, 2)
            work.session.add(row)
        log.warning("worker-died", message=number, outcome=death.outcome, attempts=row.attempts)
        if row.attempts >= MAX_ATTEMPTS:
            self.quarantine(number, f"its reading died three times: {death.outcome}")

    def _work(self, number: int, raw: bytes, arrived: datetime) -> None:
        reading = own_verification.verified(self.office, self.office.reader.read(raw), raw, arrived)
        returned = trial.recognised(self.office, raw, reading.facts)
        self._learn_earlier(number, reading.facts.message_id)
        pictures = self._pictures(reading)
        reached(Checkpoint.READ)
        with writing(self.office) as work:
            row = work.session.get(MessageRow, number)
            if row is None or row.state != MessageState.RECEIVED:
                return
            facts = as_received(work, reading.facts)
            reading = replace(reading, facts=trial.as_own(facts) if returned else facts)
            self._keep(work.session, row, reading)
            settled = without_familiar(work, row, reading.facts)
            if settled != reading.facts:
                reading = replace(reading, facts=settled)
                routing.remember(self.office, row, settled)
            for key, picture in pictures.items():
                blobs.put_as(work.session, key, picture, self.office.now())
            if not _is_copy(work, row, reading):
                row.reason = self._work_off(work, row, reading.facts, returned)
            work.session.add(row)
            copies.follow(work.session, row, place="")
            reached(Checkpoint.DECIDED)
        reached(Checkpoint.COMMITTED)
        log.info(
            "message",
            message=number,
            origin=reading.facts.origin.kind,
            state=row.state,
            reason=row.reason.partition(":")[0],
        )

    def _work_off(
        self, work: Work, row: MessageRow, facts: MessageFacts, returned: trial.Returned | None
    ) -> str:
        if returned is not None:
            return trial.file(work, row, facts, returned)
        return (observe.tell if self.office.is_observing else routing.route)(work, row, facts)

    def _learn_earlier(self, number: int, message_id: str) -> None:
        """Read once more what the first releases recorded under this Message-ID, so that a copy of it is known by what its author wrote."""
        key = threads.name_key(self.office.keyring, message_id)
        with reading(self.office) as work:
            query = select(MessageRow).where(
                MessageRow.name_key == key,
                MessageRow.author_key == "",
                MessageRow.id != number,
                col(MessageRow.raw_key).is_not(None),
                col(MessageRow.state).not_in([MessageState.PARKED.value, MessageState.DUPLICATE.value]),
            )
            earlier = work.session.exec(query.limit(_LEARNT)).all() if key else []
            known = {row.id: blobs.get(work.session, row.raw_key or "") for row in earlier}
        for each, raw in known.items():
            with suppress(WorkerError, Unreadable):
                authored = copies.author_key(self.office.keyring, self.office.reader.read(raw).authored)
                learnt = update(MessageRow).where(col(MessageRow.id) == each).values(author_key=authored)
                with writing(self.office) as work:
                    work.session.connection().execute(learnt)

    def _pictures(self, reading: Reading) -> dict[str, bytes]:
        """Draw each letter's first page with the fields that were read framed: the officer sees what the machine saw, and where."""
        drawn: dict[str, bytes] = {}
        for facts in reading.facts.documents:
            boxes = [
                field.box for field in facts.fields.values() if field.box is not None and field.page == 1
            ]
            if boxes and facts.digest in reading.parts:
                picture = self.office.reader.picture(reading.parts[facts.digest], facts.media_type, 1, boxes)
                if picture is not None:
                    drawn[picture_key(self.office.keyring, facts.digest)] = picture
        return drawn

    def _keep(self, session: Session, row: MessageRow, reading: Reading) -> None:
        """Store the documents; where a secret was found, keep only the message without it."""
        now = self.office.now()
        for data in reading.parts.values():
            blobs.put(session, self.office.keyring, data, now)
        routing.remember(self.office, row, reading.facts)
        if reading.redacted is not None and row.raw_key:
            old = row.raw_key
            row.raw_key = blobs.put(session, self.office.keyring, reading.redacted, now)
            blobs.purge(session, old)
            row.place, row.placed = "discard", False


def _is_copy(work: Work, row: MessageRow, reading: Reading) -> bool:
    """Remember what its author wrote, and let it be a copy where that was read before; what is worked off once more is the first itself."""
    if row.author_key:
        return False
    row.author_key = copies.author_key(work.office.keyring, reading.authored)
    first = copies.first_of(work, row, reading.facts)
    if first is not None:
        copies.becomes_copy(row, first)
    return first is not None


def _next_alert(session: Session, number: int) -> str:
    """Released and back again, a message is told of again: number the alerts."""
    stem = f"quarantine:{number}:"
    query = select(func.count()).where(OutboxRow.scope == "alert", col(OutboxRow.effect_key).startswith(stem))
    return f"{stem}{session.exec(query).one()}"
