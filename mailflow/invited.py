"""Answers to letters that asked somebody who is no applicant yet: an expiry notice, and the holder for whom somebody else wrote.

Both count by receipt: our letter went to this very address, and its Message-ID cannot be guessed. It travels with Cc and forwards, though,
so it lets nobody answer whose address is refuted; a person reads what they write.
"""

from sqlmodel import col, select

from mailflow import cases, engine
from mailflow.certificates import registry
from mailflow.dossier import Matter
from mailflow.letters import notices
from mailflow.letters.answers import Answer
from mailflow.letters.case import HOLDER_ASKED, HOLDER_NOTED, HOLDER_TOLD, holders
from mailflow.openings import file, open_request
from mailflow.store.tables import CaseRow, MessageRow, MessageState, OutboxRow
from mailflow.trust.authentication import authenticate
from mailflow.work import Work
from parsers.facts import MessageFacts
from rules.case import State
from rules.events import Confirmed, Said
from rules.hearing.replies import QUIET
from rules.hearing.said import heard, is_quiet
from rules.match import match
from rules.sop import Sop
from rules.words import YES_WORDS, applicant_word

NOTICE = "applicant-certificate-expiring"
"""The letter that says that a certificate expires."""
COPY = "unit-certificate-expiring"
"""The letter that tells so to the contact of the holder's unit."""
_REFUTED = (
    "E-mail ini menjawab pemberitahuan kami tentang sertifikat, tetapi alamat pengirimnya TIDAK LOLOS pemeriksaan keaslian; mungkin dipalsukan.",
    "This e-mail answers our notice about a certificate, but its sender address FAILED authentication; it may be forged.",
)
_UNSURE = (
    "E-mail ini menjawab pemberitahuan kami bahwa sertifikat pengirimnya akan berakhir, dan maksudnya belum pasti. Pemberitahuan berikutnya tetap dikirim.",
    "This e-mail answers our notice that the sender's certificate expires, and what it means is not certain. Further notices go on.",
)
_HOLDERS_WORDS = {
    "theirs": YES_WORDS,
    "denied": ("BUKAN", "TIDAK", "NOT", "NO", "BATAL", "BATALKAN", "CANCEL", "JANGAN", "STOP"),
}


def answer(work: Work, message: MessageRow, facts: MessageFacts) -> str:
    """Work off an answer to such a letter; return the reason for the ledger, "" when the message is none."""
    letter = _answered(work, facts)
    if letter is None:
        return ""
    if letter.template in {NOTICE, COPY} and authenticate(facts, work.office.config).passed is False:
        return _refuted(work, message, facts)
    if letter.template == NOTICE:
        return _to_notice(work, message, registry.known_as(work, letter.scope, facts))
    if letter.template == COPY:
        return _of_contact(message, facts)
    case = work.session.get(CaseRow, letter.case_id)
    return of_holder(work, message, facts, case) if case is not None else ""


def is_answer(work: Work, facts: MessageFacts) -> bool:
    """Whether a message answers such a letter."""
    return _answered(work, facts) is not None


def _answered(work: Work, facts: MessageFacts) -> OutboxRow | None:
    key = cases.address_key(work.office, facts.sender.address if facts.sender else "")
    query = (
        select(OutboxRow)
        .where(
            col(OutboxRow.message_id).in_({*facts.in_reply_to, *facts.references}),
            OutboxRow.recipient_key == key,
            col(OutboxRow.template).in_((NOTICE, COPY, HOLDER_ASKED, HOLDER_TOLD, HOLDER_NOTED)),
        )
        .order_by(col(OutboxRow.id).desc())
    )
    return work.session.exec(query).first()


def _to_notice(work: Work, message: MessageRow, facts: MessageFacts) -> str:
    """Open the request that the notice is the first row of, where the answer is a sure one; where one is open already it belongs to it.

    Anything else leaves the notices going on: thanks and promises are filed, another service that is asked for is opened, and what is not
    sure is put before an officer at once, with its words.
    """
    sop = begun_by_notice(work)
    address = facts.sender.address if facts.sender else ""
    if sop is None or any(row.sop == sop.id for row in cases.open_cases_of(work, address)):
        return ""
    row = next((step for step in sop.steps.values() if step.asks), None)
    said = heard(facts.new_text, facts.below_text, (), row)
    word = said.word if isinstance(said, Said) else ""
    if word in QUIET and not facts.documents:
        file(message)
        return f"{word} for a notice"
    if row is not None and word in row.words:
        case = open_request(work, message, facts, sop, at="notice", word=word)
        return f"opened {case.ticket} by an answer to a notice"
    if facts.documents or _asks_for_a_service(work, facts):
        return ""
    note = _UNSURE[work.office.config.department.language == "en"]
    message.listed = notices.to_sort(work, message, facts, note=note)
    message.state, message.place, message.placed = MessageState.UNMATCHED, "inbox", True
    shown = "shown to an officer" if message.listed else "in the next daily list"
    return f"answers a notice in words that are not sure; {shown}"


