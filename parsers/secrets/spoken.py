"""A passphrase or password written out in a text: found where the word for it stands before it, and cut out.

Only what looks like one counts (letters with digits or signs, or capitals within): `passphrase: lupa` says nothing secret. Nobody
writes one inside a certification request: in base64 and between PEM's lines the letters of such a word stand by chance.
"""

import re
from collections.abc import Iterator

MARK = b"[passphrase dihapus]"
_SAID = re.compile(
    rb"\b(?:pass[ -]?phrase|passw?ord|pasword|kata[ -]sandi|sandi|pswd|pwd|pass)(?:nya)?"
    rb"((?:[ \t]+(?:yang|lama|baru|saya|kami|ams|tte|sertifikat|elektronik|akun|login|email|e-mail|dulu|sebelumnya|old|new|my|for|the)){0,5})"
    rb"[ \t]*([:=]|\b(?:adalah|yaitu|ialah|is|was)\b)?[ \t]*[\"'*]*([^\s\"'*<>]{4,64})",
    re.IGNORECASE,
)
_NO_SECRET = re.compile(
    rb"\d{1,4}[/.-]\d{1,2}[/.-]\d{1,4}|\d{16,18}|[^@]+@[^@]+\.[^@]+|[a-z]{2,8}-\d\d-\d{4,6}-[0-9a-z](?:\.\d+)?|https?:.*|[\d.,:]+",
    re.IGNORECASE,
)
_ENCODED = re.compile(
    rb"-----BEGIN [A-Z0-9 ]{1,60}-----(?:(?!-----BEGIN)[^-]){0,20000}-----END [A-Z0-9 ]{1,60}-----"
    rb"|^[> \t]{0,8}[A-Za-z0-9+/]{40,}={0,2}[ \t]*\r?$(?:\n[> \t]{0,8}[A-Za-z0-9+/]{1,76}={0,2}[ \t]*\r?$){0,400}",
    re.MULTILINE,
)


def without_spoken(data: bytes) -> tuple[bytes, int]:
    """Return a text without the passphrases said in it, and how many there were."""
    kept, at, found = [], 0, 0
    for start, end in _spoken(data):
        kept += [data[at:start], MARK]
        at, found = end, found + 1
    return b"".join([*kept, data[at:]]), found


def _spoken(data: bytes) -> Iterator[tuple[int, int]]:
    encoded = [found.span() for found in _ENCODED.finditer(data)]
    for match in _SAID.finditer(data):
        if any(start <= match.start() < end for start, end in encoded):
            continue
        value = match[3].rstrip(b".,;:!?)")
        if _looks_secret(value, told=bool(match[2])):
            yield match.start(3), match.start(3) + len(value)


def _looks_secret(value: bytes, *, told: bool) -> bool:
    """Letters with digits or signs among them; where `:` or `adalah` comes before, capitals within are enough."""
    text = value.decode("utf-8", "replace")
    if len(text) < 4 or _NO_SECRET.fullmatch(value):  # noqa: PLR2004 - shorter is no passphrase AMS takes
        return False
    letters = any(each.isalpha() for each in text)
    digits = any(each.isdigit() for each in text)
    signs = any(each in "!@#$%^&*_+=~?" for each in text[:-1])
    mixed = any(each.isupper() for each in text[1:]) and any(each.islower() for each in text)
    return letters and (digits or (told and (signs or mixed)))
