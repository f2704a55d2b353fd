"""What the looking commands show: plain values with the keys of the contract (design §6), read from the database."""

import json
from collections import defaultdict
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import datetime
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default
from pathlib import Path
from typing import Any

from sqlmodel import Session, col, select

from mailflow import bootstrap
from mailflow.cases import by_ticket, value_of
from mailflow.config import load
from mailflow.dossier import Matter
from mailflow.errors import MailflowError
from mailflow.letters.post import assembled
from mailflow.office import Office
from mailflow.outages import recorded
from mailflow.overview import PARKED, status
from mailflow.rowtimes import row_times
from mailflow.store import blobs
from mailflow.store.tables import CaseRow, MessageRow, OutboxRow, OutboxState, TaskRow, TaskState, Transition
from mailflow.typed import row_number, ticket_in
from mailflow.work import Work, reading
from rules.case import State

__all__ = ["case", "cases", "letter", "opened", "outbox", "quarantine", "raw_message", "status", "tasks"]

_LIVE = [TaskState.OPEN.value, TaskState.TAKEN.value]
_ENDED = [OutboxState.SENT.value, OutboxState.CANCELLED.value]


@contextmanager
def opened(config: Path | None) -> Iterator[Office]:
    """Open the office for looking; the daemon may run beside it."""
    with bootstrap.open_office(load(config), database="there", reader=False) as office:
        yield office


def cases(office: Office, *, only_open: bool) -> list[dict[str, Any]]:
    """Every request, the newest first."""
    with reading(office) as work:
        query = select(CaseRow).order_by(col(CaseRow.id).desc())
        if only_open:
            query = query.where(CaseRow.state != State.CLOSED.value)
        rows = list(work.session.exec(query))
        tickets = {row.id: row.ticket for row in rows}
        letters = _messages_by_case(work.session)
        return [_case(work, row, letters, tickets) for row in rows]


def case(office: Office, name: str) -> dict[str, Any] | None:
    """One request with its timeline, tasks and letters; `name` is a ticket as people write it."""
    with reading(office) as work:
        row = by_ticket(work.session, ticket_in(office, name))
        if row is None:
            return None
        matter, happened = Matter.of(work, row), _transitions(work, row)
        return {
            **_case(work, row, _messages_by_case(work.session, row.id), {}),
            "timeline": [_happened(work, each) for each in happened],
            "steps": row_times(office, matter.sop, matter.case, happened),
            "tasks": _tasks(work, TaskRow.case_id == row.id),
            "letters": _letters(work, OutboxRow.case_id == row.id),
        }


def _transitions(work: Work, row: CaseRow) -> list[Transition]:
    query = select(Transition).where(Transition.case_id == row.id).order_by(col(Transition.id))
    return list(work.session.exec(query))


def _happened(work: Work, each: Transition) -> dict[str, Any]:
    return {
        "at": _here(work, each.at),
        "actor": each.actor,
        "event": each.event,
        "from": each.from_step,
        "to": each.to_step,
        "from_state": each.from_state,
        "to_state": each.to_state,
        "note": json.loads(each.detail).get("note", "") if each.detail else "",
        "outages": recorded(each.detail),
    }


def tasks(office: Office, *, only_open: bool) -> list[dict[str, Any]]:
    """Every task, the newest first."""
    with reading(office) as work:
        return _tasks(work, *([col(TaskRow.state).in_(_LIVE)] if only_open else []))


def _tasks(work: Work, *only: Any) -> list[dict[str, Any]]:
    query = (
        select(TaskRow, CaseRow.ticket)
        .join(CaseRow, col(CaseRow.id) == col(TaskRow.case_id))
        .where(*only)
        .order_by(col(TaskRow.id).desc())
    )
    return [
        {
            "id": row.id,
            "case": ticket,
            "step": row.step,
            "officers": row.officers,
            "state": str(row.state),
            "due": _here(work, row.due_at),
            "decision": row.decision,
            "opened": _here(work, row.opened_at),
            "decided_by": row.decided_by,
            "decided": _here(work, row.decided_at),
            "takes_effect": _here(work, row.effective_at),
            "quiet": row.quiet,
        }
        for row, ticket in work.session.exec(query)
    ]


