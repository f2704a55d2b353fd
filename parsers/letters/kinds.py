"""Which kind of letter: weighted phrases, token by token, the title before the body, and an explicit "undecided".

Decided only with enough support and a clear lead over the next kind; else the letter is `other` and a person looks.
The evidence names each phrase and where it stood. Source of weights and thresholds: letters generated and measured by this project.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal, NamedTuple, get_args

from parsers.facts import DocumentKind
from parsers.letters.phrases import NEIGHBOURS, PHRASES, SPELLINGS
from parsers.letters.tokens import Vocabulary, tokens

DECIDED = 60.0  # points
LEAD = 25.0  # points before the next kind
_TABLE = 45  # Semula beside Menjadi
TableOf = Literal["changes", "revocation"]
_TABLES: dict[TableOf, tuple[str, str]] = {
    "changes": ("data-change-form", "Semula, Menjadi"),
    "revocation": ("revocation-letter", "Aktif, Tidak aktif"),
}
_TITLE_FACTOR = 2
_INSERTED = 1  # a phrase of three words and more may have one strange short word inside ("atas", "bsre")
_SHORT = 5  # letters
_LONG = 3


class _Phrase(NamedTuple):
    words: tuple[str, ...]
    kind: str
    weight: int


_PHRASES = sorted(
    (
        _Phrase(tuple(text.split()), kind, weight)
        for kind, table in PHRASES.items()
        for text, weight in table.items()
    ),
    key=lambda phrase: (-len(phrase.words), -phrase.weight),
)
_VOCABULARY = Vocabulary(
    {word for phrase in _PHRASES for word in phrase.words}
    | set(NEIGHBOURS)
    | {word for key in SPELLINGS for word in key},
    exact=4,
    cutoff=78,
)
_BY_FIRST: dict[str, list[_Phrase]] = {}
for _phrase in _PHRASES:
    _BY_FIRST.setdefault(_phrase.words[0], []).append(_phrase)
_SPELLINGS: dict[str, list[tuple[tuple[str, ...], tuple[str, ...]]]] = {}
for _key, _spelling in SPELLINGS.items():
    _SPELLINGS.setdefault(_key[0], []).append((_key, _spelling))
_KINDS = frozenset(get_args(DocumentKind))


@dataclass(frozen=True, kw_only=True)
class Verdict:
    """The kind (`other`: undecided), its support (0..100), and the phrases found with their places."""

    kind: DocumentKind
    score: float
    evidence: tuple[str, ...]


class _Hit(NamedTuple):
    phrase: _Phrase
    place: str

    @property
    def points(self) -> int:
        return self.phrase.weight * (_TITLE_FACTOR if self.place == "title" else 1)


def _spelled(words: list[str]) -> list[str]:
    result: list[str] = []
    at = 0
    while at < len(words):
        for key, spelling in _SPELLINGS.get(words[at], ()):
            if tuple(words[at : at + len(key)]) == key:
                result += spelling
                at += len(key)
                break
        else:
            result.append(words[at])
            at += 1
    return result


def _end(words: list[str], start: int, phrase: _Phrase) -> int | None:
    """Return the index after `phrase` in `words` from `start` on, or None."""
    spare = _INSERTED if len(phrase.words) >= _LONG else 0
    at = start
    for wanted in phrase.words:
        if spare and start < at < len(words) and words[at] != wanted and len(words[at]) <= _SHORT:
            at += 1
            spare -= 1
        if at >= len(words) or words[at] != wanted:
            return None
        at += 1
    return at


def _hits(words: list[str], place: str) -> Iterator[_Hit]:
    """Yield the longest phrase at each place; its words serve no other phrase."""
    at = 0
    while at < len(words):
        for phrase in _BY_FIRST.get(words[at], ()):
            end = _end(words, at, phrase)
            if end is not None:
                yield _Hit(phrase, place)
                at = end
                break
        else:
            at += 1


def _found(title: str, body: str) -> list[_Hit]:
    hits = list(_hits(_spelled(_VOCABULARY.words(tokens(title))), "title"))
    in_body = _hits(_spelled(_VOCABULARY.words(tokens(body))), "body")
    hits += [hit for hit in in_body if hit.phrase.kind != "unrelated"]
    best: dict[_Phrase, _Hit] = {}
    for hit in hits:
        known = best.get(hit.phrase)
        if known is None or known.points < hit.points:
            best[hit.phrase] = hit
    return list(best.values())


def kind_of(title: str, body: str, *, table: TableOf | None = None) -> Verdict:
    """Return the kind of a letter from its title (with its Hal/Perihal line) and its body.

    `table`: a table has Semula beside Menjadi, of data or of "Aktif" and "Tidak aktif"; "menjadi" alone stands in every letter.
    A title that decides alone outweighs the body: real revocation forms say "perubahan data", real renewals "pendaftaran".
    """
    points: dict[str, float] = {}
    titled: dict[str, float] = {}
    evidence: list[tuple[int, str]] = []
    for hit in _found(title, body):
        points[hit.phrase.kind] = points.get(hit.phrase.kind, 0) + hit.points
        if hit.place == "title":
            titled[hit.phrase.kind] = titled.get(hit.phrase.kind, 0) + hit.points
        evidence.append(
            (hit.points, f"{hit.place}: {' '.join(hit.phrase.words)} ({hit.phrase.kind}, {hit.points})")
        )
    if table is not None:
        kind, words = _TABLES[table]
        points[kind] = points.get(kind, 0) + _TABLE
        evidence.append((_TABLE, f"table: {words} ({kind}, {_TABLE})"))
    named = tuple(text for _, text in sorted(evidence, key=lambda one: -one[0]))
    first = _leader(titled) or _leader(points)
    if first is None or first == "unrelated":
        return Verdict(kind="other", score=0.0, evidence=named)
    kind_found = next(kind for kind in _KINDS if kind == first)
    return Verdict(kind=kind_found, score=min(100.0, points[first]), evidence=named)


def _leader(points: dict[str, float]) -> str | None:
    """Return the kind with enough support and a clear lead, or None."""
    ranked = sorted(points.items(), key=lambda item: -item[1])
    if not ranked:
        return None
    (first, most), second = ranked[0], ranked[1][1] if len(ranked) > 1 else 0.0
    return first if most >= DECIDED and most - second >= LEAD else None
