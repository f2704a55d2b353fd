"""The same mail again: by redelivery, through an alias, fetched once more. It is answered once, and goes where the first one goes.

What was delivered to the byte alike but for a list of trace fields is known before it is read (`delivered`, all that the first releases
had). Anything else is known when it has been read, by what its author wrote (`parsers.authored`).
"""

import re

from sqlalchemy import ColumnElement, and_, false, or_, update
from sqlmodel import Session, col, select

from mailflow.config import Config
from mailflow.store.sealed import Keyring
from mailflow.store.tables import MessageRow, MessageState
from mailflow.trust.authentication import counts
from mailflow.work import Work
from parsers.facts import MessageFacts

LARGE_DIFFER = 16 * 1024
"""Octets by which two deliveries of one large message differ at most; of those only the header is read."""
_TRACE = re.compile(
    rb"^(received|return-path|delivered-to|x-original-to|envelope-to|x-envelope-.*|x-uid|x-uidl|status|x-status|x-keywords|"
    rb"authentication-results|received-spf|arc-.*|x-spam-.*|lines|content-length)\s*:",
    re.IGNORECASE,
)
_WAITS_FOR_PROOF = "not counted: the sender is not authenticated"


def delivered(raw: bytes) -> bytes:
    """Return body and header fields without the commonest that servers add on the way."""
    head, separator, body = raw.replace(b"\r\n", b"\n").partition(b"\n\n")
    kept, keep = [], True
    for line in head.split(b"\n"):
        if not line[:1].isspace():
            keep = not _TRACE.match(line)
        if keep:
            kept.append(line)
    return b"\n".join(kept) + separator + body


def author_key(keyring: Keyring, authored: str) -> str:
    """Return the keyed hash under which what an author wrote is found, "" for nothing."""
    return keyring.index(f"author:{authored}") if authored else ""


def first_of(work: Work, row: MessageRow, facts: MessageFacts) -> MessageRow | None:
    """Return the message that this one is a copy of.

    It is none where the first could not be answered and this one can: it came through a list, or waits for a proof that this one brings.
    """
    if not row.author_key:
        return None
    query = select(MessageRow).where(
        MessageRow.author_key == row.author_key,
        MessageRow.id != row.id,
        MessageRow.state != MessageState.DUPLICATE,
    )
    same = work.session.exec(query.order_by(col(MessageRow.id))).all()
    if row.state == MessageState.PARKED:
        same = [each for each in same if abs(each.size - row.size) <= LARGE_DIFFER]
    config, kind = work.office.config, facts.origin.kind
    proven = counts(facts, config)
    heard = [each for each in same if each.origin in {"person", kind}]
    return next((each for each in heard if not (proven and _waits_for_proof(each, config))), None)


def _waits_for_proof(row: MessageRow, config: Config) -> bool:
    if row.state != MessageState.HELD and row.reason != _WAITS_FOR_PROOF:
        return False
    return not counts(MessageFacts.model_validate_json(row.facts or "{}"), config)


def becomes_copy(row: MessageRow, first: MessageRow) -> None:
    """The same content again: it goes where the first one goes, now or when that is decided; what held a secret is erased all the same."""
    row.state, row.reason = MessageState.DUPLICATE, f"same content as message {first.id}"
    row.case_id = first.case_id
    row.raw_key = row.raw_key or first.raw_key
    if row.place != "discard":
        row.place, row.placed = first.place, first.place == "inbox"


def follow(session: Session, row: MessageRow, *, place: str) -> None:
    """Send the copies whose place is still this one to where their first has gone."""
    session.flush()
    copies = update(MessageRow).where(_copies_of(row), col(MessageRow.place) == place)
    moved = copies.values(place=row.place, placed=row.place == "inbox", case_id=row.case_id)
    session.connection().execute(moved)


def _copies_of(row: MessageRow) -> ColumnElement[bool]:
    keys = {"content_key": row.content_key, "author_key": row.author_key}
    same = [col(getattr(MessageRow, name)) == key for name, key in keys.items() if key]
    if not same:
        return false()
    return and_(col(MessageRow.state) == MessageState.DUPLICATE.value, or_(*same))
