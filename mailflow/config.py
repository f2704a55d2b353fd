"""The configuration: a TOML file, then `MAILFLOW_SECTION__KEY` in the environment, then the credentials directory.

Unknown keys are errors everywhere, so that a misspelt key is never a silent default. Secrets (`mailbox.password`, `smtp.password`,
`store.key`) belong into the credentials directory (systemd `LoadCredential=`), one file named `section.key` each.
"""

import os
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from pydantic import (
    ValidationError,
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
from mailflow.sections import (
    WEEKDAYS,
    Administrators,
    Certificates,
    Department,
    Intake,
    Limits,
    MailboxSection,
    Officer,
    Section,
    Smtp,
    StoreSection,
    Tasks,
    Trust,
)
from mailflow.store.sealed import Keyring

__all__ = ["DEFAULT_FILE", "WEEKDAYS", "Config", "Department", "Officer", "Section", "config_file", "load"]

DEFAULT_FILE = Path("/etc/mailflow/mailflow.toml")
_OTHER_VARIABLES = {"MAILFLOW_CONFIG", "MAILFLOW_KILL_AT"}


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
    def is_on_disk(self) -> bool:
        """Whether mailbox and way out are both directories: no mail server stands between."""
        return all(url.startswith("maildir:") for url in (self.mailbox.url, self.smtp.url))

    @property
    def own_domains(self) -> frozenset[str]:
        """The domains of the department and of its officers' addresses."""
        officers = (each.rpartition("@")[2] for one in self.officers for each in one.addresses)
        return frozenset({self.department.domain, *officers})

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
        if self.trust.border == "asserted" and not self.trust.authserv_id:
            raise ValueError(
                'trust.border: "asserted" vouches for no server: write into trust.authserv_id what yours writes first in its '
                'Authentication-Results header, or leave border at "tested"'
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
