"""One certificate as a file tells of it, and what is wrong with the file. Nothing here shows a person's data: faults name places."""

from dataclasses import dataclass, field
from datetime import datetime
from typing import Literal

from mailflow.sheet import Faults, Place

__all__ = ["Findings", "Place", "Record"]


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
class Findings(Faults):
    """The certificates that were read. With a single fault nothing is imported; a remark holds nothing up."""

    records: list[Record] = field(default_factory=list)
