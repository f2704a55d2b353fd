"""Letters leave into a Maildir: for demonstrations, tests, and departments that want to read before they trust.

The same contract as SMTP: each send is one file, the claim stands before the point of no return. The envelope is kept in
`Return-Path` and `Delivered-To` at the top of the file, as a delivery agent would (RFC 5321 §4.4).
"""

import os
from itertools import count
from pathlib import Path
from uuid import uuid4

from mailflow.outbox.contract import Claim, Delivery, Envelope
from mailflow.outbox.esmtp import deliverable


class MaildirTransport:
    """A Maildir at `path`, made when first used. Files sort in the order in which they were sent."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._numbers = count(1)

    async def send(self, envelope: Envelope, message: bytes, claim: Claim) -> Delivery:
        """Write, claim, rename: the file appears in `new` whole or not at all."""
        if not all(map(deliverable, (envelope.recipient, envelope.sender or envelope.recipient))):
            return Delivery(result="permanent", phase="rcpt", reply="not an address a mail can go to")
        try:
            written = self._write(envelope, message)
        except OSError as fault:
            return Delivery(result="temporary", phase="mail", reply=_reason(fault))
        try:
            claimed = await claim()
        except BaseException:
            written.unlink(missing_ok=True)
            raise
        if not claimed:
            written.unlink(missing_ok=True)
            return Delivery(result="skipped", phase="rcpt", reply="the claim was refused")
        return self._deliver(written)

    async def close(self) -> None:
        """Nothing is held open."""

    def _write(self, envelope: Envelope, message: bytes) -> Path:
        for folder in ("tmp", "new", "cur"):
            (self._path / folder).mkdir(parents=True, exist_ok=True)
        file = self._path / "tmp" / f"{self._next():08d}.{uuid4().hex}"
        trace = f"Return-Path: <{envelope.sender}>\r\nDelivered-To: {envelope.recipient}\r\n"
        with file.open("xb") as out:
            out.write(trace.encode() + message)
            out.flush()
            os.fsync(out.fileno())
        return file

    def _deliver(self, written: Path) -> Delivery:
        target = self._path / "new" / written.name
        try:
            written.rename(target)
        except OSError as fault:
            return Delivery(result="temporary", phase="data", reply=_reason(fault))
        try:
            _sync(target.parent)
        except OSError as fault:
            return Delivery(result="unknown", phase="data", reply=_reason(fault))
        return Delivery(result="sent", phase="data", reply=f"250 {target.name}")

    def _next(self) -> int:
        """The next number above every file that is there, so that names sort also over restarts."""
        number = next(self._numbers)
        if number == 1:
            there = [
                file.name for folder in ("tmp", "new", "cur") for file in (self._path / folder).iterdir()
            ]
            numbers = [int(name.split(".")[0]) for name in there if name.split(".")[0].isdecimal()]
            self._numbers = count(max(numbers, default=0) + 1)
            number = next(self._numbers)
        return number


def _reason(fault: OSError) -> str:
    return f"the Maildir cannot be written: {fault.strerror or type(fault).__name__}"


def _sync(folder: Path) -> None:
    """Make the renamed name durable, not only the file's bytes."""
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
