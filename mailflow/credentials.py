"""Secrets from the credentials directory: files named `section.key`, each a value of the configuration.

What cannot be read, or is named for no key, is an error of the configuration: a misspelt secret is never a silent default.
"""

import os
from pathlib import Path
from typing import Any

from pydantic import BaseModel
from pydantic_settings import BaseSettings, PydanticBaseSettingsSource

from mailflow.errors import ConfigurationError


def is_key(model: type[BaseModel], section: str, key: str) -> bool:
    """Tell whether `section` is a table of the configuration `model`, and has `key`."""
    field = model.model_fields.get(section)
    table = field.annotation if field else None
    return isinstance(table, type) and issubclass(table, BaseModel) and key in table.model_fields


class Credentials(PydanticBaseSettingsSource):
    """Files named `section.key` in `$CREDENTIALS_DIRECTORY` (systemd.exec(5)), else in `credentials/` beside the configuration file.

    An empty file counts as none: systemd's `SetCredential=` stands in with one for a file that is missing. Hidden files and names
    without a dot are nobody's secrets. Raises `ConfigurationError` for any other name, and for what cannot be read.
    """

    def __init__(self, settings_cls: type[BaseSettings], beside: Path) -> None:
        super().__init__(settings_cls)
        given = os.environ.get("CREDENTIALS_DIRECTORY")
        self._directory, self._must_be = Path(given or beside), bool(given)

    def get_field_value(self, field: Any, field_name: str) -> tuple[Any, str, bool]:
        """Not used: `__call__` reads every file at once."""
        del field
        return None, field_name, False

    def __call__(self) -> dict[str, Any]:
        """Return the secrets as nested tables."""
        found: dict[str, Any] = {}
        for file in self._files():
            section, dot, key = file.name.partition(".")
            if not section or not dot:
                continue
            if not is_key(self.settings_cls, section, key):
                raise ConfigurationError(
                    f"{file}: {file.name} is no key of the configuration; correct the name or remove the file"
                )
            if secret := _secret(file):
                found.setdefault(section, {})[key] = secret
        return found

    def _files(self) -> list[Path]:
        try:
            return sorted(self._directory.iterdir())
        except OSError as trouble:
            if isinstance(trouble, FileNotFoundError) and not self._must_be:
                return []
            raise ConfigurationError(
                f"{self._directory}: the credentials cannot be read: {trouble.strerror}; "
                "it must be a directory of files named section.key, readable by the user mailflow runs as"
            ) from None


def _secret(file: Path) -> str:
    try:
        if not file.is_file():
            raise ConfigurationError(
                f"{file}: no regular file; a credential is a file with the secret and nothing else in it"
            )
        return file.read_text(encoding="utf-8").strip()
    except OSError as trouble:
        why = f"cannot be read: {trouble.strerror}; the user mailflow runs as must be allowed to read it"
    except UnicodeDecodeError:  # its text would quote the secret
        why = "is no text in UTF-8; write the secret again"
    raise ConfigurationError(f"{file}: {why}")
