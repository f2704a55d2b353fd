"""One mail delivered twice is answered once, whatever the servers on its way wrote on it; two mails that look alike are two."""

from pathlib import Path

import pytest

from tests.support.counter import APPLICANT, COUNTER, OFFICER, Counter

PASSED = b"Authentication-Results: mx.contohkota.go.id; dmarc=pass header.from=contohkota.go.id\r\n"
DELIVERIES = Path(__file__).parent / "deliveries"


def delivered(name):
    return (DELIVERIES / f"{name}.eml").read_bytes()


def without(raw, *fields):
    """The mail as it is on the straight way: without these fields."""
    head, gap, body = raw.replace(b"\r\n", b"\n").partition(b"\n\n")
    lines = [
        line
        for line in head.split(b"\n")
        if not line.lower().startswith(tuple(f"{each}:".encode() for each in fields))
    ]
    return b"\n".join(lines) + gap + body


ROUTES = {
    "Cyrus' stamp": (delivered("redelivered-complaint-1"), delivered("redelivered-complaint-2")),
    "an alias": (
        without(
            delivered("alias"), "x-forwarded-to", "x-forwarded-for", "dkim-signature", "x-google-smtp-source"
        ),
        delivered("alias"),
    ),
    "a gateway's tag": (delivered("tagged").replace(b"[Eksternal] ", b""), delivered("tagged")),
}


@pytest.fixture
def counter(tmp_path):
    with Counter(tmp_path, mode="authenticated") as counter:
        yield counter


@pytest.mark.parametrize("way", ROUTES.values(), ids=ROUTES)
@pytest.mark.parametrize("order", [1, -1], ids=["straight first", "straight last"])
def test_a_mail_that_comes_by_two_ways_is_answered_once(counter, way, order):
    first, second = way[::order]
    assert counter.receive(first)
    assert counter.receive(second) == []
    assert len(counter.cases) == 1
    assert counter.status["messages"] == {"filed": 1, "duplicate": 1}
    inbox = counter.directory / "inbox"
    assert [*(inbox / "new").iterdir()] == [], "the copy leaves the inbox with the first"


def test_both_at_once_are_answered_once(counter):
    for each in ROUTES["an alias"]:
        counter.deliver(each)
    letters = counter.work()
    assert len(counter.cases) == 1
    assert sum("indah_utami5" in each["To"] for each in letters) == 1


def test_a_copy_that_is_proven_counts_where_the_first_still_waits_for_proof(counter):
    asks = counter.mail(text="Mohon bantuan, saya lupa passphrase.", files=(counter.letter(), counter.csr()))
    counter.receive(PASSED + asks)
    word = counter.mail(OFFICER, "SETUJU", answers=counter.task_letter())
    (unproven,) = counter.receive(b"X-Route: one\r\n" + word)
    assert unproven["To"] == OFFICER
    counter.receive(b"X-Route: two\r\n" + PASSED + word)
    assert "approve" in [each["decision"] for each in counter.tasks]
    assert counter.receive(b"X-Route: three\r\n" + PASSED + word) == []


def test_a_mail_that_came_through_a_list_first_is_still_heard_when_it_comes_itself(counter):
    asks = counter.mail(text="Mohon bantuan, saya lupa passphrase.", files=(counter.letter(), counter.csr()))
    counter.receive(b"List-Id: <warga.milis.example.org>\r\n" + asks)
    assert counter.cases == []
    counter.receive(asks)
    assert len(counter.cases) == 1


def test_the_same_message_id_with_other_words_is_another_mail(counter):
    first = counter.mail(text="Mohon bantuan, saya lupa passphrase.", files=(counter.letter(),))
    counter.receive(first)
    counter.receive(first.replace(b"Mohon bantuan", b"Tolong bantuan"))
    assert "duplicate" not in counter.status["messages"]


def test_two_empty_mails_without_an_id_from_two_people_are_two(counter):
    for sender in (APPLICANT, "joko@contohkota.go.id"):
        counter.receive(
            f"From: {sender}\r\nTo: {COUNTER}\r\nDate: Tue, 17 Mar 2026 09:12:00 +0700\r\n\r\n".encode()
        )
    assert "duplicate" not in counter.status["messages"]


def test_copies_of_a_large_mail_are_told_its_limit_once(tmp_path):
    with Counter(tmp_path, keys={"limits": "message_bytes = 65536"}) as counter:
        large = counter.mail(
            text="Terlampir.", files=(("foto.bin", bytes(100_000), "application/octet-stream"),)
        )
        assert len(counter.receive(large)) == 1
        assert counter.receive(b"X-Cyrus-Session-Id: cyrus-2\r\n" + large) == []
        assert counter.status["messages"] == {"parked": 1, "duplicate": 1}


def test_a_secret_in_a_copy_is_erased_like_that_in_the_first(counter):
    key = b"-----BEGIN PRIVATE KEY-----\nMIIEvQIBADANBgkqhkiG9w0BAQEFAASCBKcwggSjAgEAAoIBAQC7\n-----END PRIVATE KEY-----\n"
    mail = counter.mail(
        text="Mohon bantuan, saya lupa passphrase.",
        files=(counter.letter(), ("kunci.pem", key, "text/plain")),
    )
    counter.receive(mail)
    counter.receive(b"X-Cyrus-Session-Id: cyrus-2\r\n" + mail)
    assert counter.status["messages"] == {"filed": 1, "duplicate": 1}
    assert all(b"PRIVATE KEY" not in each and b"UFJJVkFURSBLRVk" not in each for each in counter.kept)
    assert not [
        each
        for each in (counter.directory / "inbox").rglob("*")
        if each.is_file() and "." in each.name and each.stat().st_size > 100
    ]
