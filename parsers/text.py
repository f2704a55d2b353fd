"""Bytes of a mail to text: charsets as declared, repaired where they are not true, and nothing dropped (RFC 2045, 2047, 6532)."""

import codecs
import re
import unicodedata
from functools import lru_cache

# Codecs that are no charset of a mail, or that a few bytes can keep busy for minutes.
_REFUSED = frozenset({"idna", "punycode", "unicode_escape", "raw_unicode_escape", "undefined", "mbcs", "oem"})
_ORDERS: dict[str, tuple[str, ...]] = {
    "": ("utf-8", "ascii"),
    "ascii": ("ascii", "utf-8", "cp1252"),
    "iso8859-1": ("cp1252", "iso8859-1"),
}
_CHARSET = re.compile(r"[A-Za-z0-9_.:+-]{1,40}")
# Marks that reorder what a person sees; a name or a subject has no use for them, a forger has.
_REORDERING = re.compile("[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff]")
_SURROGATES = re.compile("[\ud800-\udfff]")
_BREAKS = re.compile("\r\n|[\r\x0b\x0c\x85\u2028\u2029]")
_CONTROLS = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029]")


_NAMES = {
    "utf8mb4": "utf-8", "unicode": "utf-8", "x-utf-8": "utf-8", "x-sjis": "cp932", "shift_jis": "cp932", "windows-31j": "cp932",
    "x-gbk": "gb18030", "gb2312": "gb18030", "gb_2312-80": "gb18030", "gbk": "gb18030", "ks_c_5601-1987": "cp949", "euc-kr": "cp949",
    "x-mac-roman": "mac-roman", "windows-874": "cp874", "tis-620": "cp874", "x-euc-jp": "euc_jp", "iso-8859-8-i": "iso8859-8",
    "x-user-defined": "cp1252", "x-cp1252": "cp1252",
}  # fmt: skip
"""What mail programs call charsets that Python knows by another name, or as a part of a larger one (WHATWG Encoding)."""


@lru_cache(maxsize=256)
def known_charset(label: str) -> str:
    """Return Python's name for a charset label, "" for an unknown one."""
    label = label.strip("\"' ;,").lower()
    if not _CHARSET.fullmatch(label):
        return ""
    label = _NAMES.get(label, label)
    try:
        found = codecs.lookup(label)
    except (LookupError, ValueError):
        return ""
    if found.name in _REFUSED or not getattr(found, "_is_text_encoding", True):
        return ""
    return found.name


def decode(data: bytes, label: str = "") -> tuple[str, str]:
    """Return the text of `data` and what had to be repaired ("" if nothing).

    UTF-8 is believed wherever it fits and the declared charset is unknown or plain ASCII; a byte that means nothing becomes U+FFFD.
    """
    name = known_charset(label) if label else "ascii"
    note = "" if name else f"unknown charset {one_line(label)[:40]!r}"
    # What mail programs call Latin-1 is Windows-1252 (WHATWG Encoding); what they call ASCII is anything.
    order = _ORDERS.get(name, (name,))
    for number, codec in enumerate(order):
        try:
            return _whole(data.decode(codec)), note or (
                "8-bit text without its charset" if number and name == "ascii" else ""
            )
        except (UnicodeError, ValueError):
            continue
    return _whole(data.decode(order[-1], "replace")), note or f"bytes that are no {order[0]}"


def _whole(text: str) -> str:
    return _SURROGATES.sub("\ufffd", text)


def one_line(text: str) -> str:
    """Return `text` as one line without control characters, marks that reorder it, or runs of blanks."""
    if not text.isascii():
        text = _whole(_REORDERING.sub("", text))
    return " ".join(_CONTROLS.sub(" ", text).split())


def plain_lines(text: str) -> str:
    """Return `text` with LF as its only line break and no control characters but the tab."""
    return _REORDERING.sub("", _CONTROLS.sub("", _BREAKS.sub("\n", text)))


def folded(text: str) -> str:
    """Return `text` for comparing words: NFKC, no invisible characters, curly quotes and odd blanks made plain, case folded."""
    if text.isascii():
        return " ".join(text.lower().split())
    text = (
        unicodedata.normalize("NFKC", text).replace("\u200b", "").replace("\u200c", "").replace("\u200d", "")
    )
    return " ".join(text.replace("\u2019", "'").casefold().split())
