"""Where a clause begins and ends: at punctuation, before a conjunction, and where somebody dictates without either, out of reach.

Words are those of `rules.phrases.words_of`: lower case, stops and commas as words of their own.
"""

from collections.abc import Sequence
from typing import NamedTuple

from rules.language.marks import at_any, marks

STOPS = frozenset(".!?;")
BREATHS = frozenset(",:")
_REACH = 10
"""Words of a clause that are looked at on either side where no mark ends it before."""
_ADVERB = 2
"""Words of a piece between commas that is no clause of its own (`Katanya, ...`)."""


class Clause(NamedTuple):
    """Indices of a clause: `words[start:end]`."""

    start: int
    end: int


def clause_at(words: Sequence[str], at: int) -> Clause:
    """Return the clause of the word at an index, a short piece before its comma included; at most `_REACH` words either way."""
    start, end = at, at + 1
    while start > 0 and not _begins(words, start):
        start -= 1
    while end < len(words) and not _begins(words, end):
        end += 1
    before = start - 1
    if before > 0 and words[before] == ",":
        piece = before - 1
        while piece > 0 and not _begins(words, piece):
            piece -= 1
        if before - piece <= _ADVERB:
            start = piece
    return Clause(max(start, at - _REACH), min(end, at + 1 + _REACH))


def sentence_at(words: Sequence[str], at: int) -> Clause:
    """Return the sentence of the word at an index, its closing mark left out."""
    start, end = at, at
    while start > 0 and words[start - 1] not in STOPS:
        start -= 1
    while end < len(words) and words[end] not in STOPS:
        end += 1
    return Clause(start, end)


def _begins(words: Sequence[str], at: int) -> bool:
    """Whether a clause begins (or a mark stands) at an index, seen from the word before it or from itself."""
    if words[at] in STOPS or words[at] in BREATHS or words[at - 1] in STOPS or words[at - 1] in BREATHS:
        return True
    known = marks()
    broken = at_any(words, at, known["breaks"]) and not any(
        at_any(words, each, known["no_breaks"]) for each in (at - 1, at) if each >= 0
    )
    return broken or bool(at_any(words, at, known["conditional"]))
