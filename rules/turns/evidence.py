"""What the applicant sends: documents that a row can use are evidence, bare words and duplicates are none (no token void, no clock moved).

Under an open task anything else that came is filed and shown to an officer beside it.
"""

from collections.abc import Callable, Sequence

from rules.case import CaseDocument, Person, State
from rules.follows import letter_follows
from rules.hearing.replies import reply, speaks
from rules.needs import counts, is_evidence, need_served
from rules.step import LETTER
from rules.temper import is_upset
from rules.turns import aside, desk, holder, priority, promise, rows, telling
from rules.turns.turn import Turn

_KEPT_TEXT = 8000
_PATIENCE = 2
"""Letters in one row that bring nothing, before a person is asked to help."""


def supplied(turn: Turn, documents: tuple[CaseDocument, ...], text: str) -> None:
    """Take in a letter without a keyword while the case is open."""
    if reply(text).name == "denies":
        _denied(turn, documents, text)
        return
    if turn.case.state is State.CHILD:
        _beside_child(turn, documents, text)
        return
    before = set(telling.judge(turn).missing)
    known = len(turn.case.documents)
    fresh = take_in(turn, documents, text)
    useful = before > set(telling.judge(turn).missing) or any(
        each.need and each.facts.kind != "unreadable" for each in turn.case.documents[known:]
    )
    words = bool(text.strip()) and (not documents or speaks(text))
    if not turn.is_applicants:
        _beside_task(turn, fresh=fresh, more=turn.case.documents[known:], words=words)
    elif turn.step.asks or turn.step.kind == "ask":
        _towards_answer(turn, fresh=fresh, text=text)
    elif not fresh and not turn.case.urgent and (words or "?" in text or is_upset(text)):
        turn.happened("wrote")
        aside.want_person(turn, "wrote")  # no list of documents answers what somebody says
    elif turn.step.kind == "ams":
        _in_ams(turn, fresh=fresh)
    else:
        _towards_complete(turn, fresh=fresh, useful=useful, words=words)


def _denied(turn: Turn, documents: tuple[CaseDocument, ...], text: str) -> None:
    """Whoever says that they asked for nothing is heard before anything goes on: a person reads it, and a word without effect yet is taken back."""
    take_in(turn, documents, text)
    turn.happened("disowned")
    if turn.case.state in {State.OFFICER, State.OFFICIAL}:
        turn.take_back("disowned")
    aside.want_person(turn, "disowned")


def take_in(turn: Turn, documents: tuple[CaseDocument, ...], text: str) -> bool:
    """File documents that were not there yet, and the words; return whether there is new evidence.

    In the applicant's turn every paper is, for an officer may have asked for anything.
    """
    known = {each.facts.digest for each in turn.case.documents}
    kept = list(turn.case.documents)
    later = letter_follows(text)
    for each in documents:
        if is_evidence(each.facts) and each.facts.digest not in known:
            known.add(each.facts.digest)
            new = each.model_copy(update={"beside": each.beside or (later and each.unread)})
            kept.append(new.model_copy(update={"need": each.need or need_served(turn.sop, kept, new)}))
    new_ones = kept[len(turn.case.documents) :]
    fresh = any(
        counts(turn.sop, each) or (turn.is_applicants and not each.facts.doubtful) for each in new_ones
    )
    if not new_ones:
        turn.repeated = tuple(each.facts.name for each in documents if each.facts.digest in known)
    turn.change(documents=tuple(kept), evidence=turn.case.evidence + fresh)
    if text.strip():
        turn.change(text=f"{turn.case.text}\n\n{text.strip()}".strip()[-_KEPT_TEXT:])
    if new_ones and turn.sop.persons == "many":
        turn.change(persons=_persons(new_ones) or turn.case.persons)
    holder.meet(turn)
    priority.weigh(turn)
    return fresh


def repeats(turn: Turn, documents: Sequence[CaseDocument]) -> bool:
    """Whether documents came, and all of them are there already; the letter then says so."""
    known = {each.facts.digest for each in turn.case.documents}
    again = tuple(each.facts.name for each in documents if each.facts.digest in known)
    if not documents or len(again) < len(documents):
        return False
    turn.repeated = again
    return True


