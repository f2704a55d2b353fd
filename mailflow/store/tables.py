"""The tables. Personal data stands only in sealed columns; what must be looked up stands beside it as a keyed hash.

States are text by value, named so that a person reading the database understands them.
"""

from datetime import UTC, datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import JSON, DateTime, Dialect, String, UniqueConstraint
from sqlalchemy.types import TypeDecorator
from sqlmodel import Field, SQLModel

from mailflow.store.sealed import Sealed, SealedBytes

SQLModel.metadata.naming_convention = {
    "ix": "ix_%(column_0_label)s",
    "uq": "uq_%(table_name)s_%(column_0_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_name)s_%(referred_table_name)s",
    "pk": "pk_%(table_name)s",
}


class Moment(TypeDecorator[datetime]):
    """An aware time, stored in UTC (SQLite forgets zones)."""

    impl = DateTime
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """Turn an aware time into naive UTC; a naive one is a fault of ours."""
        del dialect
        if value is not None and value.tzinfo is None:
            raise ValueError("a time without zone reached the store")
        return None if value is None else value.astimezone(UTC).replace(tzinfo=None)

    def process_result_value(self, value: Any, dialect: Dialect) -> datetime | None:
        """Give the zone back."""
        del dialect
        return None if value is None else value.replace(tzinfo=UTC)


class MessageState(StrEnum):
    """Where a received message stands; it is always in exactly one of these."""

    RECEIVED = "received"
    """Recorded with its bytes; waits to be read."""
    FILED = "filed"
    """Worked off: part of a case, an officer's reply, or automatic mail that needs no answer."""
    DUPLICATE = "duplicate"
    """The same content was received before."""
    BASELINE = "baseline"
    """Was there at the first start: never read, never answered."""
    OBSERVED = "observed"
    """Read in `observe` mode; nothing was done."""
    UNMATCHED = "unmatched"
    """Fits nothing: left in the inbox, listed for the officers."""
    HELD = "held"
    """Claims to come from a case's applicant without proof: waits for the applicant's BENAR."""
    PARKED = "parked"
    """Over the size limit: only its headers were read."""
    QUARANTINED = "quarantined"
    """Could not be read or worked off: kept with its bytes, can be released."""
    DROPPED = "dropped"
    """Taken out of quarantine for good by a person."""


class TaskState(StrEnum):
    """Where a task stands."""

    OPEN = "open"
    TAKEN = "taken"
    DECIDED = "decided"
    VOID = "void"


class Drawn(StrEnum):
    """How far it is proven who wrote the mail that drew a letter of ours: whose allowance it is counted in."""

    NOBODY = ""
    """No mail did: the clock, a person at the command line; a letter of an earlier release."""
    UNPROVEN = "unproven"
    """Anybody may have written it in that name, or the mail server says that somebody else did."""
    ANSWER = "answer"
    """It answers a letter of ours to its sender, whose Message-ID few know."""
    PROVEN = "proven"


class OutboxState(StrEnum):
    """Where a letter of ours stands."""

    QUEUED = "queued"
    SENDING = "sending"
    SENT = "sent"
    UNKNOWN = "unknown"
    BOUNCED = "bounced"
    FAILED = "failed"
    CANCELLED = "cancelled"


class Setting(SQLModel, table=True):
    """Small named values: counters, rotation, dates of daily work."""

    name: str = Field(primary_key=True)
    value: str


class MailboxRow(SQLModel, table=True):
    """A mailbox this instance reads, and when it was first seen."""

    __tablename__ = "mailbox"
    name: str = Field(primary_key=True)
    uidvalidity: int
    first_seen: datetime = Field(sa_type=Moment)
    baselined: bool = False


class Blob(SQLModel, table=True):
    """Bytes stored once under their keyed content hash, compressed and sealed."""

    key: str = Field(primary_key=True)
    data: bytes = Field(sa_type=SealedBytes)
    size: int
    stored_at: datetime = Field(sa_type=Moment)


