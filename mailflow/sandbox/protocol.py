"""How daemon, zygote and child speak.

Daemon to zygote, one packet per reading: a `Request` as JSON with two descriptors, the sealed memory that holds arguments and
bytes, and the socket for the answer. Zygote to daemon, one packet: how the child `Ended`. Child to daemon, on the socket:
a `Head`, then as many blobs as it announces, the first of them JSON. The child is not believed: sizes are bounded before
anything is received, and whoever reads a blob validates it.
"""

import fcntl
import os
import socket
import struct
import time
from collections.abc import Iterable

from pydantic import BaseModel, ConfigDict, ValidationError

from parsers.facts import Outcome

RESULT_BYTES = 4 * 1024 * 1024
"""The most JSON a child may answer."""

_HEAD_BYTES = 64 * 1024
_PACKET_BYTES = 64 * 1024
_LENGTH = struct.Struct("!I")
_MFD_CLOEXEC, _MFD_ALLOW_SEALING, _MFD_NOEXEC_SEAL = 1, 2, 8
_SEALS = fcntl.F_SEAL_SEAL | fcntl.F_SEAL_SHRINK | fcntl.F_SEAL_GROW | fcntl.F_SEAL_WRITE


class Packet(BaseModel):
    """Base of what is sent: frozen, exact types, no unknown keys."""

    model_config = ConfigDict(frozen=True, extra="forbid", strict=True)


class Request(Packet):
    """Which reading is wanted (`calls.CALLS`), and its limits in seconds of wall clock and of processor time."""

    call: str
    seconds: float
    cpu_seconds: int


class Ended(Packet):
    """How a child ended: by exit status, by signal (0: none), or killed at its wall clock; processor seconds used."""

    status: int
    signal: int
    timed_out: bool
    cpu: float


class Head(Packet):
    """The beginning of an answer: outcome, what may be said of a failure, and the sizes of the blobs that follow."""

    outcome: Outcome
    said: str = ""
    sizes: tuple[int, ...] = ()


class BrokenAnswerError(Exception):
    """The child's answer is cut short or not what this protocol allows."""


class AnswerTooLargeError(BrokenAnswerError):
    """The child announced more than its limit."""


def sealed_memory(pieces: Iterable[bytes]) -> int:
    """Return a descriptor of anonymous memory with `pieces` in order, sealed against every change (memfd_create(2))."""
    try:
        descriptor = os.memfd_create("letter", _MFD_CLOEXEC | _MFD_NOEXEC_SEAL)
    except OSError:  # before Linux 6.3
        descriptor = os.memfd_create("letter", _MFD_CLOEXEC | _MFD_ALLOW_SEALING)
    try:
        for piece in pieces:
            rest = memoryview(piece)
            while rest:
                rest = rest[os.write(descriptor, rest) :]
        fcntl.fcntl(descriptor, fcntl.F_ADD_SEALS, _SEALS)
    except OSError:
        os.close(descriptor)
        raise
    return descriptor


def pack_question(arguments: bytes, data: bytes) -> int:
    """Return sealed memory that holds the arguments (JSON) and the bytes to read."""
    return sealed_memory((_LENGTH.pack(len(arguments)), arguments, data))


def unpack_question(descriptor: int) -> tuple[bytes, bytes]:
    """Return arguments and bytes out of sealed memory."""
    (length,) = _LENGTH.unpack(os.pread(descriptor, _LENGTH.size, 0))
    start = _LENGTH.size + length
    size = os.fstat(descriptor).st_size
    return os.pread(descriptor, length, _LENGTH.size), os.pread(descriptor, size - start, start)


def send_request(control: socket.socket, request: Request, question: int, answer: int) -> None:
    """Send one request with its two descriptors. Raises OSError when the zygote is gone."""
    socket.send_fds(control, [request.model_dump_json().encode()], [question, answer])


def receive_request(control: socket.socket) -> tuple[Request, int, int] | None:
    """Wait for a request; None when the daemon is gone."""
    packet, descriptors, _, _ = socket.recv_fds(control, _PACKET_BYTES, 2)
    if not packet:
        return None
    question, answer = descriptors
    return Request.model_validate_json(packet), question, answer


def send_answer(answer: socket.socket, head: Head, blobs: Iterable[bytes]) -> None:
    """Send a head and its blobs."""
    encoded = head.model_dump_json().encode()
    answer.sendall(_LENGTH.pack(len(encoded)) + encoded)
    for blob in blobs:
        answer.sendall(blob)


def receive_answer(answer: socket.socket, *, until: float, limit: int) -> tuple[Head, list[bytes]]:
    """Receive a whole answer, of at most `limit` bytes beside its JSON, until `until` (`time.monotonic`).

    Raises BrokenAnswerError when it is cut short, late or malformed, AnswerTooLargeError before receiving what is too large.
    """
    (length,) = _LENGTH.unpack(_receive(answer, _LENGTH.size, until))
    if length > _HEAD_BYTES:
        raise AnswerTooLargeError
    try:
        head = Head.model_validate_json(_receive(answer, length, until))
    except ValidationError:
        raise BrokenAnswerError from None
    if any(size < 0 for size in head.sizes):
        raise BrokenAnswerError
    if sum(head.sizes[1:]) > limit or any(size > RESULT_BYTES for size in head.sizes[:1]):
        raise AnswerTooLargeError
    return head, [_receive(answer, size, until) for size in head.sizes]


def _receive(source: socket.socket, size: int, until: float) -> bytes:
    content = bytearray(size)
    rest = memoryview(content)
    while rest:
        source.settimeout(max(until - time.monotonic(), 0.001))
        try:
            count = source.recv_into(rest)
        except OSError:
            raise BrokenAnswerError from None
        if not count:
            raise BrokenAnswerError
        rest = rest[count:]
    return bytes(content)


def receive_ended(control: socket.socket, *, until: float) -> Ended | None:
    """Receive how the child ended; None when the zygote is gone or silent until `until`."""
    control.settimeout(max(until - time.monotonic(), 0.001))
    try:
        return Ended.model_validate_json(control.recv(_PACKET_BYTES))
    except (OSError, ValidationError):
        return None
