"""A database put back to an earlier day: no word about one person's request decides another's, no number is given twice, nobody unheard."""

import os
from dataclasses import replace

import pytest

from tests.support.backups import as_by_a_snapshot, backup, put_back
from tests.support.bounces import bounce
from tests.support.counter import ADMIN, APPLICANT, OFFICER, Counter, text_of
from tests.support.letters import PEOPLE, SITI

JOKO = next(each for each in PEOPLE if each.email != SITI.email)
WAYS = {"the file alone": {}, "over the old file": {"over": True}, "with its marker": {"whole": True}}


@pytest.fixture
def counter(tmp_path):
    with Counter(tmp_path, keys={"trust": "subaddressing = true"}) as counter:
        counter.work()
        yield counter


def request(counter, person):
    """A person's complete request; return the letters because of it."""
    files = (counter.letter(person), counter.csr(person))
    asks = counter.mail(person.email, "Mohon bantuan, saya lupa passphrase.", files=files, name=person.name)
    new, arrived = counter.directory / "inbox" / "new", counter.clock.moment.timestamp()
    counter.deliver(asks)
    for each in new.iterdir():
        os.utime(each, (arrived, arrived))
    return counter.work()


@pytest.mark.parametrize("way", WAYS.values(), ids=WAYS)
def test_an_officers_word_about_one_person_never_decides_another_after_a_restore(counter, way):
    kept = backup(counter)
    counter.later(minutes=5)
    request(counter, SITI)
    about_siti, hers = counter.task_letter(), counter.case["id"]
    put_back(counter, kept, **way)
    counter.later(minutes=5)
    request(counter, JOKO)
    his = counter.case["id"]

    answer = counter.receive(counter.mail(OFFICER, "SETUJU", answers=about_siti))

    assert [each["decision"] for each in counter.tasks] == [None]
    assert his != hers, "a number is never given twice"
    (told,) = answer
    assert told["To"] == OFFICER
    assert "SETUJU" in text_of(told), "the officer reads the own words, and that they count for nothing"
    assert "tidak ada dalam catatan kami" in text_of(told)
    letters = [each for each in counter.sent if each["To"] == ADMIN]
    assert [each["Subject"] for each in letters] == [
        "[mailflow] Basis data dari cadangan: yang perlu dilihat"
    ]


def test_an_answer_to_a_letter_that_is_not_known_is_put_before_officers_once_with_its_words(counter):
    kept = backup(counter)
    counter.later(minutes=5)
    receipt = next(each for each in request(counter, SITI) if each["To"] == APPLICANT)
    put_back(counter, kept)
    counter.later(minutes=5)
    request(counter, JOKO)

    answer = counter.mail(APPLICANT, "BATAL, saya sudah ingat passphrase-nya.", answers=receipt)
    shown = counter.receive(answer)
    again = counter.receive(answer)

    assert [each["To"] for each in shown] == [OFFICER]
    assert "saya sudah ingat passphrase-nya" in text_of(shown[0])
    assert "dipulihkan dari cadangan" in text_of(shown[0])
    assert again == []
    assert [each["state"] for each in counter.cases] == ["waiting_for_officer"]


def test_a_lost_letter_that_came_back_is_told_to_the_administrators(counter):
    kept = backup(counter)
    counter.later(minutes=5)
    receipt = next(each for each in request(counter, SITI) if each["To"] == APPLICANT)
    put_back(counter, kept)
    counter.later(minutes=5)

    (told,) = counter.receive(bounce(receipt, APPLICANT))

    assert told["To"] == ADMIN
    assert APPLICANT in text_of(told)


def test_papers_that_answer_a_lost_letter_become_a_request_by_the_officers_word(counter):
    kept = backup(counter)
    counter.later(minutes=5)
    (asked, *_) = counter.receive(
        counter.mail(text="Mohon bantuan, saya lupa passphrase.", files=(counter.letter(),))
    )
    put_back(counter, kept)
    counter.later(minutes=5)
    (shown,) = counter.receive(
        counter.mail(text="Terlampir.", answers=asked, files=(counter.letter(), counter.csr()))
    )

    letters = counter.receive(counter.mail(OFFICER, "LUPA", answers=shown))

    assert counter.case["state"] == "waiting_for_officer"
    assert APPLICANT in [each["To"] for each in letters], "the writer hears of it"


def test_a_machine_put_back_as_a_whole_is_known_by_the_first_answer_it_should_know(counter):
    kept = backup(counter)
    counter.later(minutes=5)
    receipt = next(each for each in request(counter, SITI) if each["To"] == APPLICANT)
    put_back(counter, kept, over=True, whole=True)
    as_by_a_snapshot(counter)
    counter.later(minutes=5)

    counter.receive(counter.mail(APPLICANT, "STATUS", answers=receipt))
    request(counter, JOKO)

    assert sum(each["To"] == ADMIN for each in counter.sent) == 1
    assert counter.case["id"].startswith("CK-26-2"), "numbers go on where no other history can have been"


def test_a_machine_put_back_as_a_whole_is_known_by_the_mail_that_was_filed_since(tmp_path):
    with Counter(tmp_path) as counter:
        by_its_own_clock(counter)
        kept = backup(counter)
        by_its_own_clock(counter).later(minutes=5)
        request(counter, SITI)
        hers = counter.case["id"]
        put_back(counter, kept, over=True, whole=True)
        as_by_a_snapshot(counter)
        by_its_own_clock(counter)

        request(counter, JOKO)

        (letter,) = (each for each in counter.sent if each["To"] == ADMIN)
        assert "Ini dugaan" in text_of(letter)
        assert counter.case["id"] not in {hers, "CK-26-0001-S"}
        assert counter.later(minutes=5) == [], "it is told once"


def by_its_own_clock(counter):
    """Let mail arrive when its file says so, and begin to look."""
    counter.office = replace(counter.office, clock_is_set=False)
    counter.work()
    return counter


def test_mail_that_may_have_been_answered_before_is_answered_with_a_word_about_it(tmp_path):
    with Counter(tmp_path) as counter:
        counter.work()
        kept = backup(counter)
        counter.later(minutes=5)
        first, _ = request(counter, SITI)
        counter.later(minutes=5)
        put_back(counter, kept)
        for each in (
            tmp_path / "inbox" / ".Processed" / "new"
        ).iterdir():  # as the administrators are asked to do
            each.rename(tmp_path / "inbox" / "new" / each.name)
            os.utime(
                tmp_path / "inbox" / "new" / each.name,
                (arrived := counter.clock.moment.timestamp() - 300, arrived),
            )
        counter.office = replace(counter.office, clock_is_set=False)

        counter.work()

        told, asked = (
            next(each for each in counter.sent[-3:] if each["To"] == to) for to in (APPLICANT, OFFICER)
        )
        assert "mungkin sudah pernah kami jawab" in text_of(told)
        assert "mungkin sudah ditangani" in text_of(asked)
        assert "mungkin sudah pernah kami jawab" not in text_of(first)
        assert told["Subject"] != first["Subject"], "its number is another"
