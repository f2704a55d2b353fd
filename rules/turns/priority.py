"""What jumps the queue: a reason that makes a request urgent, learnt from a letter, a mail's words or the parent case."""

from rules.case import State
from rules.effects import Task
from rules.reasons import reason_in
from rules.sop import Urgent
from rules.turns import aside, promise
from rules.turns.turn import Turn

REASON = "reason"


def weigh(turn: Turn) -> None:
    """Note the reason that is given, and raise the priority where it is an urgent one; once raised it stays."""
    if not turn.sop.reasons:
        return
    given = _given(turn)
    if given:
        turn.change(facts={**turn.case.facts, REASON: given})
    urgent = _urgent(turn)
    if urgent is None or turn.case.urgent or turn.case.state is State.CLOSED:
        return
    turn.change(urgent=turn.fact(REASON))
    promise.rescale(turn)
    turn.notes.append(f"urgent: {turn.case.urgent}")


def alert(turn: Turn, before: str) -> None:
    """Tell officers and official at once of a request that has just become urgent; a task put now says so itself."""
    if not turn.case.urgent or before or turn.case.state is State.CLOSED:
        return
    if not any(isinstance(each, Task) and not each.quiet for each in turn.effects):
        aside.put(turn, f"urgent@{turn.case.events}", "urgent", "officer")
    turn.write("official", "task-urgent", {"task": (), "reason": (turn.case.urgent,)})


def _given(turn: Turn) -> str:
    """The reason of the newest letter that gives one; in the mail's own words only urgent ones count: they list what is not meant, too."""
    for document in reversed(turn.case.documents):
        field = document.facts.fields.get(REASON)
        if field is not None and (found := reason_in(turn.sop, field.value)):
            return found
    return reason_in(turn.sop, turn.case.text, [name for each in turn.sop.urgent for name in each.is_])


def _urgent(turn: Turn) -> Urgent | None:
    reason = turn.fact(REASON)
    return next((each for each in turn.sop.urgent if reason in each.is_), None)
