"""Dates as Indonesian letters print them: "12 Maret 2026", "12 Mar 2026", "12-03-2026", and the place before the date."""

import re
from datetime import date

_MONTHS = {
    name: number
    for number, names in enumerate(
        [
            "januari january jan", "februari pebruari february feb peb", "maret march mar", "april apr", "mei may",
            "juni june jun", "juli july jul", "agustus august agu agt ags aug", "september sept sep",
            "oktober october okt oct", "november nopember nov nop", "desember december des dec",
        ],
        1,
    )
    for name in names.split()
}  # fmt: skip
_WORDS = re.compile(r"(?<!\d)(\d{1,2})\s+([A-Za-z]{3,9})\.?\s+(\d{4})(?!\d)")
_NUMBERS = re.compile(r"(?<!\d)(\d{1,2})\s?[-/.]\s?(\d{1,2})\s?[-/.]\s?(\d{4})(?!\d)")
_PLACED = re.compile(r"^[A-Z][\w .'()-]{1,40},\s*(\d{1,2}\s+[A-Za-z]{3,9}\.?\s+\d{4})$")
_YEARS = range(1990, 2100)


def read_date(text: str) -> date | None:
    """Return the first date in `text` (day before month), or None."""
    if (found := _WORDS.search(text)) and (month := _MONTHS.get(found[2].lower())):
        return _date(int(found[3]), month, int(found[1]))
    if found := _NUMBERS.search(text):
        return _date(int(found[3]), int(found[2]), int(found[1]))
    return None


def placed_date(text: str) -> str | None:
    """Return the date of a line `Contohkota, 12 Maret 2026` as printed, or None."""
    found = _PLACED.match(text.strip())
    return found[1] if found and read_date(found[1]) else None


def _date(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day) if year in _YEARS else None
    except ValueError:
        return None
