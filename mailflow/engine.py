"""A decision becomes real, in one transaction: transition, case, tasks, letters, audit entry.

A key that exists already aborts the transaction: ignoring it would move the state and lose the effect.
"""

from dataclasses import dataclass, replace
from datetime import datetime

from mailflow import cases, tasks
from mailflow.cases import Happening
from mailflow.dossier import Matter
from mailflow.letters.case import case_letters
from mailflow.office import log
from mailflow.store.tables import CaseRow, MessageRow
from mailflow.work import Work
from rules.decide import decide, open_case
from rules.effects import CloseTask, Decision, Mail, TakeBack, Task
from rules.events import Event, Opened
from rules.sop import Sop


@dataclass(frozen=True, kw_only=True)
class Opening:
    """What opens a case: the letter as an event, its address and name, when it was received, its ledger row."""

    event: Opened
    address: str
    applicant: str
    language: str
    received: datetime
    message: MessageRow


def start(work: Work, sop: Sop, opening: Opening) -> CaseRow:
    """Open a case from a letter."""
    decision = open_case(
        sop,
        ticket=cases.new_ticket(work),
        address=opening.address,
        applicant=opening.applicant,
        holder=opening.applicant,
        language=opening.language,
        event=opening.event,
        now=work.office.now(),
        received=opening.received,
        calendar=work.office.calendar,
    )
    row = cases.insert(work.session, decision.case, sop, cases.address_key(work.office, opening.address))
    opening.message.case_id = row.id
    work.session.add(opening.message)
    before = Happening(actor="applicant", message_id=opening.message.id)
    _apply(Matter(work.office, sop, decision.case, work, row), decision, before)
    return row


def happen(work: Work, row: CaseRow, event: Event, *, actor: str, message_id: int | None = None) -> Decision:
    """Let an event happen to a case."""
    matter = Matter.of(work, row)
    before = Happening(actor=actor, message_id=message_id, step=row.step, state=row.state)
    decision = decide(matter.sop, matter.case, event, matter.now, work.office.calendar)
    _apply(replace(matter, case=decision.case), decision, before)
    return decision


def _apply(matter: Matter, decision: Decision, before: Happening) -> None:
    cases.store(matter.work, matter.row, matter.case)
    moved = (before.step, before.state) != (matter.row.step, matter.row.state)
    detail = {"note": decision.note} if decision.note else {}
    cases.write_transition(matter.work, matter.row, before, event=decision.event, detail=detail)
    for effect in decision.effects:
        if isinstance(effect, CloseTask):
            tasks.close(matter.work.session, matter.row, effect)
        elif isinstance(effect, TakeBack):
            tasks.take_back(matter.work.session, matter.row, effect)
    for effect in decision.effects:
        if isinstance(effect, Task):
            tasks.put(matter, effect)
        elif isinstance(effect, Mail):
            case_letters(matter, effect, reaction=before.actor == "applicant", moved=moved)
    log.info(
        "case",
        ticket=matter.row.ticket,
        happened=decision.event,
        step=matter.case.step,
        state=matter.case.state.value,
        effects=len(decision.effects),
    )
