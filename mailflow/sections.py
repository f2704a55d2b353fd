"""The sections of the configuration: the keys of each table of the file, their defaults, and what is proven of each by itself."""

from datetime import date
from pathlib import Path
from typing import Literal
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from email_validator import EmailNotValidError, validate_email
from pydantic import (
    BaseModel,
    ConfigDict,
    Field,
    SecretStr,
    field_validator,
)

WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")


class Section(BaseModel):
    """A table of the file: frozen, no unknown keys."""

    model_config = ConfigDict(frozen=True, extra="forbid")


def _address(value: str) -> str:
    try:
        return validate_email(value, check_deliverability=False).normalized
    except EmailNotValidError as wrong:
        raise ValueError(str(wrong)) from None


class Department(Section):
    """Who we are, and when we are there. `office_hours` has a key per weekday (`monday = "08:00-16:00"`); a day left out is closed.

    `aliases` are further addresses whose mail comes into this mailbox.
    """

    name: str
    address: str
    aliases: tuple[str, ...] = ()
    domain: str
    timezone: str = "Asia/Jakarta"
    office_hours: dict[str, str] = Field(default_factory=lambda: dict.fromkeys(WEEKDAYS[:5], "08:00-16:00"))
    closing_days: tuple[date, ...] = ()
    language: Literal["id", "en"] = "id"
    phone: str = ""
    website: str = ""
    complaints_contact: str = ""
    complaints_phone: str = ""
    ticket_prefix: str = Field(default="LS", pattern=r"^[A-Z]{2,4}$")

    _check_address = field_validator("address")(_address)

    @field_validator("aliases")
    @classmethod
    def _check_aliases(cls, value: tuple[str, ...]) -> tuple[str, ...]:
        return tuple(_address(each) for each in value)

    @field_validator("timezone")
    @classmethod
    def _zone_exists(cls, value: str) -> str:
        try:
            ZoneInfo(value)
        except (ZoneInfoNotFoundError, ValueError):
            raise ValueError(
                f"no time zone {value!r}; use Asia/Jakarta, Asia/Makassar or Asia/Jayapura"
            ) from None
        return value

    @field_validator("office_hours")
    @classmethod
    def _weekdays(cls, value: dict[str, str]) -> dict[str, str]:
        for day in value:
            if day not in WEEKDAYS:
                raise ValueError(f"{day!r} is no weekday; use {', '.join(WEEKDAYS)}")
        return value

    @field_validator("domain")
    @classmethod
    def _domain(cls, value: str) -> str:
        if not (domain := value.lower().strip(". ")):
            raise ValueError("empty; write what official addresses end in, like contohkota.go.id")
        return domain

    @field_validator("name")
    @classmethod
    def _named(cls, value: str) -> str:
        if not value.strip():
            raise ValueError("empty; write the department's name as its letters shall show it")
        return value

    @property
    def zone(self) -> ZoneInfo:
        """The department's time zone."""
        return ZoneInfo(self.timezone)


class Administrators(Section):
    """Who is told when something needs a technician. `alert_command` is reserved: this version runs no command."""

    emails: tuple[str, ...] = ()
    alert_command: str = ""

    @field_validator("emails")
    @classmethod
    def _check(cls, value: tuple[str, ...]) -> tuple[str, ...]:
        return tuple(_address(each) for each in value)


class MailboxSection(Section):
    """Where requests arrive."""

    url: str
    tls: Literal["implicit", "starttls", "none"] | None = None
    username: str = ""
    password: SecretStr = SecretStr("")
    ca_file: Path | None = None
    folder: str = "INBOX"
    processed_folder: str = "Processed"
    quarantine_folder: str = "Quarantine"


