"""Habits of real people that once led a request astray, from the mail in to the mail out."""

import io
import zipfile

import pytest

from tests.support.counter import APPLICANT, OFFICER, OFFICIAL, Counter, text_of


@pytest.fixture
def counter(tmp_path):
    with Counter(tmp_path) as counter:
        yield counter


def to(letters: list, address: str) -> list:
    """The letters to somebody among these."""
    return [each for each in letters if each["To"] == address]


def words(letter) -> str:
    return " ".join(text_of(letter).split())


def zipped(name: str, content: str):
    """An archive with one file in it."""
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w") as archive:
        archive.writestr(name, content)
    return (f"{name}.zip", held.getvalue(), "application/zip")


def test_a_zip_is_named_as_received_and_the_second_one_reaches_a_person_with_the_original(counter):
    (asked,) = counter.receive(
        counter.mail(text="lupa passphrase", files=(counter.letter(), zipped("csr", "satu")))
    )
    assert "csr.zip" in words(asked)
    assert "BELUM DAPAT DIBACA" in words(asked)
    sent = counter.receive(counter.mail(text="ini csr saya", answers=asked, files=(zipped("csr", "dua"),)))
    (task,) = to(sent, OFFICER)
    assert "Berkas tidak terbaca" in task["Subject"] or "tidak dapat dibuka" in words(task)
    assert any(each.get_filename() == "csr.zip" for each in task.iter_attachments())


def test_a_promise_after_kurang_is_acknowledged_once_and_is_not_the_correction(counter):
    counter.complete_request()
    asked = to(
        counter.receive(counter.mail(OFFICER, "KURANG CSR diulang", answers=counter.task_letter())), APPLICANT
    )
    sent = counter.receive(counter.mail(text="Baik pak, besok saya kirim", answers=asked[0]))
    assert counter.case["state"] == "waiting_for_applicant"
    (told,) = sent
    assert (told["To"], "besok saya kirim" in words(told)) == (APPLICANT, True)
    assert "lengkap" not in told["Subject"].lower()
    assert counter.receive(counter.mail(text="Siap, nanti sore saya kirim", answers=asked[0])) == []


@pytest.mark.parametrize(
    "text", ["Setuju setelah surat diperbaiki", "Setuju\n\nMaaf ralat: belum, tunggu surat asli"]
)
def test_a_conditional_approval_approves_nothing_and_is_asked_back(counter, text):
    counter.complete_request()
    sent = counter.receive(counter.mail(OFFICER, text, answers=counter.task_letter()))
    assert [each["To"] for each in sent] == [OFFICER]
    assert "ada syarat, pengecualian, atau tambahan" in words(sent[0])
    assert counter.case["step"] == "verify"


def test_a_question_after_the_end_has_a_due_time_and_the_official_hears_when_it_passes(counter):
    counter.complete_request()
    heard = to(
        counter.receive(counter.mail(OFFICER, "TOLAK data berbeda", answers=counter.task_letter())), APPLICANT
    )
    (task,) = to(counter.receive(counter.mail(text="Mengapa ditolak Pak?", answers=heard[0])), OFFICER)
    assert "paling lambat" in words(task)
    sent = counter.later(days=20)
    (told,) = to(sent, OFFICIAL)
    assert "Terlambat" in told["Subject"]
    assert "Mengapa ditolak" in words(told)


def test_batal_within_the_officers_undo_time_takes_the_word_back_and_kabulkan_counts(tmp_path):
    with Counter(tmp_path, undo=10) as counter:
        counter.complete_request()
        received = counter.letter_to(APPLICANT)
        counter.receive(counter.mail(OFFICER, "SETUJU", answers=counter.task_letter()))
        sent = counter.receive(counter.mail(text="BATAL, saya sudah ingat", answers=received))
        (wish,) = to(sent, OFFICER)
        assert "KABULKAN" in words(wish)
        assert "ditarik kembali" in words(wish)
        counter.later(minutes=30)
        assert counter.case["step"] == "verify"
        counter.receive(counter.mail(OFFICER, "KABULKAN", answers=wish))
        heard = counter.later(minutes=30)
        assert to(heard, APPLICANT)
        assert counter.case["ending"] == "cancelled"


def test_thanks_that_wait_for_news_are_no_task(counter):
    counter.complete_request()
    assert (
        counter.receive(counter.mail(text="Terima kasih pak, ditunggu", answers=counter.letter_to(APPLICANT)))
        == []
    )


def test_an_answer_to_the_first_message_still_counts_after_a_second_one(counter):
    counter.complete_request()
    received = counter.letter_to(APPLICANT)
    first = to(counter.receive(counter.mail(text="Mohon segera ya Pak", answers=received)), OFFICER)[0]
    second = to(counter.receive(counter.mail(text="Nomor saya berganti", answers=received)), OFFICER)[0]
    assert "Nomor saya berganti" in words(second)
    heard = counter.receive(counter.mail(OFFICER, "KURANG Baik, kami catat.", answers=first))
    assert "Baik, kami catat." in words(to(heard, APPLICANT)[0])
