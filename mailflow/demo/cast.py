"""The demonstration's people, department and papers: all of them invented."""

from dataclasses import dataclass
from importlib.resources import files

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.x509.oid import NameOID


@dataclass(frozen=True)
class Person:
    """Somebody who writes to the counter; `called` is what the narration calls them."""

    called: str
    name: str
    email: str


SITI = Person("Siti", "Siti Rahmawati", "siti.rahmawati@contohkota.go.id")
AGUS = Person("Agus", "Agus Prasetyo", "agus.prasetyo@contohkota.go.id")
MAYA = Person("Maya", "Maya Puspita Ningrum", "maya.puspita@contohkota.go.id")
AYU = Person("Ayu", "Ni Luh Ayu", "ayu@contohkota.go.id")
RINA = Person("Rina", "Rina Kusuma", "rina.kusuma@contohkota.go.id")
DEWI = Person("Dewi", "Dewi Lestari", "dewi.lestari@contohkota.go.id")
STAFF = (RINA, DEWI)
PEOPLE = (SITI, AGUS, MAYA, AYU, *STAFF)
COUNTER = Person("the counter", "Layanan Sertifikat Elektronik", "layanan@contohkota.go.id")

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
staff_table = "pegawai.csv"

[[officers]]
name = "Rina Kusuma"
email = "rina.kusuma@contohkota.go.id"

[[officers]]
name = "Dewi Lestari"
email = "dewi.lestari@contohkota.go.id"
role = "official"
"""

STAFF_TABLE = """\
name,nip,email
Siti Rahmawati,198504122010012007,siti.rahmawati@contohkota.go.id
Agus Prasetyo,198008172006041005,agus.prasetyo@contohkota.go.id
Maya Puspita Ningrum,199305262019032008,maya.puspita@contohkota.go.id
"""
"""Who is who, by the department's own word: what letters claim is compared with it."""
CERTIFICATES = """\
serial,name,nip,email,not_before,not_after
6B41D07A55,Ni Luh Ayu,200001012024212001,ayu@contohkota.go.id,2024-04-29,2026-04-29
"""
"""What the registry of certificates is fed with: one that expires thirty days after the renewal's scene."""


def paper(name: str) -> tuple[str, bytes]:
    """A PDF of the demonstration, as it is attached."""
    return name, (files("mailflow.demo") / name).read_bytes()


def letter() -> bytes:
    """Siti's statement, a text PDF."""
    return paper("surat-pernyataan.pdf")[1]


def csr() -> bytes:
    """Siti's certification request, with a key made just now."""
    key = rsa.generate_private_key(public_exponent=65537, key_size=2048)
    names = (
        (NameOID.COUNTRY_NAME, "ID"),
        (NameOID.ORGANIZATION_NAME, "Pemerintah Kota Contohkota"),
        (NameOID.ORGANIZATIONAL_UNIT_NAME, "Dinas Pendidikan"),
        (NameOID.COMMON_NAME, SITI.name),
        (NameOID.EMAIL_ADDRESS, SITI.email),
    )
    subject = x509.Name([x509.NameAttribute(oid, value) for oid, value in names])
    request = x509.CertificateSigningRequestBuilder().subject_name(subject).sign(key, hashes.SHA256())
    return request.public_bytes(serialization.Encoding.PEM)
