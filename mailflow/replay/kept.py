"""The facts of kept messages: as they were read then, or read again from the kept bytes with today's parsers."""

from collections.abc import Iterator

from mailflow.errors import StoreError, WorkerError
from mailflow.received import as_received
from mailflow.store import blobs
from mailflow.store.tables import MessageRow
from mailflow.trust.authentication import VOUCHING
from mailflow.work import Work
from parsers.facts import DocumentFacts, MessageFacts
from parsers.reading import Unreadable

_AT_HAND = 500
"""Messages whose facts are kept at hand."""


class Missing(Exception):  # noqa: N818 - it says what cannot be replayed, not that the program failed
    """Something that a replay needs is not kept. The message says what."""


class Kept:
    """Facts by the ledger's number of the message."""

    def __init__(self, work: Work, *, reread: bool) -> None:
        self.work, self.reread = work, reread
        self.not_reread: dict[int, str] = {}
        self._then: dict[int, MessageFacts] = {}
        self._today: dict[int, MessageFacts] = {}

    def row(self, number: int) -> MessageRow:
        """Return the message's ledger row; raise Missing where there is none."""
        row = self.work.session.get(MessageRow, number)
        if row is None:
            raise Missing(f"message {number} is not in the ledger")
        return row

    def then(self, number: int) -> MessageFacts:
        """Return what was read of a message when it came."""
        if number not in self._then:
            text = self.row(number).facts
            if text is None:
                raise Missing(f"message {number}: what was read of it is not kept")
            _keep(self._then, number, MessageFacts.model_validate_json(text))
        return self._then[number]

    def today(self, number: int) -> MessageFacts:
        """Return what is read of it today; where its bytes cannot be read again, what was read then (`not_reread` says why)."""
        if not self.reread:
            return self.then(number)
        if number not in self._today:
            facts = self._read(number)
            _keep(self._today, number, facts if facts is not None else self.then(number))
        return self._today[number]

    def _read(self, number: int) -> MessageFacts | None:
        row = self.row(number)
        if row.facts is not None and self.then(number).secrets:
            self.not_reread[number] = "a secret was cut out of it"
            return None
        try:
            read = self.work.office.reader.read(blobs.get(self.work.session, row.raw_key or ""))
            return self._vouched(row, as_received(self.work, read.facts))
        except StoreError:
            self.not_reread[number] = "its bytes are not kept"
        except (Unreadable, WorkerError) as fault:
            self.not_reread[number] = str(fault)
        return None

    def _vouched(self, row: MessageRow, facts: MessageFacts) -> MessageFacts:
        """Who vouched for the sender was asked when the message came: keys and servers have changed since."""
        if row.facts is None:
            return facts
        then = MessageFacts.model_validate_json(row.facts)
        return facts.model_copy(update={name: getattr(then, name) for name in VOUCHING})

    def read_otherwise(self, number: int) -> list[str]:
        """Name what is read otherwise today than then, without the values."""
        return list(_differences(self.then(number), self.today(number)))


def _keep(at_hand: dict[int, MessageFacts], number: int, facts: MessageFacts) -> None:
    if len(at_hand) >= _AT_HAND:
        at_hand.pop(next(iter(at_hand)))
    at_hand[number] = facts


def _differences(then: MessageFacts, today: MessageFacts) -> Iterator[str]:
    if then.origin.kind != today.origin.kind:
        yield f"origin {then.origin.kind}, now {today.origin.kind}"
    for name in ("sender", "subject", "new_text", "language", "in_reply_to", "forwarded"):
        if getattr(then, name) != getattr(today, name):
            yield name.replace("_", " ")
    before, after = ({each.digest or each.name: each for each in facts.documents} for facts in (then, today))
    for key in dict.fromkeys((*before, *after)):
        yield from _document(before.get(key), after.get(key))


def _document(then: DocumentFacts | None, today: DocumentFacts | None) -> Iterator[str]:
    if then is None or today is None:
        there = then or today
        yield f"{there.name if there else '-'}: {'no longer found' if today is None else 'found now'}"
        return
    if then.kind != today.kind:
        yield f"{then.name}: {then.kind}, now {today.kind}"
    for name in sorted({*then.fields, *today.fields}):
        before, after = then.fields.get(name), today.fields.get(name)
        if (before and (before.value, before.certain)) != (after and (after.value, after.certain)):
            yield f"{then.name}: {name}"
    for name in ("changes", "persons", "csr", "signatures"):
        if getattr(then, name) != getattr(today, name):
            yield f"{then.name}: {name}"
