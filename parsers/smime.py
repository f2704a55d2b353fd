"""What stands in an S/MIME message that is signed as a whole (RFC 8551 §3.5.2, RFC 5652): the entity inside, without judging the signature.

A small reader of BER of its own: programs that stream write lengths that are not known beforehand and cut the content into pieces, and a
message of a stranger must end in linear time whatever its lengths claim.
"""

from dataclasses import dataclass

_SIGNED = bytes.fromhex("2a864886f70d010702")
_DATA = bytes.fromhex("2a864886f70d010701")
_ENVELOPED = (bytes.fromhex("2a864886f70d010703"), bytes.fromhex("2a864886f70d0109100117"))
_SEQUENCE, _SET, _OCTETS, _OID, _EXPLICIT = 0x30, 0x31, 0x04, 0x06, 0xA0
_CONSTRUCTED, _LONG, _INDEFINITE = 0x20, 0x80, 0x80
_MAX_LENGTH_OCTETS = 5
_MAX_DEPTH = 12

ENCRYPTED = "encrypted"


class _Broken(Exception):  # noqa: N818 - a verdict on the bytes
    """No BER, or not of this shape."""


@dataclass
class _Reader:
    """Reads elements one after the other; `at` only grows, so that time is linear."""

    data: bytes
    at: int = 0

    def open(self, *tags: int) -> int:
        """Step into an element of one of these tags; return where it ends, -1 where only an end mark will say so."""
        if self.at >= len(self.data) or self.data[self.at] not in tags:
            raise _Broken
        self.at += 1
        return self._length()

    def _length(self) -> int:
        first = self._octet()
        if first < _LONG:
            return self._within(self.at + first)
        if first == _INDEFINITE:
            return -1
        count = first & 0x7F
        if count > _MAX_LENGTH_OCTETS:
            raise _Broken
        length = int.from_bytes(self.data[self.at : self.at + count], "big")
        self.at += count
        return self._within(self.at + length)

    def _within(self, end: int) -> int:
        return min(end, len(self.data))  # a message that was cut off still has its beginning

    def _octet(self) -> int:
        if self.at >= len(self.data):
            raise _Broken
        self.at += 1
        return self.data[self.at - 1]

    def value(self, *tags: int) -> bytes:
        """Return the content of a primitive element."""
        end = self.open(*tags)
        if end < self.at:
            raise _Broken
        value, self.at = self.data[self.at : end], end
        return value

    def skip(self, depth: int = 0) -> None:
        """Step over one element."""
        if depth > _MAX_DEPTH or self.at >= len(self.data):
            raise _Broken
        end = self.open(self.data[self.at])
        while end < 0 and self.data[self.at : self.at + 2] != b"\0\0":
            self.skip(depth + 1)
        self.at = end if end >= 0 else self.at + 2

    def octets(self, depth: int = 0) -> bytes:
        """Return an octet string, whole or in pieces."""
        if depth > _MAX_DEPTH or self.at >= len(self.data):
            raise _Broken
        if self.data[self.at] == _OCTETS:
            return self.value(_OCTETS)
        end = self.open(_OCTETS | _CONSTRUCTED)
        pieces = []
        while self.at < end or (end < 0 and self.data[self.at : self.at + 2] not in (b"\0\0", b"")):
            pieces.append(self.octets(depth + 1))
        self.at += 2 if end < 0 else 0
        return b"".join(pieces)


def content_of(data: bytes) -> bytes | str | None:
    """Return the entity that a CMS message signs, `ENCRYPTED` for one that is, None for anything else. Never raises."""
    try:
        return _content(_Reader(data))
    except (_Broken, IndexError):
        return None


def _content(reader: _Reader) -> bytes | str | None:
    reader.open(_SEQUENCE)
    kind = reader.value(_OID)
    if kind in _ENVELOPED:
        return ENCRYPTED
    if kind != _SIGNED:
        return None
    reader.open(_EXPLICIT)
    reader.open(_SEQUENCE)
    reader.skip()  # version
    reader.skip()  # digest algorithms
    reader.open(_SEQUENCE)
    if reader.value(_OID) != _DATA:
        return None
    reader.open(_EXPLICIT)
    return reader.octets()
