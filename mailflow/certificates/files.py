"""Files an administrator feeds to the registry: tables (CSV) and certificates (PEM, DER), told apart by their content."""

from collections.abc import Sequence
from pathlib import Path
from zoneinfo import ZoneInfo

from mailflow.certificates import cells
from mailflow.certificates.record import Findings, Place, Record
from mailflow.certificates.sheet import read_sheet
from parsers.certificates import HeldCertificate, read_certificates
from parsers.identity import belongs_to, nip_problems

_BEGIN, _KEY = b"-----BEGIN ", b"PRIVATE KEY-----"
_SEQUENCE, _LONG = 0x30, 0x80
"""A DER certificate is a SEQUENCE with a length of its own octets (X.690 8.1.3): no text begins like this."""


def read_files(files: Sequence[Path], zone: ZoneInfo, domain: str) -> Findings:
    """Read all files; faults and remarks of all of them are found in one go. Raises OSError for a file that cannot be read."""
    found = Findings()
    for file in files:
        data = file.read_bytes()
        if _is_binary(data) or _BEGIN in data:
            _read_certificates(data, file.name, found)
        else:
            read_sheet(data, file.name, zone, found)
    _find_twins(found)
    for record in found.records:
        _look_at(record, domain, found)
    return found


def _is_binary(data: bytes) -> bool:
    return len(data) > 1 and data[0] == _SEQUENCE and data[1] >= _LONG


def _read_certificates(data: bytes, file: str, found: Findings) -> None:
    place = Place(file=file)
    if _KEY in data:
        found.fault(
            place,
            "holds a private key, which nobody but its holder may have; delete the file, the key counts as known",
        )
        return
    try:
        certificates = read_certificates(data)
    except ValueError as wrong:
        found.fault(place, f"{wrong}; name certificates or a table (CSV)")
        return
    for each in certificates:
        if each.is_authority:
            found.remark(place, "an authority's certificate is left out: nobody is told that it expires")
        else:
            _add(each, place, found)


def _add(held: HeldCertificate, place: Place, found: Findings) -> None:
    try:
        record = Record(
            place=place,
            serial=cells.read_serial(held.serial),
            name=cells.read_name(held.name),
            nip=held.nip or None,
            address=cells.read_address(held.address) or None,
            subject=held.subject,
            not_before=held.not_before,
            not_after=held.not_after,
        )
    except ValueError as wrong:
        found.fault(place, f"{wrong} (in the certificate {_tail(held.serial)})")
    else:
        found.records.append(record)


def _find_twins(found: Findings) -> None:
    places: dict[str, Place] = {}
    for record in found.records:
        if record.serial in places:
            found.fault(
                record.place, f"the serial number of {places[record.serial]} again; keep one of the two"
            )
        places.setdefault(record.serial, record.place)


def _look_at(record: Record, domain: str, found: Findings) -> None:
    """What can be imported, but should be looked at."""
    if record.nip == "":
        found.remark(record.place, "no NIP: the holder is known by the e-mail address alone")
    elif record.nip and (wrong := [each for each in nip_problems(record.nip) if each != "nik"]):
        found.remark(record.place, f"the NIP is unusual ({', '.join(wrong)}); compare it with AMS")
    if record.address and not belongs_to(record.address, domain):
        found.remark(record.place, f"the e-mail address is not of {domain}; notices go there all the same")


def _tail(serial: str) -> str:
    return f"…{serial[-4:]}"
