"""Bodies in bounded commands: by number, by octets, and so that one damaged message cannot hide the others.

A message the server refuses to hand out is left out and logged. Where it breaks the connection instead (Dovecot does so for a
damaged file), the messages of that command are fetched one by one after the mailbox was opened again, until the one is known;
that one is left out for `FORGIVEN` seconds.
"""

import time
from collections import Counter
from collections.abc import Callable, Iterable, Iterator

import structlog

from mailflow.errors import MailboxError
from mailflow.mailbox.contract import Listed
from mailflow.mailbox.session import RefusedError, Session
from mailflow.mailbox.uidset import batches

BATCH = 50
"""Messages per command."""
BATCH_OCTETS = 8 * 2**20
"""Octets of messages per FETCH; a larger message is fetched alone."""
DEATHS = 3
"""Connections lost over a message, all but the first fetching it alone, after which it is left out."""
FORGIVEN = 3600.0
"""Seconds after which losses are forgotten: a bad line may have caused them."""

_log = structlog.get_logger(__name__)


class Fetching:
    """Lists and fetches for mailbox `name`, over whatever session is open at the moment."""

    def __init__(self, name: str, session: Callable[[], Session]) -> None:
        self._name = name
        self._session = session
        self._sizes: dict[int, int] = {}
        self._deaths: Counter[int] = Counter()
        self._forgiven_at = time.monotonic()

    def begin(self) -> None:
        """A session was opened: what was known of sizes no longer counts."""
        self._sizes.clear()

    def listed(self, uids: Iterable[int]) -> Iterator[Listed]:
        """See `contract.Mailbox.listed`."""
        for batch in batches(uids, BATCH * 4):
            session = self._session()
            session.noop()  # Dovecot would list from its cache what somebody else has expunged
            for seen in session.fetch(batch, "RFC822.SIZE INTERNALDATE"):
                if seen.uid is not None and seen.size is not None and seen.received is not None:
                    self._sizes[seen.uid] = seen.size
                    yield Listed(uid=seen.uid, size=seen.size, received=seen.received)

    def fetch(self, uids: Iterable[int]) -> Iterator[tuple[int, bytes]]:
        """See `contract.Mailbox.fetch`."""
        if time.monotonic() - self._forgiven_at > FORGIVEN:
            self._deaths.clear()
            self._forgiven_at = time.monotonic()
        for batch in batches(uids, BATCH):
            for part in self._bounded(batch):
                yield from self._bodies(part)

    def _bounded(self, batch: list[int]) -> Iterator[list[int]]:
        """The batch in parts of at most `BATCH_OCTETS`; suspects alone; messages that are gone are left out."""
        unknown = [uid for uid in batch if uid not in self._sizes]
        if unknown:
            for _ in self.listed(unknown):
                pass
        part: list[int] = []
        octets = 0
        for uid in batch:
            size = self._sizes.pop(uid, None)
            if size is None or self._deaths[uid] >= DEATHS:
                continue
            if part and (octets + size > BATCH_OCTETS or self._deaths[uid] or self._deaths[part[-1]]):
                yield part
                part, octets = [], 0
            part.append(uid)
            octets += size
        if part:
            yield part

    def _bodies(self, uids: list[int]) -> Iterator[tuple[int, bytes]]:
        session = self._session()
        try:
            answers = session.fetch(uids, "BODY.PEEK[]")
        except RefusedError as error:
            if len(uids) == 1:
                _log.warning("message cannot be fetched", mailbox=self._name, uid=uids[0], reason=str(error))
                return
            for uid in uids:
                yield from self._bodies([uid])
            return
        except MailboxError:
            self._lost_over(uids)
            raise
        for uid in uids:
            self._deaths.pop(uid, None)
        answers.reverse()
        while answers:
            seen = answers.pop()  # let go of each message once it is handed over
            if seen.uid is not None and seen.body is not None:
                yield seen.uid, seen.body

    def _lost_over(self, uids: list[int]) -> None:
        self._deaths.update(uids)
        if self._deaths[uids[0]] == DEATHS:
            _log.warning("message breaks the connection, left out", mailbox=self._name, uid=uids[0])