class MessageRow(SQLModel, table=True):
    """The ledger: one row for every message the server ever showed us."""

    __tablename__ = "message"
    __table_args__ = (UniqueConstraint("mailbox", "uidvalidity", "uid"),)
    id: int | None = Field(default=None, primary_key=True)
    mailbox: str
    uidvalidity: int
    uid: int
    content_key: str = Field(default="", index=True)
    author_key: str = Field(default="", index=True)
    """Keyed hash of what its author wrote (`parsers.authored`); "" while it has not been read, or where nothing tells it from another."""
    name_key: str = Field(default="", index=True)
    """Keyed hash of the Message-ID, by which an answer to it is recognised; "" for none, or while it has not been read."""
    size: int
    received_at: datetime = Field(sa_type=Moment)
    """What the server says (INTERNALDATE)."""
    recorded_at: datetime = Field(sa_type=Moment)
    arrived_at: datetime | None = Field(default=None, sa_type=Moment)
    """`received_at` as far as our own clock bears it out: not before a look at the mailbox that did not show it, not after it was recorded."""
    raw_key: str | None = Field(default=None, foreign_key="blob.key")
    state: MessageState = Field(sa_type=String, index=True)
    reason: str = Field(default="", sa_type=Sealed)
    """Why it is where it is; may name a sender's file."""
    attempts: int = 0
    origin: str = ""
    sender: str | None = Field(default=None, sa_type=Sealed)
    sender_key: str = Field(default="", index=True)
    subject: str | None = Field(default=None, sa_type=Sealed)
    facts: str | None = Field(default=None, sa_type=Sealed)
    case_id: int | None = Field(default=None, foreign_key="case.id", index=True)
    confirmed: bool = False
    listed: bool = False
    place: str = ""
    """Where the server should have it: "" undecided, `inbox`, `processed`, `quarantine`, `discard`."""
    placed: bool = Field(default=False, index=True)

    @property
    def arrived(self) -> datetime:
        """When it arrived, as far as that may be believed; for a message of an earlier release when it was recorded."""
        return self.arrived_at or self.recorded_at


class CaseRow(SQLModel, table=True):
    """A request; `value` is the whole `rules.case.Case`, the columns are what is looked up."""

    __tablename__ = "case"
    id: int | None = Field(default=None, primary_key=True)
    ticket: str = Field(unique=True)
    sop: str
    sop_digest: str
    state: str = Field(index=True)
    step: str
    value: str = Field(sa_type=Sealed)
    version: int = 0
    address_key: str = Field(index=True)
    person_key: str = Field(default="", index=True)
    opened_at: datetime = Field(sa_type=Moment)
    due_at: datetime | None = Field(default=None, sa_type=Moment)
    wake_at: datetime | None = Field(default=None, sa_type=Moment, index=True)
    closed_at: datetime | None = Field(default=None, sa_type=Moment)
    ending: str | None = None
    parent_id: int | None = Field(default=None, foreign_key="case.id", index=True)
    root_id: int | None = Field(default=None, foreign_key="case.id", index=True)
    """The case whose number the applicant knows, for a child; None for a case of its own."""
    urgent: bool = False
    vouched: bool = False
    """An officer let it be fulfilled, knowing what was proven of its writer and what was not: it may speak for that person later."""


class Transition(SQLModel, table=True):
    """One thing that happened to a case: who, what, from where to where."""

    id: int | None = Field(default=None, primary_key=True)
    case_id: int = Field(foreign_key="case.id", index=True)
    at: datetime = Field(sa_type=Moment)
    actor: str
    event: str
    from_step: str = ""
    to_step: str = ""
    from_state: str = ""
    to_state: str = ""
    message_id: int | None = Field(default=None, foreign_key="message.id")
    detail: str | None = Field(default=None, sa_type=Sealed)


class TaskRow(SQLModel, table=True):
    """A task before officers; `key` holds step, visit and evidence number, so that new evidence is a new task."""

    __tablename__ = "task"
    __table_args__ = (UniqueConstraint("case_id", "key"),)
    id: int | None = Field(default=None, primary_key=True)
    case_id: int = Field(foreign_key="case.id", index=True)
    key: str
    step: str
    performer: str
    outcomes: list[str] = Field(sa_type=JSON)
    officers: list[str] = Field(sa_type=JSON)
    remedies: str | None = Field(default=None, sa_type=Sealed)
    evidence: str
    """Digest of the evidence the officer was shown: part of the token."""
    salt: str = ""
    """Drawn when the row is written: part of the token. "" for a task of the first releases."""
    state: TaskState = Field(sa_type=String, index=True)
    quiet: bool = False
    note: str = Field(default="", sa_type=Sealed)
    opened_at: datetime = Field(sa_type=Moment)
    due_at: datetime | None = Field(default=None, sa_type=Moment)
    decision: str | None = None
    decided_by: str | None = None
    decided_at: datetime | None = Field(default=None, sa_type=Moment)
    said: str | None = Field(default=None, sa_type=Sealed)
    """The officer's word as an event (JSON), applied once `effective_at` has passed."""
    news: str | None = None
    """What came that its officers must know before they decide (`rules.effects.TakeBack`)."""
    news_at: datetime | None = Field(default=None, sa_type=Moment)
    """When that was read: a word that arrived before does not count."""
    news_after: int | None = None
    """The newest message in the ledger at that moment: its writer did not know it either."""
    effective_at: datetime | None = Field(default=None, sa_type=Moment, index=True)


