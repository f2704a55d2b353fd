"""An officer's automatic reply to one of our letters: they are away, a colleague gets their tasks too. It never decides anything."""

from mailflow import addressed, returns, tasks
from mailflow.config import Officer
from mailflow.dossier import Matter
from mailflow.letters import notices
from mailflow.letters.lists import names_of
from mailflow.letters.task import Notice, task_notice
from mailflow.office import log
from mailflow.staff.presence import is_absent, note_absent
from mailflow.store.tables import CaseRow, MessageRow, TaskRow, TaskState
from mailflow.trust.authentication import authenticate
from mailflow.work import Work
from parsers.facts import MessageFacts
from rules.effects import HandOn


def handle(work: Work, message: MessageRow, facts: MessageFacts) -> str:
    """Note that an officer is away and put their open tasks before colleagues; return the reason for the ledger.

    Only a proven automatic reply counts, from the address of the officer whom the answered letter or its token is for.
    """
    officer, case_id = _answered(work, facts)
    theirs = (
        officer is not None and facts.sender is not None and facts.sender.address.lower() in officer.addresses
    )
    if officer is None or facts.origin.kind != "auto-reply" or not theirs:
        return f"{facts.origin.kind}: {facts.origin.reason}"
    if not _is_proven(work, facts):
        return _hearsay(work, officer, message.id)
    message.case_id, message.place, message.placed = case_id, "processed", False
    until = note_absent(work, officer)
    passed = [_pass_on(work, task, message.id) for task in tasks.open_of(work.session, officer)]
    log.info("officer-away", tasks=len(passed), handed_on=sum(passed))
    return f"auto-reply: {officer.name} is away until {until:%Y-%m-%d %H:%M}; {sum(passed)} of {len(passed)} tasks handed on"


def _answered(work: Work, facts: MessageFacts) -> tuple[Officer | None, int | None]:
    """The officer to whose letter this is an answer, and its request: by the letter's own return path, a task's token or its Message-ID."""
    letter = returns.by_path(work.session, facts)
    if letter is not None:
        return work.office.config.officer_by_address(letter.recipient), letter.case_id
    found = addressed.find_task(work, facts)
    return (found.officer, found.task.case_id) if found else (None, None)


def _is_proven(work: Work, facts: MessageFacts) -> bool:
    """Whether the answered letter's return path, its token or the mail server proves who wrote.

    A responder's mail often bears no signature, so the path, which only the recipient and the servers on the way know, is enough alone;
    a token, which an officer's replies show to whom they copy, unless the proof fails outright; a Message-ID only beside a proof.
    """
    config = work.office.config
    passed = authenticate(facts, config).passed
    if passed is True or config.trust.mode == "token-only" or returns.by_path(work.session, facts):
        return True
    return addressed.has_token(facts) and passed is not False


def _hearsay(work: Work, officer: Officer, message_id: int | None) -> str:
    """An automatic reply that anybody may have written moves no task; the administrators are told, once a day for each officer."""
    day = work.office.now().date().isoformat()
    what = (
        f"message {message_id}, left in the inbox, says that {officer.name} is away, but nothing proves that it is from there: no task was handed "
        "on. If it is true, `mailflow case assign` gives a task to a colleague; `trust.subaddressing` lets such replies be proven"
    )
    notices.alert(work, f"absence-unproven:{officer.email.lower()}:{day}", "", what)
    log.warning("absence-unproven", message=message_id)
    return f"auto-reply: not proven to be {officer.name}'s; nothing was changed"


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
