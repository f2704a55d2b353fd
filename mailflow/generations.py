"""The generation of a database: the name of one history of it, so that what two histories make is never taken for each other.

It is drawn when a database begins its work and again whenever it turns out to be older than what was done with it (`mailflow.histories`).
Tokens and Message-IDs bear it. Numbers of requests are spoken on the phone and cannot bear it: they go on where no other history has been.
"""

import threading
from datetime import datetime

from sqlmodel import Session

from mailflow.store import marker
from mailflow.store.database import Database
from mailflow.store.tables import Setting
from mailflow.trust.tokens import draw_generation

_NAME = "generation"
_AHEAD = 50
"""Numbers that are set aside at a time, before the first of them is given."""
_FIRST_BY_CLOCK, _SECONDS_EACH = 10_000, 32
"""Where nothing is known of what was given: one number for each 32 seconds of the year, six digits at most. No history that gave
fewer than 112 an hour since it began, or since the year did, has been there."""
_writing = threading.Lock()


def name(session: Session) -> str:
    """Return the generation of this database, drawn at its first use."""
    row = session.get(Setting, _NAME)
    return row.value if row is not None else renew(session)


def renew(session: Session) -> str:
    """Draw another generation."""
    row = session.get(Setting, _NAME) or Setting(name=_NAME, value="")
    row.value = draw_generation()
    session.add(row)
    session.flush()
    return row.value


def set_aside(database: Database, year: int, number: int) -> None:
    """See to it that it is known beside the database that a number may be given, before it is; in memory nothing is."""
    if not database.file.is_file():
        return
    with _writing:
        known = marker.numbers(database.file)
        given = known.given if known else {}
        if given.get(str(year), 0) < number:
            marker.write_numbers(database.file, {**given, str(year): number + _AHEAD - 1})


def skip_used(session: Session, now: datetime, known: marker.Numbers | None) -> int:
    """Let the numbers of this year go on where no other history has been; return the last that is passed over.

    `known` are the numbers beside the database, if they can be relied upon: then numbers stay short.
    """
    row = session.get(Setting, f"ticket:{now.year}") or Setting(name=f"ticket:{now.year}", value="0")
    used = known.given.get(str(now.year), 0) if known else _by_clock(now)
    row.value = str(max(int(row.value), used))
    session.add(row)
    session.flush()
    return int(row.value)


def _by_clock(now: datetime) -> int:
    begin = now.replace(month=1, day=1, hour=0, minute=0, second=0, microsecond=0)
    return _FIRST_BY_CLOCK + int((now - begin).total_seconds()) // _SECONDS_EACH
