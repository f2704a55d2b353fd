"""The office's calendar: working days, office hours, and the promises counted in them.

Public holidays and collective leave (cuti bersama) come from the `holidays` library, which follows the joint decree of three
ministers; categories `public` and `government`, because the second is off by default. It knows no collective leave from 2028
on: `years_without_leave` says so. Local closing days are laid over it. Time of day is the wall clock of the department's zone.
"""

from bisect import bisect_left
from collections.abc import Iterable, Mapping
from datetime import date, datetime, time, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo

from holidays import country_holidays

from rules.closures import Closed, describe
from rules.span import Span, parse_span

WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_DAY = 86400.0


@lru_cache(maxsize=64)
def _days_off(year: int, category: str) -> frozenset[date]:
    return frozenset(country_holidays("ID", categories=(category,), years=year))


def _seconds(moment: time) -> int:
    return moment.hour * 3600 + moment.minute * 60 + moment.second


def _hours(weekday: str, text: str) -> tuple[int, int]:
    """Return opening and closing in seconds of the day."""
    opening, _, closing = text.partition("-")
    try:
        begin, end = (
            _seconds(time.fromisoformat(opening.strip())),
            _seconds(time.fromisoformat(closing.strip())),
        )
    except ValueError:
        begin = end = 0
    if begin >= end:
        raise ValueError(
            f'office_hours.{weekday} = {text!r}: write opening and closing, for example "08:00-16:00"'
        )
    return begin, end


class _Year:
    """Office hours of each day of one year, and their running sum in seconds."""

    def __init__(self, year: int, hours: Mapping[int, tuple[int, int]], closed: Iterable[date]) -> None:
        self.first = date(year, 1, 1).toordinal()
        off = _days_off(year, "public") | _days_off(year, "government") | set(closed)
        self.days: list[tuple[int, int]] = []
        self.sums = [0.0]
        for ordinal in range(self.first, date(year + 1, 1, 1).toordinal()):
            day = date.fromordinal(ordinal)
            span = (0, 0) if day in off else hours.get(day.weekday(), (0, 0))
            self.days.append(span)
            self.sums.append(self.sums[-1] + span[1] - span[0])


