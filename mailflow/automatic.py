"""Automatic mail that no header betrays: what a letter of ours alone could have brought about.

Debian's `vacation`, and scripts like it, write no header of an automatic reply. But they answer the path by which our letter returns
(`layanan+b.…@`), which no person sees, or repeat our subject with its number behind words of absence. Such mail is never answered, and it is
no word of anybody. Should a person have written it after all, what must not be lost is put before a person: papers, words that ask for
something, a danger.
"""

from mailflow import cases, returns
from mailflow.dossier import Matter
from mailflow.letters import notices
from mailflow.letters.answers import Answer
from mailflow.letters.case import holders
from mailflow.store.tables import CaseRow, MessageRow, MessageState
from mailflow.tickets import find_tickets
from mailflow.work import Work
from parsers.facts import DocumentFacts, MessageFacts, Origin
from parsers.origin import is_away_subject
from rules.match import feared
from rules.words import applicant_word

BY_PATH = "it answers the return path of a letter of ours"
BY_SUBJECT = "words of absence before the number of a request"
_NO_LETTERS = frozenset({"other", "unreadable"})
_MAY_BE_AUTOMATIC = frozenset({"person", "list"})
_NOTE = {
    "id": "E-mail ini tampak seperti balasan otomatis, tetapi membawa berkas atau meminta sesuatu; mungkin ditulis orang. Isinya belum kami gunakan.",
    "en": "This e-mail looks like an automatic reply, but it brings files or asks for something; a person may have written it. Nothing of it has been used.",
}


def recognised(work: Work, facts: MessageFacts) -> MessageFacts:
    """Return the facts with the origin of an automatic reply where only that can have written the message."""
    if facts.origin.kind not in _MAY_BE_AUTOMATIC:
        return facts
    if returns.by_path(work.session, facts) is not None:
        reason = BY_PATH
    elif is_away_subject(facts.subject) and _numbered(work, facts) is not None:
        reason = BY_SUBJECT
    else:
        return facts
    return facts.model_copy(update={"origin": Origin(kind="auto-reply", reason=reason)})


def show(work: Work, message: MessageRow, facts: MessageFacts) -> str:
    """Put an automatic reply before a person where one may have written it; return the ledger's reason, "" where it is filed silently."""
    if facts.origin.kind != "auto-reply":
        return ""
    case = _answered(work, facts)
    papers = _news(facts, case)
    if not _asks(work, facts) and not papers:
        if case is not None and case.address_key == message.sender_key:
            message.case_id = case.id
        return ""
    message.state, message.place, message.placed = MessageState.UNMATCHED, "inbox", True
    if _is_soft(facts) or any(each.kind not in _NO_LETTERS for each in papers):
        message.listed = _shown(work, message, facts, case)
    shown = "shown to officers" if message.listed else "in the next daily list"
    return f"auto-reply: {facts.origin.reason}; {shown}, a person may have written it"


def _shown(work: Work, message: MessageRow, facts: MessageFacts, case: CaseRow | None) -> bool:
    note = _NOTE["en" if work.office.config.department.language == "en" else "id"]
    if case is None:
        return notices.to_sort(work, message, facts, note=note)
    matter = Matter.of(work, case)
    return Answer(matter, message, facts).to_staff(holders(matter), note=note)


def _is_soft(facts: MessageFacts) -> bool:
    """Whether no header of its own says that it is automatic."""
    return facts.origin.reason in {BY_PATH, BY_SUBJECT}


def _asks(work: Work, facts: MessageFacts) -> bool:
    """Whether it says what no responder says."""
    if not _is_soft(facts):
        return False
    if applicant_word(facts.new_text).outcome not in {None, "thanks"}:
        return True
    return bool(feared(facts.model_copy(update={"subject": ""}), work.office.rules.sops))


def _news(facts: MessageFacts, case: CaseRow | None) -> list[DocumentFacts]:
    """The papers it brings; those of the request itself come back where a responder attaches what it answers."""
    known = {each.facts.digest for each in cases.value_of(case).documents} if case is not None else set()
    return [each for each in facts.documents if each.digest not in known]


def _answered(work: Work, facts: MessageFacts) -> CaseRow | None:
    """The request whose letter it answers, else whose number stands in its subject."""
    letter = returns.by_path(work.session, facts)
    if letter is not None and letter.case_id:
        return work.session.get(CaseRow, letter.case_id)
    return _numbered(work, facts)


def _numbered(work: Work, facts: MessageFacts) -> CaseRow | None:
    tickets = find_tickets(facts.subject, work.office.config.department.ticket_prefix)
    return next((row for each in tickets if (row := cases.by_ticket(work.session, each))), None)
