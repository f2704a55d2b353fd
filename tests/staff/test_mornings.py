"""The morning's digest: once per working day and officer, nothing when there is nothing to say."""

import pytest

from tests.staff.writing import request_of, somebody, to, words
from tests.support.counter import (
    APPLICANT,
    BUDI,
    DEWI,
    OFFICER,
    OFFICIAL,
    OTHER_OFFICER,
    RINA,
    Counter,
    text_of,
)
from tests.support.letters import SITI


@pytest.fixture
def counter(tmp_path):
    """A counter that opened on the day before, Monday the 16th, with nothing to do."""
    with Counter(tmp_path, officers=RINA + BUDI + DEWI) as counter:
        counter.clock.moment = counter.clock.moment.replace(day=16)
        counter.work()
        yield counter


def morning(counter: Counter, day: int, hour: int = 8, minute: int = 0) -> list:
    """The digests that are sent at this moment."""
    counter.clock.moment = counter.clock.moment.replace(day=day, hour=hour, minute=minute)
    return [each for each in counter.work() if each["Subject"].startswith("Pagi ini")]


def test_at_the_opening_an_officer_is_told_what_waits(counter):
    counter.complete_request()
    told = to(morning(counter, 17), OFFICER)
    assert SITI.name in text_of(told)
    assert "1" in told["Subject"]
    assert OTHER_OFFICER not in {
        each["To"] for each in counter.sent if each["Subject"].startswith("Pagi ini")
    }


def test_before_the_opening_and_on_closed_days_nobody_is_told(counter):
    counter.complete_request()
    assert morning(counter, 17, 7, 59) == []
    assert morning(counter, 17) != []
    for day in (18, 19, 20, 21, 22, 23, 24):
        assert morning(counter, day, 10) == [], day
    assert morning(counter, 25) != []


def test_once_per_day(counter):
    counter.complete_request()
    assert morning(counter, 17)
    assert morning(counter, 17, 8, 1) == []
    assert morning(counter, 17, 15) == []


def test_after_an_outage_over_the_opening_the_digest_comes_late_but_once(counter):
    counter.complete_request()
    assert morning(counter, 17, 11)
    assert morning(counter, 17, 12) == []


def test_where_nothing_waits_nobody_is_told(counter):
    assert morning(counter, 17) == []
    assert morning(counter, 25) == []


def test_due_today_and_late_are_told_apart(counter):
    counter.complete_request()
    assert "1 hari ini" in to(morning(counter, 17), OFFICER)["Subject"]
    assert "1 terlambat" in to(morning(counter, 25), OFFICER)["Subject"]


def test_what_a_colleague_decided_since_the_last_digest_is_told_once(counter):
    counter.complete_request()
    counter.receive(counter.mail(OFFICER, "SETUJU", answers=counter.task_letter()))
    told = morning(counter, 17)
    assert OFFICER not in {each["To"] for each in told}
    text = words(to(told, OTHER_OFFICER))
    for expected in ("DIPUTUSKAN REKAN (1)", SITI.name, "SETUJU", "Rina Kusuma"):
        assert expected in text, expected
    assert OTHER_OFFICER not in {each["To"] for each in morning(counter, 25)}


def test_what_is_not_an_officers_service_is_not_told(tmp_path):
    elsewhere = BUDI + 'services = ["revocation"]\n'
    with Counter(tmp_path, officers=RINA + elsewhere + DEWI) as counter:
        counter.clock.moment = counter.clock.moment.replace(day=16)
        counter.complete_request()
        counter.receive(counter.mail(OFFICER, "SETUJU", answers=counter.task_letter()))
        assert OTHER_OFFICER not in {each["To"] for each in morning(counter, 17)}


def test_at_most_twenty_are_listed_and_the_rest_is_counted(tmp_path):
    with Counter(tmp_path, officers=RINA + DEWI) as counter:
        counter.clock.moment = counter.clock.moment.replace(day=16)
        counter.work()
        for number in range(22):
            counter.deliver(request_of(counter, somebody(number), number + 1))
        counter.work()
        text = words(to(morning(counter, 17), OFFICER))
        assert "(20 dari 22)" in text


def test_a_message_that_waits_for_its_applicants_word_for_days_is_told(counter):
    counter.complete_request()
    counter.receive(
        counter.mail(
            text="Ini CSR saya yang baru", subject=f"CSR {counter.case['id']}", files=(counter.csr(key=5),)
        )
    )
    assert counter.status["messages"]["held"] == 1
    assert "MENUNGGU KONFIRMASI" not in words(to(morning(counter, 17), OFFICER))
    counter.clock.moment = counter.clock.moment.replace(day=30)
    told = to(morning(counter, 31), OFFICER)
    assert "MENUNGGU KONFIRMASI PEMOHON (1)" in words(told)
    assert APPLICANT in text_of(told)


def test_the_official_is_told_of_what_waits_for_the_official(counter):
    counter.complete_request()
    counter.receive(counter.mail(OFFICER, "PEJABAT mohon arahan", answers=counter.task_letter()))
    assert SITI.name in text_of(to(morning(counter, 17), OFFICIAL))
