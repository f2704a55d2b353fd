"""A table of certificates (CSV) as records."""

from collections.abc import Callable
from datetime import datetime, time
from zoneinfo import ZoneInfo

from mailflow.certificates import cells
from mailflow.certificates.record import Findings, Place, Record
from mailflow.sheet import Columns, read_rows

_LAST_MOMENT = time(23, 59, 59)


def read_sheet(data: bytes, file: str, zone: ZoneInfo, found: Findings) -> None:
    """Read a table into `found`."""
    try:
        data.decode("utf-8-sig")
    except UnicodeDecodeError:
        found.fault(
            Place(file=file),
            "neither a certificate nor UTF-8 text; save the table as CSV (UTF-8) or name PEM files",
        )
        return
    for place, values in read_rows(data, file, _columns(zone), found):
        record = Record(place=place, address=values.pop("email"), **values)
        if record.not_after <= record.not_before:
            found.fault(
                Place(file=file, line=place.line, column="not_after"),
                "not later than not_before; correct one of them (days with slashes are written day first)",
            )
        else:
            found.records.append(record)


def _columns(zone: ZoneInfo) -> Columns:
    begin, end = cells.moment_reader(zone, time()), cells.moment_reader(zone, _LAST_MOMENT)
    return Columns(
        what="certificate",
        needed={
            "serial": cells.read_serial,
            "name": cells.read_name,
            "nip": cells.read_number,
            "email": cells.read_needed_address,
            "not_before": begin,
            "not_after": end,
        },
        optional={
            "unit_contact": cells.read_address,
            "revoked_at": lambda text: _revoked(text, begin),
            "subject": lambda text: " ".join(text.split()),
            "language": cells.read_language,
        },
    )


def _revoked(text: str, moment: Callable[[str], datetime]) -> datetime | str | None:
    if not text.strip():
        return None
    return "no" if text.strip().lower() in cells.NOT_REVOKED else moment(text)
