"""Times in which a loop did not work, recorded beside lateness: a server was away, or the program did not run.

A loop that works beats every half minute (`heartbeat.py`); what lies between two beats that are far apart in office time is an outage.
Nights and holidays count for nothing: nobody waited.
"""

import json
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from sqlmodel import col, select

from mailflow.dossier import Matter
from mailflow.office import Office
from mailflow.outbox.dates import short_day
from mailflow.store.tables import Outage, Setting
from mailflow.work import Work

LEAST = timedelta(minutes=15)
"""Of office time; a shorter gap is no outage."""
LOOPS = ("mailbox", "work", "sender", "clock")
BREACH, OVERDUE = "promise-breach", "task-overdue"
"""The event of a broken promise, and the kind of letter that tells of it."""
_TOGETHER = timedelta(minutes=2)
_SHOWN = 5
_WORDS = {
    "mailbox": ("surat masuk", "incoming mail"),
    "work": ("pembacaan surat", "reading of mail"),
    "sender": ("surat keluar", "outgoing mail"),
    "clock": ("pengingat", "reminders"),
}


@dataclass(frozen=True, kw_only=True)
class Away:
    """A time in which these loops did not work."""

    began: datetime
    ended: datetime
    loops: tuple[str, ...]


def is_outage(office: Office, began: datetime, ended: datetime) -> bool:
    """Tell whether so much office time lies between two beats; never where time is only played (`--at`, the demonstration)."""
    return office.keeps_outages and (office.calendar.office_seconds(began, ended) > LEAST.total_seconds())


def between(work: Work, since: datetime, until: datetime) -> list[Away]:
    """Return the outages that took office time between two moments, one that still lasts included, in their order.

    Loops that were away together, as all are when the program does not run, stand together.
    """
    seconds = work.office.calendar.office_seconds
    found: list[Away] = []
    for each in sorted((*_recorded(work, since, until), *_lasting(work, until)), key=lambda one: one.began):
        if seconds(max(each.began, since), min(each.ended, until)) <= 0:
            continue
        same = next((index for index, other in enumerate(found) if _are_together(each, other)), None)
        if same is None:
            found.append(each)
        else:
            loops = {*found[same].loops, *each.loops}
            found[same] = replace(found[same], loops=tuple(name for name in LOOPS if name in loops))
    return found


def _recorded(work: Work, since: datetime, until: datetime) -> Iterator[Away]:
    zone = work.office.config.department.zone
    query = select(Outage).where(col(Outage.began) < until, col(Outage.ended) > since)
    for row in work.session.exec(query):
        began, ended = row.began.astimezone(zone), row.ended.astimezone(zone)
        yield Away(began=began, ended=ended, loops=(row.loop,))


def _lasting(work: Work, until: datetime) -> Iterator[Away]:
    """Loops whose last beat is long ago: their outage has no row before they beat again."""
    zone = work.office.config.department.zone
    names = [f"loop:{name}" for name in LOOPS]
    for row in work.session.exec(select(Setting).where(col(Setting.name).in_(names))):
        began = datetime.fromisoformat(row.value).astimezone(zone)
        if is_outage(work.office, began, until):
            yield Away(began=began, ended=until, loops=(row.name.removeprefix("loop:"),))


def _are_together(one: Away, other: Away) -> bool:
    return abs(one.began - other.began) <= _TOGETHER and abs(one.ended - other.ended) <= _TOGETHER


# --- beside a broken promise ---------------------------------------------------------------------------------------------------


def _during(matter: Matter) -> list[Away]:
    since = matter.case.promise_from or matter.case.opened
    return between(matter.work, since, matter.now)


def detail(matter: Matter, event: str) -> dict[str, str]:
    """Return what the transition of a broken promise records beside it; nothing for any other event, or where all worked."""
    found = _during(matter) if event == BREACH else []
    return {"outages": json.dumps([_plain(each) for each in found])} if found else {}


def _plain(away: Away) -> dict[str, object]:
    return {"began": away.began.isoformat(), "ended": away.ended.isoformat(), "loops": list(away.loops)}


def recorded(detail_text: str | None) -> list[dict[str, object]]:
    """Return the outages a transition's detail holds, as the looking commands show them."""
    kept = json.loads(detail_text).get("outages") if detail_text else None
    return [
        {
            "began": datetime.fromisoformat(each["began"]),
            "ended": datetime.fromisoformat(each["ended"]),
            "loops": each["loops"],
        }
        for each in (json.loads(kept) if kept else [])
    ]


def said(matter: Matter, kind: str, language: str) -> dict[str, tuple[str, ...]]:
    """Return what the letter of a broken promise says of outages, by the name its template knows it by."""
    found = _during(matter) if kind == OVERDUE else []
    sentence = in_words(found, language, matter.office.config.department.timezone)
    return {"outages": (sentence,)} if sentence else {}


def in_words(outages: list[Away], language: str, timezone: str) -> str:
    """Return `Selama waktu itu program tidak bekerja: Selasa 17/3 10.02-13.40 (surat masuk).`, "" where all worked."""
    if not outages:
        return ""
    shown = [_one(each, language, timezone) for each in outages[-_SHOWN:]]
    more = len(outages) - len(shown)
    begin = (
        "Selama waktu itu program tidak bekerja"
        if language == "id"
        else "In that time the program did not work"
    )
    rest = (
        (f"; dan {more} kali sebelumnya" if language == "id" else f"; and {more} times before")
        if more
        else ""
    )
    return f"{begin}: {'; '.join(shown)}{rest}."


def _one(away: Away, language: str, timezone: str) -> str:
    hour = "%H.%M" if language == "id" else "%H:%M"
    began, ended = short_day(away.began, language, timezone), short_day(away.ended, language, timezone)
    until = f"{away.ended:{hour}}" if began == ended else f" {ended} {away.ended:{hour}}"
    dash = "\N{EN DASH}" if began == ended else " \N{EN DASH}"
    return f"{began} {away.began:{hour}}{dash}{until}{_which(away.loops, language)}"


def _which(loops: tuple[str, ...], language: str) -> str:
    if set(loops) == set(LOOPS):
        return ""
    return f" ({', '.join(_WORDS[name][0 if language == 'id' else 1] for name in loops)})"
