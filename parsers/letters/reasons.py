"""The reason a letter gives in a sentence: "karena lupa passphrase", "dengan alasan mutasi"."""

import re
from dataclasses import dataclass

from parsers.letters.lines import Line, Word

_REASON = re.compile(
    r"\b(?:dengan alasan(?: pencabutan)?(?: karena)?|dikarenakan|disebabkan(?: oleh)?|(?<!oleh )karena(?! itu\b)|because(?: of)?)\s+"
    r"(?:(?:sebagai berikut|berikut(?: ini)?)\b\s*)?(?::\s*)?(?:1[.)]\s+)?(.{3,200}?)"
    r"(?=[.;]|\s*:|,?\s+(?:sebagai(?:mana)? berikut|sehingga|maka|demikian|oleh karena|dan saya|serta|untuk itu|dengan ini)\b|$)",
    re.IGNORECASE,
)


@dataclass(frozen=True, kw_only=True)
class Reason:
    """A reason as printed, and its words."""

    text: str
    words: tuple[Word, ...]


def reason_in(lines: list[Line]) -> Reason | None:
    """Return the first reason given in the sentences of a page, or None."""
    words = [word for line in lines for word in line.words]
    text = " ".join(word.text for word in words)
    found = _REASON.search(text)
    if not found:
        return None
    first = text.count(" ", 0, found.start(1))
    last = text.count(" ", 0, found.end(1))
    return Reason(text=found[1].strip(), words=tuple(words[first : last + 1]))
