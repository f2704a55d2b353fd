"""MIME inside a budget (RFC 2045, 2046, 2183, 2231): a tree of parts that know where in the message they stand.

The message is cut by searching its bytes, so that time grows with its size and its depth only, and a part can be replaced in place.
"""

import binascii
import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from parsers.headers import Headers, words
from parsers.structured import content_type, parameters, transfer_encoding
from parsers.text import one_line
from parsers.uuencode import uudecoded

MAX_NAME = 120
_MAX_PIECES = 1000  # of one base64 body; honest ones have one
_REST = 200  # bytes of blanks that may follow a boundary on its line
_NOT_BASE64 = re.compile(rb"[^A-Za-z0-9+/=]+")
ENVELOPES = ("message/rfc822", "message/global", "message/news")
"""Media types of a message inside a message."""


@dataclass
class Part:
    """A node of the tree.

    `buffer[start:end]` is its body as transferred; `span` is the outermost stretch of the raw message that holds it, and `direct`
    tells whether the two are the same bytes.
    """

    headers: Headers
    buffer: bytes
    start: int
    end: int
    depth: int
    media_type: str
    params: dict[str, str]
    span: tuple[int, int]
    direct: bool
    parent: "Part | None" = None
    children: list["Part"] = field(default_factory=list)
    problems: list[str] = field(default_factory=list)

    @property
    def disposition(self) -> str:
        """`attachment`, `inline`, another lower-case word, or "" where nothing is said."""
        return re.split(r"[;\s(,]", self.headers.first("content-disposition").lower(), maxsplit=1)[0]

    @property
    def content_id(self) -> str:
        """The Content-ID without its angle brackets."""
        return self.headers.first("content-id").strip("<> ")

    @property
    def filename(self) -> str:
        """The last component of the name the sender gave, one line, at most 120 characters, its extension kept; "" if none."""
        return _filename(self.headers, self.params)

    @property
    def encoding(self) -> str:
        """The transfer encoding by its registered name, `7bit` where nothing is said, `x-uuencode` among them."""
        return transfer_encoding(self.headers.first("content-transfer-encoding"))

    @property
    def enveloped(self) -> bool:
        """Tell whether it stands inside an attached or returned message."""
        parent = self.parent
        while parent is not None:
            if parent.media_type in ENVELOPES:
                return True
            parent = parent.parent
        return False


def type_of(headers: Headers) -> tuple[str, dict[str, str]]:
    """Return the media type of a part ("" where nothing is said) and its parameters."""
    field = headers.first("content-type")
    disposition = headers.first("content-disposition").lower()
    is_file = (
        "name" in parameters(field)
        or "filename" in parameters(disposition)
        or disposition.startswith("attachment")
    )
    return content_type(field, is_file=is_file)


def _filename(headers: Headers, params: dict[str, str]) -> str:
    given = parameters(headers.first("content-disposition"))
    return safe_name(words(given.get("filename", "")) or words(params.get("name", "")))


def safe_name(name: str) -> str:
    """Return a file name that is only that: no folders, no control characters, at most `MAX_NAME` characters."""
    base = one_line(re.split(r"[/\\]", one_line(name))[-1]).strip('". ')
    if len(base) <= MAX_NAME:
        return base
    stem, dot, extension = base.rpartition(".")
    keep = f".{extension}" if dot and len(extension) <= 10 else ""  # noqa: PLR2004 - longer is no extension
    return (stem if keep else base)[: MAX_NAME - len(keep)] + keep


def decoded(part: Part) -> bytes:
    """Return the body of a leaf with its transfer encoding undone; what is damaged is decoded as far as it goes and noted."""
    data = part.buffer[part.start : part.end]
    if part.encoding == "base64":
        return _base64(data, part)
    if part.encoding == "quoted-printable":
        return binascii.a2b_qp(data)
    if part.encoding == "x-uuencode":
        data, whole = uudecoded(data)
        if not whole:
            note(part, "damaged uuencoded lines were passed over")
        return data
    if part.encoding not in ("7bit", "8bit", "binary"):
        note(part, "unknown transfer encoding, read as it stands")
    return data


def _base64(data: bytes, part: Part) -> bytes:
    bare = _NOT_BASE64.sub(b"", data)
    if len(bare) + sum(map(data.count, (b"\n", b"\r", b" ", b"\t"))) != len(data):
        note(part, "damaged base64: characters that do not belong were passed over")
    # Padding in the middle is two encoded pieces, one after the other; the decoder alone would stop at the first.
    pieces = [piece.replace(b"=", b"") for piece in re.split(rb"=+", bare, maxsplit=_MAX_PIECES) if piece]
    if any(len(piece) % 4 == 1 for piece in pieces):
        note(part, "damaged base64: it ends in the middle of a byte")
        pieces = [piece[:-1] if len(piece) % 4 == 1 else piece for piece in pieces]
    return b"".join(binascii.a2b_base64(piece + b"=" * (-len(piece) % 4)) for piece in pieces)


def note(part: Part, problem: str) -> None:
    """Say once what is wrong with a part."""
    if problem not in part.problems:
        part.problems.append(problem)


def delimiters(buffer: bytes, boundary: bytes, start: int, end: int) -> Iterator[tuple[int, int, bool]]:
    """Yield (end of what stands before, start of what comes after, is the closing one) of each delimiter line (RFC 2046 §5.1.1)."""
    mark = b"--" + boundary
    at = buffer.find(mark, start, end)
    while at >= 0:
        behind = at + len(mark)
        if at == start or buffer[at - 1 : at] == b"\n":
            line_end = buffer.find(b"\n", behind, min(end, behind + _REST))
            after = line_end + 1 if line_end >= 0 else min(end, behind + _REST)
            rest = buffer[behind:after].rstrip()
            if rest in (b"", b"--") and (line_end >= 0 or after == end):
                before = max(start, at - 1)
                crlf = before > start and buffer[before - 1 : before] == b"\r"
                yield before - crlf, after, rest == b"--"
        at = buffer.find(mark, behind, end)


def leaves(part: Part) -> Iterator[Part]:
    """Yield the leaves of the tree in their order."""
    if part.children:
        for child in part.children:
            yield from leaves(child)
    else:
        yield part
