"""The commands we say ourselves, on the client imap-tools has connected: all by UID, all answers checked.

imap-tools' own `fetch` pairs answers by position, `move`, `flag` and `delete` expunge what other clients have marked; hence this.
"""

import imaplib
import re
from collections.abc import Callable, Iterable
from contextlib import suppress
from typing import Any

from imap_tools.errors import ImapToolsError

from mailflow.errors import MailboxError
from mailflow.mailbox.fetched import Fetched, responses
from mailflow.mailbox.uidset import compact, expand
from mailflow.mailbox.wire import Wire

Answer = tuple[str, list[Any]]


class RefusedError(MailboxError):
    """The server answered NO or BAD: the connection is sound, this command was not done."""


class Session:
    """Commands on a selected folder. `where` names server and folder in errors."""

    def __init__(self, wire: Wire, where: str) -> None:
        self._wire = wire
        self.where = where
        self.validity = 0
        """UIDVALIDITY of the selected folder, 0 before one is selected."""
        self.announced = False
        """Whether the server has told of new messages since the last search began."""

    def can(self, capability: str) -> bool:
        """Whether the server has named this capability after the login."""
        return capability in self._wire.capabilities

    def ask(self, what: str, command: Callable[..., Answer], *args: Any) -> list[Any]:
        """Run one command of the client; its data. Raises `RefusedError`, or `MailboxError` when the connection is lost."""
        heard = self._wire.untagged_responses
        for kind in [kind for kind in heard if kind != "BYE"]:
            del heard[kind]  # yesterday's answers: imaplib would hand them out with today's
        try:
            status, data = command(*args)
        except (self._wire.abort, OSError) as error:
            raise self._lost(error) from None  # imaplib quotes the mail it stumbled over
        except (imaplib.IMAP4.error, ImapToolsError) as error:
            raise RefusedError(f"{self.where}: the server refused {what}: {_one_line(error)}") from None
        self._notice()
        if status != "OK":
            raise RefusedError(f"{self.where}: the server refused {what}: {_one_line(_text(data))}")
        return data

    def select(self, choose: Callable[[], Answer]) -> int:
        """Select a folder by `choose`; return its UIDVALIDITY (RFC 3501 §2.3.1.1)."""
        self.validity = 0
        self.ask("SELECT", choose)
        stated = self._said("UIDVALIDITY")
        if not stated:
            raise MailboxError(
                f"{self.where}: the server gives no UIDVALIDITY, so messages cannot be told apart for certain; "
                "this server cannot be used",
                temporary=False,
            )
        self.validity = int(stated[-1])
        self.announced = False
        return self.validity

    def search(self, criteria: str) -> list[int]:
        """UIDs that match, ascending."""
        self.announced = False
        found = self.ask("UID SEARCH", self._wire.uid, "SEARCH", criteria)
        return sorted({int(uid) for line in found if line for uid in line.split()})

    def noop(self) -> None:
        """Let the server catch up: a search right after a delivery can miss it otherwise."""
        self.ask("NOOP", self._wire.noop)

    def fetch(self, uids: Iterable[int], items: str) -> list[Fetched]:
        """Responses that carry a UID of those asked for, foreign ones left out."""
        wanted = set(uids)
        command = ("FETCH", compact(wanted), f"(UID {items})")
        try:
            data = self.ask("UID FETCH", self._wire.uid, *command)
        except RefusedError:
            self.noop()  # refused for a message that somebody else has just expunged (RFC 5530, EXPUNGEISSUED)?
            data = self.ask("UID FETCH", self._wire.uid, *command)
        return [response for response in responses(data) if response.uid in wanted]

    def move(self, uids: Iterable[int], folder: str) -> set[int]:
        """UID MOVE (RFC 6851) to `folder`, encoded and quoted; the UIDs that COPYUID proves."""
        self.ask("UID MOVE", self._wire.uid, "MOVE", compact(uids), folder)
        return self._copied()

    def copy(self, uids: Iterable[int], folder: str) -> set[int]:
        """UID COPY to `folder`; the UIDs that COPYUID (RFC 4315 §3) proves."""
        self.ask("UID COPY", self._wire.uid, "COPY", compact(uids), folder)
        return self._copied()

    def expunge(self, uids: Iterable[int]) -> None:
        r"""Mark `\Deleted` and UID EXPUNGE (RFC 4315 §2.1) these and only these; a plain EXPUNGE would take others' along."""
        uid_set = compact(uids)
        self.ask("UID STORE", self._wire.uid, "STORE", uid_set, "+FLAGS.SILENT", r"(\Deleted)")
        self.ask("UID EXPUNGE", self._wire.uid, "EXPUNGE", uid_set)

    def remaining(self, uids: Iterable[int]) -> set[int]:
        """Which of these the folder still shows."""
        self.noop()  # what the session has not yet heard of must not pass for gone
        announced = self.announced
        found = self.search(f"UID {compact(uids)}")
        self.announced |= announced  # this was no look at what is new
        return set(found)

    def _copied(self) -> set[int]:
        proven: set[int] = set()
        for code in self._said("COPYUID"):
            with suppress(ValueError, IndexError):  # a proof that cannot be read proves nothing
                proven |= set(expand(code.decode("ascii").split()[1]))
        return proven

    def _notice(self) -> None:
        self.announced |= bool(self._said("EXISTS"))
        stated = self._said("UIDVALIDITY")
        if stated and self.validity and int(stated[-1]) != self.validity:
            raise MailboxError(f"{self.where}: the server has renumbered the folder; it must be opened again")

    def _said(self, kind: str) -> list[bytes]:
        """What the server said of this kind during the last command."""
        pieces = self._wire.untagged_responses.get(kind, [])
        return [piece for piece in pieces if isinstance(piece, bytes)]

    def _lost(self, error: Exception) -> MailboxError:
        bye = self._said("BYE")
        if bye:
            why = _one_line(_text(bye))
        elif isinstance(error, TimeoutError):
            why = "no answer in time"
        else:  # never the exception's text: imaplib quotes the octets it stumbled over
            why = (isinstance(error, OSError) and error.strerror) or "closed by the server or out of step"
        return MailboxError(f"{self.where}: the connection was lost ({why}); will be opened again")


def _text(data: Iterable[Any]) -> str:
    return " ".join(piece.decode("utf-8", "replace") for piece in data if isinstance(piece, bytes))


def _one_line(said: object) -> str:
    return re.sub(r"[\x00-\x20\x7f]+", " ", str(said)).strip()[:200] or "no reason given"
