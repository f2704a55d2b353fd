"""From the server into the ledger, and afterwards to the right folder. Nothing is changed on the server before it is recorded.

Order: UIDVALIDITY, UIDs, sizes, raw bytes (BODY.PEEK), one durable transaction, and only then, when the message has been worked off,
the move. A crash anywhere repeats a step that changes nothing: the ledger's unique key (mailbox, UIDVALIDITY, UID) and the content key
tell what was seen.
"""

from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta

from sqlmodel import Session, col, func, select

from mailflow import histories, looks
from mailflow.checkpoints import Checkpoint, reached
from mailflow.copies import becomes_copy, delivered
from mailflow.mailbox.contract import Listed, Mailbox
from mailflow.office import Office, log
from mailflow.store import blobs
from mailflow.store.tables import MailboxRow, MessageRow, MessageState
from mailflow.work import reading, writing

BATCH = 50
BATCH_OCTETS = 32 * 2**20
"""Most octets of messages held in memory at a time; a larger message is recorded alone."""
SLACK = timedelta(minutes=2)
"""By how much what the server says of a time may differ from our last look."""
TRY_AGAIN = timedelta(minutes=10)
"""How long a message that was shown but not handed out is left alone."""


class Intake:
    """One mailbox's way into the ledger; belongs to one thread, as its mailbox does."""

    def __init__(self, office: Office, mailbox: Mailbox) -> None:
        self.office, self.mailbox = office, mailbox
        self._uidvalidity = 0
        self._settled = 0
        """Every UID up to here has its row; what lies above is compared with the ledger."""
        self._left_out: dict[int, datetime] = {}
        self._looked: datetime | None = None
        """When the last look began (`looks.py`)."""
        self._not_before: dict[int, datetime | None] = {}
        """The look before a message was first shown, for those that have no row yet."""
        self._compared = False

    def connect(self) -> None:
        """Open the mailbox; at the very first time record what is there as baseline; notice a new UIDVALIDITY."""
        self._uidvalidity = self.mailbox.open()
        self._settled, self._left_out = 0, {}
        self._looked = self._looked or looks.last_look(self.office)
        self._look_for_another_history()
        with self.office.database.reading() as session:
            known = session.get(MailboxRow, self.mailbox.name)
            first_start = session.exec(select(MailboxRow).limit(1)).first() is None
            newest = self._newest_baseline(session)
        if known and known.uidvalidity == self._uidvalidity:
            return
        now, old = self.office.now(), list[Listed]()
        if first_start and self.office.config.intake.baseline:
            old = list(self.mailbox.listed(self.mailbox.uids()))
        elif not first_start:
            # A new UIDVALIDITY, or the mailbox under another name (host, user, path): what was seen is known by its content.
            log.warning(
                "mailbox-changed",
                mailbox=self.mailbox.name,
                before=known.uidvalidity if known else None,
                now=self._uidvalidity,
            )
            # Compared by the server's own clock: ours may differ from it.
            if newest is not None:
                shown = self.mailbox.listed(self.mailbox.uids())
                old = [each for each in shown if each.received <= newest]
        with self.office.database.writing() as session:
            row = session.get(MailboxRow, self.mailbox.name) or MailboxRow(
                name=self.mailbox.name,
                uidvalidity=0,
                first_seen=now,
                baselined=self.office.config.intake.baseline,
            )
            row.uidvalidity = self._uidvalidity
            session.add(row)
            session.add_all(
                self._row(each, now, MessageState.BASELINE, reason="was there at the first start")
                for each in old
            )
        log.info("mailbox-open", mailbox=self.mailbox.name, baseline=len(old))

    def collect(self) -> bool:
        """Record the next batch of what is new; return whether there may be more at once."""
        now = self.office.now()
        shown = self.mailbox.uids(self._settled)
        unknown = self._unknown(shown)
        self._not_before = {uid: self._not_before.get(uid, self._looked) for uid in unknown}
        due = [uid for uid in unknown if uid not in self._left_out or now - self._left_out[uid] >= TRY_AGAIN]
        tried, recorded = due[:BATCH], set[int]()
        if tried:
            recorded = self._take(list(self.mailbox.listed(tried)))
            self._left_out |= dict.fromkeys(set(tried) - recorded, now)
        missing = [uid for uid in unknown if uid not in recorded]
        self._settled = min(missing) - 1 if missing else max(shown, default=self._settled)
        more = bool(recorded) or len(due) > len(tried)
        if not more:
            self._looked = now
            looks.looked(self.office, now)
        return more

    def _take(self, listed: list[Listed]) -> set[int]:
        """Record what the server hands out of these, the large ones by their headers; return the UIDs that have a row now."""
        limit = self.office.config.limits.message_bytes
        recorded = {each.uid for each in listed if each.size > limit and self._park(each)}
        for batch in _batches([each for each in listed if each.size <= limit]):
            recorded |= self._record(batch)
        return recorded

    def place(self) -> bool:
        """Move what was worked off to where it belongs; return whether anything was moved."""
        moved = False
        for place in ("processed", "quarantine", "discard"):
            with self.office.database.reading() as session:
                query = select(MessageRow).where(
                    MessageRow.mailbox == self.mailbox.name,
                    MessageRow.uidvalidity == self._uidvalidity,
                    MessageRow.place == place,
                    col(MessageRow.placed).is_(False),
                )
                rows = session.exec(query.order_by(col(MessageRow.id)).limit(BATCH)).all()
            if not rows:
                continue
            reached(Checkpoint.BEFORE_MOVE)
            uids = [row.uid for row in rows]
            done = self.mailbox.discard(uids) if place == "discard" else self.mailbox.move(uids, place)
            reached(Checkpoint.MOVED)
            with self.office.database.writing() as session:
                for row in rows:
                    if row.uid in done:
                        row.placed = True
                        session.add(row)
            reached(Checkpoint.MOVE_RECORDED)
            moved = moved or bool(done)
        return moved

    # --- inside ---------------------------------------------------------------------------------------------------------

    def _look_for_another_history(self) -> None:
        """Once per start: what was filed as worked off and came after this database's last look was filed by another history of it.

        So a machine shows that was put back as a whole, before a number is given twice. A person may have filed it by hand: the letter
        that tells of it says "maybe".
        """
        if self._looked is None or self.office.clock_is_set or self._compared:
            return
        self._compared = True
        with reading(self.office) as work:
            theirs = select(func.max(col(MessageRow.received_at))).where(
                MessageRow.mailbox == self.mailbox.name
            )
            newest = work.session.exec(theirs).one()  # by the server's clock, which may differ from ours
        latest = max(each for each in (newest, self._looked + SLACK) if each is not None)
        if self.mailbox.filed_after(latest):
            with writing(self.office) as work:
                histories.renew(work, histories.FILED_BY_ANOTHER)

    def _newest_baseline(self, session: Session) -> datetime | None:
        query = select(func.max(col(MessageRow.received_at))).where(MessageRow.state == MessageState.BASELINE)
        return session.exec(query).one()

    def _unknown(self, uids: list[int]) -> list[int]:
        known: set[int] = set()
        with self.office.database.reading() as session:
            for start in range(0, len(uids), 500):
                query = select(MessageRow.uid).where(
                    MessageRow.mailbox == self.mailbox.name,
                    MessageRow.uidvalidity == self._uidvalidity,
                    col(MessageRow.uid).in_(uids[start : start + 500]),
                )
                known.update(session.exec(query))
        return [uid for uid in uids if uid not in known]

    def _record(self, batch: Sequence[Listed]) -> set[int]:
        by_uid = {each.uid: each for each in batch}
        fetched = list(self.mailbox.fetch(by_uid))
        reached(Checkpoint.FETCHED)
        if not fetched:
            return set()
        now = self.office.now()
        with self.office.database.writing() as session:
            for uid, raw in fetched:
                row = self._row(by_uid[uid], now, MessageState.RECEIVED)
                row.size = len(raw)
                row.content_key = self.office.keyring.index(delivered(raw))
                first = session.exec(
                    select(MessageRow).where(MessageRow.content_key == row.content_key).limit(1)
                ).first()
                if first is None:
                    row.raw_key = blobs.put(session, self.office.keyring, raw, now)
                else:
                    becomes_copy(row, first)
                session.add(row)
                session.flush()
        reached(Checkpoint.RECORDED)
        log.info("recorded", mailbox=self.mailbox.name, messages=len(fetched))
        return {uid for uid, _ in fetched}

    def _park(self, large: Listed) -> bool:
        head = self.mailbox.headers(large.uid)
        if not head:
            return False
        now = self.office.now()
        with self.office.database.writing() as session:
            row = self._row(
                large, now, MessageState.PARKED, reason=f"{large.size} bytes: over limits.message_bytes"
            )
            row.content_key = self.office.keyring.index(delivered(head) + str(large.size).encode())
            first = session.exec(
                select(MessageRow).where(MessageRow.content_key == row.content_key).limit(1)
            ).first()
            if first is not None:
                becomes_copy(row, first)
            else:
                row.raw_key = blobs.put(session, self.office.keyring, head, now)
                row.place = "quarantine"
                row.attempts = -1  # the answer to its sender is still owed
                if self.office.config.intake.mode == "observe":
                    row.place, row.placed = "inbox", True
            session.add(row)
        log.warning("parked", mailbox=self.mailbox.name, size=large.size)
        return True

    def _arrived(self, listed: Listed, now: datetime) -> datetime:
        """When a message arrived: the server's word, within what our own clock knows; a moved or restored mail keeps its old date."""
        earliest = self._not_before.get(listed.uid) or listed.received
        return now if self.office.clock_is_set else min(max(listed.received, earliest), now)

    def _row(self, listed: Listed, now: datetime, state: MessageState, reason: str = "") -> MessageRow:
        return MessageRow(
            mailbox=self.mailbox.name,
            uidvalidity=self._uidvalidity,
            uid=listed.uid,
            size=listed.size,
            received_at=now
            if self.office.clock_is_set and state is not MessageState.BASELINE
            else listed.received,
            recorded_at=now,
            arrived_at=self._arrived(listed, now),
            state=state,
            reason=reason,
            place="inbox" if state is MessageState.BASELINE else "",
            placed=state is MessageState.BASELINE,
        )


def _batches(listed: Sequence[Listed]) -> Iterator[list[Listed]]:
    batch: list[Listed] = []
    for each in listed:
        if batch and sum(other.size for other in batch) + each.size > BATCH_OCTETS:
            yield batch
            batch = []
        batch.append(each)
    if batch:
        yield batch
