"""From the server into the ledger, and afterwards to the right folder. Nothing is changed on the server before it is recorded.

Order: UIDVALIDITY, UIDs, sizes, raw bytes (BODY.PEEK), one durable transaction, and only then, when the message has been worked off,
the move. A crash anywhere repeats a step that changes nothing: the ledger's unique key (mailbox, UIDVALIDITY, UID) and the content key
tell what was seen.
"""

import re
from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import TypeVar

from sqlmodel import Session, col, func, select

from mailflow.checkpoints import Checkpoint, reached
from mailflow.mailbox.contract import Listed, Mailbox
from mailflow.office import Office, log
from mailflow.store import blobs
from mailflow.store.tables import MailboxRow, MessageRow, MessageState

BATCH = 50
_T = TypeVar("_T")
_TRACE = re.compile(
    rb"^(received|return-path|delivered-to|x-original-to|envelope-to|x-envelope-.*|x-uid|x-uidl|status|x-status|x-keywords|"
    rb"authentication-results|received-spf|arc-.*|x-spam-.*|lines|content-length)\s*:",
    re.IGNORECASE,
)


def content_of(raw: bytes) -> bytes:
    """Return the bytes that make two deliveries the same message: body and headers without what servers add on the way."""
    head, separator, body = raw.replace(b"\r\n", b"\n").partition(b"\n\n")
    kept, keep = [], True
    for line in head.split(b"\n"):
        if not line[:1].isspace():
            keep = not _TRACE.match(line)
        if keep:
            kept.append(line)
    return b"\n".join(kept) + separator + body


class Intake:
    """One mailbox's way into the ledger; belongs to one thread, as its mailbox does."""

    def __init__(self, office: Office, mailbox: Mailbox) -> None:
        self.office, self.mailbox = office, mailbox
        self._uidvalidity = 0

    def connect(self) -> None:
        """Open the mailbox; at the very first time record what is there as baseline; notice a new UIDVALIDITY."""
        self._uidvalidity = self.mailbox.open()
        with self.office.database.reading() as session:
            known = session.get(MailboxRow, self.mailbox.name)
        if known and known.uidvalidity == self._uidvalidity:
            return
        now, uids = self.office.now(), self.mailbox.uids()
        old: list[Listed] = []
        if known is None and self.office.config.intake.baseline:
            old = list(self.mailbox.listed(uids))
        elif known is not None:
            log.warning(
                "uidvalidity-changed",
                mailbox=self.mailbox.name,
                before=known.uidvalidity,
                now=self._uidvalidity,
            )
            old = [
                each
                for each in self.mailbox.listed(uids)
                if known.baselined and each.received < known.first_seen
            ]
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
        """Record what is new; return whether anything was."""
        with self.office.database.reading() as session:
            highest = self._highest(session)
        new = self._unknown(self.mailbox.uids(highest))
        listed = list(self.mailbox.listed(new))
        limit = self.office.config.limits.message_bytes
        for large in (each for each in listed if each.size > limit):
            self._park(large)
        for batch in _batches([each for each in listed if each.size <= limit], BATCH):
            self._record(batch)
        return bool(listed)

    def place(self) -> bool:
        """Move what was worked off to where it belongs; return whether anything was moved."""
        moved = False
        for place in ("processed", "quarantine", "discard"):
            with self.office.database.reading() as session:
                rows = session.exec(
                    self._mine()
                    .where(MessageRow.place == place, col(MessageRow.placed).is_(False))
                    .limit(BATCH)
                ).all()
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

    def _mine(self):  # type: ignore[no-untyped-def]  # SQLModel's select type has no usable name
        return select(MessageRow).where(
            MessageRow.mailbox == self.mailbox.name, MessageRow.uidvalidity == self._uidvalidity
        )

    def _highest(self, session: Session) -> int:
        query = select(func.max(MessageRow.uid)).where(
            MessageRow.mailbox == self.mailbox.name, MessageRow.uidvalidity == self._uidvalidity
        )
        return session.exec(query).one() or 0

    def _unknown(self, uids: list[int]) -> list[int]:
        known: set[int] = set()
        with self.office.database.reading() as session:
            for some in _batches(uids, 500):
                query = select(MessageRow.uid).where(
                    MessageRow.mailbox == self.mailbox.name,
                    MessageRow.uidvalidity == self._uidvalidity,
                    col(MessageRow.uid).in_(some),
                )
                known.update(session.exec(query))
        return [uid for uid in uids if uid not in known]

    def _record(self, batch: Sequence[Listed]) -> None:
        by_uid = {each.uid: each for each in batch}
        fetched = list(self.mailbox.fetch(by_uid))
        reached(Checkpoint.FETCHED)
        now = self.office.now()
        with self.office.database.writing() as session:
            for uid, raw in fetched:
                row = self._row(by_uid[uid], now, MessageState.RECEIVED)
                row.size = len(raw)
                row.content_key = self.office.keyring.index(content_of(raw))
                first = session.exec(
                    select(MessageRow).where(MessageRow.content_key == row.content_key).limit(1)
                ).first()
                if first is None:
                    row.raw_key = blobs.put(session, self.office.keyring, raw, now)
                else:
                    row.state, row.reason, row.place = (
                        MessageState.DUPLICATE,
                        f"same content as message {first.id}",
                        "processed",
                    )
                    row.case_id, row.raw_key = first.case_id, first.raw_key
                session.add(row)
                session.flush()
        reached(Checkpoint.RECORDED)
        log.info("recorded", mailbox=self.mailbox.name, messages=len(fetched))

    def _park(self, large: Listed) -> None:
        head = self.mailbox.headers(large.uid)
        if not head:
            return
        now = self.office.now()
        with self.office.database.writing() as session:
            row = self._row(
                large, now, MessageState.PARKED, reason=f"{large.size} bytes: over limits.message_bytes"
            )
            row.content_key = self.office.keyring.index(content_of(head) + str(large.size).encode())
            row.raw_key = blobs.put(session, self.office.keyring, head, now)
            row.place = "quarantine"
            row.attempts = -1  # the answer to its sender is still owed
            session.add(row)
        log.warning("parked", mailbox=self.mailbox.name, size=large.size)

    def _row(self, listed: Listed, now: datetime, state: MessageState, reason: str = "") -> MessageRow:
        return MessageRow(
            mailbox=self.mailbox.name,
            uidvalidity=self._uidvalidity,
            uid=listed.uid,
            size=listed.size,
            received_at=now if self.office.clock_is_set else listed.received,
            recorded_at=now,
            state=state,
            reason=reason,
            place="inbox" if state is MessageState.BASELINE else "",
            placed=state is MessageState.BASELINE,
        )


def _batches(items: Sequence[_T], size: int) -> Iterator[Sequence[_T]]:
    for start in range(0, len(items), size):
        yield items[start : start + size]
