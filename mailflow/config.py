"""The configuration: a TOML file, then `MAILFLOW_SECTION__KEY` in the environment, then the credentials directory.

Unknown keys are errors everywhere, so that a misspelt key is never a silent default. Secrets (`mailbox.password`, `smtp.password`,
`store.key`) belong into the credentials directory (systemd `LoadCredential=`), one file named `section.key` each.
"""

import os
from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Any, Literal
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from email_validator import EmailNotValidError, validate_email
from pydantic import (
    BaseModel,
    ConfigDict,
    Field,
    SecretStr,
    ValidationError,
    field_validator,
    model_validator,
)
from pydantic_settings import (
    BaseSettings,
    PydanticBaseSettingsSource,
    SettingsConfigDict,
    SettingsError,
    TomlConfigSettingsSource,
)

from mailflow.credentials import Credentials, is_key
from mailflow.errors import ConfigurationError
from mailflow.store.sealed import Keyring

DEFAULT_FILE = Path("/etc/mailflow/mailflow.toml")
_OTHER_VARIABLES = {"MAILFLOW_CONFIG", "MAILFLOW_KILL_AT"}
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
    """What proves a sender. `authenticated` needs `authserv_id`: the name our own mail server writes into Authentication-Results.

    `staff_table`: who is who (`mailflow.trust.staff_table`). `name_servers`: which to ask for DKIM keys, instead of the system's.
    """

    mode: Literal["authenticated", "token-only"] = "authenticated"
    authserv_id: str = ""
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


class Config(BaseSettings):
    """The whole configuration, proven sound."""

    model_config = SettingsConfigDict(
        frozen=True, extra="forbid", env_prefix="MAILFLOW_", env_nested_delimiter="__", case_sensitive=False
    )

    department: Department
    administrators: Administrators = Administrators()
    mailbox: MailboxSection
    intake: Intake = Intake()
    smtp: Smtp
    store: StoreSection = StoreSection()
    officers: tuple[Officer, ...] = ()
    tasks: Tasks = Tasks()
    trust: Trust = Trust()
    certificates: Certificates = Certificates()
    limits: Limits = Limits()

    file: Path = DEFAULT_FILE

    @property
    def directory(self) -> Path:
        """Where `rules.d/` and `outbox_templates/` of the administrator stand."""
        return self.file.parent

    @property
    def keyring(self) -> Keyring:
        """The keys derived from `store.key`."""
        return Keyring.from_text(self.store.key.get_secret_value())

    def officer_by_address(self, address: str) -> Officer | None:
        """Return the officer or official who writes from `address`."""
        return next((each for each in self.officers if address.lower() in each.addresses), None)

    @model_validator(mode="after")
    def _makes_sense(self) -> "Config":
        if not any(each.role == "officer" for each in self.officers):
            raise ValueError(
                'officers: at least one [[officers]] with role = "officer" is needed: nobody else may decide'
            )
        seen: dict[str, str] = {}
        for officer in self.officers:
            for address in officer.addresses:
                if address in seen:
                    raise ValueError(
                        f"officers: {address} belongs to both {seen[address]} and {officer.name}; give it to one"
                    )
                if address == self.department.address.lower():
                    raise ValueError(
                        f"officers: {officer.name} has the department's own address {address}; use a personal one"
                    )
                seen[address] = officer.name
        if self.trust.mode == "authenticated" and not self.trust.authserv_id:
            raise ValueError(
                "trust.authserv_id: name what your mail server writes first in its Authentication-Results header, "
                'or set trust.mode = "token-only" if officers\' mail never leaves that one trusted server'
            )
        _prove_place(self.store.url)
        return self

    @classmethod
    def settings_customise_sources(
        cls,
        settings_cls: type[BaseSettings],
        init_settings: PydanticBaseSettingsSource,
        env_settings: PydanticBaseSettingsSource,
        dotenv_settings: PydanticBaseSettingsSource,
        file_secret_settings: PydanticBaseSettingsSource,
    ) -> tuple[PydanticBaseSettingsSource, ...]:
        """Credentials over environment over file; `load` passes the file's path as an initial value."""
        del dotenv_settings, file_secret_settings
        path = init_settings()["file"]
        return (
            init_settings,
            Credentials(settings_cls, Path(path).parent / "credentials"),
            env_settings,
            _File(settings_cls, toml_file=path),
        )


def _prove_place(url: str) -> None:
    """The database must stand where every command finds the same one, wherever it is called from."""
    place = Path(url.removeprefix("sqlite:///"))
    if not url.startswith("sqlite:///") or "?" in url:
        raise ValueError("store.url: only sqlite:////path, nothing after it, is supported by this version")
    if not place.is_absolute():
        raise ValueError(
            f"store.url: {place} is no absolute path; write four slashes, like sqlite:////var/lib/mailflow/mailflow.db"
        )
    if place.is_dir():
        raise ValueError(f"store.url: {place} is a directory; name a file in it, like {place}/mailflow.db")


class _File(TomlConfigSettingsSource):
    """The file itself; its own path, a value of ours, is no key of it."""

    def __call__(self) -> dict[str, Any]:
        if "file" in self.toml_data:
            raise ConfigurationError(f"{self.toml_file_path}: file: no such key; remove it")
        return super().__call__()


def _unknown_variables(environment: Mapping[str, str]) -> list[str]:
    wrong = []
    for name in environment:
        if not name.upper().startswith("MAILFLOW_") or name.upper() in _OTHER_VARIABLES:
            continue
        section, _, key = name[len("MAILFLOW_") :].lower().partition("__")
        if not is_key(Config, section, key.partition("__")[0]) and not (section == "officers" and not key):
            wrong.append(name)
    return wrong


def config_file(path: Path | None) -> Path:
    """Return the configuration's place: named, else MAILFLOW_CONFIG, else the usual one."""
    return path or Path(os.environ.get("MAILFLOW_CONFIG") or DEFAULT_FILE)


def load(path: Path | None = None) -> Config:
    """Read and prove the configuration; raise `ConfigurationError` naming every fault, its key and the remedy."""
    file = config_file(path)
    try:
        file.read_bytes()
    except FileNotFoundError:
        raise ConfigurationError(
            f"{file}: no such file. Write one with `mailflow init`, or name it with --config FILE."
        ) from None
    except OSError as trouble:
        raise ConfigurationError(f"{file}: cannot be read: {trouble.strerror}") from None
    if wrong := _unknown_variables(os.environ):
        raise ConfigurationError(
            f"environment: {', '.join(sorted(wrong))}: no such key; see the comments `mailflow init` writes."
        )
    try:
        config = Config(file=file.resolve())
        config.keyring  # noqa: B018 - a malformed key is a configuration error, found now
    except ValidationError as wrong_values:
        lines = [_explain(error) for error in wrong_values.errors(include_url=False, include_input=False)]
        raise ConfigurationError(f"{file}: " + "; ".join(lines)) from None
    except (ValueError, SettingsError) as unreadable:
        raise ConfigurationError(f"{file}: {unreadable}") from None
    return config


def _explain(error: Any) -> str:
    key = ".".join(str(part) for part in error["loc"]) or "configuration"
    if error["type"] == "extra_forbidden":
        return f"{key}: no such key; remove it or correct its spelling"
    if error["type"] == "missing":
        return f"{key}: missing; it has no default"
    message = error["msg"].removeprefix("Value error, ")
    return message if key == "configuration" else f"{key}: {message}"
