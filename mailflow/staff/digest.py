"""The morning's digest: what waits for an officer when the office opens, and what others decided since the last one."""

from dataclasses import dataclass, replace
from datetime import datetime

from sqlmodel import col, select

from mailflow.cases import sop_of, value_of
from mailflow.config import Officer
from mailflow.letters.about import whose
from mailflow.letters.keywords import word_of
from mailflow.letters.lists import Listed, Table, counted, listed, names_of, task_table
from mailflow.letters.notices import bare
from mailflow.letters.post import Post, post
from mailflow.office import Office
from mailflow.staff.queue import live_tasks
from mailflow.store.tables import CaseRow, MessageRow, MessageState, TaskRow, TaskState
from mailflow.work import Work

HELD_FOR = "3 working days"
"""After so long a message that waits for its applicant's BENAR is told of."""
_MOST = 20
_HEADINGS = {
    "late": ("TERLAMBAT", "LATE"),
    "today": ("BATAS WAKTU HARI INI", "DUE TODAY"),
    "waits": ("MENUNGGU", "WAITING"),
    "held": ("PESAN YANG MENUNGGU KONFIRMASI PEMOHON", "MESSAGES WAITING FOR THE APPLICANT'S CONFIRMATION"),
    "decided": ("DIPUTUSKAN REKAN", "DECIDED BY COLLEAGUES"),
}
_COUNTED = {
    "late": ("terlambat", "late"),
    "today": ("hari ini", "today"),
    "waits": ("menunggu", "waiting"),
    "held": ("tertahan", "held"),
    "decided": ("diputuskan rekan", "decided by colleagues"),
}
_HELD = ("Nomor layanan", "Dari", "Diterima", "Subjek"), ("Number", "From", "Received", "Subject")
_DECIDED = ("Nomor layanan", "Atas nama", "Keputusan", "Oleh"), ("Number", "Holder", "Decision", "By")


@dataclass(frozen=True)
class Morning:
    """A morning's digest: the office opened at `opening`, the last digest was at `since`; what was decided from then until now is told."""

    work: Work
    opening: datetime
    since: datetime

    @property
    def english(self) -> bool:
        """Whether officers' letters are in English."""
        return self.work.office.config.department.language == "en"


def send(morning: Morning) -> int:
    """Write each officer's digest; return how many had something to say."""
    return sum(_send(morning, officer) for officer in morning.work.office.config.officers)


def _send(morning: Morning, officer: Officer) -> bool:
    office = morning.work.office
    groups = _tasks(morning, officer)
    held, decided = _held(morning, officer), _decided(morning, officer)
    counts = {name: len(tasks) for name, tasks in groups.items()} | {
        "held": len(held),
        "decided": len(decided),
    }
    if not any(counts.values()):
        return False
    tables = [
        table
        for name, tasks in groups.items()
        for table in task_table(office, _HEADINGS[name][morning.english], tasks, _MOST)
    ]
    tables += _table(morning, "held", _HELD, held) + _table(morning, "decided", _DECIDED, decided)
    summary = tuple(f"{count} {_COUNTED[name][morning.english]}" for name, count in counts.items() if count)
    letter = replace(
        bare(office, office.config.department.language),
        name=officer.name,
        tables=tuple(tables),
        said={"status": summary},
    )
    what = Post(
        scope=f"day:{morning.opening.date().isoformat()}",
        effect="digest",
        recipient=officer.email,
        template="officer-digest-morning",
        letter=letter,
    )
    post(morning.work, what)
    return True


def _tasks(morning: Morning, officer: Officer) -> dict[str, list[Listed]]:
    """What was before this officer when the office opened: late, due today, and the rest."""
    theirs = [
        task
        for task, _ in live_tasks(morning.work.session)
        if not task.quiet
        and task.opened_at < morning.opening
        and officer.addresses & {email.lower() for email in task.officers}
    ]
    groups: dict[str, list[Listed]] = {"late": [], "today": [], "waits": []}
    for each in listed(morning.work, theirs):
        groups[_group(morning, each.task.due_at)].append(each)
    return groups


def _group(morning: Morning, due: datetime | None) -> str:
    if due is None:
        return "waits"
    if due <= morning.work.office.now():
        return "late"
    zone = morning.work.office.config.department.zone
    return "today" if due.astimezone(zone).date() == morning.opening.date() else "waits"


def _held(morning: Morning, officer: Officer) -> list[tuple[str, ...]]:
    """Messages whose applicant has not confirmed them for days: somebody should ring."""
    office, zone = morning.work.office, morning.work.office.config.department.zone
    query = select(MessageRow).where(MessageRow.state == MessageState.HELD).order_by(col(MessageRow.id))
    rows: list[tuple[str, ...]] = []
    for row in morning.work.session.exec(query):
        case = morning.work.session.get(CaseRow, row.case_id) if row.case_id else None
        if (
            case
            and _serves(officer, case.sop)
            and office.calendar.add(row.received_at, HELD_FOR) <= office.now()
        ):
            received = row.received_at.astimezone(zone).strftime("%d/%m/%Y")
            rows.append((value_of(case).number, row.sender or "", received, row.subject or "-"))
    return rows


def _decided(morning: Morning, officer: Officer) -> list[tuple[str, ...]]:
    """What colleagues decided; the official is told of what waits alone."""
    if officer.role == "official":
        return []
    query = select(TaskRow).where(
        TaskRow.state == TaskState.DECIDED,
        col(TaskRow.decided_at) >= morning.since,
        col(TaskRow.decided_at) < morning.work.office.now(),
        col(TaskRow.decided_by).not_in([officer.email]),
    )
    rows = []
    for task in morning.work.session.exec(query.order_by(col(TaskRow.decided_at))):
        case = morning.work.session.get(CaseRow, task.case_id)
        if case and _serves(officer, case.sop):
            rows.append(_decision(morning.work, task, case))
    return rows


def _decision(work: Work, task: TaskRow, row: CaseRow) -> tuple[str, ...]:
    case, sop = value_of(row), sop_of(work, row.sop_digest, row.sop)
    word = word_of(task.decision or "", work.office.config.department.language, sop, task.step)
    return case.number, whose(case), word, names_of(work.office, [task.decided_by or ""])


def _table(
    morning: Morning,
    name: str,
    headings: tuple[tuple[str, ...], tuple[str, ...]],
    rows: list[tuple[str, ...]],
) -> list[Table]:
    if not rows:
        return []
    language = morning.work.office.config.department.language
    heading = counted(_HEADINGS[name][morning.english], len(rows), _MOST, language)
    return [(heading, (headings[morning.english], *rows[:_MOST]))]


def _serves(officer: Officer, sop: str) -> bool:
    return not officer.services or sop in officer.services


def opening_of(office: Office) -> datetime | None:
    """Return when the office opened today; None where it has not, or does not open today."""
    now = office.now()
    midnight = now.replace(hour=0, minute=0, second=0, microsecond=0)
    if not office.calendar.is_working_day(now.date()):
        return None
    opening = office.calendar.after_office_seconds(midnight, 1).replace(second=0, microsecond=0)
    return opening if opening <= now else None
