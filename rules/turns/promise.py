"""Two clocks that never run together: the promise in the office's turn, the reminders in the applicant's.

The promise is kept in seconds of office time. It rests while it is the applicant's turn; afterwards it goes on with what is left, and
the officer has at least the rest of the office day.
"""

from datetime import datetime, timedelta

from rules.case import Case
from rules.sop import Sop
from rules.span import parse_span
from rules.turns.turn import Turn

THRESHOLDS = (("promise-half", 0.5), ("promise-four-fifths", 0.8), ("promise-breach", 1.0))
"""Alarms of a promise, and the share of it that has passed."""


def promised(sop: Sop, case: Case) -> str:
    """Return the promise in force: an urgent reason's, else that of the class an officer gave, else the SOP's."""
    urgent = next((each.promise for each in sop.urgent if case.urgent and case.urgent in each.is_), None)
    return urgent or (sop.classes[case.sort].promise if case.sort in sop.classes else sop.promise)


def span(turn: Turn) -> str:
    """Return the promise in force."""
    return promised(turn.sop, turn.case)


def start(turn: Turn) -> None:
    """Begin a fresh promise: the request is complete."""
    since = turn.received
    due = turn.calendar.add(since, span(turn))
    due = max(due, turn.case.due) if turn.case.due and not turn.case.urgent else due
    total = turn.calendar.office_seconds(since, due)
    turn.change(due=due, promise_total=total, promise_spent=0.0, promise_since=since, promise_from=since)
    watch(turn)


def rescale(turn: Turn) -> None:
    """Count the promise anew by the span in force, from when it first began; an urgent one from now on."""
    case = turn.case
    begun = turn.now if case.urgent else case.promise_from
    if case.due is None or begun is None:
        return
    due, since = turn.calendar.add(begun, span(turn)), case.promise_since
    if case.urgent and since is not None:
        due = min(due, case.due)
    if since is None:
        turn.change(due=due, promise_total=case.promise_spent + turn.calendar.office_seconds(begun, due))
        return
    spent = case.promise_spent + turn.calendar.office_seconds(since, turn.now)
    total = spent + turn.calendar.office_seconds(turn.now, due)
    turn.change(due=due, promise_total=total, promise_spent=spent, promise_since=turn.now)
    watch(turn)


def go_on(turn: Turn) -> None:
    """Go on with what is left after a rest; a running promise simply runs on, and where there was none, one begins."""
    case = turn.case
    if case.promise_since is not None:
        return
    if case.due is None:
        start(turn)
        return
    due = turn.calendar.after_office_seconds(turn.now, max(0.0, case.promise_total - case.promise_spent))
    if parse_span(span(turn)).unit == "working day":
        due = _end_of_day(turn, max(due, turn.now))
    due = max(due, case.due) if not case.urgent else due
    total = case.promise_spent + turn.calendar.office_seconds(turn.now, due)
    turn.change(due=due, promise_total=total, promise_since=turn.now)
    watch(turn)


def _end_of_day(turn: Turn, moment: datetime) -> datetime:
    """Return the close of office; of the next day where that is now: silence ends with the office day, and nobody works then."""
    close = turn.calendar.close_of_office(moment)
    return close if close > turn.now else turn.calendar.close_of_office(moment + timedelta(seconds=1))


def rest(turn: Turn) -> None:
    """Let the promise rest: the turn is the applicant's, or the case has ended."""
    case = turn.case
    if case.promise_since is not None:
        spent = case.promise_spent + turn.calendar.office_seconds(case.promise_since, turn.now)
        turn.change(promise_spent=spent, promise_since=None)
    turn.change(alarm=None)


def threshold_at(turn: Turn, share: float) -> datetime:
    """Return when a share of the promise has passed; the whole of it is the due time itself."""
    case = turn.case
    if case.due is None or case.promise_since is None:
        return turn.now
    if share >= 1:
        return case.due
    left = max(0.0, case.promise_total * share - case.promise_spent)
    return min(turn.calendar.after_office_seconds(case.promise_since, left), case.due)


def watch(turn: Turn) -> None:
    """Wake at the next threshold. A whole promise that has passed already wakes at once: its official must be told."""
    for name, share in THRESHOLDS:
        at = threshold_at(turn, share)
        if at > turn.now or name == "promise-breach":
            turn.wake(at, name)
            return


def remind_next(turn: Turn, round_: int) -> None:
    """Set the applicant's reminder number `round_` (from 0), counted from now: the mail before it goes out now."""
    spans = turn.sop.waiting.remind
    name, span = ("remind", spans[round_]) if round_ < len(spans) else ("close", turn.sop.waiting.close)
    turn.wake(turn.calendar.add(turn.now, span), name, round_)


def closes_at(turn: Turn, round_: int) -> datetime:
    """Return when a silent case lapses, if reminder `round_` is sent now."""
    at = turn.now
    for span in (*turn.sop.waiting.remind[round_ + 1 :], turn.sop.waiting.close):
        at = turn.calendar.add(at, span)
    return at
