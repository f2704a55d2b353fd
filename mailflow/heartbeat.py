"""When each loop last succeeded, for `mailflow status` in another process; and what lay between, where it was long (`outages.py`)."""

from datetime import datetime, timedelta

from mailflow import histories
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

    def beat(self, loop: str) -> None:
        """Record a success of `loop`, and the outage that it ends; raises `StoreError`, then the next beat counts from the last recorded."""
        now = self._office.now()
        if loop in self._last and timedelta(0) <= now - self._last[loop] < EVERY:
            return
        with writing(self._office) as work:
            row = work.session.get(Setting, f"loop:{loop}") or Setting(name=f"loop:{loop}", value="")
            began = datetime.fromisoformat(row.value) if row.value else now
            if is_outage(self._office, began, now):
                work.session.add(Outage(loop=loop, began=began, ended=now))
                log.warning("outage-over", loop=loop, began=began.isoformat())
            row.value = now.isoformat()
            work.session.add(row)
        self._last[loop] = now
        if loop == "clock":
            histories.beat(self._office)
