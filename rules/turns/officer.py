"""An officer's word on the case's task. The caller has proven token, sender and authentication; here it is weighed against the case."""

from rules.events import Word
from rules.turns import aside, desk, evidence, family, promise, rows
from rules.turns.turn import Turn

REASON_WANTED = frozenset({"reject"})


def objection(turn: Turn, event: Word) -> str:
    """Return why a word cannot count now, "" if it counts: the first of these that holds."""
    case = turn.case
    reason_wanted = event.outcome in REASON_WANTED | {*turn.step.text}
    objections = {
        "stale-task": event.task != case.task,
        "taken-by-another": case.taken_by not in {None, event.officer} and not event.official,
        "no-such-outcome": event.outcome not in desk.outcomes(turn),
        "text-wanted": reason_wanted and not (event.text.strip() or event.remedies),
        "no-such-person": _names_nobody(turn, event),
        "another-must": event.outcome == "approve" and event.officer in case.approvals,
    }
    return next((name for name, holds in objections.items() if holds), "")


def _names_nobody(turn: Turn, event: Word) -> bool:
    """Whether an approval leaves out a person the letter does not list, or everybody."""
    listed = {each.number for each in turn.case.persons}
    return bool(event.besides) and (event.outcome != "approve" or not set(event.besides) < listed)


def refuse(turn: Turn, why: str) -> None:
    """Leave the case as it is; whoever holds the task now gets it anew, should the refused word have used it up."""
    turn.happened("refused", why)
    if why == "stale-task":
        return
    quiet = turn.is_applicants
    turn.close_task(f"refused: {why}")
    desk.put_task(turn, note=why, quiet=quiet, key=f"{desk.task_key(turn)}.again{turn.case.events}")


def word(turn: Turn, event: Word) -> None:
    """Do what the word says."""
    if event.outcome == "take":
        turn.change(taken_by=event.officer)
        turn.happened("taken")
    elif event.outcome in turn.sop.classes:
        turn.change(sort=event.outcome)
        turn.happened("sorted", event.outcome)
        promise.rescale(turn)
        turn.tell("request-reclassified")
    elif event.outcome == "escalate" and "escalate" not in turn.step.outcomes:
        _escalate(turn)
    elif event.outcome == "grant":
        _settle(turn, event)
        rows.end(turn, "cancelled")
        turn.tell("request-cancelled", key=turn.entry("cancelled"))
    elif event.besides:
        family.split_off(turn, event.besides, event.because)
        word(turn, event.model_copy(update={"besides": (), "because": ""}))
    elif event.outcome == "approve" and len(turn.case.approvals) + 1 < turn.step.approvals:
        _first_approval(turn, event)
    else:
        _decide(turn, event)


def _decide(turn: Turn, event: Word) -> None:
    """Leave the row by the word; early SELESAI covers the rows between, and the transition says which."""
    step, target = turn.step, turn.step.target(event.outcome) or ""
    requests = aside.sentences(turn, event)
    text = (event.text.strip(),) if event.text.strip() else ()
    covered = turn.sop.between(step.id, target) if event.outcome == "done" else ()
    if covered:
        turn.notes.append(f"covers row {', '.join(_number(turn, each) for each in covered)}")
    _settle(turn, event)
    if event.outcome == "incomplete":
        turn.change(rounds=turn.case.rounds + 1, asked=requests, asked_text=event.text.strip())
    elif step.no_return or any(turn.sop.steps[each].no_return for each in covered):
        turn.change(committed=True)
    if event.outcome in step.words:
        turn.change(facts={**turn.case.facts, step.fact or step.id: event.outcome})
    if event.outcome in step.text and event.outcome != "incomplete":
        turn.change(solution=event.text.strip())
    place = turn.entry("rejected")
    rows.leave(turn, event.outcome)
    if turn.case.ending == "rejected":
        turn.tell("request-rejected", {"reason": text, "requests": requests}, key=place)


def _settle(turn: Turn, event: Word) -> None:
    turn.happened(event.outcome)
    turn.close_task(f"decided: {event.outcome}")


def _escalate(turn: Turn) -> None:
    quiet = turn.is_applicants
    turn.happened("escalate")
    turn.close_task("handed to the official")
    turn.change(escalated=True, taken_by=None)
    if quiet:
        evidence.look(turn, note="escalated")
    else:
        promise.go_on(turn)
        desk.put_before_person(turn, note="escalated")


def _first_approval(turn: Turn, event: Word) -> None:
    turn.happened("approved-once")
    turn.close_task("decided: approve")
    turn.change(approvals=(*turn.case.approvals, event.officer), taken_by=None)
    desk.put_before_person(turn, note="second-approval")


def _number(turn: Turn, step: str) -> str:
    number = turn.sop.steps[step].no
    return str(number) if number is not None else step
