"""Absence, half the promise without a word, officers who are gone, two officers who answer: who has a task, and whose word counts."""

import pytest

from tests.staff.writing import only, own, request_of, somebody, to, words
from tests.support.counter import (
    APPLICANT,
    BUDI,
    DEWI,
    OFFICER,
    OFFICIAL,
    OTHER_OFFICER,
    RINA,
    Counter,
    officer,
    text_of,
)

AWAY = (("Auto-Submitted", "auto-replied"),)
SARI = "sari.dewi@contohkota.go.id"


def away(counter: Counter, letter, who: str = OFFICER) -> list:
    """An out-of-office answer to a letter of ours; it quotes what it answers."""
    text = "Saya sedang cuti. SETUJU semua yang mendesak hubungi rekan."
    return counter.receive(counter.mail(who, text, answers=letter, headers=AWAY))


def say(counter: Counter, text: str, who: str = OFFICER) -> list:
    return counter.receive(counter.mail(who, text, answers=counter.task_letter(who)))


# --- absence -------------------------------------------------------------------------------------------------------------


def test_an_automatic_reply_hands_the_officers_tasks_on_and_decides_nothing(counter):
    sent = away(counter, counter.task_letter())
    task = to(sent, OTHER_OFFICER)
    assert "tidak di tempat" in words(task)
    assert "SETUJU" in text_of(task)
    assert "Budi Hartono" in text_of(to(sent, OFFICER))
    assert counter.case["step"] == "verify"
    assert counter.case["timeline"][-1]["event"] == "handed-on"
    assert counter.tasks[0]["officers"] == [OTHER_OFFICER, OFFICER]
    say(counter, "SETUJU", OTHER_OFFICER)
    assert counter.case["step"] != "verify"


def test_after_handing_on_the_first_officers_word_still_counts_and_the_second_is_told(counter):
    before = counter.task_letter()
    away(counter, before)
    counter.receive(counter.mail(OFFICER, "SETUJU", answers=before))
    assert counter.cases[-1]["step"] != "verify"
    told = to(say(counter, "SETUJU", OTHER_OFFICER), OTHER_OFFICER)
    assert "Rina Kusuma" in text_of(told)


def test_a_second_automatic_reply_changes_nothing_more(counter):
    away(counter, counter.task_letter())
    assert away(counter, counter.letter_to(OFFICER)) == []
    assert counter.tasks[0]["officers"] == [OTHER_OFFICER, OFFICER]


def test_new_tasks_pass_over_who_is_away_until_the_next_working_day_opens(counter):
    away(counter, counter.task_letter())
    for number in (1, 2, 3):
        sent = counter.receive(request_of(counter, somebody(number), number + 1))
        assert OTHER_OFFICER in {each["To"] for each in sent}
    counter.clock.moment = counter.clock.moment.replace(day=25, hour=8, minute=0)
    counter.work()
    later = [
        each["To"]
        for number in (4, 5)
        for each in counter.receive(request_of(counter, somebody(number), number + 1))
    ]
    assert OFFICER in later


def test_without_a_colleague_the_official_is_told_and_can_decide(tmp_path):
    with Counter(tmp_path, officers=RINA + DEWI) as counter:
        counter.complete_request()
        told = only(away(counter, counter.task_letter()))
        assert told["To"] == OFFICIAL
        assert "tidak ada rekan" in words(told)
        counter.receive(counter.mail(OFFICIAL, "SETUJU", answers=told))
        assert counter.cases[-1]["step"] != "verify"


def test_a_task_that_the_absent_officer_had_taken_is_told_to_the_official(counter):
    say(counter, "AMBIL")
    told = only(away(counter, counter.task_letter()))
    assert told["To"] == OFFICIAL


def test_an_automatic_reply_from_another_address_makes_nobody_absent(counter):
    assert away(counter, counter.task_letter(), "orang.luar@example.go.id") == []
    assert counter.tasks[0]["officers"] == [OFFICER]


# --- half the promise ----------------------------------------------------------------------------------------------------


def test_half_the_promise_without_a_word_puts_the_task_before_a_colleague_too(counter):
    counter.clock.moment = counter.clock.moment.replace(day=25, hour=11, minute=0)
    sent = counter.work()
    task = next(each for each in sent if each["To"] == OTHER_OFFICER and "SETUJU" in text_of(each))
    assert "Separuh waktu layanan sudah lewat" in words(task)
    assert counter.tasks[0]["officers"] == [OTHER_OFFICER, OFFICER]
    counter.receive(counter.mail(OTHER_OFFICER, "SETUJU", answers=task))
    assert counter.cases[-1]["step"] != "verify"


def test_a_task_that_was_taken_is_not_handed_on(counter):
    say(counter, "AMBIL")
    counter.clock.moment = counter.clock.moment.replace(day=25, hour=11, minute=0)
    counter.work()
    assert counter.tasks[0]["officers"] == [OFFICER]


# --- who is gone ---------------------------------------------------------------------------------------------------------


