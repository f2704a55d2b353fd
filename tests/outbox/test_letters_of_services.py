"""What the letters say beside their own matter (stage, news, help, urgency), and the letters of each service in their variants."""

from dataclasses import replace
from datetime import date

import pytest

from mailflow.outbox.letter import Asked, Word
from mailflow.outbox.render import Renderer
from mailflow.outbox.samples import sample

RENDERER = Renderer()
BENAR = Word(word="BENAR", meaning="sudah selesai")


def written(name, language="id", **changes):
    """A sample letter, changed, as (subject, text on one line)."""
    rendered = RENDERER.render(name, replace(sample(name, language), **changes))
    return rendered.subject, " ".join(rendered.text.split())


# --- what any letter may say ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("language", "words"), [("id", "Langkah 2 dari 3"), ("en", "Step 2 of 3")])
def test_the_stage_stands_at_the_top_of_a_request_with_several(language, words):
    assert written("applicant-request-approved", language, stage=(2, 3))[1].startswith(words)
    assert words[:4] not in written("applicant-request-approved", language, stage=(1, 1), steps=())[1]


@pytest.mark.parametrize(
    "name", ["applicant-request-incomplete", "applicant-request-status", "applicant-question-asked"]
)
def test_news_of_a_part_that_ended_is_told_by_whatever_letter_comes_next(name):
    said = {"events": ("Data di AMS telah diubah.", "Sertifikat lama telah dicabut.")}
    _, text = written(name, said=said)
    assert text.index("1. Data di AMS telah diubah. 2. Sertifikat lama telah dicabut.") < 200


@pytest.mark.parametrize(
    "name",
    [
        "applicant-step-next",
        "applicant-old-revoked-new-issued",
        "applicant-certificate-revoked",
        "applicant-nothing-to-revoke",
        "applicant-data-changed",
        "applicant-certificate-issued",
    ],
)
def test_letters_made_of_news_tell_it_once_and_in_order(name):
    said = {"events": ("Yang lama dicabut.", "Yang baru terbit.")}
    _, text = written(name, said=said)
    assert text.count("Yang lama dicabut.") == 1
    assert "1. Yang lama dicabut. 2. Yang baru terbit." in text


def test_the_same_file_twice_is_said_to_be_there_already():
    said = {"repeated": ("surat.pdf",), "repeated_at": ("2026-03-16T09:12:00+07:00",)}
    told = "Berkas yang sama (surat.pdf) sudah kami terima"
    assert (
        f"{told} pada Senin, 16 Maret 2026 pukul 09.12 WIB"
        in written("applicant-request-status", said=said)[1]
    )
    assert f"{told} sebelumnya" in written("applicant-request-status", said={"repeated": ("surat.pdf",)})[1]


def test_help_is_dated_and_shown_only_to_who_has_sent_nothing_yet():
    known = {"help": "Coba dahulu passphrase yang biasa.", "help_asof": date(2026, 11, 1)}
    heading = "BANTUAN (keterangan per 1 November 2026) Coba dahulu"
    assert heading in written("applicant-request-incomplete", have=(), **known)[1]
    assert "BANTUAN" not in written("applicant-request-incomplete", **known)[1]
    assert heading in written("applicant-question-noted", said={"about": ("help",)}, **known)[1]
    assert "BANTUAN" not in written("applicant-question-noted", said={"about": ("complaint",)}, **known)[1]
    assert "HELP (as of 1 November 2026)" in written("applicant-question-noted", "en")[1]


@pytest.mark.parametrize("name", ["officer-task-assigned", "officer-task-reminder", "official-task-overdue"])
@pytest.mark.parametrize(("language", "word"), [("id", "Mendesak"), ("en", "Urgent")])
def test_an_urgent_task_says_so_first(name, language, word):
    subject, text = written(name, language, urgent=True, due=None)
    assert subject.startswith(f"[{word}]")
    assert len(subject) <= 78
    assert f"{word}:" in text
    assert word not in written(name, language)[0]


