"""What happens next to a request: a pure function of the SOP, the case, one event and the clock.

Read it beside the SOP file. Every event in every state yields a decision, if only a note:

| the case | an event | is answered in |
|---|---|---|
| open | the applicant sends documents or a sentence | `turns/evidence.py` |
| open | the applicant says a word (SUDAH, KENDALA, BATAL, ...) | `turns/applicant.py` |
| open | an officer says a word on the case's task | `turns/officer.py` |
| any | an officer answers a task aside (help, a letter that came back) | `turns/aside.py` |
| any | its alarm goes off | `turns/clock.py` |
| closed | anything | `turns/afterwards.py` |

Rows are entered and left in `turns/rows.py`, due times are reckoned in `turns/promise.py`. Nothing here sends, stores or waits.
"""

from datetime import datetime

from rules.calendar import Calendar
from rules.case import Case, State
from rules.effects import Decision
from rules.events import Bounced, Event, Opened, Said, Supplied, Woke, Word
from rules.sop import Sop
from rules.turns import afterwards, applicant, aside, clock, evidence, officer, rows
from rules.turns.turn import Turn

__all__ = ["choices", "decide", "objection", "open_case"]


def open_case(  # noqa: PLR0913 - a new case has that many facts
    sop: Sop,
    *,
    ticket: str,
    address: str,
    applicant: str,
    holder: str,
    language: str,
    event: Opened,
    now: datetime,
    received: datetime,
    calendar: Calendar,
    at: str = "letter",
) -> Decision:
    """Open a case from a letter received at `received`; a complete one is before an officer at once. `at`: who opens it, or a row."""
    row = sop.opens.rows.get(at, at)
    case = Case(
        id=ticket,
        sop=sop.id,
        digest=sop.digest,
        step=row,
        state=State.APPLICANT,
        opened=received,
        address=address,
        applicant=applicant,
        holder=holder,
        language=language,
    )
    turn = Turn(sop, case, now=now, calendar=calendar, received=min(received, now))
    evidence.take_in(turn, event.documents, event.text)
    turn.happened("opened")
    rows.enter(turn, row, by="opened")
    return turn.decision()


def decide(sop: Sop, case: Case, event: Event, now: datetime, calendar: Calendar) -> Decision:
    """Decide what an event does to a case. Raises nothing for any event in any state of a sound SOP."""
    turn = Turn(sop, case, now=now, calendar=calendar, received=_received(event, now))
    match event:
        case Opened():
            turn.happened("refused", "the case is open already")
        case Supplied() if case.state is State.CLOSED:
            afterwards.supplied(turn, event.documents, event.text)
        case Supplied():
            evidence.supplied(turn, event.documents, event.text)
        case Said() if case.state is State.CLOSED:
            afterwards.said(turn, event)
        case Said():
            applicant.said(turn, event)
        case Word():
            _word(turn, event)
        case Woke():
            clock.woke(turn, event)
        case Bounced():
            aside.bounced(turn, event.recipient)
    return turn.decision()


def choices(sop: Sop, case: Case, now: datetime, calendar: Calendar) -> tuple[str, ...]:
    """Return the outcomes the case's own task takes now.

    Those of its row, less KURANG when the rounds are used up, and `grant` while the applicant's wish to cancel stands.
    """
    return rows.outcomes(Turn(sop, case, now=now, calendar=calendar)) if case.task else ()


def objection(sop: Sop, case: Case, word: Word, now: datetime, calendar: Calendar) -> str:
    """Return why an officer's word would not count, "" if it would. To be asked before a task is claimed as decided.

    One of `stale-task`, `taken-by-another`, `no-such-outcome`, `text-wanted`, `another-must`.
    """
    if word.task in case.side_tasks:
        return "" if word.outcome in {*aside.OUTCOMES, "escalate", "take"} else "no-such-outcome"
    if case.state is State.CLOSED:
        return "stale-task"
    return officer.objection(Turn(sop, case, now=now, calendar=calendar), word)


def _word(turn: Turn, event: Word) -> None:
    if event.task in turn.case.side_tasks:
        aside.word(turn, event)
    elif turn.case.state is State.CLOSED:
        afterwards.word(turn, event)
    elif why := officer.objection(turn, event):
        officer.refuse(turn, why)
    else:
        officer.word(turn, event)


def _received(event: Event, now: datetime) -> datetime:
    """Return when the letter of an event was received: the promise counts from there, whatever outage there was."""
    if not isinstance(event, Supplied | Said) or not event.documents:
        return now
    return min(now, max(document.received for document in event.documents))
