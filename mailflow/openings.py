"""A message opens a request: by its letters, by its words, as an answer to a notice of ours, or because an officer says so."""

from mailflow import engine
from mailflow.dossier import Matter
from mailflow.letters.answers import Answer
from mailflow.on_file import holder_of
from mailflow.store.tables import CaseRow, MessageRow, MessageState
from mailflow.work import Work
from parsers.facts import Address, DocumentFacts, MessageFacts
from parsers.identity import belongs_to, same_address
from rules.case import CaseDocument
from rules.events import Opened
from rules.reasons import danger_in
from rules.sop import Sop


def open_request(  # noqa: PLR0913 - an opening has that many facts
    work: Work,
    message: MessageRow,
    facts: MessageFacts,
    sop: Sop,
    *,
    at: str = "letter",
    word: str = "",
    holder: Address | None = None,
) -> CaseRow:
    """Open a request of this SOP from a message and file it. `at` and `word`: an answer to a notice, with the row's own word.

    `holder`: for whom somebody else writes, where that is known from elsewhere.
    """
    opening = opening_of(work, message, facts, at=at, word=word, of=holder)
    case = engine.start(work, sop, opening)
    file(message)
    tell_of_secrets(Answer(Matter.of(work, case), message, facts))
    return case


def tell_of_secrets(answer: Answer) -> None:
    """Tell the applicant what was cut out of the message, and what to do about it."""
    if answer.facts.secrets:
        answer.to_applicant("applicant-secret-removed")
    if answer.facts.passphrases:
        answer.to_applicant("applicant-passphrase-removed")


def opening_of(  # noqa: PLR0913 - as `open_request`
    work: Work,
    message: MessageRow,
    facts: MessageFacts,
    *,
    at: str = "letter",
    word: str = "",
    of: Address | None = None,
) -> engine.Opening:
    """Return what a message opens a request with: the letter as an event, whose it is (`of`, where known), when it was received."""
    department = work.office.config.department
    sender = facts.sender or Address(address="")
    holder = of.name if of else name_in(facts)
    on_file = of.address if of else holder_of(work, facts.documents, sender.address)
    by_another = bool(on_file) or _names_another(facts, department.domain)
    return engine.Opening(
        event=Opened(documents=documents_of(message, facts), text=_text(work, facts), word=word),
        address=sender.address,
        applicant=sender.name if by_another else holder,
        holder=holder,
        language=facts.language or department.language,
        received=message.received_at.astimezone(department.zone),
        message=message,
        at=at,
        holder_address=on_file,
    )


def _text(work: Work, facts: MessageFacts) -> str:
    """Return what was written; with the subject above it where a danger is told only there."""
    text = facts.new_text or facts.below_text
    whole = f"{facts.subject}.\n\n{text}"
    sops = work.office.rules.sops.values()
    told = any(
        danger_in(sop, whole).sure and not danger_in(sop, text, in_conversation=True).sure for sop in sops
    )
    return whole if told else text


def documents_of(message: MessageRow, facts: MessageFacts) -> tuple[CaseDocument, ...]:
    """Return the documents of a message as a case files them."""
    return tuple(
        CaseDocument(need=None, facts=document, message=message.id or 0, received=message.received_at)
        for document in facts.documents
        if document.digest
    )


def name_in(facts: MessageFacts) -> str:
    """Return the holder's name: as the letter says, else as the sender calls himself."""
    for document in facts.documents:
        if document.fields.get("name"):
            return document.fields["name"].value
    return facts.sender.name if facts.sender else ""


def file(message: MessageRow) -> None:
    """A message that is worked off leaves the inbox."""
    message.state, message.place, message.placed = MessageState.FILED, "processed", False


def _names_another(facts: MessageFacts, domain: str) -> bool:
    """Whether a letter gives an official address that is not the writer's. Nobody is written to for it: it stands only in the letter."""
    sender = facts.sender.address if facts.sender else ""
    found = next((address for each in facts.documents if (address := _certain_address(each))), "")
    return bool(found) and belongs_to(found, domain) and not same_address(found, sender)


def _certain_address(document: DocumentFacts) -> str:
    field = document.fields.get("official_email")
    return field.value if field is not None and field.certain else ""
