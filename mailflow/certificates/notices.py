"""Notices that a certificate expires: to its holder, and in the last week before it a letter of its own to the unit's contact.

They leave on every day of the calendar, because a certificate does not wait for Monday, but not before the hour at which the office opens:
nobody is written to at night. Each is sent once per threshold (`schedule`), never while a renewal is under way, never for what is revoked
or replaced.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime, time

from sqlmodel import col, select

from mailflow import audit
from mailflow.cases import address_key, value_of
from mailflow.certificates import schedule
from mailflow.certificates.registry import SCOPE, UnderWay, replaced
from mailflow.config import WEEKDAYS
from mailflow.errors import StoreError
from mailflow.invited import COPY, NOTICE
from mailflow.letters import notices
from mailflow.letters.post import Post, post
from mailflow.letters.said import with_question
from mailflow.office import Office, log
from mailflow.outbox.letter import Letter
from mailflow.store.tables import CaseRow, CertificateRow, OutboxRow
from mailflow.work import Work, reading, writing
from parsers.identity import same_address

_RENEWABLE_FROM = 30  # days before expiry: from then on AMS lets a certificate be renewed
_TOO_EARLY = ("change",)
"""What may be answered before that: who says now that the data are right would be promised what AMS does not allow yet."""


def scope_of(row: CertificateRow) -> str:
    """Return what the effect keys of a certificate's letters are unique within."""
    return f"{SCOPE}{row.id}"


def send_one(office: Office) -> bool:
    """Write the notice that is due of one certificate; return whether there was one."""
    now = office.now()
    if office.is_observing or now < opening(office, now.date()):
        return False
    with reading(office) as work:
        number = next(_due(work), None)
    if number is None:
        return False
    try:
        with writing(office) as work:
            _send(work, number)
    except StoreError:
        raise
    except Exception as fault:  # noqa: BLE001 - one certificate must not stop the others; the fault is logged and a person told
        log.exception("notice-failed", certificate=number)
        with writing(office) as work:
            _give_up(work, number, type(fault).__name__)
    return True


def opening(office: Office, day: date) -> datetime:
    """Return when the office opens on that day; on a closed day, the earliest hour at which it opens in the week."""
    hours = office.config.department.office_hours
    own = hours.get(WEEKDAYS[day.weekday()])
    hour = min(
        time.fromisoformat(span.partition("-")[0].strip()) for span in ([own] if own else hours.values())
    )
    return datetime.combine(day, hour, tzinfo=office.config.department.zone)


@dataclass(frozen=True, kw_only=True)
class Watched:
    """A certificate in force or lately expired, as far as it tells when its holder is written to."""

    id: int
    person_key: str
    address_key: str
    not_after: datetime
    last_notice: int | None


def watched(work: Work, *, within: int | None = None) -> list[Watched]:
    """Return the certificates that notices may still be sent of, those that expire first at the front; `within` so many days."""
    columns = ("id", "person_key", "address_key", "not_after", "last_notice")
    query = (
        select(*(getattr(CertificateRow, each) for each in columns))
        .where(col(CertificateRow.revoked_at).is_(None), ~replaced())
        .order_by(col(CertificateRow.not_after), col(CertificateRow.id))
    )
    forgotten = work.office.now() + schedule.FORGOTTEN * schedule.DAY
    if within is not None:
        query = query.where(col(CertificateRow.not_after) < work.office.now() + (within + 1) * schedule.DAY)
    rows = work.session.exec(query.where(col(CertificateRow.not_after) > forgotten))
    return [Watched(**dict(zip(columns, row, strict=True))) for row in rows]


def threshold_due(office: Office, row: Watched | CertificateRow) -> int | None:
    """Return the threshold of which a notice is due today, None where none is."""
    return schedule.due(_days(office, row.not_after), office.config.certificates.notice_days, row.last_notice)


def _days(office: Office, not_after: datetime) -> int:
    return schedule.days_left(not_after, office.now().date(), office.config.department.zone)


def _due(work: Work) -> Iterator[int]:
    furthest = max(work.office.config.certificates.notice_days, default=0)
    soon = watched(work, within=furthest)
    rows = [each for each in soon if threshold_due(work.office, each) is not None]
    under_way = UnderWay(work) if rows else None
    for each in rows:
        if under_way is not None and not under_way.ticket(each.person_key, each.address_key):
            yield each.id


