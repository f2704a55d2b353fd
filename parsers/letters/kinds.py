"""Which kind of letter: weighted phrases, token by token, the title before the body, and an explicit "undecided".

Decided only with enough support and a clear lead over the next kind; else the letter is `other` and a person looks. Head, subject and
body weigh differently: a letterhead says nothing of the letter, the titles of letters that are none of ours count where a line begins with
one, and what a letter takes back or answers ("pembatalan permohonan pencabutan") is not what it asks for.
The evidence names each phrase and where it stood. Source of weights and thresholds: letters generated and measured by this project.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal, NamedTuple, get_args

from parsers.facts import DocumentKind
from parsers.letters.labels import field_of
from parsers.letters.phrases import (
    ADDRESS_WORDS,
    ANSWERING,
    AUTHORITIES,
    BEFORE_TITLES,
    NEIGHBOURS,
    OF_OURS,
    PHRASES,
    REVERSING,
    SPELLINGS,
)
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
_HEAD_LINES = 8  # lines from the top among which a letterhead's address stands
_INSERTED = 1  # a phrase of three words and more may have one strange short word inside ("atas", "bsre")
_SHORT = 5  # letters
_LONG = 3
_REVERSED = 3  # words before a phrase among which one turns it round
_ANSWERED = 16  # words before a phrase among which one makes it the letter that is answered
_BARE = 0.25  # what a phrase weighs that ends in "sertifikat" and goes on as no electronic one: it decides nothing alone


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
    | REVERSING
    | ANSWERING
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
_UNRELATED = [phrase for phrase in _PHRASES if phrase.kind == "unrelated"]


@dataclass(frozen=True, kw_only=True)
class Verdict:
    """The kind (`other`: undecided), its support (0..100), and the phrases found with their places."""

    kind: DocumentKind
    score: float
    evidence: tuple[str, ...]


class _Hit(NamedTuple):
    phrase: _Phrase
    place: str
    share: float = 1.0

    @property
    def points(self) -> int:
        return round(self.phrase.weight * self.share * (_TITLE_FACTOR if self.place == "title" else 1))


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
                yield _in_context(_Hit(phrase, place), words, at, end)
                at = end
                break
        else:
            at += 1


def _in_context(hit: _Hit, words: list[str], start: int, end: int) -> _Hit:
    """Return what a phrase is worth beside its neighbours: turned round, answered, or about a certificate of another sort."""
    before = words[max(0, start - _ANSWERED) : start]
    if any(word in REVERSING for word in before[-_REVERSED:]) or any(word in ANSWERING for word in before):
        return hit._replace(phrase=hit.phrase._replace(kind="unrelated"))
    following = words[end : end + 1]
    if hit.phrase.words[-1] == "sertifikat" and following and following[0] not in OF_OURS:
        return hit._replace(share=_BARE)
    return hit


def _titled_otherwise(title: str) -> Iterator[_Hit]:
    """Yield the titles of letters that are none of ours: exact, and where a line or the subject begins with one."""
    lines = title.split("\n")
    for line in lines[_letterhead(lines) :]:
        label, colon, subject = line.partition(":")
        labelled = bool(colon) and field_of(label) is not None
        if labelled and field_of(label) != "(subject)":
            continue
        words = tokens(subject if labelled else line)
        leads = next((at for at, word in enumerate(words) if word not in BEFORE_TITLES), len(words))
        starts = (words[at:] for at in range(leads + 1))
        found = (
            each for rest in starts for each in _UNRELATED if tuple(rest[: len(each.words)]) == each.words
        )
        if (begun := next(found, None)) is not None:
            yield _Hit(begun, "title")


def _letterhead(lines: list[str]) -> int:
    """Return how many lines from the top are the letterhead: down to the address, or as long as they name an authority."""
    addressed = [at for at, line in enumerate(lines[:_HEAD_LINES]) if set(tokens(line)) & ADDRESS_WORDS]
    if addressed:
        return addressed[-1] + 1
    named = (tokens(line)[:1] for line in lines)
    return next((at for at, first in enumerate(named) if not set(first) & AUTHORITIES), len(lines))


def _found(title: str, body: str) -> list[_Hit]:
    ours = [*_hits(_spelled(_VOCABULARY.words(tokens(title))), "title")]
    hits = [hit for hit in ours if hit.phrase not in _UNRELATED]
    hits += _titled_otherwise(title)
    hits += [
        hit
        for hit in _hits(_spelled(_VOCABULARY.words(tokens(body))), "body")
        if hit.phrase not in _UNRELATED
    ]
    best: dict[_Phrase, _Hit] = {}
    for hit in hits:
        known = best.get(hit.phrase)
        if known is None or known.points < hit.points:
            best[hit.phrase] = hit
    return list(best.values())


def kind_of(title: str, body: str, *, table: TableOf | None = None) -> Verdict:
    """Return the kind of a letter from the lines of its head (the subject as one of its own) and its body.

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
