"""The demonstration's people, department and mails: all of them invented."""

from datetime import UTC, datetime
from email.message import EmailMessage
from email.utils import format_datetime
from importlib.resources import files

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.x509.oid import NameOID

SITI = ("Siti Rahmawati", "siti.rahmawati@contohkota.go.id")
RINA = ("Rina Kusuma", "rina.kusuma@contohkota.go.id")
COUNTER = ("Layanan Sertifikat Elektronik", "layanan@contohkota.go.id")
QUOTED = "\n\nPada "
"""What begins the quotation below an answer."""

CONFIGURATION = """\
[department]
name = "Dinas Komunikasi dan Informatika Kota Contohkota"
address = "layanan@contohkota.go.id"
domain = "contohkota.go.id"
phone = "(0281) 555-0100"
complaints_contact = "Bapak Bagus Santoso"
complaints_phone = "0812-5550-0101"
ticket_prefix = "CK"

[administrators]
emails = ["admin@contohkota.go.id"]

[mailbox]
url = "maildir://{directory}/inbox"

[intake]
baseline = false

[smtp]
url = "maildir://{directory}/sent"

[store]
url = "sqlite:///{directory}/mailflow.db"

[tasks]
undo_minutes = 10

[trust]
mode = "token-only"

[[officers]]
name = "Rina Kusuma"
email = "rina.kusuma@contohkota.go.id"

[[officers]]
name = "Dewi Lestari"
email = "dewi.lestari@contohkota.go.id"
role = "official"
"""


def letter() -> bytes:
    """Siti's statement, a text PDF."""
    return (files("mailflow.demo") / "surat-pernyataan.pdf").read_bytes()


def csr() -> bytes:
    """Siti's certification request, with a key made just now."""
    key = rsa.generate_private_key(public_exponent=65537, key_size=2048)
    names = (
        (NameOID.COUNTRY_NAME, "ID"),
        (NameOID.ORGANIZATION_NAME, "Pemerintah Kota Contohkota"),
        (NameOID.ORGANIZATIONAL_UNIT_NAME, "Dinas Pendidikan"),
        (NameOID.COMMON_NAME, "Siti Rahmawati"),
        (NameOID.EMAIL_ADDRESS, SITI[1]),
    )
    subject = x509.Name([x509.NameAttribute(oid, value) for oid, value in names])
    request = x509.CertificateSigningRequestBuilder().subject_name(subject).sign(key, hashes.SHA256())
    return request.public_bytes(serialization.Encoding.PEM)


def mail(  # noqa: PLR0913 - a mail has that many parts
    sender: tuple[str, str],
    subject: str,
    text: str,
    at: datetime,
    *,
    answers: EmailMessage | None = None,
    files: tuple[tuple[str, bytes], ...] = (),
) -> bytes:
    """A message as a mail program writes it; `answers` is quoted and threaded."""
    message = EmailMessage()
    message["From"], message["To"] = f"{sender[0]} <{sender[1]}>", f"{COUNTER[0]} <{COUNTER[1]}>"
    message["Subject"], message["Date"] = subject, format_datetime(at.astimezone(UTC))
    message["Message-ID"] = f"<{at.strftime('%Y%m%d%H%M%S')}.{sender[1]}>"
    if answers is not None:
        message["In-Reply-To"] = message["References"] = str(answers["Message-ID"])
        body = answers.get_body(("plain",))
        quoted = "\n".join(f"> {line}" for line in (body.get_content() if body else "").splitlines())
        text = f"{text}{QUOTED}{at:%d/%m/%Y %H.%M}, {COUNTER[0]} menulis:\n{quoted}"
        message.replace_header("Subject", f"Re: {answers['Subject']}")
    message.set_content(text)
    for name, data in files:
        kind = ("application", "pdf") if name.endswith(".pdf") else ("application", "pkcs10")
        message.add_attachment(data, maintype=kind[0], subtype=kind[1], filename=name)
    return message.as_bytes()
