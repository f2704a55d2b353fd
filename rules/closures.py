"""Days off in words: `18-24 Maret libur dan cuti bersama`, so that an applicant sees why a due time is far away."""

from dataclasses import dataclass
from datetime import date, timedelta
from itertools import pairwise

from babel.dates import format_date

_WORDS = {
    "id": {
        "holiday": "libur",
        "leave": "cuti bersama",
        "closing": "kantor tutup",
        "and": " dan ",
        "last": ", dan ",
        "join": " ",
    },
    "en": {
        "holiday": "public holiday",
        "leave": "collective leave",
        "closing": "office closed",
        "and": " and ",
        "last": " and ",
        "join": ": ",
    },
}
_ORDER = ("holiday", "leave", "closing")


@dataclass(frozen=True, kw_only=True)
class Closed:
    """A day without office hours, and why: `weekend`, `holiday`, `leave` or `closing`; the last may have a name (`Hari Jadi Kota`)."""

    day: date
    why: str
    name: str = ""


def describe(days: list[Closed], language: str) -> str:
    """Return a sentence naming every run of days off that an ordinary weekend does not explain; "" for none."""
    language = language if language in _WORDS else "id"
    runs = [_without_outer_weekends(run) for run in _runs(days)]
    return "; ".join(_sentence(run, language) for run in runs if run)


def _runs(days: list[Closed]) -> list[list[Closed]]:
    runs = [[days[0]]] if days else []
    for before, after in pairwise(days):
        if after.day - before.day == timedelta(days=1):
            runs[-1].append(after)
        else:
            runs.append([after])
    return runs


def _without_outer_weekends(run: list[Closed]) -> list[Closed]:
    named = [index for index, each in enumerate(run) if each.why != "weekend"]
    return run[named[0] : named[-1] + 1] if named else []


def _sentence(run: list[Closed], language: str) -> str:
    words = _WORDS[language]
    kinds = {each.why for each in run}
    reasons = [words[each] for each in _ORDER if each in kinds]
    if names := dict.fromkeys(each.name for each in run if each.name):
        reasons[-1] += f" ({', '.join(names)})"  # a name explains a closing, which stands last
    return _dates(run[0].day, run[-1].day, language) + words["join"] + _listed(reasons, words)


def _listed(reasons: list[str], words: dict[str, str]) -> str:
    *before, last = reasons
    return ", ".join(before) + words["last" if len(before) > 1 else "and"] + last if before else last


def _dates(first: date, last: date, language: str) -> str:
    end = format_date(last, "d MMMM", locale=language)
    if first == last:
        return end
    same_month = (first.year, first.month) == (last.year, last.month)
    return f"{first.day if same_month else format_date(first, 'd MMMM', locale=language)}\N{EN DASH}{end}"
