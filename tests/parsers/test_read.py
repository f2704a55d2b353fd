"""A whole message through the one door: facts, documents, secrets, budgets; nothing but `Unreadable` is ever raised."""

import base64
import io
import random

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from PIL import Image

from parsers.facts import MessageFacts
from parsers.language import detect_in_subject
from parsers.message import DIFFERENT
from parsers.read import Budget, Unreadable, list_parts, read_document, read_headers, read_message

OWN = frozenset({"layanan@contohkota.go.id"})
KEY = ec.generate_private_key(ec.SECP256R1())
KEY_PEM = KEY.private_bytes(
    serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
)
KEY_CORE = KEY_PEM.split(b"\n")[1]


def make_csr(name="Siti Rahmawati"):
    subject = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name)])
    return x509.CertificateSigningRequestBuilder().subject_name(subject).sign(KEY, hashes.SHA256())


CSR = make_csr().public_bytes(serialization.Encoding.PEM)


def image(size, noise):
    pixels = random.Random(1).randbytes(size * size * 3) if noise else bytes(size * size * 3)  # noqa: S311 - a picture
    out = io.BytesIO()
    Image.frombytes("RGB", (size, size), pixels).save(out, "PNG")
    return out.getvalue()


def attached(data, name, media_type="application/octet-stream", disposition="attachment", extra=""):
    head = f'Content-Type: {media_type}; name="{name}"\r\nContent-Disposition: {disposition}; filename="{name}"\r\n{extra}'
    return (
        head.encode()
        + b"Content-Transfer-Encoding: base64\r\n\r\n"
        + base64.encodebytes(data).replace(b"\n", b"\r\n")
    )


def text(body, subtype="plain"):
    return f"Content-Type: text/{subtype}; charset=utf-8\r\n\r\n{body}".encode()


def multipart(*parts, subtype="mixed", boundary="B"):
    inner = b"".join(b"--" + boundary.encode() + b"\r\n" + part + b"\r\n" for part in parts)
    return (
        f"Content-Type: multipart/{subtype}; boundary={boundary}\r\n\r\n".encode()
        + inner
        + f"--{boundary}--\r\n".encode()
    )


def mail(entity, *fields, subject="Lupa passphrase", sender="Siti Rahmawati <siti@contohkota.go.id>"):
    head = [
        *fields,
        f"From: {sender}",
        "To: layanan@contohkota.go.id",
        f"Subject: {subject}",
        "Message-ID: <1@contohkota.go.id>",
        "Date: Tue, 10 Mar 2026 09:12:00 +0700",
        "MIME-Version: 1.0",
    ]
    return "".join(f"{line}\r\n" for line in head).encode() + entity


def read(raw, **options):
    return read_message(raw, own_addresses=OWN, budget=options.pop("budget", Budget()), **options)


REQUEST = mail(
    multipart(
        text("Mohon bantuannya, saya lupa passphrase."),
        attached(CSR, "siti.csr"),
        attached(b"catatan", "catatan.txt"),
    )
)


def test_a_request_gives_its_facts_and_its_documents():
    reading = read(REQUEST)
    facts = reading.facts
    assert facts.sender.address == "siti@contohkota.go.id"
    assert facts.origin.kind == "person"
    assert facts.subject == "Lupa passphrase"
    assert facts.new_text == "Mohon bantuannya, saya lupa passphrase."
    assert facts.language == "id"
    assert [document.name for document in facts.documents] == ["siti.csr", "catatan.txt"]
    assert facts.documents[0].kind == "csr"
    assert reading.parts[facts.documents[0].digest] == CSR
    assert reading.redacted is None
    assert facts.problems == ()


def test_facts_cross_a_process_boundary_as_json():
    facts = read(REQUEST).facts
    assert MessageFacts.model_validate_json(facts.model_dump_json()) == facts


def test_header_facts_are_taken_as_they_stand():
    raw = mail(
        text("halo"),
        "Return-Path: <>",
        "Delivered-To: layanan+a.7.Mac@contohkota.go.id",
        "Authentication-Results: mx.contohkota.go.id;\r\n dmarc=pass header.from=contohkota.go.id",
        "Received: x",
        "Authentication-Results: mx.contohkota.go.id; dmarc=fail",
        "Reply-To: Lain <lain@example.go.id>",
        "In-Reply-To: <tugas@contohkota.go.id>",
        "References: <a@b> <tugas@contohkota.go.id>",
    )
    facts = read(raw).facts
    assert facts.return_path == ""
    assert facts.delivered_to == ("layanan+a.7.Mac@contohkota.go.id",)
    assert facts.authentication_results == "mx.contohkota.go.id; dmarc=pass header.from=contohkota.go.id"
    assert facts.reply_to[0].address == "lain@example.go.id"
    assert facts.in_reply_to == ("<tugas@contohkota.go.id>",)
    assert facts.references == ("<a@b>", "<tugas@contohkota.go.id>")
    assert facts.sender.address == "siti@contohkota.go.id"


