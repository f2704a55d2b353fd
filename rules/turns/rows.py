"""Entering and leaving the rows of the table, and the endings. Every other move of a case comes down to one of these."""

from collections.abc import Callable

from rules.case import News, State, Text
from rules.effects import Open, Signal
from rules.events import ChildEnded, ParentEnded
from rules.sop import ENDINGS, Kind
from rules.step import LIMIT
from rules.turns import desk, promise, telling
from rules.turns.turn import Said, Turn


def leave(turn: Turn, outcome: str) -> None:
    """Leave the row by an outcome."""
    target = turn.step.target(outcome)
    if target is None:
        raise ValueError(
            f"row {turn.case.step} has no outcome {outcome}: the loader proves that it is never asked for"
        )
    enter(turn, target, by=outcome)


def answer(turn: Turn, outcome: str) -> None:
    """Leave the row by the applicant's answer; one who comes back to an earlier row again and again meets the row's limit."""
    step, case = turn.step, turn.case
    again = step.target(outcome) in case.visits
    if LIMIT in step.outcomes and again and case.visits.get(step.id, 0) >= turn.sop.waiting.rounds:
        outcome = LIMIT
    turn.beginning = turn.beginning or case.due is None
    leave(turn, outcome)
    if not turn.told and turn.case.state in {State.OFFICER, State.OFFICIAL}:
        turn.tell("request-status", {"answered": ("yes",)})  # an answer is never met with silence


def enter(turn: Turn, target: str, *, by: str) -> None:
    """Enter a row or an ending. `by` is the outcome (or `opened`, `reopened`, `split`, `next`) that leads there."""
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
    """Close the case. Nothing of its own waits any more; what was asked aside is still answered; its family learns of it."""
    turn.close_task("the request has ended")
    promise.rest(turn)
    turn.change(state=State.CLOSED, ending=ending, closed=turn.now, wish=None, taken_by=None, escalated=False)
    case = turn.case
    if case.child is not None:
        over = ParentEnded(ending=ending)
        turn.effects.append(Signal(key=turn.reaction("parent-ended"), to=case.child, event=over))
        turn.change(child=None)
    if case.relation == "child" and case.parent is not None:
        event = ChildEnded(child=case.id, ending=ending, news=_left_to_tell(turn, ending))
        turn.effects.append(Signal(key=turn.reaction("child-ended"), to=case.parent, event=event))


def _left_to_tell(turn: Turn, ending: str) -> tuple[News, ...]:
    """What the parent tells: an ending it keeps to itself, though a row before it told as much, and what nobody has told yet."""
    case = turn.case
    held = turn.sop.steps[ending].news if ending in case.holds else None
    own = tuple(each for each in case.news[: case.news_told] if each.sentence == held)
    return (*own, *case.news[case.news_told :])


# --- what entering each kind of row does ---------------------------------------------------------------------------------


def _enter_needs(turn: Turn, by: str) -> None:
    """Wait for the applicant's documents; what is complete already goes on, except right after an officer asked back."""
    turn.change(state=State.APPLICANT)
    promise.rest(turn)
    if by != "incomplete" and (not telling.judge(turn).missing or turn.case.urgent):
        leave(turn, "complete")  # what is urgent waits for no letter: an officer acts, and asks for it beside
        return
    turn.happened("incomplete")
    key = turn.entry("question-asked" if turn.step.asks else "incomplete")
    telling.ask(turn, key=key, onward=turn.case.events > 1 and by not in {"incomplete", "reopened"})
    if by != "incomplete" and telling.cannot_open(turn):
        turn.change(unclear=1)
    promise.remind_next(turn, 0)


def _enter_ask(turn: Turn, _by: str) -> None:
    """Ask the applicant something that a word, or a letter, answers."""
    turn.change(state=State.APPLICANT)
    promise.rest(turn)
    turn.happened("asked")
    telling.pose(turn, key=turn.entry("question-asked"))
    promise.remind_next(turn, 0)


