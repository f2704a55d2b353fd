"""Text that is none: characters without a usable Unicode map read as other letters, and must not be read as a letter."""

import unicodedata
from collections.abc import Sequence

from parsers.letters import Word

_ENOUGH = 25  # words before a judgement by common words is fair
_STRANGE = 0.15  # share of characters that no letter prints
_COMMON = frozenset(
    [
        "yang",
        "dan",
        "di",
        "dengan",
        "ini",
        "untuk",
        "dari",
        "pada",
        "nama",
        "saya",
        "surat",
        "nip",
        "jabatan",
        "unit",
        "kerja",
        "tanggal",
        "nomor",
        "hal",
        "oleh",
        "kota",
        "tahun",
        "ke",
        "atau",
        "the",
        "of",
        "and",
        "to",
        "in",
        "for",
        "name",
        "date",
        "page",
        "is",
        "a",
        "this",
        "with",
    ]
)


def is_gibberish(words: Sequence[Word]) -> bool:
    """Tell whether the words of a page are the shadow of a font without a usable ToUnicode map."""
    text = "".join(word.text for word in words)
    if text.isascii():
        strange = sum(not char.isprintable() for char in text)
    else:
        strange = sum(
            char == "\ufffd" or unicodedata.category(char) in ("Co", "Cn", "Cc", "Cs") for char in text
        )
    if text and strange > _STRANGE * len(text):
        return True
    if len(words) < _ENOUGH:
        return False
    return not any(word.text.lower().strip(".,:;()") in _COMMON for word in words)
