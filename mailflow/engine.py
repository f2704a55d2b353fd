"""A decision becomes real, in one transaction: transition, case, tasks, letters, audit entry, and what it means for the case's family.

A key that exists already aborts the transaction: ignoring it would move the state and lose the effect.
"""

from dataclasses import dataclass, replace
from datetime import datetime

from mailflow import cases, family, on_file, outages, tasks
from mailflow.cases import Happening
from mailflow.certificates import registry
from mailflow.dossier import Matter
from mailflow.known import known
from mailflow.letters.case import case_letters
from mailflow.office import log
from mailflow.store.tables import CaseRow, MessageRow
from mailflow.work import Work
from rules.beginning import Beginning, begun_by
from rules.case import Person
from rules.decide import decide, open_case
from rules.effects import CloseTask, Decision, HandOn, Mail, Open, Signal, TakeBack, Task
from rules.events import Event, Opened
from rules.sop import Sop


@dataclass(frozen=True, kw_only=True)
class Opening:
    """What opens a case: the letter as an event, its address and names, when it was received, its ledger row."""

    event: Opened
    address: str
    applicant: str
    holder: str
    language: str
    received: datetime
    message: MessageRow
    at: str = "letter"
    holder_address: str = ""
    persons: tuple[Person, ...] = ()


def start(work: Work, sop: Sop, opening: Opening) -> CaseRow:
    """Open a case from a letter."""
    beginning = Beginning(
        ticket=cases.new_ticket(work),
        address=opening.address,
        received=opening.received,
        applicant=opening.applicant,
        holder=opening.holder,
        language=opening.language,
        at=opening.at,
        holder_address=opening.holder_address,
        persons=opening.persons,
    )
    return _begin(work, sop, beginning, opening.event, _Origin(message=opening.message))


def happen(work: Work, row: CaseRow, event: Event, *, actor: str, message_id: int | None = None) -> Decision:
    """Let an event happen to a case."""
    matter = Matter.of(work, row)
    before = Happening(actor=actor, message_id=message_id, step=row.step, state=row.state)
    decision = decide(
        matter.sop, matter.case, event, matter.now, work.office.calendar, known=known(matter, event)
    )
    _apply(replace(matter, case=decision.case), decision, before)
    return decision


@dataclass(frozen=True, kw_only=True)
class _Origin:
    """What a case comes from: the message that opened it, or the case it belongs to."""

    message: MessageRow | None = None
    parent: Matter | None = None
    actor: str = "applicant"


def _begin(work: Work, sop: Sop, beginning: Beginning, event: Opened, origin: _Origin) -> CaseRow:
    decision = open_case(
        sop,
        beginning,
        event,
        work.office.now(),
        work.office.calendar,
        known=known(Matter.unborn(work, sop, beginning, event), event),
    )
    cases.keep_version(work, sop)
    row = cases.insert(work.session, decision.case, sop, cases.address_key(work.office, beginning.address))
    if origin.parent is not None:
        row.parent_id = origin.parent.row.id
        if decision.case.relation == "child":
            row.root_id = origin.parent.row.root_id or origin.parent.row.id
    if origin.message is not None and (origin.message.case_id is None or beginning.relation == "linked"):
        origin.message.case_id = row.id
        work.session.add(origin.message)
    before = Happening(actor=origin.actor, message_id=origin.message.id if origin.message else None)
    _apply(Matter(work.office, sop, decision.case, work, row), decision, before)
    return row


def _apply(matter: Matter, decision: Decision, before: Happening) -> None:
    cases.store(matter.work, matter.row, matter.case)
    moved = (before.step, before.state) != (matter.row.step, matter.row.state)
    registry.learn(matter)
    on_file.vouch(matter)
    detail = {"note": decision.note} if decision.note else {}
    detail |= outages.detail(matter, decision.event)
    cases.write_transition(matter.work, matter.row, before, event=decision.event, detail=detail)
    for effect in decision.effects:
        if isinstance(effect, CloseTask):
            tasks.close(matter.work.session, matter.row, effect)
        elif isinstance(effect, TakeBack):
            tasks.take_back(matter.work, matter.row, effect)
    handed_on = [
        each.key for each in decision.effects if isinstance(each, HandOn) and tasks.hand_on(matter, each)
    ]
    for effect in decision.effects:
        if isinstance(effect, Task):
            tasks.put(matter, effect)
        elif isinstance(effect, Mail) and not set(effect.said.get("task", ())) & set(handed_on):
            case_letters(matter, effect, reaction=before.actor in {"applicant", "holder"}, moved=moved)
    _keep_due(matter)
    log.info(
        "case",
        ticket=matter.row.ticket,
        happened=decision.event,
        step=matter.case.step,
        state=matter.case.state.value,
        effects=len(decision.effects),
    )
    for effect in decision.effects:  # in commit order, before any new mail
        if isinstance(effect, Open):
            _open(matter, effect, before)
        elif isinstance(effect, Signal):
            _signal(matter, effect)


def _keep_due(matter: Matter) -> None:
    """The open task's time follows the case's: a class or an urgent reason changes the promise under it."""
    task = tasks.by_key(matter.work.session, matter.number, matter.case.task) if matter.case.task else None
    if task is not None and task.due_at is not None and matter.case.due is not None:
        task.due_at = matter.case.due
        matter.work.session.add(task)


def _open(matter: Matter, effect: Open, before: Happening) -> None:
    """Open the case that another one opens: a child under its parent's book, a complaint, a sibling."""
    work, case = matter.work, matter.case
    sop = family.sop_for(matter, effect)
    message = work.session.get(MessageRow, before.message_id) if before.message_id else None
    beginning, event = begun_by(case, effect, effect.id or cases.new_ticket(work), matter.now)
    origin = _Origin(
        parent=matter,
        actor=before.actor,
        message=message if effect.relation == "linked" else None,
    )
    _begin(work, sop, beginning, event, origin)


def _signal(matter: Matter, effect: Signal) -> None:
    row = cases.by_ticket(matter.work.session, effect.to)
    if row is None:
        log.warning("signal-to-nobody", ticket=matter.row.ticket, to=effect.to)
        return
    happen(matter.work, row, effect.event, actor="program")
