"""Files that stand uuencoded in a text, as mail was written before MIME and as Outlook still offers (POSIX.1-2017, uuencode)."""

import binascii
import re
from collections.abc import Iterator
from dataclasses import dataclass

from parsers.text import decode, one_line

_BEGIN = re.compile(
    rb"^begin(?P<base64>-base64)? [0-7]{3,4} +(?P<name>[^\r\n]{1,255}?)[ \t]*\r?\n", re.MULTILINE
)
_END = re.compile(rb"^(?:end|====)[ \t]*(?:\r?\n|\Z)", re.MULTILINE)
_DATA = re.compile(rb"[ -`]{1,90}\r?\n?")
_SLACK = 3  # octets a line may be longer: a check character, blanks


@dataclass(frozen=True)
class Encoded:
    """A file in a text: `start` and `end` hold it with its first and last line, `body` and `stop` the encoded lines only."""

    start: int
    body: int
    stop: int
    end: int
    name: str
    encoding: str
    complete: bool


def find(data: bytes, start: int, end: int, most: int) -> Iterator[Encoded]:
    """Yield the files encoded in `data[start:end]`, at most `most`. Linear in the length."""
    at = start
    for _ in range(most):
        found = _BEGIN.search(data, at, end)
        if found is None:
            return
        at = found.end()
        encoding = "base64" if found["base64"] else "x-uuencode"
        if encoding == "x-uuencode" and not _is_line(data[at : at + 100].partition(b"\n")[0]):
            continue
        last = _END.search(data, at, end)
        stop = last.start() if last else end
        name = one_line(decode(found["name"], "utf-8")[0])
        yield Encoded(found.start(), at, stop, last.end() if last else end, name, encoding, last is not None)
        at = last.end() if last else end


def uudecoded(data: bytes) -> tuple[bytes, bool]:
    """Return the bytes of uuencoded lines, with or without `begin` and `end`, and whether every line was whole."""
    found = _BEGIN.search(data)
    last = _END.search(data, found.end() if found else 0)
    lines = data[found.end() if found else 0 : last.start() if last else len(data)].split(b"\n")
    out, whole = bytearray(), True
    for each in lines:
        line = each.rstrip(b"\r")
        if not line.strip():
            continue
        try:
            out += binascii.a2b_uu(line)
        except binascii.Error:
            whole = _repaired(line, out) and whole
    return bytes(out), whole


def _repaired(line: bytes, out: bytearray) -> bool:
    """Decode a line with more behind it than it says; False for one that is none."""
    length = (((line[0] - 32) & 63) * 4 + 5) // 3
    try:
        out += binascii.a2b_uu(line[:length])
    except binascii.Error:
        return False
    return True


def _is_line(line: bytes) -> bool:
    """Tell whether a line is what its first octet says: as many characters as its count of bytes needs."""
    line = line.rstrip(b"\r")
    if not line or not _DATA.fullmatch(line):
        return False
    needs = (((line[0] - 32) & 63) + 2) // 3 * 4 + 1
    return len(line) <= needs + _SLACK
