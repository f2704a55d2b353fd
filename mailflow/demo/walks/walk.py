"""What a walk is."""

from collections.abc import Callable
from dataclasses import dataclass

from mailflow.demo.department import Department


@dataclass(frozen=True, kw_only=True)
class Walk:
    """One service on the stage. `after` names a service that must have been walked before, because the story goes on from it.

    `is_read`: its letters are read closely, not in short.
    """

    service: str
    title: str
    play: Callable[[Department], None]
    after: str = ""
    is_read: bool = False
