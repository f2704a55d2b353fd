"""A letter of ours that an answer repeats, set beside it: what was written below it or between its lines is heard (`parsers.beside`)."""

from email import message_from_string
from email.message import EmailMessage
from email.policy import default

from sqlmodel import col, select

from mailflow import threads
from mailflow.outbox.compose import Frame
from mailflow.store.tables import OutboxRow
from mailflow.work import Work
from parsers import language
from parsers.beside import beside_letter
from parsers.facts import MessageFacts
from parsers.html import to_text
from parsers.reply import MAX_CHARACTERS, below_quotation, typed_above

_WRITTEN = frozenset({"person", "list"})


def without_our_letter(work: Work, facts: MessageFacts) -> MessageFacts:
    """Return the facts with what was written below or between our letter's lines, and above it under a line that looks like a quotation's.

    The letter says more surely than any mark what of a quotation is ours; where the answer names none, the marks decide. With nothing
    above, it is what stands below, and said to be. Of an officer, whose word decides, nothing is added to what stands above.
    """
    if not facts.quoted_text or facts.origin.kind not in _WRITTEN:
        return facts
    officer = facts.sender is None or work.office.config.officer_by_address(facts.sender.address)
    above = facts.new_text.strip()
    letters = _letters(work, facts)
    if not letters or (officer and above):
        return facts
    forms = [_forms(row) for row in letters]
    below = _beside(facts.quoted_text, forms)
    if officer:
        return facts if below is None else _speaking(facts, below_text=below)
    typed = typed_above(facts.quoted_text)
    if _beside(typed, forms) is not None:  # the letter itself, with no mark at all
        typed = ""
    if below is None:
        below = below_quotation(facts.quoted_text)
    if not above and not typed:
        return _speaking(facts, below_text=below)
    added = "\n\n".join(filter(None, (facts.new_text, typed, _without(below, typed))))
    return _speaking(facts, new_text=added[:MAX_CHARACTERS], below_text="")


def _beside(quoted: str, letters: list[tuple[str, ...]]) -> str | None:
    return next((told for forms in letters if (told := beside_letter(quoted, forms)) is not None), None)


def _speaking(facts: MessageFacts, **texts: str) -> MessageFacts:
    """The facts with these texts, and the language they are in."""
    spoken = language.detect("\n".join(texts.values())) or facts.language
    return facts.model_copy(update={**texts, "language": spoken})


def _without(text: str, told: str) -> str:
    """A text without the lines that were told already."""
    known = set(told.splitlines())
    return "\n".join(line for line in text.splitlines() if not line or line not in known).strip()


def _letters(work: Work, facts: MessageFacts) -> list[OutboxRow]:
    """The letters of ours that a message answers, the nearest first."""
    named = threads.answered(facts)[:10]
    rows = work.session.exec(select(OutboxRow).where(col(OutboxRow.message_id).in_(named))) if named else ()
    return sorted(rows, key=lambda row: named.index(row.message_id))


def _forms(row: OutboxRow) -> tuple[str, ...]:
    """The words of a letter in both its forms; its attachments stand elsewhere."""
    whole = message_from_string("".join(Frame.model_validate_json(row.frame).segments), policy=default)
    assert isinstance(whole, EmailMessage)  # noqa: S101 - by the policy
    plain, rich = whole.get_body(("plain",)), whole.get_body(("html",))
    texts = (plain.get_content() if plain else "", to_text(rich.get_content()) if rich else "")
    return tuple(text for text in texts if text)
