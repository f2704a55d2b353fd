"""Absence, half the promise without a word, officers who are gone, two officers who answer: who has a task, and whose word counts."""

from datetime import timedelta

import pytest

from mailflow.errors import MailflowError
from tests.staff.writing import only, own, request_of, somebody, to, words
from tests.support import forms
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
from tests.support.letters import SITI

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


# --- a colleague's task ---------------------------------------------------------------------------------------------------


def test_a_colleagues_task_is_taken_with_its_number_and_the_colleague_is_told(counter):
    assert "Mengambil tugas rekan: kirim AMBIL" in words(only(own(counter, "ANTREAN", OTHER_OFFICER)))
    sent = own(counter, f"AMBIL {counter.case['id']}", OTHER_OFFICER)
    task = to(sent, OTHER_OFFICER)
    assert "meminta tugas ini dengan AMBIL" in words(task)
    assert "diminta Budi Hartono dengan kata AMBIL" in words(to(sent, OFFICER))
    assert counter.tasks[0]["officers"] == [OTHER_OFFICER, OFFICER]
    counter.receive(counter.mail(OTHER_OFFICER, "AMBIL", answers=task))
    told = only(say(counter, "SETUJU"))
    assert "sudah diambil Budi Hartono" in words(told)
    counter.receive(counter.mail(OTHER_OFFICER, "SETUJU", answers=task))
    assert counter.cases[-1]["step"] != "verify"


def test_who_asks_without_a_number_gets_the_queue_to_choose_from(counter):
    assert "PADA REKAN, BELUM DIAMBIL (1)" in text_of(only(own(counter, "AMBIL", OTHER_OFFICER)))


def test_why_a_task_cannot_be_taken_is_told_with_whose_it_is(counter):
    number = counter.case["id"]
    assert "sudah pada Bapak/Ibu" in words(only(own(counter, f"AMBIL {number}")))
    assert "nomor layanan itu tidak ada" in words(only(own(counter, "AMBIL CK-26-0099-X", OTHER_OFFICER)))
    say(counter, "AMBIL")
    told = only(own(counter, f"AMBIL {number}", OTHER_OFFICER))
    assert "sudah diambil Rina Kusuma" in words(told)
    say(counter, "SETUJU")
    assert "tidak mempunyai tugas" in words(only(own(counter, f"AMBIL {number}", OTHER_OFFICER)))
    assert counter.tasks[-1]["officers"] == [OFFICER]


def test_the_official_may_ask_for_a_task_that_an_officer_has_taken(counter):
    say(counter, "AMBIL")
    sent = own(counter, f"TAKE {counter.case['id']}", OFFICIAL)
    counter.receive(counter.mail(OFFICIAL, "SETUJU", answers=to(sent, OFFICIAL)))
    assert counter.cases[-1]["step"] != "verify"


def test_a_task_of_another_service_is_not_given(tmp_path):
    sari = officer("Sari Dewi", SARI) + 'services = ["revocation"]\n'
    with Counter(tmp_path, officers=RINA + sari + DEWI) as counter:
        counter.complete_request()
        told = only(own(counter, f"AMBIL {counter.case['id']}", SARI))
        assert "bukan bagian Bapak/Ibu; tugasnya pada Rina Kusuma" in words(told)


def test_nobody_takes_the_task_of_their_own_request(tmp_path):
    siti = officer("Siti Rahmawati", APPLICANT)
    with Counter(tmp_path, officers=RINA + siti + DEWI) as counter:
        counter.complete_request()
        told = only(own(counter, f"AMBIL {counter.case['id']}", APPLICANT))
        assert "menyangkut Bapak/Ibu sendiri" in words(told)


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


@pytest.fixture
def waiting(tmp_path):
    """Every officer gets every task, and a word waits ten minutes: Rina has approved."""
    with Counter(
        tmp_path, officers=RINA + BUDI + DEWI, undo=10, keys={"tasks": 'assignment = "all"'}
    ) as counter:
        counter.complete_request()
        say(counter, "SETUJU")
        yield counter


def test_whoever_decided_hears_of_another_view_while_the_word_can_be_taken_back(waiting):
    waiting.clock.moment += timedelta(minutes=9)
    sent = say(waiting, "TOLAK foto palsu", OTHER_OFFICER)
    told = to(sent, OFFICER)
    assert "TOLAK foto palsu" in words(told)
    assert "Budi Hartono" in words(told)
    assert "berlaku pukul 09.31 WIB" in words(told)  # ten minutes from now, so that there is time to read
    assert "sampai pukul 09.31 WIB" in words(to(sent, OFFICIAL))
    assert waiting.later(minutes=5) == []
    undone = waiting.receive(waiting.mail(OFFICER, "BATAL", answers=told))
    open_again = to(undone, OTHER_OFFICER)
    assert "terbuka lagi" in words(open_again)
    waiting.receive(waiting.mail(OTHER_OFFICER, "TOLAK foto palsu", answers=open_again))
    waiting.later(minutes=11)
    assert waiting.case["ending"] == "rejected"


