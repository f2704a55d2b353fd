"""What mail programs, editors and people do to a CSR on its way, undone; each repair is named.

Repairs: `bom`, `utf-16`, `json` (line ends and slashes written as JSON does), `html-breaks`, `quoted-printable`, `nbsp`, `quoting`, `smart-dashes`, `armor` (a bent BEGIN or END line),
`headerless-base64`, `base64-of-pem`, `trailing-data`. None of them changes a byte of what is signed: the signature proves it.
Formats: RFC 7468 (PEM), RFC 2045 (base64, quoted-printable).
"""

import binascii
import html
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace

MAX_BYTES = 512 * 1024
"""Bytes of a file, or characters of a text, that are searched for a CSR; a real one has about 2 KB."""
MAX_DER = 64 * 1024
_MAX_CANDIDATES = 20

_STRICT = re.compile(
    r"^-----BEGIN (?:NEW )?CERTIFICATE REQUEST-----\s([A-Za-z0-9+/=\s]+)^-----END (?:NEW )?CERTIFICATE REQUEST-----",
    re.MULTILINE,
)
_DASHES = r"-{1,20}[ \t]{0,8}"
_LOOSE = re.compile(
    _DASHES + r"BEGIN[ \t]{1,8}(?:NEW[ \t]{1,8})?CERTIFICATE[ \t]{1,8}REQUEST[ \t]{0,8}-{1,20}"
    r"(.*?)(?=" + _DASHES + r"(?:END|BEGIN)\b|\Z)",
    re.DOTALL | re.IGNORECASE,
)
# A base64 text that starts like DER ("MI"), like PEM ("LS0t" is "---") or like PEM after a byte order mark.
_BARE = re.compile(
    r"(?<![A-Za-z0-9+/=])(?:MI|LS0t|77u/LS0t)[A-Za-z0-9+/]{30,}(?:[ \t]{0,4}\r?\n[ \t]{0,4}[A-Za-z0-9+/]+)*={0,2}"
)
_PEM_HEADER = re.compile(r"^[A-Za-z-]{1,40}:.*$", re.MULTILINE)
_BASE64 = re.compile(r"[A-Za-z0-9+/]+={0,2}")
_BLANKS = dict.fromkeys(
    map(ord, "\u00a0\u2000\u2001\u2002\u2003\u2007\u2009\u202f\u3000"), " "
) | dict.fromkeys(map(ord, "\u200b\u200c\u200d\u2060\u00ad"), "")
_SMART = dict.fromkeys(map(ord, "\u2010\u2011\u2012\u2013\u2212"), "-") | dict.fromkeys(
    map(ord, "\u2014\u2015"), "--"
)


@dataclass(frozen=True, kw_only=True)
class Candidate:
    """One DER value that may be a CSR, and what was repaired to get at it."""

    der: bytes
    repairs: tuple[str, ...] = ()


# --- the repairs, in the order in which they are undone ------------------------------------------------------------------


def _html(text: str) -> str:
    if re.search(r"<(?:br|/?p|/?div|/?span|/?pre)\b", text, re.IGNORECASE):
        text = re.sub(r"</?(?:br|p|div|span|pre)\b[^<>]{0,300}>", "\n", text, flags=re.IGNORECASE)
    return html.unescape(text) if re.search(r"&(?:nbsp|gt|#\d+|#x[0-9a-f]+);", text, re.IGNORECASE) else text


def _quoted_printable(text: str) -> str:
    def plain(found: re.Match[str]) -> str:
        return bytes.fromhex(found[0].replace("=", "")).decode("utf-8", "replace")

    # Padding stands at a line's end too: a soft break is an "=" with base64 right after it, and never before an END line.
    joined = re.sub(r"=\r?\n(?=[A-Za-z0-9+/])", "", text)
    return re.sub(r"(?:=[0-9A-F]{2})+", plain, joined)


def _json(text: str) -> str:
    if not re.search(r"REQUEST-----\\[rn]", text):
        return text
    plain = re.sub(r"\\u00([0-7][0-9a-fA-F])", lambda found: chr(int(found[1], 16)), text)
    return plain.replace("\\r", "").replace("\\n", "\n").replace("\\/", "/")


_REPAIRS: tuple[tuple[str, Callable[[str], str]], ...] = (
    ("bom", lambda text: text.replace("\ufeff", "")),
    ("json", _json),
    ("html-breaks", _html),
    ("quoted-printable", _quoted_printable),
    ("nbsp", lambda text: text.translate(_BLANKS)),
    ("quoting", lambda text: re.sub(r"^(?:[ \t]{0,4}[>|]){1,20}[ \t]?", "", text, flags=re.MULTILINE)),
    ("smart-dashes", lambda text: text.translate(_SMART)),
)


def _repair(text: str) -> tuple[str, tuple[str, ...]]:
    done = []
    for name, undo in _REPAIRS:
        mended = undo(text)
        if mended != text:
            done.append(name)
        text = mended
    return text, tuple(done)


