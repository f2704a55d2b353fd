"""A decision becomes real, in one transaction: transition, case, tasks, letters, audit entry.

A key that exists already aborts the transaction: ignoring it would move the state and lose the effect.
"""

from datetime import datetime

from mailflow import audit, cases, tasks
from mailflow.letters.case import case_letters
from mailflow.office import log
from mailflow.store.tables import CaseRow, MessageRow
from mailflow.work import Work
from rules.case import Case, CloseTask, Decision, Event, Mail, Opened, Task
from rules.decide import decide, open_case
from rules.sop import Sop


def start(
    work: Work,
    sop: Sop,
    *,
    event: Opened,
    address: str,
    applicant: str,
    language: str,
    received: datetime,
    message: MessageRow,
) -> CaseRow:
    """Open a case from a letter."""
    now = work.office.now()
    decision = open_case(
        sop,
        ticket=cases.new_ticket(work),
        address=address,
        applicant=applicant,
        holder=applicant,
        language=language,
        event=event,
        now=now,
        received=received,
        calendar=work.office.calendar,
    )
    row = cases.insert(work.session, decision.case, sop, cases.address_key(work.office, address))
    message.case_id = row.id
    work.session.add(message)
    _apply(
        work,
        sop,
        row,
        decision,
        before=("", ""),
        actor="applicant",
        now=now,
        message_id=message.id,
    )
    return row


def happen(work: Work, row: CaseRow, event: Event, *, actor: str, message_id: int | None = None) -> Decision:
    """Let an event happen to a case."""
    now, before = work.office.now(), (row.step, row.state)
    sop = cases.sop_of(work, row.sop_digest, row.sop)
    decision = decide(sop, cases.value_of(row), event, now, work.office.calendar)
    _apply(work, sop, row, decision, before=before, actor=actor, now=now, message_id=message_id)
    return decision


def _apply(
    work: Work,
    sop: Sop,
    row: CaseRow,
    decision: Decision,
    *,
    before: tuple[str, str],
    actor: str,
    now: datetime,
    message_id: int | None,
) -> None:
    case: Case = decision.case
    cases.store(work, row, case, now)
    detail = {"note": decision.note} if decision.note else {}
    cases.write_transition(
        work.session,
        row,
        before,
        at=now,
        actor=actor,
        event=decision.event,
        message_id=message_id,
        detail=detail,
    )
    audit.record(
        work.session,
        at=now,
        actor=actor,
        action=decision.event,
        subject=row.ticket,
        detail={"to": case.step, **detail},
    )
    for effect in decision.effects:
        if isinstance(effect, CloseTask):
            tasks.close(work.session, row, effect)
    for effect in decision.effects:
        if isinstance(effect, Task):
            tasks.put(work, sop, row, case, effect, now)
        elif isinstance(effect, Mail):
            case_letters(work, sop, row, case, effect, now, reaction=actor == "applicant")
    log.info(
        "case",
        ticket=row.ticket,
        happened=decision.event,
        step=case.step,
        state=case.state.value,
        effects=len(decision.effects),
    )
