"""What comes after the end: thanks are filed, a question gets a person, new documents open the request again or ask for a new one."""

from rules.case import Case, CaseDocument, State
from rules.events import Said, Word
from rules.sop import ENDINGS
from rules.turns import aside, evidence, family, rows
from rules.turns.turn import Turn

_REPEATABLE = frozenset({"cancelled", "lapsed"})
"""Endings without a judgement on the documents."""


def supplied(turn: Turn, documents: tuple[CaseDocument, ...], text: str) -> None:
    """Take in a letter to a closed case. Event `new-case` asks the caller to treat it as a letter of its own."""
    row = _row_to_reopen(turn)
    known = {each.facts.digest for each in turn.case.documents}
    new = [each for each in documents if each.facts.digest not in known]
    fresh = any(not each.facts.doubtful for each in new)
    if documents and turn.case.ending in _REPEATABLE:
        fresh = True  # what was never judged may be sent again as it is
    answers = bool(text.strip()) and (turn.case.ending == "lapsed" or bool(turn.step.reopens))
    if not _in_time(turn) or (fresh and row is None):
        turn.happened("new-case")
    elif row is not None and (fresh or answers):
        _reopen(turn, row, documents, text)
    elif text.strip() and not documents:
        evidence.take_in(turn, (), text)
        turn.happened("wrote")
        aside.want_person(turn, "wrote")
    elif new:
        evidence.take_in(turn, documents, text)
        turn.happened("sent-more")
        aside.put_or_add(turn, "sent", "sent-more", "officer")
        turn.tell("documents-added")
    else:
        turn.happened("repeated", "filed")


def said(turn: Turn, event: Said) -> None:
    """Hear an applicant's word on a closed case."""
    if event.documents and event.word not in {"problem", "complaint"}:
        supplied(turn, event.documents, event.text)
    elif event.word == "automatic":
        turn.happened("automatic")
        aside.put_or_add(turn, "help", "automatic", "officer")
    elif event.word in {"thanks", "confirm"} or (event.word == "promise" and turn.case.ending != "lapsed"):
        turn.happened(event.word, "filed")
    elif event.word in {"problem", "complaint"}:
        if event.word == "complaint":
            family.complain(turn, event.documents, event.text)
        else:
            evidence.take_in(turn, event.documents, event.text)
            turn.happened("help")
            aside.want_person(turn, "help")
    elif event.word in {"status", "finished", "cancel"}:
        turn.happened("status")
        turn.tell("request-status")
    else:
        supplied(turn, (), event.text)


def word(turn: Turn, event: Word) -> None:
    """Hear an officer after the end. SELESAI tells a fact of the world and is never dropped: the official is told."""
    if tells_a_fact(turn.case, event):
        turn.happened("done-after-all")
        aside.put(turn, f"done-after-all@{turn.case.events}", "done-after-all", "official")
    else:
        turn.happened("refused", "stale-task")


def tells_a_fact(case: Case, event: Word) -> bool:
    """Tell whether a word on a void task says that a row of the ended request was done in AMS: on a task beside it, it only ends that task."""
    return event.outcome == "done" and case.ending in ENDINGS and not aside.is_beside(event.task)


def _in_time(turn: Turn) -> bool:
    closed = turn.case.closed
    return closed is not None and turn.now <= turn.calendar.add(closed, turn.sop.waiting.reopen)


def _row_to_reopen(turn: Turn) -> str | None:
    """Return the row to which new documents belong; None where the request was fulfilled, unless its ending says where it is opened again."""
    step = turn.step
    if turn.case.holder_says is False:
        return None  # what the holder denied begins anew, with the holder asked again
    if turn.case.ending not in ENDINGS:
        return step.reopens
    if step.kind in {"needs", "ams", "ask"}:
        return step.id
    back = step.target("incomplete") or turn.sop.opens.letter
    return back if back in turn.sop.steps else None


def _reopen(turn: Turn, row: str, documents: tuple[CaseDocument, ...], text: str) -> None:
    turn.happened("reopened")
    turn.change(ending=None, closed=None, rounds=0, state=State.APPLICANT)
    evidence.take_in(turn, documents, text)
    if turn.sop.steps[row].kind == "ams":
        rows.arrive(turn, row, by="reopened")
        evidence.look(turn, note="reopened")
        turn.tell("step-noted")
    else:
        rows.enter(turn, row, by="reopened")
        if not turn.told and turn.case.state is not State.CHILD:  # there, the child's own letter tells
            turn.tell("documents-added" if documents else "request-status")
