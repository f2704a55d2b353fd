"""What a check of the surroundings found."""

from dataclasses import dataclass
from typing import Literal

Verdict = Literal["fine", "fact", "finding", "untried"]


@dataclass(frozen=True, kw_only=True)
class Finding:
    """One thing that was looked at: `what` was found `where`, and the `next` step where a person must act.

    `untried`: an earlier step failed, so nothing can be said.
    """

    check: str
    verdict: Verdict
    where: str
    what: str
    next: str = ""