def test_no_return_path_is_not_the_null_path():
    assert read(mail(text("halo"))).facts.return_path is None


def test_a_subject_cannot_smuggle_a_field():
    facts = read(mail(text("halo"), subject="=?utf-8?q?a=0D=0ABcc:_x@y?=\r\n\tb")).facts
    assert facts.subject == "a Bcc: x@y b"


def test_the_plain_alternative_is_read_and_the_html_where_it_is_empty():
    assert (
        read(
            mail(multipart(text("Acc biasa"), text("<p><b>Acc</b> kaya</p>", "html"), subtype="alternative"))
        ).facts.new_text
        == "Acc biasa"
    )
    assert (
        read(
            mail(multipart(text(" \r\n"), text("<p>kaya</p>", "html"), subtype="alternative"))
        ).facts.new_text
        == "kaya"
    )


@pytest.mark.parametrize(
    ("plain", "rich"),
    [
        ("SETUJU", "<p>Nanti saya cek dulu</p>"),
        ("SETUJU", "<p><del>SETUJU</del> Nanti</p>"),
        ("SETUJU", '<p style="color:#fff">SETUJU</p>'),
        ("Nanti dulu", "<p>SETUJU</p>"),
        ("SETUJU", '<div class="gmail_quote">SETUJU</div>'),
    ],
)
def test_where_text_and_html_begin_differently_neither_decides_and_both_are_kept(plain, rich):
    facts = read(mail(multipart(text(plain), text(rich, "html"), subtype="alternative"))).facts
    assert facts.new_text.startswith(f"{DIFFERENT}\n\n{plain}")
    assert any("different words" in problem for problem in facts.problems)


@pytest.mark.parametrize(
    ("plain", "rich"),
    [
        ("*Setuju*, terima kasih", "<p><b>Setuju</b>, terima kasih</p>"),
        ("[cid:image001.png@01D]\r\nSetuju", '<img src="cid:image001.png@01D"><p>Setuju</p>'),
        ("[image: Logo]\r\nSetuju", '<img alt="Logo"><p>Setuju</p>'),
        ("1. satu", "<ol><li>satu</li></ol>"),
        ("  *   satu", "<ul><li>satu</li></ul>"),
        ("SETUJU", '<div style="display:none">Pratinjau</div><p>Setuju</p>'),
    ],
)
def test_what_only_one_alternative_writes_out_is_no_difference(plain, rich):
    facts = read(mail(multipart(text(plain), text(rich, "html"), subtype="alternative"))).facts
    assert facts.problems == ()
    assert DIFFERENT not in facts.new_text


def test_a_quotation_only_the_html_shows_is_still_a_quotation():
    plain = text("TOLAK foto buram\r\n\r\nSETUJU atau TOLAK")
    rich = text('<div>TOLAK foto buram</div><div class="gmail_quote">SETUJU atau TOLAK</div>', "html")
    facts = read(mail(multipart(plain, rich, subtype="alternative"))).facts
    assert facts.new_text == "TOLAK foto buram"
    assert "SETUJU" in facts.quoted_text


def test_text_after_a_quotation_in_another_part_is_quoted_too():
    facts = read(mail(multipart(text("Acc\r\n> SETUJU"), text("TOLAK")))).facts
    assert facts.new_text == "Acc"
    assert "TOLAK" in facts.quoted_text


def test_flowed_text_is_joined():
    raw = mail(b"Content-Type: text/plain; charset=utf-8; format=flowed\r\n\r\nsatu \r\ndua\r\n")
    assert read(raw).facts.new_text == "satu dua"


def test_an_unknown_charset_is_repaired_and_said():
    facts = read(mail(b"Content-Type: text/plain; charset=x-aneh\r\n\r\nsaya lupa \xff passphrase\r\n")).facts
    assert facts.new_text == "saya lupa \ufffd passphrase"
    assert facts.problems == ("unknown charset 'x-aneh'",)


def test_the_same_bytes_twice_are_one_document():
    assert (
        len(read(mail(multipart(text("a"), attached(CSR, "a.csr"), attached(CSR, "b.csr")))).facts.documents)
        == 1
    )


