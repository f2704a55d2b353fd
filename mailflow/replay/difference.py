"""What would be otherwise, as values."""

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Literal

from mailflow.replay.record import Standing

What = Literal["course", "time", "letters", "tasks", "promise", "checks"]
"""`course`: another event, row or state; `time`: an alarm rings earlier or later; the others: the same course, but other letters, other
words offered to officers, another due time, other findings."""
Cause = Literal["rules", "program"]
"""Whether the rules make it so, or already the program (or the configuration, the calendar, the facts) under the rules of then."""


@dataclass(frozen=True, kw_only=True)
class Difference:
    """What is first otherwise in one case. `row` is the row it stood in; `heard` says what came; `note` what the two sides do not say."""

    case: str
    sop: str
    what: What
    cause: Cause
    at: datetime
    row: str
    heard: str
    message: int | None = None
    recorded: Standing | None = None
    recorded_at: datetime | None = None
    now: Standing | None = None
    now_at: datetime | None = None
    note: str = ""


@dataclass(kw_only=True)
class Played:
    """What came of one story: differences, the cases whose course is the same to its end, and those that could not be replayed, with why."""

    differences: list[Difference] = field(default_factory=list)
    same: list[str] = field(default_factory=list)
    not_replayed: dict[str, str] = field(default_factory=dict)
    unread: list[str] = field(default_factory=list)
    """Cases whose version this program can no longer read: only what was recorded is compared, no times between."""
    after: list[str] = field(default_factory=list)
    """Cases of the same story that were not followed further, because another one differs before."""


@dataclass(frozen=True, kw_only=True)
class Matching:
    """A message that would open something else. `chosen`: who chose then, where it was not the rules."""

    message: int
    received: datetime
    recorded: tuple[str, ...]
    chosen: str
    cases: tuple[str, ...]
    now: tuple[str, ...]
    score: float
    reasons: tuple[str, ...]


def plain_standing(standing: Standing | None) -> dict[str, Any] | None:
    """Return it for JSON."""
    if standing is None:
        return None
    return {"case": standing.case, "event": standing.event, "step": standing.step, "state": standing.state}
