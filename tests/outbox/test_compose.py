"""A letter's bytes: always the same, always one message, whatever stands in it."""

import email
import hashlib
import re
from datetime import UTC, datetime
from email import policy

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mailflow.errors import StoreError
from mailflow.outbox.compose import Attachment, Frame, assemble, compose, detach
from mailflow.outbox.render import Rendered
from parsers.headers import split
from parsers.writer import writer

WORDS = Rendered(
    subject="Diterima, kurang 1 berkas (CSR) \N{EN DASH} LS-26-0147-K",
    text="Yth. Ibu Siti,\n\n.\nFrom sini\n",
    html="<p>Yth. Ibu Siti</p>",
)
SCAN = Attachment(
    name="surat pernyataan \N{EN DASH} Siti.pdf", media_type="application/pdf", data=bytes(range(256)) * 40
)
CSR = Attachment(
    name="siti.csr", media_type="application/pkcs10", data=b"-----BEGIN CERTIFICATE REQUEST-----\n"
)


def posting(**changes):
    return {
        "from_name": "Layanan Sertifikat Elektronik, Dinas Kominfo",
        "from_address": "layanan@contohkota.go.id",
        "to": "siti@contohkota.go.id",
        "reply_to": "layanan+a.17.k3v9@contohkota.go.id",
        "message_id": "<k3v9@contohkota.go.id>",
        "date": datetime(2026, 3, 17, 9, 12, tzinfo=UTC),
        "in_reply_to": "<asked@example.go.id>",
        "references": ("<first@example.go.id>",),
        "attachments": (SCAN, CSR),
        "boundary_seed": "k3v9",
        "headers": {"X-Mailflow-Case": "LS-26-0147-K"},
    } | changes


def parsed(raw):
    return email.message_from_bytes(raw, policy=policy.default)


def test_a_repetition_is_byte_identical():
    assert compose(WORDS, **posting()) == compose(WORDS, **posting())


def test_a_kept_letter_survives_the_database_and_comes_back_byte_identical():
    frame = Frame.model_validate_json(detach(WORDS, **posting()).model_dump_json())
    blobs = {SCAN.blob: SCAN.data, CSR.blob: CSR.data}
    assert assemble(frame, blobs.__getitem__) == compose(WORDS, **posting())
    assert frame.digest == hashlib.sha256(compose(WORDS, **posting())).hexdigest()


def test_the_kept_form_holds_no_bytes_of_the_attachments():
    large = Attachment(name="scan.pdf", media_type="application/pdf", data=b"x" * 500_000, key="blob-17")
    frame = detach(WORDS, **posting(attachments=(large,)))
    assert frame.blobs == ("blob-17",)
    assert len(frame.model_dump_json()) < 6_000


def test_a_changed_attachment_is_refused_and_not_sent_as_something_else():
    frame = detach(WORDS, **posting())
    with pytest.raises(StoreError, match="backup") as refused:
        assemble(frame, lambda key: b"something else")
    assert not refused.value.temporary


def test_the_message_is_what_a_mail_reader_expects():
    message = parsed(compose(WORDS, **posting()))
    assert message.get_content_type() == "multipart/mixed"
    alternative, *files = message.iter_parts()
    assert [part.get_content_type() for part in alternative.iter_parts()] == ["text/plain", "text/html"]
    assert message.get_body(("plain",)).get_content().replace("\r\n", "\n") == WORDS.text
    assert [(part.get_filename(), part.get_content()) for part in files] == [
        (SCAN.name, SCAN.data),
        (CSR.name, CSR.data),
    ]
    assert message["Subject"] == WORDS.subject
    assert message["From"].addresses[0].display_name == "Layanan Sertifikat Elektronik, Dinas Kominfo"
    assert message["Reply-To"] == "layanan+a.17.k3v9@contohkota.go.id"


def test_a_letter_without_attachments_is_only_the_two_readings():
    message = parsed(compose(WORDS, **posting(attachments=())))
    assert message.get_content_type() == "multipart/alternative"


def test_an_answer_says_so_and_names_its_thread():
    message = parsed(compose(WORDS, **posting()))
    assert message["Auto-Submitted"] == "auto-replied"
    assert message["In-Reply-To"] == "<asked@example.go.id>"
    assert message["References"].split() == ["<first@example.go.id>", "<asked@example.go.id>"]
    assert "Precedence" not in message


def test_a_letter_of_our_own_accord_is_auto_generated():
    message = parsed(compose(WORDS, **posting(in_reply_to="", references=())))
    assert message["Auto-Submitted"] == "auto-generated"
    assert "References" not in message
    assert "In-Reply-To" not in message


