"""What a person may do by hand from the command line, while the daemon runs: each act one transaction, each on record."""

import getpass
from collections.abc import Sequence

from sqlalchemy import update
from sqlmodel import Session, col, select

from mailflow import audit, engine, tasks
from mailflow.cases import Happening, by_ticket, write_transition
from mailflow.dossier import Matter
from mailflow.errors import MailflowError
from mailflow.office import Office
from mailflow.store.tables import CaseRow, MessageRow, MessageState, OutboxRow, OutboxState, TaskRow
from mailflow.typed import row_number, ticket_in
from mailflow.work import Work, writing
from rules.case import State
from rules.events import Stopped

_LETTERS = {
    "retry": (
        (OutboxState.UNKNOWN, OutboxState.FAILED, OutboxState.BOUNCED, OutboxState.QUEUED),
        OutboxState.QUEUED,
        "will be sent again, with the same bytes",
    ),
    "cancel": (
        (OutboxState.QUEUED, OutboxState.UNKNOWN, OutboxState.FAILED),
        OutboxState.CANCELLED,
        "will not be sent",
    ),
    "settle": ((OutboxState.UNKNOWN,), OutboxState.SENT, "counts as sent"),
}


def on_letter(office: Office, action: str, number: str) -> str:
    """Retry, cancel or settle a letter, if it is in a state that allows it."""
    allowed, after, words = _LETTERS[action]
    now, key = office.now(), row_number(number)
    with writing(office) as work:
        row = work.session.get(OutboxRow, key) if key is not None else None
        if row is None:
            raise MailflowError(f"no letter {number}: see `mailflow outbox`")
        before = str(row.state)
        changed = work.session.connection().execute(
            update(OutboxRow)
            .where(col(OutboxRow.id) == row.id, col(OutboxRow.state).in_([state.value for state in allowed]))
            .values(state=after.value, next_at=now if after is OutboxState.QUEUED else None)
        )
        if changed.rowcount != 1:
            raise MailflowError(f"letter {number} is {before}: cannot {action} it")
        audit.record(work, actor=_me(), action=f"outbox-{action}", subject=f"outbox:{number}")
    return f"letter {number} {words}"


def on_message(office: Office, action: str, number: str) -> str:
    """Release a message from quarantine to be worked off again, or drop it for good."""
    key, after = row_number(number), MessageState.RECEIVED if action == "release" else MessageState.DROPPED
    with writing(office) as work:
        row = work.session.get(MessageRow, key) if key is not None else None
        if row is None or row.state not in {MessageState.QUARANTINED, MessageState.PARKED}:
            raise MailflowError(f"message {number} is not in quarantine: see `mailflow quarantine`")
        if action == "release" and row.state == MessageState.PARKED:
            raise MailflowError(
                f"message {number} was too large: only its headers are kept; raise limits.message_bytes and ask for it again"
            )
        row.state, row.attempts, row.reason = after, 0, f"{action} by {_me()}"
        row.arrived_at = office.now()  # what was answered meanwhile was answered without it
        work.session.add(row)
        audit.record(work, actor=_me(), action=f"quarantine-{action}", subject=f"message:{number}")
    return f"message {number} " + (
        "will be worked off again" if action == "release" else "is dropped; its bytes are kept"
    )


def on_case(office: Office, action: str, name: str, text: str) -> str:
    """Write a note, give the open task to an officer, or close a request by hand."""
    with writing(office) as work:
        row = by_ticket(work.session, ticket_in(office, name))
        if row is None:
            raise MailflowError(f"no request {name}: see `mailflow cases`")
        if action == "note":
            _record(work, row, _standing(row), "note", text)
            return f"{row.ticket}: noted"
        if action == "assign":
            return _assign(work, row, text)
        return _close(work, row, text)


def _record(work: Work, row: CaseRow, before: Happening, event: str, text: str) -> None:
    write_transition(work, row, before, event=event, detail={"note": text})


def _standing(row: CaseRow) -> Happening:
    return Happening(actor=_me(), step=row.step, state=row.state)


def _open_tasks(session: Session, row: CaseRow) -> list[TaskRow]:
    """Tasks that wait for a word, and those whose word still waits out its undo time."""
    live = col(TaskRow.state).in_([state.value for state in tasks.LIVE])
    query = select(TaskRow).where(TaskRow.case_id == row.id, live | col(TaskRow.effective_at).is_not(None))
    return list(session.exec(query))


def _assign(work: Work, row: CaseRow, address: str) -> str:
    officer = work.office.config.officer_by_address(address.strip())
    if officer is None:
        known = ", ".join(each.email for each in work.office.config.officers)
        raise MailflowError(f"{address} is no officer of this department; known: {known}")
    waiting = _open_tasks(work.session, row)
    if not waiting:
        raise MailflowError(f"{row.ticket} has no open task to assign")
    answered = [each for each in waiting if each.effective_at is not None]
    if any(each.decided_by == officer.email for each in answered):
        raise MailflowError(
            f"{row.ticket}: {officer.name} has answered already; the answer takes effect at {_when(work, answered)}"
        )
    for task in waiting:
        tasks.hand_over(Matter.of(work, row), task, officer)
    _record(work, row, _standing(row), "assigned", officer.email)
    taken = "; an answer that had not taken effect is taken back" if answered else ""
    return f"{row.ticket}: {officer.name} has the task now; the earlier letters no longer count{taken}"


def _when(work: Work, answered: Sequence[TaskRow]) -> str:
    moments = [each.effective_at for each in answered if each.effective_at is not None]
    return f"{min(moments).astimezone(work.office.config.department.zone):%H:%M}"


def _close(work: Work, row: CaseRow, reason: str) -> str:
    if row.state == State.CLOSED:
        raise MailflowError(f"{row.ticket} is closed already")
    engine.happen(work, row, Stopped(reason=reason), actor=_me())
    return f"{row.ticket}: closed; nobody was written to"


def _me() -> str:
    """The person at the command line, for the record."""
    try:
        return f"admin:{getpass.getuser()}"
    except (KeyError, OSError):
        return "admin"
