"""What jumps the queue: a reason that makes a request urgent, learnt from a letter, a mail's words or the parent case."""

from rules.case import State
from rules.effects import Task
from rules.reasons import danger_in, reason_in
from rules.turns import aside, desk, promise
from rules.turns.turn import Turn

REASON = "reason"


def weigh(turn: Turn) -> None:
    """Note the reason that is given, and raise the priority where it is an urgent one; once raised it stays."""
    if not turn.sop.reasons:
        return
    danger = danger_in(turn.sop, turn.case.text, in_conversation=True)
    feared = danger.reason if danger.sure else ""
    given = _in_letters(turn) or feared
    if given:
        turn.change(facts={**turn.case.facts, REASON: given})
    reason = feared or turn.fact(REASON)  # what is learnt later outweighs what the letter says
    urgent = any(reason in each.is_ for each in turn.sop.urgent)
    if not urgent or turn.case.urgent or turn.case.state is State.CLOSED:
        return
    turn.change(urgent=reason)
    promise.rescale(turn)
    turn.notes.append(f"urgent: {turn.case.urgent}")


def alert(turn: Turn, before: str) -> None:
    """Tell officers and official at once of a request that has just become urgent; a task put now says so itself."""
    if not turn.case.urgent or before or turn.case.state is State.CLOSED:
        return
    if turn.is_applicants and turn.step.kind == "ams":
        turn.close_task("put before an officer")
        promise.go_on(turn)
        desk.put_before_person(turn, note="urgent")
    elif not any(isinstance(each, Task) and not each.quiet for each in turn.effects):
        aside.put(turn, f"urgent@{turn.case.events}", "urgent", "officer")
    turn.write("official", "task-urgent", {"task": (), "reason": (turn.case.urgent,)})


def _in_letters(turn: Turn) -> str:
    """The reason of the newest letter that gives one. In the mail's own words only urgent ones count: they list what is not meant, too."""
    for document in reversed(turn.case.documents):
        field = document.facts.fields.get(REASON)
        if field is not None and (found := reason_in(turn.sop, field.value)):
            return found
    return ""
