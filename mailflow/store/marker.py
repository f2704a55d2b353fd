"""The file beside the database that says which database worked here last, and how far.

A backup that is put back, or a copy at another place, does not fit it: its identity is an older one, or the file is not the one that was
marked. The marker knows its own place too, so that one that was copied along is not taken for the original.
"""

import json
import os
from dataclasses import asdict, dataclass, field
from datetime import datetime
from pathlib import Path

from pydantic import TypeAdapter, ValidationError

from mailflow.errors import StoreError
from mailflow.store.birth import birth_of


@dataclass(frozen=True, kw_only=True)
class Marker:
    """What the last beat left: the identity that the database had then, which file it was (`birth`), and when that was.

    `tickets` are, by year, the highest numbers that may have been given (`mailflow.generations`). `place` is which file
    the marker itself is.
    """

    identity: str
    database: str
    at: datetime
    tickets: dict[str, int] = field(default_factory=dict)
    place: str = ""


_MARKER = TypeAdapter(Marker)


def path_of(database: Path) -> Path:
    """Return where the marker of a database lies."""
    return database.with_name(database.name + ".marker")


def read(database: Path) -> Marker | None:
    """Return the marker, None where there is none that can be read."""
    try:
        return _MARKER.validate_json(path_of(database).read_bytes())
    except (FileNotFoundError, ValidationError):
        return None
    except OSError as trouble:
        raise _fault(database, trouble) from None


def is_original(database: Path, marker: Marker) -> bool:
    """Tell whether the marker still lies where it was written; one that was copied along with a backup tells nothing new."""
    try:
        return birth_of(path_of(database)) == marker.place
    except FileNotFoundError:
        return False


def write(database: Path, marker: Marker) -> None:
    """Put the marker beside the database, whole or not at all; raises `StoreError` where that cannot be done."""
    path = path_of(database)
    fresh = path.with_name(path.name + ".new")
    try:
        fresh.unlink(missing_ok=True)
        with open(fresh, "w", opener=lambda name, flags: os.open(name, flags, 0o600)) as file:
            json.dump({**asdict(marker), "at": marker.at.isoformat(), "place": birth_of(fresh)}, file)
            file.flush()
            os.fsync(file.fileno())
        fresh.replace(path)
        _flush(path.parent)
    except OSError as trouble:
        raise _fault(database, trouble) from None


def _flush(directory: Path) -> None:
    handle = os.open(directory, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def _fault(database: Path, trouble: OSError) -> StoreError:
    return StoreError(
        f"{path_of(database)}: {trouble.strerror}: the directory of the database must be writable by the user mailflow runs as, with "
        "room on its disk; it is tried again"
    )
