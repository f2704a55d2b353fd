"""What the looking commands show: plain values with the keys of the contract (design §6), read from the database."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from sqlmodel import Session, col, func, select

from mailflow import bootstrap
from mailflow.cases import by_ticket, value_of
from mailflow.config import load
from mailflow.errors import MailflowError
from mailflow.letters.post import assembled
from mailflow.office import Office
from mailflow.store import blobs
from mailflow.store.tables import CaseRow, MessageRow, MessageState, OutboxRow, Setting, TaskRow, Transition
from mailflow.tickets import find_tickets
from mailflow.work import Work, reading
from rules.case import State

PARKED = (MessageState.QUARANTINED, MessageState.PARKED)


@contextmanager
def opened(config: Path | None) -> Iterator[Office]:
    """Open the office for looking; the daemon may run beside it."""
    with bootstrap.open_office(load(config), database="there", reader=False) as office:
        yield office


def status(office: Office) -> dict[str, Any]:
    """Counts per state, and when each loop last succeeded."""
    with reading(office) as work:
        loops = work.session.exec(select(Setting).where(col(Setting.name).startswith("loop:"))).all()
        return {
            "messages": _counts(work.session, MessageRow.state),
            "cases": _counts(work.session, CaseRow.state),
            "tasks": _counts(work.session, TaskRow.state),
            "outbox": _counts(work.session, OutboxRow.state),
            "quarantine": {
                state: count
                for state, count in _counts(work.session, MessageRow.state).items()
                if state in {each.value for each in PARKED}
            },
            "loops": {row.name.removeprefix("loop:"): row.value for row in loops},
            "mode": office.config.intake.mode,
        }


def cases(office: Office, *, only_open: bool) -> list[dict[str, Any]]:
    """Every request, the newest first."""
    with reading(office) as work:
        query = select(CaseRow).order_by(col(CaseRow.id).desc())
        if only_open:
            query = query.where(CaseRow.state != State.CLOSED.value)
        return [_case(work, row) for row in work.session.exec(query)]


def case(office: Office, name: str) -> dict[str, Any] | None:
    """One request with its timeline; `name` is a ticket as people write it."""
    tickets = find_tickets(name, office.config.department.ticket_prefix)
    with reading(office) as work:
        row = by_ticket(work.session, tickets[0] if tickets else name.strip().upper())
        if row is None:
            return None
        events = work.session.exec(
            select(Transition).where(Transition.case_id == row.id).order_by(col(Transition.id))
        )
        zone = office.config.department.zone
        timeline = [
            {
                "at": each.at.astimezone(zone),
                "actor": each.actor,
                "event": each.event,
                "from": each.from_step,
                "to": each.to_step,
                "from_state": each.from_state,
                "to_state": each.to_state,
                "note": json.loads(each.detail).get("note", "") if each.detail else "",
            }
            for each in events
        ]
        return {**_case(work, row), "timeline": timeline}


def tasks(office: Office, *, only_open: bool) -> list[dict[str, Any]]:
    """Every task, the newest first."""
    zone = office.config.department.zone
    with reading(office) as work:
        query = (
            select(TaskRow, CaseRow.ticket)
            .join(CaseRow, col(CaseRow.id) == col(TaskRow.case_id))
            .order_by(col(TaskRow.id).desc())
        )
        if only_open:
            query = query.where(col(TaskRow.state).in_(["open", "taken"]))
        return [
            {
                "id": row.id,
                "case": ticket,
                "step": row.step,
                "officers": row.officers,
                "state": str(row.state),
                "due": row.due_at.astimezone(zone) if row.due_at else None,
                "decision": row.decision,
                "decided_by": row.decided_by,
                "quiet": row.quiet,
                "takes_effect": row.effective_at.astimezone(zone) if row.effective_at else None,
            }
            for row, ticket in work.session.exec(query)
        ]


def outbox(office: Office) -> list[dict[str, Any]]:
    """Every letter, the newest first."""
    zone = office.config.department.zone
    with reading(office) as work:
        tickets = {row.id: row.ticket for row in work.session.exec(select(CaseRow))}
        return [
            {
                "id": row.id,
                "case": tickets.get(row.case_id),
                "to": row.recipient,
                "template": row.template,
                "subject": row.subject,
                "state": str(row.state),
                "message_id": row.message_id,
                "attempts": row.attempts,
                "next": row.next_at.astimezone(zone) if row.next_at else None,
                "error": row.error,
            }
            for row in work.session.exec(select(OutboxRow).order_by(col(OutboxRow.id).desc()))
        ]


def letter(office: Office, number: str) -> str:
    """The bytes of one letter as text."""
    with reading(office) as work:
        row = work.session.get(OutboxRow, int(number)) if number.isdigit() else None
        if row is None:
            raise MailflowError(f"no letter {number}: see `mailflow outbox`")
        return assembled(work.session, row).decode("utf-8", "replace")


def quarantine(office: Office) -> list[dict[str, Any]]:
    """Messages that wait for a person, the oldest first."""
    with reading(office) as work:
        query = (
            select(MessageRow)
            .where(col(MessageRow.state).in_([each.value for each in PARKED]))
            .order_by(col(MessageRow.id))
        )
        return [
            {
                "id": row.id,
                "reason": row.reason,
                "sender": row.sender,
                "subject": row.subject,
                "received": row.received_at.astimezone(office.config.department.zone),
                "attempts": max(row.attempts, 0),
                "size": row.size,
            }
            for row in work.session.exec(query)
        ]


def raw_message(office: Office, number: str) -> bytes:
    """The kept bytes of a message."""
    with reading(office) as work:
        row = work.session.get(MessageRow, int(number)) if number.isdigit() else None
        if row is None or row.raw_key is None:
            raise MailflowError(f"no message {number} with its bytes: see `mailflow quarantine`")
        return blobs.get(work.session, row.raw_key)


def _case(work: Work, row: CaseRow) -> dict[str, Any]:
    value, zone = value_of(row), work.office.config.department.zone
    parent = work.session.get(CaseRow, row.parent_id) if row.parent_id else None
    return {
        "id": row.ticket,
        "sop": row.sop,
        "state": row.state,
        "step": row.step,
        "applicant": value.applicant or value.address,
        "address": value.address,
        "holder": value.holder,
        "opened": row.opened_at.astimezone(zone),
        "due": row.due_at.astimezone(zone) if row.due_at else None,
        "closed": row.closed_at.astimezone(zone) if row.closed_at else None,
        "ending": row.ending,
        "parent": parent.ticket if parent else None,
        "messages": list(
            work.session.exec(
                select(MessageRow.id).where(MessageRow.case_id == row.id).order_by(col(MessageRow.id))
            )
        ),
    }


def _counts(session: Session, column: Any) -> dict[str, int]:
    return {
        str(state): count
        for state, count in session.exec(select(column, func.count()).group_by(column).order_by(column))
    }
