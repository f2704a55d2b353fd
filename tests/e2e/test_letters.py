"""What stands in the letters of a real request: what counts, in words, and nothing that is not kept."""

import re
from pathlib import Path

import pytest
from cryptography.hazmat.primitives import serialization

import rules.turns
from mailflow.letters.standing import note_in_words
from tests.support import requests
from tests.support.counter import APPLICANT, DEWI, OFFICER, OFFICIAL, RINA, Counter, text_of


def words(letter) -> str:
    return " ".join(text_of(letter).split())


@pytest.fixture
def counter(tmp_path):
    with Counter(tmp_path, officers=RINA + DEWI) as counter:
        yield counter


def ask(counter: Counter, word: str) -> str:
    """Answer the applicant's latest letter with a word; return the answer to it."""
    counter.receive(counter.mail(text=word, answers=counter.letter_to()))
    return words(counter.letter_to())


def say(counter: Counter, text: str) -> None:
    counter.receive(counter.mail(OFFICER, text, answers=counter.task_letter()))


def test_the_number_of_a_remedy_is_the_number_of_what_it_is_about(counter):
    counter.complete_request()
    text = text_of(counter.task_letter())
    number = re.search(r"^(\d)\. Tanda tangan pada surat", text, re.MULTILINE)[1]
    assert f"KURANG {number} \N{EN DASH} minta surat yang ditandatangani" in text


def test_what_agrees_is_one_line_of_words_not_a_paragraph_of_sentences(counter):
    counter.complete_request()
    agreed = words(counter.task_letter()).partition("SESUAI ")[2].partition(" YANG TERBACA")[0]
    assert agreed.startswith("Berkas lengkap, ")
    assert agreed.endswith("CSR sah, kunci RSA 2048, kunci belum pernah dipakai.")
    assert len(agreed) < 250


def test_only_the_csr_that_counts_is_shown_and_attached(counter):
    counter.complete_request()
    counter.receive(counter.mail(text="CSR baru", answers=counter.letter_to(), files=(counter.csr(key=2),)))
    letter = counter.task_letter()
    assert text_of(letter).count("Subject DN (CSR):") == 1
    assert [each.get_filename() for each in letter.iter_attachments()].count("permintaan.csr") == 1


def test_where_a_request_stands_promises_a_time_only_in_our_own_turn(counter):
    counter.receive(counter.mail(text="Saya lupa passphrase", files=(counter.letter(),)))
    assert "Menunggu CSR dari Bapak/Ibu." in ask(counter, "STATUS")
    counter.receive(counter.mail(text="Ini CSR", answers=counter.letter_to(), files=(counter.csr(),)))
    assert "Kami akan mengabari Bapak/Ibu paling lambat Rabu, 25 Maret 2026" in ask(counter, "STATUS")
    say(counter, "KURANG mohon surat ditandatangani")
    asked = ask(counter, "STATUS")
    assert "Menunggu perbaikan dari Bapak/Ibu." in asked
    assert "mohon surat ditandatangani" in asked
    assert "paling lambat" not in asked


def test_where_a_request_stands_in_ams_names_the_steps(counter):
    counter.complete_request()
    say(counter, "SETUJU")
    told = ask(counter, "STATUS")
    assert "Menunggu langkah Bapak/Ibu di AMS." in told
    assert "Ajukan pencabutan sertifikat di AMS" in told
    assert "Alasan: “lupa passphrase”" in told
    assert "paling lambat" not in told


def test_silence_in_ams_is_never_threatened_with_closing(counter):
    counter.complete_request()
    say(counter, "SETUJU")
    reminders = [each for _ in range(6) for each in counter.later(days=3) if each["To"] == APPLICANT]
    assert reminders
    assert not any("kami tutup" in words(each) for each in reminders)


def test_a_promise_that_has_passed_is_owned_up_to(counter):
    counter.complete_request()
    counter.later(days=9)
    assert "Mohon maaf, waktu yang kami janjikan, Rabu, 25 Maret 2026" in ask(counter, "STATUS")
    overdue = counter.letter_to(OFFICIAL)
    assert "Petugas: Rina Kusuma" in text_of(overdue)


def test_help_wanted_shows_the_question_and_asks_for_an_answer(counter):
    counter.complete_request()
    say(counter, "SETUJU")
    ask(counter, "KENDALA saya tidak dapat masuk AMS")
    letter = counter.letter_to(OFFICER)
    assert letter["Subject"].startswith("[Tugas] Kendala pemohon, Siti Rahmawati")
    assert "saya tidak dapat masuk AMS" in text_of(letter)
    assert "SELESAI \N{EN DASH} diikuti jawaban untuk pemohon" in text_of(letter)
    assert "KURANG" not in text_of(letter)


def test_a_confirmation_that_an_officer_asked_for_brings_the_request_back(counter):
    counter.complete_request()
    text = text_of(counter.task_letter())
    number = re.search(r"KURANG (\d) . minta konfirmasi", text)[1]
    say(counter, f"KURANG {number}")
    ask(counter, "BENAR")
    assert counter.case["state"] == "waiting_for_officer"
    assert "minta konfirmasi" not in text_of(counter.task_letter())


def test_a_private_key_in_the_mail_leaves_no_letter_that_says_there_is_nothing_to_do(counter):
    pem = requests.rsa_key(number=1).private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    files = (counter.letter(), counter.csr(), ("kunci.key", pem, "application/x-pem-file"))
    sent = counter.receive(counter.mail(text="Saya lupa passphrase", files=files))
    told = [words(each) for each in sent if each["To"] == APPLICANT]
    assert len(told) == 2
    assert not any("tidak ada yang perlu" in each for each in told)


def test_a_long_subject_has_no_second_blank(counter):
    counter.complete_request()
    for letter in counter.sent:
        assert "  " not in letter["Subject"]


NOTE = re.compile(
    r"""(?:note=|want_person\(turn,\ |close_task\(|_close\(turn,\ (?:key|event\.task),\ )"(\w[^"{]*)\"""",
    re.VERBOSE,
)


def test_every_note_of_the_rules_has_its_sentence():
    folder = Path(rules.turns.__file__).parent
    notes = {note for file in folder.glob("*.py") for note in NOTE.findall(file.read_text())}
    assert {"finished", "help", "the evidence has changed"} <= notes
    for note in (*notes, "refused: stale-task", "decided: approve", "another-must"):
        assert note_in_words(note, "id"), note
        assert note_in_words(note, "en"), note
