"""Private keys sent by mistake are found in every wrapping, cut out, and nothing else is."""

import base64
import io
import zipfile

import pytest
from cryptography.hazmat.primitives.serialization import (
    BestAvailableEncryption,
    Encoding,
    NoEncryption,
    PrivateFormat,
    PublicFormat,
    pkcs12,
)
from hypothesis import given, settings
from hypothesis import strategies as st

from parsers.secrets import find_secrets, redact
from tests.support.requests import ec_key, pem, request, rsa_key

OPEN, LOCKED = NoEncryption(), BestAvailableEncryption(b"fiktif")
PKCS8 = rsa_key().private_bytes(Encoding.PEM, PrivateFormat.PKCS8, OPEN)
PKCS12 = pkcs12.serialize_key_and_certificates(b"siti", rsa_key(), None, None, LOCKED)
BODY = b"".join(PKCS8.splitlines()[1:-1])
PUTTY = (
    b"PuTTY-User-Key-File-3: ssh-rsa\r\nEncryption: none\r\nComment: siti\r\nPublic-Lines: 1\r\nAAAA\r\n"
    b"Private-Lines: 1\r\n" + BODY[:64] + b"\r\nPrivate-MAC: 0123456789abcdef\r\n"
)


def _private(key, encoding, form, lock=OPEN):
    return key.private_bytes(encoding, form, lock)


@pytest.mark.parametrize(
    ("kind", "data"),
    [
        ("pem", PKCS8),
        ("pem", _private(rsa_key(), Encoding.PEM, PrivateFormat.PKCS8, LOCKED)),
        ("pem", _private(rsa_key(), Encoding.PEM, PrivateFormat.TraditionalOpenSSL)),
        ("pem", _private(rsa_key(), Encoding.PEM, PrivateFormat.TraditionalOpenSSL, LOCKED)),
        ("pem", _private(ec_key(), Encoding.PEM, PrivateFormat.TraditionalOpenSSL)),
        ("pem", _private(rsa_key(), Encoding.PEM, PrivateFormat.OpenSSH)),
        (
            "pgp",
            b"-----BEGIN PGP PRIVATE KEY BLOCK-----\n\n"
            + BODY[:200]
            + b"\n-----END PGP PRIVATE KEY BLOCK-----",
        ),
        ("putty", PUTTY),
        ("pkcs8", _private(rsa_key(), Encoding.DER, PrivateFormat.PKCS8)),
        ("pkcs8", _private(ec_key(), Encoding.DER, PrivateFormat.PKCS8)),
        ("encrypted-pkcs8", _private(rsa_key(), Encoding.DER, PrivateFormat.PKCS8, LOCKED)),
        ("pkcs1", _private(rsa_key(), Encoding.DER, PrivateFormat.TraditionalOpenSSL)),
        ("ec", _private(ec_key(), Encoding.DER, PrivateFormat.TraditionalOpenSSL)),
        ("pkcs12", PKCS12),
        ("java-keystore", b"\xfe\xed\xfe\xed\0\0\0\2" + b"\0" * 40),
        ("java-keystore", b"\xce\xce\xce\xce\0\0\0\2" + b"\0" * 40),
    ],
)
def test_a_private_key_is_found_whatever_its_form_and_nothing_of_it_is_left(kind, data):
    (secret,) = find_secrets(data, "lampiran")
    assert secret.kind == kind
    assert redact(data).strip() == b"[private key removed]"


