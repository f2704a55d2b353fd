"""The MIME walk: every part with its place in the message, inside a budget, whatever the boundaries try."""

import base64

import pytest
from hypothesis import given
from hypothesis import strategies as st

from parsers.mime import Part, decoded, leaves, safe_name
from parsers.reading import Unreadable
from parsers.structured import parameters
from parsers.text import decode
from parsers.walk import Walker


def walk(raw, parts=100, depth=20):
    return Walker(max_parts=parts, max_depth=depth).part(raw, 0, len(raw), None)


def mixed(*bodies, boundary="b", closing=True):
    inner = b"".join(b"--" + boundary.encode() + b"\r\n" + body + b"\r\n" for body in bodies)
    end = b"--" + boundary.encode() + b"--\r\n" if closing else b""
    return (
        f'Subject: x\r\nContent-Type: multipart/mixed; boundary="{boundary}"\r\n\r\n'.encode() + inner + end
    )


def texts(raw):
    return [decoded(leaf) for leaf in leaves(walk(raw))]


def test_parts_are_cut_at_their_boundary_lines_only():
    raw = mixed(b"\r\nsatu --b dua\r\n --b\r\n--bb\r\n", b"\r\ntiga")
    assert texts(raw) == [b"satu --b dua\r\n --b\r\n--bb\r\n", b"tiga"]


def test_a_boundary_that_begins_like_another_is_another():
    inner = b'Content-Type: multipart/mixed; boundary="bb"\r\n\r\n--bb\r\n\r\nsatu\r\n--bb--\r\n'
    assert texts(mixed(inner, b"\r\ndua")) == [b"satu", b"dua"]


def test_bare_line_feeds_and_blanks_after_the_boundary_are_read():
    assert texts(
        b"Content-Type: multipart/mixed; boundary=b\n\nhi\n--b  \n\nsatu\n--b\n\ndua\n--b-- \nbye\n"
    ) == [b"satu", b"dua"]


def test_a_missing_closing_boundary_is_repaired_and_said():
    root = walk(mixed(b"\r\nsatu", closing=False))
    assert [decoded(leaf) for leaf in leaves(root)] == [b"satu\r\n"]
    assert "closing boundary is missing" in root.problems[0]


@pytest.mark.parametrize(
    "head", [b"multipart/mixed", b"multipart/mixed; boundary=", b"multipart/mixed; boundary=zzz"]
)
def test_a_multipart_message_without_its_boundary_is_unreadable(head):
    with pytest.raises(Unreadable, match="without its boundary"):
        walk(b"Subject: a\r\nContent-Type: " + head + b"\r\n\r\n--b\r\n\r\nsatu\r\n--b--\r\n")


def test_an_inner_multipart_without_its_boundary_is_read_as_text():
    root = walk(mixed(b"Content-Type: multipart/mixed\r\n\r\nisi"))
    assert [(leaf.media_type, decoded(leaf)) for leaf in leaves(root)] == [("text/plain", b"isi")]
    assert root.children[0].problems


def test_three_hundred_nested_parts_are_refused_in_one_sentence():
    raw = b"Subject: x\r\n"
    for number in range(300):
        raw += f"Content-Type: multipart/mixed; boundary=b{number}x\r\n\r\n--b{number}x\r\n".encode()
    with pytest.raises(Unreadable, match="nested more than 20 deep"):
        walk(raw + b"\r\nhi")


def test_ten_thousand_parts_are_refused():
    with pytest.raises(Unreadable, match="more than 100 MIME parts"):
        walk(mixed(*[b"\r\nx"] * 10_000))


def test_messages_inside_messages_count_as_depth():
    raw = b"Subject: x\r\n"
    raw += b"Content-Type: message/rfc822\r\n\r\n" * 50
    with pytest.raises(Unreadable, match="deep"):
        walk(raw + b"\r\nhi")


def test_the_same_boundary_inside_itself_ends_the_outer_part():
    raw = mixed(b"Content-Type: multipart/mixed; boundary=b\r\n\r\n--b\r\n\r\nsatu\r\n--b--")
    assert b"satu" in b"".join(texts(raw))


def test_a_flood_of_false_boundaries_is_walked_once():
    raw = mixed(b"\r\n" + b"--bx\r\n" * 300_000)
    assert len(texts(raw)[0]) > 1_700_000


def test_an_attached_message_in_base64_is_opened():
    inner = base64.encodebytes(mixed(b"\r\nsatu"))
    root = walk(mixed(b"Content-Type: message/rfc822\r\nContent-Transfer-Encoding: base64\r\n\r\n" + inner))
    (leaf,) = leaves(root)
    assert decoded(leaf) == b"satu"
    assert leaf.enveloped
    assert not leaf.direct


def leaf_of(body, encoding):
    return walk(b"Subject: a\r\nContent-Transfer-Encoding: " + encoding + b"\r\n\r\n" + body)


