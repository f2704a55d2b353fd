"""A message taken apart into its parts, inside a budget: multiparts, attached messages, and what stands in a part that does not say so.

Programs send a message as a nameless file, sign it as a whole, write a file into the text. Everybody else's program opens these too.
"""

import re
from dataclasses import dataclass
from itertools import islice

from parsers import smime, uuencode
from parsers.headers import Field, Headers, split
from parsers.mime import ENVELOPES, Part, decoded, delimiters, note, type_of
from parsers.reading import Unreadable

ENCRYPTED = "the message is encrypted and cannot be read"
"""The problem of a part that only its addressee's key opens (RFC 8551 §3.3, RFC 3156 §4)."""
_LOOKED_AT = 64 * 1024
_FILES = ("application/octet-stream", "application/eml", "application/x-eml", "message/eml", "text/plain")
_SIGNED = ("application/pkcs7-mime", "application/x-pkcs7-mime")
_FIELDS = frozenset(
    ("from", "to", "subject", "date", "message-id", "received", "mime-version", "content-type")
)
_ENTITY = re.compile(rb"\s*(?:content-[a-z-]{1,40}|mime-version)[ \t]*:", re.IGNORECASE)
_GUESSED = re.compile(rb"\n--([^\r\n]{1,200}?)[ \t]*\r?\n(?=content-[a-z-]{1,40}[ \t]*:)", re.IGNORECASE)
_YENC = re.compile(rb"^=ybegin ", re.MULTILINE)


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
        headers, body = split(buffer, start, end)
        digest = parent is not None and parent.media_type == "multipart/digest"
        media_type, params = type_of(headers)
        body = min(body, end)
        part = Part(
            headers=headers,
            buffer=buffer,
            start=body,
            end=end,
            depth=self._counted(parent),
            media_type=media_type or ("message/rfc822" if digest else "text/plain"),
            params=params,
            span=span or (body, end),
            direct=span is None,
            parent=parent,
            problems=list(headers.problems),
        )
        self._inside(part)
        return part

    def _counted(self, parent: Part | None) -> int:
        """Count one part more; return its depth."""
        self.count += 1
        depth = parent.depth + 1 if parent else 0
        if self.count > self.max_parts:
            raise Unreadable(f"more than {self.max_parts} MIME parts")
        if depth > self.max_depth:
            raise Unreadable(f"MIME parts nested more than {self.max_depth} deep")
        return depth

    def _inside(self, part: Part) -> None:
        if part.media_type.startswith("multipart/"):
            self._multipart(part)
        elif part.media_type in ENVELOPES:
            self._message(part)
        elif part.media_type in _FILES and part.filename.lower().endswith(".eml") and _is_message(part):
            part.media_type = "message/rfc822"
            self._message(part)
        elif part.media_type in _SIGNED or (
            part.media_type in _FILES and part.filename.lower().endswith(".p7m")
        ):
            self._signed(part)
        elif part.media_type == "application/pgp-encrypted":
            note(part, ENCRYPTED)
        if part.media_type == "text/plain" and not part.children:
            self._with_files(part)

    def _multipart(self, part: Part) -> None:
        boundary = part.params.get("boundary", "").rstrip().encode("utf-8")
        cuts = self._cuts(part, boundary)
        if (not cuts or cuts[0][2]) and (guessed := _guessed(part)):
            note(part, "the boundary between its parts is not the one that is named; it was guessed")
            cuts = self._cuts(part, guessed)
        if not cuts or cuts[0][2]:
            if part.parent is None and part.buffer[part.start : part.end].strip():
                raise Unreadable("multipart message without its boundary")
            note(part, "a multipart without its boundary was read as text")
            part.media_type = "text/plain"
            return
        for number, (_, after, closing) in enumerate(cuts):
            if closing:
                return
            until = cuts[number + 1][0] if number + 1 < len(cuts) else part.end
            part.children.append(self.part(part.buffer, after, max(after, until), part, _span(part)))
        note(part, "the closing boundary is missing: the message may have been cut off")

    def _cuts(self, part: Part, boundary: bytes) -> list[tuple[int, int, bool]]:
        found = delimiters(part.buffer, boundary, part.start, part.end) if boundary else iter(())
        return list(islice(found, self.max_parts + 2))  # more would be refused

    def _message(self, part: Part) -> None:
        if part.encoding in ("base64", "quoted-printable", "x-uuencode"):  # forbidden by RFC 2046, and seen
            inner = decoded(part)
            part.children.append(self.part(inner, 0, len(inner), part, part.span))
        else:
            part.children.append(self.part(part.buffer, part.start, part.end, part, _span(part)))

    def _signed(self, part: Part) -> None:
        """Open what is signed as a whole; whether the signature holds is not judged here."""
        found = smime.content_of(decoded(part))
        if isinstance(found, str):
            note(part, ENCRYPTED)
        elif found is not None and _ENTITY.match(found[:_LOOKED_AT]):
            part.media_type = "multipart/signed"
            part.children.append(self.part(found, 0, len(found), part, part.span))
        elif found:
            name = part.filename.removesuffix(".p7m").removesuffix(".P7M")
            part.media_type = "multipart/signed"
            part.children.append(self._leaf(part, _file(name, "binary"), found, (0, len(found)), part.span))

    def _with_files(self, part: Part) -> None:
        """Cut the files out of a text that holds some."""
        buffer, start, end, span = part.buffer, part.start, part.end, _span(part)
        if part.encoding == "quoted-printable" and buffer.find(b"begin", start, end) >= 0:
            buffer = decoded(part)
            start, end, span = 0, len(buffer), part.span
        if _YENC.search(buffer, start, end):
            note(part, "a file in the text (yEnc) is not read")
        files = list(uuencode.find(buffer, start, end, self.max_parts))
        if not files:
            return
        part.media_type, at = "multipart/mixed", start
        for each in files:
            self._text(part, buffer, (at, each.start), span)
            headers = _file(each.name, each.encoding)
            whole = span or (each.start, each.end)
            leaf = self._leaf(part, headers, buffer, (each.body, each.stop), whole)
            leaf.direct = span is None
            if not each.complete:
                note(leaf, "the end of a file in the text is missing: it may have been cut off")
            part.children.append(leaf)
            at = each.end
        self._text(part, buffer, (at, end), span)

    def _text(self, part: Part, buffer: bytes, place: tuple[int, int], span: tuple[int, int] | None) -> None:
        if not buffer[place[0] : place[1]].strip():
            return
        leaf = self._leaf(part, Headers([]), buffer, place, span or place)
        leaf.direct, leaf.media_type = span is None, "text/plain"
        leaf.params = {name: value for name, value in part.params.items() if name != "name"}
        part.children.append(leaf)

    def _leaf(
        self, parent: Part, headers: Headers, buffer: bytes, place: tuple[int, int], span: tuple[int, int]
    ) -> Part:
        return Part(
            headers=headers,
            buffer=buffer,
            start=place[0],
            end=place[1],
            depth=self._counted(parent),
            media_type="application/octet-stream",
            params={},
            span=span,
            direct=False,
            parent=parent,
        )


def _span(part: Part) -> tuple[int, int] | None:
    return None if part.direct else part.span


def _is_message(part: Part) -> bool:
    """Tell whether a file holds a mail: at least two fields that mails have."""
    headers, _ = split(decoded(part)[:_LOOKED_AT].lstrip())
    return len(_FIELDS & {each.name for each in headers.fields}) > 1


def _guessed(part: Part) -> bytes:
    """Return the boundary that the first line before fields of MIME shows, "" for none."""
    found = _GUESSED.search(part.buffer, max(0, part.start - 1), part.end)
    return found[1] if found else b""


def _file(name: str, encoding: str) -> Headers:
    """Return the header of a file that came without one."""
    shown = name.replace("\\", "_").replace('"', "'")
    return Headers(
        [
            Field("content-disposition", f'attachment; filename="{shown}"'),
            Field("content-transfer-encoding", encoding),
        ]
    )
