"""A text as clauses: its words in full, the concepts they name, and what turns their meaning round.

A clause ends at a stop, a comma or a conjunction. Dictated text has no stops: there conjunctions and the reach of a frame do the work.
"""

import re
from bisect import bisect_right
from dataclasses import dataclass, field
from functools import cached_property, lru_cache

from rules.hearing import lexis
from rules.keywords import NEGATIONS, normal
from rules.language.spellings import plain
from rules.language.tolerance import Hearing

_TOKENS = re.compile(r"[^\W_]+(?:'[^\W_]+)*|[.!?;:,()\n]")
_DOUBLED = re.compile(r"([^\W\d_]{2,})2(?:nya|an|ku|mu)?")
_SHORT_FORMS = re.compile(
    r"(?<![A-Za-z])(no|nip|dr|drs|dra|yth|sdr|sdri|s\.d|a\.n|an|tgl|jl|hj|h)\.", re.IGNORECASE
)
_INSIDE = re.compile(r"(?<=\w)\.(?=\w)|(?<=\w\.\w)\.|(?<=\w\.\w\w)\.|(?<=\w\.\w\w\w)\.|\.(?=,)")
"""A stop within a number, an address or a title (`S.Pd.`): it ends no sentence."""
_ENDS = frozenset(".!?;\n")
_BREATHS = frozenset(",:()")
_CALLED_OFF = frozenset({"cancel", "off", "not_needed"})
"""Expressions that may deny what follows: `tidak perlu dicabut`."""
_REACH_OF_NO = 3
"""Words between a negation and what it denies."""
_CLITICS = frozenset({"nya", "ku", "mu", "ne", "ipun"})
"""What is written behind a hyphen: `passphrase-nya`."""
_TIMES = frozenset(
    [
        "tahun",
        "bulan",
        "minggu",
        "pekan",
        "hari",
        "senin",
        "selasa",
        "rabu",
        "kamis",
        "jumat",
        "sabtu",
        "malam",
        "semester",
    ]
)
_POLITE_IF = frozenset(
    {
        "bisa",
        "boleh",
        "berkenan",
        "perlu",
        "memungkinkan",
        "sempat",
        "ada waktu",
        "diizinkan",
        "diperkenankan",
    }
)
"""After `kalau`: politeness, no condition."""


@dataclass(frozen=True)
class Named:
    """A concept where a text names it: its place counted in words over the whole text, and how it is meant."""

    concept: str
    at: int
    end: int
    clause: int
    denied: bool = False


@dataclass(frozen=True)
class Clause:
    """Words of one clause. `asked`: part of a question; `supposed`: of a condition; `reported`: said by others."""

    words: tuple[str, ...]
    start: int
    sentence: int
    asked: bool = False
    supposed: bool = False
    reported: bool = False


@dataclass(frozen=True)
class Text:
    """A text as it is heard."""

    words: tuple[str, ...]
    clauses: tuple[Clause, ...]
    named: tuple[Named, ...]
    starts: tuple[int, ...]
    """Where each clause begins."""
    by_concept: dict[str, tuple[Named, ...]] = field(default_factory=dict, compare=False)

    @cached_property
    def hearing(self) -> Hearing:
        """Where which words of phrases are heard."""
        return Hearing(self.words)

    def has(self, *concepts: str) -> bool:
        """Whether one of these concepts is named anywhere, denied or not."""
        return any(each in self.by_concept for each in concepts)

    def clause_at(self, at: int) -> int:
        """Return which clause the word at this place belongs to."""
        return bisect_right(self.starts, at) - 1


@lru_cache(maxsize=64)
def read(text: str) -> Text:
    """Read a text: what a person wrote, without quotations and machine text."""
    own = "\n".join(line for line in text.splitlines() if not line.lstrip().startswith(">"))
    clauses = _clauses(_sentences(own if own.strip() else text))
    words = tuple(word for clause in clauses for word in clause.words)
    named = tuple(_named(clauses))
    by_concept: dict[str, list[Named]] = {}
    for each in named:
        by_concept.setdefault(each.concept, []).append(each)
    starts = tuple(each.start for each in clauses)
    return Text(
        words, tuple(clauses), named, starts, {name: tuple(each) for name, each in by_concept.items()}
    )


# --- sentences and clauses -----------------------------------------------------------------------------------------------


def _sentences(text: str) -> list[tuple[list[str], str]]:
    """Return the words of each sentence with the stop that ends it; a line that ends without one ends a sentence only at a blank line."""
    found: list[tuple[list[str], str]] = []
    spoken: list[str] = []
    flat = _INSIDE.sub("", _SHORT_FORMS.sub(r"\1", re.sub(r"\n\s*\n\s*", " ; ", text.strip())))
    for match in _TOKENS.finditer(normal(flat.replace("\n", " "))):
        word = match.group()
        if word not in _ENDS:
            spoken.append(word)
        elif spoken:
            found.append((spoken, word))
            spoken = []
        elif word == "?" and found:
            found[-1] = (found[-1][0], "?")
    return [*found, (spoken, ".")] if spoken else found