class Calendar:
    """Working time of one department.

    `office_hours` maps English weekday names to `"08:00-16:00"`; a weekday left out is closed. `closing_days` are dates closed
    besides the national ones, each with the name that explains it ("" for none), or the dates alone. Raises ValueError for hours
    it cannot read, or where no day is open at all.
    """

    def __init__(
        self,
        timezone: str,
        office_hours: Mapping[str, str],
        closing_days: Mapping[date, str] | Iterable[date] = (),
    ) -> None:
        self.zone = ZoneInfo(timezone)
        unknown = sorted(set(office_hours) - set(WEEKDAYS))
        if unknown:
            raise ValueError(
                f"office_hours has no weekday {', '.join(unknown)}; the names are {', '.join(WEEKDAYS)}"
            )
        self._hours = {WEEKDAYS.index(name): _hours(name, text) for name, text in office_hours.items()}
        if not self._hours:
            raise ValueError(
                "office_hours is empty: a promise in working days needs a day on which the office is open"
            )
        self._closed = (
            dict(closing_days) if isinstance(closing_days, Mapping) else dict.fromkeys(closing_days, "")
        )
        self._years: dict[int, _Year] = {}

    def add(self, start: datetime, span: Span | str) -> datetime:
        """Return when `span` after `start` is over, in the department's zone.

        Working days end at the close of office; what comes in at or after closing counts from the next working day. Working
        hours run in office hours only. Days keep the time of day; hours and minutes are those of the clock.
        """
        span = parse_span(span) if isinstance(span, str) else span
        match span.unit:
            case "working day":
                return self._after_working_days(start, span.amount)
            case "working hour":
                return self.after_office_seconds(start, span.amount * 3600.0)
            case "day":
                local = start.astimezone(self.zone)
                return (local.replace(tzinfo=None) + timedelta(days=span.amount)).replace(tzinfo=self.zone)
            case "hour":
                return (start + timedelta(hours=span.amount)).astimezone(self.zone)
            case "minute":
                return (start + timedelta(minutes=span.amount)).astimezone(self.zone)

    def is_working_day(self, day: date) -> bool:
        """Tell whether the office opens on that day."""
        begin, end = self._day(day.toordinal())
        return end > begin

    def close_of_office(self, moment: datetime) -> datetime:
        """Return the close of the office day in which `moment` lies (closing time included), or of the next one."""
        day, second = self._local(moment)
        begin, end = self._day(day)
        return self._at(day if end > begin and second <= end else self._next_working_day(day))

    def office_seconds(self, start: datetime, end: datetime) -> float:
        """Return the seconds of office time between two moments, 0 where `end` is not later."""
        return max(0.0, self._elapsed(end) - self._elapsed(start, origin=end)) if end > start else 0.0

    def after_office_seconds(self, start: datetime, seconds: float) -> datetime:
        """Return the moment at which `seconds` of office time have passed since `start`."""
        day, second = self._local(start)
        begin, end = self._day(day)
        left = seconds + min(max(second - begin, 0.0), end - begin)
        while True:
            year = self._year_of(day)
            index = day - year.first
            total = year.sums[index] + left
            found = bisect_left(year.sums, total, index + 1)
            if found < len(year.sums):
                begin, _ = year.days[found - 1]
                return self._at(year.first + found - 1, begin + total - year.sums[found - 1])
            left = total - year.sums[-1]
            day = year.first + len(year.days)

    def between_holidays(self, start: datetime, due: datetime, language: str) -> str:
        """Return the sentence that explains the days off between two moments, "" where there was only an ordinary weekend."""
        first, last = start.astimezone(self.zone).date(), due.astimezone(self.zone).date()
        days = [date.fromordinal(each) for each in range(first.toordinal(), last.toordinal() + 1)]
        return describe(
            [self._closed_on(day) for day in days if not self.is_working_day(day)],
            language,
        )

    def years_without_leave(self, *years: int) -> tuple[int, ...]:
        """Return those of `years` (none given: those used so far) for which neither the library nor a closing day knows leave."""
        wanted = years or tuple(sorted(self._years))
        covered = {day.year for day in self._closed}
        return tuple(year for year in wanted if year not in covered and not _days_off(year, "government"))

    # --- inside: days are proleptic ordinals, times of day are seconds ----------------------------------------------------

    def _year_of(self, ordinal: int) -> _Year:
        number = date.fromordinal(ordinal).year
        year = self._years.get(number)
        if year is None:
            year = self._years[number] = _Year(number, self._hours, self._closed)
        return year

    def _day(self, ordinal: int) -> tuple[int, int]:
        year = self._year_of(ordinal)
        return year.days[ordinal - year.first]

    def _local(self, moment: datetime) -> tuple[int, float]:
        local = moment.astimezone(self.zone)
        return (
            local.toordinal(),
            local.hour * 3600 + local.minute * 60 + local.second + local.microsecond / 1e6,
        )

    def _at(self, ordinal: int, second: float | None = None) -> datetime:
        """Return a second of a day as a moment; without one, its close of office."""
        second = float(self._day(ordinal)[1]) if second is None else second
        midnight = datetime.combine(date.fromordinal(ordinal), time())
        return (midnight + timedelta(seconds=second)).replace(tzinfo=self.zone)

    def _counting_day(self, day: int, second: float) -> int:
        """Return the working day that something arriving at this second of this day belongs to."""
        begin, end = self._day(day)
        return day if end > begin and second < end else self._next_working_day(day)

    def _next_working_day(self, day: int) -> int:
        for later in range(day + 1, day + 400):
            begin, end = self._day(later)
            if end > begin:
                return later
        raise ValueError("no working day within 400 days: check office_hours and closing_days")

    def _after_working_days(self, start: datetime, amount: int) -> datetime:
        day = self._counting_day(*self._local(start))
        for _ in range(amount):
            day = self._next_working_day(day)
        return self._at(day)

    def _elapsed(self, moment: datetime, origin: datetime | None = None) -> float:
        """Office seconds since 1 January of the moment's year; of an earlier year than `origin`, negative back to it."""
        day, second = self._local(moment)
        year = self._year_of(day)
        begin, end = year.days[day - year.first]
        total = year.sums[day - year.first] + min(max(second - begin, 0.0), end - begin)
        if origin is not None:
            until = origin.astimezone(self.zone).year
            for number in range(date.fromordinal(day).year, until):
                total -= self._year_of(date(number, 1, 1).toordinal()).sums[-1]
        return total

    def _closed_on(self, day: date) -> Closed:
        if day.weekday() not in self._hours:
            return Closed(day=day, why="weekend")
        if day in _days_off(day.year, "public"):
            return Closed(day=day, why="holiday")
        if day in _days_off(day.year, "government"):
            return Closed(day=day, why="leave")
        return Closed(day=day, why="closing", name=self._closed[day])
