"""Certificates (X.509, RFC 5280) as the registry needs them: whose they are, and from when until when.

BSrE writes the NIP before an underscore into `description` (`198504122010012007_Tanda Tangan Digital`) and the address into E. Later
profiles may put them elsewhere, so the number is looked for in every attribute that may hold one, and the address in subjectAltName too.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from asn1crypto import x509 as asn1
from cryptography import x509
from cryptography.hazmat.primitives.serialization import Encoding

from parsers.csr.subject import read_subject, safe_text

_PEM = b"-----BEGIN CERTIFICATE-----"
_NUMBER = re.compile(r"(?<!\d)\d{18}(?!\d)")
_HOLD_NUMBERS = ("description", "serialNumber", "UID", "CN")


@dataclass(frozen=True, kw_only=True)
class HeldCertificate:
    """What a certificate says of its holder; "" for what it does not say. `serial` is hexadecimal, capitals."""

    serial: str
    name: str
    nip: str
    address: str
    subject: str
    not_before: datetime
    not_after: datetime
    is_authority: bool


def read_certificates(data: bytes) -> tuple[HeldCertificate, ...]:
    """Return the certificates in a file, PEM (any number) or DER. Raises ValueError where it holds none that can be read."""
    try:
        loaded = (
            x509.load_pem_x509_certificates(data) if _PEM in data else [x509.load_der_x509_certificate(data)]
        )
        return tuple(_read(each) for each in loaded)
    except Exception:  # noqa: BLE001 - the library raises several kinds for damaged bytes, some only when a field is read
        raise ValueError("no certificate that can be read (X.509, PEM or DER)") from None


def _read(certificate: x509.Certificate) -> HeldCertificate:
    name = asn1.Certificate.load(certificate.public_bytes(Encoding.DER)).subject
    subject = read_subject(name)
    values = dict(reversed(subject.attributes))  # of an attribute that stands twice, the first
    return HeldCertificate(
        serial=f"{certificate.serial_number:X}",
        name=values.get("CN", ""),
        nip=_number(values[key] for key in _HOLD_NUMBERS if key in values),
        address=values.get("E", "") or _alternative(certificate),
        subject=subject.dn,
        not_before=certificate.not_valid_before_utc,
        not_after=certificate.not_valid_after_utc,
        is_authority=_is_authority(certificate),
    )


def _number(values: Iterable[str]) -> str:
    return next((found[0] for value in values if (found := _NUMBER.search(value))), "")


def _alternative(certificate: x509.Certificate) -> str:
    """Return the first address of subjectAltName."""
    try:
        names = certificate.extensions.get_extension_for_class(x509.SubjectAlternativeName).value
    except x509.ExtensionNotFound:
        return ""
    return safe_text(next(iter(names.get_values_for_type(x509.RFC822Name)), ""))


def _is_authority(certificate: x509.Certificate) -> bool:
    try:
        return certificate.extensions.get_extension_for_class(x509.BasicConstraints).value.ca
    except x509.ExtensionNotFound:
        return False
