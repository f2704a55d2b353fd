"""A case as it lies on the desk: with its SOP and the office, and, within a transaction, with its row."""

from dataclasses import dataclass
from datetime import datetime

from mailflow import cases
from mailflow.office import Office
from mailflow.store.tables import CaseRow
from mailflow.work import Work
from rules.beginning import Beginning
from rules.case import Case, State
from rules.events import Opened
from rules.sop import Sop


@dataclass(frozen=True)
class Dossier:
    """A case value, the SOP version it runs under, and the office."""

    office: Office
    sop: Sop
    case: Case

    @property
    def now(self) -> datetime:
        """The present, in the department's zone."""
        return self.office.now()


@dataclass(frozen=True)
class Matter(Dossier):
    """A dossier that is being worked on: letters and tasks can be written for it."""

    work: Work
    row: CaseRow

    @property
    def number(self) -> int:
        """The row's id."""
        return self.row.id or 0

    @property
    def scope(self) -> str:
        """What the effect keys of the case are unique within."""
        return f"case:{self.row.id}"

    @classmethod
    def unborn(cls, work: Work, sop: Sop, beginning: Beginning, event: Opened) -> "Matter":
        """Return a case that is about to be opened, for what must be known before."""
        case = Case(
            id=beginning.ticket,
            sop=sop.id,
            digest=sop.digest,
            step="",
            state=State.APPLICANT,
            opened=beginning.received,
            address=beginning.address,
            documents=event.documents,
            persons=beginning.persons,
        )
        row = CaseRow(
            ticket=case.id,
            sop=sop.id,
            sop_digest=sop.digest,
            state="",
            step="",
            value="",
            address_key=cases.address_key(work.office, beginning.address),
            opened_at=beginning.received,
        )
        return cls(work.office, sop, case, work, row)

    @classmethod
    def of(cls, work: Work, row: CaseRow) -> "Matter":
        """Take a case from its row."""
        sop = cases.sop_of(work, row.sop_digest, row.sop)
        return cls(work.office, sop, cases.value_of(row), work, row)
