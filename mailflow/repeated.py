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

_WRITTEN = frozenset({"person", "list"})


def without_our_letter(work: Work, facts: MessageFacts) -> MessageFacts:
    """Return the facts with what stands below or between our letter's lines, where nothing stands above them.

    The letter says more surely than any mark what of a quotation is ours; where the answer names none, the marks decide.
    """
    if facts.new_text.strip() or not facts.quoted_text or facts.origin.kind not in _WRITTEN:
        return facts
    for row in _letters(work, facts):
        below = beside_letter(facts.quoted_text, _forms(row))
        if below is not None:
            spoken = language.detect(below) or facts.language
            return facts.model_copy(update={"below_text": below, "language": spoken})
    return facts


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