def test_a_task_about_many_persons_lists_them_by_the_numbers_of_their_letter():
    persons = (("1", "Siti Rahmawati", "198504122010012007", ""), ("3", "Budi Hartono", "", "pensiun"))
    _, text = written("officer-task-assigned", persons=persons, parent="LS-26-0131-D", sort="berat")
    assert "NAMA DALAM SURAT 1. Siti Rahmawati, NIP 198504122010012007 3. Budi Hartono (pensiun)" in text
    assert "Terkait permohonan: LS-26-0131-D Golongan: berat" in text


def test_only_who_has_a_certificate_revoked_hears_that_signing_must_wait():
    name = "applicant-request-approved"
    assert "belum dapat menandatangani" in written(name)[1]
    assert "cannot sign" in written(name, "en")[1]
    assert "menandatangani dokumen" not in written(name, steps=("Ajukan penerbitan.",))[1]
    assert "cannot sign" not in written(name, "en", steps=("Apply for issuance.",))[1]


def test_prefilled_letters_are_named_with_what_to_do_with_them():
    _, text = written("applicant-request-incomplete", drafts=("draf-formulir.docx",))
    assert "DRAF TERLAMPIR - draf-formulir.docx Draf ini kami isi" in text
    assert "diperiksa, dilengkapi, dan ditandatangani" in text
    assert "DRAF" not in written("applicant-request-incomplete")[1]


# --- questions -----------------------------------------------------------------------------------------------------------


def test_a_question_offers_its_words_with_what_they_mean_and_what_may_be_sent_instead():
    subject, text = written("applicant-question-asked")
    assert subject.startswith("Mohon jawaban Bapak/Ibu, s.d. Kamis 2/4")
    order = [
        "Apakah data Bapak/Ibu di AMS masih benar?",
        "BENAR \N{EN DASH} data saya di AMS masih benar",
        "UBAH \N{EN DASH} ada perubahan",
        "ATAU LANGSUNG KIRIM - Surat Rekomendasi",
        "paling lambat Kamis, 2 April 2026",
    ]
    places = [text.index(each) for each in order]
    assert places == sorted(places)


def test_a_solution_is_quoted_before_it_is_asked_whether_it_helps():
    subject, text = written(
        "applicant-question-asked",
        service="pengaduan layanan",
        said={"answer": ("Akun sudah dibuka.",)},
        question="Apakah sudah selesai?",
        words=(BENAR, Word(word="BELUM", meaning="belum selesai")),
        missing=(),
    )
    assert subject.startswith("Jawaban kami, mohon dikonfirmasi")
    assert "Jawaban atas pengaduan layanan Bapak/Ibu sudah ada" in text
    assert "JAWABAN KAMI | Akun sudah dibuka. Apakah sudah selesai?" in text
    assert "jawaban ini kami anggap sudah sesuai" in text
    assert "permohonan" not in text


def test_a_reminder_of_a_question_asks_it_again():
    asked = {"question": "Apakah data masih benar?", "words": (BENAR,), "missing": (Asked(what="SR"),)}
    subject, text = written("applicant-request-reminder", **asked)
    assert subject.startswith("Pengingat: menunggu jawaban Bapak/Ibu")
    assert "Apakah data masih benar? Balas e-mail ini dengan satu kata" in text
    assert "ATAU LANGSUNG KIRIM - SR" in text


# --- the expiry notice ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("days", "subject", "words"),
    [
        (
            "60",
            "akan berakhir 24 April 2026 (60 hari lagi)",
            "dapat diajukan di AMS mulai Rabu, 25 Maret 2026",
        ),
        ("30", "akan berakhir 24 April 2026 (30 hari lagi)", "Pembaruan sudah dapat diajukan di AMS"),
        ("1", "akan berakhir 24 April 2026 (1 hari lagi)", "Pembaruan masih dapat diajukan di AMS"),
        ("0", "berakhir hari ini", "berakhir hari ini, Jumat, 24 April 2026 pukul 09.30 WIB"),
        ("-7", "telah berakhir 24 April 2026", "tidak dapat diperbarui"),
    ],
)
def test_the_expiry_notice_says_what_can_be_done_at_each_threshold(days, subject, words):
    said = {**sample("applicant-certificate-expiring", "id").said, "days": (days,)}
    found, text = written("applicant-certificate-expiring", said=said)
    assert found == f"Sertifikat elektronik {subject}"
    assert words in text
    assert "nomor seri berakhiran 9A07" in text
    assert "tidak memuat tautan" in text


