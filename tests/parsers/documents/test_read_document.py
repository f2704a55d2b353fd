"""What a document is, by its bytes; what cannot be read is a person's to look at, never an error."""

import hashlib
import io
import random
import zipfile
from datetime import UTC, datetime, timedelta

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID
from PIL import Image

from parsers.documents import read_document
from parsers.facts import DocumentFacts
from tests.support.letters import (
    SITI,
    TITLES,
    encrypted,
    form,
    letter,
    make_demo_letter,
    plain_pdf,
    scan,
    with_hidden_line,
)


def read(
    data: bytes, name: str = "berkas", declared: str = "application/octet-stream", pages: int = 30
) -> DocumentFacts:
    return read_document(data, name=name, declared_type=declared, pages=pages)


def image(kind: str, size: tuple[int, int] = (900, 1200)) -> bytes:
    out = io.BytesIO()
    Image.new("RGB", size, (200, 190, 180)).save(out, format=kind)
    return out.getvalue()


def zipped(*members: str, first: tuple[str, str] | None = None) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        if first:
            archive.writestr(*first)
        for member in members:
            archive.writestr(member, "x")
    return out.getvalue()


ODT = ("mimetype", "application/vnd.oasis.opendocument.text")
KEY = ec.generate_private_key(ec.SECP256R1())
NAME = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, SITI.name)])
CSR = x509.CertificateSigningRequestBuilder().subject_name(NAME).sign(KEY, hashes.SHA256())
PEM, DER = serialization.Encoding.PEM, serialization.Encoding.DER


def test_what_was_received_is_told_with_its_digest() -> None:
    data = letter()
    facts = read(data, name="surat saya.pdf")
    assert (facts.name, facts.media_type, facts.size) == ("surat saya.pdf", "application/pdf", len(data))
    assert facts.digest == hashlib.sha256(data).hexdigest()
    assert (facts.method, facts.outcome, facts.pages, facts.problems) == ("text", "ok", 1, ())


def test_the_demonstrations_letter_is_the_one_the_generator_makes(tmp_path) -> None:
    from tests.support.letters import DEMO  # noqa: PLC0415 - the file under test

    assert make_demo_letter(tmp_path / "surat.pdf").read_bytes() == DEMO.read_bytes()
    facts = read(DEMO.read_bytes())
    assert facts.kind == "passphrase-loss-statement"
    assert {name: value.value for name, value in facts.fields.items()}.items() >= SITI.fields.items()


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "TIFF", "WEBP", "GIF", "BMP"])
def test_a_photo_is_left_to_a_persons_eye(kind: str) -> None:
    facts = read(image(kind), name="surat.pdf", declared="application/pdf")
    assert facts.media_type == f"image/{kind.lower()}"
    assert (facts.kind, facts.outcome, facts.readable_by_person) == ("unreadable", "ok", True)
    assert facts.problems == ("photo",)
    assert facts.fields == {}


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "GIF", "WEBP"])
@pytest.mark.parametrize("size", [(220, 80), (400, 400), (1200, 200), (1, 1)])
def test_a_logo_is_no_letter(kind: str, size: tuple[int, int]) -> None:
    facts = read(image(kind, size), name="image001.png")
    assert (facts.kind, facts.outcome) == ("other", "ok")
    assert "logo" in facts.problems[0]


def test_few_pixels_with_many_bytes_are_left_to_a_persons_eye() -> None:
    out = io.BytesIO()
    noise = random.Random(1).randbytes(360_000)  # noqa: S311 - a picture
    Image.frombytes("RGB", (300, 400), noise).save(out, format="PNG")
    assert read(out.getvalue()).kind == "unreadable"


def test_a_picture_that_does_not_tell_its_size_is_left_to_a_persons_eye() -> None:
    assert read(b"\xff\xd8\xff\xe0" + bytes(500)).kind == "unreadable"


def test_a_photo_of_a_telephone_is_recognised() -> None:
    facts = read(b"\0\0\0\x18ftypheic\0\0\0\0mif1heic" + bytes(40))
    assert (facts.media_type, facts.problems) == ("image/heic", ("photo",))


@pytest.mark.parametrize(
    ("data", "format_"),
    [
        (zipped("[Content_Types].xml", "word/document.xml"), "docx"),
        (zipped("xl/workbook.xml"), "xlsx"),
        (zipped("content.xml", first=ODT), "odt"),
        (zipped("surat.pdf"), "zip"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(500) + "WordDocument".encode("utf-16-le"), "doc"),
        (b"{\\rtf1 Surat}", "rtf"),
        (b"Rar!\x1a\x07\x01\x00", "rar"),
        (b"7z\xbc\xaf\x27\x1c\0\4", "7z"),
        (b"\x78\x9f\x3e\x22" + bytes(20), "winmail.dat"),
        (b"<!DOCTYPE html><html>", "html"),
        (b"Surat pernyataan", "text"),
        (b"\x00\x01\x02\x03", "unknown"),
    ],
)
def test_a_format_not_read_yet_is_named(data: bytes, format_: str) -> None:
    facts = read(data, name="surat.pdf")
    assert (facts.kind, facts.outcome, facts.readable_by_person) == ("unreadable", "ok", True)
    assert facts.problems == (f"format {format_} is not read yet",)


