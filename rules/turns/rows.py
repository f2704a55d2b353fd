"""Entering and leaving the rows of the table, and the endings. Every other move of a case comes down to one of these."""

from collections.abc import Callable
from typing import Literal

from rules.case import State
from rules.effects import Task
from rules.needs import Completeness, completeness, unopened
from rules.sop import ENDINGS, Kind
from rules.turns import promise
from rules.turns.turn import Said, Turn


def leave(turn: Turn, outcome: str) -> None:
    """Leave the row by an outcome."""
    target = turn.step.target(outcome)
    if target is None:
        raise ValueError(
            f"row {turn.case.step} has no outcome {outcome}: the loader proves that it is never asked for"
        )
    enter(turn, target, by=outcome)


def enter(turn: Turn, target: str, *, by: str) -> None:
    """Enter a row or an ending. `by` is the outcome (or `opened`, `reopened`, `next`) that leads there."""
    if target in ENDINGS:
        end(turn, target)
        return
    arrive(turn, target, by=by)
    _ENTRIES[turn.step.kind](turn, by)


def arrive(turn: Turn, target: str, *, by: str) -> None:
    """Count the visit and forget what belonged to the row before."""
    visits = turn.case.visits
    if target not in visits and by != "incomplete":
        turn.change(rounds=0)
    turn.change(
        step=target,
        visits={**visits, target: visits.get(target, 0) + 1},
        approvals=(),
        taken_by=None,
        escalated=False,
        wish=None,
        unclear=0,
    )
    if by not in {"incomplete", "next"}:
        turn.change(asked=(), asked_text="")


def end(turn: Turn, ending: str) -> None:
    """Close the case. Nothing of its own waits any more; what was asked aside is still answered."""
    turn.close_task("the request has ended")
    promise.rest(turn)
    turn.change(state=State.CLOSED, ending=ending, closed=turn.now, wish=None, taken_by=None, escalated=False)


def ask(turn: Turn, *, key: str = "") -> None:
    """Tell the applicant what is there, what is missing, what could not be opened, and what an officer asked for."""
    judged = judge(turn)
    closed = cannot_open(turn)
    said = {"have": judged.present, "missing": judged.missing, **asked(turn)}
    turn.tell("request-incomplete", {**said, "unopened": closed} if closed else said, key=key)


def judge(turn: Turn) -> Completeness:
    """Judge the needs of the row against all documents of the case."""
    return completeness(turn.sop, turn.step, turn.case.documents)


def cannot_open(turn: Turn) -> tuple[str, ...]:
    """Return the names of what was received, could not be opened and serves nothing."""
    return unopened(turn.sop, turn.step, turn.case.documents)


def instruct(turn: Turn, kind: str = "step-next", *, key: str = "") -> None:
    """Tell the applicant the steps in AMS that lie ahead."""
    turn.tell(kind, {"steps": turn.sop.steps_ahead(turn.case.step), **asked(turn)}, key=key)


def asked(turn: Turn) -> Said:
    """Return what an officer last asked for with KURANG: sentences of numbered remedies, and free text."""
    case = turn.case
    return {"requests": case.asked, "reason": (case.asked_text,) if case.asked_text else ()}


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
    if case.rounds >= turn.sop.waiting.rounds:
        known = [word for word in known if word != "incomplete"]
    if "escalate" not in known and _performer(turn) == "officer":
        known.append("escalate")
    return (*known, "take", *(("grant",) if case.wish is not None else ()))


def _performer(turn: Turn) -> Literal["officer", "official"]:
    return "official" if turn.case.escalated or turn.step.performer == "official" else "officer"


# --- what entering each kind of row does ---------------------------------------------------------------------------------


def _enter_needs(turn: Turn, by: str) -> None:
    """Wait for the applicant's documents; what is complete already goes on, except right after an officer asked back."""
    turn.change(state=State.APPLICANT)
    promise.rest(turn)
    if by != "incomplete" and not judge(turn).missing:
        leave(turn, "complete")
        return
    turn.happened("incomplete")
    ask(turn, key=turn.entry("incomplete"))
    if by != "incomplete" and cannot_open(turn):
        turn.change(unclear=1)
    promise.remind_next(turn, 0)


def _enter_task(turn: Turn, by: str) -> None:
    if by == "complete":
        turn.happened("complete")
        promise.start(turn)
        turn.tell(
            "request-received",
            {"have": tuple(sorted({each.need for each in turn.case.documents if each.need}))},
            key=turn.entry("received"),
        )
    else:
        promise.go_on(turn)
    put_before_person(turn, note="")


def _enter_ams(turn: Turn, by: str) -> None:
    """Send the applicant to AMS; a quiet task stands in the officers' queue, should somebody see it done there."""
    turn.change(state=State.APPLICANT, committed=turn.case.committed or turn.step.no_return)
    promise.rest(turn)
    put_task(turn, quiet=True)
    instruct(turn, "request-approved" if by == "approve" else "step-next", key=turn.entry("step"))
    promise.remind_next(turn, 0)


def _enter_tell(turn: Turn, by: str) -> None:
    step = turn.step
    if step.tell:
        turn.tell("closed", {"tell": (step.tell,)}, key=turn.entry(step.tell))
    if step.ends:
        end(turn, step.id)
    else:
        _pass_on(turn, by)


def _pass_on(turn: Turn, _by: str) -> None:
    """A row that is done in the same breath."""
    turn.change(committed=turn.case.committed or turn.step.no_return)
    enter(turn, turn.step.next or "", by="next")


_ENTRIES: dict[Kind, Callable[[Turn, str], None]] = {
    "needs": _enter_needs,
    "task": _enter_task,
    "ams": _enter_ams,
    "tell": _enter_tell,
    "pass": _pass_on,
}
