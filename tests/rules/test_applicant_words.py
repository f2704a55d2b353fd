"""What an applicant's reply says; a free sentence is no keyword and no fault."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rules.words import applicant_word


@pytest.mark.parametrize(
    ("reply", "outcome"),
    [
        ("STATUS", "status"),
        ("Selamat siang, status permohonan saya?", "status"),
        ("SUDAH", "finished"),
        ("Pagi Pak, sudah saya ajukan di AMS", "finished"),
        ("Finished", "finished"),
        ("KENDALA: tidak dapat masuk AMS", "problem"),
        ("problem", "problem"),
        ("BENAR", "confirm"),
        ("Confirm.", "confirm"),
        ("BATAL, saya sudah ingat", "cancel"),
        ("cancel", "cancel"),
        ("PENGADUAN layanan lambat", "complaint"),
        ("Terima kasih", "thanks"),
        ("ok terima kasih pak", "thanks"),
        ("Baik Bu, terima kasih atas bantuannya.\n\nSiti Rahmawati", "thanks"),
        ("Terima kasih pak, ditunggu", "thanks"),
        ("Baik Bu, ditunggu kabarnya ya", "thanks"),
        ("Thank you very much", "thanks"),
        ("baik", "thanks"),
    ],
)
def test_the_words_of_an_applicant(reply, outcome):
    assert applicant_word(reply).outcome == outcome


@pytest.mark.parametrize(
    "reply",
    [
        "Saya lupa passphrase, mohon dibantu",
        "Berikut CSR saya",
        "Terima kasih, CSR terlampir",
        "Terima kasih\nCSR menyusul besok",
        "Terima kasih, mohon dibatalkan",
        "Baik, apakah boleh difoto?",
        "Selamat pagi",
        "Belum sudah",
        "Jangan batal",
        "",
    ],
)
def test_a_sentence_is_neither_word_nor_problem(reply):
    spoken = applicant_word(reply)
    assert (spoken.outcome, spoken.problem) == (None, "")


@pytest.mark.parametrize(
    "reply", ["Sudah sampai mana?", "BATAL atau SUDAH", "Batal tidak jadi", "BATAL?", "benar tidak ya"]
)
def test_a_word_that_changes_something_must_be_clear(reply):
    spoken = applicant_word(reply)
    assert spoken.outcome is None
    assert spoken.problem


def test_what_follows_the_word_is_kept():
    assert (
        applicant_word("KENDALA: tidak dapat masuk\nmuncul galat 500").text
        == "tidak dapat masuk\nmuncul galat 500"
    )


@given(st.text(max_size=200))
def test_any_text_is_answered_without_failing(text):
    applicant_word(text)


ASKED = {"right": ("BENAR", "BETUL", "YA", "IYA", "YES", "CONFIRM"), "wrong": ("BELUM", "UNSOLVED")}


@pytest.mark.parametrize(
    "reply",
    ["BENAR", "betul", "iya benar", "ya", "Ya betul pak", "iya itu dari saya pak", "Benar sudah bisa", "BENAR, terima kasih.", "yes"],
)  # fmt: skip
def test_a_plain_yes_answers_what_was_asked(reply):
    assert applicant_word(reply, ASKED).outcome == "right"


@pytest.mark.parametrize(
    "reply",
    ["Ya tolong jangan diproses", "Benar-benar bukan saya", "ya nanti saya cek dulu", "Benar, tapi saya tidak minta CSR baru",
     "Benar-benar mengecewakan!", "benar, tapi masih error", "BENAR\nTapi bukan saya yang minta", "Benar, tapi jabatan saya berubah"],
)  # fmt: skip
def test_a_yes_with_anything_beside_it_is_no_yes(reply):
    assert applicant_word(reply, ASKED).outcome is None
    assert applicant_word(reply).outcome is None


@pytest.mark.parametrize(
    "reply",
    [
        "sudah saya coba tapi gagal login AMS",
        "Sudah, namun ditolak sistem",
        "SUDAH\nbelum muncul di AMS",
        "Sudah diajukan, error",
    ],
)
def test_done_but_failed_wants_a_person(reply):
    assert applicant_word(reply).outcome == "problem"


def test_sudah_sesuai_is_not_done():
    words = {"right": ("BENAR",), "applied": ("SUDAH", "FINISHED")}
    assert applicant_word("sudah sesuai pak", words).outcome is None
    assert applicant_word("SUDAH, terima kasih", words).outcome == "applied"
