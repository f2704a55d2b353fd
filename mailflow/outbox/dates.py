"""Days and moments in words, as letters tell them: weekday, date, hour and zone."""

from datetime import date, datetime
from functools import cache
from zoneinfo import ZoneInfo

from babel import Locale
from babel.dates import format_date


@cache
def _locale(language: str) -> Locale:
    return Locale.parse("en_GB" if language == "en" else "id")


def day(value: date, language: str, timezone: str) -> str:
    """`Rabu, 25 Maret 2026`; a moment is taken in `timezone`."""
    return format_date(_local(value, timezone), "EEEE, d MMMM y", locale=_locale(language))


def plain_day(value: date, language: str, timezone: str) -> str:
    """`25 Maret 2026`: for a date that nobody has to keep."""
    return format_date(_local(value, timezone), "d MMMM y", locale=_locale(language))


def short_day(value: date, language: str, timezone: str) -> str:
    """`Rabu 25/3`, in English `Wed 25/3`: for subjects."""
    return format_date(
        _local(value, timezone), "EEE d/M" if language == "en" else "EEEE d/M", locale=_locale(language)
    )


def clock(value: datetime, language: str, timezone: str) -> str:
    """`16.00 WIB`, in English `16:00 WIB`."""
    there = value.astimezone(ZoneInfo(timezone))
    zone = there.tzname() or ""
    name = zone if zone.isalpha() else f"UTC{there:%z}"  # unnamed zones are called by their offset
    return f"{there:%H:%M} {name}" if language == "en" else f"{there:%H.%M} {name}"


def moment(value: datetime, language: str, timezone: str) -> str:
    """`Rabu, 25 Maret 2026 pukul 16.00 WIB`, in English `Wednesday, 25 March 2026 at 16:00 WIB`."""
    at = "at" if language == "en" else "pukul"
    return f"{day(value, language, timezone)} {at} {clock(value, language, timezone)}"


def in_list(value: datetime, language: str, timezone: str) -> str:
    """`25/03/2026 16.00`, in English `25/03/2026 16:00`: where many stand below each other."""
    there = value.astimezone(ZoneInfo(timezone))
    return f"{there:%d/%m/%Y %H:%M}" if language == "en" else f"{there:%d/%m/%Y %H.%M}"


def _local(value: date, timezone: str) -> date:
    return value.astimezone(ZoneInfo(timezone)) if isinstance(value, datetime) else value
