"""Time is an argument everywhere; this is the one place where it comes from."""

from collections.abc import Callable
from datetime import UTC, datetime

Clock = Callable[[], datetime]


def system_clock() -> datetime:
    """Return the present, aware, in UTC."""
    return datetime.now(UTC)


def fixed_clock(moment: datetime) -> Clock:
    """Return a clock that stands still at `moment`."""

    def now() -> datetime:
        return moment

    return now


class HandClock:
    """A clock set by hand: for the demonstration and for tests of what time does."""

    def __init__(self, moment: datetime) -> None:
        self.moment = moment

    def __call__(self) -> datetime:
        """Return the moment it is set to."""
        return self.moment
