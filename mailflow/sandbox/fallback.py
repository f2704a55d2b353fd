"""When reading a message kills its worker: find the document that does it, name it, and keep the rest (design: one bad part)."""

import time
from collections.abc import Callable
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, replace

from mailflow.errors import WorkerError
from parsers.reading import Reading

MESSAGE_SECONDS = 60.0
"""The longest that all tries on one message may take together, unless a single one may take more than a third of it."""

Attempt = Callable[[AbstractSet[int], float], Reading]
"""Read the message without these parts, within so many seconds; raises WorkerError."""

_WHY = {
    "timeout": "it took too long to open and was left out",
    "too-large": "it needs too much memory to open and was left out",
    "crashed": "opening it crashed the reader and it was left out",
}


@dataclass
class _Search:
    attempt: Attempt
    seconds: float
    until: float
    took: float = 0.0

    def read(self, skip: AbstractSet[int]) -> Reading:
        """Read with what the accepted parts took last time, and one document's time more."""
        started = time.monotonic()
        reading = self.attempt(skip, min(self.took + self.seconds, self.until - started))
        self.took = time.monotonic() - started
        return reading

    def time_is_up(self) -> bool:
        return time.monotonic() >= self.until


def one_by_one(attempt: Attempt, parts: int, *, seconds: float, spent: float) -> Reading:
    """Add the documents of a message one at a time and leave out each that kills its reader.

    `seconds` is the time one document may take, `spent` what the first try took of MESSAGE_SECONDS. Returns the reading of
    all the others; each part left out is `unreadable` with its outcome (`timeout`, `crashed`, `too-large`), and parts for
    which no time remained are left out as `timeout`. Raises WorkerError when the message kills its reader without documents.
    """
    search = _Search(attempt, seconds, time.monotonic() + max(MESSAGE_SECONDS, 3 * seconds) - spent)
    left = set(range(parts))
    guilty: dict[int, str] = {}
    reading = search.read(left)
    for part in range(parts):
        if search.time_is_up():
            guilty |= dict.fromkeys(range(part, parts), "timeout")
            break
        try:
            reading = search.read(left - {part})
            left.discard(part)
        except WorkerError as error:
            guilty[part] = error.outcome
    return _named(reading, list(guilty.values()))


def _named(reading: Reading, outcomes: list[str]) -> Reading:
    """Give each document that was left out its own outcome.

    The readers list what they were told to skip as `crashed`, in order. Where another document is `crashed` of itself, or
    one left out for want of time is a duplicate, they cannot be told apart, and `crashed` stands.
    """
    documents = list(reading.facts.documents)
    skipped = [
        place for place, one in enumerate(documents) if (one.kind, one.outcome) == ("unreadable", "crashed")
    ]
    if len(skipped) == len(outcomes):
        for place, outcome in zip(skipped, outcomes, strict=True):
            problems = (*documents[place].problems, _WHY[outcome])
            documents[place] = documents[place].model_copy(update={"outcome": outcome, "problems": problems})
    facts = reading.facts.model_copy(update={"documents": tuple(documents)})
    return replace(reading, facts=facts)
