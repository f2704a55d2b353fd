"""When a written word is taken for a wanted one. The only place that forgives a misspelling.

A form of the same word is that word. What is a word of its own is never a misspelling of another (mengajukan is not mengadukan). What is
none is taken for the wanted word where few slips of the finger lead there, and to no other word as few.
"""

from collections.abc import Sequence
from functools import lru_cache
from math import inf

from rapidfuzz import process
from rapidfuzz.distance import OSA

from rules.language.affixes import without_clitics
from rules.language.lexemes import hears, keys, related, same_lexeme
from rules.language.lexicon import is_word, lexicon
from rules.language.slips import cost

_NEVER, _SHORT, _LONG = 4, 5, 9
"""Letters from which a word may have a cheap slip, a whole one, two."""
_MOST = 3
"""Slips, however cheap."""
_LESS, _MORE = -_MOST, _MOST + len("kulah")
"""Letters that a misspelt form may have less or more, with what is grown onto its end."""


class Hearing:
    """Where wanted words stand among written ones: each written word is looked up once, however many are wanted."""

    def __init__(self, words: Sequence[str]) -> None:
        self._heard: dict[str, list[int]] = {}
        self._strange: dict[str, list[int]] = {}
        self._places: dict[str, tuple[int, ...]] = {}
        for at, word in enumerate(words):
            if not is_word(word):
                self._strange.setdefault(word, []).append(at)
            for key in keys(word):
                self._heard.setdefault(key, []).append(at)

    def places(self, wanted: str) -> tuple[int, ...]:
        """Return the indices at which the wanted word stands, in any form of its own or misspelt."""
        if wanted not in self._places:
            found = {at for key in hears(wanted) for at in self._heard.get(key, ())}
            for word, at in self._strange.items():
                if _LESS <= len(word) - len(wanted) <= _MORE and is_slip(word, wanted):
                    found.update(at)
            self._places[wanted] = tuple(sorted(found))
        return self._places[wanted]


def means(written: str, wanted: str) -> bool:
    """Tell whether a written word is the wanted one: the same, a form of it, or a misspelling of it and of nothing else."""
    return same_lexeme(written, wanted) or is_slip(written, wanted)


@lru_cache(maxsize=16384)
def is_slip(written: str, wanted: str) -> bool:
    """Tell whether a form that is no word is a misspelling of the wanted word, and of no other word as probably."""
    slips, stem = _nearest(written, wanted)
    return slips <= _allowed(len(wanted)) and not _has_rival(stem, wanted, slips)


def nearest(written: str, wanted: Sequence[str]) -> str:
    """Return which of the wanted words a form that is no word may have been meant for, to be asked back; "" for none."""
    if is_word(written):
        return ""
    hits = {
        word
        for stem in without_clitics(written)
        for word, _, _ in process.extract(stem, wanted, scorer=OSA.distance, score_cutoff=_MOST, limit=None)
    }
    near = [(_nearest(written, each)[0], each) for each in sorted(hits)]
    return min((each for each in near if each[0] <= _allowed(len(each[1]))), default=(0, ""))[1]


def corrected(written: str, wanted: Sequence[str]) -> str:
    """Return the wanted word that a form which is no word misspells, "" where there is none or another word is as near."""
    meant = nearest(written, wanted)
    return meant if meant and is_slip(written, meant) else ""


@lru_cache(maxsize=2048)
def _nearest(written: str, wanted: str) -> tuple[float, str]:
    """Return the cost of the slips that lead to the wanted word, and the form without clitics that they begin from."""
    allowed = _allowed(len(wanted))
    if allowed and not is_word(written):
        most = min(_MOST, int(allowed * 2))
        for stem in without_clitics(written):
            if OSA.distance(stem, wanted, score_cutoff=most) <= most and cost(stem, wanted) <= allowed:
                return cost(stem, wanted), stem
    return inf, written


def _allowed(letters: int) -> float:
    if letters < _NEVER:
        return 0.0
    if letters < _SHORT:
        return 0.5
    return 1 if letters < _LONG else 2


def _has_rival(stem: str, wanted: str, slips: float) -> bool:
    """Whether a word of another root is as near to a misspelt form. The cheapest slip costs a half: more of them are not looked at."""
    most = min(_MOST, int(slips * 2))
    for length in range(len(stem) - most, len(stem) + most + 1):
        some = _by_length().get(length, ())
        for word, _, _ in process.extract(stem, some, scorer=OSA.distance, score_cutoff=most, limit=None):
            if cost(stem, word) <= slips and not related(word, wanted):
                return True
    return False


@lru_cache(maxsize=1)
def _by_length() -> dict[int, tuple[str, ...]]:
    found: dict[int, list[str]] = {}
    for word in lexicon().indonesian | lexicon().english:
        found.setdefault(len(word), []).append(word)
    return {length: tuple(words) for length, words in found.items()}
