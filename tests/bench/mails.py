"""The mails of a measurement: all different, as a mailbox's are. Every letter has its own person, and every CSR its own key."""

import os
from concurrent.futures import ProcessPoolExecutor
from email.message import EmailMessage

from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.hazmat.primitives.serialization import Encoding
from cryptography.x509.oid import NameOID

from tests.support.letters import PLAIN, Person, letter

COUNTER = "layanan@contohkota.go.id"
FIRST = ("Siti", "Budi", "Anisa", "Iqbal", "Ayu", "Rudi", "Dewi", "Agus", "Wulan", "Bambang")
LAST = (
    "Rahmawati",
    "Santoso",
    "Kusuma",
    "Hidayat",
    "Lestari",
    "Setiawan",
    "Wardhani",
    "Nugroho",
    "Permata",
    "Saputra",
)
UNITS = ("Dinas Pendidikan", "Dinas Kesehatan", "Dinas Sosial", "Kecamatan Contoh Utara", "Bagian Organisasi")
LAYOUTS = tuple(PLAIN.values())


def person(number: int) -> Person:
    """The n-th person: name, NIP and NIK fit each other."""
    day, month, year = 1 + number % 28, 1 + number // 28 % 12, 1970 + number % 25
    name = f"{FIRST[number % 10]} {LAST[number // 10 % 10]} {LAST[(number + number // 100) % 10]}"
    return Person(
        name=name,
        nip=f"{year}{month:02d}{day:02d}{year + 25}031{number % 1000:03d}",
        nik=f"999901{day:02d}{month:02d}{year % 100:02d}{1 + number % 9999:04d}",
        rank="Penata Muda / III a",
        position="Analis Data dan Informasi",
        unit=UNITS[number % len(UNITS)],
        institution="Pemerintah Kota Contohkota",
        email=f"{name.lower().replace(' ', '.')}{number}@contohkota.go.id",
        phone=f"0812-0000-{number % 10_000:04d}",
    )


def request(number: int) -> bytes:
    """Their CSR, PEM, of an RSA key of 2048 bits made for it."""
    who = person(number)
    names = (
        (NameOID.COUNTRY_NAME, "ID"),
        (NameOID.ORGANIZATION_NAME, who.institution),
        (NameOID.ORGANIZATIONAL_UNIT_NAME, who.unit),
        (NameOID.COMMON_NAME, who.name),
        (NameOID.EMAIL_ADDRESS, who.email),
    )
    subject = x509.Name([x509.NameAttribute(oid, value) for oid, value in names])
    key = rsa.generate_private_key(public_exponent=65537, key_size=2048)
    signed = x509.CertificateSigningRequestBuilder().subject_name(subject).sign(key, hashes.SHA256())
    return signed.public_bytes(Encoding.PEM)


def tiny(number: int) -> bytes:
    """A short mail about something else."""
    message = _mail(number, "Jadwal rapat")
    message.set_content(
        f"Selamat pagi,\n\nRapat koordinasi ke-{number} dimulai pukul 10.00 di aula.\n\nTerima kasih\n"
    )
    return message.as_bytes()


def complete(number: int) -> bytes:
    """A whole request: statement (text PDF of one of several layouts) and CSR."""
    layout, style = LAYOUTS[number % len(LAYOUTS)]
    message = _mail(number, "Lupa passphrase sertifikat elektronik")
    message.set_content(
        "Selamat pagi,\n\nMohon bantuan, saya lupa passphrase sertifikat elektronik. "
        f"Surat pernyataan dan CSR terlampir.\n\nTerima kasih,\n{person(number).name}\n"
    )
    message.add_attachment(
        letter(person(number), layout=layout, style=style),
        maintype="application",
        subtype="pdf",
        filename="surat-pernyataan.pdf",
    )
    message.add_attachment(
        request(number), maintype="application", subtype="pkcs10", filename="permintaan.csr"
    )
    return message.as_bytes()


def many(make, count: int) -> list[bytes]:
    """The first `count` mails of a kind, made by as many processes as there are processors."""
    with ProcessPoolExecutor(max_workers=os.cpu_count()) as pool:
        return list(pool.map(make, range(1, count + 1), chunksize=4))


def _mail(number: int, subject: str) -> EmailMessage:
    who, message = person(number), EmailMessage()
    message["From"] = f"{who.name} <{who.email}>"
    message["To"], message["Subject"] = COUNTER, subject
    message["Date"] = "Tue, 17 Mar 2026 09:12:00 +0700"
    message["Message-ID"] = f"<{number}@writer.contohkota.go.id>"
    return message