def test_long_message_ids_are_never_broken_or_encoded():
    ids = [f"<{'x' * 300}.{number}@mail.example.go.id>" for number in range(40)]
    raw = compose(WORDS, **posting(references=ids, in_reply_to=ids[-1]))
    found = parsed(raw)["References"].split()
    assert found == [ids[0], *ids[-19:]]
    assert ids[-1].encode() in raw


def test_our_own_headers_cannot_be_replaced():
    for name in ("Bcc", "from", "Precedence", "X Bad", "X-Bad:", "Subject"):
        with pytest.raises(ValueError, match="may not be added"):
            compose(WORDS, **posting(headers={name: "x"}))


def test_an_attached_message_is_carried_as_a_file():
    raw = compose(
        WORDS,
        **posting(
            attachments=(Attachment(name="a.eml", media_type="message/rfc822", data=b"From: x\r\n\r\n"),)
        ),
    )
    assert next(iter(parsed(raw).iter_attachments())).get_content_type() == "application/octet-stream"


def test_an_address_with_letters_beyond_ascii_is_written_as_it_is():
    raw = compose(WORDS, **posting(to="sítí@contohkota.go.id"))
    assert "To: sítí@contohkota.go.id\r\n".encode() in raw


nasty = st.text(
    st.characters() | st.sampled_from('\r\n\0\t\x0b\x0c\x85\u2028\u2029\u202e"\\<>@:;,=?_ .'), max_size=300
)


def _sound(raw):
    assert all(len(line) <= 998 for line in raw.split(b"\r\n"))
    assert b"\r" not in raw.replace(b"\r\n", b"")
    assert b"\n" not in raw.replace(b"\r\n", b"")
    head = raw.partition(b"\r\n\r\n")[0]
    return [line.partition(b":")[0].lower() for line in re.sub(rb"\r\n[ \t]", b" ", head).split(b"\r\n")]


@settings(deadline=None, max_examples=200)
@given(subject=nasty, name=nasty, thread=nasty, extra=nasty)
def test_nothing_in_a_header_can_make_another_header(subject, name, thread, extra):
    raw = compose(
        Rendered(subject=subject, text="isi", html="<p>isi</p>"),
        **posting(from_name=name, in_reply_to=thread, references=(thread, extra), headers={"X-Note": extra}),
    )
    allowed = {
        b"from",
        b"to",
        b"reply-to",
        b"date",
        b"message-id",
        b"in-reply-to",
        b"references",
        b"auto-submitted",
    }
    allowed |= {b"x-note", b"subject", b"mime-version", b"content-type"}
    names = _sound(raw)
    assert set(names) <= allowed
    assert len(names) == len(set(names))
    message = parsed(raw)
    assert [each.addr_spec for each in message["To"].addresses] == ["siti@contohkota.go.id"]
    assert [each.addr_spec for each in message["From"].addresses] == ["layanan@contohkota.go.id"]


@settings(deadline=None, max_examples=100)
@given(file=nasty, media=nasty, data=st.binary(max_size=400), text=nasty)
def test_nothing_in_an_attachment_or_text_can_change_the_structure(file, media, data, text):
    attachment = Attachment(name=file, media_type=media, data=data)
    raw = compose(
        Rendered(subject="s", text=text, html=f"<p>{len(text)}</p>"),
        **posting(attachments=(attachment, attachment)),
    )
    _sound(raw)
    files = list(parsed(raw).iter_attachments())
    assert [part.get_payload(decode=True) for part in files] == [data, data]
    assert all("/" not in (part.get_filename() or "") for part in files)
    assert raw == compose(
        Rendered(subject="s", text=text, html=f"<p>{len(text)}</p>"),
        **posting(attachments=(attachment, attachment)),
    )


@pytest.mark.parametrize(
    "name",
    [
        "Dinas Komunikasi dan Informatika Kota Contohkota",
        "Dinas Komunikasi, Informatika (Kominfo) dan Persandian Kota Contohkota",
        "\N{LATIN SMALL LETTER E WITH ACUTE}" * 110,
        "D" * 110,
    ],
)
def test_a_name_begins_on_the_first_line_of_its_field_however_long_it_is(name):
    raw = compose(WORDS, **posting(from_name=name, to_name=name))
    head = raw.partition(b"\r\n\r\n")[0]
    assert not re.search(rb"^(?:From|To):\s*\r\n", head, re.MULTILINE)
    read = writer(split(raw)[0])
    assert (read.sender.name, read.sender.address, read.doubt) == (name, posting()["from_address"], "")
