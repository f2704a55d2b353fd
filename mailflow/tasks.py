"""Tasks in the database: put before officers by rotation, closed, decided by compare-and-set."""

import hashlib
import json
from datetime import datetime

from sqlalchemy import update
from sqlmodel import Session, col, select

from mailflow import cases
from mailflow.config import Officer
from mailflow.dossier import Matter
from mailflow.evidence import examine
from mailflow.letters.task import task_letter
from mailflow.store.tables import CaseRow, TaskRow, TaskState
from mailflow.work import Work
from rules.case import Case
from rules.checks.choices import offered
from rules.effects import CloseTask, TakeBack, Task
from rules.events import Word

LIVE = (TaskState.OPEN, TaskState.TAKEN)


def put(matter: Matter, effect: Task) -> TaskRow:
    """Write the task and, unless it is quiet, one letter with a token of its own to each officer it is put before."""
    officers = _choose(matter.work, matter.row, effect)
    findings = examine(matter, effect.step)
    task = TaskRow(
        case_id=matter.number,
        key=effect.key,
        step=effect.step,
        performer=effect.performer,
        outcomes=list(effect.outcomes),
        officers=[each.email for each in officers],
        remedies=json.dumps(
            [each.remedy.model_dump() for each in offered(findings) if each.remedy], ensure_ascii=False
        ),
        evidence=evidence_digest(matter.case, effect.key),
        state=TaskState.OPEN,
        quiet=effect.quiet,
        note=effect.note,
        opened_at=matter.now,
        due_at=effect.due,
    )
    matter.work.session.add(task)
    matter.work.session.flush()
    if not effect.quiet:
        for officer in officers:
            task_letter(matter, task, officer, findings)
    return task


def evidence_digest(case: Case, key: str) -> str:
    """Return the digest of what the officer is shown: documents and task key. It is part of the token."""
    parts = [key, *sorted(document.facts.digest for document in case.documents)]
    return hashlib.sha256("\n".join(parts).encode()).hexdigest()


def close(session: Session, row: CaseRow, effect: CloseTask) -> TaskRow | None:
    """Make a task void, also one whose word still waits out its undo time; a decided one stays as it is. Return it if it became void."""
    task = by_key(session, row.id or 0, effect.key)
    if task is None or not (task.state in LIVE or task.effective_at is not None):
        return None
    task.state, task.effective_at, task.note = TaskState.VOID, None, effect.why
    session.add(task)
    session.flush()
    return task


def by_key(session: Session, case_id: int, key: str) -> TaskRow | None:
    """Return the task with this key."""
    return session.exec(select(TaskRow).where(TaskRow.case_id == case_id, TaskRow.key == key)).first()


def open_of(session: Session, officer: Officer) -> list[TaskRow]:
    """Return the tasks that wait for this officer and were put before them by letter, the oldest first."""
    query = select(TaskRow).where(
        col(TaskRow.state).in_([state.value for state in LIVE]), col(TaskRow.quiet).is_(False)
    )
    rows = session.exec(query.order_by(col(TaskRow.id)))
    return [each for each in rows if officer.addresses & {email.lower() for email in each.officers}]


def claim(session: Session, task: TaskRow, word: Word, *, now: datetime, effective_at: datetime) -> bool:
    """Decide a task by an officer's word if nobody has: the row count of a conditional update is the answer."""
    changed = session.connection().execute(
        update(TaskRow)
        .where(col(TaskRow.id) == task.id, col(TaskRow.state).in_([state.value for state in LIVE]))
        .values(
            state=TaskState.DECIDED.value,
            decision=word.outcome,
            decided_by=word.officer,
            decided_at=now,
            said=word.model_dump_json(),
            effective_at=effective_at,
        )
    )
    session.refresh(task)
    return changed.rowcount == 1


def unclaim(session: Session, task: TaskRow, *, officer: Officer, now: datetime) -> bool:
    """Take a word back while it still waits."""
    changed = session.connection().execute(
        update(TaskRow)
        .where(
            col(TaskRow.id) == task.id,
            col(TaskRow.state) == TaskState.DECIDED.value,
            col(TaskRow.decided_by) == officer.email,
            col(TaskRow.effective_at) > now,
        )
        .values(
            state=TaskState.OPEN.value,
            decision=None,
            decided_by=None,
            decided_at=None,
            said=None,
            effective_at=None,
        )
    )
    session.refresh(task)
    return changed.rowcount == 1


def take_back(session: Session, row: CaseRow, effect: TakeBack) -> bool:
    """Open a task again whose word still waits out its undo time: something came that its officer must know first."""
    task = by_key(session, row.id or 0, effect.key)
    if task is None or task.state != TaskState.DECIDED or task.effective_at is None:
        return False
    task.state, task.note = TaskState.OPEN, effect.why
    task.decision = task.decided_by = task.decided_at = task.said = task.effective_at = None
    session.add(task)
    session.flush()
    return True


def _choose(work: Work, row: CaseRow, effect: Task) -> tuple[Officer, ...]:
    """By rotation; who already works on this case keeps it."""
    staff = work.office.staff(effect.performer, row.sop)
    if work.office.config.tasks.assignment == "all" or effect.performer == "official":
        return staff
    before = work.session.exec(
        select(TaskRow).where(TaskRow.case_id == row.id).order_by(col(TaskRow.id).desc())
    ).first()
    if before is not None:
        known = [each for each in staff if each.email in before.officers]
        if known:
            return tuple(known)
    turn = cases.next_number(work.session, f"rotation:{row.sop}")
    return (staff[(turn - 1) % len(staff)],)


def hand_over(matter: Matter, task: TaskRow, officer: Officer) -> None:
    """Put an open task before another officer: the earlier officers' tokens no longer count."""
    task.officers, task.state, task.quiet = [officer.email], TaskState.OPEN, False
    matter.work.session.add(task)
    matter.work.session.flush()
    turn = cases.next_number(matter.work.session, f"assigned:{task.id}")
    findings = examine(matter, task.step)
    task_letter(matter, task, officer, findings, effect=f"{task.key}:assigned.{turn}")