def _clauses(sentences: list[tuple[list[str], str]]) -> list[Clause]:
    clauses: list[Clause] = []
    place = 0
    for number, (tokens, stop) in enumerate(sentences):
        parts = _split(tokens)
        asks = [_asks(part) for part in parts]
        if stop == "?" and not any(asks):
            asks[-1] = True
        supposed = asked = reported = False
        for index, part in enumerate(parts):
            supposed = supposed or _supposes(part)
            asked = (asked and index > 0) or asks[index]
            concepts = {concept for _, concept, *_ in _expressions(part)}
            reported = "hearsay" in concepts or (reported and "self" not in concepts)
            clauses.append(
                Clause(
                    words=tuple(part),
                    start=place,
                    sentence=number,
                    asked=asked,
                    supposed=supposed,
                    reported=reported,
                )
            )
            place += len(part)
    return clauses


def _split(tokens: list[str]) -> list[list[str]]:
    parts: list[list[str]] = [[]]
    for token in plain(tokens):
        if token in _BREATHS:
            if parts[-1]:
                parts.append([])
            continue
        word = lexis.full(_plain(token))
        if parts[-1] and _is(word, "joint") and not _belongs_behind(parts[-1][-1], word):
            parts.append([])
        if word and token not in _CLITICS:
            parts[-1] += word.split()
    return [part for part in parts if part] or [["-"]]


def _belongs_behind(before: str, word: str) -> bool:
    """Whether a conjunction is none here: `tidak jadi` calls something off, `minggu lalu` is a time."""
    return (word == "jadi" and _is(before, "no")) or (word == "lalu" and before in _TIMES)


def _plain(token: str) -> str:
    """Without the 2 that doubles a word in chat: `bisa2`."""
    found = _DOUBLED.fullmatch(token)
    return found[1] if found else token


def _is(word: str, concept: str) -> bool:
    return any(words == (word,) and name == concept for words, name in lexis.starts(word))


def _asks(part: list[str]) -> bool:
    return any(concept == "asking" for _, concept, *_ in _expressions(part))


def _supposes(part: list[str]) -> bool:
    for at, concept, *_ in _expressions(part):
        if concept == "if":
            after = part[at + 1 : at + 2]
            return not (after and after[0] in _POLITE_IF and len(part) - at <= _REACH_OF_NO)
    return False


# --- concepts ------------------------------------------------------------------------------------------------------------


def _named(clauses: list[Clause]) -> list[Named]:
    found = []
    for number, clause in enumerate(clauses):
        expressions = _expressions(clause.words)
        denials = [
            end - 1
            for at, concept, end in expressions
            if concept == "no" or (concept in _CALLED_OFF and clause.words[at] in NEGATIONS)
        ]
        for at, concept, end in dict.fromkeys(expressions):
            denied = any(
                0 < at - each <= _REACH_OF_NO and not _breaks(clause.words[each + 1 : at]) for each in denials
            )
            found.append(Named(concept, clause.start + at, clause.start + end, number, denied))
    return found


def _breaks(between: tuple[str, ...]) -> bool:
    """Whether a negation is about something else that stands between: `tidak hanya`, `bukan lagi`."""
    return bool(between) and between[0] in {"hanya", "cuma", "saja", "masalah", "apa"}


@lru_cache(maxsize=1024)
def _cached(words: tuple[str, ...]) -> tuple[tuple[int, str, int], ...]:
    found = []
    for at in range(len(words)):
        for expression, concept in lexis.starts(words[at]):
            end = at + len(expression)
            if end <= len(words) and all(
                lexis.same(word, wanted)
                for word, wanted in zip(words[at + 1 : end], expression[1:], strict=True)
            ):
                found.append((at, concept, end))
    return tuple(_longest(found))


def _longest(found: list[tuple[int, str, int]]) -> list[tuple[int, str, int]]:
    """A shorter expression inside a longer one of another concept is not meant by itself: `tanda tangan elektronik` is no signing."""
    return [
        each
        for each in found
        if not any(
            other[0] <= each[0] and each[2] <= other[2] and (other[2] - other[0]) > (each[2] - each[0])
            for other in found
        )
    ]


def _expressions(words: tuple[str, ...] | list[str]) -> tuple[tuple[int, str, int], ...]:
    return _cached(tuple(words))


__all__ = ["Clause", "Named", "Text", "read"]
