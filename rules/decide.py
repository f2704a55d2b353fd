"""What happens next to a request: a pure function of the SOP, the case, one event and the clock.

Read it beside the SOP file. Every event in every state yields a decision, if only a note:

| the case | an event | is answered in |
|---|---|---|
| open | the applicant sends documents or a sentence | `turns/evidence.py` |
| open | the applicant says a word (SUDAH, KENDALA, BATAL, ...) | `turns/applicant.py` |
| open | an officer says a word on the case's task | `turns/officer.py` |
| any | an officer answers a task aside (help, a letter that came back) | `turns/aside.py` |
| any | somebody else writes in the applicant's conversation | `turns/aside.py` |
| any | its alarm goes off | `turns/clock.py` |
| waiting for a child | anything of the applicant's; the child's end | `turns/family.py` |
| closed | anything | `turns/afterwards.py` |

Rows are entered and left in `turns/rows.py`, due times are reckoned in `turns/promise.py`. Nothing here sends, stores or waits.
"""

from collections.abc import Mapping
from datetime import datetime

from rules.beginning import Beginning
from rules.calendar import Calendar
from rules.case import Case, State
from rules.effects import Decision
from rules.events import (
    Bounced,
    ChildEnded,
    Confirmed,
    Event,
    Opened,
    Overheard,
    ParentEnded,
    Said,
    Stopped,
    Supplied,
    Woke,
    Word,
)
from rules.sop import Sop
from rules.turns import (
    afterwards,
    applicant,
    aside,
    clock,
    desk,
    evidence,
    family,
    holder,
    officer,
    priority,
    rows,
)
from rules.turns.afterwards import tells_a_fact
from rules.turns.turn import Turn

__all__ = ["choices", "decide", "objection", "open_case", "tells_a_fact"]


def open_case(  # noqa: PLR0913 - as `decide`, with what the case begins with
    sop: Sop,
    beginning: Beginning,
    event: Opened,
    now: datetime,
    calendar: Calendar,
    *,
    known: Mapping[str, str] | None = None,
) -> Decision:
    """Open a case; a complete one is before an officer at once."""
    row = sop.opens.rows.get(beginning.at, beginning.at)
    case = Case(
        id=beginning.ticket,
        sop=sop.id,
        digest=sop.digest,
        step=row,
        state=State.APPLICANT,
        opened=beginning.received,
        address=beginning.address,
        applicant=beginning.applicant,
        holder=beginning.holder,
        language=beginning.language,
        parent=beginning.parent,
        relation=beginning.relation,
        root=beginning.root,
        facts=dict(beginning.facts or {}),
        holds=beginning.holds,
        persons=beginning.persons,
        holder_address=beginning.holder_address if sop.opens.holder else "",
    )
    received = min(beginning.received, now)
    turn = Turn(sop, case, now=now, calendar=calendar, received=received, known=known)
    split = beginning.relation == "sibling"
    turn.silent, turn.beginning = event.silent, not split
    evidence.take_in(turn, event.documents, event.text)
    if beginning.persons:
        turn.change(persons=beginning.persons)
    priority.weigh(turn)
    turn.happened("opened")
    rows.enter(turn, row, by="split" if split else "opened")
    if turn.is_applicants and turn.step.asks and event.word in turn.step.words:
        turn.unsay()
        rows.answer(turn, event.word)
    elif turn.is_applicants and turn.step.asks and beginning.at == "notice" and event.text.strip():
        aside.want_person(turn, "wrote")  # other words than those asked for, as in every row that asks
    if split:
        turn.tell("request-split")
    holder.write(turn)
    priority.alert(turn, "")
    return turn.decision()


def decide(  # noqa: PLR0913 - what is decided, about what, when, by whose calendar, knowing what
    sop: Sop,
    case: Case,
    event: Event,
    now: datetime,
    calendar: Calendar,
    *,
    known: Mapping[str, str] | None = None,
) -> Decision:
    """Decide what an event does to a case. Raises nothing for any event in any state of a sound SOP."""
    turn = Turn(sop, case, now=now, calendar=calendar, received=_received(event, now), known=known)
    match event:
        case Opened():
            turn.happened("refused", "the case is open already")
        case Supplied() | Said():
            _applicants(turn, event)
        case Word():
            _word(turn, event)
        case Woke():
            clock.woke(turn, event)
        case Bounced() | Overheard():
            aside.hear(turn, event)
        case ChildEnded():
            family.child_ended(turn, event)
        case ParentEnded():
            family.parent_ended(turn, event)
        case Confirmed():
            applicant.confirmed(turn, event)
        case Stopped():
            family.stopped(turn, event)
    holder.write(turn, case)
    priority.alert(turn, case.urgent)
    return turn.decision()


def _applicants(turn: Turn, event: Supplied | Said) -> None:
    if isinstance(event, Said):
        hear = afterwards.said if turn.case.state is State.CLOSED else applicant.said
        hear(turn, event)
    elif turn.case.state is State.CLOSED:
        afterwards.supplied(turn, event.documents, event.text)
    else:
        evidence.supplied(turn, event.documents, event.text)


def choices(sop: Sop, case: Case, now: datetime, calendar: Calendar) -> tuple[str, ...]:
    """Return the outcomes the case's own task takes now.

    Those of its row, less KURANG when the rounds are used up, and `grant` while the applicant's wish to cancel stands.
    """
    return desk.outcomes(Turn(sop, case, now=now, calendar=calendar)) if case.task else ()


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
