"""Tasks of officers who are gone: out of the configuration, or no longer for that service. Their tokens are void; a colleague gets the task."""

from dataclasses import dataclass
from datetime import datetime

from sqlmodel import col, select

from mailflow import tasks
from mailflow.config import Officer
from mailflow.dossier import Matter
from mailflow.store.tables import CaseRow, Setting, TaskRow
from mailflow.work import Work

REASSIGNED = "reassigned"


def find(work: Work) -> int | None:
    """Return the first waiting task that stands before somebody who may not do it any more; None when all are in good hands."""
    query = (
        select(TaskRow.id, TaskRow.officers, TaskRow.performer, CaseRow.sop)
        .join(CaseRow, col(CaseRow.id) == col(TaskRow.case_id))
        .where(col(TaskRow.state).in_([state.value for state in tasks.LIVE]))
        .order_by(col(TaskRow.id))
    )
    for number, officers, performer, sop in work.session.exec(query):
        standing = _Standing(number or 0, tuple(officers), performer, sop)
        if _entitled(work, standing) != list(officers) and not _is_put_off(work, standing.task):
            return standing.task
    return None


def reassign(work: Work, number: int) -> None:
    """Leave the task with those who may still do it; where there is nobody, put it before a colleague anew."""
    task = work.session.get(TaskRow, number)
    row = work.session.get(CaseRow, task.case_id) if task else None
    if task is None or row is None or task.state not in tasks.LIVE:
        return
    matter = Matter.of(work, row)
    left = _entitled(work, _Standing(number, tuple(task.officers), task.performer, row.sop))
    gone = [each for each in task.officers if each not in left]
    if left:
        task.officers = left
        work.session.add(task)
        tasks.release(matter, task, gone)
    else:
        _forget_choice(work, number)
        officer = tasks.colleague(matter, task) or work.office.staff(task.performer, row.sop)[0]
        tasks.hand_over(matter, task, officer, quiet=task.quiet, why=REASSIGNED)
    tasks.record(matter, REASSIGNED, f"{', '.join(gone)}: {task.officers[0]}")


def put_off(work: Work, number: int, later: datetime) -> None:
    """Leave a task alone until then: putting it anew failed."""
    name = f"reassign-later:{number}"
    row = work.session.get(Setting, name) or Setting(name=name, value="")
    row.value = later.isoformat()
    work.session.add(row)


def _is_put_off(work: Work, number: int) -> bool:
    row = work.session.get(Setting, f"reassign-later:{number}")
    return row is not None and datetime.fromisoformat(row.value) > work.office.now()


@dataclass(frozen=True)
class _Standing:
    """Before whom a task of an SOP stands."""

    task: int
    officers: tuple[str, ...]
    performer: str
    sop: str


def _entitled(work: Work, standing: _Standing) -> list[str]:
    """Those of a task's officers who may do it: in the configuration and of its service, or chosen for it by a person."""
    known = {email: work.office.config.officer_by_address(email) for email in standing.officers}
    return [
        email for email, officer in known.items() if officer is not None and _may(work, standing, officer)
    ]


def _may(work: Work, standing: _Standing, officer: Officer) -> bool:
    if officer.role == "official" or officer in work.office.staff(standing.performer, standing.sop):
        return True
    return work.session.get(Setting, f"{tasks.ASSIGNED}:{standing.task}") is not None


def _forget_choice(work: Work, number: int) -> None:
    if (chosen := work.session.get(Setting, f"{tasks.ASSIGNED}:{number}")) is not None:
        work.session.delete(chosen)
