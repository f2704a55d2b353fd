"""What somebody wrote below or between a letter of ours that they quote, told from it by the letter's own words.

Many mail programs mark a quotation by a line above it and by nothing else. Where the letter is known, its words are the evidence: what
of the quotation is not in it was written by somebody else. Mail programs break lines anew, drop marks and write links out; the words and
their order they keep.
"""

import re
from collections import Counter
from collections.abc import Iterator
from difflib import SequenceMatcher

from parsers import notices
from parsers.quotation import is_divider, is_signature
from parsers.text import folded, plain_lines

_WORDS = 4_000
"""Of the letter and of the quotation; a letter of ours has about 300."""
_ENOUGH = 12
"""Words of the letter in their order that prove that it is quoted."""
_RUN = 2
"""Words in a row that count as the letter's: a single one may be anybody's."""
_PAIRS = 20_000
"""Pairs of equal words of letter and quotation; a letter of ours has about 3,000 with itself. More are a flood, and cost minutes."""
_ADDED = re.compile(
    r"<?(?:https?://|mailto:)[^\s<>]{1,2000}>?|\[(?:cid|image|gambar|tautan|link)\b[^\]\n]{0,300}\]"
)
"""What mail programs write into a quotation: the targets of links, the places of pictures."""
_WORD = re.compile(r"[^\W_]+")
_MANY_BLANK = re.compile(r"\n{3,}")


def beside_letter(quoted: str, letters: tuple[str, ...]) -> str | None:
    """Return what of `quoted` is in none of `letters` (the forms of one letter: its text, its HTML made plain), "" for nothing.

    None where `quoted` does not repeat the letter. What stands above its first words is the program's: the line that names its writer.
    A signature below is left out, and so is what gateways add. Never raises.
    """
    found = [told for letter in letters if (told := _beside(quoted, letter)) is not None]
    least = min(found, key=len, default=None)
    return notices.below(least).text if least else least


def _beside(quoted: str, letter: str) -> str | None:
    lines = [line.strip("> |*_\t\r") for line in plain_lines(quoted).split("\n")]
    words = [_words(line) for line in lines]
    known = _words(letter)[:_WORDS]
    flat = [word for line in words for word in line][:_WORDS]
    theirs = _places(known, flat)
    if len(theirs) < min(_ENOUGH, len(known)) or not theirs:
        return None
    return _tidy(_written(lines, words, theirs, first=min(theirs)))


def _places(known: list[str], flat: list[str]) -> set[int]:
    """Where in `flat` the words of the letter stand; nearly always all of them, in a row. Empty where comparing would take too long."""
    before, whole, _ = f" {' '.join(flat)} ".partition(f" {' '.join(known)} ")
    if whole:
        first = len(before.split())
        return set(range(first, first + len(known)))
    often = Counter(known)
    if sum(often[word] for word in flat) > _PAIRS:
        return set()
    runs = SequenceMatcher(None, known, flat, autojunk=False).get_matching_blocks()
    return {at for run in runs if run.size >= _RUN for at in range(run.b, run.b + run.size)}


def _written(lines: list[str], words: list[list[str]], theirs: set[int], *, first: int) -> Iterator[str]:
    """The lines most of whose words are not the letter's; a blank line for what stands between them."""
    at = 0
    for line, found in zip(lines, words, strict=True):
        places = range(at, at + len(found))
        at = places.stop
        if at <= first:
            continue
        if is_signature(folded(line[:2000])):
            return
        own = bool(found) and sum(place in theirs for place in places) * 2 <= len(found)
        yield line if own and not is_divider(folded(line[:2000])) else ""


def _words(text: str) -> list[str]:
    return _WORD.findall(folded(_ADDED.sub(" ", text)))


def _tidy(lines: Iterator[str]) -> str:
    return _MANY_BLANK.sub("\n\n", "\n".join(lines)).strip("\n").strip()