def outbox(office: Office, *, only_open: bool = False) -> list[dict[str, Any]]:
    """Every letter, the newest first; `only_open`: those neither sent nor cancelled."""
    with reading(office) as work:
        return _letters(work, *([col(OutboxRow.state).not_in(_ENDED)] if only_open else []))


def _letters(work: Work, *only: Any) -> list[dict[str, Any]]:
    """Columns by name: the sealed frames of all letters need not be opened for a list."""
    names = ("id", "recipient", "template", "subject", "state", "message_id", "attempts", "error")
    moments = ("next_at", "created_at", "sent_at")
    query = (
        select(CaseRow.ticket, *(getattr(OutboxRow, name) for name in (*names, *moments)))
        .select_from(OutboxRow)
        .join(CaseRow, col(CaseRow.id) == col(OutboxRow.case_id), isouter=True)
        .where(*only)
        .order_by(col(OutboxRow.id).desc())
    )
    return [
        {
            "id": row.id,
            "case": row.ticket,
            "to": row.recipient,
            "template": row.template,
            "subject": row.subject,
            "state": str(row.state),
            "message_id": row.message_id,
            "attempts": row.attempts,
            "next": _here(work, row.next_at),
            "error": row.error,
            "created": _here(work, row.created_at),
            "sent": _here(work, row.sent_at),
        }
        for row in work.session.exec(query)
    ]


def letter(office: Office, number: str) -> tuple[dict[str, Any], EmailMessage, bytes]:
    """Return one letter: its row, the message, and its bytes as they are sent; raises `MailflowError` for an unknown one."""
    with reading(office) as work:
        key = row_number(number)
        row = work.session.get(OutboxRow, key) if key is not None else None
        if row is None:
            raise MailflowError(f"no letter {number}: see `mailflow outbox`")
        raw = assembled(work.session, row)
        return _letters(work, OutboxRow.id == row.id)[0], message_from_bytes(raw, policy=default), raw


def quarantine(office: Office) -> list[dict[str, Any]]:
    """Messages that wait for a person, the oldest first."""
    with reading(office) as work:
        query = select(MessageRow).where(col(MessageRow.state).in_(PARKED)).order_by(col(MessageRow.id))
        return [
            {
                "id": row.id,
                "reason": row.reason,
                "sender": row.sender,
                "subject": row.subject,
                "received": _here(work, row.received_at),
                "attempts": max(row.attempts, 0),
                "size": row.size,
            }
            for row in work.session.exec(query)
        ]


def raw_message(office: Office, number: str) -> bytes:
    """The kept bytes of a message; raises `MailflowError` where there are none."""
    with reading(office) as work:
        key = row_number(number)
        row = work.session.get(MessageRow, key) if key is not None else None
        if row is None or row.raw_key is None:
            raise MailflowError(f"no message {number} with its bytes: see `mailflow quarantine`")
        return blobs.get(work.session, row.raw_key)


def _case(
    work: Work, row: CaseRow, letters: Mapping[int | None, list[int]], tickets: Mapping[int | None, str]
) -> dict[str, Any]:
    value = value_of(row)
    parent = None
    if row.parent_id:
        known = tickets.get(row.parent_id)
        parent = known or work.session.exec(select(CaseRow.ticket).where(CaseRow.id == row.parent_id)).first()
    return {
        "id": row.ticket,
        "sop": row.sop,
        "state": row.state,
        "step": row.step,
        "applicant": value.applicant or value.address,
        "address": value.address,
        "holder": value.holder,
        "opened": _here(work, row.opened_at),
        "due": _here(work, row.due_at),
        "closed": _here(work, row.closed_at),
        "ending": row.ending,
        "parent": parent,
        "messages": letters.get(row.id, []),
    }


def _messages_by_case(session: Session, only: int | None = None) -> dict[int | None, list[int]]:
    query = select(MessageRow.case_id, MessageRow.id).where(col(MessageRow.case_id).is_not(None))
    if only is not None:
        query = query.where(MessageRow.case_id == only)
    found: dict[int | None, list[int]] = defaultdict(list)
    for number, message in session.exec(query.order_by(col(MessageRow.id))):
        if message is not None:
            found[number].append(message)
    return found


def _here(work: Work, moment: datetime | None) -> datetime | None:
    """The moment in the department's zone."""
    return moment.astimezone(work.office.config.department.zone) if moment else None