class OutboxRow(SQLModel, table=True):
    """A letter of ours. `frame` is all of its bytes but the attachments, which stand in `blob`: a repetition is byte-identical."""

    __tablename__ = "outbox"
    __table_args__ = (UniqueConstraint("scope", "effect_key", "recipient_key"),)
    id: int | None = Field(default=None, primary_key=True)
    scope: str
    """`case:<id>`, `message:<id>`, `certificate:<id>` or `day:<date>`: what the effect key is unique within."""
    effect_key: str
    recipient: str = Field(sa_type=Sealed)
    recipient_key: str = Field(index=True)
    case_id: int | None = Field(default=None, foreign_key="case.id", index=True)
    task_id: int | None = Field(default=None, foreign_key="task.id")
    template: str
    subject: str = Field(sa_type=Sealed)
    frame: str = Field(sa_type=Sealed)
    digest: str
    message_id: str = Field(unique=True)
    envelope_sender: str
    state: OutboxState = Field(sa_type=String, index=True)
    phase: str = ""
    unknown: str = "repeat"
    attempts: int = 0
    created_at: datetime = Field(sa_type=Moment)
    next_at: datetime | None = Field(default=None, sa_type=Moment, index=True)
    sent_at: datetime | None = Field(default=None, sa_type=Moment, index=True)
    error: str = Field(default="", sa_type=Sealed)
    """What a mail server said last, or which limit holds it back; it often repeats the recipient's address."""
    cause: int | None = None
    """The `message.id` that drew it."""
    drawn: Drawn = Field(default=Drawn.NOBODY, sa_type=String)
    rank: int = 1
    """Which goes first where many wait (`mailflow.letters.post`): 0 before all others, 3 last."""


class SopVersion(SQLModel, table=True):
    """The text of each SOP version a case began with: it keeps to it."""

    __tablename__ = "sop_version"
    digest: str = Field(primary_key=True)
    sop: str
    text: str
    stored_at: datetime = Field(sa_type=Moment)
    children: dict[str, str] = Field(default_factory=dict, sa_type=JSON)
    """Digests of the SOPs it opens, by id: a child runs under its parent's book."""


class Outage(SQLModel, table=True):
    """A time in which a loop did not work: a server was away, or the program did not run. Recorded beside lateness."""

    id: int | None = Field(default=None, primary_key=True)
    loop: str
    began: datetime = Field(sa_type=Moment)
    ended: datetime = Field(sa_type=Moment)


class KeySeen(SQLModel, table=True):
    """Public keys of earlier requests, by keyed hash of their SPKI: a key must be new after a lost passphrase."""

    __tablename__ = "key_seen"
    __table_args__ = (UniqueConstraint("spki_key", "case_id"),)
    id: int | None = Field(default=None, primary_key=True)
    spki_key: str = Field(index=True)
    case_id: int = Field(foreign_key="case.id")
    seen_at: datetime = Field(sa_type=Moment)


class CertificateRow(SQLModel, table=True):
    """A certificate as the registry knows it: the last import says what it is, our own letters what its holder was told."""

    __tablename__ = "certificate"
    id: int | None = Field(default=None, primary_key=True)
    serial: str = Field(sa_type=Sealed)
    """Hexadecimal, capitals, no leading zeros."""
    serial_key: str = Field(unique=True)
    name: str = Field(sa_type=Sealed)
    name_key: str = Field(default="", index=True)
    """Of the name as names are compared; "" where the last import was by an earlier release."""
    nip: str = Field(default="", sa_type=Sealed)
    person_key: str = Field(index=True)
    """Whose it is: of the NIP as `CaseRow.person_key`, else of the address."""
    address: str = Field(sa_type=Sealed)
    address_key: str = Field(index=True)
    unit_contact: str = Field(default="", sa_type=Sealed)
    subject: str = Field(default="", sa_type=Sealed)
    """The Subject DN (RFC 4514), "" when not known."""
    language: str = ""
    """The language its holder is written to, "" when not known."""
    not_before: datetime = Field(sa_type=Moment)
    not_after: datetime = Field(sa_type=Moment, index=True)
    revoked_at: datetime | None = Field(default=None, sa_type=Moment)
    renewed_at: datetime | None = Field(default=None, sa_type=Moment)
    """When a request of ours ended with a new certificate in its place; a newer one in the registry shows by itself."""
    last_notice: int | None = None
    """The threshold of the last notice, in days before expiry (negative: after it)."""
    last_notice_at: datetime | None = Field(default=None, sa_type=Moment)
    imported_at: datetime = Field(sa_type=Moment)


class AuditEntry(SQLModel, table=True):
    """Append-only, hash-chained; personal detail enters the chain as a salted digest, so that erasing it keeps the chain whole."""

    __tablename__ = "audit"
    id: int | None = Field(default=None, primary_key=True)
    at: datetime = Field(sa_type=Moment)
    actor: str
    action: str
    subject: str
    detail: str | None = Field(default=None, sa_type=Sealed)
    detail_digest: str
    previous: str
    digest: str
