"""Text as letters are compared: folded tokens, and a vocabulary that forgives a reader's noise token by token.

Whole phrases are never compared fuzzily: "pencabutan sertifikat" is 86 % alike to "penerbitan sertifikat". Tokens are, each
against all words that may stand there, the dangerous neighbours included.
"""

import re
import unicodedata
from collections.abc import Iterable

from rapidfuzz import fuzz, process

_TOKEN = re.compile(r"[^\W_]+")
_SPACED = 3  # that many single letters in a row are one letter-spaced word: "N I P", "S U R A T"
_GLUED = 11  # a word as long as this may be two without their blank
_PARTS = 4
_DOUBT = 4.0  # % of likeness: a token nearly as like to a second word is neither
_PART = 4  # letters of the shortest word that another may be glued to
_LONGEST = 80  # characters of a word
_KEPT = 20_000  # tokens remembered: bounds the memory that strange letters can fill


def tokens(text: str) -> list[str]:
    """Return the lower-case alphanumeric tokens of `text`, compatibility forms folded (NFKC), letter-spaced words joined."""
    plain = text if text.isascii() else unicodedata.normalize("NFKC", text)
    found = _TOKEN.findall(plain.lower())
    return _join_spaced(found) if any(len(token) == 1 for token in found) else found


def _join_spaced(found: list[str]) -> list[str]:
    joined: list[str] = []
    run: list[str] = []
    for token in [*found, ""]:
        if len(token) == 1 and token.isalpha():
            run.append(token)
            continue
        joined += ["".join(run)] if len(run) >= _SPACED else run
        run = []
        if token:
            joined.append(token)
    return joined


class Vocabulary:
    """Words that matter, and which of them a token is: short words exactly, longer ones from `cutoff` % likeness on."""

    def __init__(self, words: Iterable[str], *, exact: int, cutoff: float) -> None:
        self._words = frozenset(words)
        self._long = sorted(word for word in self._words if len(word) > exact)
        self._parted = sorted((word for word in self._words if len(word) >= _PART), key=len, reverse=True)
        self._exact = exact
        self._cutoff = cutoff
        self._known: dict[str, str] = {}
        self._taken_apart: dict[str, list[str]] = {}

    def word(self, token: str) -> str:
        """Return the word that `token` is, or `token` itself where it is none of them."""
        if token in self._words or len(token) <= self._exact or token.isdigit():
            return token
        found = self._known.get(token)
        if found is None:
            best = process.extract(
                token, self._long, scorer=fuzz.ratio, score_cutoff=self._cutoff - _DOUBT, limit=2
            )
            clear = (
                best and best[0][1] >= self._cutoff and (len(best) == 1 or best[0][1] - best[1][1] >= _DOUBT)
            )
            found = best[0][0] if clear else token
            if len(self._known) < _KEPT:
                self._known[token] = found
        return found

    def words(self, found: list[str]) -> list[str]:
        """Return the words of a run of tokens; a token that is several words without their blanks is taken apart."""
        result: list[str] = []
        for token in found:
            if len(token) < _GLUED or token in self._words:
                result.append(self.word(token))
            else:
                result += self._parts(token) or [token]
        return result

    def _parts(self, token: str) -> list[str]:
        parts = self._taken_apart.get(token)
        if parts is None:
            parts = self._apart(token[:_LONGEST], _PARTS)
            if len(self._taken_apart) < _KEPT:
                self._taken_apart[token] = parts
        return parts

    def _apart(self, token: str, parts: int) -> list[str]:
        """Return the words that make up `token`, [] where it is not made of words alone; a word written right goes before one like it."""
        if token in self._words:
            return [token]
        begun = [word for word in self._parted if token.startswith(word)] if parts > 1 else []
        alike = self._parted if parts > 1 else []
        for word in (*begun, *alike):
            length = len(word)
            if length + _PART > len(token):
                continue
            if token.startswith(word) or (
                length > self._exact and fuzz.ratio(token[:length], word) >= self._cutoff
            ):
                rest = self._apart(token[length:], parts - 1)
                if rest:
                    return [word, *rest]
        whole = self.word(token)
        return [whole] if whole in self._words else []
