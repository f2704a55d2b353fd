"""An officer's automatic reply to one of our letters: they are away, a colleague gets their tasks too. It never decides anything."""

from mailflow import tasks
from mailflow.config import Officer
from mailflow.dossier import Matter
from mailflow.letters.lists import names_of
from mailflow.letters.task import Notice, task_notice
from mailflow.office import log
from mailflow.staff.presence import is_absent, note_absent
from mailflow.store.tables import CaseRow, TaskRow, TaskState
from mailflow.work import Work
from parsers.facts import MessageFacts
from rules.effects import HandOn


def handle(work: Work, facts: MessageFacts, officer: Officer, *, message_id: int | None) -> str:
    """Note that an officer is away and put their open tasks before colleagues; return the reason for the ledger.

    Only an automatic reply from that officer's own address counts; `officer` is whom the answered letter or its token is for.
    """
    if (
        facts.origin.kind != "auto-reply"
        or not facts.sender
        or facts.sender.address.lower() not in officer.addresses
    ):
        return f"{facts.origin.kind}: {facts.origin.reason}"
    until = note_absent(work, officer)
    passed = [_pass_on(work, task, message_id) for task in tasks.open_of(work.session, officer)]
    log.info("officer-away", tasks=len(passed), handed_on=sum(passed))
    return f"auto-reply: {officer.name} is away until {until:%Y-%m-%d %H:%M}; {sum(passed)} of {len(passed)} tasks handed on"


def _pass_on(work: Work, task: TaskRow, message_id: int | None) -> bool:
    """Put one task before a colleague too, unless somebody present has it; where there is nobody, the official is told."""
    row = work.session.get(CaseRow, task.case_id)
    assert row is not None  # noqa: S101 - a task's case is a foreign key
    if any(not is_absent(work, each) for each in _having(work, task)):
        return False
    matter = Matter.of(work, row)
    if task.state == TaskState.OPEN and tasks.hand_on(matter, HandOn(key=task.key, why="absent")):
        return True
    for official in work.office.staff("official", row.sop):
        if official.role == "official" and not official.addresses & {each.lower() for each in task.officers}:
            effect, names = f"unattended:{task.id}", names_of(work.office, task.officers)
            scope = f"message:{message_id}"
            task_notice(matter, task, official, Notice("official-task-unattended", effect, names, scope))
    return False


def _having(work: Work, task: TaskRow) -> list[Officer]:
    known = (work.office.config.officer_by_address(email) for email in task.officers)
    return [each for each in known if each is not None]
