"""When each loop last succeeded, for `mailflow status` in another process."""

from datetime import datetime, timedelta
from threading import Lock

from mailflow.office import Office
from mailflow.store.tables import Setting

EVERY = timedelta(seconds=30)


class Heartbeat:
    """Writes at most one row per loop every half minute: a beat is not worth more disk than that."""

    def __init__(self, office: Office) -> None:
        self._office = office
        self._last: dict[str, datetime] = {}
        self._lock = Lock()

    def beat(self, loop: str) -> None:
        """Record a success of `loop`."""
        now = self._office.now()
        with self._lock:
            if loop in self._last and timedelta(0) <= now - self._last[loop] < EVERY:
                return
            self._last[loop] = now
        with self._office.database.writing() as session:
            session.merge(Setting(name=f"loop:{loop}", value=now.isoformat()))