def _asks_for_a_service(work: Work, facts: MessageFacts) -> bool:
    """Whether the words ask for a service as a mail of their own would: the subject is ours and says nothing."""
    return match(facts.model_copy(update={"subject": ""}), work.office.rules.sops).sop is not None


def _refuted(work: Work, message: MessageRow, facts: MessageFacts) -> str:
    """What answers a notice and is refuted is read by a person; letters that came with it open what a mail of their own would."""
    if facts.documents:
        return ""
    note = _REFUTED[work.office.config.department.language == "en"]
    message.listed = notices.to_sort(work, message, facts, note=note)
    message.state, message.place, message.placed = MessageState.UNMATCHED, "inbox", True
    shown = "shown to an officer" if message.listed else "in the next daily list"
    return f"answers a notice, but its sender failed authentication; {shown}"


def _of_contact(message: MessageRow, facts: MessageFacts) -> str:
    """The contact's words are not the holder's: officers find them in the inbox. Letters that came with them open what letters open."""
    if facts.documents:
        return ""
    if is_quiet(facts.new_text):
        file(message)
        return "thanks for a copy"
    message.state, message.place, message.placed = MessageState.UNMATCHED, "inbox", True
    return "answers the copy of a notice, and is not from the certificate's holder"


def of_holder(work: Work, message: MessageRow, facts: MessageFacts, case: CaseRow) -> str:
    """BENAR or BUKAN of the holder, which is heard; after the end an officer reads it."""
    if applicant_word(facts.new_text, _HOLDERS_WORDS).outcome == "thanks":
        file(message)
        return f"{case.ticket}: the holder's thanks"
    message.case_id = case.id
    file(message)
    if case.state == State.CLOSED:
        matter = Matter.of(work, case)
        message.listed = Answer(matter, message, facts).to_staff(holders(matter))
        if message.listed:
            return f"{case.ticket}: the holder wrote; shown to an officer"
        message.state, message.place, message.placed = MessageState.UNMATCHED, "inbox", True
        return f"{case.ticket}: the holder wrote; in the next daily list"
    event = confirmation_of(work, facts)
    decision = engine.happen(work, case, event, actor="holder", message_id=message.id)
    return f"{case.ticket}: {decision.event} by the holder"


def confirmation_of(work: Work, facts: MessageFacts) -> Confirmed:
    """Return what the holder says; other words are read by an officer, and so is what does not prove to be theirs.

    A thread can be forwarded, and a From line written by anybody: no word counts from an address that is refuted; nor, where the mail server
    says nothing, in a mail of its own. BENAR also needs the server's word where senders are authenticated; BUKAN holds things up, and does not.
    """
    config = work.office.config
    spoken = applicant_word(facts.new_text, _HOLDERS_WORDS).outcome
    theirs = {"theirs": True, "denied": False}.get(spoken or "")
    proven = authenticate(facts, config).passed
    unheard = proven is None and (
        (theirs is True and config.trust.mode == "authenticated") or _answered(work, facts) is None
    )
    if proven is False or unheard:
        theirs = None
    return Confirmed(theirs=theirs, text=facts.new_text or facts.below_text)


def noticed_case(work: Work, facts: MessageFacts) -> CaseRow | None:
    """Return the open request that the notice which this message answers began; the notice went to the sender's very address."""
    letter = _answered(work, facts)
    sop = begun_by_notice(work)
    if letter is None or letter.template != NOTICE or sop is None or facts.sender is None:
        return None
    return next((row for row in cases.open_cases_of(work, facts.sender.address) if row.sop == sop.id), None)


def begun_by_notice(work: Work) -> Sop | None:
    """Return the SOP that an answer to a notice opens, None where none is in force."""
    return next((each for each in work.office.rules.sops.values() if each.opens.notice), None)