@pytest.mark.parametrize("text_layer", [False, True])
def test_a_scan_is_left_to_a_persons_eye_with_a_text_layer_or_without(text_layer: bool) -> None:
    facts = read(scan(text_layer=text_layer, pages=2))
    assert (facts.kind, facts.outcome, facts.readable_by_person, facts.pages) == ("unreadable", "ok", True, 2)
    assert facts.problems == ("scan",)
    assert facts.fields == {}


def test_the_values_of_a_form_are_read_from_its_widgets() -> None:
    facts = read(form())
    assert {name: value.value for name, value in facts.fields.items()} == SITI.fields
    assert facts.kind == "data-change-form"
    assert {value.method for value in facts.fields.values()} == {"pdfium-form"}
    box = facts.fields["name"].box
    assert box is not None
    assert 214 <= box.x0 < box.x1 <= 516


@pytest.mark.parametrize("hide", ["mode", "white", "covered", "tiny", "outside"])
def test_text_that_cannot_be_seen_is_not_read_and_is_told(hide: str) -> None:
    facts = read(with_hidden_line(hide))
    assert "nip" not in facts.fields
    assert facts.fields["name"].value == SITI.name
    assert facts.problems == ("page 1 has text that cannot be seen; it was left out",)


@pytest.mark.parametrize("shown", ["none", "on-blue"])
def test_text_that_can_be_seen_is_read_white_on_blue_too(shown: str) -> None:
    facts = read(with_hidden_line(shown))
    assert "nip" in facts.fields
    assert facts.problems == ()


def test_text_without_a_usable_character_map_is_not_taken_for_a_letter() -> None:
    rows = ["6XUDW SHUQ\\DWDDQ OXSD SDVVSKUDVH VHUWLILNDW", "1DPD 6LWL 5DKPDZDWL 1,3"] * 12
    facts = read(plain_pdf(rows))
    assert (facts.kind, facts.outcome) == ("unreadable", "ok")
    assert "text without usable characters" in facts.problems


def test_an_encrypted_letter_is_named_so() -> None:
    facts = read(encrypted("rahasia"))
    assert (facts.kind, facts.outcome, facts.readable_by_person) == ("unreadable", "encrypted", False)


def test_a_letter_protected_only_against_changes_is_read() -> None:
    assert read(encrypted("")).outcome == "ok"


@pytest.mark.parametrize("data", [b"%PDF-1.7\n%%EOF", letter()[:300], b""])
def test_a_broken_or_empty_file_is_named_so(data: bytes) -> None:
    facts = read(data)
    assert (facts.kind, facts.outcome, facts.readable_by_person) == ("unreadable", "unreadable", False)
    assert facts.problems


def test_only_so_many_pages_are_read_and_it_is_said() -> None:
    facts = read(scan(pages=5), pages=2)
    assert facts.pages == 5
    assert "only the first 2 of 5 pages were read" in facts.problems


def test_a_request_is_found_by_its_content_under_any_name() -> None:
    for encoding in (PEM, DER):
        facts = read(CSR.public_bytes(encoding), name="surat.docx", declared="application/msword")
        assert (facts.kind, facts.method, facts.outcome) == ("csr", "pkcs10", "ok")
        assert facts.csr is not None
        assert ("CN", SITI.name) in facts.csr.subject


def test_two_requests_in_one_file_are_not_one() -> None:
    other = x509.CertificateSigningRequestBuilder().subject_name(NAME)
    pair = CSR.public_bytes(PEM) + other.sign(
        ec.generate_private_key(ec.SECP256R1()), hashes.SHA256()
    ).public_bytes(PEM)
    facts = read(pair)
    assert facts.kind == "csr"
    assert facts.csr is None
    assert facts.problems == ("more than one certification request in the file",)


def test_a_request_inside_an_archive_is_not_taken() -> None:
    assert read(zipped(first=("a.csr", CSR.public_bytes(PEM).decode()))).kind == "unreadable"


@pytest.mark.parametrize("encoding", [PEM, DER])
def test_a_certificate_is_a_certificate(
    encoding: serialization.Encoding, certificate_of_siti: x509.Certificate
) -> None:
    facts = read(certificate_of_siti.public_bytes(encoding))
    assert (facts.kind, facts.outcome, facts.csr) == ("certificate", "ok", None)


@pytest.fixture
def certificate_of_siti() -> x509.Certificate:
    start = datetime(2026, 1, 1, tzinfo=UTC)
    builder = x509.CertificateBuilder().subject_name(NAME).issuer_name(NAME).public_key(KEY.public_key())
    builder = builder.serial_number(1).not_valid_before(start).not_valid_after(start + timedelta(730))
    return builder.sign(KEY, hashes.SHA256())


def test_a_title_over_two_lines_is_one_title() -> None:
    rows = TITLES["passphrase-loss-statement"].split(" SERTIFIKAT")
    facts = read(plain_pdf([rows[0], "SERTIFIKAT" + rows[1], "Nama : Siti Rahmawati"]))
    assert facts.kind == "passphrase-loss-statement"