def _persons(documents: Sequence[CaseDocument]) -> tuple[Person, ...]:
    """Those whom the newest of these letters that lists any names, numbered as it lists them."""
    listing = next((each.facts.persons for each in reversed(documents) if each.facts.persons), ())
    return tuple(
        Person(number=number, name=each.name, nip=each.nip, note=each.note)
        for number, each in enumerate(listing, 1)
    )


def renew_task(turn: Turn) -> None:
    """New evidence under an open task: another task, old tokens void, approvals begin anew, the promise goes on."""
    turn.close_task("the evidence has changed")
    turn.change(approvals=())
    desk.put_before_person(turn, note="evidence-changed")


def look(turn: Turn, note: str) -> None:
    """Put a row in AMS before an officer: the applicant says it is done, or says nothing."""
    turn.close_task("put before an officer")
    turn.change(state=State.OFFICER)
    promise.go_on(turn)
    desk.put_before_person(turn, note=note)


def _towards_complete(turn: Turn, *, fresh: bool, useful: bool, words: bool) -> None:
    """Documents towards a complete request; after KURANG a new document completes it again, and words go to a person."""
    asked = bool(turn.case.asked or turn.case.asked_text)
    hurried = bool(turn.case.urgent) and not asked
    if hurried or ((fresh or not asked) and not telling.judge(turn).missing):
        rows.leave(turn, "complete")
    elif asked and words:
        turn.happened("wrote")
        aside.want_person(turn, "wrote")  # a promise to send it is not the correction
    elif useful or (fresh and words):
        turn.happened("supplied")
        turn.change(unclear=0)
        telling.ask(turn)
        promise.remind_next(turn, 0)
        if words:
            aside.want_person(
                turn, "wrote"
            )  # what is asked beside a paper is not answered by a list of papers
    else:
        _not_understood(turn, telling.ask)


def _towards_answer(turn: Turn, *, fresh: bool, text: str) -> None:
    """A letter where a word is waited for: it answers where the row says so; documents that are wanted answer too; else a person reads it."""
    if turn.step.needs and not telling.judge(turn).missing:
        turn.happened("supplied")
        rows.leave(turn, "complete")
    elif LETTER in turn.step.outcomes and (fresh or text.strip()):
        turn.happened("letter")
        rows.answer(turn, LETTER)
    elif text.strip():
        turn.happened("wrote")
        aside.want_person(turn, "wrote")
    else:
        _not_understood(turn, telling.pose)


def _in_ams(turn: Turn, *, fresh: bool) -> None:
    if fresh:
        turn.happened("supplied")
        look(turn, note="evidence-changed")
        turn.tell("step-noted")
    else:
        _not_understood(turn, telling.instruct)


def _not_understood(turn: Turn, repeat: Callable[[Turn], None]) -> None:
    """Say again what is waited for; who keeps writing, or sending what cannot be opened, without getting on gets a person."""
    turn.change(unclear=turn.case.unclear + 1)
    turn.happened("not-understood")
    if turn.case.unclear >= _PATIENCE:
        aside.want_person(turn, "unopened" if telling.cannot_open(turn) else "help")
    else:
        repeat(turn)


def _beside_child(turn: Turn, documents: tuple[CaseDocument, ...], text: str) -> None:
    """Take in what belongs to nobody's turn while a child is waited for: filed, and words are read by a person."""
    known = len(turn.case.documents)
    take_in(turn, documents, text)
    filed = len(turn.case.documents) > known
    turn.happened("supplied" if filed else "wrote")
    if text.strip() or not filed:
        aside.want_person(turn, "wrote")
    else:
        turn.tell("documents-added")


def _beside_task(turn: Turn, *, fresh: bool, more: Sequence[CaseDocument], words: bool) -> None:
    """A letter while a person decides: evidence renews the task, anything else goes to a person, a repetition is answered with the state."""
    if fresh:
        turn.happened("evidence-changed")
        renew_task(turn)
        turn.tell("documents-added")
    elif more:
        turn.happened("sent-more")
        aside.put_or_add(turn, "sent", "sent-more", "officer")
        turn.tell("documents-added")
    elif words:
        turn.happened("wrote")
        aside.want_person(turn, "wrote")
    else:
        turn.happened("repeated")
        turn.tell("request-status")