BASE64 = [
    (b"c2F0dQ==", b"satu", False),
    (b"c2F0\r\ndQ", b"satu", False),
    (b"c2F0dQ==\r\nZHVh", b"satudua", False),
    (b"c2F*0dQ==", b"satu", True),
    (b"c2F0d", b"sat", True),
    (b"", b"", False),
    (b"====", b"", False),
]


@pytest.mark.parametrize(("body", "data", "damaged"), BASE64)
def test_base64_is_decoded_as_far_as_it_goes(body, data, damaged):
    part = leaf_of(body, b"BASE64")
    assert decoded(part) == data
    assert bool(part.problems) == damaged


def test_quoted_printable_and_unknown_encodings_lose_nothing():
    assert decoded(leaf_of(b"a=20b=\r\nc=ZZ\xff", b"quoted-printable")) == b"a bc=ZZ\xff"
    odd = leaf_of(b"a=20b", b"x-foo")
    assert decoded(odd) == b"a=20b"
    assert odd.problems


PARAMETERS = [
    ('text/plain; name="a;b\\"c.pdf"; charset=utf-8', {"name": 'a;b"c.pdf', "charset": "utf-8"}),
    ("text/plain; name*=utf-8''S%C3%A9.pdf", {"name": "Sé.pdf"}),
    ('text/plain; name*0="sur"; name*1="at.pdf"', {"name": "surat.pdf"}),
    ("text/plain; name*1=at.pdf; name*0*=utf-8''S%75r; name*x=1", {"name": "Surat.pdf"}),
    ("text/plain; boundary=a; boundary=b", {"boundary": "a"}),
    ("text/plain; =x; y; z=", {"z": ""}),
    ('text/plain; name="tak tertutup', {"name": "tak tertutup"}),
]


@pytest.mark.parametrize(("value", "found"), PARAMETERS)
def test_parameters_are_read_with_continuations_and_charsets(value, found):
    assert parameters(value) == found


NAMES = [
    ("surat.pdf", "surat.pdf"),
    ("../../etc/passwd", "passwd"),
    ("C:\\Users\\Siti\\csr.p10", "csr.p10"),
    ("a\r\nBcc: x.pdf", "a Bcc: x.pdf"),
    ("surat\u202efdp.exe", "suratfdp.exe"),
    ("..", ""),
    ("x" * 300 + ".pdf", "x" * 116 + ".pdf"),
    ("x" * 300, "x" * 120),
]


@pytest.mark.parametrize(("given_name", "safe"), NAMES)
def test_a_file_name_is_only_a_name(given_name, safe):
    assert safe_name(given_name) == safe


def test_file_names_come_from_the_disposition_first_and_from_encoded_words_too():
    raw = b'Subject: a\r\nContent-Type: application/pdf; name=lain.pdf\r\nContent-Disposition: attachment; filename="=?utf-8?q?surat=2Epdf?="\r\n\r\n'
    assert walk(raw).filename == "surat.pdf"
    assert walk(raw.replace(b"filename", b"other")).filename == "lain.pdf"


CHARSETS = [
    (b"caf\xc3\xa9", "utf-8", "café", ""),
    (b"caf\xe9", "iso-8859-1", "café", ""),
    (b"\x93kutip\x94", "iso-8859-1", "\u201ckutip\u201d", ""),
    (b"caf\xc3\xa9", "", "café", "8-bit text without its charset"),
    (b"caf\xe9", "us-ascii", "café", "8-bit text without its charset"),
    (b"caf\xc3\xa9", "x-tak-dikenal", "café", "unknown charset 'x-tak-dikenal'"),
    (b"caf\xe9!", "x-tak-dikenal", "caf\ufffd!", "unknown charset 'x-tak-dikenal'"),
    (b"caf\xe9!", "utf-8", "caf\ufffd!", "bytes that are no utf-8"),
    (b"abc", "zlib", "abc", "unknown charset 'zlib'"),
    (b"abc", "punycode", "abc", "unknown charset 'punycode'"),
    (b"abc", "../x\0", "abc", "unknown charset '../x'"),
    (b"+2AA-", "utf-7", "\ufffd", None),
]


@pytest.mark.parametrize(("data", "label", "text", "note"), CHARSETS)
def test_text_is_decoded_and_no_byte_dropped(data, label, text, note):
    found, said = decode(data, label)
    assert found == text
    assert note is None or said == note


@given(st.binary(max_size=300), st.binary(max_size=300))
def test_any_bytes_are_walked_or_refused_and_every_leaf_stands_inside_its_span(head, body):
    raw = (
        b"Content-Type: multipart/mixed; boundary=b\r\n" + head + b"\r\n\r\n--b\r\n" + body + b"\r\n--b--\r\n"
    )
    try:
        root: Part = walk(raw)
    except Unreadable:
        return
    for leaf in leaves(root):
        assert 0 <= leaf.span[0] <= leaf.span[1] <= len(raw)
        decoded(leaf)
