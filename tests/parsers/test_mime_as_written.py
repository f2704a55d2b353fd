"""MIME as programs really write it: read as everybody reads it, as the standard library does or better, in linear time, and never raising."""

import binascii
import quopri
from contextlib import suppress
from email import message_from_bytes, policy
from email.message import EmailMessage

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from parsers import smime
from parsers.in_place import is_text
from parsers.mime import decoded, leaves
from parsers.read import read_message
from parsers.reading import Budget, Unreadable
from parsers.structured import content_type, parameters, transfer_encoding
from parsers.walk import Walker

OWN = frozenset({"layanan@contohkota.go.id"})


def walk(raw):
    return Walker(max_parts=100, max_depth=20).part(raw, 0, len(raw), None)


def read(raw):
    return read_message(raw, own_addresses=OWN, budget=Budget()).facts


TYPES = [
    ("text", "text/plain"),
    ("TEXT", "text/plain"),
    ("text/plain charset=utf-8", "text/plain"),
    ("text/plain (a comment); charset=utf-8", "text/plain"),
    ("text / html", "text/html"),
    ('"text/plain"; x=y', "text/plain"),
    ("html", "text/html"),
    ('multipart/mixed boundary="b"', "multipart/mixed"),
    ("multipart/mixed, boundary=b", "multipart/mixed"),
    ("multipart; boundary=b", "multipart/mixed"),
    ("alternative; boundary=b", "multipart/alternative"),
    ("=?utf-8?q?x?=", "text/plain"),
    (";", ""),
    ("", ""),
]


@pytest.mark.parametrize(("value", "found"), TYPES)
def test_a_type_that_has_one_meaning_has_it(value, found):
    assert content_type(value, is_file=False)[0] == found


def test_what_no_type_says_is_bytes_where_it_is_a_file():
    assert content_type("pdf", is_file=True)[0] == "application/octet-stream"
    assert content_type("pdf", is_file=False)[0] == "text/plain"


PARAMETERS = [
    ('multipart/mixed boundary="a b"', {"boundary": "a b"}),
    ("text/plain charset=utf-8 format=flowed", {"charset": "utf-8", "format": "flowed"}),
    ("text/plain; charset=us-ascii (Plain text)", {"charset": "us-ascii"}),
    ("application/pdf; name=surat pernyataan (1).pdf; x=y", {"name": "surat pernyataan (1).pdf", "x": "y"}),
    ("attachment filename=surat a = b.pdf", {"filename": "surat a = b.pdf"}),
    ("attachment; filename*=utf-8''a%20b.pdf filename=c.pdf", {"filename": "a b.pdf"}),
    ("attachment; filename*=\"utf-8''a%20b.pdf\"", {"filename": "a b.pdf"}),
    ("text/plain; charset = utf-8 ;", {"charset": "utf-8"}),
    ('a; name="x; boundary=y"', {"name": "x; boundary=y"}),
]


@pytest.mark.parametrize(("value", "found"), PARAMETERS)
def test_a_semicolon_that_is_missing_and_comments_are_read_over(value, found):
    assert parameters(value) == found


ENCODINGS = [
    ("base64 (comment)", "base64"), ("Base-64", "base64"), ("quoted printable", "quoted-printable"), ("8-bit", "8bit"),
    ('"BASE64";', "base64"), ("uuencode", "x-uuencode"), ("x-uue", "x-uuencode"), ("", "7bit"), ("x-foo", "x-foo"),
]  # fmt: skip


@pytest.mark.parametrize(("value", "found"), ENCODINGS)
def test_an_encoding_is_known_by_its_usual_spellings(value, found):
    assert transfer_encoding(value) == found


# --- files in the text -----------------------------------------------------------------------------------------------------


def uu(data, name="a b.pdf", end=b"`\nend\n", strip=False):
    lines = [binascii.b2a_uu(data[at : at + 45]) for at in range(0, len(data), 45)]
    return (
        b"begin 644 "
        + name.encode()
        + b"\n"
        + b"".join(x.rstrip() + b"\n" if strip else x for x in lines)
        + end
    )


def files_in(body, fields=b"Content-Type: text/plain\n"):
    root = walk(b"Subject: a\n" + fields + b"\n" + body)
    return [(leaf.filename, decoded(leaf)) for leaf in leaves(root) if not is_text(leaf)], root


