"""A notice that came back: the officers of the service are told whom to reach in another way, once for each address."""

from collections.abc import Iterator
from dataclasses import replace

from sqlmodel import select

from mailflow.certificates.registry import SCOPE
from mailflow.config import Officer
from mailflow.letters import notices
from mailflow.letters.post import Post, post
from mailflow.outbox.dates import plain_day
from mailflow.store.tables import CertificateRow, OutboxRow
from mailflow.work import Work
from parsers.identity import format_nip

_LABELS = ("Pemegang", "NIP", "Alamat tujuan", "Narahubung unit", "Sertifikat berakhir"), (
    "Holder", "NIP", "Address", "Contact of the unit", "Certificate expires",
)  # fmt: skip


def tell(work: Work, letter: OutboxRow, why: str) -> str:
    """Write to the officers about a notice that could not be delivered; return whom it was for and who is told, for the administrators."""
    number = letter.scope.removeprefix(SCOPE)
    row = work.session.get(CertificateRow, int(number)) if number.isdigit() else None
    if row is None:
        return letter.recipient
    officers = _officers(work)
    for officer in officers if _is_news(work, letter) else ():
        post(
            work,
            Post(
                scope=letter.scope,
                effect=_effect(letter),
                recipient=officer.email,
                template="officer-certificate-undeliverable",
                letter=replace(
                    notices.bare(work.office, work.office.config.department.language),
                    name=officer.name,
                    holder=row.name,
                    rows=(("", ""), *_rows(work, row, letter)),
                    said={"reason": (why,)},
                ),
            ),
        )
    told = ", ".join(each.name for each in officers) or "nobody"
    return f"{row.name} <{letter.recipient}>; told: {told}; correct the address by `mailflow certificates import`"


def _officers(work: Work) -> tuple[Officer, ...]:
    sop = next((each.id for each in work.office.rules.sops.values() if each.opens.notice), "")
    return work.office.staff("officer", sop)


def _effect(letter: OutboxRow) -> str:
    return f"undeliverable:{letter.recipient_key[:16]}"


def _is_news(work: Work, letter: OutboxRow) -> bool:
    known = select(OutboxRow.id).where(
        OutboxRow.scope == letter.scope, OutboxRow.effect_key == _effect(letter)
    )
    return work.session.exec(known).first() is None


def _rows(work: Work, row: CertificateRow, letter: OutboxRow) -> Iterator[tuple[str, str]]:
    department = work.office.config.department
    expires = plain_day(row.not_after, department.language, department.timezone)
    values = row.name, format_nip(row.nip), letter.recipient, row.unit_contact, expires
    labels = _LABELS[department.language == "en"]
    return ((label, value) for label, value in zip(labels, values, strict=True) if value)
