"""Tasks of officers who are gone: out of the configuration, or no longer for that service. Their tokens are void; a colleague gets the task."""

from datetime import datetime

from sqlmodel import col, select

from mailflow import tasks
from mailflow.cases import next_number
from mailflow.config import Officer
from mailflow.dossier import Matter
from mailflow.evidence import examine
from mailflow.letters.task import Further, task_letter
from mailflow.store.tables import CaseRow, Setting, TaskRow, TaskState
from mailflow.work import Work

REASSIGNED = "reassigned"


def find(work: Work) -> int | None:
    """Return the first waiting task that stands before somebody who may not do it any more; None when all are in good hands.

    One that is decided counts while its word waits out its undo time: by who gave the word.
    """
    live = col(TaskRow.state).in_([state.value for state in tasks.LIVE])
    query = (
        select(TaskRow, CaseRow.sop)
        .join(CaseRow, col(CaseRow.id) == col(TaskRow.case_id))
        .where(live | col(TaskRow.effective_at).is_not(None))
        .order_by(col(TaskRow.id))
    )
    for task, sop in work.session.exec(query):
        if _is_in_wrong_hands(work, task, sop) and not _is_put_off(work, task.id or 0):
            return task.id
    return None


def reassign(work: Work, number: int) -> None:
    """Leave the task with those who may still do it; where there is nobody, put it before a colleague anew.

    The word of somebody who is gone is taken back, if it has not taken effect.
    """
    task = work.session.get(TaskRow, number)
    row = work.session.get(CaseRow, task.case_id) if task else None
    if task is None or row is None or not _is_in_wrong_hands(work, task, row.sop):
        return
    matter = Matter.of(work, row)
    left = _entitled(work, task, row.sop)
    gone = [each for each in task.officers if each not in left]
    if left:
        _leave_with(matter, task, left, gone)
    else:
        _forget_choice(work, number)
        officer = tasks.colleague(matter, task) or work.office.staff(task.performer, row.sop)[0]
        tasks.hand_over(matter, task, officer, quiet=task.quiet, why=REASSIGNED)
    tasks.record(matter, REASSIGNED, f"{', '.join(gone)}: {task.officers[0]}")


def _leave_with(matter: Matter, task: TaskRow, left: list[str], gone: list[str]) -> None:
    """Those who are left had a letter about it; they get one more where a word had closed the task for them."""
    known = [matter.office.config.officer_by_address(email) for email in left]
    decided, officers = task.state == TaskState.DECIDED, [each for each in known if each]
    if decided:
        tasks.take_word_back(matter, task, officers[0])
    task.officers = left
    matter.work.session.add(task)
    matter = tasks.release(matter, task, gone)
    for officer in officers if decided else ():
        turn = next_number(matter.work.session, f"{REASSIGNED}:{task.id}")
        task_letter(
            matter, task, officer, examine(matter, task.step), Further(f"{task.key}:{REASSIGNED}.{turn}")
        )


def put_off(work: Work, number: int, later: datetime) -> None:
    """Leave a task alone until then: putting it anew failed."""
    name = f"reassign-later:{number}"
    row = work.session.get(Setting, name) or Setting(name=name, value="")
    row.value = later.isoformat()
    work.session.add(row)


def _is_put_off(work: Work, number: int) -> bool:
    row = work.session.get(Setting, f"reassign-later:{number}")
    return row is not None and datetime.fromisoformat(row.value) > work.office.now()


def _is_in_wrong_hands(work: Work, task: TaskRow, sop: str) -> bool:
    if task.state in tasks.LIVE:
        return _entitled(work, task, sop) != list(task.officers)
    decider = work.office.config.officer_by_address(task.decided_by or "")
    waits = task.effective_at is not None
    return waits and (decider is None or not _may(work, task, sop, decider))


def _entitled(work: Work, task: TaskRow, sop: str) -> list[str]:
    """Those of a task's officers who may do it: in the configuration and of its service, or chosen for it by a person."""
    known = {email: work.office.config.officer_by_address(email) for email in task.officers}
    return [
        email for email, officer in known.items() if officer is not None and _may(work, task, sop, officer)
    ]


def _may(work: Work, task: TaskRow, sop: str, officer: Officer) -> bool:
    if officer.role == "official" or officer in work.office.staff(task.performer, sop):
        return True
    return work.session.get(Setting, f"{tasks.ASSIGNED}:{task.id}") is not None


def _forget_choice(work: Work, number: int) -> None:
    if (chosen := work.session.get(Setting, f"{tasks.ASSIGNED}:{number}")) is not None:
        work.session.delete(chosen)
