"""Two officers answer one task with different words: the official is told, and whoever decided, while it can still be taken back.

The first word counts. Where it still waits out its undo time, that time begins anew once, so that its officer can read what the other said.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlmodel import col, select

from mailflow.config import Officer
from mailflow.dossier import Matter
from mailflow.letters.keywords import answered, word_of
from mailflow.letters.lists import names_of
from mailflow.letters.task import Notice, task_notice
from mailflow.store.tables import OutboxRow, TaskRow
from rules.events import Word

ALREADY_DECIDED = "officer-word-already-decided"
"""What an officer is told whose word came second."""
_NO_OTHER_VIEW = frozenset({"take", "undo"})
_MINUTE = 60


@dataclass(frozen=True, kw_only=True)
class Second:
    """A word that came after a task had been decided: whose, which (with the persons it leaves out), its text, the message that brought it."""

    officer: Officer
    outcome: str
    besides: Sequence[int]
    text: str
    message_id: int | None


def differs(task: TaskRow, second: Second) -> bool:
    """Tell whether a second word says otherwise: another outcome of the task, or the same one for other persons."""
    if second.outcome in _NO_OTHER_VIEW or second.outcome not in task.outcomes:
        return False
    first = Word.model_validate_json(task.said) if task.said else None
    same_persons = first is None or set(first.besides) == set(second.besides)
    return second.outcome != task.decision or not same_persons


def tell(matter: Matter, task: TaskRow, second: Second) -> None:
    """Tell the official and whoever decided; nobody is told of their own word."""
    _wait_longer(matter, task)
    config = matter.office.config
    decider = config.officer_by_address(task.decided_by or "")
    officials = [each for each in matter.office.staff("official", matter.row.sop) if each.role == "official"]
    for official in officials:
        if official not in {second.officer, decider}:
            task_notice(matter, task, official, _notice(matter, task, second, "official-task-disagreement"))
    if decider is not None and decider != second.officer:
        task_notice(matter, task, decider, _notice(matter, task, second, "officer-word-disagreed"))


def tell_open_again(
    matter: Matter, task: TaskRow, by: Officer, since: datetime, message_id: int | None
) -> None:
    """Tell those whose word had come too late, since the first was given, that it was taken back: theirs is wanted now."""
    query = select(OutboxRow.recipient).where(
        OutboxRow.task_id == task.id,
        OutboxRow.template == ALREADY_DECIDED,
        col(OutboxRow.created_at) >= since,
    )
    told = {address.lower() for address in matter.work.session.exec(query)}
    for address in sorted(told - {each.lower() for each in by.addresses}):
        officer = matter.office.config.officer_by_address(address)
        if officer is not None:
            notice = Notice("officer-task-open-again", "open-again", by.name, f"message:{message_id}")
            task_notice(matter, task, officer, notice)


def minutes_left(task: TaskRow, now: datetime) -> int:
    """Return the whole minutes for which a word can still be taken back."""
    left = (task.effective_at - now).total_seconds() if task.effective_at else 0
    return max(0, int(left // _MINUTE))


def _notice(matter: Matter, task: TaskRow, second: Second, template: str) -> Notice:
    language, sop = matter.office.config.department.language, matter.sop
    first = Word.model_validate_json(task.said) if task.said else None
    words = [
        answered(word_of(outcome, language, sop, task.step), besides, language)
        for outcome, besides in (
            (task.decision or "", first.besides if first else ()),
            (second.outcome, second.besides),
        )
    ]
    decider = names_of(matter.office, [task.decided_by or ""])
    return Notice(
        template,
        "disagreement",
        second.officer.name if template.startswith("officer-") else decider,
        f"message:{second.message_id}",
        {
            "understood": (words[0],),
            "not_understood": (f"{words[1]} {second.text}".strip(),),
            "reason": (decider, second.officer.name),
        },
        undo_minutes=minutes_left(task, matter.now),
    )


def _wait_longer(matter: Matter, task: TaskRow) -> None:
    """Let a word that still waits do so for its undo time from now, at most twice that time in all."""
    undo = timedelta(minutes=matter.office.config.tasks.undo_minutes)
    if task.effective_at is None or task.decided_at is None:
        return
    task.effective_at = max(task.effective_at, min(matter.now + undo, task.decided_at + 2 * undo))
    matter.work.session.add(task)
    matter.work.session.flush()
