"""The department's mailbox on an IMAP server (RFC 3501, 2177, 4315, 6851)."""

import imaplib
import select
import time
from collections.abc import Iterable, Iterator
from contextlib import suppress
from datetime import UTC, datetime, timedelta

from mailflow.errors import MailboxError
from mailflow.mailbox import folders
from mailflow.mailbox.connect import Connection, connect, hang_up
from mailflow.mailbox.contract import Listed
from mailflow.mailbox.fetching import BATCH, Fetching
from mailflow.mailbox.idle import LONGEST, IdleRefusedError, idle
from mailflow.mailbox.session import RefusedError, Session
from mailflow.mailbox.settings import MailboxSettings, imap_server, mailbox_name
from mailflow.mailbox.uidset import batches

HEADER_OCTETS = 2**18
"""Most octets of a header block that are read."""
RESELECT = 290.0
"""Seconds after which the folder is selected anew: Dovecot goes on showing a folder that was deleted and made again."""
_LATEST = 500
_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
POLL = 30.0
"""Seconds between two looks at a server without IDLE."""


class ImapMailbox:
    """`contract.Mailbox` over one connection; belongs to one thread."""

    def __init__(self, settings: MailboxSettings) -> None:
        self._settings = settings
        self.name = mailbox_name(settings)
        self._where = f"IMAP {imap_server(settings)} folder {settings.folder}"
        self._connection: Connection | None = None
        self._session: Session | None = None
        self._inbox = ""
        self._selected_at = 0.0
        self._targets: dict[str, str] = {}
        self._fetching = Fetching(self.name, self._open_session)
        self._idles = True

    def open(self) -> int:
        """See `contract.Mailbox.open`."""
        self.close()
        connection = connect(self._settings)
        session = Session(connection.client, self._where)
        try:
            validity = self._prepare(connection, session)
        except BaseException:
            hang_up(connection.client)
            raise
        self._connection, self._session = connection, session
        self._fetching.begin()
        self._idles = session.can("IDLE")
        return validity

    def _prepare(self, connection: Connection, session: Session) -> int:
        if not session.can("UIDPLUS") and not session.can("MOVE"):
            raise MailboxError(
                f"{self._where}: the server offers neither MOVE nor UIDPLUS, so finished mail cannot be moved without "
                "touching other mail; all mail stays where it is. Ask for a server with one of them (RFC 6851, RFC 4315)",
                temporary=False,
            )
        namespace = folders.find_namespace(connection, session)
        for folder, key in (("processed", "processed_folder"), ("quarantine", "quarantine_folder")):
            name = namespace.server_name(getattr(self._settings, key))
            folders.ensure_folder(connection, session, name, key)
            self._targets[folder] = folders.quoted(name)
        self._inbox = namespace.server_name(self._settings.folder)
        return self._select(connection, session)

    def _select(self, connection: Connection, session: Session) -> int:
        try:
            validity = session.select(lambda: connection.folder.set(self._inbox))
        except RefusedError as error:
            raise MailboxError(
                f"{error}. Check that the folder exists and may be changed by this account, or [mailbox] folder"
            ) from error
        self._selected_at = time.monotonic()
        return validity

    def uids(self, above: int = 0) -> list[int]:
        """See `contract.Mailbox.uids`."""
        session = self._open_session()
        if time.monotonic() - self._selected_at >= RESELECT:
            self._select_again(session)
        session.noop()
        # `n:*` names the last message even when its UID is smaller than n (RFC 3501 §6.4.8).
        return [uid for uid in session.search(f"UID {above + 1}:*") if uid > above]

    def _select_again(self, session: Session) -> None:
        before = session.validity
        if self._select(self._connected(), session) != before:
            raise MailboxError(
                f"{self._where}: the folder has been replaced by a new one; it must be opened again"
            )

    def listed(self, uids: Iterable[int]) -> Iterator[Listed]:
        """See `contract.Mailbox.listed`."""
        return self._fetching.listed(uids)

    def fetch(self, uids: Iterable[int]) -> Iterator[tuple[int, bytes]]:
        """See `contract.Mailbox.fetch`; what becomes of damaged messages, see `fetching`."""
        return self._fetching.fetch(uids)

    def headers(self, uid: int) -> bytes:
        """See `contract.Mailbox.headers`; at most `HEADER_OCTETS`."""
        for seen in self._open_session().fetch([uid], f"BODY.PEEK[HEADER]<0.{HEADER_OCTETS}>"):
            if seen.body is not None:
                return seen.body
        return b""

    def move(self, uids: Iterable[int], folder: str) -> set[int]:
        """See `contract.Mailbox.move`."""
        session, target = self._open_session(), self._targets[folder]
        session.noop()
        done: set[int] = set()
        for batch in batches(uids, BATCH):
            proven = self._moved(session, batch, target) & set(batch)
            unproven = set(batch) - proven
            # A UID that was not there is answered OK as well: only a look tells it from one that was not moved.
            done |= proven | ((unproven - session.remaining(unproven)) if unproven else set())
        return done

    def _moved(self, session: Session, batch: list[int], target: str) -> set[int]:
        carry = _move if session.can("MOVE") else _copy_and_expunge
        try:
            return carry(session, batch, target)
        except RefusedError:
            # Dovecot refuses all when somebody else has just expunged one of them (RFC 5530, EXPUNGEISSUED).
            left = session.remaining(batch)
            if left == set(batch):
                raise
            return carry(session, sorted(left), target) if left else set()

    def filed_after(self, moment: datetime) -> bool:
        """See `contract.Mailbox.filed_after`: a look without a trace (EXAMINE); a server that allows none shows nothing."""
        connection, session = self._connected(), self._open_session()
        day = (moment - timedelta(days=1)).astimezone(UTC)  # SINCE disregards hour and zone (RFC 3501 §6.4.4)
        try:
            session.select(lambda: connection.client.select(self._targets["processed"], readonly=True))
            found = session.search(f"SINCE {day.day}-{_MONTHS[day.month - 1]}-{day.year}")
            seen = session.fetch(found[-_LATEST:], "INTERNALDATE") if found else []
        except RefusedError:
            seen = []
        self._select(connection, session)
        return any(each.received is not None and each.received > moment for each in seen)

    def discard(self, uids: Iterable[int]) -> set[int]:
        """See `contract.Mailbox.discard`."""
        session = self._open_session()
        if not session.can("UIDPLUS"):
            raise MailboxError(
                f"{self._where}: the server has no UID EXPUNGE (UIDPLUS), so nothing is deleted by the program; "
                "delete the message by hand",
                temporary=False,
            )
        session.noop()
        done: set[int] = set()
        for batch in batches(uids, BATCH):
            session.expunge(batch)
            done |= set(batch) - session.remaining(batch)
        return done

    def wait(self, seconds: float, wake: int | None = None) -> bool:
        """See `contract.Mailbox.wait`: IDLE renewed every `LONGEST` seconds; without IDLE at most `POLL` seconds."""
        session, wire = self._open_session(), self._connected().client
        until = time.monotonic() + seconds
        while not session.announced and self._idles:
            left = until - time.monotonic()
            if left <= 0 or _readable(wake, 0):
                return False
            try:
                session.announced = idle(wire, min(left, LONGEST), wake)
            except IdleRefusedError:
                self._idles = False
            except (imaplib.IMAP4.error, OSError):
                why = "the connection was lost while waiting for mail; will be opened again"
                raise MailboxError(f"{self._where}: {why}") from None
        if session.announced:
            return True
        return not _readable(wake, min(POLL, max(0.0, until - time.monotonic())))

    def close(self) -> None:
        """See `contract.Mailbox.close`."""
        connection, self._connection, self._session = self._connection, None, None
        if connection is None:
            return
        with suppress(Exception):  # the other side may have gone in any way
            connection.client.sock.settimeout(2)
            connection.client.logout()
        hang_up(connection.client)

    def _open_session(self) -> Session:
        if self._session is None:
            raise MailboxError(f"{self._where}: not open")
        return self._session

    def _connected(self) -> Connection:
        if self._connection is None:
            raise MailboxError(f"{self._where}: not open")
        return self._connection


def _move(session: Session, batch: list[int], target: str) -> set[int]:
    return session.move(batch, target)


def _copy_and_expunge(session: Session, batch: list[int], target: str) -> set[int]:
    """What MOVE does, in steps (RFC 6851 §3.3): only what COPYUID proves to be copied is taken away."""
    copied = session.copy(batch, target) & set(batch)
    if copied:
        session.expunge(copied)
        copied -= session.remaining(copied)
    return copied


def _readable(wake: int | None, seconds: float) -> bool:
    if wake is None:
        time.sleep(seconds)
        return False
    poll = select.poll()
    poll.register(wake, select.POLLIN)
    return bool(poll.poll(round(seconds * 1000)))
