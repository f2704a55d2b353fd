"""What time does by itself: reminders, lapse, reopening, the promise; and that an outage makes nothing happen twice."""

from datetime import datetime, timedelta

import pytest

from tests.support.counter import APPLICANT, OFFICER, OFFICIAL, Counter, text_of


def at(text: str) -> datetime:
    return datetime.fromisoformat(f"2026-{text}:00+07:00")


def words(letter) -> str:
    return " ".join(text_of(letter).split())


@pytest.fixture
def counter(tmp_path):
    with Counter(tmp_path) as counter:
        yield counter


def until(counter: Counter, text: str) -> list[tuple[str, str]]:
    """Let time pass in steps of half a day; return when whom was written to, the officers' morning digest left out."""
    seen = []
    while counter.clock.moment < at(text):
        counter.clock.moment = min(counter.clock.moment + timedelta(hours=12), at(text))
        sent = [each for each in counter.work() if not is_digest(each)]
        seen += [(f"{counter.clock.moment:%m-%d}", str(each["To"])) for each in sent]
    return seen


def is_digest(letter) -> bool:
    return letter["Subject"].startswith("Pagi ini")


def test_a_silent_applicant_is_reminded_twice_told_when_it_lapses_and_told_that_it_did(counter):
    counter.receive(counter.mail(text="lupa passphrase, mohon dibantu", files=(counter.letter(),)))
    seen = until(counter, "04-20T09:00")
    assert [who for _, who in seen] == [APPLICANT] * 3
    first, second, lapsed = (each for each in counter.sent[1:])
    assert "CSR" in first["Subject"] or "CSR" in text_of(first)
    assert "Jumat, 10 April 2026" in words(second)
    assert "kami tutup" in words(lapsed)
    assert (counter.case["state"], counter.case["timeline"][-1]["event"]) == ("closed", "lapsed")


def test_nobody_is_reminded_on_a_holiday_and_an_outage_sends_one_reminder_not_three(counter):
    counter.receive(counter.mail(text="lupa passphrase, mohon dibantu"))
    counter.clock.moment = at("04-20T09:00")
    sent = counter.work()
    assert [each["To"] for each in sent] == [APPLICANT]
    assert counter.case["state"] == "waiting_for_applicant", "nobody is closed who was not told"


def test_documents_after_the_lapse_reopen_within_thirty_days_and_open_a_new_request_later(counter):
    asked = counter.receive(counter.mail(text="lupa passphrase, mohon dibantu", files=(counter.letter(),)))
    until(counter, "04-20T09:00")
    sent = counter.receive(counter.mail(text="Ini CSR-nya", answers=asked[0], files=(counter.csr(),)))
    assert {each["To"] for each in sent} == {APPLICANT, OFFICER}
    assert len(counter.cases) == 1


def test_documents_long_after_the_lapse_open_a_request_of_their_own(counter):
    asked = counter.receive(counter.mail(text="lupa passphrase, mohon dibantu", files=(counter.letter(),)))
    until(counter, "04-20T09:00")
    counter.clock.moment = at("07-20T09:00")
    counter.receive(
        counter.mail(text="Ini lengkap", answers=asked[0], files=(counter.letter(), counter.csr()))
    )
    assert {each["state"] for each in counter.cases} == {"closed", "waiting_for_officer"}


def test_officers_are_reminded_at_half_and_four_fifths_official_and_applicant_told_when_it_is_overdue(
    counter,
):
    counter.complete_request()
    seen = [
        each
        for hour in ("17T14:00", "17T16:00", "25T10:00", "25T14:00", "26T09:00")
        for each in until(counter, f"03-{hour}")
    ]
    assert [who for _, who in seen] == [OFFICER, OFFICER, OFFICIAL, APPLICANT]
    reminder, overdue, late = [each for each in counter.sent if not is_digest(each)][-3:]
    assert "SETUJU" in text_of(reminder)
    assert "Rabu, 25 Maret 2026" in words(overdue)
    assert "belum selesai kami tangani pada waktu yang kami janjikan, Rabu, 25 Maret 2026" in words(late)
    assert until(counter, "04-10T09:00") == [], "told once"


def test_the_officers_word_on_a_reminder_counts(counter):
    counter.complete_request()
    until(counter, "03-25T13:00")
    reminder = next(each for each in reversed(counter.sent) if "[Pengingat]" in each["Subject"])
    counter.receive(counter.mail(OFFICER, "SETUJU", answers=reminder))
    assert counter.case["step"] == "revoke-old"


def test_the_promise_rests_in_the_applicants_turn(counter):
    counter.complete_request()
    asked = counter.receive(counter.mail(OFFICER, "KURANG mohon CSR baru", answers=counter.task_letter()))
    heard = next(each for each in asked if each["To"] == APPLICANT)
    seen = until(counter, "03-27T10:00")
    assert {who for _, who in seen} <= {APPLICANT}
    counter.receive(counter.mail(text="ini", answers=heard, files=(counter.csr(key=2),)))
    assert counter.case["due"] > at("03-27T10:00")


def test_a_silent_applicant_after_approval_is_reminded_and_then_an_officer_looks_in_ams(counter):
    counter.complete_request()
    counter.receive(counter.mail(OFFICER, "SETUJU", answers=counter.task_letter()))
    seen = until(counter, "04-20T09:00")
    assert [who for _, who in seen[:3]] == [APPLICANT, APPLICANT, OFFICER]
    assert counter.case["state"] != "closed", "silence is not done"
    assert "AMS" in text_of(counter.task_letter())


def test_a_word_whose_undo_time_passed_during_an_outage_takes_effect_once(tmp_path):
    with Counter(tmp_path, undo=10) as counter:
        counter.complete_request()
        counter.receive(counter.mail(OFFICER, "SETUJU", answers=counter.task_letter()))
        moment = counter.clock.moment
    with Counter(tmp_path, undo=10) as counter:
        counter.clock.moment = moment
        assert [each["To"] for each in counter.later(hours=5)] == [APPLICANT]
        assert counter.work() == []


def test_work_done_twice_at_the_same_moment_sends_nothing_twice(counter):
    counter.receive(counter.mail(text="lupa passphrase, mohon dibantu"))
    counter.clock.moment = at("03-30T09:00")
    counter.work()
    assert counter.work() == []
