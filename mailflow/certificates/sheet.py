"""A table of certificates (CSV) as records: every fault is found in one go, with line, column and remedy."""

import csv
import io
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import datetime, time
from difflib import get_close_matches
from typing import Any
from zoneinfo import ZoneInfo

from mailflow.certificates import cells
from mailflow.certificates.record import Findings, Place, Record

NEEDED = ("serial", "name", "nip", "email", "not_before", "not_after")
OPTIONAL = ("unit_contact", "revoked_at", "subject", "language")
HEADER = ",".join((*NEEDED, *OPTIONAL))
_LAST_MOMENT = time(23, 59, 59)
_FIELD = {"email": "address"}
Reader = Callable[[str], Any]


def read_sheet(data: bytes, file: str, zone: ZoneInfo, found: Findings) -> None:
    """Read a table into `found`. Columns are told by the header; comma, semicolon and tab are understood as separators."""
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError:
        found.fault(
            Place(file=file),
            "neither a certificate nor UTF-8 text; save the table as CSV (UTF-8) or name PEM files",
        )
        return
    lines = _lines(text, file, found)
    if not lines:
        found.fault(Place(file=file), f"empty; the first line names the columns: {HEADER}")
        return
    header = [each.strip().lower() for each in lines[0][1]]
    if not _is_header(header, file, found):
        return
    if len(lines) == 1:
        found.fault(Place(file=file), "no certificate below the header; write one a line")
    readers = _readers(zone)
    for number, row in lines[1:]:
        record = _record(header, row, Place(file=file, line=number), readers, found)
        if record is not None:
            found.records.append(record)


def _lines(text: str, file: str, found: Findings) -> list[tuple[int, list[str]]]:
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


def _is_header(header: Sequence[str], file: str, found: Findings) -> bool:
    place, sound = Place(file=file, line=1), True
    known = (*NEEDED, *OPTIONAL)
    if missing := [each for each in NEEDED if each not in header]:
        found.fault(place, f"no column {', '.join(missing)}; the first line names the columns: {HEADER}")
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


def _readers(zone: ZoneInfo) -> dict[str, Reader]:
    begin, end = cells.moment_reader(zone, time()), cells.moment_reader(zone, _LAST_MOMENT)
    return {
        "serial": cells.read_serial,
        "name": cells.read_name,
        "nip": cells.read_number,
        "email": cells.read_needed_address,
        "not_before": begin,
        "not_after": end,
        "unit_contact": cells.read_address,
        "revoked_at": lambda text: _revoked(text, begin),
        "subject": lambda text: " ".join(text.split()),
        "language": cells.read_language,
    }


def _revoked(text: str, moment: Callable[[str], datetime]) -> datetime | str | None:
    if not text.strip():
        return None
    return "no" if text.strip().lower() in cells.NOT_REVOKED else moment(text)


def _record(
    header: Sequence[str], row: Sequence[str], place: Place, readers: Mapping[str, Reader], found: Findings
) -> Record | None:
    if len(row) != len(header):
        found.fault(
            place,
            f"{len(row)} cells under {len(header)} columns; a value that holds the separator stands in quotes",
        )
        return None
    before = len(found.faults)
    values: dict[str, Any] = {}
    for column, cell in _known(header, row, readers):
        try:
            values[_FIELD.get(column, column)] = readers[column](cell)
        except ValueError as wrong:
            found.fault(Place(file=place.file, line=place.line, column=column), str(wrong))
    if len(found.faults) > before:
        return None
    record = Record(place=place, **values)
    if record.not_after <= record.not_before:
        found.fault(
            Place(file=place.file, line=place.line, column="not_after"),
            "not later than not_before; correct one of them (days with slashes are written day first)",
        )
        return None
    return record


def _known(
    header: Sequence[str], row: Sequence[str], readers: Mapping[str, Reader]
) -> Iterator[tuple[str, str]]:
    return ((column, cell) for column, cell in zip(header, row, strict=True) if column in readers)
