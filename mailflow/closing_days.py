"""The department's own closing days: `department.closing_days`, and `closing_days.toml` beside the configuration, with their names.

The file has a day per line, `2026-05-07 = "Hari Jadi Kota"`; letters tell the name, so that an applicant sees why a day does not count.
"""

import tomllib
from datetime import date
from pathlib import Path

from mailflow.config import Config
from mailflow.errors import ConfigurationError

FILE = "closing_days.toml"
_EXAMPLE = '2026-05-07 = "Hari Jadi Kota"'


def closing_days(config: Config) -> dict[date, str]:
    """Return the closing days with their names, "" for a day of the list; raise `ConfigurationError` for what is no day or no name."""
    file = config.directory / FILE
    return dict.fromkeys(config.department.closing_days, "") | (_read(file) if file.exists() else {})


def _read(file: Path) -> dict[date, str]:
    try:
        lines = tomllib.loads(file.read_text(encoding="utf-8"))
    except OSError as trouble:
        raise ConfigurationError(f"{file}: cannot be read: {trouble.strerror}") from None
    except ValueError as wrong:
        raise ConfigurationError(f"{file}: {wrong}; write a day per line, like {_EXAMPLE}") from None
    return {_day(file, text): _name(file, text, name) for text, name in lines.items()}


def _day(file: Path, text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise ConfigurationError(
            f"{file}: {text}: no day of the calendar; write it like {_EXAMPLE}"
        ) from None


def _name(file: Path, text: str, name: object) -> str:
    if not isinstance(name, str) or not name.strip():
        raise ConfigurationError(f"{file}: {text}: say in quotes why the office is closed, like {_EXAMPLE}")
    return " ".join(name.split())
