"""The files beside the database that say which database worked here last, and which numbers may have been given.

A backup that is put back, or a copy at another place, does not fit its marker: its identity is an older one, or the file is not the one that
was marked. The numbers know their own place, so that a file of them that was copied along is not taken for the original.
"""

import json
import os
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import TypeVar

from pydantic import TypeAdapter, ValidationError

from mailflow.errors import StoreError
from mailflow.store.birth import birth_of


@dataclass(frozen=True, kw_only=True)
class Marker:
    """What the last beat left: the identity that the database had then, which file it was (`birth`), and when that was."""

    identity: str
    database: str
    at: datetime


@dataclass(frozen=True, kw_only=True)
class Numbers:
    """By year, the highest number of a request that may have been given; `place` is which file this is."""

    given: dict[str, int] = field(default_factory=dict)
    place: str = ""


_Kept = TypeVar("_Kept", Marker, Numbers)
_MARKER, _NUMBERS = TypeAdapter(Marker), TypeAdapter(Numbers)


def path_of(database: Path) -> Path:
    """Return where the marker of a database lies."""
    return database.with_name(database.name + ".marker")


def numbers_path(database: Path) -> Path:
    """Return where the numbers of a database lie."""
    return database.with_name(database.name + ".numbers")


def read(database: Path) -> Marker | None:
    """Return the marker, None where there is none that can be read."""
    return _read(path_of(database), _MARKER)


def write(database: Path, marker: Marker) -> None:
    """Put the marker beside the database, whole or not at all; raises `StoreError` where that cannot be done."""
    _write(path_of(database), marker, _MARKER)


def touched(database: Path) -> int:
    """Return when the marker was last changed in any way (ctime, nanoseconds): nobody who copies a file back can set that."""
    return path_of(database).stat().st_ctime_ns


def numbers(database: Path, *, original: bool = False) -> Numbers | None:
    """Return the numbers, None where there are none; `original`: nor where the file is not the one that they were written to."""
    known = _read(numbers_path(database), _NUMBERS)
    if known is not None and original and birth_of(numbers_path(database)) != known.place:
        return None
    return known


def write_numbers(database: Path, given: dict[str, int]) -> None:
    """Put the numbers beside the database, whole or not at all; raises `StoreError` where that cannot be done."""
    _write(numbers_path(database), Numbers(given=given), _NUMBERS)


def _read(path: Path, shape: TypeAdapter[_Kept]) -> _Kept | None:
    try:
        return shape.validate_json(path.read_bytes())
    except (FileNotFoundError, ValidationError):
        return None
    except OSError as trouble:
        raise _fault(path, trouble) from None


def _write(path: Path, value: _Kept, shape: TypeAdapter[_Kept]) -> None:
    fresh = path.with_name(path.name + ".new")
    try:
        fresh.unlink(missing_ok=True)
        with open(fresh, "w", opener=lambda name, flags: os.open(name, flags, 0o600)) as file:
            content = shape.dump_python(value, mode="json")
            if "place" in content:
                content["place"] = birth_of(fresh)
            json.dump(content, file)
            file.flush()
            os.fsync(file.fileno())
        fresh.replace(path)
        _flush(path.parent)
    except OSError as trouble:
        raise _fault(path, trouble) from None


def _flush(directory: Path) -> None:
    handle = os.open(directory, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def _fault(path: Path, trouble: OSError) -> StoreError:
    return StoreError(
        f"{path}: {trouble.strerror}: the directory of the database must be writable by the user mailflow runs as, with room on its disk; "
        "it is tried again"
    )
