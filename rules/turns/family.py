"""Cases that belong together: a child ends, a parent ends, a person is split off, a complaint is tied to its case."""

from rules.case import CaseDocument, State
from rules.effects import Open
from rules.events import ChildEnded, ParentEnded, Stopped
from rules.step import OTHERWISE
from rules.turns import aside, desk, rows
from rules.turns.turn import LINKED, Turn

LEFT_OUT = "left-out"
"""The fact that tells why an approval left out the persons of a case, in the officer's words."""


def child_ended(turn: Turn, event: ChildEnded) -> None:
    """Go on where the child was waited for; news of a child that nobody waits for is told all the same."""
    case = turn.case
    turn.change(news=(*case.news, *event.news))
    if case.state is not State.CHILD or case.child != event.child:
        turn.happened("child-ended", f"{event.child} was not waited for: {event.ending}")
        if event.news:
            turn.tell("request-status")
        return
    turn.happened("child-ended", f"{event.child}: {event.ending}")
    turn.change(child=None, facts={**case.facts, case.step: event.ending})
    rows.leave(turn, event.ending if event.ending in turn.step.outcomes else OTHERWISE)


def parent_ended(turn: Turn, event: ParentEnded) -> None:
    """A child that has not passed its point of no return ends with its parent; a committed one goes on alone and tells its own news."""
    if turn.case.state is State.CLOSED:
        turn.happened("parent-ended", event.ending)
        return
    turn.change(relation=None, holds=())
    if turn.case.committed:
        turn.happened("goes-on-alone", f"its parent ended: {event.ending}")
        if turn.case.state in {State.OFFICER, State.OFFICIAL}:
            turn.close_task("the parent has ended")
            desk.put_task(turn, note="parent-ended", key=f"{desk.task_key(turn)}.alone{turn.case.events}")
        return
    turn.happened("cancelled", f"its parent ended: {event.ending}")
    rows.end(turn, "cancelled")


def stopped(turn: Turn, event: Stopped) -> None:
    """Close by an administrator's hand: nothing waits any more, nobody is written to."""
    if turn.case.state is State.CLOSED:
        turn.happened("stopped", "closed already")
        return
    turn.happened("closed-by-hand", event.reason)
    for key in turn.case.side_tasks:
        aside.close(turn, key, event.reason)
    rows.end(turn, "cancelled")


def complain(turn: Turn, documents: tuple[CaseDocument, ...], text: str) -> None:
    """PENGADUAN: a case of its own, tied to this one, where the department has an SOP for it; else the official is asked."""
    turn.happened("complaint")
    sop = turn.known.get(LINKED, "")
    if not sop:
        aside.want_person(turn, "complaint", performer="official")
        return
    turn.effects.append(
        Open(
            key=turn.reaction("complaint"),
            relation="linked",
            sop=sop,
            at="linked",
            documents=tuple(each.model_copy(update={"need": None}) for each in documents),
            text=text,
        )
    )


def split_off(turn: Turn, numbers: tuple[int, ...], because: str) -> None:
    """`SETUJU KECUALI 3 karena ...`: those persons go on in a case of their own, at the same row, undecided; it is told why."""
    persons = turn.case.persons
    besides = tuple(each for each in persons if each.number in numbers)
    left = tuple(each for each in persons if each.number not in numbers)
    turn.change(persons=left, holder=left[0].name if len(left) == 1 else turn.case.holder)
    without = f"without {', '.join(str(each.number) for each in besides)}"
    turn.notes.append(f"{without}: {because}" if because else without)
    facts = {name: fact for name, fact in turn.case.facts.items() if name != LEFT_OUT}
    turn.effects.append(
        Open(
            key=turn.reaction("split"),
            relation="sibling",
            sop=turn.sop.id,
            at=turn.case.step,
            documents=turn.case.documents,
            persons=besides,
            facts={**facts, LEFT_OUT: because} if because else facts,
            text=turn.case.text,
        )
    )
