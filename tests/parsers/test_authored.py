"""What an author wrote is the same whatever servers add, fold, encode anew or harm; and never the same when the author wrote otherwise."""

import base64
import quopri
import re
from email import message_from_bytes
from email.policy import SMTP
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from parsers.read import Budget, read_message

DELIVERIES = Path(__file__).parent / "deliveries"
TEXT = "Yth. Petugas,\r\n\r\nMohon bantuan, saya lupa passphrase. Nama: S\u00ef\u0074i \u2013 NIP terlampir.\r\n\r\nFrom sini, terima kasih\r\n"
PAPER = bytes(range(256)) * 3
FIELDS = {
    "From": "Siti Rahmawati <siti.rahmawati@contohkota.go.id>",
    "To": "layanan@contohkota.go.id, Bagian Umum <umum@contohkota.go.id>",
    "Cc": "atasan@contohkota.go.id",
    "Subject": "Permohonan lupa passphrase sertifikat elektronik atas nama Siti Rahmawati",
    "Date": "Tue, 17 Mar 2026 09:12:00 +0700",
    "Message-ID": "<surat.1@contohkota.go.id>",
    "In-Reply-To": "<surat.0@contohkota.go.id>",
    "References": " ".join(f"<surat.{number}@panjang.contohkota.go.id>" for number in range(9)),
}
BETWEEN_FIELDS = {"Content-Type", "Content-Transfer-Encoding", *FIELDS}


def body(
    text=TEXT, paper=PAPER, *, boundary="b1", encoding="8bit", wrap=76, name="surat.pdf", charset="utf-8"
):
    written = text.encode(charset)
    coded = {
        "8bit": written,
        "quoted-printable": quopri.encodestring(written),
        "base64": base64.encodebytes(written),
    }[encoding]
    lines = base64.b64encode(paper)
    lines = b"\r\n".join(lines[at : at + wrap] for at in range(0, len(lines), wrap))
    return (
        f"--{boundary}\r\nContent-Type: text/plain; charset={charset}\r\nContent-Transfer-Encoding: {encoding}\r\n\r\n".encode() + coded
        + f"\r\n--{boundary}\r\nContent-Type: application/pdf; name={name}\r\nContent-Transfer-Encoding: base64\r\n\r\n".encode() + lines
        + f"\r\n--{boundary}--\r\n".encode()
    )  # fmt: skip


def mail(more=(), before=True, boundary="b1", content=None, **fields):
    kept = {name: value for name, value in {**FIELDS, **fields}.items() if value is not None}
    own = [f"{name}: {value}" for name, value in kept.items()]
    lines = [*more, *own] if before else [*own, *more]
    head = "\r\n".join([*lines, "MIME-Version: 1.0", f'Content-Type: multipart/mixed; boundary="{boundary}"'])
    return head.encode() + b"\r\n\r\n" + (content or body(boundary=boundary))


def authored(raw):
    return read_message(raw, own_addresses=frozenset(), budget=Budget()).authored


PLAIN = authored(mail())

names = st.from_regex(r"[A-Z][A-Za-z0-9-]{0,30}", fullmatch=True).filter(
    lambda name: (
        name.lower() not in {each.lower() for each in BETWEEN_FIELDS} and not name.lower().startswith("mime")
    )
)
values = st.text(st.characters(codec="ascii", categories=["L", "N", "P", "S"]), max_size=60)


@given(st.lists(st.tuples(names, values), max_size=6), st.booleans())
def test_fields_that_servers_add_change_nothing(more, before):
    assert authored(mail([f"{name}: {value}" for name, value in more], before)) == PLAIN


@given(st.data())
def test_folding_changes_nothing(data):
    def folded(value):
        blanks = [found.start() for found in re.finditer(" ", value)]
        for at in reversed(
            data.draw(st.lists(st.sampled_from(blanks), unique=True).map(sorted)) if blanks else []
        ):
            value = f"{value[:at]}\r\n{data.draw(st.sampled_from([' ', chr(9), '   ']))}{value[at + 1 :]}"
        return value

    assert authored(mail(**{name: folded(value) for name, value in FIELDS.items()})) == PLAIN


@given(
    st.sampled_from(["8bit", "quoted-printable", "base64"]), st.integers(20, 990),
    st.from_regex(r"[A-Za-z0-9=_.]{1,60}", fullmatch=True), st.sampled_from(["utf-8", "utf-16"]),
)  # fmt: skip
def test_encoding_the_body_anew_changes_nothing(encoding, wrap, boundary, charset):
    if charset == "utf-16" and encoding != "base64":
        charset = "utf-8"
    content = body(encoding=encoding, wrap=wrap, boundary=boundary, charset=charset)
    assert authored(mail(boundary=boundary, content=content)) == PLAIN


