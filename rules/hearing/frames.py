"""Frames: concepts that together mean something, as an SOP or the table of intents writes them.

`forget passphrase`: both concepts within reach of each other, neither denied. `-remember passphrase`: the first denied. `@ours` asks
for a concept anywhere in the text, `!other` for none within reach, `~30` reaches as many words.
"""

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import product

from rules.hearing import lexis
from rules.hearing.clauses import Named, Text
from rules.keywords import NEGATIONS
from rules.phrases import words_of

_FILLERS = 2
"""Words that may stand between two words of a phrase: `lupa dengan passphrase`."""
_REACH_OF_NO = 2
REACH = 12
"""Most words from the first concept of a frame to its last: the length of a spoken sentence."""


@dataclass(frozen=True)
class Frame:
    """One frame, read: `near` (concept, denied) pairs, `anywhere` in the text, `absent` within reach."""

    spelled: str
    near: tuple[tuple[str, bool], ...]
    anywhere: tuple[str, ...] = ()
    absent: tuple[str, ...] = ()
    reach: int = REACH


@dataclass(frozen=True)
class Hit:
    """A frame that a text says, with the words that say it and how they are meant."""

    frame: str
    words: str
    first: int
    last: int
    denied: bool = False
    asked: bool = False
    supposed: bool = False
    reported: bool = False
    past: bool = False
    long_ago: bool = False
    sentence: int = 0
    """Which sentence of the text."""

    @property
    def plain(self) -> bool:
        """Whether it is said as it is: not denied, not asked, not supposed."""
        return not (self.denied or self.asked or self.supposed)


@lru_cache(maxsize=1024)
def parse(spelled: str) -> Frame:
    """Read a frame as it is written."""
    parts = spelled.split()
    return Frame(
        spelled,
        tuple((each.lstrip("-"), each.startswith("-")) for each in parts if each[0] not in "@!~"),
        tuple(each[1:] for each in parts if each[0] == "@"),
        tuple(each[1:] for each in parts if each[0] == "!"),
        next((int(each[1:]) for each in parts if each[0] == "~"), REACH),
    )


def check(spelled: str) -> None:
    """Raise ValueError, naming what is unknown, for a frame that names no concept or one that is not there."""
    frame = parse(spelled)
    asked = [*(concept for concept, _ in frame.near), *frame.anywhere, *frame.absent]
    unknown = [each for each in asked if each not in lexis.names()]
    if unknown or not frame.near:
        known = ", ".join(sorted(lexis.names()))
        raise ValueError(f"{spelled!r} names no concept {' '.join(unknown)!r}; concepts are: {known}")


def hits(text: Text, frames: Iterable[str], given: Collection[str] = ()) -> Iterator[Hit]:
    """Yield every frame that a text says, as often as it says it; `given` concepts are known without being named."""
    for spelled in frames:
        frame = parse(spelled)
        if all(each in given or text.has(each) for each in frame.anywhere):
            yield from _of(text, frame)


def phrases(text: Text, spelled: Iterable[str]) -> Iterator[Hit]:
    """Yield where a text says a phrase in so many words: in order, close together, in one sentence, a slip of the pen allowed."""
    for phrase in spelled:
        wanted = _wanted(phrase)
        for at in text.hearing.places(wanted[0]) if wanted else ():
            if last := _goes_on(text, at, wanted):
                yield _hit(text, phrase, at, last)


@lru_cache(maxsize=1024)
def _wanted(phrase: str) -> tuple[str, ...]:
    return tuple(lexis.full(word) for word in words_of(phrase))


def _goes_on(text: Text, at: int, wanted: Sequence[str]) -> int:
    """Return where a phrase that begins here ends, 0 where it does not go on."""
    sentence = text.clauses[text.clause_at(at)].sentence
    for word in wanted[1:]:
        ahead = range(at + 1, min(at + 2 + _FILLERS, len(text.words)))
        found = next((each for each in ahead if each in text.hearing.places(word)), None)
        if found is None or text.clauses[text.clause_at(found)].sentence != sentence:
            return 0
        at = found
    return at + 1


def _hit(text: Text, phrase: str, first: int, last: int) -> Hit:
    one = text.clauses[text.clause_at(first)]
    before = text.words[max(one.start, first - _REACH_OF_NO) : first]
    denied = any(
        NEGATIONS.intersection((each, each.partition("-")[0]))
        for each in (*before, *text.words[first + 1 : last])
    )
    denied = denied and not any(each in NEGATIONS for each in words_of(phrase))
    return Hit(
        phrase, " ".join(text.words[first:last]), first, last, denied=denied, asked=one.asked, supposed=one.supposed,
        reported=one.reported, past=_is_past(text, first, last, "past", "once"), long_ago=_is_past(text, first, last, "past"), sentence=one.sentence,
    )  # fmt: skip


def _of(text: Text, frame: Frame) -> Iterator[Hit]:
    places = [text.by_concept.get(concept, ()) for concept, _ in frame.near]
    for combination in product(*places):
        first, last = min(each.at for each in combination), max(each.end for each in combination)
        if last - first > frame.reach or not _together(text, combination):
            continue
        if any(
            each.clause in {mine.clause for mine in combination}
            for concept in frame.absent
            for each in text.by_concept.get(concept, ())
            if not any(mine.at <= each.at < mine.end for mine in combination)
        ):
            continue
        wanted = [denied for _, denied in frame.near]
        if any(denied and not each.denied for each, denied in zip(combination, wanted, strict=True)):
            continue
        clauses = [text.clauses[each.clause] for each in combination]
        yield Hit(
            frame.spelled,
            " ".join(text.words[first:last]),
            first,
            last,
            denied=any(each.denied and not denied for each, denied in zip(combination, wanted, strict=True)),
            asked=any(_is_asked(text, each, last) for each in combination),
            supposed=any(each.supposed for each in clauses),
            reported=any(each.reported for each in clauses),
            past=_is_past(text, first, last, "past", "once"),
            long_ago=_is_past(text, first, last, "past"),
            sentence=clauses[0].sentence,
        )


def _together(text: Text, combination: Sequence[Named]) -> bool:
    """Whether they stand in one sentence, and are different words."""
    one = _sentence(text, combination[0])
    places = {(each.at, each.end) for each in combination}
    return len(places) == len(combination) and all(_sentence(text, each) == one for each in combination)


def _sentence(text: Text, each: Named) -> int:
    return text.clauses[each.clause].sentence


def _is_past(text: Text, first: int, last: int, *by: str) -> bool:
    """Whether it is told as past: the sentence has said so before, or says so right behind it."""
    sentence = text.clauses[text.clause_at(first)].sentence
    return any(
        (each.at < last or each.at - last <= _REACH_OF_NO) and text.clauses[each.clause].sentence == sentence
        for concept in by
        for each in text.by_concept.get(concept, ())
        if not first < each.at < last
    )


def _is_asked(text: Text, named: Named, last: int) -> bool:
    """Whether it is asked about; in a long clause of dictated text, only what the question word does not follow at a distance."""
    clause = text.clauses[named.clause]
    if not clause.asked or len(clause.words) <= REACH:
        return clause.asked
    begins = [each.at for each in text.by_concept.get("asking", ()) if each.clause == named.clause]
    return not begins or min(begins) <= last + _REACH_OF_NO
