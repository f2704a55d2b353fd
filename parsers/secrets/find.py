"""Where private-key material stands in bytes: as text, as a binary container, inside base64, inside a zip.

Works on a decoded attachment and on a raw message alike: in a raw message a transfer-encoded attachment is a run of base64,
which is decoded, looked into, and cut out whole. Archives are read within a budget that does not trust their headers.
"""

import binascii
import io
import re
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from parsers.secrets.containers import binary_kind

Kind = Literal[
    "pem",
    "pgp",
    "putty",
    "pkcs8",
    "encrypted-pkcs8",
    "pkcs1",
    "ec",
    "dsa",
    "pkcs12",
    "java-keystore",
    "openssh",
]

_MAX_MEMBERS = 50
_MAX_UNPACKED = 30 * 1024 * 1024
_UNREADABLE = (
    OSError,
    RuntimeError,
    ValueError,
    NotImplementedError,
    EOFError,
    zlib.error,
    zipfile.BadZipFile,
)
"""What zipfile raises for archives that are broken, encrypted, or of a method it does not know."""
_MAX_DEPTH = 3  # message -> base64 part -> zip -> member that is base64 again

# A dash as mail programs leave it: ASCII, an en or em dash in UTF-8, or in Windows-1252.
_DASH = rb"(?:-|\xe2\x80[\x90-\x95]|\xe2\x88\x92|\x96|\x97|=E2=80=9[0-5])"
_GAP = rb"(?:[ \t_]|\xc2\xa0|\xa0|=20|=C2=A0){1,4}"
_BEGIN = re.compile(
    _DASH
    + rb"{1,10}[ \t]{0,4}BEGIN"
    + _GAP
    + rb"(?:[A-Z0-9]{2,12}"
    + _GAP
    + rb"){0,2}PRIVATE"
    + _GAP
    + rb"KEY"
    rb"(" + _GAP + rb"BLOCK)?[ \t]{0,4}" + _DASH + rb"{1,10}",
    re.IGNORECASE,
)
_END = re.compile(
    _DASH + rb"{1,10}[ \t]{0,4}END" + _GAP + rb"(?:[A-Z0-9]{2,12}" + _GAP + rb"){0,2}PRIVATE" + _GAP + rb"KEY"
    rb"(?:" + _GAP + rb"BLOCK)?[ \t]{0,4}" + _DASH + rb"{1,10}",
    re.IGNORECASE,
)
_MATERIAL = re.compile(rb"[A-Za-z0-9+/]{30,}")
_NAMED = b"private"
_HEADERS = 400  # bytes of header lines that may stand before the base64
_REACH = 64 * 1024  # no private key in text is longer
_PUTTY = re.compile(rb"PuTTY-User-Key-File-\d")
_PUTTY_END = re.compile(rb"Private-(?:MAC|Hash)[ \t]{0,4}:[ \t]{0,4}[0-9a-f]+", re.IGNORECASE)
_BASE64 = re.compile(
    rb"(?<![A-Za-z0-9+/=])[A-Za-z0-9+/]{40,}(?:[ \t]{0,4}\r?\n[> \t]{0,8}[A-Za-z0-9+/]+)*={0,2}"
)


@dataclass(frozen=True, kw_only=True)
class Secret:
    """Private-key material at `start:end` of the bytes searched (the whole, where it is inside an archive).

    `encoded`: the span is base64 text that hides it.
    """

    kind: Kind
    start: int
    end: int
    encoded: bool = False


def _text_end(data: bytes, start: int, limit: int) -> int:
    """Return where the material behind `start` ends: its END line, or the last base64 before `limit`."""
    closing = _END.search(data, start, limit)
    if closing:
        return closing.end()
    end = start
    for run in re.finditer(
        rb"[A-Za-z0-9+/=]{30,}[^A-Za-z0-9+/=]{0,8}[A-Za-z0-9+/=]{0,64}", data[start:limit]
    ):
        if start + run.start() > end + _HEADERS:
            break
        end = start + run.end()
    return end