# --- base64 and DER ------------------------------------------------------------------------------------------------------


def _decode(body: str) -> bytes:
    """Return what the leading base64 of `body` means, b"" if nothing; words that follow it do no harm."""
    found = _BASE64.match("".join(_PEM_HEADER.sub("", body).split()))
    if not found:
        return b""
    text = found[0].rstrip("=")
    text = text[:-1] if len(text) % 4 == 1 else text
    return binascii.a2b_base64(text + "=" * (-len(text) % 4))


def der_length(data: bytes) -> int | None:
    """Return how many bytes the DER SEQUENCE at the start of `data` takes, header included; None if there is none whole."""
    if len(data) < 2 or data[0] != 0x30:  # noqa: PLR2004 - tag and length octets, X.690
        return None
    first = data[1]
    if first < 0x80:  # noqa: PLR2004 - X.690 8.1.3.4: short form
        size, head = first, 2
    else:
        head = 2 + first - 0x80
        size = int.from_bytes(data[2:head], "big")
        if first == 0x80 or head > 2 + 4:  # noqa: PLR2004 - indefinite length is not DER; more than four octets is absurd
            return None
    return head + size if head + size <= len(data) else None


def _der_values(data: bytes, repairs: tuple[str, ...]) -> Iterator[Candidate]:
    """Yield the DER values that stand one after the other in `data`; anything else after one is named."""
    for _ in range(_MAX_CANDIDATES):
        length = der_length(data)
        if length is None or length > MAX_DER:
            return
        rest = data[length:].lstrip(b"\0\t\r\n \x1a")
        extra = ("trailing-data",) if rest and rest[0] != 0x30 and "trailing-data" not in repairs else ()  # noqa: PLR2004
        yield Candidate(der=data[:length], repairs=repairs + extra)
        data = rest


# --- the ways in ---------------------------------------------------------------------------------------------------------


def _armored(text: str) -> Iterator[Candidate]:
    for found in _STRICT.finditer(text):
        for candidate in _der_values(_decode(found[1]), ()):
            yield replace(candidate, repairs=())  # inside intact armor nothing else can trail
    mended, repairs = _repair(text)
    for found in _LOOSE.finditer(mended):
        # Words of the mail may stand behind a body that lost its END line: cut by the DER's own length, they say nothing.
        for candidate in _der_values(_decode(found[1]), repairs or ("armor",)):
            yield replace(candidate, repairs=repairs or ("armor",))


def _bare(text: str, *, nested: bool) -> Iterator[Candidate]:
    mended, repairs = _repair(text)
    for found in _BARE.finditer(mended):
        data = _decode(found[0])
        if found[0].startswith("MI"):
            length = der_length(data)
            if length:
                yield Candidate(der=data[:length], repairs=(*repairs, "headerless-base64"))
        elif not nested:
            for inner in _in_text(data.decode("utf-8-sig", "replace"), nested=True):
                yield Candidate(der=inner.der, repairs=(*repairs, "base64-of-pem", *inner.repairs))


def _in_text(text: str, *, nested: bool = False) -> Iterator[Candidate]:
    yield from _armored(text)
    yield from _bare(text, nested=nested)


def _distinct(found: Iterator[Candidate]) -> list[Candidate]:
    """Return the first of each DER value: what was read with the least repair stands first."""
    seen: dict[bytes, Candidate] = {}
    for candidate in found:
        seen.setdefault(candidate.der, candidate)
        if len(seen) >= _MAX_CANDIDATES:
            break
    return list(seen.values())


def _as_text(data: bytes) -> tuple[str, tuple[str, ...]]:
    head = data[:200]
    if head[:2] in (b"\xff\xfe", b"\xfe\xff"):
        return data.decode("utf-16", "replace"), ("utf-16",)
    if head.count(0) * 3 > len(head):
        return data.decode("utf-16-le" if head[1:2] == b"\0" else "utf-16-be", "replace"), ("utf-16",)
    try:
        return data.decode("utf-8"), ()
    except UnicodeDecodeError:
        return data.decode("cp1252", "replace"), ()


def candidates_in_text(text: str) -> list[Candidate]:
    """Return the distinct DER values that stand in `text` as PEM or base64, in order; nothing in a text over `MAX_BYTES`."""
    return _distinct(_in_text(text)) if len(text) <= MAX_BYTES else []


def candidates(data: bytes) -> list[Candidate]:
    """Return the distinct DER values that `data` is or holds; nothing in data over `MAX_BYTES`."""
    if len(data) > MAX_BYTES:
        return []

    def found() -> Iterator[Candidate]:
        yield from _der_values(data, ())
        text, repairs = _as_text(data)
        for candidate in _in_text(text):
            yield Candidate(der=candidate.der, repairs=repairs + candidate.repairs)

    return _distinct(found())


def looks_like_csr(data: bytes) -> bool:
    """Tell whether `data` names itself a certification request by its armor, readable or not."""
    return bool(_LOOSE.search(_repair(_as_text(data[:MAX_BYTES])[0])[0]))
