"""A relay on the way out that replaces our Message-IDs: replies belong to nothing, and the administrators learn why, once."""

import pytest

from tests.support.counter import ADMIN, APPLICANT, COUNTER, OFFICER, Counter, text_of

RELAY = "ap-southeast-1.amazonses.com"


@pytest.fixture
def counter(tmp_path):
    with Counter(tmp_path) as counter:
        counter.complete_request()
        yield counter


def rewritten(counter: Counter, text: str, letter, writer=OFFICER, named="") -> bytes:
    """A reply to a letter as it came out of the relay: under another Message-ID; the token is in no address."""
    rewritten.number = getattr(rewritten, "number", 0) + 1
    raw = counter.mail(writer, text, answers=letter)
    named = named or f"<0100019a-{rewritten.number}@{RELAY}>"
    raw = raw.replace(str(letter["Message-ID"]).encode(), named.encode())
    return raw.replace(f"To: {letter['Reply-To']}".encode(), f"To: {COUNTER}".encode())


def told(letters: list) -> list[str]:
    return [
        text
        for each in letters
        if ADMIN in each["To"] and "Message-ID" in (text := " ".join(text_of(each).split()))
    ]


def shown(counter: Counter) -> list[str]:
    return [each for each in counter.status["attention"] if "Message-ID" in each]


def test_replies_under_names_that_no_letter_of_ours_has_are_told_once_until_one_matches(counter):
    task = counter.task_letter()

    first = counter.receive(rewritten(counter, "SETUJU", task))
    assert [each["To"] for each in first] == [OFFICER], (
        "as ever: the officer is told that it belongs to no task"
    )
    assert shown(counter) == []

    second = counter.receive(rewritten(counter, "SETUJU", task))
    (why,) = told(second)
    assert RELAY in why, why
    assert "trust.subaddressing" in why
    (line,) = shown(counter)
    assert RELAY in line
    assert [each["decision"] for each in counter.tasks] == [None]

    assert told(counter.receive(rewritten(counter, "SETUJU", task))) == []
    assert "last 3 replies" in shown(counter)[0]

    counter.receive(counter.mail(OFFICER, "SETUJU", answers=task))
    assert "approve" in [each["decision"] for each in counter.tasks]
    assert shown(counter) == []


def test_an_applicants_replies_tell_it_as_well(counter):
    letter = counter.letter_to(APPLICANT)
    for text in ("Apakah sudah selesai?", "Mohon kabarnya."):
        letters = counter.receive(rewritten(counter, text, letter, APPLICANT))
    assert len(told(letters)) == 1


def test_what_is_no_reply_to_a_letter_of_ours_tells_nothing(counter):
    """A colleague's conversation that names ours too, an applicant's own mail, somebody who only knows the number, a lost letter."""
    task, receipt = counter.task_letter(), counter.letter_to(APPLICANT)
    own = counter.mail(APPLICANT, "Terima kasih.", subject=f"Tentang {counter.case['id']}")
    name = own.partition(b"Message-ID: ")[2].split(b"\n")[0].decode()
    counter.receive(own)
    between = f"<x@klien.example> {task['Message-ID']}"
    lost = "<abcdefghijklmnopqrstuvwxyz234567@contohkota.go.id>"
    for _ in range(2):
        counter.receive(rewritten(counter, "Mohon dicek", task, named=between))
        counter.receive(rewritten(counter, "Mohon kabarnya", receipt, APPLICANT, named=name))
        counter.receive(rewritten(counter, "Saya juga", receipt, "orang.lain@contohkota.go.id"))
        counter.receive(rewritten(counter, "SETUJU", task, named=lost))
    assert shown(counter) == []