def _in_text(data: bytes) -> Iterator[Secret]:
    openings = list(_BEGIN.finditer(data)) if _NAMED in data.lower() else []
    # Each opening reaches to the next one at most: time stays linear whatever is sent.
    limits = [*(opening.start() for opening in openings[1:]), len(data)][: len(openings)]
    for opening, limit in zip(openings, limits, strict=True):
        start = opening.end()
        end = _text_end(data, start, min(limit, start + _REACH))
        if _MATERIAL.search(data, start, end):  # an armor line alone is talk about keys, not a key
            yield Secret(kind="pgp" if opening[1] else "pem", start=opening.start(), end=end)
    at = 0
    while putty := _PUTTY.search(data, at):
        closing = _PUTTY_END.search(data, putty.end(), putty.end() + _REACH)
        at = closing.end() if closing else min(len(data), putty.end() + _REACH)
        if b"Private-Lines" in data[putty.start() : at]:
            yield Secret(kind="putty", start=putty.start(), end=at)


def _in_wide_text(data: bytes) -> Iterator[Secret]:
    """UTF-16 text has a NUL in every ASCII character: without them the armor is plain. The whole is the secret then."""
    if data[:400].count(0) * 3 > len(data[:400]):
        for secret in _in_text(data.replace(b"\0", b"")):
            yield Secret(kind=secret.kind, start=0, end=len(data))
            return


def _in_base64(data: bytes, depth: int) -> Iterator[Secret]:
    for run in _BASE64.finditer(data):
        text = re.sub(rb"[^A-Za-z0-9+/]", b"", run[0])
        text = text[:-1] if len(text) % 4 == 1 else text
        inner = binascii.a2b_base64(text + b"=" * (-len(text) % 4))
        for secret in _search(inner, depth + 1):
            yield Secret(kind=secret.kind, start=run.start(), end=run.end(), encoded=True)
            break


def _members(data: bytes) -> Iterator[bytes]:
    """Yield the members of a zip, at most 50 and 30 MB read in all; what cannot be read is passed over."""
    left = _MAX_UNPACKED
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            for member in archive.infolist()[:_MAX_MEMBERS]:
                try:
                    with archive.open(member) as stream:
                        content = stream.read(left)
                except _UNREADABLE:
                    continue
                left -= len(content)
                yield content
                if left <= 0:
                    return
    except _UNREADABLE:
        return


def _in_zip(data: bytes, depth: int) -> Iterator[Secret]:
    if not data.startswith(b"PK\x03\x04"):
        return
    for content in _members(data):
        for secret in _search(content, depth + 1):
            yield Secret(kind=secret.kind, start=0, end=len(data))
            return


def _search(data: bytes, depth: int) -> Iterator[Secret]:
    kind = binary_kind(data)
    if kind:
        yield Secret(kind=kind, start=0, end=len(data))
        return
    yield from _in_text(data)
    yield from _in_wide_text(data)
    if depth < _MAX_DEPTH:
        yield from _in_base64(data, depth)
        yield from _in_zip(data, depth)


def find_secrets(data: bytes, name: str = "") -> list[Secret]:  # noqa: ARG001 - a name proves nothing; kept in the contract
    """Return the private-key material in `data`, in order, spans disjoint; [] for a CSR, a certificate, a public key. Never raises."""
    found: list[Secret] = []
    for secret in sorted(_search(data, 0), key=lambda s: (s.start, -s.end)):
        if not found or secret.start >= found[-1].end:
            found.append(secret)
        elif secret.end > found[-1].end:
            found[-1] = Secret(
                kind=found[-1].kind, start=found[-1].start, end=secret.end, encoded=found[-1].encoded
            )
    return found


_MARK = b"[private key removed]"


def redact(data: bytes) -> bytes:
    """Return `data` (an attachment, a raw MIME part or a whole raw message) with the material replaced by a mark.

    A base64 run is replaced by base64 that decodes to the mark: the message stays well-formed.
    """
    kept = []
    at = 0
    for secret in find_secrets(data):
        mark = binascii.b2a_base64(_MARK, newline=False) if secret.encoded else _MARK
        kept += [data[at : secret.start], mark]
        at = secret.end
    return b"".join([*kept, data[at:]])