def test_an_expired_certificate_is_never_said_to_be_renewable():
    said = {**sample("applicant-certificate-expiring", "en").said, "days": ("-7",)}
    _, text = written("applicant-certificate-expiring", "en", said=said)
    assert "cannot be renewed" in text
    assert "apply in AMS for a new certificate" in text
    assert "apply for renewal" not in text


# --- complaints, persons, holders ----------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", ["applicant-complaint-solved", "applicant-complaint-unresolved"])
@pytest.mark.parametrize(
    ("language", "who"), [("id", "Pejabat Pengaduan"), ("en", "the complaints official")]
)
def test_a_closed_complaint_names_the_solution_and_where_else_to_go(name, language, who):
    _, text = written(name, language)
    assert "AMS" in text[text.index("| ") :]
    assert who in text
    assert "SP4N-LAPOR!" in text
    assert "LS-26-0131-D" in text


def test_a_complaint_is_called_a_complaint_and_needs_no_documents():
    subject, text = written("applicant-request-received", service="pengaduan layanan", have=())
    assert subject.startswith("Sudah kami terima, jawaban s.d. Rabu 25/3")
    assert text.count("Pengaduan layanan Bapak/Ibu") == 1
    assert "lengkap" not in text
    assert "ermohonan" not in text


def test_a_person_looked_at_separately_keeps_the_number_of_the_letter_and_gets_one_of_their_own():
    subject, text = written("applicant-request-split")
    assert subject.startswith("Diperiksa tersendiri: Budi Hartono")
    assert "3. Budi Hartono" in text
    assert "dengan nomor layanan LS-26-0147-K" in text


def test_the_holder_hears_who_asks_and_can_say_no():
    _, text = written("applicant-holder-asked", "en")
    assert "in your name, sent by Siti Rahmawati" in text
    assert "1979••••••••••1003" in text
    assert "the word CONFIRM" in text
    assert "Reply with NOT MINE" in text


@pytest.mark.parametrize(
    ("theirs", "words"), [(("yes",), "Permohonan kami lanjutkan"), ((), "tidak kami lanjutkan")]
)
def test_the_holder_is_thanked_for_either_answer(theirs, words):
    assert words in written("applicant-holder-noted", said={"theirs": theirs})[1]


FULFILLED = [
    "applicant-certificate-revoked",
    "applicant-nothing-to-revoke",
    "applicant-data-changed",
    "applicant-certificate-issued",
    "applicant-complaint-solved",
    "applicant-complaint-unresolved",
]


@pytest.mark.parametrize("name", [*FULFILLED, "applicant-request-lapsed", "applicant-request-cancelled"])
def test_letters_that_close_say_until_when_an_answer_opens_it_again(name):
    reopens = {"reopens": ("yes",)}
    _, text = written(name, said=reopens)
    assert "24 April 2026" in text
    assert "kami buka kembali" in text
    assert "we open" in written(name, "en", said=reopens)[1]


@pytest.mark.parametrize("name", [*FULFILLED, "applicant-old-revoked-new-issued"])
def test_where_nothing_opens_again_they_promise_a_person_and_no_more(name):
    _, text = written(name, said={})
    assert "24 April 2026" in text
    assert "petugas akan memba" in text
    assert "buka kembali" not in text
    assert "again" not in written(name, "en", said={})[1]


def test_the_official_learns_who_is_at_risk_since_when_and_that_the_officers_know():
    _, text = written("official-task-urgent")
    for each in (
        "a.n. Siti Rahmawati",
        "perangkat hilang atau dicuri",
        "Diterima: Selasa, 17 Maret 2026 pukul 09.12 WIB",
        "Petugas telah dikabari",
    ):
        assert each in text
