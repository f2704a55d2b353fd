"""A message of a person who is no officer: part of a case, a new request, something to be confirmed, or nothing of ours.

What is not proven to belong to a case (`whose.py`) but claims to come from its applicant is held, and the applicant is asked at the case's
own address; the writer learns nothing.
"""

from collections.abc import Iterable

from mailflow import bystanders, cases, dangers, engine, held, invited, notified, obscure, proofs, threads
from mailflow.dossier import Matter
from mailflow.family import root_of, whose_turn
from mailflow.letters import notices, sorting
from mailflow.letters.answers import Answer
from mailflow.letters.case import holders
from mailflow.openings import documents_of, file, open_request, tell_of_secrets
from mailflow.persons import by_person
from mailflow.store.tables import CaseRow, MessageRow, MessageState
from mailflow.trust.authentication import authenticate
from mailflow.whose import (
    by_letters,
    claimed_case,
    concerning,
    is_of_another_service,
    other_persons,
    proven_case,
    same_request,
    upset_about,
    waits_for_it,
)
from mailflow.work import Work
from parsers.facts import MessageFacts
from rules.case import Case, CaseDocument, State
from rules.events import Said, Supplied
from rules.hearing import said as hearing
from rules.load import Rules
from rules.match import match, requests_in, worried
from rules.step import Step
from rules.words import YES_WORDS

NOTHING_NEW, UNPROVEN = "nothing new", "complaint, unproven"
"""What the ledger says of mail without proof that asked only where a request stands, or complained about it."""


_REFUTED = (
    "Pengirimnya memakai alamat pemohon, tetapi TIDAK LOLOS pemeriksaan keaslian; mungkin dipalsukan, mungkin servernya salah diatur. Isinya belum kami gunakan: mohon pastikan kepada pemohon dengan cara lain, misalnya telepon.",
    "It bears the applicant's address, but FAILED authentication: it may be forged, or the server be set up wrongly. Nothing of it has been used: please ask the applicant by other means, by telephone for example.",
)


def handle(work: Work, message: MessageRow, facts: MessageFacts) -> str:
    """Work off the message; return the reason for the ledger."""
    if facts.sender is None:
        return obscure.nameless(work, message, facts)
    if facts.unread:
        return obscure.unread(
            work, message, facts, proven_case(work, message, facts) or claimed_case(work, facts)
        )
    if sop := dangers.told_in(work, message, facts):
        return _danger(work, message, facts, sop)
    return _belonging(work, message, facts)


def _belonging(work: Work, message: MessageRow, facts: MessageFacts) -> str:
    """By what it answers: our letter to somebody who is no applicant yet, a request of the writer's, somebody else's, nothing."""
    if answered := invited.answer(work, message, facts):
        return answered
    if proven := proven_case(work, message, facts):
        reason = _proven(work, message, facts, proven)
        if reason is not None:
            return reason
    elif theirs := bystanders.conversation(work, facts):
        return bystanders.handle(work, message, facts, theirs) or _unclaimed(work, message, facts)
    elif about_notice := notified.handle(work, message, facts):
        return about_notice
    elif claimed := claimed_case(work, facts):
        return _hold(work, message, facts, claimed)
    return _unclaimed(work, message, facts)


def _danger(work: Work, message: MessageRow, facts: MessageFacts, sop: str) -> str:
    """Open the urgent request that an answer asks for by its words, or tell the one that is open; what else came goes where it belongs."""
    words, theirs = facts.model_copy(update={"documents": ()}), bystanders.conversation(work, facts)
    again = same_request(work, words, sop)
    if again is None and proofs.is_refuted(work, message, facts):
        return obscure.refuted(work, message, facts)
    if again is None:
        opened = open_request(work, message, words, work.office.rules.sops[sop])
        done = [f"opened {opened.ticket}{dangers.TOLD}"]
    elif proven_case(work, message, facts) is not None:
        done = [_continue(work, message, words, again) or "filed"]
    else:
        return _belonging(work, message, facts)
    if theirs is not None:
        done += filter(None, [bystanders.handle(work, message, facts, theirs)])
    elif facts.documents:
        done.append(_belonging(work, message, facts.model_copy(update={"new_text": ""})))
    return "; ".join(done)


