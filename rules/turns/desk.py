"""The row's task: put before its officer or the official, under a key that new evidence changes by itself."""

from typing import Literal

from rules.case import State
from rules.effects import Task
from rules.turns.turn import Turn


def put_before_person(turn: Turn, note: str) -> None:
    """Put the row's task before its officer, or the official if it was escalated or is theirs."""
    turn.change(state=State.OFFICIAL if _performer(turn) == "official" else State.OFFICER)
    put_task(turn, note=note)


def put_task(turn: Turn, *, note: str = "", quiet: bool = False, key: str = "") -> None:
    """Make the row's task the case's task; a quiet one only stands in the queue."""
    turn.put_task(
        Task(
            key=key or task_key(turn),
            step=turn.case.step,
            performer=_performer(turn),
            outcomes=outcomes(turn),
            due=None if quiet else turn.case.due,
            quiet=quiet,
            note=note,
        )
    )


def task_key(turn: Turn) -> str:
    """Return the key of the row's task: visit and evidence, and what makes it another task for the same evidence."""
    parts = [f"{turn.place}.{turn.case.evidence}"]
    if turn.step.kind == "ams" and not turn.is_applicants:
        parts.append("look")
    if turn.case.approvals:
        parts.append(f"approval{len(turn.case.approvals) + 1}")
    if turn.case.escalated:
        parts.append("official")
    return ".".join(parts)


def outcomes(turn: Turn) -> tuple[str, ...]:
    """Return the words the row's task takes now."""
    step, case = turn.step, turn.case
    known = [word for word in step.edges if word not in {"next", "complete"}]
    if step.fact and len(case.persons) > 1:
        known = [word for word in known if word != "done"]  # of many persons the fact itself must be said
    if case.rounds >= turn.sop.waiting.rounds:
        known = [word for word in known if word != "incomplete"]
    if "escalate" not in known and _performer(turn) == "officer":
        known.append("escalate")
    classes = [name for name in turn.sop.classes if name != case.sort]
    return (*known, *classes, "take", *(("grant",) if case.wish is not None else ()))


def _performer(turn: Turn) -> Literal["officer", "official"]:
    return "official" if turn.case.escalated or turn.step.performer == "official" else "officer"
