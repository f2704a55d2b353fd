"""Proof that automatic mail is about a letter of ours: the path by which that letter alone returns (`layanan+b.…@`), with its MAC."""

from sqlmodel import Session, col, select

from mailflow.store.tables import OutboxRow
from parsers.facts import MessageFacts


def by_path(session: Session, facts: MessageFacts) -> OutboxRow | None:
    """Return the letter to whose own return path this message was sent."""
    recipients = {*facts.delivered_to, *(each.address for each in (*facts.to, *facts.cc))}
    query = select(OutboxRow).where(
        col(OutboxRow.envelope_sender).in_({*recipients, *(each.lower() for each in recipients)}),
        col(OutboxRow.envelope_sender).contains("+b."),
    )
    return session.exec(query).first()
