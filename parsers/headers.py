"""The header of a message: fields apart, unfolded, decoded (RFC 5322, 2047, 6532); never more than one line per value."""

import binascii
import re
from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime

from parsers.text import decode, one_line

MAX_BLOCK = 512 * 1024
"""Bytes of one header block; a real one has about 5 KB, Postfix stops at 100 KB per field."""
MAX_VALUE = 16 * 1024
"""Characters of one field's value that are read."""

BLANK_BEFORE_COLON = "blank before the colon"
TOO_LONG = "header too long"
"""The problem of a block that was cut at `MAX_BLOCK`."""

# Only LF ends a line: a bare CR must not start a field here that the server which checked the mail never saw.
_FIELD = re.compile(rb"([!-9;-~]{1,200})([ \t]*):([^\n]*(?:\n[ \t][^\n]*)*)(?:\n|\Z)")
_BLANK = re.compile(rb"\r?(?:\n|\Z)")
_MBOX = re.compile(rb">?From [^\n]*\n")
# A question mark that some programs leave in the text does not end a word; the beginning of the next one does.
_WORD = re.compile(r"=\?([^?\s]{1,80})\?([bBqQ])\?((?:[^?=]|=(?!\?(?!=))|\?(?!=)){0,2000}+)\?=")
_BETWEEN = re.compile(r"(?<=\?=)\s+(?==\?[^?\s]{1,80}\?[bBqQ]\?)")
_MESSAGE_ID = re.compile(r"<[^<>\s]{1,996}>")
_MAX_IDS = 100


@dataclass(frozen=True)
class Field:
    """A header field: name in lower case, value as text, unfolded and cleaned, encoded words untouched; `odd` names a defect.

    `name_sent` and `sent` are name and value as they came, which is what a signature covers (RFC 6376 §3.4).
    """

    name: str
    value: str
    odd: str = ""
    name_sent: bytes = b""
    sent: bytes = b""


class Headers:
    """The fields of one header block in their order."""

    def __init__(self, fields: list[Field], problems: tuple[str, ...] = ()) -> None:
        self.fields = fields
        self.problems = problems
        self._named: dict[str, list[Field]] = {}
        for field in fields:
            self._named.setdefault(field.name, []).append(field)

    def all(self, name: str) -> list[Field]:
        """Return every field of this lower-case name, the topmost first."""
        return self._named.get(name, [])

    def first(self, name: str) -> str:
        """Return the topmost value of this name, "" if there is none."""
        found = self._named.get(name)
        return found[0].value if found else ""

    def has(self, name: str) -> bool:
        """Tell whether a field of this name is there, even an empty one."""
        return name in self._named


def split(raw: bytes, start: int = 0, end: int | None = None) -> tuple[Headers, int]:
    """Return the header that begins at `start` and the offset of the body.

    A line that is no field ends the header, as mail servers see it; it then belongs to the body.
    """
    end = len(raw) if end is None else end
    limit = min(end, start + MAX_BLOCK)
    fields: list[Field] = []
    problems: tuple[str, ...] = ()
    at = start
    mbox = _MBOX.match(raw, at, limit)
    at = mbox.end() if mbox else at
    while at < limit:
        blank = _BLANK.match(raw, at, limit)
        if blank:
            return Headers(fields, problems), blank.end()
        found = _FIELD.match(raw, at, limit)
        if not found:
            problems = ("a line in the header is no field; what follows it was read as text",)
            break
        fields.append(_field(found[1] + found[2], found[3]))
        at = found.end()
    if at >= limit and limit < end:
        problems = (TOO_LONG,)
    return Headers(fields, problems), at


def _field(name: bytes, value: bytes) -> Field:
    odd = ""
    try:
        text = value[: 4 * MAX_VALUE].decode("utf-8")
    except UnicodeDecodeError:  # not RFC 6532: what old programs write is Windows-1252
        text, odd = decode(value[: 4 * MAX_VALUE], "cp1252")[0], "8-bit text without its charset"
    bare = value.replace(b"\r\n", b"").rstrip(b"\r")
    if b"\r" in bare or b"\0" in bare:
        odd = "control characters"
    if len(text) > MAX_VALUE:
        odd = "too long"
    known = name.rstrip(b" \t")
    if known != name:
        odd = BLANK_BEFORE_COLON  # RFC 5322 §4.5 reads it, many a filter does not
    return Field(known.decode("ascii").lower(), one_line(text[:MAX_VALUE]), odd, name, value)


def words(value: str) -> str:
    """Return `value` with its encoded words decoded (RFC 2047), on one line; words that cannot be decoded stay as they are.

    Neighbours of one charset are joined before decoding: many programs cut a character in two.
    """
    if "=?" not in value:
        return value
    value = _BETWEEN.sub("", value)
    out: list[str] = []
    at = 0
    pending: tuple[str, bytes] = ("", b"")
    for found in _WORD.finditer(value):
        charset, data = found[1].split("*")[0].lower(), _word_bytes(found[2], found[3])
        if at != found.start() or charset != pending[0] or data is None:
            out += [decode(pending[1], pending[0])[0], value[at : found.start()]]
            pending = ("", b"")
        if data is None:
            out.append(found[0])
        else:
            pending = (charset, pending[1] + data)
        at = found.end()
    return one_line("".join([*out, decode(pending[1], pending[0])[0], value[at:]]))


def _word_bytes(encoding: str, text: str) -> bytes | None:
    if not text.isascii():
        return None
    if encoding in "qQ":
        return binascii.a2b_qp(text.encode("ascii"), header=True)
    bare = re.sub(r"[^A-Za-z0-9+/]", "", text)
    try:
        return binascii.a2b_base64(bare + "=" * (-len(bare) % 4))
    except binascii.Error:
        return None


def message_ids(headers: Headers, name: str) -> tuple[str, ...]:
    """Return the message ids of a field, with their angle brackets, in order and without repetition."""
    found = (match for field in headers.all(name) for match in _MESSAGE_ID.findall(field.value))
    return tuple(dict.fromkeys(found))[-_MAX_IDS:]


def date(headers: Headers) -> datetime | None:
    """Return what the Date field says, aware, None where it says nothing; the writer's clock, so never a proof."""
    try:
        value = parsedate_to_datetime(headers.first("date")[:200])
        return value if value.tzinfo else value.replace(tzinfo=UTC)
    except (ValueError, TypeError, IndexError, OverflowError):
        return None
