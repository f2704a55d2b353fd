"""`observe` mode: the live mailbox is read, nobody is answered, the administrators are told what would have been sent."""

from dataclasses import replace

from mailflow import explain
from mailflow.letters.about import office_card
from mailflow.letters.post import Post, post
from mailflow.outbox.letter import Letter
from mailflow.store.tables import MessageRow, MessageState
from mailflow.work import Work
from parsers.facts import MessageFacts


def tell(work: Work, row: MessageRow, facts: MessageFacts) -> str:
    """Leave the message where it is; write to the administrators what would have been sent; say nothing of mail that would have been left alone."""
    row.state, row.place, row.placed = MessageState.OBSERVED, "inbox", True
    data = explain.explained(work, facts, row.received_at)
    if not data["effects"]:
        return "would be left alone: " + "; ".join(data["match"]["reasons"])
    language = work.office.config.department.language
    letter = Letter(
        language=language, office=office_card(work.office.config.department, language), now=work.office.now()
    )
    letter = replace(
        letter,
        received=row.received_at.astimezone(work.office.config.department.zone),
        rows=(
            ("", ""),
            ("SOP", str(data["sop"])),
            ("Subjek" if language == "id" else "Subject", facts.subject),
        ),
        bodies=tuple((f"{effect['to']}: {effect['subject']}", effect["body"]) for effect in data["effects"]),
    )
    for address in work.office.config.administrators.emails:
        what = Post(
            scope=f"message:{row.id}",
            effect="observe",
            recipient=address,
            template="admin-message-observed",
            letter=letter,
        )
        post(work, what)
    return f"would have opened a case of {data['sop']} and sent {len(data['effects'])} letters"
