"""Records into the registry: all of them in one transaction, or none. A later import updates by serial number."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from sqlmodel import col, select

from mailflow import audit
from mailflow.cases import address_key
from mailflow.certificates.files import read_files
from mailflow.certificates.record import Findings, Record
from mailflow.certificates.registry import name_key, person_key
from mailflow.office import Office
from mailflow.store.tables import CertificateRow
from mailflow.work import Work, reading, writing

_TOLD_ANEW = frozenset({"address", "not_after"})
"""What was told before is told anew where the letter went elsewhere or named another day."""


@dataclass(frozen=True, kw_only=True)
class Imported:
    """What an import did, or would do."""

    added: int = 0
    updated: int = 0
    unchanged: int = 0
    faults: tuple[str, ...] = ()
    remarks: tuple[str, ...] = ()


def import_files(office: Office, files: Sequence[Path], *, dry_run: bool = False) -> Imported:
    """Read the files and bring the registry to what they say; with a fault, or with `dry_run`, nothing is changed."""
    config = office.config
    found = read_files(files, config.department.zone, config.department.domain)
    with reading(office) if dry_run or found.faults else writing(office) as work:
        planned = _plan(work, found)
        if not dry_run and not found.faults:
            _apply(work, planned)
    return _counted(planned, found)


@dataclass(frozen=True)
class _Change:
    """One certificate as it shall be: its row, new or known, and the values that differ."""

    row: CertificateRow
    values: dict[str, Any]
    is_new: bool = False


def _plan(work: Work, found: Findings) -> list[_Change]:
    planned = []
    for record in found.records:
        key = work.office.keyring.index(f"serial:{record.serial}")
        known = work.session.exec(select(CertificateRow).where(CertificateRow.serial_key == key)).first()
        change = _update(work, known, record) if known else _addition(work, key, record, found)
        if change is not None:
            planned.append(change)
    return planned


def _update(work: Work, row: CertificateRow, record: Record) -> _Change:
    said = _said(record)
    nip, address = said.get("nip", row.nip), said.get("address", row.address)
    said |= {
        "person_key": person_key(work.office, nip, address),
        "address_key": address_key(work.office, address),
        "name_key": name_key(work.office, said.get("name", row.name)),
    }
    values = {name: value for name, value in said.items() if getattr(row, name) != value}
    if _TOLD_ANEW & set(values):
        values |= {"last_notice": None, "last_notice_at": None}
    return _Change(row, values)


def _addition(work: Work, key: str, record: Record, found: Findings) -> _Change | None:
    said = _said(record)
    if not said.get("address"):
        found.fault(
            record.place,
            f"the certificate …{record.serial[-4:]} names no e-mail address; import it from a table (CSV)",
        )
        return None
    if "nip" not in said:
        said |= _known_person(work, said["address"])
    said = {"nip": "", **said}
    row = CertificateRow(
        serial_key=key,
        person_key=person_key(work.office, said["nip"], said["address"]),
        address_key=address_key(work.office, said["address"]),
        name_key=name_key(work.office, said["name"]),
        imported_at=work.office.now(),
        **said,
    )
    return _Change(row, said, is_new=True)


def _said(record: Record) -> dict[str, Any]:
    """Return the columns that a record says something of."""
    names = (
        "serial",
        "name",
        "nip",
        "address",
        "unit_contact",
        "subject",
        "language",
        "not_before",
        "not_after",
    )
    said = {name: value for name in names if (value := getattr(record, name)) is not None}
    revoked: datetime | str | None = record.revoked_at
    return said if revoked is None else {**said, "revoked_at": None if revoked == "no" else revoked}


def _known_person(work: Work, address: str) -> dict[str, str]:
    """What the registry knows of the one person of an address: certificates do not always name a NIP, and never a contact."""
    query = select(CertificateRow).where(CertificateRow.address_key == address_key(work.office, address))
    rows = work.session.exec(query.order_by(col(CertificateRow.not_before).desc())).all()
    if len({row.person_key for row in rows}) != 1:
        return {}
    return {"nip": rows[0].nip, "unit_contact": rows[0].unit_contact, "language": rows[0].language}


def _apply(work: Work, planned: Sequence[_Change]) -> None:
    for change in planned:
        for name, value in change.values.items():
            setattr(change.row, name, value)
        change.row.imported_at = work.office.now()
        work.session.add(change.row)
    new = sum(each.is_new for each in planned)
    counts = {"added": str(new), "updated": str(sum(bool(each.values) for each in planned) - new)}
    work.session.flush()
    audit.record(
        work, actor="administrator", action="certificates-imported", subject="certificates", detail=counts
    )


def _counted(planned: Sequence[_Change], found: Findings) -> Imported:
    if found.faults:
        return Imported(faults=tuple(found.faults), remarks=tuple(found.remarks))
    added = sum(each.is_new for each in planned)
    updated = sum(bool(each.values) for each in planned if not each.is_new)
    return Imported(
        added=added, updated=updated, unchanged=len(planned) - added - updated, remarks=tuple(found.remarks)
    )