def reopened(tmp_path, counter: Counter, officers: str) -> Counter:
    """The same counter with other officers in its configuration, a moment later."""
    later = Counter(tmp_path, officers=officers)
    later.clock.moment, later.sent = counter.clock.moment, counter.sent
    return later


def test_who_is_taken_out_of_the_configuration_loses_tokens_and_tasks(tmp_path):
    with Counter(tmp_path, officers=RINA + BUDI + DEWI) as counter:
        counter.complete_request()
        old = counter.task_letter()
    with reopened(tmp_path, counter, BUDI + DEWI) as counter:
        assert only(counter.work())["To"] == OTHER_OFFICER
        assert counter.tasks[0]["officers"] == [OTHER_OFFICER]
        assert counter.case["timeline"][-1]["event"] == "reassigned"
        assert OFFICER not in {
            each["To"] for each in counter.receive(counter.mail(OFFICER, "SETUJU", answers=old))
        }
        assert counter.case["step"] == "verify"
        say(counter, "SETUJU", OTHER_OFFICER)
        assert counter.cases[-1]["step"] != "verify"


def test_what_the_leaving_officer_had_taken_can_be_decided_by_the_next(tmp_path):
    with Counter(tmp_path, officers=RINA + BUDI + DEWI) as counter:
        counter.complete_request()
        say(counter, "AMBIL")
    with reopened(tmp_path, counter, BUDI + DEWI) as counter:
        counter.work()
        say(counter, "SETUJU", OTHER_OFFICER)
        assert counter.cases[-1]["step"] != "verify"


def test_who_no_longer_serves_the_service_loses_its_tasks_to_a_colleague_who_does(tmp_path):
    with Counter(tmp_path, officers=RINA + BUDI + DEWI) as counter:
        counter.complete_request()
        old = counter.task_letter()
    elsewhere = RINA + 'services = ["revocation"]\n'
    with reopened(tmp_path, counter, elsewhere + BUDI + DEWI) as counter:
        counter.work()
        assert counter.tasks[0]["officers"] == [OTHER_OFFICER]
        told = only(counter.receive(counter.mail(OFFICER, "SETUJU", answers=old)))
        assert told["To"] == OFFICER
        assert counter.case["step"] == "verify"


def test_of_two_who_had_it_the_one_who_is_left_keeps_it_and_gets_no_second_letter(tmp_path):
    with Counter(tmp_path, officers=RINA + BUDI + DEWI, keys={"tasks": 'assignment = "all"'}) as counter:
        counter.complete_request()
    with reopened(tmp_path, counter, RINA + DEWI) as counter:
        assert counter.work() == []
        assert counter.tasks[0]["officers"] == [OFFICER]


def test_whom_a_person_chose_keeps_the_task_though_it_is_not_their_service(tmp_path):
    sari = officer("Sari Dewi", SARI) + 'services = ["revocation"]\n'
    with Counter(tmp_path, officers=RINA + sari + DEWI) as counter:
        counter.complete_request()
        counter.act("case", "assign", counter.case["id"], SARI)
        counter.work()
        assert counter.tasks[0]["officers"] == [SARI]


def test_what_was_taken_and_then_assigned_by_hand_can_be_decided_by_the_new_officer(counter):
    say(counter, "AMBIL")
    counter.act("case", "assign", counter.case["id"], OTHER_OFFICER)
    counter.work()
    say(counter, "SETUJU", OTHER_OFFICER)
    assert counter.cases[-1]["step"] != "verify"


# --- two answers ---------------------------------------------------------------------------------------------------------


@pytest.fixture
def both(tmp_path):
    """A counter at which every officer gets every task."""
    with Counter(tmp_path, officers=RINA + BUDI + DEWI, keys={"tasks": 'assignment = "all"'}) as counter:
        counter.complete_request()
        yield counter


def test_two_words_that_disagree_are_told_to_the_official(both):
    say(both, "SETUJU")
    sent = say(both, "TOLAK datanya berbeda", OTHER_OFFICER)
    told = text_of(to(sent, OFFICIAL))
    for expected in ("SETUJU (Rina Kusuma)", "TOLAK datanya berbeda (Budi Hartono)"):
        assert expected in " ".join(told.split())
    assert to(sent, OTHER_OFFICER)
    assert APPLICANT not in {each["To"] for each in sent}


def test_two_words_that_agree_are_nobody_elses_business(both):
    say(both, "SETUJU")
    assert [each["To"] for each in say(both, "SETUJU", OTHER_OFFICER)] == [OTHER_OFFICER]


def test_the_same_officer_who_changes_their_mind_is_no_disagreement(both):
    say(both, "SETUJU")
    assert [each["To"] for each in say(both, "TOLAK keliru")] == [OFFICER]


def test_the_queue_names_both_who_have_a_task(counter):
    away(counter, counter.task_letter())
    assert "Budi Hartono, Rina Kusuma" in words(only(own(counter, "ANTREAN")))
