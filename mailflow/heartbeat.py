"""When each loop last succeeded, for `mailflow status` in another process; and what lay between, where it was long (`outages.py`)."""

from contextlib import suppress
from datetime import datetime, timedelta

from mailflow import histories, trouble
from mailflow.errors import StoreError
from mailflow.office import Office, log
from mailflow.outages import is_outage
from mailflow.store.tables import Outage, Setting
from mailflow.work import writing

EVERY = timedelta(seconds=30)


class Heartbeat:
    """Writes at most one row per loop every half minute: a beat is not worth more disk than that. Each loop beats for itself alone."""

    def __init__(self, office: Office) -> None:
        self._office = office
        self._last: dict[str, datetime] = {}
        self._ailing: dict[str, str] = {}

    def beat(self, loop: str, *, reached: bool = True) -> None:
        """Record a success of `loop`, and the outage that it ends; raises `StoreError`, then the next beat counts from the last recorded.

        `reached`: it has spoken with its server; a turn in which there was nothing to do ends no trouble.
        """
        now = self._office.now()
        if (
            not (reached and loop in self._ailing)
            and loop in self._last
            and timedelta(0) <= now - self._last[loop] < EVERY
        ):
            return
        with writing(self._office) as work:
            row = work.session.get(Setting, f"loop:{loop}") or Setting(name=f"loop:{loop}", value="")
            began = datetime.fromisoformat(row.value) if row.value else now
            if is_outage(self._office, began, now):
                work.session.add(Outage(loop=loop, began=began, ended=now))
                log.warning("outage-over", loop=loop, began=began.isoformat())
            if reached:
                trouble.over(work.session, loop)
            row.value = now.isoformat()
            work.session.add(row)
        self._last[loop] = now
        if reached:
            self._ailing.pop(loop, None)
        if loop == "clock":
            histories.beat(self._office)

    def ail(self, loop: str, what: str) -> None:
        """Record what `loop` is in trouble with, where that is news; what the database did not take is said to it the next time."""
        if self._ailing.get(loop) != what:
            with suppress(StoreError):
                trouble.note(self._office, loop, what)
                self._ailing[loop] = what
