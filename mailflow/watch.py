"""Whether the daemon is alive as a whole: every loop has completed a turn since the service manager was last told so."""

from collections.abc import Iterable
from threading import Lock


class Watchdog:
    """The loops that must turn, and those that have done so in this round.

    A turn counts when it comes to its end, successfully or not: a mail server that is away is a degraded mode, not a reason to be
    restarted. A loop that hangs keeps `due` false, and the service manager restarts the daemon after `WatchdogSec`.
    """

    def __init__(self, loops: Iterable[str]) -> None:
        self._loops = frozenset(loops)
        self._turned: set[str] = set()
        self._lock = Lock()

    def turned(self, loop: str) -> None:
        """Record that `loop` completed a turn; KeyError for a name that was not registered, which nobody would wait for."""
        if loop not in self._loops:
            raise KeyError(loop)
        with self._lock:
            self._turned.add(loop)

    def due(self) -> bool:
        """Return True once per round: when every loop has turned since the last True; that begins the next round."""
        with self._lock:
            if self._turned != self._loops:
                return False
            self._turned.clear()
            return True

    def waiting_for(self) -> tuple[str, ...]:
        """Name the loops that have not yet completed a turn in this round, for the log."""
        with self._lock:
            return tuple(sorted(self._loops - self._turned))
