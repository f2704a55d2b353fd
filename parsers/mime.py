"""MIME inside a budget (RFC 2045, 2046, 2183, 2231): a tree of parts that know where in the message they stand.

The message is cut by searching its bytes, so that time grows with its size and its depth only, and a part can be replaced in place.
"""

import binascii
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import islice

from parsers.headers import Headers, split, words
from parsers.reading import Unreadable
from parsers.text import decode, one_line

MAX_NAME = 120
_PARAMETER = re.compile(r';\s*([^\s=;"]{1,80})\s*=\s*(?:"((?:[^"\\]|\\.)*)"?|([^;]*))')
_SECTION = re.compile(r"(?P<name>[^*]+)(?:\*(?P<number>\d{1,3}))?(?P<coded>\*)?")
_TYPE = re.compile(r"[a-z0-9!#$&^_.+-]{1,80}/[a-z0-9!#$&^_.+-]{1,80}")
_PERCENT = re.compile(r"%([0-9A-Fa-f]{2})")
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
        return self.headers.first("content-disposition").partition(";")[0].strip().lower()

    @property
    def content_id(self) -> str:
        """The Content-ID without its angle brackets."""
        return self.headers.first("content-id").strip("<> ")

    @property
    def filename(self) -> str:
        """The last component of the name the sender gave, one line, at most 120 characters, its extension kept; "" if none."""
        given = parameters(self.headers.first("content-disposition"))
        return safe_name(words(given.get("filename", "")) or words(self.params.get("name", "")))

    @property
    def encoding(self) -> str:
        """The transfer encoding in lower case, `7bit` where nothing is said."""
        return self.headers.first("content-transfer-encoding").strip("\"' ;").lower() or "7bit"

    @property
    def enveloped(self) -> bool:
        """Tell whether it stands inside an attached or returned message."""
        parent = self.parent
        while parent is not None:
            if parent.media_type in ENVELOPES:
                return True
            parent = parent.parent
        return False


def safe_name(name: str) -> str:
    """Return a file name that is only that: no folders, no control characters, at most `MAX_NAME` characters."""
    base = one_line(re.split(r"[/\\]", one_line(name))[-1]).strip('". ')
    if len(base) <= MAX_NAME:
        return base
    stem, dot, extension = base.rpartition(".")
    keep = f".{extension}" if dot and len(extension) <= 10 else ""  # noqa: PLR2004 - longer is no extension
    return (stem if keep else base)[: MAX_NAME - len(keep)] + keep


def parameters(value: str) -> dict[str, str]:
    """Return the parameters of a structured field, continuations joined and charsets decoded (RFC 2231); the first of each counts."""
    plain: dict[str, str] = {}
    pieces: dict[str, dict[int, tuple[str, bool]]] = {}
    for found in _PARAMETER.finditer(value):
        section = _SECTION.fullmatch(found[1].lower())
        text = re.sub(r"\\(.)", r"\1", found[2]) if found[2] is not None else found[3].strip()
        if section is None:
            continue
        if section["number"] is None and not section["coded"]:
            plain.setdefault(section["name"], text)
        else:
            pieces.setdefault(section["name"], {}).setdefault(
                int(section["number"] or 0), (text, bool(section["coded"]))
            )
    return plain | {name: _joined(parts) for name, parts in pieces.items()}


def _joined(parts: dict[int, tuple[str, bool]]) -> str:
    ordered = [parts[number] for number in sorted(parts)]
    charset = ""
    if ordered[0][1] and ordered[0][0].count("'") >= 2:  # noqa: PLR2004 - charset'language'text
        charset, _, text = ordered[0][0].split("'", 2)
        ordered[0] = (text, True)
    data = b"".join(_unquoted(text) if coded else text.encode("utf-8", "replace") for text, coded in ordered)
    return one_line(decode(data, charset or "utf-8")[0])


def _unquoted(text: str) -> bytes:
    out, at = bytearray(), 0
    for found in _PERCENT.finditer(text):
        out += text[at : found.start()].encode("utf-8", "replace") + bytes.fromhex(found[1])
        at = found.end()
    return bytes(out + text[at:].encode("utf-8", "replace"))


