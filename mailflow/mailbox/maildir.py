"""A Maildir as the department's mailbox: for the demonstration, for tests, and where the mail server shares its disk.

Maildir as D. J. Bernstein describes it (`new`, `cur`, `tmp`), folders as Maildir++ names them (`.Processed`).
"""

import hashlib
import os
import select
import stat
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path
from typing import TypeVar

import structlog
from imap_tools.imap_utf7 import utf7_encode

from mailflow.errors import MailboxError
from mailflow.mailbox.contract import Listed
from mailflow.mailbox.settings import MailboxSettings, mailbox_name, maildir_path

_log = structlog.get_logger(__name__)

UID_VALIDITY = 1
"""Always the same: a UID comes from the file's name, and a name is never used twice."""
GLANCE = 0.5
"""Seconds between two looks while waiting."""
_HEADER_OCTETS = 2**18
_SUBDIRECTORIES = ("tmp", "new", "cur")
_TRIES = 3

Result = TypeVar("Result")


def stable_uid(name: str) -> int:
    """A UID (63 bits, above 0) for a message's file name, the same whatever its flags (`:2,S`) are."""
    base = name.partition(":")[0]
    digest = hashlib.sha256(os.fsencode(base)).digest()
    return (int.from_bytes(digest[:8], "big") >> 1) or 1


class MaildirMailbox:
    """`contract.Mailbox` over a Maildir."""

    def __init__(self, settings: MailboxSettings) -> None:
        self.name = mailbox_name(settings)
        self._root = maildir_path(settings)
        self._folder = self._path(settings.folder)
        self._targets = {
            "processed": self._path(settings.processed_folder),
            "quarantine": self._path(settings.quarantine_folder),
        }
        self._files: dict[int, Path] = {}
        self._seen: frozenset[int] = frozenset()

    def _path(self, name: str) -> Path:
        if name.upper() == "INBOX":
            return self._root
        return self._root / ("." + utf7_encode(name.replace("/", ".")).decode("ascii"))

    def open(self) -> int:
        """See `contract.Mailbox.open`. Creates the Maildir when the directory above it is there."""
        if not self._root.parent.is_dir():
            raise MailboxError(
                f"The directory {self._root.parent} for the Maildir {self._root} is missing; "
                "create it, or correct [mailbox] url"
            )
        _disk(self._root, lambda: self._root.mkdir(mode=0o700, exist_ok=True))
        for folder in dict.fromkeys((self._root, self._folder, *self._targets.values())):
            if folder != self._root:
                _own_directory(folder)
                _disk(folder, (folder / "maildirfolder").touch)
            for name in _SUBDIRECTORIES:
                _own_directory(folder / name)
        self._scan()
        self._seen = frozenset(self._files)
        return UID_VALIDITY

    def _scan(self) -> None:
        files: dict[int, Path] = {}
        for name in ("new", "cur"):  # `cur` last: a message on its way is found at its goal
            files |= _messages(self._folder / name)
        self._files = files

    def uids(self, above: int = 0) -> list[int]:  # noqa: ARG002 - numbers without an order know no "above"
        """See `contract.Mailbox.uids`; `above` is ignored, because these UIDs do not grow: the order is that of arrival."""
        self._scan()
        self._seen = frozenset(self._files)
        arrivals = {each.uid: each.received for each in self.listed(self._files)}
        return sorted(arrivals, key=lambda uid: (arrivals[uid], uid))

    def listed(self, uids: Iterable[int]) -> Iterator[Listed]:
        """See `contract.Mailbox.listed`; arrival is the file's modification time."""
        for uid in uids:
            found = self._use(uid, os.lstat)
            if found is not None and stat.S_ISREG(found.st_mode):
                received = datetime.fromtimestamp(found.st_mtime, UTC)
                yield Listed(uid=uid, size=found.st_size, received=received)

    def fetch(self, uids: Iterable[int]) -> Iterator[tuple[int, bytes]]:
        """See `contract.Mailbox.fetch`."""
        for uid in uids:
            raw = self._use(uid, _read_if_allowed)
            if raw is not None:
                yield uid, raw

    def headers(self, uid: int) -> bytes:
        """See `contract.Mailbox.headers`; at most 256 KiB."""
        start = self._use(uid, lambda path: _read(path, _HEADER_OCTETS)) or b""
        ends = [start.find(gap) + len(gap) for gap in (b"\r\n\r\n", b"\n\n") if gap in start]
        return start[: min(ends)] if ends else start

    def move(self, uids: Iterable[int], folder: str) -> set[int]:
        """See `contract.Mailbox.move`: a rename within the Maildir, seen stays seen and new stays new."""
        target = self._targets[folder]

        def rename(path: Path) -> None:
            goal = target / path.parent.name / path.name
            while os.path.lexists(goal):  # never over another message
                base, colon, flags = goal.name.partition(":")
                goal = goal.with_name(f"{base}_{colon}{flags}")
            path.rename(goal)

        return self._each(uids, rename)

    def filed_after(self, moment: datetime) -> bool:
        """See `contract.Mailbox.filed_after`."""
        files = [
            path for name in ("new", "cur") for path in _messages(self._targets["processed"] / name).values()
        ]
        with suppress(FileNotFoundError):  # a mail program moved one meanwhile: the next start looks again
            return any(path.stat().st_mtime > moment.timestamp() for path in files)
        return False

    def discard(self, uids: Iterable[int]) -> set[int]:
        """See `contract.Mailbox.discard`."""
        return self._each(uids, Path.unlink)

    def wait(self, seconds: float, wake: int | None = None) -> bool:
        """See `contract.Mailbox.wait`: looks for a message not in the last `uids()` every `GLANCE` seconds."""
        until = time.monotonic() + seconds
        poll = select.poll()
        if wake is not None:
            poll.register(wake, select.POLLIN)
        while True:
            self._scan()
            if not self._seen.issuperset(self._files):
                return True
            left = until - time.monotonic()
            if left <= 0 or poll.poll(round(min(left, GLANCE) * 1000)):
                return False

    def close(self) -> None:
        """See `contract.Mailbox.close`; there is nothing to let go of."""

    def _each(self, uids: Iterable[int], act: Callable[[Path], None]) -> set[int]:
        done: set[int] = set()
        for uid in uids:
            self._use(uid, act)
            self._files.pop(uid, None)
            done.add(uid)
        return done

    def _use(self, uid: int, act: Callable[[Path], Result]) -> Result | None:
        """Do something with a message's file, wherever it is by now; None when it is gone."""
        for _ in range(_TRIES):
            path = self._files.get(uid)
            if path is None:
                self._scan()
                path = self._files.get(uid)
            if path is None:
                return None
            try:
                return _disk(path.parent, lambda path=path: act(path))  # type: ignore[misc]
            except FileNotFoundError:
                del self._files[uid]  # a mail program marked it read, and thereby renamed it
        raise MailboxError(
            f"{self.name}: a message is there but cannot be taken hold of; is a folder missing?"
        )


