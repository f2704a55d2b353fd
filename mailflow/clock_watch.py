"""A clock that jumped by more than a day is not believed alone: until a second clock agrees, mail is kept, and nothing is read, sent or put off.

A jump is seen against the kernel's clock since boot, which counts sleep and is never set; at a start against the last beats on record: a
time before them, or more than a month after them (a shorter silence is a program that did not run). The second clock is the mail server's:
the time it gives to a mail that arrives (INTERNALDATE, RFC 9051 §2.3.3). Or the administrator says that the machine's is right.
"""

import json
import time
from datetime import UTC, datetime, timedelta
from threading import Lock
from typing import Any

from sqlmodel import Session, col, func, select

from mailflow.office import Office, log
from mailflow.outages import is_outage
from mailflow.store.tables import MessageRow, Outage, Setting
from mailflow.work import reading, writing

JUMP = timedelta(days=1)
SILENCE = timedelta(days=30)
"""How long the program may have stood still without its clock being doubted."""
_ROW = "clock:doubted"


class ClockWatch:
    """Doubts the machine's clock where there is reason; belongs to one process, whose loops all ask it."""

    def __init__(self, office: Office) -> None:
        self._office = office
        self._began, self._boot = office.now(), _since_boot()
        self._believed = timedelta(0)
        """By how much the clock may differ from the kernel's: what was once agreed."""
        self._unrecorded = ""
        """A doubt that the database has not taken yet; it holds all the same."""
        self._turn = Lock()  # a doubt that one loop is about to record must not look settled to another
        with reading(office) as work:
            self._doubts = work.session.get(Setting, _ROW) is not None
            last = _last_beat(work.session)
        strange = last is not None and not (last - JUMP < self._began < last + SILENCE)
        if office.keeps_outages and strange and last is not None and not self._doubts:
            self._doubt(last, SILENCE)

    def holds(self) -> bool:
        """Whether nothing may be read, sent or put off now, since this machine's time is in doubt."""
        if not self._office.keeps_outages:
            return False
        with self._turn:
            return self._holds()

    def _holds(self) -> bool:
        drift = self._drift()
        if not self._doubts and abs(drift - self._believed) > JUMP:
            self._doubt(self._office.now() - (drift - self._believed), JUMP)
        if self._unrecorded:
            self._record()
        if self._doubts and self._is_settled():
            self._believed, self._doubts = drift, False
            log.warning("clock-believed", now=self._office.now().isoformat())
        return self._doubts

    def _is_settled(self) -> bool:
        """Whether the clock is back, a second clock agrees, or somebody has said that it is right."""
        now = self._office.now()
        with reading(self._office) as work:
            row = work.session.get(Setting, _ROW)
            if row is None:
                return True
            doubted = json.loads(row.value)
            since = datetime.fromisoformat(doubted["since"])
            if not (_is_back(doubted, now) or _agrees(work.session, now, since)):
                return False
        trust(self._office)
        return True

    def _doubt(self, before: datetime, slack: timedelta) -> None:
        """Record that the clock showed `before`, and may show up to `slack` more without being doubted."""
        self._doubts, now = True, self._office.now()
        said = {
            "before": before.isoformat(),
            "since": now.isoformat(),
            "slack": slack.total_seconds(),
            "boot": _since_boot(),
        }
        log.warning("clock-doubted", before=before.isoformat(), now=now.isoformat())
        self._unrecorded = json.dumps(said)
        self._record()

    def _record(self) -> None:
        with writing(self._office) as work:
            work.session.merge(Setting(name=_ROW, value=self._unrecorded))
        self._unrecorded = ""

    def _drift(self) -> timedelta:
        return (self._office.now() - self._began) - timedelta(seconds=_since_boot() - self._boot)


def trust(office: Office) -> bool:
    """Believe this machine's clock again; return whether it was doubted."""
    with writing(office) as work:
        row = work.session.get(Setting, _ROW)
        if row is None:
            return False
        at_a_start = json.loads(row.value)["slack"] > JUMP.total_seconds()
        work.session.delete(row)
        for beat in work.session.exec(select(Setting).where(col(Setting.name).startswith("loop:"))):
            began, now = datetime.fromisoformat(beat.value), office.now()
            if at_a_start and is_outage(office, began, now):  # it did not run since, then
                work.session.add(Outage(loop=beat.name.removeprefix("loop:"), began=began, ended=now))
            beat.value = now.isoformat()
            work.session.add(beat)
    return True


def in_words(office: Office, session: Session) -> str:
    """What needs the administrator while the clock is doubted, "" else."""
    row = session.get(Setting, _ROW)
    if row is None:
        return ""
    doubted, zone = json.loads(row.value), office.config.department.zone
    before, since = (datetime.fromisoformat(doubted[name]).astimezone(zone) for name in ("before", "since"))
    return (
        f"the clock jumped from {before:%d %b %Y %H:%M} to {since:%d %b %Y %H:%M}: mail is kept, nothing is read, sent or put off until a mail "
        "arrives whose server gives the same time; is the clock right (timedatectl)? Then say so: `mailflow status --clock-is-right`"
    )


def _is_back(doubted: dict[str, Any], now: datetime) -> bool:
    """Whether the clock shows again about what it should: what it showed, and the time since."""
    since_then = max(0.0, _since_boot() - doubted["boot"])
    expected = datetime.fromisoformat(doubted["before"]) + timedelta(seconds=since_then)
    return expected - JUMP < now < expected + timedelta(seconds=doubted["slack"])


def _agrees(session: Session, now: datetime, since: datetime) -> bool:
    """Whether the mail server gave about this time to a mail that was recorded since the doubt began."""
    newest = select(func.max(col(MessageRow.received_at))).where(col(MessageRow.recorded_at) >= since)
    received = session.exec(newest).one()
    return received is not None and abs(now - received.replace(tzinfo=received.tzinfo or UTC)) < JUMP


def _last_beat(session: Session) -> datetime | None:
    rows = session.exec(select(Setting).where(col(Setting.name).startswith("loop:")))
    return max((datetime.fromisoformat(row.value) for row in rows if row.value), default=None)


def _since_boot() -> float:
    return time.clock_gettime(time.CLOCK_BOOTTIME)
