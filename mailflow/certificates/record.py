"""One certificate as a file tells of it, and what is wrong with the file. Nothing here shows a person's data: faults name places."""

from dataclasses import dataclass, field
from datetime import datetime
from typing import Literal


@dataclass(frozen=True, kw_only=True)
class Place:
    """Where in the files something stands; line and column as a person counts and calls them, empty for the file as a whole."""

    file: str
    line: int = 0
    column: str = ""

    def __str__(self) -> str:
        """`staf.csv, line 3, column nip`."""
        line = f", line {self.line}" if self.line else ""
        return f"{self.file}{line}{f', column {self.column}' if self.column else ''}"


@dataclass(frozen=True, kw_only=True)
class Record:
    """A certificate. None: the file does not say; what the registry knows already stays. `serial` is hexadecimal, capitals."""

    place: Place
    serial: str
    name: str
    not_before: datetime
    not_after: datetime
    nip: str | None = None
    address: str | None = None
    unit_contact: str | None = None
    subject: str | None = None
    language: str | None = None
    revoked_at: datetime | Literal["no"] | None = None
    """`no`: expressly not revoked. An empty cell says nothing: a revocation is for good."""


@dataclass
class Findings:
    """What was read, and what was wrong with it. With a single fault nothing is imported; a remark holds nothing up."""

    records: list[Record] = field(default_factory=list)
    faults: list[str] = field(default_factory=list)
    remarks: list[str] = field(default_factory=list)

    def fault(self, place: Place, what: str) -> None:
        """Note what keeps the files from being imported, with its remedy."""
        self.faults.append(f"{place}: {what}")

    def remark(self, place: Place, what: str) -> None:
        """Note what a person should look at."""
        self.remarks.append(f"{place}: {what}")
