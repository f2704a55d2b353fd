"""Certification requests and certificates, found by their content: they come as .csr, .txt, .pem, .doc or without a name."""

from cryptography import x509

from parsers.csr import read_csrs
from parsers.documents.found import Found

_PEM = b"-----BEGIN CERTIFICATE-----"
_LARGEST = 1 << 20  # a chain of certificates is a few kilobytes
_TOLD = {
    "several-csrs": "more than one certification request in the file",
    "damaged-csr": "a certification request that cannot be read",
    "too-large": "too large for a certification request",
}


def read(data: bytes) -> Found | None:
    """Return the request or the certificate that `data` is, or None."""
    reading = read_csrs(data)
    if reading.only is not None:
        return Found(
            kind="csr",
            score=100.0,
            evidence=("PKCS#10",),
            method="pkcs10",
            csr=reading.only,
            problems=reading.problems,
        )
    if reading.requests or "damaged-csr" in reading.problems:
        problems = tuple(_TOLD.get(problem, problem) for problem in reading.problems)
        return Found(kind="csr", score=100.0, evidence=("PKCS#10",), problems=problems)
    return _certificate(data) if len(data) <= _LARGEST else None


def _certificate(data: bytes) -> Found | None:
    try:
        if _PEM in data:
            count = len(x509.load_pem_x509_certificates(data))
        elif data[:1] == b"0":
            x509.load_der_x509_certificate(data)
            count = 1
        else:
            return None
    except Exception:  # noqa: BLE001 - the library raises several kinds for hostile bytes; none of them is a certificate
        return None
    problems = ("more than one certificate in the file",) if count > 1 else ()
    return Found(kind="certificate", score=100.0, evidence=("X.509",), problems=problems)