def test_other_views_put_a_word_off_once_only(waiting):
    for _ in range(4):
        waiting.clock.moment += timedelta(minutes=4)
        say(waiting, "TOLAK foto palsu", OTHER_OFFICER)
    waiting.later(minutes=5)
    assert waiting.case["step"] != "verify"


def test_an_approval_with_an_exception_is_another_view_than_one_without(tmp_path):
    with Counter(
        tmp_path, officers=RINA + BUDI + DEWI, undo=10, keys={"tasks": 'assignment = "all"'}
    ) as counter:
        form = forms.renewal_letter(persons=(SITI, forms.AGUS, forms.MAYA))
        files = (("sr.pdf", form, "application/pdf"),)
        counter.receive(
            counter.mail(
                text="Mohon pembaruan sertifikat elektronik saya.",
                subject="Pembaruan sertifikat",
                files=files,
            )
        )
        say(counter, "SETUJU")
        sent = say(counter, "SETUJU KECUALI 3 karena NIP keliru", OTHER_OFFICER)
        assert "SETUJU KECUALI 3 NIP keliru" in words(to(sent, OFFICER))


def test_when_nobody_else_had_answered_a_word_taken_back_is_nobody_elses_business(waiting):
    undone = waiting.receive(waiting.mail(OFFICER, "BATAL", answers=waiting.letter_to(OFFICER)))
    assert [each["To"] for each in undone] == [OFFICER]


def test_whoever_decided_and_writes_again_is_reminded_of_batal(waiting):
    told = only(say(waiting, "TOLAK keliru"))
    assert "BATAL sampai pukul 09.22 WIB" in words(told)


# --- a word that waits, and a task that goes to somebody else -------------------------------------------------------------


@pytest.fixture
def said(tmp_path):
    """Rina has approved; the word takes effect in ten minutes."""
    with Counter(tmp_path, officers=RINA + BUDI + DEWI, undo=10) as counter:
        counter.complete_request()
        say(counter, "SETUJU")
        yield counter


def test_a_task_that_is_assigned_to_somebody_else_takes_the_waiting_word_back(said):
    told = said.act("case", "assign", said.case["id"], OTHER_OFFICER)
    assert "had not taken effect is taken back" in told
    sent = said.work()
    back = to(sent, OFFICER)
    assert "SETUJU" in back["Subject"]
    assert "Budi Hartono" in words(back)
    assert "BATAL" not in words(back)
    assert APPLICANT not in {each["To"] for each in said.later(minutes=11)}
    assert said.case["step"] == "verify"
    (task,) = said.tasks
    assert (task["state"], task["officers"], task["decision"]) == ("open", [OTHER_OFFICER], None)
    say(said, "TOLAK foto palsu", OTHER_OFFICER)
    said.later(minutes=11)
    assert said.case["ending"] == "rejected"


def test_a_task_is_not_assigned_to_who_has_answered_it(said):
    with pytest.raises(MailflowError, match=r"Rina Kusuma has answered already.*09:22"):
        said.act("case", "assign", said.case["id"], OFFICER)
    said.later(minutes=11)
    assert said.case["step"] != "verify"


def test_the_waiting_word_of_who_is_taken_out_of_the_configuration_does_not_take_effect(tmp_path, said):
    with reopened(tmp_path, said, BUDI + DEWI) as counter:
        assert only(counter.work())["To"] == OTHER_OFFICER
        counter.later(minutes=11)
        assert counter.case["step"] == "verify"
        assert counter.tasks[0]["officers"] == [OTHER_OFFICER]
        say(counter, "SETUJU", OTHER_OFFICER)
        assert counter.cases[-1]["step"] != "verify"


def test_who_is_left_with_a_task_gets_it_anew_where_the_word_of_who_is_gone_had_closed_it(tmp_path, waiting):
    with reopened(tmp_path, waiting, BUDI + DEWI) as counter:
        assert only(counter.work())["To"] == OTHER_OFFICER
        say(counter, "SETUJU", OTHER_OFFICER)
        assert counter.cases[-1]["step"] != "verify"


def test_the_word_of_who_stays_takes_effect_though_a_colleague_is_gone(tmp_path, waiting):
    with reopened(tmp_path, waiting, RINA + DEWI) as counter:
        assert counter.work() == []
        counter.later(minutes=11)
        assert counter.case["step"] != "verify"


def test_two_words_that_agree_are_nobody_elses_business(both):
    say(both, "SETUJU")
    assert [each["To"] for each in say(both, "SETUJU", OTHER_OFFICER)] == [OTHER_OFFICER]


def test_the_same_officer_who_changes_their_mind_is_no_disagreement(both):
    say(both, "SETUJU")
    assert [each["To"] for each in say(both, "TOLAK keliru")] == [OFFICER]


def test_the_queue_names_both_who_have_a_task(counter):
    away(counter, counter.task_letter())
    assert "Budi Hartono, Rina Kusuma" in words(only(own(counter, "ANTREAN")))
