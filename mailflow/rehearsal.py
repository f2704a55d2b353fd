"""What would happen to a message, found out by letting it happen in a savepoint that is taken back: the program itself, no model of it."""

from dataclasses import dataclass
from datetime import datetime
from email import message_from_bytes
from email.policy import default
from typing import Any

from sqlmodel import Session, col, func, select
from structlog.contextvars import bound_contextvars

from mailflow import routing
from mailflow.dossier import Matter
from mailflow.evidence import examine
from mailflow.letters.post import assembled
from mailflow.store.tables import CaseRow, MessageRow, MessageState, OutboxRow, TaskRow
from mailflow.work import Work
from parsers.facts import MessageFacts
from rules.case import Finding
from rules.sop import Sop


@dataclass(frozen=True, kw_only=True)
class Rehearsed:
    """What came of it: why, the case it belongs to (`known`: one that was there before), what its checks find, the letters."""

    reason: str
    ticket: str | None = None
    sop: str | None = None
    known: bool = False
    findings: tuple[Finding, ...] = ()
    effects: tuple[dict[str, Any], ...] = ()


def rehearse(work: Work, facts: MessageFacts, received: datetime) -> Rehearsed:
    """Let the message happen to the open transaction, look, and take it back; what the log says meanwhile is marked."""
    session = work.session
    with bound_contextvars(rehearsal=True):
        savepoint = session.begin_nested()
        try:
            cases, letters = _highest(session, CaseRow.id), _highest(session, OutboxRow.id)
            row = _unsaved(work, received)
            routing.remember(work.office, row, facts)
            session.add(row)
            session.flush()
            reason = routing.route(work, row, facts)
            session.flush()
            return _looked_at(work, row, reason, cases, letters)
        finally:
            savepoint.rollback()


def _unsaved(work: Work, received: datetime) -> MessageRow:
    return MessageRow(
        mailbox="rehearsal",
        uidvalidity=0,
        uid=0,
        size=0,
        received_at=received,
        recorded_at=work.office.now(),
        state=MessageState.RECEIVED,
    )


def _highest(session: Session, column: Any) -> int:
    return session.exec(select(func.max(column))).one() or 0


def _looked_at(work: Work, row: MessageRow, reason: str, cases: int, letters: int) -> Rehearsed:
    query = select(OutboxRow).where(col(OutboxRow.id) > letters).order_by(col(OutboxRow.id))
    effects = tuple(_effect(work.session, letter) for letter in work.session.exec(query))
    case = work.session.get(CaseRow, row.case_id) if row.case_id else None
    if case is None:
        return Rehearsed(reason=reason, effects=effects)
    matter = Matter.of(work, case)
    return Rehearsed(
        reason=reason,
        ticket=case.ticket,
        sop=case.sop,
        known=(case.id or 0) <= cases,
        findings=tuple(examine(matter, checked_row(matter.sop, case.step))),
        effects=effects,
    )


def checked_row(sop: Sop, step: str) -> str:
    """Return the row whose checks speak now: the case's own, else the first that has any."""
    own = sop.steps.get(step)
    if own is not None and own.checks:
        return step
    return next((each.id for each in sop.steps.values() if each.checks), "")


def _effect(session: Session, letter: OutboxRow) -> dict[str, Any]:
    message = message_from_bytes(assembled(session, letter), policy=default)
    body = message.get_body(("plain",))
    effect: dict[str, Any] = {
        "type": "task" if letter.template == "officer-task-assigned" else "mail",
        "to": letter.recipient,
        "template": letter.template,
        "subject": letter.subject,
        "body": body.get_content().replace("\r\n", "\n") if body else "",
        "attachments": [part.get_filename() for part in message.iter_attachments()],
    }
    task = session.get(TaskRow, letter.task_id) if letter.task_id else None
    return {**effect, "step": task.step, "due": task.due_at} if task else effect
