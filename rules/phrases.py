"""Finding a phrase in a text as a sequence of words, tolerant of misspelling, blind to everything else.

Each word of the phrase must stand there, in order, close together and within one sentence. A word is matched by edit distance
(never by part of a word: `partial_ratio` finds `lupa` in `melupakan`), a short one exactly. A phrase that is denied does not count.
"""

import re
from dataclasses import dataclass
from functools import lru_cache

from rapidfuzz.distance import Levenshtein

from rules.keywords import NEGATIONS, normal

_WORDS_OR_STOPS = re.compile(r"[^\W_]+(?:'[^\W_]+)*|[.!?;:,]")
_STOPS = frozenset(".!?;")
_BREATHS = frozenset(",:")
_FILLERS = 2
"""Words that may stand between two words of a phrase: `lupa dengan passphrase`."""
_DENIAL_REACH = 2


@dataclass(frozen=True)
class Found:
    """A phrase found: index of its first word, and the words before it in its clause."""

    at: int
    before: tuple[str, ...]


def words_of(text: str) -> list[str]:
    """Return the words of a text in comparable form, stops between sentences and clauses kept as words of their own."""
    return _WORDS_OR_STOPS.findall(normal(text))


def find_phrase(words: list[str], phrase: str) -> Found | None:
    """Return where a phrase first stands undenied, None where it does not."""
    wanted = _wanted(phrase)
    for at in range(len(words)):
        if same(words[at], wanted[0]) and _goes_on(words, at, wanted):
            before = _clause_before(words, at)
            if not NEGATIONS.intersection(before[-_DENIAL_REACH:]):
                return Found(at=at, before=before)
    return None


@lru_cache(maxsize=65536)
def same(word: str, wanted: str) -> bool:
    """Tell whether a word is the wanted one: one slip allowed from five letters on, two from nine."""
    if word == wanted:
        return True
    allowed = 0 if len(wanted) < 5 else 1 if len(wanted) < 9 else 2  # noqa: PLR2004 - the rule itself
    return bool(allowed) and Levenshtein.distance(word, wanted, score_cutoff=allowed) <= allowed


@lru_cache(maxsize=1024)
def _wanted(phrase: str) -> tuple[str, ...]:
    return tuple(words_of(phrase))


def _goes_on(words: list[str], at: int, wanted: tuple[str, ...]) -> bool:
    """Tell whether the rest of the phrase follows, each word after few others and before the sentence ends."""
    for word in wanted[1:]:
        for ahead in range(at + 1, min(at + 2 + _FILLERS, len(words))):
            if words[ahead] in _STOPS:
                return False
            if same(words[ahead], word):
                at = ahead
                break
            if words[ahead] in NEGATIONS:  # `kunci tidak bocor`
                return False
        else:
            return False
    return True


def _clause_before(words: list[str], at: int) -> tuple[str, ...]:
    start = at
    while start > 0 and words[start - 1] not in _STOPS | _BREATHS:
        start -= 1
    return tuple(words[start:at])