def _proven(work: Work, message: MessageRow, facts: MessageFacts, case: CaseRow) -> str | None:
    """In the thread of one person's request, another person's papers are that person's request: papers never melt together."""
    if is_of_another_service(work, facts, case):
        return _elsewhere(work, message, facts)
    parts = by_person(facts, cases.sop_of(work, case.sop_digest, case.sop))
    if len(parts) > 1:
        return "; ".join(filter(None, (_proven(work, message, each, case) for each in parts))) or None
    if case.state == State.CLOSED and facts.documents and (waiting := waits_for_it(work, facts)):
        return _continue(work, message, facts, waiting)  # people answer whatever mail is at hand
    others = other_persons(work, facts, case)
    if not others:
        return _continue(work, message, facts, case)
    for row in cases.open_cases_of(work, facts.sender.address if facts.sender else ""):
        if row.sop == case.sop and row.person_key in others:
            return _continue(work, message, facts, row)
    found = match(facts, work.office.rules.sops)
    sop = work.office.rules.sops.get(found.sop or case.sop)
    return f"opened {open_request(work, message, facts, sop).ticket}" if sop else None


def _elsewhere(work: Work, message: MessageRow, facts: MessageFacts) -> str | None:
    """Papers of another service: to the request of theirs that is open, else a request of its own. The writer is proven."""
    done = []
    parts = by_letters(work, facts)
    for sop, documents in parts.items():
        part = facts.model_copy(update={"documents": documents})
        again = same_request(work, part, sop)
        if again is not None:
            done.append(_continue(work, message, part, again) or "filed")
        else:
            done.append(f"opened {open_request(work, message, part, work.office.rules.sops[sop]).ticket}")
    if not parts and (waiting := waits_for_it(work, facts)):
        done.append(_continue(work, message, facts, waiting) or "filed")
    return "; ".join(done) or None


def _unclaimed(work: Work, message: MessageRow, facts: MessageFacts) -> str:
    """A message that belongs to no case: a new request, the same one again, or nothing of ours."""
    if threads.answers_somebody_else(work, facts, message.sender_key):
        facts = facts.model_copy(update={"subject": ""})  # it is that person's, not this writer's
    elif invited.is_answer(work, facts):
        facts = facts.model_copy(update={"subject": ""})  # it is ours
    several = requests_in(facts, work.office.rules.sops)
    if len(several) > 1:
        parts = ((sop, facts.model_copy(update={"documents": each})) for sop, each in several.items())
        return _open_each(work, message, facts, parts)
    found = match(facts, work.office.rules.sops)
    if found.sop is None:
        return _without_service(work, message, facts, "; ".join(found.reasons) or "fits no SOP")
    persons = by_person(facts, work.office.rules.sops[found.sop])
    return _open_each(work, message, facts, ((found.sop, each) for each in persons))


def _without_service(work: Work, message: MessageRow, facts: MessageFacts, reason: str) -> str:
    """What asks for no service: of an open request of theirs, about somebody's, or for a person to read; a fear is put before one at once."""
    if waiting := waits_for_it(work, facts):
        return _of_theirs(work, message, facts, waiting)
    if theirs := upset_about(work, facts):
        return _upset(work, message, facts, theirs)
    if about := concerning(work, facts):
        return _hold(work, message, facts, about)
    if work.office.config.intake.unmatched == "sort" or worried(facts, work.office.rules.sops):
        message.listed = notices.to_sort(work, message, facts)
    return _leave(message, reason)


