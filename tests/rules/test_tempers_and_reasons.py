"""Which letters are written in anger, and which reasons a letter names."""

import pytest

from rules.case import State
from rules.reasons import reason_in
from rules.temper import is_upset
from tests.rules.counter import CSR, SOPS, STATEMENT, Counter

REVOCATION = SOPS["revocation"]


@pytest.mark.parametrize(
    "text",
    [
        "Saya sangat kecewa dengan pelayanan ini.",
        "Pelayanan mengecewakan",
        "Sudah berkali-kali saya kirim, belum ada kabar.",
        "Kenapa lama sekali?",
        "Petugasnya tidak profesional",
        "Saya dipingpong dari kemarin",
        "Keterlaluan, sudah seminggu tidak ditanggapi",
        "gimana sih ini",
        "Akan saya laporkan ke Ombudsman",
        "Tolong dijawab!!!",
        "SAYA SUDAH MENGIRIM BERKAS INI TIGA KALI DAN TIDAK ADA JAWABAN SAMA SEKALI",
        "This is unacceptable.",
        "I am very disappointed with your service",
        "Two weeks and no response",
        "What a waste of time",
        "Saya akan melaporkan kelambatan layanan ini kepada wali kota.",
        "This is outrageous, I have waited for a week and nobody answers!",
    ],
)
def test_anger_is_heard(text):
    assert is_upset(text)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "Mohon bantuannya, saya lupa passphrase.",
        "Terima kasih atas pelayanan yang baik.",
        "Saya tidak kecewa, hanya ingin bertanya.",
        "Kami tidak marah, mohon arahan",
        "Selamat siang Bapak/Ibu, berikut saya kirimkan berkas CSR yang diminta.",
        "Permohonan ini mendesak karena saya akan dinas luar.",
        "PERMOHONAN PENCABUTAN",
        "CSR TERLAMPIR",
        "Apakah sudah selesai?",
        "Saya melaporkan bahwa laptop saya hilang.",
        "We are still waiting for the director's signature.",
        "Please find the CSR attached.",
        "Thank you for the quick response!",
        "I am not disappointed, just asking.",
    ],
)
def test_politeness_and_short_capitals_are_not_taken_for_it(text):
    assert not is_upset(text)


def test_an_angry_letter_gets_a_person_instead_of_a_list_of_documents():
    counter = Counter()
    counter.open(STATEMENT)
    counter.send(text="Pelayanan ini sangat mengecewakan")
    assert (counter.last.event, counter.mails) == ("wrote", ["applicant-question-noted"])
    assert [task.note for task in counter.tasks] == ["wrote"]
    assert counter.case.state is State.APPLICANT


def test_an_angry_letter_with_what_was_missing_is_complete_all_the_same():
    counter = Counter()
    counter.open(STATEMENT)
    counter.send(CSR, text="Ini yang ketiga kali, keterlaluan!!")
    assert (counter.case.step, counter.mails) == ("verify", ["applicant-request-received"])


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("identitas berubah", "identitas berubah"),
        ("adanya perubahan identitas karena kenaikan pangkat", "identitas berubah"),
        ("Lupa passphrase", "lupa passphrase"),
        ("forgotten passphrase", "lupa passphrase"),
        ("kunci privat bocor", "kunci bocor"),
        ("Passphrase saya diketahui rekan kerja", "kunci bocor"),
        ("akun saya diretas", "kunci bocor"),
        ("my private key leaked", "kunci bocor"),
        ("laptop dinas hilang", "perangkat hilang atau dicuri"),
        ("Laptop dicuri di kereta", "perangkat hilang atau dicuri"),
        ("device lost or stolen", "perangkat hilang atau dicuri"),
        ("mutasi ke Dinas Kesehatan", "mutasi"),
        ("pindah tugas", "mutasi"),
        ("memasuki masa pensiun", "pensiun"),
        ("yang bersangkutan telah purna tugas", "pensiun"),
        ("mengundurkan diri", "berhenti"),
        ("pemegang sertifikat meninggal dunia", "meninggal dunia"),
        ("almarhum Bapak Budi", "meninggal dunia"),
        ("lain-lain", "lain-lain"),
        ("kunci tidak bocor", ""),
        ("kucing lari", ""),
        ("", ""),
    ],
)
def test_the_reasons_of_ams_as_letters_spell_them(text, reason):
    assert reason_in(REVOCATION, text) == reason


def test_only_the_reasons_that_are_meant_are_looked_for():
    assert reason_in(REVOCATION, "saya pensiun", ["kunci bocor"]) == ""
    assert reason_in(SOPS["complaint"], "saya pensiun") == ""


def test_every_reason_has_a_code_of_rfc_5280():
    codes = {"unspecified", "keyCompromise", "affiliationChanged", "superseded", "cessationOfOperation"}
    assert {each.code for each in REVOCATION.reasons.values()} <= codes
    assert {REVOCATION.reasons[each].code for urgent in REVOCATION.urgent for each in urgent.is_} == {
        "keyCompromise"
    }
