"""Who is away: an automatic reply to one of our letters says so, until the next working day opens."""

from collections.abc import Sequence
from datetime import datetime, time

from mailflow.config import Officer
from mailflow.office import Office
from mailflow.store.tables import Setting
from mailflow.work import Work


def note_absent(work: Work, officer: Officer) -> datetime:
    """Count an officer as away until the next working day opens; return that moment."""
    until = next_opening(work.office)
    known = work.session.get(Setting, _name(officer)) or Setting(name=_name(officer), value="")
    known.value = until.isoformat()
    work.session.add(known)
    work.session.flush()
    return until


def is_absent(work: Work, officer: Officer) -> bool:
    """Whether an officer is known to be away now."""
    known = work.session.get(Setting, _name(officer))
    return known is not None and datetime.fromisoformat(known.value) > work.office.now()


def present(work: Work, officers: Sequence[Officer]) -> tuple[Officer, ...]:
    """Return those who are not away."""
    return tuple(each for each in officers if not is_absent(work, each))


def next_opening(office: Office) -> datetime:
    """Return when the office opens on the next working day after today."""
    today_is_over = datetime.combine(office.now().date(), time.max, tzinfo=office.config.department.zone)
    return office.calendar.after_office_seconds(today_is_over, 1).replace(second=0, microsecond=0)


def _name(officer: Officer) -> str:
    return f"absent:{officer.email.lower()}"