class Intake(Section):
    """What becomes of mail: `serve` answers, `observe` only tells the administrators what it would have sent.

    `groups`: addresses of the department's own groups that pass mail on to the mailbox.
    """

    mode: Literal["serve", "observe"] = "serve"
    baseline: bool = True
    unmatched: Literal["leave", "sort"] = "leave"
    poll_seconds: int = Field(default=60, ge=1, le=3600)
    groups: tuple[str, ...] = ()

    @field_validator("groups")
    @classmethod
    def _check_groups(cls, value: tuple[str, ...]) -> tuple[str, ...]:
        return tuple(_address(each).lower() for each in value)


class Smtp(Section):
    """How letters leave."""

    url: str
    tls: Literal["implicit", "starttls", "none"] | None = None
    username: str = ""
    password: SecretStr = SecretStr("")
    ca_file: Path | None = None


class StoreSection(Section):
    """The database and the key that seals it (32 bytes, url-safe base64)."""

    url: str = "sqlite:////var/lib/mailflow/mailflow.db"
    key: SecretStr = SecretStr("")


class Officer(Section):
    """One who decides. `services` lists SOP ids; empty means all."""

    name: str
    email: str
    aliases: tuple[str, ...] = ()
    role: Literal["officer", "official"] = "officer"
    services: tuple[str, ...] = ()

    _check_email = field_validator("email")(_address)

    @field_validator("aliases")
    @classmethod
    def _check_aliases(cls, value: tuple[str, ...]) -> tuple[str, ...]:
        return tuple(_address(each) for each in value)

    @property
    def addresses(self) -> frozenset[str]:
        """Every address this officer writes from, lower case."""
        return frozenset(each.lower() for each in (self.email, *self.aliases))


class Tasks(Section):
    """How tasks are put before officers."""

    assignment: Literal["rotate", "all"] = "rotate"
    undo_minutes: int = Field(default=10, ge=0, le=240)


class Trust(Section):
    """What proves a sender. `authenticated`: DKIM, verified by ourselves, and what our own mail server says.

    `authserv_id`: the name that server writes first into its Authentication-Results; empty: DKIM alone. `border`: `tested`, its word counts
    once a letter with a forged field has come back without it; `asserted`: the administrator vouches for it.
    `staff_table`: who is who (`mailflow.trust.staff_table`). `name_servers`: which to ask for DKIM keys, instead of the system's.
    """

    mode: Literal["authenticated", "token-only"] = "authenticated"
    authserv_id: str = ""
    border: Literal["tested", "asserted"] = "tested"
    subaddressing: bool = False
    staff_table: Path | None = None
    name_servers: tuple[str, ...] = ()


class Certificates(Section):
    """The registry behind expiry notices. `notice_days` count before expiry; one more notice follows a week after it."""

    trust_roots: tuple[Path, ...] = ()
    notice_days: tuple[int, ...] = (60, 30, 14, 7, 3, 1, 0)

    @field_validator("notice_days")
    @classmethod
    def _before_expiry(cls, value: tuple[int, ...]) -> tuple[int, ...]:
        if wrong := [str(each) for each in value if each < 0]:
            raise ValueError(
                f"{', '.join(wrong)}: write days before expiry, 0 or more; the notice a week after it comes by itself"
            )
        return value


class Limits(Section):
    """Where patience ends."""

    message_bytes: int = Field(default=25 * 1024 * 1024, ge=10_000)
    pages: int = Field(default=30, ge=1)
    seconds_per_document: int = Field(default=10, ge=1)
    replies_per_sender: int = Field(
        default=20, ge=1, description="automatic answers to one address in 24 hours"
    )
    shown_per_case: int = Field(
        default=10, ge=1, description="messages of others about one request put before officers in an hour"
    )
    shown_per_officer: int = Field(
        default=30, ge=1, description="messages that belong nowhere put before one officer in an hour"
    )
    letters_per_recipient: int = Field(
        default=60, ge=1, description="letters drawn by unproven mail sent to one address in an hour"
    )
    letters_per_hour: int = Field(default=300, ge=10, description="letters sent in an hour; the rest wait")
