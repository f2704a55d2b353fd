"""What `mailflow certificates` shows: the registry, and the notices that come next. Plain values for the command line."""

from collections.abc import Iterator
from datetime import datetime
from typing import Any

from sqlmodel import col, select

from mailflow.certificates import notices, schedule
from mailflow.certificates.registry import UnderWay, replaced
from mailflow.office import Office
from mailflow.store.tables import CertificateRow
from mailflow.work import Work, reading


def certificates(office: Office) -> list[dict[str, Any]]:
    """Every certificate, those that expire first at the front. `state`: valid, expired, revoked or replaced."""
    with reading(office) as work:
        query = select(CertificateRow, replaced()).order_by(
            col(CertificateRow.not_after), col(CertificateRow.id)
        )
        return [_certificate(office, row, is_replaced=bool(new)) for row, new in work.session.exec(query)]


def _certificate(office: Office, row: CertificateRow, *, is_replaced: bool) -> dict[str, Any]:
    return {
        "serial": row.serial,
        "name": row.name,
        "nip": row.nip,
        "email": row.address,
        "unit_contact": row.unit_contact,
        "subject": row.subject,
        "language": row.language,
        "not_before": _here(office, row.not_before),
        "not_after": _here(office, row.not_after),
        "revoked": _here(office, row.revoked_at),
        "state": _state(office, row, is_replaced=is_replaced),
        "last_notice": row.last_notice,
        "notified": _here(office, row.last_notice_at),
        "imported": _here(office, row.imported_at),
    }


def _state(office: Office, row: CertificateRow, *, is_replaced: bool) -> str:
    if row.revoked_at is not None:
        return "revoked"
    if is_replaced:
        return "replaced"
    return "valid" if row.not_after > office.now() else "expired"


def due(office: Office) -> list[dict[str, Any]]:
    """The next notice of each certificate, the nearest first. `held_by`: the renewal under way for which it is kept back."""
    with reading(office) as work:
        return sorted(_due(work), key=lambda each: (each["at"], each["not_after"]))


def _due(work: Work) -> Iterator[dict[str, Any]]:
    office, under_way = work.office, UnderWay(work)
    zone = office.config.department.zone
    for each in notices.watched(work):
        row = work.session.get(CertificateRow, each.id)
        following = _next(office, each)
        if row is None or following is None:
            continue
        threshold, at = following
        yield {
            "serial": row.serial,
            "holder": row.name,
            "to": notices.recipients(row, threshold),
            "not_after": _here(office, row.not_after),
            "days": schedule.days_left(row.not_after, office.now().date(), zone),
            "notice": threshold,
            "at": at,
            "held_by": under_way.ticket(row.person_key, row.address_key),
        }


def _next(office: Office, row: notices.Watched) -> tuple[int, datetime] | None:
    """Return the threshold of the next notice and when it leaves: at once where it is due and the office has opened today."""
    now, config = office.now(), office.config
    threshold = notices.threshold_due(office, row)
    if threshold is not None:
        return threshold, max(now, notices.opening(office, now.date()))
    days = schedule.days_left(row.not_after, now.date(), config.department.zone)
    threshold = schedule.coming(days, config.certificates.notice_days, row.last_notice)
    if threshold is None:
        return None
    return threshold, notices.opening(
        office, schedule.day_of(row.not_after, threshold, config.department.zone)
    )


def _here(office: Office, moment: datetime | None) -> datetime | None:
    return moment.astimezone(office.config.department.zone) if moment else None
