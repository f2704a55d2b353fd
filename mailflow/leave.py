"""Collective leave (cuti bersama) is decreed year by year: a year in use of which none is known is said to the administrators.

In use are this year, from October on the next one, and every year into which a promise reaches.
"""

from collections.abc import Iterable, Iterator
from datetime import datetime

from sqlmodel import col, func, select

from mailflow.letters import notices
from mailflow.office import Office
from mailflow.store.tables import CaseRow, Setting
from mailflow.work import Work, reading, writing
from rules.calendar import Calendar
from rules.load import Rules
from rules.sop import Sop

_LOOKED = "leave-looked-for"
_NEXT_YEAR_FROM = 10  # October: the decree for the next year is out by then


def unknown_years(
    calendar: Calendar, rules: Rules, now: datetime, promised: datetime | None = None
) -> tuple[int, ...]:
    """Return the years in use of which no collective leave is known; `promised`: the latest due time that was promised."""
    here = now.astimezone(calendar.zone)
    last = here.year + (here.month >= _NEXT_YEAR_FROM)
    reached = [calendar.add(now, span).year for sop in rules.sops.values() for span in _promises(sop)]
    if promised is not None:
        reached.append(promised.astimezone(calendar.zone).year)
    return calendar.years_without_leave(*range(here.year, max(last, *reached, last) + 1))


def _promises(sop: Sop) -> Iterator[str]:
    yield sop.promise
    yield from (each.promise for each in sop.classes.values())
    yield from (each.promise for each in sop.urgent)


def in_words(years: Iterable[int], language: str = "en") -> list[str]:
    """Return one sentence per year: what is not known, what follows, what to do."""
    if language == "id":
        return [
            f"Cuti bersama tahun {year} belum diketahui program, sehingga hari-hari itu dihitung sebagai hari kerja; "
            "tuliskan tanggalnya di closing_days.toml"
            for year in years
        ]
    return [
        f"{year}: no collective leave (cuti bersama) is known, so its days count as working days; "
        "write them into closing_days.toml"
        for year in years
    ]


def unknown_to(work: Work) -> tuple[int, ...]:
    """Return the same for an office, with what it has promised to open requests."""
    office = work.office
    query = select(func.max(col(CaseRow.due_at))).where(col(CaseRow.closed_at).is_(None))
    promised = work.session.exec(query).one()
    return unknown_years(office.calendar, office.rules, office.now(), promised)


def look(office: Office) -> bool:
    """Once a day, look for years without leave; whether the administrators were told of one, which happens once per year."""
    today = office.now().date().isoformat()
    with reading(office) as work:
        looked = work.session.get(Setting, _LOOKED)
        if looked is not None and looked.value == today:
            return False
    with writing(office) as work:
        years = unknown_to(work)
        for year, sentence in zip(years, in_words(years, office.config.department.language), strict=True):
            notices.alert(work, f"leave:{year}", "", sentence)
        work.session.merge(Setting(name=_LOOKED, value=today))
    return bool(years)
