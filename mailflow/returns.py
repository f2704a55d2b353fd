"""Proof that automatic mail is about a letter of ours: a mark that nobody knows but its recipient and the servers on its way.

The mark (`trust.tokens.bounce_token`) is a MAC over the letter's Message-ID. It stands in the path by which the letter returns (where the
server takes `name+detail@`), in its envelope id (RFC 3461 ENVID, which only servers see), and in a field of its own, `Mailflow-Letter`, which
comes back with the returned header (RFC 3464 §2, and where a server knows no reports) and which no reply and no quotation repeats. The
Message-ID itself travels with every reply, Cc and forwarding: it points at a letter and proves nothing.
"""

from collections.abc import Iterator

from sqlmodel import Session, col, select

from mailflow.store.tables import OutboxRow
from mailflow.trust.tokens import Token, find_tokens
from mailflow.work import Work
from parsers.facts import BounceFacts, MessageFacts


def by_path(session: Session, facts: MessageFacts) -> OutboxRow | None:
    """Return the letter to whose own return path this message was sent."""
    recipients = {*facts.delivered_to, *(each.address for each in (*facts.to, *facts.cc))}
    query = select(OutboxRow).where(
        col(OutboxRow.envelope_sender).in_({*recipients, *(each.lower() for each in recipients)}),
        col(OutboxRow.envelope_sender).contains("+b."),
    )
    return session.exec(query).first()


def proven(work: Work, facts: MessageFacts, bounce: BounceFacts) -> OutboxRow | None:
    """Return the letter that a bounce proves to be about, None where it proves nothing."""
    letter = by_path(work.session, facts)
    if letter is not None:
        return letter
    marks = [each for each in find_tokens([bounce.envelope_id, bounce.mark]) if each.kind == "b"]
    return next(
        (row for mark in marks for row in _candidates(work, facts, bounce, mark) if _is_of(work, mark, row)),
        None,
    )


def pointed_at(session: Session, facts: MessageFacts, bounce: BounceFacts) -> OutboxRow | None:
    """Return the letter whose Message-ID a bounce names, without proof."""
    ids = {bounce.original_message_id, f"<{bounce.envelope_id}>", *facts.in_reply_to, *facts.references} - {
        ""
    }
    return session.exec(select(OutboxRow).where(col(OutboxRow.message_id).in_(ids))).first()


def _candidates(work: Work, facts: MessageFacts, bounce: BounceFacts, mark: Token) -> Iterator[OutboxRow]:
    """The letters that a mark may belong to: the one of its number, and those whose Message-ID came back with it."""
    numbered = work.session.get(OutboxRow, mark.number) if mark.number else None
    yield from filter(None, (numbered, pointed_at(work.session, facts, bounce)))


def _is_of(work: Work, mark: Token, letter: OutboxRow) -> bool:
    return work.office.keyring.is_token(mark.mac, "bounce", letter.message_id)
