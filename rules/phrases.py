"""Finding a phrase in a text as a sequence of words, tolerant of misspelling, blind to everything else.

Each word of the phrase must stand there, in order, close together and within one sentence. A word is matched in any form of its own and
with the slips that `language.tolerance` forgives, never by part of a word. A phrase that is denied does not count.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache

from rules.keywords import NEGATIONS, normal
from rules.language.clauses import BREATHS, STOPS
from rules.language.modality import negated
from rules.language.spellings import plain
from rules.language.tolerance import Hearing

_WORDS_OR_STOPS = re.compile(r"[^\W_]+(?:'[^\W_]+)*|[.!?;:,]")
_FILLERS = 2
"""Words that may stand between two words of a phrase: `lupa dengan passphrase`."""


class Words(tuple[str, ...]):  # noqa: SLOT001 - it keeps what is heard in it
    """The words of a text in comparable form, stops between sentences and clauses kept as words of their own."""

    @cached_property
    def hearing(self) -> Hearing:
        """Where which words are heard among these."""
        return Hearing(self)


@dataclass(frozen=True)
class Found:
    """A phrase found: index of its first word, and the words before it in its clause."""

    at: int
    before: tuple[str, ...]


@lru_cache(maxsize=32)
def words_of(text: str, most: int | None = None) -> Words:
    """Return the words of a text, the first `most` of them, known spellings as the words they stand for."""
    return Words(plain(_WORDS_OR_STOPS.findall(normal(text))[:most]))


def find_phrase(words: Sequence[str], phrase: str) -> Found | None:
    """Return where a phrase first stands undenied, None where it does not."""
    wanted = _wanted(phrase)
    heard = (words if isinstance(words, Words) else Words(words)).hearing
    for at in heard.places(wanted[0]):
        if _goes_on(words, heard, at, wanted) and not negated(words, at):
            return Found(at=at, before=_clause_before(words, at))
    return None


@lru_cache(maxsize=1024)
def _wanted(phrase: str) -> tuple[str, ...]:
    return tuple(words_of(phrase))


def _goes_on(words: Sequence[str], heard: Hearing, at: int, wanted: tuple[str, ...]) -> bool:
    """Tell whether the rest of the phrase follows, each word after few others and before the sentence ends."""
    for word in wanted[1:]:
        places = heard.places(word)
        for ahead in range(at + 1, min(at + 2 + _FILLERS, len(words))):
            if words[ahead] in STOPS:
                return False
            if ahead in places:
                at = ahead
                break
            if words[ahead] in NEGATIONS:  # `kunci tidak bocor`
                return False
        else:
            return False
    return True


def _clause_before(words: Sequence[str], at: int) -> tuple[str, ...]:
    start = at
    while start > 0 and words[start - 1] not in STOPS | BREATHS:
        start -= 1
    return tuple(words[start:at])
