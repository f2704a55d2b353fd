"""Tasks beside the case's own: a person is wanted, a letter came back. They never hold the case up and survive its end."""

from typing import Literal

from rules.case import Aside, State
from rules.effects import CloseTask, Task
from rules.events import Bounced, Overheard, Word
from rules.turns import promise
from rules.turns.turn import Turn

OUTCOMES = ("done", "incomplete")
HOLDERS = frozenset({"holder", "denied"})
"""Names of tasks beside that are about what the holder wrote."""
OTHERS = "others"
"""Name of the task beside about what somebody else wrote in the applicant's conversation."""
_LETTERS_A_DAY = 3
"""Letters about one task beside, before what is added waits for its answer."""


def is_beside(key: str) -> bool:
    """Tell from its key whether a task, open or not, is or was one beside: `help@3`; a row's own names its visit, `verify#1.0`."""
    return "@" in key


def want_person(turn: Turn, note: str, *, performer: Literal["officer", "official"] = "officer") -> None:
    """Put a request for help before a person; to an open one it is added, so that no word of theirs is void."""
    shown = put_or_add(turn, "help", note, performer)
    if not turn.told and shown:
        turn.tell("question-noted", {"about": (note,)})
    if turn.is_applicants and turn.case.alarm is not None:
        promise.remind_next(turn, turn.case.alarm.round)  # nobody is hurried while waiting for our answer


def put_or_add(turn: Turn, name: str, note: str, performer: Literal["officer", "official"]) -> bool:
    """Put a task beside the case's own before a person, or add to the open one of this name; False where nobody is shown it now."""
    asides = turn.case.asides
    there = [key for key in asides if key.startswith(f"{name}@") and asides[key].performer == performer]
    if there:
        return _add(turn, there[-1])
    put(turn, f"{name}@{turn.case.events}", note, performer)
    return True


def _add(turn: Turn, key: str) -> bool:
    """Show the holder of an open task what was added; False when this day has seen enough letters about it: a robot writes like that."""
    known = turn.case.asides[key]
    letters = known.letters if known.mailed.date() == turn.now.date() else 0
    shown = letters < _LETTERS_A_DAY
    now = {"mailed": turn.now, "letters": letters + 1} if shown else {"unseen": True}
    turn.change(asides={**turn.case.asides, key: known.model_copy(update=now)})
    if shown:
        turn.write("officers", "task-reminder", {"task": (key,)})
    return shown


def hear(turn: Turn, event: Bounced | Overheard) -> None:
    """Hear what happened beside the request's own course."""
    if isinstance(event, Bounced):
        _bounced(turn, event.recipient)
    else:
        _overheard(turn)


def _bounced(turn: Turn, recipient: str) -> None:
    """A letter to the applicant came back: one task per visit of a row, not one per letter."""
    place = turn.place
    if turn.case.facts.get("bounced") == place:
        turn.happened("bounced", "known already")
        return
    turn.change(facts={**turn.case.facts, "bounced": place})
    turn.happened("bounced")
    if recipient.lower() == turn.case.address.lower():
        put(turn, f"bounced@{place}", "bounced", "officer")


def _overheard(turn: Turn) -> None:
    """Put what somebody else wrote before the officer, who decides knowing it: a word without effect yet is taken back.

    It is nobody's evidence, and who wrote is not answered. Where the day has seen enough letters about it, nothing is taken back either.
    """
    turn.happened("overheard")
    if put_or_add(turn, OTHERS, "overheard", "officer") and turn.case.state in {
        State.OFFICER,
        State.OFFICIAL,
    }:
        turn.take_back("overheard")


def word(turn: Turn, event: Word) -> None:
    """Hear an officer's word on a side task: done, or an answer that goes to the applicant, or hand it to the official."""
    if event.outcome == "escalate":
        close(turn, event.task, "handed to the official")
        put(turn, f"{event.task.partition('@')[0]}@{turn.case.events}", "escalated", "official")
        turn.happened("help-escalated")
    elif event.outcome in OUTCOMES:
        known = turn.case.asides.get(event.task)
        close(turn, event.task, f"decided: {event.outcome}")
        of_others = event.task.startswith(f"{OTHERS}@")
        if known is not None and known.unseen:
            name, note = (OTHERS, "overheard") if of_others else ("help", "wrote")
            put(turn, f"{name}@{turn.case.events}", note, known.performer)
        text = event.text.strip()
        turn.happened("help-answered", text if of_others else "")
        if (text or event.remedies) and not of_others:
            _answer(turn, event, text)
        if turn.is_applicants and turn.case.alarm is not None:
            promise.remind_next(turn, turn.case.alarm.round)
    else:
        turn.happened(
            "taken" if event.outcome == "take" else "refused",
            "" if event.outcome == "take" else "no such outcome",
        )


def _answer(turn: Turn, event: Word, text: str) -> None:
    """Send the officer's answer to who wrote: the applicant, or the holder for whom somebody else asked."""
    said = {"text": (text,) if text else (), "requests": sentences(turn, event)}
    if event.task.partition("@")[0] in HOLDERS and turn.case.holder_address:
        turn.write("holder", "question-answered", said)
    else:
        turn.tell("question-answered", said)


def sentences(turn: Turn, event: Word) -> tuple[str, ...]:
    """Return the remedies an officer chose by number, in the applicant's language."""
    return tuple(remedy.in_(turn.case.language) for remedy in event.remedies)


def is_waited_for(turn: Turn) -> bool:
    """Tell whether the applicant waits for a person's answer."""
    return any(key.startswith("help@") for key in turn.case.side_tasks)


def put(turn: Turn, key: str, note: str, performer: Literal["officer", "official"]) -> None:
    """Put a task beside the case's own before a person, to be answered within the promise's span from now."""
    words = OUTCOMES if performer == "official" or key.startswith("bounced@") else (*OUTCOMES, "escalate")
    due = turn.calendar.add(turn.now, promise.span(turn))
    turn.effects.append(
        Task(key=key, step=turn.case.step, performer=performer, outcomes=words, due=due, note=note)
    )
    turn.change(
        side_tasks=(*turn.case.side_tasks, key),
        asides={
            **turn.case.asides,
            key: Aside(performer=performer, since=turn.now, due=due, mailed=turn.now),
        },
    )


def late(turn: Turn) -> bool:
    """Remind the officers of tasks beside that wait for half their time, and tell the official at the end; False when none is late."""
    found: dict[str, int] = {}
    for key, each in turn.case.asides.items():
        at = turn.threshold_of(each)
        if at is not None and at <= turn.now:
            found[key] = 2 if each.due <= turn.now else 1
    for key, told in found.items():
        known = turn.case.asides[key]
        turn.change(asides={**turn.case.asides, key: known.model_copy(update={"told": told})})
        audience, kind = ("official", "task-overdue") if told > 1 else ("officers", "task-reminder")
        turn.write(audience, kind, {"task": (key,)}, key=f"{turn.case.id}:{key}:{kind}")
    if found:
        turn.happened("help-is-late")
    return bool(found)


def close(turn: Turn, key: str, why: str) -> None:
    """A task beside no longer waits."""
    turn.effects.append(CloseTask(key=key, why=why))
    turn.change(
        side_tasks=tuple(each for each in turn.case.side_tasks if each != key),
        asides={name: each for name, each in turn.case.asides.items() if name != key},
    )