def _of_theirs(work: Work, message: MessageRow, facts: MessageFacts, case: CaseRow) -> str:
    """A new mail that belongs to an open request of its address, though it answers no letter of ours."""
    if authenticate(facts, work.office.config).passed:
        return _continue(work, message, facts, case) or "filed"
    return _hold(work, message, facts, case)


def _open_each(
    work: Work, message: MessageRow, facts: MessageFacts, parts: Iterable[tuple[str, MessageFacts]]
) -> str:
    """Requests in one mail, each with its own letters; one that is under way already gets what belongs to it."""
    done: list[str] = []
    for sop, part in parts:
        again = same_request(work, part, sop)
        if again is None and not part.documents and proofs.is_refuted(work, message, facts):
            done.append(obscure.refuted(work, message, facts))
            break
        if again is None:
            done.append(f"opened {open_request(work, message, part, work.office.rules.sops[sop]).ticket}")
        elif authenticate(facts, work.office.config).passed:
            done.append(_continue(work, message, part, again) or "filed")
        else:
            done.append(_hold(work, message, facts, again))
            break
    return "; ".join(done)


def _continue(work: Work, message: MessageRow, facts: MessageFacts, case: CaseRow) -> str | None:
    """Let the message happen to its case; None when it is a letter of its own, too late to reopen the old one."""
    case, event = _for_whom(work, message, facts, case)
    if _ends_it(event) and not proofs.is_certain(work, message, facts):
        return _hold(work, message, facts, case)
    if isinstance(event, Said) and event.word == "complaint" and sorting.complaints_are_many(work, case):
        return _one_more(work, message, case)
    message.case_id = case.id
    file(message)
    decision = engine.happen(work, case, event, actor="applicant", message_id=message.id)
    if decision.event == "new-case":
        message.case_id = None
        return None
    if isinstance(event, Said) and event.word == "confirm":
        held.release(work, facts, case)
    tell_of_secrets(Answer(Matter.of(work, case), message, facts))
    return f"{case.ticket}: {decision.event}"


def _ends_it(event: Said | Supplied) -> bool:
    """Whether a word cannot be taken back: then an answer that no server vouches for is asked about first, at the applicant's own address."""
    return isinstance(event, Said) and event.word == "cancel"


def _event(work: Work, message: MessageRow, facts: MessageFacts, case: CaseRow) -> Said | Supplied:
    sop = cases.sop_of(work, case.sop_digest, case.sop)
    step = None if case.state == State.CLOSED else sop.steps.get(case.step)
    return heard(work, facts, documents_of(message, facts), step)


def heard(
    work: Work, facts: MessageFacts, documents: tuple[CaseDocument, ...], step: Step | None
) -> Said | Supplied:
    """Return what a message says to a case that stands in this row."""
    if facts.reaction:
        return Said(word="thanks", text=facts.reaction)
    words = {"confirm": YES_WORDS} if held.is_answered(work, facts) else None
    return hearing.heard(facts.new_text, facts.below_text, documents, step, words)


def _for_whom(
    work: Work, message: MessageRow, facts: MessageFacts, case: CaseRow
) -> tuple[CaseRow, Said | Supplied]:
    """The case of the family whose turn it is, and what the message says to it; BATAL and PENGADUAN are about the request as a whole."""
    turn = whose_turn(work, case)
    event = _event(work, message, facts, turn)
    root = root_of(work, turn)
    if isinstance(event, Supplied) and not event.documents and complains(work.office.rules, facts, turn.sop):
        event = Said(word="complaint", text=event.text)
    if isinstance(event, Said) and event.word in {"cancel", "complaint"} and root.state != State.CLOSED:
        return root, event
    return turn, event


def complains(rules: Rules, facts: MessageFacts, sop: str) -> bool:
    """Whether words without the keyword complain about a request of this SOP."""
    found = rules.sops.get(match(facts, rules.sops).sop or "")
    return found is not None and bool(found.opens.linked) and sop != found.id


