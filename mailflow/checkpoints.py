"""The named points between fetching a message and the recorded "sent" at which a power cut must do no harm.

The tests enumerate `Checkpoint` and kill the daemon (SIGKILL) at each: whoever adds a step adds its point here, and the test follows.
"""

import os
import signal
from enum import StrEnum


class Checkpoint(StrEnum):
    """In the order in which a message passes them."""

    FETCHED = "fetched"
    RECORDED = "recorded"
    ATTEMPT_COUNTED = "attempt-counted"
    READ = "read"
    DECIDED = "decided"
    COMMITTED = "committed"
    BEFORE_MOVE = "before-move"
    MOVED = "moved"
    MOVE_RECORDED = "move-recorded"
    CLAIMED = "claimed"
    AFTER_DOT = "after-dot"
    SENT_RECORDED = "sent-recorded"


def reached(point: Checkpoint) -> None:
    """Die here, as in a power cut, when `MAILFLOW_KILL_AT` names this point; else do nothing."""
    if os.environ.get("MAILFLOW_KILL_AT") == point.value:
        os.kill(os.getpid(), signal.SIGKILL)