def test_the_logo_of_a_signature_is_no_document_and_a_photo_is():
    logo, photo = image(8, noise=False), image(640, noise=False)
    html = text('<p>Halo</p><img src="cid:logo@x"><img src="cid:foto@x">', "html")
    related = multipart(
        html,
        attached(logo, "image001.png", "image/png", "inline", "Content-ID: <logo@x>\r\n"),
        attached(photo, "foto.png", "image/png", "inline", "Content-ID: <foto@x>\r\n"),
        attached(image(9, noise=False), "kecil.png", "image/png"),
        subtype="related",
    )
    reading = read(mail(related))
    assert [(one.name, one.doubtful) for one in reading.facts.documents] == [("foto.png", True)]
    assert [one.name for one in reading.facts.additions] == ["image001.png", "kecil.png"]
    assert {one.digest for one in reading.facts.additions} <= reading.parts.keys(), "kept all the same"


def test_letters_inside_a_forwarded_message_are_documents_and_its_text_is_quoted():
    inner = mail(multipart(text("Saya lupa passphrase"), attached(CSR, "siti.csr"), boundary="C"))
    facts = read(mail(multipart(text("DAFTAR"), b"Content-Type: message/rfc822\r\n\r\n" + inner))).facts
    assert facts.new_text == "DAFTAR"
    assert facts.quoted_text == "Saya lupa passphrase"
    assert [one.name for one in facts.documents] == ["siti.csr"]


def test_a_pasted_csr_is_a_document():
    reading = read(mail(text(f"Berikut CSR saya:\r\n\r\n{CSR.decode()}\r\nTerima kasih")))
    (document,) = reading.facts.documents
    assert (document.name, document.kind, document.method) == ("csr dalam isi e-mail", "csr", "pkcs10")
    assert document.digest in reading.parts


def test_a_csr_pasted_and_attached_is_listed_once():
    assert len(read(mail(multipart(text(CSR.decode()), attached(CSR, "siti.csr")))).facts.documents) == 1


def test_a_pasted_csr_that_is_cut_off_is_said():
    facts = read(mail(text("-----BEGIN CERTIFICATE REQUEST-----\r\nMIIB\r\n"))).facts
    assert facts.documents == ()
    assert facts.problems == ("a certification request in the text cannot be read",)


KEY_TRACES = [KEY_CORE, *(base64.b64encode(b"x" * shift + KEY_PEM)[60:120] for shift in range(3))]


def leaks(data):
    spread = data.replace(b"=\r\n", b"").replace(b"\r\n", b"").replace(b"\n", b"")
    return any(trace in spread for trace in KEY_TRACES)


def everything(reading):
    return (
        reading.facts.model_dump_json().encode()
        + b"".join(reading.parts.values())
        + (reading.redacted or b"")
    )


SECRET_MAILS = [
    mail(multipart(text("ini kuncinya"), attached(KEY_PEM, "kunci.pem"))),
    mail(multipart(text("ini"), attached(CSR + KEY_PEM, "semua.pem"))),
    mail(text(f"Kunci saya:\r\n{KEY_PEM.decode()}\r\nterima kasih")),
    mail(text("<p>" + KEY_PEM.decode().replace("\n", "<br>") + "</p>", "html")),
    mail(text("<p>" + KEY_PEM.decode().replace("PRIVATE", "PRI<b>VA</b>TE").replace("\n", "<br>") + "</p>", "html")),
    mail(multipart(text("> " + KEY_PEM.decode().replace("\n", "\n> ")), attached(b"x", "x.txt"))),
    mail(b"Content-Type: text/plain\r\nContent-Transfer-Encoding: base64\r\n\r\n" + base64.encodebytes(b"Kunci:\n" + KEY_PEM)),
    mail(multipart(text("lihat"), b"Content-Type: message/rfc822\r\n\r\n" + mail(multipart(text("a"), attached(KEY_PEM, "k.key"), boundary="C")))),
    mail(
        multipart(
            text("lihat"),
            b"Content-Type: message/rfc822\r\nContent-Transfer-Encoding: base64\r\n\r\n"
            + base64.encodebytes(mail(multipart(text("a"), attached(KEY_PEM, "k.key"), boundary="C"))),
        )
    ),
    mail(multipart(text("a")).replace(b"\r\n\r\n--B", b"\r\n\r\n" + KEY_PEM + b"\r\n--B", 1)),
    mail(multipart(text("a"), attached(KEY.private_bytes(serialization.Encoding.DER, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()), "k.der"))),
]  # fmt: skip


