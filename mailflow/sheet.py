"""A table that a person wrote (CSV) as rows of values: every fault is found in one go, with line, column and remedy.

Columns are told by the header; comma, semicolon and tab are understood as separators. No fault repeats a value: it may be a person's.
"""

import csv
import io
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from difflib import get_close_matches
from typing import Any

Reader = Callable[[str], Any]
"""Returns the value of a cell, or raises ValueError with what is wrong and the remedy."""


@dataclass(frozen=True, kw_only=True)
class Place:
    """Where in the files something stands; line and column as a person counts and calls them, empty for the file as a whole."""

    file: str
    line: int = 0
    column: str = ""

    def __str__(self) -> str:
        """`staf.csv, line 3, column nip`."""
        line = f", line {self.line}" if self.line else ""
        return f"{self.file}{line}{f', column {self.column}' if self.column else ''}"


@dataclass
class Faults:
    """What is wrong with a table, and what a person should look at besides."""

    faults: list[str] = field(default_factory=list)
    remarks: list[str] = field(default_factory=list)

    def fault(self, place: Place, what: str) -> None:
        """Note what keeps the table from being used, with its remedy."""
        self.faults.append(f"{place}: {what}")

    def remark(self, place: Place, what: str) -> None:
        """Note what a person should look at."""
        self.remarks.append(f"{place}: {what}")


@dataclass(frozen=True, kw_only=True)
class Columns:
    """What a table may hold: the readers of the columns it must have, of those it may have, and what a line of it is called."""

    needed: Mapping[str, Reader]
    optional: Mapping[str, Reader] = field(default_factory=dict)
    what: str

    @property
    def header(self) -> str:
        """The first line as it should be."""
        return ",".join((*self.needed, *self.optional))


def read_rows(
    data: bytes, file: str, columns: Columns, found: Faults
) -> Iterator[tuple[Place, dict[str, Any]]]:
    """Yield the values of each row without a fault, by column."""
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError:
        found.fault(Place(file=file), "no UTF-8 text; save the table as CSV (UTF-8)")
        return
    lines = _lines(text, file, found)
    if not lines:
        found.fault(Place(file=file), f"empty; the first line names the columns: {columns.header}")
        return
    header = [each.strip().lower() for each in lines[0][1]]
    if not _is_header(header, file, columns, found):
        return
    if len(lines) == 1:
        found.fault(Place(file=file), f"no {columns.what} below the header; write one a line")
    readers = {**columns.needed, **columns.optional}
    for number, row in lines[1:]:
        place = Place(file=file, line=number)
        values = _values(header, row, place, readers, found)
        if values is not None:
            yield place, values


def _lines(text: str, file: str, found: Faults) -> list[tuple[int, list[str]]]:
    """Return the rows that hold something, each with the number of its last line."""
    first = text.partition("\n")[0]
    separator = max(",;\t", key=first.count)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=True)
    rows: list[tuple[int, list[str]]] = []
    try:
        rows.extend((reader.line_num, row) for row in reader if any(cell.strip() for cell in row))
    except csv.Error as wrong:
        found.fault(
            Place(file=file, line=reader.line_num), f"cannot be read as CSV ({wrong}); export it anew"
        )
    return rows


def _is_header(header: Sequence[str], file: str, columns: Columns, found: Faults) -> bool:
    place, sound = Place(file=file, line=1), True
    known = (*columns.needed, *columns.optional)
    if missing := [each for each in columns.needed if each not in header]:
        found.fault(
            place, f"no column {', '.join(missing)}; the first line names the columns: {columns.header}"
        )
        sound = False
    if twice := sorted({each for each in header if each and header.count(each) > 1}):
        found.fault(place, f"column {', '.join(twice)} stands twice; keep one")
        sound = False
    for each in header:
        if each and each not in known:
            near = get_close_matches(each, known, n=1)
            meant = f"; did you mean {near[0]}?" if near else ""
            found.remark(place, f"column {each!r} is not used{meant}")
    return sound


def _values(
    header: Sequence[str], row: Sequence[str], place: Place, readers: Mapping[str, Reader], found: Faults
) -> dict[str, Any] | None:
    if len(row) != len(header):
        found.fault(
            place,
            f"{len(row)} cells under {len(header)} columns; a value that holds the separator stands in quotes",
        )
        return None
    before = len(found.faults)
    values: dict[str, Any] = {}
    for column, cell in zip(header, row, strict=True):
        if column not in readers:
            continue
        try:
            values[column] = readers[column](cell)
        except ValueError as wrong:
            found.fault(Place(file=place.file, line=place.line, column=column), str(wrong))
    return values if len(found.faults) == before else None