def _send(work: Work, number: int) -> None:
    row = work.session.get(CertificateRow, number)
    threshold = threshold_due(work.office, row) if row is not None else None
    if row is None or threshold is None:
        return
    for each in _letters(work, row, threshold):
        if not _is_written(work, each):
            post(work, each)
    row.last_notice, row.last_notice_at = threshold, work.office.now()
    work.session.add(row)
    audit.record(work, actor="clock", action="notice", subject=scope_of(row), detail={"days": str(threshold)})


def recipients(row: CertificateRow, threshold: int) -> list[str]:
    """Return who is written to at a threshold: the holder, and towards the end the unit's contact."""
    copied = bool(row.unit_contact) and not same_address(row.unit_contact, row.address)
    return [row.address, *([row.unit_contact] if copied and threshold <= schedule.COPY_FROM else [])]


def _letters(work: Work, row: CertificateRow, threshold: int) -> Iterator[Post]:
    own = Post(
        scope=scope_of(row),
        effect=f"expires:{threshold}",
        recipient=row.address,
        template=NOTICE,
        letter=letter_of(work, row),
    )
    yield own
    for each in recipients(row, threshold)[1:]:
        yield replace(own, recipient=each, template=COPY, letter=_copy(work, row))


def _is_written(work: Work, what: Post) -> bool:
    """Whether the same letter was written before: a later import may set a certificate's notices back."""
    query = select(OutboxRow.id).where(
        OutboxRow.scope == what.scope,
        OutboxRow.effect_key == what.effect,
        OutboxRow.recipient_key == address_key(work.office, what.recipient),
    )
    return work.session.exec(query).first() is not None


def letter_of(work: Work, row: CertificateRow) -> Letter:
    """Return the notice to the holder, with the words by which its SOP is begun."""
    language = row.language or _language_of(work, row)
    letter = replace(notices.bare(work.office, language), name=row.name, said=_said(work.office, row))
    days = int(letter.said["days"][0])
    sop = next((each for each in work.office.rules.sops.values() if each.opens.notice), None)
    if sop is None:
        return letter
    letter = replace(letter, service=sop.service.in_(language))
    asks = tuple(step.id for step in sop.steps.values() if step.asks)[:1]
    if days < 0 or not asks:
        return letter
    letter = with_question(letter, sop, asks, dict(letter.said))
    if days > _RENEWABLE_FROM:
        early = {word.upper() for each in _TOO_EARLY for word in sop.steps[asks[0]].words.get(each, ())}
        letter = replace(letter, words=tuple(each for each in letter.words if each.word in early))
    return letter


def _copy(work: Work, row: CertificateRow) -> Letter:
    """Return the letter to the unit's contact: whose certificate expires when, and what the unit can do."""
    language = work.office.config.department.language
    return replace(notices.bare(work.office, language), holder=row.name, said=_said(work.office, row))


def _said(office: Office, row: CertificateRow) -> dict[str, tuple[str, ...]]:
    """Return the facts of a notice; a certificate that expired earlier today is expired, whatever the calendar says."""
    days, expires = _days(office, row.not_after), row.not_after.astimezone(office.config.department.zone)
    if expires <= office.now():
        days = min(days, -1)
    return {"serial": (row.serial[-4:],), "days": (str(days),), "expires": (expires.isoformat(),)}


def _language_of(work: Work, row: CertificateRow) -> str:
    """Return the language the holder last wrote to us in, else the department's."""
    query = select(CaseRow).where(CaseRow.address_key == row.address_key).order_by(col(CaseRow.id).desc())
    latest = work.session.exec(query).first()
    return value_of(latest).language if latest else work.office.config.department.language


def _give_up(work: Work, number: int, fault: str) -> None:
    """Let this notice go, so that the others are sent; the next threshold is tried again."""
    row = work.session.get(CertificateRow, number)
    threshold = threshold_due(work.office, row) if row is not None else None
    if row is None or threshold is None:
        return
    row.last_notice = threshold
    work.session.add(row)
    what = f"certificate …{row.serial[-4:]}: the notice of {threshold} days cannot be written: {fault}; see the log"
    notices.alert(work, f"notice:{number}:{threshold}", "", what)
