"""The applicant's words. They count only with proof of the address, which the caller has."""

from collections.abc import Callable

from rules.case import State
from rules.events import Confirmed, Said
from rules.needs import HOLDER
from rules.turns import aside, desk, evidence, family, promise, rows, telling
from rules.turns.turn import Turn

_OFFICES = frozenset({State.OFFICER, State.OFFICIAL})
_Answer = Callable[[Turn, Said], None]


def said(turn: Turn, event: Said) -> None:
    """Hear a word on an open case. A word nobody waits for is read as the sentence it is."""
    answer = _ANSWERS.get(event.word)
    if turn.is_applicants and turn.step.asks and event.word in turn.step.words:
        _answer(turn, event)
    elif answer is None:
        evidence.supplied(turn, event.documents, f"{event.word} {event.text}".strip())
    else:
        answer(turn, event)


def confirmed(turn: Turn, event: Confirmed) -> None:
    """The holder speaks for themselves where somebody else wrote for them: yes goes on, no ends it whenever it comes, else a person reads it."""
    if turn.case.state is State.CLOSED or not turn.case.holder_address:
        turn.happened("confirmed", "nothing was waited for")
    elif event.theirs is None:
        _in_other_words(turn)
    elif not event.theirs:
        _denied(turn) if turn.sop.opens.holder == "confirms" else _objected(turn)
    elif turn.case.holder_says:
        turn.happened("confirmed", "known already")
    else:
        turn.change(holder_says=True)
        turn.write("holder", "holder-noted", {"theirs": ("yes",)})
        turn.happened("confirmed", "by the holder")
        if turn.is_applicants and turn.step.kind == "needs" and not telling.judge(turn).missing:
            rows.leave(turn, "complete")


def _in_other_words(turn: Turn) -> None:
    """A sentence of the holder's is read by an officer before a word that has no effect yet gets one; where BENAR is waited for, it is asked again."""
    turn.happened("holder-wrote")
    if turn.case.state in _OFFICES:
        turn.take_back("holder-wrote")
    if not aside.put_or_add(turn, "holder", "holder-wrote", "officer"):
        return
    if HOLDER in telling.judge(turn).missing:
        turn.write("holder", "holder-asked", {"again": ("yes",)})
    else:
        turn.write("holder", "holder-noted", {"wrote": ("yes",)})


def _objected(turn: Turn) -> None:
    """The holder was told and says no: who decides decides anew, knowing it; what is done already is looked into."""
    known = turn.case.holder_says is False
    turn.change(holder_says=False)
    turn.happened("objected", "the holder says that the request is not theirs")
    turn.write("holder", "holder-noted", {"objects": ("yes",)})
    if known or turn.case.committed or turn.case.state not in _OFFICES:
        aside.put_or_add(turn, "holder", "holder-objects", "officer")
        return
    turn.close_task("the holder objects")
    turn.change(approvals=(), evidence=turn.case.evidence + 1)
    desk.put_before_person(turn, note="holder-objects")


def _denied(turn: Turn) -> None:
    """Nobody's request goes on against the holder: it ends, the writer is told, an officer looks into it; past the point of no return, at once."""
    turn.change(holder_says=False)
    turn.happened("denied", "the holder says that the request is not theirs")
    turn.write("holder", "holder-noted")
    aside.put(turn, f"denied@{turn.case.events}", "denied", "officer")
    if turn.case.committed:
        turn.tell("cancellation-too-late")
        return
    turn.tell("request-denied", key=turn.entry("denied"))
    rows.end(turn, "cancelled")


def _answer(turn: Turn, event: Said) -> None:
    """A word of the row itself."""
    evidence.take_in(turn, event.documents, event.text)
    turn.happened(event.word)
    rows.answer(turn, event.word)


def _status(turn: Turn, event: Said) -> None:
    if evidence.repeats(turn, event.documents) or not _brings(turn, event):
        turn.happened("status")
        missing = telling.judge(turn).missing if turn.is_applicants and turn.step.kind == "needs" else ()
        turn.tell("request-status", drafts=telling.drafts_of(turn, missing) if missing else ())


def _thanks(turn: Turn, event: Said) -> None:
    if not _brings(turn, event):
        turn.happened("thanks", "filed")


