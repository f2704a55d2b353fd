"""What happens by itself when its time has come: words whose undo time has passed, alarms of cases, the officers' daily list.

Each function does one thing and returns whether it did.
"""

from datetime import datetime, timedelta

from sqlmodel import col, select

from mailflow import cases, engine, officers
from mailflow.letters import notices
from mailflow.office import Office
from mailflow.store.tables import CaseRow, MessageRow, MessageState, OutboxRow, OutboxState, Setting, TaskRow
from mailflow.work import reading, writing
from rules.case import Woke


def apply_one_word(office: Office) -> bool:
    """Apply the oldest officer's word whose undo time has passed."""
    with writing(office) as work:
        query = (
            select(TaskRow)
            .where(col(TaskRow.effective_at).is_not(None), col(TaskRow.effective_at) <= office.now())
            .order_by(col(TaskRow.effective_at))
            .limit(1)
        )
        task = work.session.exec(query).first()
        if task is not None:
            officers.apply_word(work, task)
    return task is not None


def ring_one_alarm(office: Office) -> bool:
    """Wake the case whose alarm is the most overdue."""
    with writing(office) as work:
        query = (
            select(CaseRow)
            .where(col(CaseRow.wake_at).is_not(None), col(CaseRow.wake_at) <= office.now())
            .order_by(col(CaseRow.wake_at))
            .limit(1)
        )
        row = work.session.exec(query).first()
        if row is not None:
            alarm = cases.value_of(row).alarm
            assert alarm is not None  # noqa: S101 - the column mirrors it
            engine.happen(work, row, Woke(alarm=alarm.name, round=alarm.round), actor="clock")
    return row is not None


def list_unmatched(office: Office) -> bool:
    """Once per working day, list for the officers what fitted nothing and was left in the inbox."""
    now = office.now()
    if office.calendar.office_seconds(now.replace(hour=0, minute=0, second=0, microsecond=0), now) <= 0:
        return False
    with writing(office) as work:
        done = work.session.get(Setting, "unmatched-listed") or Setting(name="unmatched-listed", value="")
        if done.value == now.date().isoformat():
            return False
        query = (
            select(MessageRow)
            .where(MessageRow.state == MessageState.UNMATCHED, col(MessageRow.listed).is_(False))
            .limit(200)
        )
        rows = work.session.exec(query).all()
        done.value = now.date().isoformat()
        work.session.add(done)
        if rows:
            notices.unmatched_list(work, rows)
            for row in rows:
                row.listed = True
                work.session.add(row)
    return bool(rows)


def next_time(office: Office) -> datetime | None:
    """The nearest moment at which something becomes due; None when nothing waits."""
    with reading(office) as work:
        moments = [
            work.session.exec(
                select(col(CaseRow.wake_at))
                .where(col(CaseRow.wake_at).is_not(None))
                .order_by(col(CaseRow.wake_at))
                .limit(1)
            ).first(),
            work.session.exec(
                select(col(TaskRow.effective_at)).where(col(TaskRow.effective_at).is_not(None)).limit(1)
            ).first(),
            work.session.exec(
                select(col(OutboxRow.next_at))
                .where(OutboxRow.state == OutboxState.QUEUED)
                .order_by(col(OutboxRow.next_at))
                .limit(1)
            ).first(),
        ]
    return min((each for each in moments if each is not None), default=None)


def soon(office: Office, limit: timedelta) -> float:
    """Seconds to wait before looking again: at most `limit`."""
    due = next_time(office)
    left = limit if due is None else min(limit, due - office.now())
    return max(left.total_seconds(), 0.05)
