"""Who wrote is proven by DKIM, verified by ourselves: no mail server's word is needed, and none of it is believed too easily."""

import pytest

from tests.support import signing
from tests.support.counter import COUNTER, OFFICER, Counter, text_of
from tests.support.name_server import NameServer
from tests.support.signing import record, rsa, signed, signed_ed25519

KEYS = {
    "pos._domainkey.contohkota.go.id": record(),
    "ed._domainkey.contohkota.go.id": record(signing.ed25519()),
    "uji._domainkey.contohkota.go.id": record(flags="t=y; "),
    "sha1._domainkey.contohkota.go.id": record(flags="h=sha1; "),
    "www._domainkey.contohkota.go.id": record(flags="s=other; "),
    "lama._domainkey.contohkota.go.id": "v=DKIM1; k=rsa; p=",
    "rusak._domainkey.contohkota.go.id": "v=DKIM1; k=rsa; p=MIIBIjANBg",
    "pos._domainkey.example.go.id": record(),
    "pos._domainkey.go.id": record(),
}


@pytest.fixture(scope="module")
def names():
    with NameServer(KEYS) as server:
        yield server


@pytest.fixture(scope="module")
def counter(tmp_path_factory, names):
    keys = {"trust": f'name_servers = ["{names.address}"]', "limits": "replies_per_sender = 1000"}
    with Counter(tmp_path_factory.mktemp("own"), mode="authenticated", undo=0, keys=keys) as counter:
        counter.complete_request()
        yield counter


def note(counter, *more, sender=OFFICER):
    """An officer's own mail, which notes something on the request."""
    raw = counter.mail(sender, f"CATAT {counter.case['id']} sudah ditelepon", subject="Catatan")
    return b"".join(f"{each}\r\n".encode() for each in more) + raw


def counted(counter, raw):
    """Whether it counted as the officer's; else the officer was told that it did not."""
    told = counter.receive(raw)
    assert [each["To"] for each in told] == [OFFICER]
    heard = "Belum dihitung" not in str(told[0]["Subject"])
    assert heard or "tidak dihitung" in text_of(told[0])
    return heard


GENUINE = {
    "relaxed": signed,
    "simple, and lines that end in LF": lambda raw: signed(raw, form=(b"simple", b"simple")).replace(
        b"\r\n", b"\n"
    ),
    "Ed25519": signed_ed25519,
    "not expired yet": lambda raw: signed_ed25519(raw, more="x=1773716400; "),
    "1024 bits": lambda raw: signed(raw, key=rsa(1024), selector="pendek"),
    "the second of two signatures": lambda raw: signed(signed(raw), selector="tidak-ada"),
    "a broken one of a list above it": lambda raw: signed(signed(raw), domain="list.example.go.id").replace(
        b"bh=", b"bh=A", 1
    ),
    "fields of servers on top": lambda raw: (
        b"Received: from x by y; Tue, 17 Mar 2026 09:12:00 +0700\r\n" + signed(raw)
    ),
}


@pytest.mark.parametrize("sign", GENUINE.values(), ids=GENUINE.keys())
def test_a_word_that_its_own_domain_signed_counts(counter, names, sign):
    names.records["pendek._domainkey.contohkota.go.id"] = record(rsa(1024))
    assert counted(counter, sign(note(counter)))


def without(*names):
    """Sign all usual fields but these."""
    usual = [b"from", b"to", b"cc", b"subject", b"date", b"message-id", b"content-type"]
    return {"include_headers": [each for each in usual if each.decode() not in names]}


FORGED = {
    "no signature": lambda raw: raw,
    "a changed text": lambda raw: signed(raw).replace(b"sudah", b"belum"),
    "a changed subject": lambda raw: signed(raw).replace(b"Subject: Catatan", b"Subject: Catatan dua"),
    "a signature of another domain": lambda raw: signed(raw, domain="example.go.id"),
    "a signature of the domain above": lambda raw: signed(raw, domain="go.id"),
    "a key that is not published": lambda raw: signed(raw, selector="tidak-ada"),
    "a key that was withdrawn": lambda raw: signed(raw, selector="lama"),
    "a key that is cut off": lambda raw: signed(raw, selector="rusak"),
    "another's key": lambda raw: signed(raw, key=rsa(1025)),
    "a key in test mode": lambda raw: signed(raw, selector="uji"),
    "a key for SHA-1 alone": lambda raw: signed(raw, selector="sha1"),
    "a key for another service": lambda raw: signed(raw, selector="www"),
    "SHA-1": lambda raw: signed(raw, signature_algorithm=b"rsa-sha1"),
    "only the beginning of the text": lambda raw: signed(raw, length=True),
    "words below what is signed": lambda raw: signed(raw, length=True) + b"SETUJU\r\n",
    "To not signed": lambda raw: signed(raw, **without("to")),
    "Subject not signed": lambda raw: signed(raw, **without("subject")),
    "another Subject on top": lambda raw: b"Subject: CATAT\r\n" + signed(raw),
    "a Cc that was put in": lambda raw: f"Cc: {COUNTER}\r\n".encode() + signed(raw),
    "another Content-Type on top": lambda raw: b"Content-Type: text/html\r\n" + signed(raw),
    "a blank before a colon": lambda raw: signed(raw).replace(b"Date:", b"Date :"),
    "expired": lambda raw: signed_ed25519(raw, more="x=1773709000; "),
}


@pytest.mark.parametrize("forge", FORGED.values(), ids=FORGED.keys())
def test_a_word_that_is_not_signed_as_it_must_be_decides_nothing(counter, forge):
    assert not counted(counter, forge(note(counter)))


def test_two_from_fields_are_nobodys(counter):
    before = counter.case["timeline"]
    counter.receive(
        f"From: {OFFICER}\r\n".encode()
        + signed(note(counter, sender="siapa@example.go.id"), domain="example.go.id")
    )
    assert counter.case["timeline"] == before


def test_keys_are_asked_for_once_and_of_the_senders_domain_alone(counter, names):
    names.asked.clear()
    assert not counted(counter, signed(signed(note(counter), domain="example.go.id"), domain="go.id"))
    assert names.asked == []
    names.records["baru._domainkey.contohkota.go.id"] = record()
    for _ in range(3):
        assert counted(counter, signed(note(counter), selector="baru"))
    assert names.asked == ["baru._domainkey.contohkota.go.id"]