@pytest.mark.parametrize("number", range(len(SECRET_MAILS)))
def test_nothing_of_a_private_key_remains(number):
    raw = SECRET_MAILS[number]
    reading = read(raw)
    assert reading.facts.secrets >= 1
    assert not leaks(everything(reading))
    assert reading.redacted is not None
    again = read(reading.redacted)
    assert again.facts.secrets == 0
    assert again.facts.sender == reading.facts.sender


@pytest.mark.parametrize("number", [0, 1, 2, 3, 4, 5, 6, 7, 9, 10])
def test_the_search_for_leaks_finds_the_key_in_the_mails_as_sent(number):
    assert leaks(SECRET_MAILS[number])


def test_what_one_cut_joins_to_a_key_again_is_cut_too():
    first, second, *rest = KEY_PEM.splitlines(keepends=True)
    raw = mail(
        multipart(text("a")).replace(
            b"\r\n\r\n--B",
            b"\r\n\r\n" + first + second[:30] + KEY_PEM + second + b"".join(rest) + b"\r\n--B",
            1,
        )
    )
    reading = read(raw)
    assert not leaks(reading.redacted)
    assert read(reading.redacted).facts.secrets == 0


def test_a_document_with_a_private_key_is_named_but_not_kept():
    reading = read(SECRET_MAILS[0])
    (document,) = reading.facts.documents
    assert (document.name, document.kind, document.digest) == ("kunci.pem", "private-key", "")
    assert not document.readable_by_person
    assert reading.parts == {}
    assert reading.facts.new_text == "ini kuncinya"


def test_the_other_parts_of_a_redacted_message_are_untouched():
    raw = mail(multipart(text("ini"), attached(KEY_PEM, "kunci.pem"), attached(CSR, "siti.csr")))
    again = read(read(raw).redacted)
    assert CSR in again.parts.values()


def test_links_of_the_authority_are_credentials_and_not_kept():
    body = "Reset: https://ams.example.go.id/reset?token=abc atau www.bsre.id/x atau ams-x.bsre.go.id/r?k=1 segera"
    facts = read(
        mail(text(body), subject="Klik https://x.go.id/abc", sender="AMS <no-reply@bsre.bssn.go.id>")
    ).facts
    assert facts.origin.kind == "ams-notice"
    dumped = facts.model_dump_json()
    assert "token" not in dumped
    assert "https" not in dumped
    assert "k=1" not in dumped
    assert "segera" in facts.new_text


def test_a_bounce_is_read_and_its_returned_letter_is_no_document():
    status = b"Content-Type: message/delivery-status\r\n\r\nReporting-MTA: dns; mx\r\n\r\nFinal-Recipient: rfc822; a@b.go.id\r\nAction: failed\r\nStatus: 5.1.1\r\n"
    returned = b"Content-Type: message/rfc822\r\n\r\n" + mail(
        multipart(text("a"), attached(CSR, "siti.csr"), boundary="C")
    )
    entity = multipart(text("maaf"), status, returned, subtype="report; report-type=delivery-status")
    facts = read(mail(entity, "Return-Path: <>", sender="MAILER-DAEMON@mx.contohkota.go.id")).facts
    assert facts.origin.kind == "bounce"
    assert (facts.bounce.action, facts.bounce.original_message_id) == ("failed", "<1@contohkota.go.id>")
    assert facts.documents == ()


def test_a_document_that_killed_a_worker_is_listed_unopened():
    assert list_parts(REQUEST, Budget()) == 2
    reading = read(REQUEST, skip_parts=frozenset({0}))
    first, second = reading.facts.documents
    assert (first.outcome, first.kind) == ("crashed", "unreadable")
    assert first.digest in reading.parts
    assert second.outcome == "ok"


def test_a_document_over_the_budget_is_listed_unopened():
    (first, _) = read(REQUEST, budget=Budget(part_bytes=100)).facts.documents
    assert (first.outcome, first.kind) == ("too-large", "unreadable")
    assert len(first.digest) == 64


def test_a_bare_file_is_read_as_if_sent_alone():
    reading = read_document(CSR, "siti.csr", Budget())
    assert [one.kind for one in reading.facts.documents] == ["csr"]
    purged = read_document(KEY_PEM, "kunci.pem", Budget())
    assert purged.facts.secrets == 1
    assert purged.parts == {}
    assert not leaks(everything(purged))


def test_a_message_over_the_limit_is_judged_by_its_header():
    head = REQUEST.partition(b"\r\n\r\n")[0] + b"\r\n\r\n"
    facts = read_headers(head, own_addresses=OWN)
    assert facts.sender.address == "siti@contohkota.go.id"
    assert facts.origin.kind == "person"


