"""A line of a corpus: a message as people write it, the state it meets, and what a careful officer hears in it.

One JSON object per line of a file (JSONL):

- `state`: what the message meets: `fresh` (nothing before it), `incomplete` (answers the letter that asks for the CSR), `waiting` (with the
  officer), `ams` (the writer's turn in AMS), `closed`, `notice` (answers an expiry notice), `task` (an officer answers a task), `own` (an
  officer's own mail);
- `from`: `applicant`, `other` (anybody else), `officer`; `subject`, `body`, and `attach`, names that `files.py` knows;
- `want.hears`: what the message means; `want.person`: whether a person must look; `want.never`: what it must not be taken for;
- `why`: who writes, and what is hard in it.
"""

import json
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, kw_only=True)
class Line:
    id: str
    state: str
    writer: str
    subject: str
    body: str
    attach: tuple[str, ...]
    hears: str
    person: bool
    never: tuple[str, ...]

    @property
    def protection(self) -> bool:
        """It asks for protection: missed, somebody else may go on signing."""
        return self.hears in ("revocation-urgent", "urgent")


def read(file: Path) -> list[Line]:
    """All lines of a corpus."""
    return [_line(json.loads(text)) for text in file.read_text().splitlines() if text.strip()]


def _line(raw: dict) -> Line:
    want = raw["want"]
    return Line(
        id=raw["id"],
        state=raw["state"],
        writer=raw["from"],
        subject=raw["subject"],
        body=raw["body"],
        attach=tuple(raw["attach"]),
        hears=want["hears"],
        person=want["person"],
        never=tuple(want["never"]),
    )
