"""What mail programs and gateways add to a mail, and what only looks like it."""

from email import policy
from email.message import EmailMessage

import pytest
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat

from parsers.read import Budget, read_message
from tests.support import requests

CSR = requests.pem(requests.request()).encode()
TNEF = b"\x78\x9f\x3e\x22\x01\x00" + b"\x01\x06\x90\x08\x00\x04\x00\x00\x00\x00\x00\x01\x00\x01\x00"


def read(data, name, media="application/octet-stream", disposition="attachment"):
    message = EmailMessage()
    message["From"], message["To"] = "siti@contohkota.go.id", "layanan@contohkota.go.id"
    message.set_content("Terima kasih")
    main, _, sub = media.partition("/")
    message.add_attachment(data, maintype=main, subtype=sub, filename=name, disposition=disposition)
    raw = message.as_bytes(policy=policy.SMTP)
    return read_message(raw, own_addresses=frozenset({"layanan@contohkota.go.id"}), budget=Budget())


@pytest.mark.parametrize(
    ("data", "name", "media", "what"),
    [
        (b"BEGIN:VCARD\r\nVERSION:3.0\r\nEND:VCARD\r\n", "Siti.vcf", "application/octet-stream", "contact card"),
        (b"\xef\xbb\xbfBEGIN:VCARD\r\nEND:VCARD", "kartu nama.txt", "application/octet-stream", "contact card"),
        (b"-----BEGIN PGP PUBLIC KEY BLOCK-----\r\nabc", "publickey - siti - 0x1A.asc", "application/octet-stream", "OpenPGP key"),
        (b"Version: 1\r\n", "version.txt", "application/pgp-encrypted", "note on encryption"),
        (b"BEGIN:VCALENDAR\r\nMETHOD:REPLY\r\nEND:VCALENDAR", "meeting.ics", "application/octet-stream", "calendar entry"),
        (b"\x00\x05\x16\x07\x00\x02", "surat.pdf", "application/applefile", "Apple resource fork"),
        (b"\r\n \r\n", "noname", "application/octet-stream", "empty piece"),
        (b"\r\n__________\r\n", "ATT00002.txt", "application/octet-stream", "empty piece"),
        (b"CONFIDENTIALITY NOTICE: this e-mail is privileged.", "footer.txt", "application/octet-stream", "notice below the mail"),
        (b"<svg xmlns='http://www.w3.org/2000/svg'/>", "logo.svg", "image/svg+xml", "drawing"),
        (b"\x00" * 400, "oledata.mso", "application/x-mso", "formatting of Outlook"),
        (TNEF, "winmail.dat", "application/ms-tnef", "formatting of Outlook"),
    ],
)  # fmt: skip
def test_what_a_program_added_is_kept_and_listed_apart(data, name, media, what):
    reading = read(data, name, media)
    assert reading.facts.documents == ()
    (found,) = reading.facts.additions
    assert found.problems == (f"added by a mail program: {what}",)
    assert found.digest in reading.parts


@pytest.mark.parametrize(
    ("data", "name", "media", "kind"),
    [
        (CSR, "ATT00001.bin", "application/octet-stream", "csr"),
        (CSR, "siti.vcf", "text/vcard", "csr"),
        (TNEF + b"\x02\x0f\x80\x06\x00\x04\x00\x00\x00abcd\x00\x00", "winmail.dat", "application/ms-tnef", "unreadable"),
        (TNEF[:-4], "winmail.dat", "application/ms-tnef", "unreadable"),
        (b"Saya lupa passphrase, mohon bantuan. NIP 198504122010012007.", "ATT00001.txt", "application/octet-stream", "unreadable"),
        (b"Rahasia.\nMohon surat ini dirahasiakan. Saya Siti, NIP 198504122010012007.", "surat.txt", "application/octet-stream", "unreadable"),
        (b"-----BEGIN PGP MESSAGE-----\r\nabc", "encrypted.asc", "application/octet-stream", "unreadable"),
    ],
)  # fmt: skip
def test_what_its_writer_sent_stays_a_document_whatever_it_is_called(data, name, media, kind):
    (found,) = read(data, name, media).facts.documents
    assert found.kind == kind


def test_a_part_that_is_named_a_key_and_is_a_private_one_is_purged():
    key = requests.rsa_key().private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
    facts = read(key, "publickey.asc", "application/pgp-keys").facts
    assert [each.kind for each in facts.documents] == ["private-key"]
    assert facts.secrets == 1
