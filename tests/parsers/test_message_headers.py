"""Header facts: one line, decoded, and a sender only where there is exactly one."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from parsers.addresses import addresses, bare_addresses, senders
from parsers.headers import MAX_BLOCK, TOO_LONG, date, message_ids, split, words


def headers_of(text):
    return split(text.encode() if isinstance(text, str) else text)[0]


def sender_of(value):
    everyone, defect = senders(headers_of(f"From: {value}\r\n\r\n"))
    return [address.address for address in everyone], defect


GOOD = [
    ("siti@contohkota.go.id", "siti@contohkota.go.id", ""),
    ("Siti Rahmawati <Siti@ContohKota.GO.ID>", "Siti@contohkota.go.id", "Siti Rahmawati"),
    ('"Drs. Ahmad, M.M." <ahmad@contohkota.go.id>', "ahmad@contohkota.go.id", "Drs. Ahmad, M.M."),
    ('"siti@contohkota.go.id" <siti@contohkota.go.id>', "siti@contohkota.go.id", "siti@contohkota.go.id"),
    ("siti@contohkota.go.id (Siti Rahmawati)", "siti@contohkota.go.id", "Siti Rahmawati"),
    ("Siti <siti@contohkota.go.id> (Dinas)", "siti@contohkota.go.id", "Siti"),
    ("=?utf-8?q?Siti_R=C3=A9?= <siti@contohkota.go.id>", "siti@contohkota.go.id", "Siti Ré"),
    ('"a \\"b\\" c" <siti@contohkota.go.id>', "siti@contohkota.go.id", 'a "b" c'),
    ("Siti\r\n <siti@contohkota.go.id>", "siti@contohkota.go.id", "Siti"),
]


@pytest.mark.parametrize(("value", "address", "name"), GOOD)
def test_one_sound_mailbox_is_the_sender(value, address, name):
    everyone, defect = senders(headers_of(f"From: {value}\r\n\r\n"))
    assert (defect, everyone[0].address, everyone[0].name) == ("", address, name)


BAD = [
    ("rina@contohkota.go.id <evil@example.go.id>", ["evil@example.go.id"], "the name looks like another address"),
    ('"rina@contohkota.go.id" <evil@example.go.id>', ["evil@example.go.id"], "the name looks like another address"),
    ("=?utf-8?q?rina=40contohkota.go.id?= <evil@example.go.id>", ["evil@example.go.id"], "the name looks like another address"),
    ("rina\uff20contohkota.go.id <evil@example.go.id>", ["evil@example.go.id"], "the name looks like another address"),
    ("evil@example.go.id (rina@contohkota.go.id)", ["evil@example.go.id"], "the name looks like another address"),
    ("<evil@example.go.id> <rina@contohkota.go.id>", ["evil@example.go.id"], "something stands behind the address"),
    ("a@contohkota.go.id, b@contohkota.go.id", ["a@contohkota.go.id", "b@contohkota.go.id"], "several mailboxes in From"),
    ("Tim: a@contohkota.go.id;", ["a@contohkota.go.id"], "a group of addresses"),
    ("Tim:;", [], "no mailbox in From"),
    ("", [], "no mailbox in From"),
    ("<>", [""], "the address is not well formed"),
    ("rina(x)@contohkota.go.id.", ["rina@contohkota.go.id."], "the address is not well formed"),
    ("rina @ contohkota.go.id", ["rina@contohkota.go.id"], "the address is not well formed"),
    ("=?utf-8?q?rina=40contohkota.go.id=3E?=@example.go.id", None, "the address is not well formed"),
    ("rina@contohkota.go.id <evil@example.go.id", None, "the address is not well formed"),
    ("root@localhost", ["root@localhost"], "the address is not well formed"),
    ('"rina <rina@contohkota.go.id', None, "the address is not well formed"),
]  # fmt: skip


@pytest.mark.parametrize(("value", "everyone", "defect"), BAD)
def test_anything_else_names_no_sender(value, everyone, defect):
    found, why = sender_of(value)
    assert why == defect
    assert everyone is None or found == everyone


def test_two_from_fields_name_no_sender_and_both_are_listed():
    everyone, defect = senders(headers_of("From: a@contohkota.go.id\r\nfrom : b@contohkota.go.id\r\n\r\n"))
    assert defect == "more than one From field"
    assert [one.address for one in everyone] == ["a@contohkota.go.id", "b@contohkota.go.id"]


def test_a_bare_carriage_return_starts_no_field_and_spoils_the_one_it_stands_in():
    headers = headers_of(b"X-A: 1\rFrom: rina@contohkota.go.id\r\nFrom: evil@example.go.id\r\n\r\n")
    assert [field.name for field in headers.fields] == ["x-a", "from"]
    assert headers.first("x-a") == "1 From: rina@contohkota.go.id"
    assert headers.fields[0].odd == "control characters"
    odd = senders(headers_of(b"From: rina@contohkota.go.id\r (x)\r\n\r\n"))
    assert odd[1] == "From holds control characters"


def test_no_from_field_is_said():
    assert senders(headers_of("To: a@contohkota.go.id\r\n\r\n"))[1] == "no From field"


def test_a_line_that_is_no_field_ends_the_header_and_belongs_to_the_body():
    raw = b"Subject: a\r\nThis is text\r\nFrom: evil@example.go.id\r\n\r\n"
    headers, body = split(raw)
    assert [field.name for field in headers.fields] == ["subject"]
    assert raw[body:].startswith(b"This is text")
    assert headers.problems


def test_an_mbox_line_before_the_header_is_passed_over():
    assert headers_of("From siti Tue Mar 10 09:12:00 2026\nSubject: a\n\n").first("subject") == "a"


WORDS = [
    ("=?utf-8?q?Lupa_passphrase?=", "Lupa passphrase"),
    ("=?UTF-8?B?THVwYQ==?= =?utf-8?b?IGthdGE=?=", "Lupa kata"),
    ("=?utf-8?b?w6k=?= dan =?iso-8859-1?q?=E9?=", "é dan é"),
    ("=?utf-8?b?w?= =?utf-8?b?qQ?=", None),
    ("=?utf-8?q?=C3?= =?utf-8?q?=A9?=", "é"),
    ("=?utf-8*id?q?halo?=", "halo"),
    ("=?utf-8?q?Lupa passphrase?=", "Lupa passphrase"),
    ("=?x-unknown?q?=E9a?=", "\ufffda"),
    ("=?utf-8?q?a=0D=0ABcc:_x?=", "a Bcc: x"),
    ("=?utf-8?b?!!!?=", ""),
    ("=?utf-8?x?abc?=", "=?utf-8?x?abc?="),
    ("=?idna?q?abc?=", "abc"),
]


@pytest.mark.parametrize(("value", "text"), WORDS)
def test_encoded_words_are_decoded_and_stay_on_one_line(value, text):
    found = words(value)
    assert "\r" not in found and "\n" not in found  # noqa: PT018 - one thought
    assert text is None or found == text


def test_raw_eight_bit_values_are_read_as_utf8_or_else_as_windows_1252():
    assert headers_of("Subject: Réuni\r\n\r\n").first("subject") == "Réuni"
    assert headers_of(b"Subject: R\xe9uni\r\n\r\n").first("subject") == "Réuni"


def test_folded_values_become_one_line():
    assert headers_of("Subject: satu\r\n\tdua\r\n   tiga\r\n\r\n").first("subject") == "satu dua tiga"


def test_message_ids_keep_their_brackets_and_their_order():
    headers = headers_of("References: <a@x> <b@y>\r\n <a@x>\r\nIn-Reply-To: pesan <c@z> dari\r\n\r\n")
    assert message_ids(headers, "references") == ("<a@x>", "<b@y>")
    assert message_ids(headers, "in-reply-to") == ("<c@z>",)


@pytest.mark.parametrize(
    "value", ["", "besok", "Tue, 10 Mar 99999 09:12:00 +0700", "Tue, 10 Mar 2026 99:12:00", "\ud7ff" * 10]
)
def test_a_date_that_says_nothing_is_none(value):
    assert date(headers_of(f"Date: {value}\r\n\r\n")) is None


def test_a_date_is_always_aware():
    assert date(headers_of("Date: Tue, 10 Mar 2026 09:12:00 -0000\r\n\r\n")).utcoffset().total_seconds() == 0
    assert (
        date(headers_of("Date: Tue, 10 Mar 2026 09:12:00 +0700\r\n\r\n")).isoformat()
        == "2026-03-10T09:12:00+07:00"
    )


def test_delivery_fields_are_read_in_their_order():
    headers = headers_of(
        "Envelope-To: <dept@contohkota.go.id>\r\nDelivered-To: dept+a.1.MaC@ContohKota.go.id\r\nX-Original-To: root@localhost\r\n\r\n"
    )
    assert bare_addresses(headers, ("delivered-to", "x-original-to", "envelope-to")) == (
        "dept@contohkota.go.id",
        "dept+a.1.MaC@contohkota.go.id",
        "root@localhost",
    )


def test_recipients_of_several_fields_and_groups_are_all_listed_once():
    headers = headers_of("To: A <a@x.go.id>, Tim: b@x.go.id, c@x.go.id;\r\nTo: a@x.go.id, rusak\r\n\r\n")
    assert [one.address for one in addresses(headers, "to")] == ["a@x.go.id", "b@x.go.id", "c@x.go.id"]


def test_a_huge_header_is_cut_and_said():
    headers = headers_of(b"Subject: " + b"a" * (2 * MAX_BLOCK) + b"\r\n\r\n")
    assert headers.problems == (TOO_LONG,)
    assert len(headers.first("subject")) <= 16 * 1024


@given(st.binary(max_size=600))
def test_any_bytes_give_values_without_control_characters(raw):
    for prefix in (b"", b"From: ", b"Subject: =?utf-8?b?"):
        headers, body = split(prefix + raw)
        assert 0 <= body <= len(prefix + raw)
        everyone, _ = senders(headers)
        texts = [field.value for field in headers.fields] + [one.name + one.address for one in everyone]
        texts += [words(field.value) for field in headers.fields]
        assert all(char.isprintable() or ord(char) > 0x9F for text in texts for char in text)
