"""What every loop and command works with: configuration, database, rules, words, reader and clock, put together in `bootstrap`."""

from dataclasses import dataclass, field
from datetime import datetime

import structlog

from mailflow.clock import Clock
from mailflow.config import Config, Officer
from mailflow.outbox.render import Renderer
from mailflow.sandbox.reader import Reader
from mailflow.staffing import serves
from mailflow.store.database import Database
from mailflow.store.sealed import Keyring
from mailflow.trust.keys import Keys
from mailflow.trust.staff_table import StaffTable
from rules.calendar import Calendar
from rules.load import Rules

log = structlog.get_logger("mailflow")


@dataclass(frozen=True, kw_only=True)
class Office:
    """One department at work. Frozen: threads share it."""

    config: Config
    database: Database
    rules: Rules
    calendar: Calendar
    renderer: Renderer
    maybe_reader: Reader | None
    """None for commands that read nothing."""
    clock: Clock
    keys: Keys
    """Where the keys of DKIM signatures are asked for."""
    staff_table: StaffTable = field(default_factory=StaffTable)
    """Who is who, by the department's own word."""
    clock_is_set: bool = False
    """True under `--at`: arrivals count as received now."""
    keeps_outages: bool = True
    """False where time is only played: then a gap between two beats is nobody's outage."""

    @property
    def reader(self) -> Reader:
        """The document workers."""
        if self.maybe_reader is None:
            raise RuntimeError("this command was opened without document workers")
        return self.maybe_reader

    @property
    def keyring(self) -> Keyring:
        """The keys of the store."""
        return self.database.keyring

    @property
    def is_observing(self) -> bool:
        """True while nothing is done but to tell the administrators what would have been."""
        return self.config.intake.mode == "observe"

    def now(self) -> datetime:
        """The present, in the department's zone."""
        return self.clock().astimezone(self.config.department.zone)

    def staff(self, performer: str, sop: str) -> tuple[Officer, ...]:
        """Who may do a task of this SOP: officials for `official` (officers where there is none), else officers of the service."""
        everybody = self.config.officers
        chosen = [each for each in everybody if serves(each, performer, sop)]
        chosen = chosen or [each for each in everybody if serves(each, "officer", sop)]
        return tuple(chosen) or tuple(each for each in everybody if each.role == "officer")

    def has_official(self, sop: str) -> bool:
        """Whether anybody decides what is handed up; else officers do, and letters say nothing of an official."""
        return any(serves(each, "official", sop) for each in self.config.officers)
