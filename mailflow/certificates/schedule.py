"""When a notice is due. Pure: days of the calendar until a certificate expires, in the department's zone, against the thresholds.

Only the nearest threshold that has been reached counts, and it counts until the next one is: what was missed while the program did not
run, or while the person's renewal was under way, is made up for by one notice, never by several.
"""

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

DAY = timedelta(days=1)
AFTER = -7
"""One notice goes out a week after expiry, whatever `certificates.notice_days` says."""
FORGOTTEN = -14
"""From then on nothing is said any more: a registry that is fed for the first time holds certificates that expired long ago."""
COPY_FROM = 7
"""From so many days before expiry the unit's contact gets a copy."""


def days_left(not_after: datetime, today: date, zone: ZoneInfo) -> int:
    """Return the days of the calendar from today until the day a certificate expires; 0 on that day, negative after it."""
    return (not_after.astimezone(zone).date() - today).days


def due(days: int, notice_days: Sequence[int], last: int | None) -> int | None:
    """Return the threshold of which a notice is due with so many days left, None where none is. `last` is that of the last notice."""
    if not notice_days or days <= FORGOTTEN:
        return None
    reached = [each for each in (*notice_days, AFTER) if days <= each]
    nearest = min(reached, default=None)
    return nearest if nearest is not None and (last is None or nearest < last) else None


def coming(days: int, notice_days: Sequence[int], last: int | None) -> int | None:
    """Return the threshold of the next notice after the one that may be due today; None where no further one comes."""
    ahead = [each for each in (*notice_days, AFTER) if each < days and (last is None or each < last)]
    return max(ahead, default=None) if notice_days else None


def day_of(not_after: datetime, threshold: int, zone: ZoneInfo) -> date:
    """Return the day on which a threshold is reached."""
    return not_after.astimezone(zone).date() - timedelta(days=threshold)
