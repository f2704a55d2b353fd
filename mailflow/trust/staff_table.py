"""The department's own table of staff: who is who, by an address that no letter gave.

A CSV file beside the configuration (`trust.staff_table`), one person a line. What a writer claims is compared with it.
"""

import os
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from mailflow.certificates import cells
from mailflow.config import Config
from mailflow.errors import ConfigurationError
from mailflow.sheet import Columns, Faults, Place, read_rows
from parsers.identity import fold_name

_SHOWN = 20
"""At most so many faults are named in one message."""


@dataclass(frozen=True, kw_only=True)
class Member:
    """One person of the table; NIP as bare digits, "" for staff without one."""

    name: str
    nip: str
    email: str


@dataclass(frozen=True)
class StaffTable:
    """The table, looked up by NIP, name (as names are compared) and address."""

    members: tuple[Member, ...] = ()
    _by: Mapping[str, tuple[Member, ...]] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        """Index the members once."""
        found: dict[str, tuple[Member, ...]] = {}
        for each in self.members:
            for key in _keys(each.nip, each.name, each.email):
                found[key] = (*found.get(key, ()), each)
        object.__setattr__(self, "_by", found)

    def find(
        self, *, nips: Iterable[str] = (), names: Iterable[str] = (), addresses: Iterable[str] = ()
    ) -> tuple[Member, ...]:
        """Return who has one of these, each once."""
        keys = [key for nip in nips for key in _keys(nip, "", "")]
        keys += [key for name in names for key in _keys("", name, "")]
        keys += [key for address in addresses for key in _keys("", "", address)]
        return tuple(dict.fromkeys(each for key in keys for each in self._by.get(key, ())))


def load(config: Config) -> StaffTable:
    """Read and prove the configured table, an empty one where none is; raise `ConfigurationError` naming every fault, with its remedy."""
    named = config.trust.staff_table
    if named is None:
        return StaffTable()
    file = _place(named, config.directory)
    try:
        data = file.read_bytes()
    except OSError as trouble:
        raise ConfigurationError(
            f"trust.staff_table: {file}: cannot be read: {trouble.strerror}; name a CSV file, or remove the key"
        ) from None
    found = Faults()
    rows = list(read_rows(data, named.name, _COLUMNS, found))
    _prove_distinct(rows, found)
    if found.faults:
        more = len(found.faults) - _SHOWN
        shown = found.faults[:_SHOWN] + ([f"and {more} more"] if more > 0 else [])
        raise ConfigurationError("trust.staff_table: " + "; ".join(shown))
    return StaffTable(tuple(Member(**values) for _, values in rows))


def _place(named: Path, beside: Path) -> Path:
    """A credential of its name without ending (systemd.exec(5)), else the file itself; a relative name is meant beside the configuration."""
    given = os.environ.get("CREDENTIALS_DIRECTORY")
    credential = Path(given) / named.stem if given else None
    return credential if credential is not None and credential.is_file() else beside / named


def _prove_distinct(rows: list[tuple[Place, dict[str, str]]], found: Faults) -> None:
    """A NIP or an address that two lines share proves nobody."""
    seen: dict[tuple[str, str], int] = {}
    for place, values in rows:
        for column in ("nip", "email"):
            key = (column, values[column].casefold())
            if key[1] and key in seen:
                remedy = (
                    "keep one line per person"
                    if column == "nip"
                    else "give each person an address of their own"
                )
                found.fault(
                    Place(file=place.file, line=place.line, column=column),
                    f"stands in line {seen[key]} already; {remedy}",
                )
            seen.setdefault(key, place.line)


def _keys(nip: str, name: str, address: str) -> list[str]:
    folded = fold_name(name)
    pairs = (("nip", nip), ("name", folded), ("address", address.casefold()))
    return [f"{kind}:{value}" for kind, value in pairs if value]


def _address(text: str) -> str:
    address = cells.read_address(text)
    if not address:
        raise ValueError("empty; give the person's official e-mail address, or leave the line out")
    return address


_COLUMNS = Columns(
    what="person", needed={"name": cells.read_name, "nip": cells.read_number, "email": _address}
)