@pytest.mark.parametrize(
    "wrap",
    [
        lambda key: key.decode().encode("utf-16"),
        lambda key: key.replace(b"-----", "\u2014\u2013\u2014".encode()),
        lambda key: key.replace(b"-----", b"\x96\x96"),
        lambda key: key.replace(b" ", "\xa0".encode()),
        lambda key: b"".join(b"> " + line + b"\r\n" for line in key.splitlines()),
        lambda key: key.split(b"-----END")[0],
        base64.b64encode,
        lambda key: base64.encodebytes(base64.encodebytes(key)),
        lambda key: BODY,
        lambda key: b"\n".join(key.splitlines()[1:-1]),
    ],
)
def test_a_key_that_mail_has_damaged_or_somebody_wrapped_is_still_a_key(wrap):
    data = wrap(PKCS8)
    assert len(find_secrets(data, "")) == 1
    assert BODY[100:140] not in redact(data).replace(b"\0", b"")
    assert find_secrets(redact(data), "") == []


def test_a_key_beside_a_request_is_cut_out_and_the_request_stays_whole():
    data = b"Yth. petugas\n" + PKCS8 + pem(request()).encode()
    assert redact(data) == b"Yth. petugas\n[private key removed]\n" + pem(request()).encode()


def test_two_keys_are_two_secrets_and_what_stands_between_stays():
    cut = redact(PKCS8 + b"dan\n" + PUTTY)
    assert cut == b"[private key removed]\ndan\n[private key removed]\r\n"


def test_a_raw_message_stays_well_formed_when_an_attachment_is_cut_from_it():
    before, after = b"Subject: CSR\r\nContent-Transfer-Encoding: base64\r\n\r\n", b"\r\n--batas--\r\n"
    raw = before + base64.encodebytes(PKCS12).replace(b"\n", b"\r\n").rstrip() + after
    cut = redact(raw)
    assert cut.startswith(before)
    assert cut.endswith(after)
    assert base64.b64decode(cut[len(before) : -len(after)]) == b"[private key removed]"


@pytest.mark.parametrize("method", [zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED])
def test_an_archive_that_holds_a_key_goes_as_a_whole(method):
    data = _zip({"surat.txt": b"surat", "kunci/privat.key": PKCS8}, method)
    assert [(secret.start, secret.end) for secret in find_secrets(data, "a.zip")][-1] == (0, len(data))
    assert redact(data) == b"[private key removed]"


def _zip(members: dict[str, bytes], method: int = zipfile.ZIP_DEFLATED) -> bytes:
    whole = io.BytesIO()
    with zipfile.ZipFile(whole, "w", method) as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return whole.getvalue()


@pytest.mark.parametrize(
    "data",
    [
        request(),
        pem(request()).encode(),
        rsa_key().public_key().public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo),
        rsa_key().public_key().public_bytes(Encoding.DER, PublicFormat.SubjectPublicKeyInfo),
        rsa_key().public_key().public_bytes(Encoding.DER, PublicFormat.PKCS1),
        rsa_key().public_key().public_bytes(Encoding.OpenSSH, PublicFormat.OpenSSH),
        base64.encodebytes(request()),
        _zip({"permohonan.csr": request(), "surat.txt": b"surat"}),
        b"Jangan kirim berkas yang diawali -----BEGIN PRIVATE KEY----- kepada siapa pun, termasuk kami.",
        b"PuTTY-User-Key-File-3 adalah berkas kunci.",
        b"",
    ],
)
def test_no_alarm_on_a_request_a_public_key_or_talk_about_keys(data):
    assert find_secrets(data, "") == []
    assert redact(data) == data


def test_a_bomb_is_read_within_a_budget():
    assert find_secrets(_zip({"nol": b"\0" * 60_000_000, "kunci.pem": PKCS8}), "a.zip") == []


@settings(deadline=None, max_examples=300)
@given(st.binary(max_size=300), st.integers(0, len(PKCS12)), st.integers(0, 255))
def test_whatever_is_sent_nothing_raises(data, at, value):
    for hostile in (
        data,
        b"0" + data,
        b"PK\x03\x04" + data,
        base64.b64encode(data),
        PKCS12[:at] + bytes([value]) + PKCS12[at + 1 :],
    ):
        spans = find_secrets(hostile, "")
        assert all(0 <= span.start < span.end <= len(hostile) for span in spans)
        redact(hostile)
