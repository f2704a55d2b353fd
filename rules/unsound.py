"""What is wrong with an SOP file, and where: file, line, row, key, and what to do about it."""

import re
from dataclasses import dataclass

Path = tuple[str, ...]
"""A key by the names of its tables."""
Fault = tuple[Path, str, str]
"""Key path, what is wrong there, what to do about it."""

_HEADER = re.compile(r"^\[\[?\s*([^\]]+?)\s*\]\]?\s*(#.*)?$")
_KEY = re.compile(r"""^([A-Za-z0-9_."'\-\s]+?)\s*=""")


@dataclass(frozen=True, kw_only=True)
class Problem:
    """One fault of an SOP file. `row` is a row's name, "" outside the rows; `line` counts from 1, 0 where none can be named."""

    file: str
    line: int
    row: str
    key: str
    what: str
    remedy: str

    def __str__(self) -> str:
        place = f"{self.file}:{self.line}" if self.line else self.file
        row = f" row {self.row}:" if self.row else ""
        key = f" {self.key}:" if self.key else ""
        return f"{place}:{row}{key} {self.what}; {self.remedy}"


class Unsound(ValueError):  # noqa: N818 - the name says what the file is, not that something failed
    """An SOP file that must not be used: `problems` names every fault found, in the order of the file."""

    def __init__(self, problems: tuple[Problem, ...]) -> None:
        self.problems = problems
        super().__init__("\n".join(str(problem) for problem in problems))


@dataclass(frozen=True)
class Place:
    """A file under proof: turns key paths into problems with their line (tomllib keeps no line numbers)."""

    file: str
    lines: dict[Path, int]

    def problem(self, path: Path, what: str, remedy: str) -> Problem:
        """Return a problem at a key path; the line is that of the nearest key that is written down."""
        known = next((path[:end] for end in range(len(path), 0, -1) if path[:end] in self.lines), ())
        row = path[1] if len(path) > 1 and path[0] == "steps" else ""
        key = ".".join(path[2:] or path[1:2]) if row else ".".join(path)
        return Problem(
            file=self.file, line=self.lines.get(known, 0), row=row, key=key, what=what, remedy=remedy
        )


def find_lines(text: str) -> dict[Path, int]:
    """Return the line of every table and key of a TOML text; tables of an array are numbered from 0."""
    found: dict[Path, int] = {}
    table: Path = ()
    for number, line in enumerate(text.splitlines(), start=1):
        if header := _HEADER.match(line):
            table = _split(header[1])
            if line.startswith("[["):
                table = (*table, str(sum(path[:-1] == table and path[-1].isdigit() for path in found)))
            found.setdefault(table, number)
        elif key := _KEY.match(line):
            parts = _split(key[1])
            for end in range(1, len(parts) + 1):
                found.setdefault((*table, *parts[:end]), number)
    return found


def _split(dotted: str) -> Path:
    return tuple(part.strip().strip("\"'") for part in dotted.split("."))
