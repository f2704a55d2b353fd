"""Whether this database is the one that worked last: a backup put back, or a copy, begins another history, and is told so at its start.

Between two starts the database's identity changes every half minute, here and in the marker beside it (`store.marker`): an older file has an
older one. Where file and marker came back together, a letter answers that this generation gave and the database does not know
(`mailflow.lost`). Whoever puts a backup back on purpose calls `renew`.

What another history did meanwhile is not known here. Its letters are not recognised, so answers to them are put before a person
(`mailflow.lost`). Mail of that time that lies in the inbox, or is put back into it, may have been answered: it is worked off again, and
every letter because of it says so.
"""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from secrets import token_hex

from sqlalchemy import update
from sqlmodel import Session, col, func, select

from mailflow import audit, generations
from mailflow.letters import notices
from mailflow.letters.post import Post, post
from mailflow.office import Office, log
from mailflow.store import marker
from mailflow.store.birth import birth_of
from mailflow.store.marker import Marker, Numbers
from mailflow.store.tables import MessageRow, OutboxRow, OutboxState, Setting
from mailflow.work import Work, reading, writing

EVERY = timedelta(seconds=30)
FILED_BY_ANOTHER = "mail was filed that came after its last look"
"""The one reason that is not certain: a person may have filed it."""
_IDENTITY, _BEFORE, _MARKED, _DOUBT = "identity", "identity-before", "identity-marked", "in-doubt-until"
_OLDER, _COPIED, _TOGETHER = (
    "it is older than its marker",
    "it is another file than its marker was written for",
    "it was put back together with its marker",
)


def begin(office: Office) -> None:
    """At a start, before anything is received or sent: prove that this database worked last; if not, begin a new generation."""
    database = office.database
    if not database.file.is_file():
        return  # in memory: nothing is kept
    known = marker.read(database.file)
    with reading(office) as work:
        doubt = _doubt(work, known)
    if doubt:
        given = marker.numbers(database.file, original=True) if doubt != _TOGETHER else None
        with writing(office) as work:
            renew(work, doubt, until=known.at if known and given else None, given=given)
    beat(office, at_once=bool(doubt))


def beat(office: Office, *, at_once: bool = False) -> None:
    """Change the identity, first in the database and then in the marker: between the two the database is ahead, which is no doubt."""
    database, now = office.database, office.now()
    if not database.file.is_file():
        return
    known = marker.read(database.file)
    if known is not None and not at_once and abs(now - known.at) < EVERY:
        return
    with writing(office) as work:
        fresh = token_hex(8)
        _put(work.session, _BEFORE, _get(work.session, _IDENTITY))
        _put(work.session, _IDENTITY, fresh)
        generations.name(work.session)
    marker.write(database.file, Marker(identity=fresh, database=birth_of(database.file), at=now))
    with writing(office) as work:
        _put(work.session, _MARKED, f"{fresh} {marker.touched(database.file)}")


def renew(work: Work, why: str, *, until: datetime | None = None, given: Numbers | None = None) -> None:
    """Begin a new generation: this database is older than what was done with it.

    `until` is when that ended, as far as is known, and `given` the numbers that may be relied upon. The administrators are told once what it
    means; letters that were on their way then, and must not be sent twice, are held for them.
    """
    now, since = work.office.now(), _last_worked(work)
    until = min(until + 2 * EVERY, now) if until else now  # it went on for less than a beat after its last
    before = _get(work.session, "generation")
    generation = generations.renew(work.session)
    last = generations.skip_used(work.session, now, given)
    held = _hold_letters(work.session)
    _put(work.session, _DOUBT, max(until, _doubt_until(work.session) or until).isoformat())
    log.warning("database-older", why=why, held=held)
    detail = {"why": why, "before": before, "numbers_after": str(last), "letters_held": str(held)}
    audit.record(work, actor="program", action="generation-renewed", subject="database", detail=detail)
    _tell(work, generation, _Told(since, until, held, maybe=why == FILED_BY_ANOTHER))


def is_in_doubt(work: Work, row: MessageRow) -> bool:
    """Whether another history may have answered a message: it came while that one worked, and this one has not worked it off."""
    until = _doubt_until(work.session)
    return until is not None and not row.confirmed and row.received_at <= until


# --- inside --------------------------------------------------------------------------------------------------------------


def _doubt(work: Work, known: Marker | None) -> str:
    identity, before = _get(work.session, _IDENTITY), _get(work.session, _BEFORE)
    if known is None:
        return "there is no marker beside it" if identity else ""
    if known.identity not in {identity, before} or not identity:
        return _OLDER
    if known.database != birth_of(work.office.database.file):
        return _COPIED
    marked, _, touched = _get(work.session, _MARKED).partition(" ")
    is_same = marked != identity or touched == str(marker.touched(work.office.database.file))
    return "" if is_same else _TOGETHER


def _doubt_until(session: Session) -> datetime | None:
    kept = _get(session, _DOUBT)
    return datetime.fromisoformat(kept) if kept else None


def _last_worked(work: Work) -> datetime | None:
    """When this database was last at work, as it says itself; None for one that never was."""
    names = select(Setting.value).where(col(Setting.name).startswith("loop:"))
    beats = [datetime.fromisoformat(each) for each in work.session.exec(names) if each]
    newest = work.session.exec(select(func.max(col(MessageRow.recorded_at)))).one()
    return max((*beats, *([newest] if newest else [])), default=None)


def _hold_letters(session: Session) -> int:
    """Letters that waited when the backup was made have most likely been sent since."""
    waiting = col(OutboxRow.state).in_([OutboxState.QUEUED.value, OutboxState.SENDING.value])
    held = update(OutboxRow).where(waiting, col(OutboxRow.unknown) == "hold")
    done = session.connection().execute(held.values(state=OutboxState.UNKNOWN.value, next_at=None))
    return done.rowcount


@dataclass(frozen=True)
class _Told:
    """What the administrators are told: since when, until when nothing is known; letters held; whether it is not certain."""

    since: datetime | None
    until: datetime
    held: int
    maybe: bool


def _tell(work: Work, generation: str, told: _Told) -> None:
    """Write to the administrators what it means."""
    config = work.office.config
    zone, known = config.department.zone, told.since is not None and told.since < told.until
    moments = {"began": told.since, "ended": told.until} if known else {}
    said: dict[str, tuple[str, ...]] = {
        name: (each.astimezone(zone).isoformat(),) for name, each in moments.items() if each
    }
    said |= {"folder": (config.mailbox.processed_folder,), "held": (str(told.held),) if told.held else ()}
    said |= {"maybe": ("yes",)} if told.maybe else {}
    letter = replace(notices.bare(work.office, config.department.language), said=said)
    for address in config.administrators.emails:
        what = Post(
            scope="alert",
            effect=f"generation:{generation}",
            recipient=address,
            template="admin-database-older",
            letter=letter,
        )
        post(work, what)


def _get(session: Session, name: str) -> str:
    row = session.get(Setting, name)
    return row.value if row is not None else ""


def _put(session: Session, name: str, value: str) -> None:
    row = session.get(Setting, name) or Setting(name=name, value="")
    row.value = value
    session.add(row)
