"""One check per file, each citing its authority; a check never rejects."""

from rules.checks.evidence import Evidence
from rules.checks.run import GROUPS, expand, known, run

__all__ = ["GROUPS", "Evidence", "expand", "known", "run"]