def nested(levels):
    raw = b""
    for number in range(levels):
        raw += f"Content-Type: multipart/mixed; boundary=b{number}x\r\n\r\n--b{number}x\r\n".encode()
    return mail(raw + b"\r\nhi\r\n")


UNREADABLE = [
    (b"", "no header field"),
    (b"\r\n\r\nhalo", "no header field"),
    (b"Halo, saya lupa passphrase.\nTerima kasih\n", "no header field"),
    (b"\x00\xff" * 1000, "no header field"),
    (mail(b"Content-Type: multipart/mixed\r\n\r\nhalo\r\n"), "without its boundary"),
    (
        mail(b"Content-Type: multipart/mixed; boundary=x\r\n\r\n--y\r\n\r\nhalo\r\n--y--\r\n"),
        "without its boundary",
    ),
    (nested(300), "nested more than 20 deep"),
    (nested(5000), "nested more than 20 deep"),
    (mail(multipart(*[text("x")] * 10_000)), "more than 100 MIME parts"),
    (b"Subject: " + b"x" * 5_000_000 + b"\r\n\r\n", "header longer than"),
    (mail(text("x" * 26 * 1024 * 1024)), "message larger than"),
]


@pytest.mark.parametrize(
    ("raw", "reason"), UNREADABLE, ids=[f"{number}-{row[1][:20]}" for number, row in enumerate(UNREADABLE)]
)
def test_what_cannot_be_taken_apart_is_refused_in_one_sentence(raw, reason):
    with pytest.raises(Unreadable, match=reason) as caught:
        read(raw)
    assert "siti" not in caught.value.reason


def test_fifty_megabytes_of_base64_are_listed_not_opened():
    bomb = mail(multipart(text("halo"), attached(bytes(38 * 1024 * 1024), "bom.bin")))
    reading = read(bomb, budget=Budget(message_bytes=60 * 1024 * 1024))
    (document,) = reading.facts.documents
    assert (document.outcome, document.size) == ("too-large", 38 * 1024 * 1024)
    assert reading.facts.new_text == "halo"


def check(facts):
    assert MessageFacts.model_validate_json(facts.model_dump_json()) == facts
    values = [
        facts.message_id,
        facts.subject,
        facts.authentication_results,
        facts.auto_submitted,
        facts.return_path or "",
    ]
    values += [
        facts.from_defect,
        facts.origin.reason,
        *facts.delivered_to,
        *facts.in_reply_to,
        *facts.references,
    ]
    for one in (*facts.from_, *facts.to, *facts.cc, *facts.reply_to):
        values += [one.name, one.address]
    values += [document.name for document in facts.documents]
    assert not any(char < " " or "\x7f" <= char <= "\x9f" for value in values for char in value)
    assert not any(line.startswith(">") for line in facts.new_text.split("\n"))


CORPUS = [
    REQUEST,
    *SECRET_MAILS[:4],
    mail(text("Acc\r\n\r\nPada Sel, 10 Mar 2026 pukul 09.12 X <a@b.go.id> menulis:\r\n> SETUJU")),
]


@settings(max_examples=150, suppress_health_check=[HealthCheck.too_slow], deadline=None)
@given(
    st.sampled_from(CORPUS),
    st.lists(st.tuples(st.integers(0, 10**6), st.binary(max_size=12), st.integers(0, 40)), max_size=8),
)
def test_a_mutated_mail_is_read_or_refused(raw, changes):
    data = bytearray(raw)
    for place, bytes_, cut in changes:
        at = place % (len(data) + 1)
        data[at : at + cut] = bytes_
    try:
        reading = read(bytes(data))
    except Unreadable:
        return
    check(reading.facts)


@settings(max_examples=150, deadline=None)
@given(
    st.binary(max_size=800),
    st.sampled_from([b"", b"From: a@b.go.id\r\n", b"Content-Type: text/html\r\nSubject: ", b"Date: "]),
)
def test_random_bytes_are_read_or_refused(raw, prefix):
    try:
        reading = read(prefix + raw)
    except Unreadable:
        return
    check(reading.facts)


@pytest.mark.parametrize(
    ("subject", "language"),
    [
        ("Message from KM_C258", ""),
        ("Scanned image from MX-2614N", ""),
        ("Attached Image", ""),
        ("Scan from a Xerox WorkCentre", ""),
        ("Forgotten passphrase", "en"),
        ("Request for revocation", "en"),
        ("Lupa passphrase", "id"),
    ],
)
def test_a_subject_that_a_machine_wrote_tells_no_language(subject, language):
    assert detect_in_subject(subject) == language
