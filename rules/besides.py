"""Whom an approval leaves out: `SETUJU KECUALI 1-3 dan 5 karena NIP keliru`, by number or by whole name, with the reason.

All that stands after KECUALI must be understood, or the whole word counts for nothing: a slip of the pen approves nobody who was to be
left out. A reason is what follows `karena`, `alasan`, a colon or stands in brackets, and speaks of nobody else of the list.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace

from parsers.identity import fold_words, same_name
from rules import keywords
from rules.approval import is_plain
from rules.case import Person
from rules.keywords import normal, tokens
from rules.opening import Said

_BEGINS = re.compile(
    rf"^[\s,;:.*_-]*(?:{'|'.join(sorted(keywords.EXCEPT_WORDS))})\b[*_]*[\s:]*(?:(?:untuk|for)\s+)?",
    re.IGNORECASE,
)
_CALLED = (
    r"(?:(?:no|nomor|nomer|number|numbers|orang|person|persons|baris|row|rows|angka|urut|ke)\b[.:\s-]*)*"
)
_TO = r"(?:-|s\s?[./]?\s?d\b\.?|sampai\s+dengan\b|sampai\b|hingga\b|to\b|until\b|through\b)"
_NUMBER = re.compile(
    rf"{_CALLED}(?P<first>\d{{1,3}})(?!\w)(?:\s*{_TO}\s*{_CALLED}(?P<last>\d{{1,3}})(?!\w))?(?!\s*-\s*\d)",
    re.IGNORECASE,
)
_SEPARATOR = re.compile(r"(?:\s*(?:[,;&/]|\b(?:dan|and|serta)\b)\s*)+|\s+", re.IGNORECASE)
_BEFORE_NAME = re.compile(
    r"(?:(?:a\.?\s?n\.?|atas nama|nama|bernama|named|sdri?\.?|saudara|saudari|bapak|ibu|pak|bu)\s+)+",
    re.IGNORECASE,
)
_BECAUSE = re.compile(
    r"\s*[,;.:-]*\s*(?:dengan\s+)?(?:alasan(?:nya)?|karena|krn|sebab|lantaran|because|reason|due\s+to)\b[\s:=-]*",
    re.IGNORECASE,
)
_MARKED = re.compile(r"\s*:\s*(?=[^\W\d])|\s+-\s+(?=[^\W\d])|\s*\((?=[^\W\d])(?=.*\)[\s.]*$)")
_GOES_ON = frozenset({"dan", "and", "semua", "semuanya", "all"})
"""Words of politeness that after a list may go on with it."""
_BEHIND = re.compile(r"\s*[.(]\s*|\s+")
"""Between a number and the name that stands at it in the list."""
_ALSO = re.compile(r"(?:[\s*.,;&/-]|\b(?:dan|and|serta|juga|also)\b)*", re.IGNORECASE)
_UNFINISHED = re.compile(r"[,;&/:-]\s*$")
_WRAPPED = 45
"""Signs after KECUALI; a line so long may have been broken by the mail program, and goes on below."""
_LONGEST_NAME = 14
_SHORTEST_PART = 3
_SMALL = 3
_OTHERS = frozenset({
    "lain", "lainnya", "sisanya", "semua", "semuanya", "seluruh", "seluruhnya", "juga", "begitu", "others", "other", "rest", "all", "also",
    "everyone", "everybody", "too", *keywords.EXCEPT_WORDS, *keywords.CONDITIONS,
})  # fmt: skip
"""Words by which a reason may speak of more persons than those left out, or set a condition."""


@dataclass(frozen=True, kw_only=True)
class LeftOut:
    """The persons by number, why, and the reply without all this; `understood` is false where something of it was not."""

    said: Said
    numbers: tuple[int, ...] = ()
    because: str = ""
    understood: bool = True


@dataclass
class _Found:
    """How far a line has been read, and whom it has named."""

    at: int = 0
    numbers: list[int] = field(default_factory=list)


def left_out(said: Said, persons: Sequence[Person]) -> LeftOut | None:
    """Return whom the line after an approval leaves out of `persons`; None where it says no KECUALI."""
    begins = _BEGINS.match(said.rest)
    if begins is None:
        return None
    found = _named(said.rest, begins.end(), persons)
    numbers = tuple(sorted(set(found.numbers)))
    because, rest, more = _reason(said.rest[found.at :], said.more) if numbers else ("", "", said.more)
    bare = replace(said, rest=rest, more=more)
    understood = (
        bool(numbers)
        and is_plain(rest)
        and not _GOES_ON.intersection(_spelled(rest))
        and not _UNFINISHED.search(rest)
        and not any(_goes_on(line, persons) for line in more.splitlines())
        and not _speaks_of_others(because, numbers, persons)
    )
    return LeftOut(said=bare, numbers=numbers, because=because, understood=understood)


def _named(line: str, at: int, persons: Sequence[Person]) -> _Found:
    """Read numbers, ranges and names as far as they go; what is left of the line must then be a reason or nothing."""
    found = _Found(at)
    while True:
        step = _number(line, at, persons) or _name(line, at, persons)
        if step is None:
            return found
        at, numbers = step
        behind = _BEHIND.match(line, at)
        again = _name(line, behind.end(), persons) if behind else None
        if again is not None and not set(again[1]) <= set(numbers):
            return _Found(at)  # `2 Maya`, where 2 is somebody else: which of the two was meant?
        at = again[0] if again else at
        found.numbers += numbers
        found.at = at
        between = _SEPARATOR.match(line, at)
        if between is None:
            return found
        at = between.end()


def _number(line: str, at: int, persons: Sequence[Person]) -> tuple[int, list[int]] | None:
    """A number, or all of a range that the list has."""
    found = _NUMBER.match(line, at)
    if found is None:
        return None
    first, last = int(found["first"]), int(found["last"] or found["first"])
    if last < first:
        return None
    listed = {each.number for each in persons}
    ends = [first, last] if last > first else [first]
    inner = [each for each in range(first + 1, last) if not listed or each in listed]
    return found.end(), sorted({*ends, *inner})


def _name(line: str, at: int, persons: Sequence[Person]) -> tuple[int, list[int]] | None:
    """A whole name that exactly one of the persons has: the longest that there is, for titles stand behind names."""
    called = _BEFORE_NAME.match(line, at)
    for start in dict.fromkeys((at, called.end() if called else at)):
        for end in reversed(list(_ends(line, start))):
            fitting = [each.number for each in persons if same_name(line[start:end], each.name)]
            if len(fitting) == 1:
                return end, fitting
    return None


def _ends(line: str, start: int) -> Iterator[int]:
    """Where a name that begins at `start` might end."""
    for count, word in enumerate(re.finditer(r"\S+", line[start:])):
        if count == _LONGEST_NAME:
            return
        end = start + word.end()
        yield start + word.start() + len(word.group().rstrip(",;:.()"))
        yield end - (word.group()[-1] in ",;:()")


def _goes_on(line: str, persons: Sequence[Person]) -> bool:
    """Tell whether a line below goes on with the list."""
    also = _ALSO.match(line)
    begins = also.end() if also else 0
    joined = bool(tokens(line[:begins])) and not is_plain(line)
    listed = {each.number for each in persons}
    named = set(_named(line, begins, persons).numbers)
    return joined or bool(named & listed if listed else named)


# --- why -----------------------------------------------------------------------------------------------------------------


def _reason(rest: str, more: str) -> tuple[str, str, str]:
    """Return the reason, what else the line says, and the lines below; a reason may also be the whole line below."""
    introduced = _BECAUSE.match(rest) or _MARKED.match(rest)
    if introduced is not None:
        wrapped = more.partition("\n\n")[0] if len(rest) >= _WRAPPED else ""
        reason = " ".join(f"{rest[introduced.end() :]} {wrapped}".split())
        return _trimmed(reason), "", more[len(wrapped) :]
    below, _, further = more.strip().partition("\n")
    introduced = _BECAUSE.match(below) if is_plain(rest) else None
    if introduced is not None:
        return _trimmed(below[introduced.end() :]), rest, further
    return "", rest, more


def _trimmed(reason: str) -> str:
    """Without brackets, and without the politeness that ends it."""
    head, stop, tail = reason.partition(". ")
    kept = head if stop and is_plain(tail) else reason
    return kept.strip().removesuffix(")" if "(" not in kept else "").rstrip(". ")


def _speaks_of_others(reason: str, numbers: Sequence[int], persons: Sequence[Person]) -> bool:
    """Tell whether a reason may leave out more than was named: another number of the list, a part of another name, `yang lain juga`."""
    words = _spelled(reason)
    others = [each for each in persons if each.number not in numbers]
    theirs = set(fold_words(" ".join(each.name for each in others)).split())
    ours = set(fold_words(" ".join(each.name for each in persons if each.number in numbers)).split())
    parts = {each for each in theirs - ours if len(each) >= _SHORTEST_PART}
    listed = {each.number for each in others}
    counted = {int(each) for each in words if each.isdecimal() and len(each) <= _SMALL}
    return bool(
        _OTHERS.intersection(words)
        or parts.intersection(fold_words(reason).split())
        or (counted - set(numbers) if not persons else counted & listed)
    )


def _spelled(line: str) -> list[str]:
    return [normal(each.group()) for each in tokens(line)]