def _promise(turn: Turn, event: Said) -> None:
    """What will be sent or done is waited for anew, once in a row, and acknowledged with until when; it calls nobody."""
    if _brings(turn, event):
        return
    turn.happened("promised")
    if turn.case.facts.get("promised") != turn.place:
        turn.change(facts={**turn.case.facts, "promised": turn.place})
        alarm = turn.case.alarm if turn.is_applicants else None
        closes = alarm is not None and turn.step.kind != "ams"  # there an officer looks in the end
        until = promise.closes_at(turn, alarm.round - 1).isoformat() if alarm is not None and closes else ""
        turn.tell("promise-noted", {"closes": (until,)} if until else {})
        if alarm is not None:
            promise.remind_next(
                turn, alarm.round
            )  # the reminder that would have come next is counted from now


def _automatic(turn: Turn, event: Said) -> None:
    """Words of a machine without its mark: nobody is answered (RFC 3834), and a person sees that it came."""
    if _brings(turn, event):
        return
    turn.happened("automatic")
    aside.put_or_add(turn, "help", "automatic", "officer")


def _confirm(turn: Turn, event: Said) -> None:
    """BENAR: what was sent stands, where an officer asked for something; else nothing that changes the case."""
    if _brings(turn, event):
        return
    asked = turn.case.asked or turn.case.asked_text
    if turn.is_applicants and turn.step.kind == "needs" and asked and not telling.judge(turn).missing:
        evidence.take_in(turn, (), event.text.strip() or event.word)
        turn.happened("confirmed")
        rows.leave(turn, "complete")
    else:
        turn.happened("confirmed")


def _brings(turn: Turn, event: Said) -> bool:
    """A word that changes nothing may still come with documents; then they are what counts."""
    if not event.documents:
        return False
    evidence.supplied(turn, event.documents, event.text)
    return True


def _finished(turn: Turn, event: Said) -> None:
    """SUDAH: the step in AMS is said to be done; an officer looks there."""
    if turn.is_applicants and turn.step.kind == "ams":
        evidence.take_in(turn, event.documents, event.text)
        turn.happened("finished")
        evidence.look(turn, note="finished")
        turn.tell("step-noted")
    elif event.documents or turn.is_applicants:
        evidence.supplied(turn, event.documents, event.text)
    else:
        turn.happened("finished", "an officer looks already")
        turn.tell("request-status")


def _problem(turn: Turn, event: Said) -> None:
    """KENDALA: a person helps. What came with it is evidence all the same."""
    _file(turn, event)
    turn.happened("help")
    aside.want_person(turn, "help")


def _complaint(turn: Turn, event: Said) -> None:
    family.complain(turn, event.documents, event.text)


def _cancel(turn: Turn, event: Said) -> None:
    """BATAL: at once in the applicant's turn, a wish while somebody decides, too late after the point of no return."""
    _file(turn, event, onward=False)
    if turn.case.committed:
        turn.happened("too-late")
        turn.tell("cancellation-too-late")
        aside.want_person(turn, "cancel-too-late")
    elif turn.is_applicants or turn.case.state is State.CHILD:
        turn.happened("cancelled")
        rows.end(turn, "cancelled")
        turn.tell("request-cancelled", key=turn.entry("cancelled"))
    else:
        turn.happened("cancel-wished")
        if turn.case.wish is None:
            turn.change(wish=event.text.strip() or event.word)
            turn.take_back("cancel-wished")
            turn.write(
                "officers",
                "task-cancellation-wished",
                {"text": (event.text.strip(),) if event.text.strip() else ()},
            )
        turn.tell("cancellation-noted")


def _file(turn: Turn, event: Said, *, onward: bool = True) -> None:
    """File what came with a word that asks for something else: quietly, but never past an open task."""
    if not evidence.take_in(turn, event.documents, event.text):
        return
    if turn.case.state in {State.OFFICER, State.OFFICIAL}:
        evidence.renew_task(turn)
    elif onward and turn.step.kind == "needs" and not telling.judge(turn).missing:
        rows.leave(turn, "complete")


_ANSWERS: dict[str, _Answer] = {
    "status": _status,
    "thanks": _thanks,
    "promise": _promise,
    "automatic": _automatic,
    "confirm": _confirm,
    "finished": _finished,
    "problem": _problem,
    "complaint": _complaint,
    "cancel": _cancel,
}
