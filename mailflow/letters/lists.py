"""Tables of tasks and requests for officers' letters: the urgent first, then by due time."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from mailflow.cases import sop_of, value_of
from mailflow.dossier import Dossier
from mailflow.letters.about import whose
from mailflow.letters.standing import for_officers, topic_in_words
from mailflow.office import Office
from mailflow.outbox.dates import in_list
from mailflow.outbox.filters import shorten
from mailflow.store.tables import CaseRow, TaskRow, TaskState
from mailflow.work import Work
from rules.case import Case
from rules.sop import Sop

Table = tuple[str, tuple[tuple[str, ...], ...]]
_STEP = 70
"""Signs of a row's sentence in a list."""
_TASKS = ("Nomor layanan", "Atas nama", "Layanan", "Langkah", "Batas waktu", "Petugas"), (
    "Number", "Holder", "Service", "Step", "Due", "Officer",
)  # fmt: skip
_CASES = ("Nomor layanan", "Atas nama", "Layanan", "Dibuka", "Keadaan"), (
    "Number", "Holder", "Service", "Opened", "Standing",
)  # fmt: skip


@dataclass(frozen=True)
class Listed:
    """A task with its case, as lists show it."""

    task: TaskRow
    case: Case
    sop: Sop

    @property
    def rank(self) -> tuple[bool, bool, datetime, int]:
        """The urgent first, then by due time, those without one last."""
        due = self.task.due_at
        return not self.case.urgent, due is None, due or self.task.opened_at, self.task.id or 0


def listed(work: Work, tasks: Iterable[TaskRow]) -> list[Listed]:
    """Return tasks with their cases, in the order in which they should be done."""
    found = []
    for task in tasks:
        row = work.session.get(CaseRow, task.case_id)
        if row is not None:
            found.append(Listed(task, value_of(row), sop_of(work, row.sop_digest, row.sop)))
    return sorted(found, key=lambda each: each.rank)


def task_table(office: Office, heading: str, tasks: Sequence[Listed], most: int) -> tuple[Table, ...]:
    """Return a table of tasks under a heading that counts them, at most `most` rows; nothing where there are none."""
    if not tasks:
        return ()
    language = office.config.department.language
    rows = tuple(_task(office, each, language) for each in tasks[:most])
    return ((counted(heading, len(tasks), most, language), (_TASKS[language == "en"], *rows)),)


def case_table(work: Work, heading: str, rows: Sequence[CaseRow], most: int) -> tuple[Table, ...]:
    """Return a table of requests under a heading; nothing where there are none."""
    if not rows:
        return ()
    language = work.office.config.department.language
    cells = tuple(_case(work, row, language) for row in rows[:most])
    return ((counted(heading, len(rows), most, language), (_CASES[language == "en"], *cells)),)


def due_in_words(office: Office, due: datetime | None, language: str) -> str:
    """Return a due time as lists show it: late ones and today's say so."""
    if due is None:
        return ""
    english, now = language == "en", office.now()
    local = due.astimezone(office.config.department.zone)
    told = in_list(due, language, office.config.department.timezone)
    if due <= now:
        return f"{'LATE, was due' if english else 'TERLAMBAT, seharusnya'} {told}"
    if local.date() == now.date():
        return f"{'today' if english else 'hari ini'} {told.rpartition(' ')[2]}"
    return told


def names_of(office: Office, addresses: Iterable[str]) -> str:
    """Return the names of officers by their addresses; an address that is nobody's any more as it is."""
    known = ((address, office.config.officer_by_address(address)) for address in addresses)
    return ", ".join(officer.name if officer else address for address, officer in known)


def _task(office: Office, each: Listed, language: str) -> tuple[str, ...]:
    urgent = ("URGENT " if language == "en" else "MENDESAK ") if each.case.urgent else ""
    row = each.sop.steps.get(each.task.step)
    aside = topic_in_words(each.task.note, language) if each.task.key != each.case.task else ""
    taken = (" (taken)" if language == "en" else " (diambil)") if each.task.state == TaskState.TAKEN else ""
    return (
        f"{urgent}{each.case.number}",
        whose(each.case),
        each.sop.service.in_(language),
        shorten(aside or (row.says(language) if row else ""), _STEP),
        due_in_words(office, each.task.due_at, language),
        names_of(office, each.task.officers) + taken,
    )


def _case(work: Work, row: CaseRow, language: str) -> tuple[str, ...]:
    case, sop = value_of(row), sop_of(work, row.sop_digest, row.sop)
    opened = row.opened_at.astimezone(work.office.config.department.zone)
    return (
        case.number,
        whose(case),
        sop.service.in_(language),
        opened.strftime("%d/%m/%Y"),
        shorten(for_officers(Dossier(work.office, sop, case), language), _STEP),
    )


def counted(heading: str, count: int, most: int, language: str) -> str:
    """Return a heading with how many there are, and how many of them are shown."""
    if count <= most:
        return f"{heading} ({count})"
    return f"{heading} ({most} of {count} shown)" if language == "en" else f"{heading} ({most} dari {count})"
