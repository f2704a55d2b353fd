"""Tasks in the database: put before officers by rotation, closed, decided by compare-and-set."""

import hashlib
import json
from datetime import datetime

from sqlalchemy import update
from sqlmodel import Session, col, select

from mailflow import cases
from mailflow.config import Officer
from mailflow.evidence import examine
from mailflow.letters.task import task_letter
from mailflow.store.tables import CaseRow, TaskRow, TaskState
from mailflow.work import Work
from rules.case import Case, CloseTask, Task
from rules.sop import Sop

LIVE = (TaskState.OPEN, TaskState.TAKEN)


def put(work: Work, sop: Sop, row: CaseRow, case: Case, effect: Task, now: datetime) -> TaskRow:
    """Write the task and, unless it is quiet, one letter with a token of its own to each officer it is put before."""
    officers = _choose(work, row, effect)
    findings = examine(work, sop, row, case, effect.step)
    task = TaskRow(
        case_id=row.id or 0,
        key=effect.key,
        step=effect.step,
        performer=effect.performer,
        outcomes=list(effect.outcomes),
        officers=[each.email for each in officers],
        remedies=json.dumps([f.remedy.model_dump() for f in findings if f.remedy], ensure_ascii=False),
        evidence=evidence_digest(case, effect.key),
        state=TaskState.OPEN,
        quiet=effect.quiet,
        note=effect.note,
        opened_at=now,
        due_at=effect.due,
    )
    work.session.add(task)
    work.session.flush()
    if not effect.quiet:
        for officer in officers:
            task_letter(work, sop, row, case, task, officer, findings, now)
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


def claim(
    session: Session,
    task: TaskRow,
    *,
    officer: Officer,
    decision: str,
    said: str,
    now: datetime,
    effective_at: datetime,
) -> bool:
    """Decide a task if nobody has: the row count of a conditional update is the answer."""
    changed = session.connection().execute(
        update(TaskRow)
        .where(col(TaskRow.id) == task.id, col(TaskRow.state).in_([state.value for state in LIVE]))
        .values(
            state=TaskState.DECIDED.value,
            decision=decision,
            decided_by=officer.email,
            decided_at=now,
            said=said,
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


def hand_over(work: Work, row: CaseRow, task: TaskRow, officer: Officer) -> None:
    """Put an open task before another officer: the earlier officers' tokens no longer count."""
    case = cases.value_of(row)
    sop = cases.sop_of(work, row.sop_digest, row.sop)
    task.officers, task.state, task.quiet = [officer.email], TaskState.OPEN, False
    work.session.add(task)
    work.session.flush()
    findings = examine(work, sop, row, case, task.step)
    turn = cases.next_number(work.session, f"assigned:{task.id}")
    task_letter(
        work,
        sop,
        row,
        case,
        task,
        officer,
        findings,
        work.office.now(),
        effect=f"{task.key}:assigned.{turn}",
    )
