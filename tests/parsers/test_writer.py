"""One address in From is the writer, however it is written there; two are nobody."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from parsers.headers import split
from parsers.writer import writer

SITI = "siti@contohkota.go.id"


def wrote(*values):
    fields = b"".join(
        b"From: " + (each if isinstance(each, bytes) else each.encode()) + b"\r\n" for each in values
    )
    return writer(split(fields + b"\r\n")[0])


SOUND = [
    f"Siti <{SITI}>",
    f"{SITI} (Siti)",
    f'"{SITI}" <{SITI}>',
    f"{SITI} <{SITI}>",
    f"\r\n Siti <{SITI}>",
    b"R\xe9ni <siti@contohkota.go.id>",
    "siti@xn--mnchen-3ya.example.go.id",
]


@pytest.mark.parametrize("value", SOUND)
def test_a_sound_field_leaves_no_doubt(value):
    found = wrote(value)
    assert found.sender is not None
    assert (found.defect, found.doubt) == ("", "")


LENIENT = [
    (f"Siti Rahmawati, S.Kom., M.T. <{SITI}>", "Siti Rahmawati, S.Kom., M.T."),
    (f"=?utf-8?Q?Siti_Rahmawati,_S.Kom.?= <{SITI}>", "Siti Rahmawati, S.Kom."),
    ("=?utf-8?q?Siti_Rahmawati_=3Csiti=40contohkota.go.id=3E?=", "Siti Rahmawati"),
    ("=?utf-8?b?U2l0aSBSYWhtYXdhdGkgPHNpdGlAY29udG9oa290YS5nby5pZD4=?=", "Siti Rahmawati"),
    (f'"Siti Rahmawati <{SITI}>"', "Siti Rahmawati"),
    (f"Siti Rahmawati <{SITI}", "Siti Rahmawati"),
    (f"Siti Rahmawati {SITI}", "Siti Rahmawati"),
    (f"Siti Rahmawati [{SITI}]", "Siti Rahmawati"),
    (f"Siti Rahmawati &lt;{SITI}&gt;", "Siti Rahmawati"),
    (f"Siti Rahmawati <<{SITI}>>", "Siti Rahmawati"),
    (f"Siti Rahmawati <mailto:{SITI}>", "Siti Rahmawati"),
    (f"Siti Rahmawati <{SITI}.>", "Siti Rahmawati"),
    (f"Siti Rahmawati: {SITI};", "Siti Rahmawati"),
    (f'"Siti Rahmawati <{SITI}>', "Siti Rahmawati"),
    (f"Siti Rahmawati <{SITI}> Dinas", "Siti Rahmawati"),
    ("siti (Dinas) @ contohkota.go.id", ""),
    (f"{SITI}, SITI@contohkota.go.id", ""),
    (f'"orang.lain@gmail.com" <{SITI}>', ""),
    (f"orang.lain@gmail.com <{SITI}>", ""),
    ("siti@contohkota.\uff47\uff4f.id", ""),
]


@pytest.mark.parametrize(("value", "name"), LENIENT)
def test_one_address_is_the_writer_whose_field_proves_nothing(value, name):
    found = wrote(value)
    assert found.sender is not None
    assert (found.sender.address.lower(), found.sender.name, found.defect) == (SITI, name, "")
    assert found.doubt


def test_an_underscore_that_was_not_encoded_is_one_and_no_other_persons_address():
    assert (
        wrote("=?utf-8?q?Siti_R_=3Csiti_rahma=40contohkota.go.id=3E?=").sender.address
        == "siti_rahma@contohkota.go.id"
    )
    assert wrote("Siti <siti rahma@contohkota.go.id>").sender is None


NOBODY = [
    ("a@contohkota.go.id, b@contohkota.go.id",),
    ("<a@contohkota.go.id> <b@contohkota.go.id>",),
    ("a@contohkota.go.id <b@contohkota.go.id",),
    ("Tim: a@contohkota.go.id, b@contohkota.go.id;",),
    ("=?utf-8?q?a=40contohkota.go.id=3E?=@example.go.id",),
    ("a@contohkota.go.id", "b@contohkota.go.id"),
    ("Siti", "root@localhost"),
    ("siti@192.0.2.1",),
    (f"{SITI} .example.go.id",),
    (b"siti@contohkota.go.id\x00.example.go.id",),
    ("",),
    ("<>",),
    ("Siti <siti@contohkota.go.id>" + " " * 70_000 + ", Budi <budi@contohkota.go.id>",),
]


@pytest.mark.parametrize("values", NOBODY)
def test_two_addresses_or_none_name_nobody_and_it_is_said(values):
    found = wrote(*values)
    assert found.sender is None
    assert found.defect


def test_two_from_fields_with_one_address_are_one_writer():
    found = wrote(f"Siti <{SITI}>", SITI)
    assert (found.sender.address, found.doubt) == (SITI, "more than one From field")


@given(st.binary(max_size=300), st.sampled_from([b"", b'"', b"<", b"=?utf-8?q?", b"a@b.go.id <"]))
def test_any_bytes_name_a_writer_or_say_why_not(raw, before):
    found = writer(split(b"From: " + before + raw + b"\r\n\r\n")[0])
    assert (found.sender is None) == bool(found.defect)
    if found.sender is not None:
        assert found.sender in found.everyone or found.doubt


@pytest.mark.parametrize("sign", ["a@b.c ", "<", "(", '"', "=?utf-8?q?a?= ", "a.", "@a"])
def test_a_hostile_field_is_read_in_linear_time(sign):
    wrote(sign * 20_000)
