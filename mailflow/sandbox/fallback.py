"""When reading a message kills its worker: find the document that does it, name it, and keep the rest (design: one bad part)."""

import time
from collections.abc import Callable
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field

from mailflow.errors import WorkerError
from parsers.facts import DocumentFacts
from parsers.read import Reading

MESSAGE_SECONDS = 60.0
"""The longest that all tries on one message may take together."""

Attempt = Callable[[AbstractSet[int], float], Reading]
"""Read the message without these parts, within so many seconds; raises WorkerError."""


@dataclass
class _Search:
    attempt: Attempt
    seconds: float
    until: float
    guilty: dict[int, str] = field(default_factory=dict)
    took: float = 0.0

    def read(self, skip: AbstractSet[int]) -> Reading:
        """Read with what the accepted parts took last time, and one document's time more."""
        started = time.monotonic()
        reading = self.attempt(skip, min(self.took + self.seconds, self.until - started))
        self.took = time.monotonic() - started
        return reading

    def time_is_up(self) -> bool:
        return time.monotonic() >= self.until


def one_by_one(
    attempt: Attempt, parts: int, *, seconds: float, spent: float
) -> tuple[Reading, dict[int, str]]:
    """Add the documents of a message one at a time and leave out each that kills its reader.

    `seconds` is the time one document may take, `spent` what the first try took of MESSAGE_SECONDS. Returns the reading of
    all the others and the outcome (`timeout`, `crashed`, `too-large`) of each part left out; parts for which no time
    was left are left out as `timeout`. Raises WorkerError when the message kills its reader even without documents.
    """
    search = _Search(attempt, seconds, time.monotonic() + MESSAGE_SECONDS - spent)
    left = set(range(parts))
    reading = search.read(left)
    for part in range(parts):
        if search.time_is_up():
            search.guilty |= dict.fromkeys(range(part, parts), "timeout")
            break
        try:
            reading = search.read(left - {part})
            left.discard(part)
        except WorkerError as error:
            search.guilty[part] = error.outcome
    return reading, search.guilty


def named(reading: Reading, guilty: dict[int, str]) -> Reading:
    return reading
