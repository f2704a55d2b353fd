"""Waiting for the server to say that something arrived (IDLE, RFC 2177).

The server's words are read from the wire's own buffer, line by line as they become whole. The end of the connection is an
error, not silence.
"""

import selectors
import time
from collections.abc import Callable

from mailflow.mailbox.wire import Wire

LONGEST = 290.0
"""Seconds of one IDLE: below the five minutes after which home routers and firewalls forget a silent connection."""
_TAG = b"idle"  # lower case: imaplib's own tags are upper case letters and a number
_GRACE = 30.0
_HURRY = 2.0  # seconds a server gets to end IDLE when we have been asked to stop


class IdleRefusedError(Exception):
    """The server answered NO or BAD to IDLE, or ended it unasked: look from time to time instead."""


class _Heard:
    """What the server has said since IDLE was sent."""

    def __init__(self) -> None:
        self.started = False
        self.arrived = False
        self.answer = b""

    def take(self, line: bytes) -> None:
        words = line.split()
        if line.startswith(b"+"):
            self.started = True
        elif words[:1] == [_TAG]:
            self.answer = words[1].upper() if len(words) > 1 else b"BAD"
        elif words[2:3] == [b"EXISTS"]:
            self.arrived = True


def idle(wire: Wire, seconds: float, wake: int | None = None) -> bool:
    """IDLE until a message arrives (True), `seconds` pass or `wake` is readable (False).

    Raises `IdleRefusedError`; `imaplib.IMAP4.abort` or `OSError` when the connection ends or the server falls silent.
    """
    until = time.monotonic() + seconds
    heard = _Heard()
    wire.send(_TAG + b" IDLE\r\n")
    woken = _listen(wire, heard, lambda: heard.started, time.monotonic() + _GRACE, wake)
    if not heard.started and not heard.answer:
        _listen(wire, heard, lambda: heard.started, time.monotonic() + (_HURRY if woken else 0), None)
    if not heard.started and not heard.answer:
        raise wire.abort("no answer to IDLE")
    if not woken and not heard.answer:
        woken = _listen(wire, heard, lambda: heard.arrived, until, wake)
    if heard.answer:
        raise IdleRefusedError
    wire.send(b"DONE\r\n")
    _listen(wire, heard, lambda: False, time.monotonic() + (_HURRY if woken else _GRACE), None)
    if not heard.answer:
        raise wire.abort("no answer to DONE")
    return heard.arrived


def _listen(wire: Wire, heard: _Heard, enough: Callable[[], bool], until: float, wake: int | None) -> bool:
    """Hear lines until `enough()`, the tagged answer or time `until`; True when `wake` became readable first."""
    with selectors.DefaultSelector() as selector:
        selector.register(wire.sock, selectors.EVENT_READ)
        if wake is not None:
            selector.register(wake, selectors.EVENT_READ)
        while True:
            alive = wire.drain()
            while (line := wire.ready_line()) is not None:
                heard.take(line)
            if heard.answer or enough():
                return False
            if not alive:
                raise wire.abort("connection closed")
            left = until - time.monotonic()
            if left <= 0:
                return False
            if any(key.fd == wake for key, _ in selector.select(left)):
                return True
