"""An officer's word on the case's task. The caller has proven token, sender and authentication; here it is weighed against the case."""

from rules.case import Word
from rules.turns import aside, evidence, promise, rows
from rules.turns.turn import Turn

REASON_WANTED = frozenset({"reject"})


def objection(turn: Turn, event: Word) -> str:
    """Return why a word cannot count now, "" if it counts: one of the names below, for the officer to be answered with."""
    case, step = turn.case, turn.step
    if event.task != case.task:
        return "stale-task"
    if case.escalated and not event.official:
        return "official-decides"
    if case.taken_by not in {None, event.officer} and not event.official:
        return "taken-by-another"
    if event.outcome not in rows.outcomes(turn):
        return "no-such-outcome"
    if event.outcome in REASON_WANTED | {*step.text} and not (event.text.strip() or event.remedies):
        return "text-wanted"
    if event.outcome == "approve" and event.officer in case.approvals:
        return "another-must"
    return ""


def word(turn: Turn, event: Word) -> None:
    """Do what the word says."""
    if event.outcome == "take":
        turn.change(taken_by=event.officer)
        turn.happened("taken")
    elif event.outcome == "escalate" and "escalate" not in turn.step.outcomes:
        _escalate(turn)
    elif event.outcome == "grant":
        _settle(turn, event)
        rows.end(turn, "cancelled")
        turn.tell("cancelled", key=turn.entry("cancelled"))
    elif event.outcome == "approve" and len(turn.case.approvals) + 1 < turn.step.approvals:
        _first_approval(turn, event)
    else:
        _decide(turn, event)


def _decide(turn: Turn, event: Word) -> None:
    """Leave the row by the word; early SELESAI covers the rows between, and the transition says which."""
    step, target = turn.step, turn.step.target(event.outcome) or ""
    requests = aside.sentences(turn, event)
    text = (event.text.strip(),) if event.text.strip() else ()
    if event.outcome == "done" and (
        covered := [_number(turn, each) for each in turn.sop.between(step.id, target)]
    ):
        turn.notes.append(f"covers row {', '.join(covered)}")
    _settle(turn, event)
    if event.outcome == "incomplete":
        turn.change(rounds=turn.case.rounds + 1, asked=(*requests, *text))
    elif step.no_return:
        turn.change(committed=True)
    place = turn.entry("rejected")
    rows.leave(turn, event.outcome)
    if turn.case.ending == "rejected":
        turn.tell("rejected", {"reason": text, "requests": requests}, key=place)


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
        rows.put_before_person(turn, note="escalated")


def _first_approval(turn: Turn, event: Word) -> None:
    turn.happened("approved-once")
    turn.close_task("decided: approve")
    turn.change(approvals=(*turn.case.approvals, event.officer), taken_by=None)
    rows.put_before_person(turn, note="second-approval")


def _number(turn: Turn, step: str) -> str:
    number = turn.sop.steps[step].no
    return str(number) if number is not None else step
