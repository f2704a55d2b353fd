"""Mail that everybody else's program reads is read here too; what cannot be read is said to a person, and never taken for nothing."""

import base64
import binascii
from datetime import UTC, datetime, timedelta

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.serialization import pkcs7
from cryptography.x509.oid import NameOID

from tests.support import requests
from tests.support.counter import APPLICANT, COUNTER, OFFICER, Counter, text_of

TEXT = "Mohon bantuan, saya lupa passphrase sertifikat elektronik. Terlampir surat pernyataan dan CSR."


SMIME = 'application/pkcs7-mime; smime-type={}; name="smime.p7m"'


def head(sender: str, *fields: str) -> bytes:
    mail = [
        f"From: Siti Rahmawati <{sender}>",
        f"To: {COUNTER}",
        "Subject: Permohonan",
        f"Message-ID: <{sender}>",
    ]
    return "\r\n".join([*mail, "MIME-Version: 1.0", *fields, "", ""]).encode()


def uuencoded(data: bytes, name: str) -> bytes:
    lines = b"".join(binascii.b2a_uu(data[at : at + 45]) for at in range(0, len(data), 45))
    return b"begin 644 " + name.encode() + b"\n" + lines + b"`\nend\n"


def parts(*bodies: bytes) -> bytes:
    return b"".join(b"--=_b\r\n" + each + b"\r\n" for each in bodies) + b"--=_b--\r\n"


def attached(name: str, data: bytes, media: str, encoding: str = "base64") -> bytes:
    body = uuencoded(data, name) if "uu" in encoding else base64.encodebytes(data)
    fields = f'Content-Type: {media}; name="{name}"\r\nContent-Transfer-Encoding: {encoding}\r\nContent-Disposition: attachment; filename="{name}"\r\n\r\n'
    return fields.encode() + body


MIXED = 'Content-Type: multipart/mixed; boundary="=_b"'
TEXT_PART = f"Content-Type: text/plain\r\n\r\n{TEXT}".encode()
IN_NAME = b'text/plain; name="Part.001"\r\nContent-Disposition: inline'


def usual(files) -> bytes:
    return parts(TEXT_PART, *(attached(*each) for each in files))


PACKED = {
    "as usual": lambda to, files: head(to, MIXED) + usual(files),
    "a missing semicolon": lambda to, files: head(to, MIXED.replace(";", "")) + usual(files),
    "no boundary named": lambda to, files: head(to, "Content-Type: multipart/mixed") + usual(files),
    "uuencoded in the text": lambda to, files: (
        head(to, "Content-Type: text/plain") + TEXT.encode() + b"".join(b"\n\n" + uuencoded(data, name) for name, data, _ in files)
    ),
    "uuencode as encoding": lambda to, files: head(to, MIXED) + parts(TEXT_PART, *(attached(*each, "x-uuencode") for each in files)),
    "comments in the encoding": lambda to, files: head(to, MIXED) + usual(files).replace(b": base64", b": base64 (as usual)"),
    "a name on the text": lambda to, files: head(to, MIXED) + usual(files).replace(b"text/plain", IN_NAME),
    "a mail as a nameless file": lambda to, files: (
        head(to, MIXED) + parts(TEXT_PART, attached("Permohonan.eml", head(to, MIXED) + usual(files), "application/octet-stream"))
    ),
    "signed as a whole": lambda to, files: (
        head(to, "Content-Type: " + SMIME.format("signed-data"), "Content-Transfer-Encoding: base64")
        + signed(MIXED.encode() + b"\r\n\r\n" + usual(files))
    ),
}  # fmt: skip


def certificate(key) -> x509.Certificate:
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "Rina Kusuma")])
    begin = datetime(2026, 1, 1, tzinfo=UTC)
    made = x509.CertificateBuilder().subject_name(name).issuer_name(name).public_key(key.public_key())
    made = made.serial_number(1).not_valid_before(begin).not_valid_after(begin + timedelta(days=365))
    return made.sign(key, hashes.SHA256())


def signed(entity: bytes) -> bytes:
    key = requests.rsa_key(number=1)
    made = pkcs7.PKCS7SignatureBuilder().set_data(entity).add_signer(certificate(key), key, hashes.SHA256())
    return base64.encodebytes(made.sign(serialization.Encoding.DER, [pkcs7.PKCS7Options.Binary]))


def encrypted(entity: bytes) -> bytes:
    made = (
        pkcs7.PKCS7EnvelopeBuilder().set_data(entity).add_recipient(certificate(requests.rsa_key(number=1)))
    )
    return base64.encodebytes(made.encrypt(serialization.Encoding.DER, []))


@pytest.mark.parametrize("kind", PACKED)
def test_a_complete_request_is_read_however_it_is_packed_and_answered_in_its_language(tmp_path, kind):
    with Counter(tmp_path) as counter:
        sent = counter.receive(PACKED[kind](APPLICANT, (counter.letter(), counter.csr())))
        assert {each["To"] for each in sent} == {APPLICANT, OFFICER}
        answer = " ".join(text_of(counter.letter_to(APPLICANT)).split())
        assert "sudah lengkap" in answer
        assert TEXT[:40] in " ".join(text_of(counter.task_letter()).split())


def reply(counter, sender: str, letter, kind: str, body: bytes) -> bytes:
    return head(
        sender, f"In-Reply-To: {letter['Message-ID']}", f"X-Made: {len(counter.sent)}",
        f"Content-Type: {SMIME.format(kind)}", "Content-Transfer-Encoding: base64",
    ) + body  # fmt: skip


def test_an_officers_word_signed_as_a_whole_counts_and_an_encrypted_one_is_asked_for_again(tmp_path):
    with Counter(tmp_path) as counter:
        counter.complete_request()
        task, word = counter.task_letter(), b"Content-Type: text/plain; charset=utf-8\r\n\r\nSETUJU\r\n"
        (asked,) = counter.receive(reply(counter, OFFICER, task, "enveloped-data", encrypted(word)))
        assert asked["To"] == OFFICER
        assert "terenkripsi" in text_of(asked)
        counter.receive(reply(counter, OFFICER, task, "signed-data", signed(word)))
        assert "decided" in {each["state"] for each in counter.tasks}


def test_an_applicants_encrypted_mail_is_put_before_a_person(tmp_path):
    with Counter(tmp_path) as counter:
        counter.complete_request()
        body = encrypted(b"Content-Type: text/plain\r\n\r\nBATAL\r\n")
        for sender in (APPLICANT, "orang.lain@contohkota.go.id"):
            (shown,) = counter.receive(
                reply(counter, sender, counter.letter_to(APPLICANT), "enveloped-data", body)
            )
            assert shown["To"] == OFFICER
            assert "terenkripsi" in " ".join(text_of(shown).split())
        assert counter.case["state"] == "waiting_for_officer"


def test_a_private_key_uuencoded_in_the_text_is_nowhere_afterwards(tmp_path):
    key = requests.rsa_key(number=1).private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    with Counter(tmp_path) as counter:
        raw = (
            head(APPLICANT, "Content-Type: text/plain")
            + TEXT.encode()
            + b"\n\n"
            + uuencoded(key, "kunci.key")
        )
        counter.receive(raw)
        (kept,) = counter.kept
        assert binascii.b2a_uu(key[:45]) not in kept
        assert TEXT.encode() in kept
