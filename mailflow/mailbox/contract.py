"""What a mailbox does for us. Implemented by `imap.ImapMailbox` and `maildir.MaildirMailbox`.

One instance belongs to one thread. Every method may raise `MailboxError`; after it, `close()` and `open()` again.
Nothing here sets a flag, moves or expunges unless asked: fetching has no side effect on the server.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol


@dataclass(frozen=True, kw_only=True)
class Listed:
    """A message the server shows: UID, size in octets, time of arrival (INTERNALDATE, aware)."""

    uid: int
    size: int
    received: datetime


class Mailbox(Protocol):
    """A folder with unique ids, stable under one UIDVALIDITY (RFC 3501 §2.3.1.1)."""

    name: str
    """Names the mailbox in the ledger, without credentials: `imap://user@host/INBOX`, `maildir:///path`."""

    def open(self) -> int:
        """Connect, log in, select the folder (creating the processed and quarantine folders); return UIDVALIDITY."""

    def uids(self, above: int = 0) -> list[int]:
        """UIDs shown now in order of arrival: ascending with UID > `above` (IMAP), or all by time of arrival (Maildir)."""

    def listed(self, uids: Iterable[int]) -> Iterator[Listed]:
        """Size and arrival of those that still exist."""

    def fetch(self, uids: Iterable[int]) -> Iterator[tuple[int, bytes]]:
        """Raw bytes (BODY.PEEK[]) of those that still exist."""

    def headers(self, uid: int) -> bytes:
        """The header block alone (BODY.PEEK[HEADER]); b"" if the message is gone."""

    def move(self, uids: Iterable[int], folder: str) -> set[int]:
        """Move to `folder` (`processed` or `quarantine`); return the UIDs proven moved or gone (COPYUID; else SEARCH)."""

    def filed_after(self, moment: datetime) -> bool:
        """Whether the processed folder holds a message that arrived after `moment`; of very many, among the latest."""

    def discard(self, uids: Iterable[int]) -> set[int]:
        """Delete these and only these (UID STORE + UID EXPUNGE): mail that carried a private key. Return those gone."""

    def wait(self, seconds: float, wake: int | None = None) -> bool:
        """Block until something may have arrived (IDLE, else polling), `seconds` passed, or file descriptor `wake` is readable.

        True when the folder should be looked at. Returns promptly when `wake` becomes readable (a stop was asked).
        """

    def close(self) -> None:
        """Let go of the connection; never raises."""