def _messages(directory: Path) -> dict[int, Path]:
    try:
        with os.scandir(directory) as entries:
            plain = [
                entry.name
                for entry in entries
                if not entry.name.startswith(".") and entry.is_file(follow_symlinks=False)
            ]
    except FileNotFoundError as error:
        raise MailboxError(
            f"Maildir {directory} is missing; was the mailbox moved away, is its disk mounted?"
        ) from error
    except OSError as error:
        raise MailboxError(f"Maildir {directory}: {error.strerror}; check owner and permissions") from error
    return {stable_uid(name): directory / name for name in plain}


def _disk(directory: Path, act: Callable[[], Result]) -> Result:
    try:
        return act()
    except FileNotFoundError:
        raise
    except OSError as error:
        raise MailboxError(
            f"Maildir {directory}: {error.strerror}; check owner, permissions and space for the user mailflow runs as"
        ) from error


def _own_directory(directory: Path) -> None:
    """Make the directory unless it is there; a symbolic link would lead out of the Maildir."""
    _disk(directory, lambda: directory.mkdir(mode=0o700, exist_ok=True))
    if directory.is_symlink():
        raise MailboxError(
            f"Maildir {directory} is a symbolic link; put the directory itself there", temporary=False
        )


def _read(path: Path, most: int = -1) -> bytes:
    with open(path, "rb", opener=_no_links) as file:
        return file.read(most)


def _read_if_allowed(path: Path) -> bytes | None:
    """One file that may not be read stops no other: it is left out, and tried again later."""
    try:
        return _read(path)
    except PermissionError:
        _log.warning("message-unreadable", directory=str(path.parent), file=path.name)
        return None


def _no_links(path: str, flags: int) -> int:
    return os.open(path, flags | os.O_NOFOLLOW | os.O_NONBLOCK)