def decoded(part: Part) -> bytes:
    """Return the body of a leaf with its transfer encoding undone; what is damaged is decoded as far as it goes and noted."""
    data = part.buffer[part.start : part.end]
    if part.encoding == "base64":
        return _base64(data, part)
    if part.encoding == "quoted-printable":
        return binascii.a2b_qp(data)
    if part.encoding not in ("7bit", "8bit", "binary", "none"):
        _note(part, "unknown transfer encoding, read as it stands")
    return data


def _base64(data: bytes, part: Part) -> bytes:
    bare = _NOT_BASE64.sub(b"", data)
    if len(bare) + sum(map(data.count, (b"\n", b"\r", b" ", b"\t"))) != len(data):
        _note(part, "damaged base64: characters that do not belong were passed over")
    # Padding in the middle is two encoded pieces, one after the other; the decoder alone would stop at the first.
    pieces = [piece.replace(b"=", b"") for piece in re.split(rb"=+", bare, maxsplit=_MAX_PIECES) if piece]
    if any(len(piece) % 4 == 1 for piece in pieces):
        _note(part, "damaged base64: it ends in the middle of a byte")
        pieces = [piece[:-1] if len(piece) % 4 == 1 else piece for piece in pieces]
    return b"".join(binascii.a2b_base64(piece + b"=" * (-len(piece) % 4)) for piece in pieces)


def _note(part: Part, problem: str) -> None:
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


@dataclass
class Walker:
    """Takes a message apart and counts what that costs."""

    max_parts: int
    max_depth: int
    count: int = 0

    def part(
        self, buffer: bytes, start: int, end: int, parent: Part | None, span: tuple[int, int] | None = None
    ) -> Part:
        """Read the entity at `buffer[start:end]` and what is inside it; `span` where `buffer` is not the raw message itself."""
        self.count += 1
        depth = parent.depth + 1 if parent else 0
        if self.count > self.max_parts:
            raise Unreadable(f"more than {self.max_parts} MIME parts")
        if depth > self.max_depth:
            raise Unreadable(f"MIME parts nested more than {self.max_depth} deep")
        headers, body = split(buffer, start, end)
        kind = headers.first("content-type")
        media_type = kind.partition(";")[0].strip().lower()
        if not _TYPE.fullmatch(media_type):
            digest = parent is not None and parent.media_type == "multipart/digest" and not kind
            media_type = (
                "message/rfc822" if digest else "text/plain" if not kind else "application/octet-stream"
            )
        body = min(body, end)
        part = Part(
            headers=headers,
            buffer=buffer,
            start=body,
            end=end,
            depth=depth,
            media_type=media_type,
            params=parameters(kind),
            span=span or (body, end),
            direct=span is None,
            parent=parent,
            problems=list(headers.problems),
        )
        self._inside(part)
        return part

    def _inside(self, part: Part) -> None:
        if part.media_type.startswith("multipart/"):
            self._multipart(part)
        elif part.media_type in ENVELOPES:
            self._message(part)

    def _multipart(self, part: Part) -> None:
        boundary = part.params.get("boundary", "").rstrip().encode("utf-8")
        found = delimiters(part.buffer, boundary, part.start, part.end) if boundary else iter(())
        cuts = list(islice(found, self.max_parts + 2))  # more would be refused below
        if not cuts or cuts[0][2]:
            if part.parent is None and part.buffer[part.start : part.end].strip():
                raise Unreadable("multipart message without its boundary")
            _note(part, "a multipart without its boundary was read as text")
            part.media_type = "text/plain"
            return
        for number, (_, after, closing) in enumerate(cuts):
            if closing:
                return
            until = cuts[number + 1][0] if number + 1 < len(cuts) else part.end
            part.children.append(self.part(part.buffer, after, max(after, until), part, self._span(part)))
        _note(part, "the closing boundary is missing: the message may have been cut off")

    def _message(self, part: Part) -> None:
        if part.encoding in ("base64", "quoted-printable"):  # forbidden by RFC 2046, and seen
            inner = decoded(part)
            part.children.append(self.part(inner, 0, len(inner), part, part.span))
        else:
            part.children.append(self.part(part.buffer, part.start, part.end, part, self._span(part)))

    @staticmethod
    def _span(part: Part) -> tuple[int, int] | None:
        return None if part.direct else part.span


def leaves(part: Part) -> Iterator[Part]:
    """Yield the leaves of the tree in their order."""
    if part.children:
        for child in part.children:
            yield from leaves(child)
    else:
        yield part