@given(st.binary(min_size=1, max_size=300), st.booleans(), st.sampled_from([b"\n", b"\r\n"]))
def test_any_file_in_a_text_is_found_whole(data, strip, line_end):
    body = (b"Halo\n\n" + uu(data, strip=strip) + b"\nSalam\n").replace(b"\n", line_end)
    found, root = files_in(body)
    assert found == [("a b.pdf", data)]
    assert [decoded(leaf).strip() for leaf in leaves(root) if is_text(leaf)] == [b"Halo", b"Salam"]
    assert [leaf.direct for leaf in leaves(root)] == [True] * 3


def test_a_file_in_a_quoted_printable_text_and_one_in_base64_are_found():
    coded = quopri.encodestring(uu(b"=isi=" * 20))
    assert files_in(coded, b"Content-Type: text/plain\nContent-Transfer-Encoding: quoted-printable\n")[0] == [
        ("a b.pdf", b"=isi=" * 20)
    ]
    assert files_in(b"begin-base64 644 x.csr\nc2F0dQ==\n====\n")[0] == [("x.csr", b"satu")]


@pytest.mark.parametrize(
    "text", [b"begin 644 kita\nmulai rapat\nend\n", b"begin 2026 dengan baik\n", b" begin 644 x\nM\n"]
)
def test_words_that_begin_like_a_file_stay_words(text):
    assert files_in(text)[0] == []


def test_a_file_that_is_cut_off_or_damaged_is_read_as_far_as_it_goes_and_said():
    found, root = files_in(uu(b"x" * 100, end=b""))
    assert found == [("a b.pdf", b"x" * 100)]
    assert any("end of a file" in each for leaf in leaves(root) for each in leaf.problems)
    facts = read(b"From: a@b.go.id\n\n=ybegin line=128 size=1 name=x.pdf\n*\n=yend size=1\n")
    assert any("yEnc" in each for each in facts.problems)


# --- which text is read ------------------------------------------------------------------------------------------------------


def texts(*parts, kind="mixed"):
    inner = b"".join(b"--b\r\n" + each + b"\r\n" for each in parts)
    root = walk(
        f"Subject: a\r\nContent-Type: multipart/{kind}; boundary=b\r\n\r\n".encode() + inner + b"--b--\r\n"
    )
    return [decoded(leaf) for leaf in leaves(root) if is_text(leaf)]


def named(name, body, media="text/plain", disposition="inline"):
    return (
        f'Content-Type: {media}; name="{name}"\r\nContent-Disposition: {disposition}\r\n\r\n{body}'.encode()
    )


PLAIN = b"Content-Type: text/plain\r\n\r\nisi"
READ = [
    ((named("Part.001", "isi"),), [b"isi"]),
    ((named("pesan.txt", "isi"),), [b"isi"]),
    ((named("Part.001", "isi"), b"\r\nkaki"), [b"isi", b"kaki"]),
    ((named("surat.txt", "surat"), PLAIN), [b"isi"]),
    ((PLAIN, named("Part.002", "lain")), [b"isi"]),
    ((PLAIN, named("surat.txt", "surat")), [b"isi"]),
    ((named("a.csr", "csr"), PLAIN), [b"isi"]),
    ((named("a.csr", "csr"),), []),
    ((named("pesan.txt", "isi", disposition="attachment"),), []),
]  # fmt: skip


@pytest.mark.parametrize(("parts", "found"), READ)
def test_a_named_text_is_what_people_wrote_where_no_other_text_is(parts, found):
    assert texts(*parts) == found


def test_both_forms_of_an_alternative_are_text_or_neither():
    both = named("a", "isi"), named("b.html", "<p>isi", "text/html")
    assert texts(*both, kind="alternative") == [b"isi", b"<p>isi"]


# --- signed as a whole -------------------------------------------------------------------------------------------------------

SIGNED, DATA = bytes.fromhex("06092a864886f70d010702"), bytes.fromhex("06092a864886f70d010701")


def der(tag, *inner):
    body = b"".join(inner)
    size = len(body)
    length = bytes([size]) if size < 128 else bytes([0x84]) + size.to_bytes(4, "big")
    return bytes([tag]) + length + body


def ber(tag, *inner):
    return bytes([tag, 0x80]) + b"".join(inner) + b"\0\0"


def cms(octets, wrap=der, kind=SIGNED):
    content = wrap(0x30, DATA, wrap(0xA0, octets))
    return wrap(0x30, kind, wrap(0xA0, wrap(0x30, der(2, b"\1"), wrap(0x31, der(0x30, b"\6\1\1")), content)))


@given(st.binary(min_size=1, max_size=400))
def test_signed_content_is_found_in_either_encoding_and_in_pieces(data):
    assert smime.content_of(cms(der(4, data))) == data
    pieces = ber(0x24, *(der(4, data[at : at + 50]) for at in range(0, len(data), 50)))
    assert smime.content_of(cms(pieces, wrap=ber)) == data


