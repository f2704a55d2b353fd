"""Which request's conversation a mail goes on with: that of the mails in the ledger and of the letters of ours that it answers.

A Message-ID is known to everybody who got the mail, in Cc or forwarded: it tells what a mail is about, never who wrote it. It may name a
person, so the ledger holds it as a keyed hash.
"""

from collections.abc import Iterator

from sqlmodel import col, select

from mailflow.store.sealed import Keyring
from mailflow.store.tables import CaseRow, MessageRow, OutboxRow
from mailflow.work import Work
from parsers.facts import MessageFacts


def name_key(keyring: Keyring, message_id: str) -> str:
    """Return the keyed hash under which a message is found by its Message-ID, "" without one."""
    return keyring.index(f"message-id:{message_id}") if message_id else ""


def request_of(work: Work, facts: MessageFacts, *, to_staff: bool = False) -> CaseRow | None:
    """Return the request of the nearest message that this one answers, None where it answers none of a request.

    `to_staff`: a letter of ours to an officer counts too; it is no part of the applicant's conversation.
    """
    named = answered(facts)
    known = {**_in_ledger(work, named), **_of_ours(work, named, to_staff=to_staff)}
    number = next((known[each] for each in named if each in known), None)
    return work.session.get(CaseRow, number) if number else None


def answered(facts: MessageFacts) -> tuple[str, ...]:
    """Return the Message-IDs that a message refers to, the nearest first; its own is none of them."""
    named = dict.fromkeys((*facts.in_reply_to, *reversed(facts.references)))
    return tuple(each for each in named if each != facts.message_id)


def answers_somebody_else(work: Work, facts: MessageFacts, sender_key: str) -> bool:
    """Whether the nearest message of the ledger that this one answers is another person's: then its Subject is that person's too."""
    named = answered(facts)
    keys = [name_key(work.office.keyring, each) for each in named]
    writers = {row.name_key: row.sender_key for row in reversed(list(_rows(work, keys)))}
    nearest = next((writers[key] for key in keys if key in writers), sender_key)
    return nearest != sender_key


def _in_ledger(work: Work, named: tuple[str, ...]) -> dict[str, int]:
    """The requests of messages in the ledger; of two with the same Message-ID, which anybody may copy, the first counts."""
    keys = {name_key(work.office.keyring, each): each for each in named}
    rows = reversed(list(_rows(work, keys)))
    return {keys[row.name_key]: row.case_id for row in rows if row.case_id is not None}


def _rows(work: Work, keys: list[str] | dict[str, str]) -> Iterator[MessageRow]:
    if not keys:
        return iter(())
    query = select(MessageRow).where(col(MessageRow.name_key).in_(keys)).order_by(col(MessageRow.id))
    return iter(work.session.exec(query).all())


def _of_ours(work: Work, named: tuple[str, ...], *, to_staff: bool) -> dict[str, int]:
    query = select(OutboxRow).where(col(OutboxRow.message_id).in_(named), col(OutboxRow.case_id).is_not(None))
    if not to_staff:
        query = query.where(col(OutboxRow.template).startswith("applicant-"))
    return {row.message_id: row.case_id for row in work.session.exec(query) if row.case_id is not None}