@pytest.mark.parametrize(
    "harm",
    [
        lambda raw: raw.replace(b"\r\n", b"\n"),
        lambda raw: raw.replace(b"\r\nFrom sini", b"\r\n>From sini"),
        lambda raw: raw.replace(b"passphrase. ", b"passphrase.\r\n "),
        lambda raw: raw + b"\r\n\r\n",
        lambda raw: raw.replace(b"Subject: ", b"Subject: [EXTERNAL] [SPAM?] "),
        lambda raw: raw.replace(b"Siti Rahmawati <", b'"Siti Rahmawati [Eksternal]" <'),
        lambda raw: message_from_bytes(raw, policy=SMTP.clone(cte_type="7bit")).as_bytes(),
    ],
    ids=[
        "line ends",
        "mbox",
        "long line broken",
        "blank lines at the end",
        "tags",
        "name",
        "written anew by a library",
    ],
)
def test_what_servers_do_to_a_mail_changes_nothing(harm):
    assert harm(mail()) != mail()
    assert authored(harm(mail())) == PLAIN


def test_8_bit_octets_in_a_subject_are_the_same_after_cyrus_wrote_an_x_for_each():
    raw = mail(Subject="Permohonan S\u00efti \u2013 passphrase")
    assert authored(
        re.sub(rb"(?m)^Subject: .*$", lambda line: re.sub(rb"[\x80-\xff]", b"X", line[0]), raw)
    ) == authored(raw)


@pytest.mark.parametrize("mail", ["octets", "bare-cr"])
@pytest.mark.parametrize("server", ["cyrus", "dovecot", "exim"])
def test_what_real_servers_delivered_is_what_was_sent(mail, server):
    """Debian 12's Cyrus 3.6.1 and Dovecot 2.3.19 by LMTP, Exim 4.96 into a Maildir."""
    sent, delivered = ((DELIVERIES / f"{mail}-{each}.eml").read_bytes() for each in ("sent", server))
    assert delivered != sent
    assert authored(delivered) == authored(sent) != ""


OTHERS = {
    "From": "Siti Rahmawati <siti.rahmawati2@contohkota.go.id>",
    "To": "layanan@contohkota.go.id",
    "Cc": None,
    "Subject": "Permohonan lain",
    "Date": "Tue, 17 Mar 2026 09:12:01 +0700",
    "Message-ID": "<surat.2@contohkota.go.id>",
    "In-Reply-To": "<surat.3@contohkota.go.id>",
    "References": "<surat.0@contohkota.go.id>",
}


@pytest.mark.parametrize(("name", "value"), OTHERS.items())
def test_another_writer_reader_time_thread_or_subject_is_another_mail(name, value):
    assert authored(mail(**{name: value})) not in {PLAIN, ""}


@given(st.data())
def test_any_changed_word_is_another_mail(data):
    words = TEXT.split()
    at = data.draw(st.integers(0, len(words) - 1))
    words[at] = data.draw(
        st.text(st.characters(codec="utf-8", categories=["L", "N"]), min_size=1).filter(
            lambda word: word != words[at]
        )
    )
    assert authored(mail(content=body(text=" ".join(words)))) != PLAIN


@given(st.integers(0, len(PAPER) - 1), st.integers(1, 255))
def test_any_changed_byte_of_an_attachment_is_another_mail(at, by):
    paper = bytearray(PAPER)
    paper[at] = (paper[at] + by) % 256
    assert authored(mail(content=body(paper=bytes(paper)))) != PLAIN


def test_a_footer_of_a_list_is_another_mail_and_so_is_a_further_part():
    assert authored(mail(content=body(text=f"{TEXT}-- \r\nMilis Dinas\r\n"))) != PLAIN
    assert authored(mail(content=body()[:-8] + b"\r\n--b1\r\n\r\nMilis Dinas\r\n--b1--\r\n")) != PLAIN


def test_a_mail_with_neither_message_id_nor_date_is_like_no_other():
    assert authored(mail(**{"Message-ID": None, "Date": None})) == ""
    assert (
        authored(mail(**{"Message-ID": None}))
        != authored(mail(**{"Message-ID": None, "From": OTHERS["From"]}))
        != ""
    )