def _enter_task(turn: Turn, by: str) -> None:
    """Put the row before a person, unless what is known already answers it."""
    turn.beginning = turn.beginning or by == "complete"
    if turn.beginning:
        turn.happened("complete")
        promise.start(turn)
    else:
        promise.go_on(turn)
    known = turn.fact(turn.step.fact) if turn.step.fact else ""
    if known in turn.step.sure and known in turn.step.outcomes:
        turn.notes.append(f"row {turn.case.step} is answered by what is known: {known}")
        leave(turn, known)
        return
    if turn.beginning:
        turn.beginning = False
        have = {each.need for each in turn.case.documents if each.need and not each.unread}
        turn.tell("request-received", {"have": tuple(sorted(have))}, key=turn.entry("received"))
    desk.put_before_person(turn, note="split" if by == "split" else "")


def _enter_ams(turn: Turn, by: str) -> None:
    """Send the applicant to AMS; a quiet task stands in the officers' queue, should somebody see it done there."""
    turn.change(state=State.APPLICANT, committed=turn.case.committed or turn.step.no_return)
    promise.rest(turn)
    desk.put_task(turn, quiet=True)
    telling.instruct(turn, "request-approved" if by == "approve" else "step-next", key=turn.entry("step"))
    promise.remind_next(turn, 0)


def _enter_child(turn: Turn, by: str) -> None:
    """Open another case and wait for its end. With an instruction of its own the row tells the applicant what to do; else the child does."""
    step, case = turn.step, turn.case
    child = f"{case.id}.{case.children + 1}"
    turn.change(
        state=State.CHILD,
        child=child,
        children=case.children + 1,
        committed=case.committed or step.no_return,
    )
    promise.rest(turn)
    turn.happened("child-opened")
    tells = step.instruct is not None
    if tells:
        telling.instruct(turn, "request-approved" if by == "approve" else "step-next", key=turn.entry("step"))
    turn.effects.append(
        Open(
            key=turn.entry("child"),
            relation="child",
            sop=step.child or "",
            at="parent",
            id=child,
            facts=step.gives,
            holds=step.holds,
            documents=tuple(each.model_copy(update={"need": None}) for each in case.documents),
            persons=case.persons,
            silent=tells or turn.silent,
        )
    )


def _enter_tell(turn: Turn, by: str) -> None:
    """Tell, and end or go on. News of an ending that the parent tells is kept for it."""
    step, case = turn.step, turn.case
    if step.news and not step.ends:
        _tell_in_passing(turn, step.news, by)
        return
    if step.news and step.news not in {each.sentence for each in case.news}:
        turn.change(news=(*case.news, News(sentence=step.news, at=turn.now)))
    if step.tell and step.id not in case.holds:
        said: Said = {"answer": (case.solution,)} if case.solution else {}
        turn.tell(step.tell, said, key=turn.entry(step.tell), closing=bool(step.ends))
    if step.ends:
        end(turn, step.id)
    else:
        turn.carrier = turn.entry(step.tell or "")
        _pass_on(turn, by)


def _tell_in_passing(turn: Turn, news: Text, by: str) -> None:
    """One decision, one letter: where the next row writes to the applicant in the same breath, its letter carries our news."""
    kind, key, before = turn.step.tell or "", turn.entry(turn.step.tell or ""), turn.case.news
    turn.change(news=(*before, News(sentence=news, at=turn.now)))
    _pass_on(turn, by)
    if not turn.told:
        if turn.case.news_told == len(
            before
        ):  # its own letter says it, with the time; only what follows is still to be told
            turn.change(news_told=len(before) + 1)
        turn.tell(kind, key=key)


def _pass_on(turn: Turn, by: str) -> None:
    """A row that is done in the same breath; what an officer asked back is asked where the way comes to rest."""
    turn.change(committed=turn.case.committed or turn.step.no_return)
    enter(turn, turn.step.next or "", by=by if by == "incomplete" else "next")


_ENTRIES: dict[Kind, Callable[[Turn, str], None]] = {
    "needs": _enter_needs,
    "ask": _enter_ask,
    "task": _enter_task,
    "ams": _enter_ams,
    "child": _enter_child,
    "tell": _enter_tell,
    "pass": _pass_on,
}
