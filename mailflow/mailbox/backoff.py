"""How long to leave a server alone that does not answer: longer each time, never all clients at the same moment."""

from random import Random, SystemRandom


class Backoff:
    """Exponential backoff with jitter.

    The n-th failure in a row is followed by a pause between half and the whole of `first * 2**(n-1)` seconds, at most `cap`.
    Times are seconds of one monotonic clock and come from the caller.
    """

    def __init__(self, *, first: float = 1.0, cap: float = 300.0, random: Random | None = None) -> None:
        self._first = first
        self._cap = cap
        self._random = random or SystemRandom()
        self._next = 0.0
        self.failures = 0

    def failed(self, now: float) -> float:
        """Note a failure at `now`; return the seconds to wait before the next attempt."""
        self.failures += 1
        whole = min(self._cap, self._first * 2.0 ** min(self.failures - 1, 60))
        pause = whole * self._random.uniform(0.5, 1.0)
        self._next = now + pause
        return pause

    def succeeded(self) -> None:
        """Forget the failures: the next one starts from `first` again."""
        self.failures = 0
        self._next = 0.0

    def left(self, now: float) -> float:
        """Seconds still to wait at `now`; 0.0 when an attempt is due."""
        return max(0.0, self._next - now) if self.failures else 0.0
