"""How the counter stands: counts, and above all what needs a person now. Read by `mailflow status`."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any

from sqlmodel import Session, col, func, select

from mailflow import clock_watch, leave, pace, rewritten, staffing, trouble
from mailflow.border import told
from mailflow.border.standing import tried
from mailflow.office import Office
from mailflow.store.tables import (
    CaseRow,
    MessageRow,
    MessageState,
    OutboxRow,
    OutboxState,
    Setting,
    TaskRow,
    TaskState,
)
from mailflow.work import Work, reading

PARKED = (MessageState.QUARANTINED.value, MessageState.PARKED.value)
LOOPS = ("mailbox", "work", "sender", "clock")
STALE = timedelta(minutes=10)
"""A loop beats every half minute; one that has not for so long is away."""


def status(office: Office) -> dict[str, Any]:
    """Counts per state, when each loop last succeeded, and what needs a person, most urgent first."""
    with reading(office) as work:
        loops = work.session.exec(select(Setting).where(col(Setting.name).startswith("loop:"))).all()
        messages = _counts(work.session, MessageRow.state)
        data: dict[str, Any] = {
            "department": office.config.department.address,
            "mode": office.config.intake.mode,
            "at": office.now(),
            "messages": messages,
            "cases": _counts(work.session, CaseRow.state),
            "tasks": _counts(work.session, TaskRow.state),
            "outbox": _counts(work.session, OutboxRow.state),
            "quarantine": {state: messages[state] for state in PARKED if state in messages},
            "border": told.shown(office.config, tried(work.session, office.config), office.now()),
            "trouble": {
                loop: {"since": since, "what": what}
                for loop, (since, what) in trouble.lasting(work.session).items()
            },
            "loops": {row.name.removeprefix("loop:"): _moment(office, row.value) for row in loops},
        }
        data["attention"] = list(_attention(work, data))
        return data


def _attention(work: Work, data: dict[str, Any]) -> Iterator[str]:
    now = work.office.now()
    if doubted := clock_watch.in_words(work.office, work.session):
        yield doubted
    yield from trouble.in_words(work.office, work.session)
    yield from _loops(data, now)
    yield from _messages(data)
    if border := told.needs(data["border"]):
        yield border
    if unmatched := rewritten.needs(work):
        yield unmatched
    if unknown := data["outbox"].get("unknown"):
        yield f"{unknown} letter(s) of which nobody knows whether they arrived: `mailflow outbox --open`, then settle or retry"
    if failed := data["outbox"].get("failed"):
        yield f"{failed} letter(s) that could not be sent: `mailflow outbox --open`, then retry or cancel"
    if delayed := _delayed(work.session):
        yield f"{delayed} letter(s) waiting for another try: `mailflow outbox --open`"
    if paced := pace.waiting(work.office, work.session):
        yield f"{paced} letter(s) wait, since many were sent within an hour ([limits]); a flood? `mailflow outbox --open` says why"
    if overdue := _overdue(work.session, now):
        yield f"{overdue} task(s) past the promised time: `mailflow tasks --open`"
    yield from staffing.gaps(work.office.config.officers, work.office.rules.sops)
    yield from leave.in_words(leave.unknown_to(work))


def _loops(data: dict[str, Any], now: datetime) -> Iterator[str]:
    stale = {name: when for name, when in data["loops"].items() if now - when > STALE}
    silent = [name for name in LOOPS if name not in data["loops"]]
    if data["loops"] and silent:
        yield f"never a success in {', '.join(silent)}: journalctl -u mailflow says why"
    if not data["loops"]:
        yield "the daemon has not run yet: systemctl start mailflow, or `mailflow run`"
    if stale:
        since = min(stale.values())
        yield f"no success since {since:%d %b %H:%M} in {', '.join(sorted(stale))}: does the daemon run? journalctl -u mailflow"


def _messages(data: dict[str, Any]) -> Iterator[str]:
    if waiting := sum(data["quarantine"].values()):
        yield f"{waiting} message(s) in quarantine: `mailflow quarantine`, then release or drop"
    if held := data["messages"].get("held"):
        yield f"{held} message(s) held until their applicant answers BENAR: `mailflow cases --open`"
    if observed := data["messages"].get("observed") if data["mode"] == "serve" else 0:
        yield f"{observed} message(s) came while observing and were not worked off: they are in the inbox, answer them by hand"


def _delayed(session: Session) -> int:
    query = select(func.count()).where(OutboxRow.state == OutboxState.QUEUED, col(OutboxRow.attempts) > 0)
    return session.exec(query).one()


def _overdue(session: Session, now: datetime) -> int:
    live = [TaskState.OPEN.value, TaskState.TAKEN.value]
    query = select(func.count()).where(col(TaskRow.state).in_(live), col(TaskRow.due_at) < now)
    return session.exec(query).one()


def _counts(session: Session, column: Any) -> dict[str, int]:
    return {
        str(state): count
        for state, count in session.exec(select(column, func.count()).group_by(column).order_by(column))
    }


def _moment(office: Office, text: str) -> datetime:
    return datetime.fromisoformat(text).astimezone(office.config.department.zone)