def _hold(work: Work, message: MessageRow, facts: MessageFacts, case: CaseRow) -> str:
    """Use nothing of it: ask the applicant at the case's address, or show an officer what a third person wrote."""
    matter = Matter.of(work, case)
    answer = Answer(matter, message, facts)
    sender = facts.sender.address.lower() if facts.sender else ""
    if sender and sender == matter.case.holder_address.lower():
        return invited.of_holder(work, message, facts, case)
    if sender != matter.case.address.lower():
        message.listed = answer.to_staff(holders(matter))
        shown = "shown to an officer" if message.listed else "in the next daily list"
        return _leave(message, f"names {case.ticket} but is not from its applicant; {shown}")
    if held.is_answered(work, facts):
        return _refuted(answer, case)
    message.case_id = case.id
    file(message)
    event = _event(work, message, facts, case)
    if _tells_nothing_new(event, matter.case):
        again = Said(word="status", documents=event.documents)
        engine.happen(work, case, again, actor="applicant", message_id=message.id)
        return f"{case.ticket}: {NOTHING_NEW}; told where it stands, at its own address"
    about, event = _for_whom(work, message, facts, case)
    if isinstance(event, Said) and event.word == "complaint":
        return _complaint(work, message, event, about)
    how = ("", "; in the next daily list") if not held.ask(answer) else ("held: ", "")
    return f"{how[0]}claims to be the applicant of {case.ticket}, which is not proven{how[1]}"


def _refuted(answer: Answer, case: CaseRow) -> str:
    """An answer to our question by a sender who fails authentication: to ask the same way again would be answered alike, so a person reads it."""
    matter, message = answer.matter, answer.message
    note = _REFUTED[matter.office.config.department.language == "en"]
    message.listed = answer.to_staff(holders(matter), note=note)
    shown = "shown to an officer" if message.listed else "in the next daily list"
    return _leave(
        message, f"answers our question about {case.ticket}, but its sender failed authentication; {shown}"
    )


def _upset(work: Work, message: MessageRow, facts: MessageFacts, case: CaseRow) -> str:
    """Angry words in a mail of its own: a person reads them, as a complaint about the request where the writer is not proven."""
    if authenticate(facts, work.office.config).passed:
        return _continue(work, message, facts, case) or "filed"
    if cases.sop_of(
        work, case.sop_digest, case.sop
    ).opens.linked:  # a complaint itself: more of it is held until it is proven
        return _hold(work, message, facts, case)
    file(message)
    return _complaint(work, message, Said(word="complaint", text=facts.new_text.strip()), root_of(work, case))


def _complaint(work: Work, message: MessageRow, event: Said, case: CaseRow) -> str:
    """A complaint asks for no proof: anybody may complain, it changes nothing in the request, and answers go to the request's own address."""
    if sorting.complaints_are_many(work, case):
        return _one_more(work, message, case)
    message.case_id = case.id
    engine.happen(work, case, event, actor="applicant", message_id=message.id)
    return f"{case.ticket}: {UNPROVEN}, answered at its own address"


def _one_more(work: Work, message: MessageRow, case: CaseRow) -> str:
    """One complaint more than a day's: officers read it in their list, and the answer says where the request stands."""
    message.case_id = case.id
    engine.happen(work, case, Said(word="status"), actor="applicant", message_id=message.id)
    return _leave(message, f"{case.ticket}: one more complaint; in the next daily list")


def _tells_nothing_new(event: Said | Supplied, case: Case) -> bool:
    """A question where it stands, or the same documents again: harmless, whoever wrote it, since only the applicant is answered."""
    if isinstance(event, Said) and event.word == "status" and not event.documents:
        return True
    known = {each.facts.digest for each in case.documents}
    sent = {each.facts.digest for each in getattr(event, "documents", ())}
    return isinstance(event, Supplied) and bool(sent) and sent <= known


def _leave(message: MessageRow, reason: str) -> str:
    message.state, message.place, message.placed = MessageState.UNMATCHED, "inbox", True
    return reason