def test_what_is_encrypted_or_something_else_is_said():
    assert (
        smime.content_of(cms(der(4, b"x"), kind=bytes.fromhex("06092a864886f70d010703"))) == smime.ENCRYPTED
    )
    assert smime.content_of(cms(b"")) is None
    assert smime.content_of(b"") is None


@given(st.binary(max_size=200), st.integers(0, 60))
def test_any_bytes_are_no_cms_or_their_content(data, at):
    good = cms(der(4, b"Content-Type: text/plain\r\n\r\nx"), wrap=ber)
    smime.content_of(data)
    smime.content_of(good[:at] + data + good[at:])


@pytest.mark.parametrize("octets", [b"\x24\x80" * 100_000, b"\x24\x84\xff\xff\xff\xff" * 100_000])
def test_nested_pieces_end_at_once(octets):
    assert smime.content_of(cms(octets, wrap=ber)) is None


# --- beside the standard library ------------------------------------------------------------------------------------------------


def by_library(raw):
    found = []
    for part in message_from_bytes(raw, policy=policy.compat32).walk():
        if not part.is_multipart():
            data = part.get_payload(decode=True) or b""
            found.append((part.get_content_type(), b"".join(data.split())))
    return found


_NAMES = st.text(st.characters(codec="utf-8", exclude_categories=("C", "Z")), min_size=1, max_size=40)


@given(
    st.text(st.characters(codec="utf-8", exclude_categories=("Cs", "Cc"))),
    st.lists(st.tuples(_NAMES, st.binary(max_size=200)), max_size=3),
)
def test_what_the_standard_library_writes_is_read_as_it_reads_it(text, files):
    made = EmailMessage()
    made["From"], made["Subject"] = "siti@contohkota.go.id", "x"
    made.set_content(text)
    for name, data in files:
        made.add_attachment(data, maintype="application", subtype="pdf", filename=name)
    raw = made.as_bytes()
    mine = [(leaf.media_type, b"".join(decoded(leaf).split())) for leaf in leaves(walk(raw))]
    assert mine == by_library(raw)


_LINES = st.sampled_from(
    [b"--b", b"--b--", b"--c", b"--c--", b"", b"satu", b"Content-Type: text", b"Content-Type: multipart/mixed boundary=c", b"end",
     b"Content-Type: message/rfc822", b"Content-Transfer-Encoding: base64", b"Content-Transfer-Encoding: x-uuencode", b"begin 644 a.pdf", b"#86)C",
     b"Content-Type: application/pkcs7-mime; name=smime.p7m", b"Content-Type: application/octet-stream; name=a.eml", b"Subject: =?utf-8?q?=?=",
     b"From: a@b.go.id, c", b"Content-Disposition: attachment; filename*0*=utf-8''%", b"MIAGCSqGSIb3DQEHAqCAMIACAQEx", b"Content-Type: text/plain; name=Part.001"]
)  # fmt: skip


@given(st.lists(_LINES, max_size=40))
@example([b"--b", b"Content-Type: multipart/mixed; boundary=b", b"", b"--b"])
def test_any_arrangement_of_odd_lines_is_read_or_refused_and_every_leaf_stands_inside_its_span(lines):
    raw = b"From: a@contohkota.go.id\nContent-Type: multipart/mixed; boundary=b\n\n" + b"\n".join(lines)
    try:
        root = walk(raw)
        read(raw)
    except Unreadable:
        return
    for leaf in leaves(root):
        assert 0 <= leaf.span[0] <= leaf.span[1] <= len(raw)
        assert not leaf.direct or leaf.span[0] <= leaf.start <= leaf.end <= leaf.span[1]


HOSTILE = [
    b"Content-Type: " + b"a=b ; " * 60_000,
    b"Content-Type: text/plain; name=" + b"boundary " * 60_000,
    b"Content-Type: text/plain; " + b"name*0=" * 60_000,
    b"Subject: " + b"=?utf-8?q?" * 50_000,
    b"\n" + b"begin 644 a\n" * 80_000,
    b"\n" + b"begin 644 a\nM" * 80_000,
    b"\n" + b"end\n" * 200_000,
    b"Content-Type: multipart/mixed\n\n" + b"--x\ncontent-" * 80_000,
    b"Content-Type: multipart/mixed\n\n--" + b"x" * 900_000,
]


@pytest.mark.parametrize("rest", HOSTILE, ids=range(len(HOSTILE)))
def test_a_hostile_message_ends(rest):
    with suppress(Unreadable):
        assert read(b"From: a@contohkota.go.id\n" + rest).origin.kind == "person"
