"""The subject of a certification request: its attributes as text that is safe to show, and what is wrong with them.

Names by RFC 4514 and X.520; string types by RFC 5280 4.1.2.4; direction controls by UAX 9 and UTS 39.
"""

import re
import unicodedata
from dataclasses import dataclass

from asn1crypto import core, x509

_SHORT = {
    "2.5.4.3": "CN",
    "2.5.4.4": "SN",
    "2.5.4.5": "serialNumber",
    "2.5.4.6": "C",
    "2.5.4.7": "L",
    "2.5.4.8": "ST",
    "2.5.4.9": "STREET",
    "2.5.4.10": "O",
    "2.5.4.11": "OU",
    "2.5.4.12": "title",
    "2.5.4.13": "description",
    "2.5.4.42": "GN",
    "2.5.4.46": "dnQualifier",
    "2.5.4.97": "organizationIdentifier",
    "0.9.2342.19200300.100.1.1": "UID",
    "0.9.2342.19200300.100.1.25": "DC",
    "1.2.840.113549.1.9.1": "E",
}
# Upper bounds of X.520, in characters (RFC 5280 appendix A); others are held to the largest of them.
_BOUNDS = {"CN": 64, "O": 64, "OU": 64, "C": 2, "title": 64, "serialNumber": 64, "E": 255}
_BOUND = 128
_SHOWN = 256
_MAX_ATTRIBUTES = 60
_CODECS = {
    12: "utf-8",
    18: "ascii",
    19: "ascii",
    20: "latin-1",
    22: "ascii",
    26: "ascii",
    28: "utf-32-be",
    30: "utf-16-be",
}
_BIDI = frozenset("\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
_SPECIAL = re.compile(r'([\\",+;<>])')
_UNSHOWN = frozenset({"Cc", "Cf", "Co", "Cs", "Zl", "Zp"})


@dataclass(frozen=True, kw_only=True)
class Subject:
    """Attributes (short name, value) in encoded order; `dn` in RFC 4514 form; `weaknesses` as stable ids, each once."""

    attributes: tuple[tuple[str, str], ...]
    dn: str
    weaknesses: tuple[str, ...]


def safe_text(text: str) -> str:
    """Return `text` on one line and bounded: control, format and direction characters shown as U+FFFD."""
    shown = (("\ufffd" if unicodedata.category(c) in _UNSHOWN else c) for c in text[:_SHOWN])
    return "".join(shown)


def _scripts(text: str) -> set[str]:
    names = (unicodedata.name(c, "?").split()[0] for c in text if c.isalpha())
    return {
        name for name in names if name in ("LATIN", "CYRILLIC", "GREEK", "ARMENIAN", "CHEROKEE", "COPTIC")
    }


def character_faults(text: str) -> list[str]:
    """Return which of `control-character-in-dn`, `bidi-in-dn`, `confusable-in-dn` hold: letters of two look-alike scripts in one value."""
    found = []
    if any(unicodedata.category(c) in _UNSHOWN and c not in _BIDI for c in text):
        found.append("control-character-in-dn")
    if any(c in _BIDI for c in text):
        found.append("bidi-in-dn")
    if len(_scripts(text)) > 1 or _scripts(unicodedata.normalize("NFKC", text)) - {"LATIN"}:
        found.append("confusable-in-dn")
    return found


def _decode(value: core.Asn1Value) -> tuple[str, bool]:
    """Return the text of one attribute value and whether it decoded without loss."""
    parsed = core.load(value.dump(), strict=True) if isinstance(value, core.Any) else value
    chosen = parsed.chosen if isinstance(parsed, core.Choice) else parsed
    content, codec = chosen.contents, _CODECS.get(chosen.tag)
    if codec is None:
        return "#" + chosen.dump()[:_SHOWN].hex(), False
    try:
        return content.decode(codec), True
    except UnicodeDecodeError:
        return content.decode(codec, "replace"), False


def _escape(value: str) -> str:
    """Escape a value as RFC 4514 2.4 asks."""
    text = _SPECIAL.sub(r"\\\1", value)
    if text[:1] in ("#", " "):
        text = "\\" + text
    return text[:-1] + "\\ " if text.endswith(" ") and len(text) > 1 else text


def _attribute(part: x509.NameTypeAndValue) -> tuple[str, str, list[str]]:
    oid = part["type"].dotted
    name = _SHORT.get(oid, oid)
    text, clean = _decode(part["value"])
    faults = character_faults(text)
    if not clean:
        faults.append("undecodable-dn")
    if len(text) > _BOUNDS.get(name, _BOUND):
        faults.append("too-long-in-dn")
    return name, safe_text(text), faults


def read_subject(name: x509.Name) -> Subject:
    """Return the subject that `name` encodes. Raises ValueError and the like where it is no Name at all."""
    attributes: list[tuple[str, str]] = []
    rdns: list[str] = []
    faults: list[str] = []
    for rdn in name.chosen:
        parts = [_attribute(part) for part in rdn]
        if len(parts) != 1:
            faults.append("multi-valued-rdn")
        for key, text, found in parts:
            attributes.append((key, text))
            faults += found
        rdns.append("+".join(f"{key}={_escape(text)}" for key, text, _ in parts))
        if len(attributes) > _MAX_ATTRIBUTES:
            faults.append("too-many-attributes")
            break
    return Subject(
        attributes=tuple(attributes), dn=",".join(reversed(rdns)), weaknesses=tuple(dict.fromkeys(faults))
    )
