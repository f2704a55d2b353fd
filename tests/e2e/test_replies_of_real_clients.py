"""What mail programs write around an answer is no part of it, and what people tell of letters and dates is."""

import pytest

from tests.support.counter import APPLICANT, COUNTER, OFFICER, Counter, text_of

WHOM = f"Dinas Komunikasi dan Informatika <{COUNTER}>"


@pytest.fixture
def counter(tmp_path):
    with Counter(tmp_path, keys={"trust": "subaddressing = true"}) as opened:
        yield opened


def words(letter) -> str:
    return " ".join(text_of(letter).split())


PROGRAMS = {
    "Cypht": f"Di Tue, 17 Mar 2026 09:12:00 +0700 {WHOM} mengatakan\n\n",
    "Cypht to the token's address": "Di Tue, 17 Mar 2026 09:12:00 +0700 {token} mengatakan\n\n",
    "Nextcloud": f'"Dinas Komunikasi dan Informatika" {COUNTER} \u2013 17 Maret 2026 09.12\n',
    "Outlook for Android": f"Dapatkan Outlook untuk Android<https://aka.ms/AAb9ysg>\n{'_' * 32}\nDari: {WHOM}\n"
    f"Dikirim: Selasa, 17 Maret 2026 09.12\nKepada: {OFFICER}\nSubjek: Tugas\n\n",
    "an unknown one": "{token} pada 17 Maret:\n",
}


@pytest.mark.parametrize("program", PROGRAMS)
def test_a_reason_reaches_the_applicant_without_what_the_program_wrote_below_it(counter, program):
    counter.complete_request()
    task = counter.task_letter()
    quoted = "\n".join(f"> {line}" for line in text_of(task).splitlines())
    below = PROGRAMS[program].replace("{token}", str(task["Reply-To"]))
    raw = counter.mail(
        OFFICER, f"TOLAK nama berbeda dengan AMS\n\n{below}{quoted}", subject=f"Re: {task['Subject']}"
    )
    raw = raw.replace(f"To: {COUNTER}".encode(), f"To: {task['Reply-To']}".encode())
    counter.receive(raw)
    told = words(counter.letter_to(APPLICANT))
    assert "nama berbeda dengan AMS" in told
    assert "+a." not in told
    if program != "an unknown one":
        assert "mengatakan" not in told
        assert "Outlook" not in told
        assert f'Informatika" {COUNTER}' not in told


def test_a_theft_that_was_told_with_a_date_is_urgent(counter):
    text = (
        "Saya sudah mengirim tanggal 16 Maret 2026 permohonan cabut sertifikat karena laptop saya dicuri.\n"
        "Mohon segera dicabut, kunci saya bisa disalahgunakan."
    )
    counter.receive(counter.mail(text=text, subject="Permohonan"))
    assert counter.case["sop"] == "revocation"
    assert "disalahgunakan" in words(counter.letter_to(OFFICER))


def test_an_official_note_is_read_from_its_head_on(counter):
    text = (
        "Kepada : Yth. Kepala Dinas Komunikasi dan Informatika\nDari : Siti Rahmawati\nTanggal : 10 Maret 2026\n"
        "Perihal : Lupa passphrase sertifikat elektronik\n\n"
        "Dengan hormat, saya lupa passphrase sertifikat elektronik saya. Mohon bantuannya."
    )
    counter.receive(counter.mail(text=text, subject="Permohonan"))
    assert counter.case["sop"] == "passphrase-loss"


@pytest.mark.parametrize(
    ("below", "event"), [("KENDALA saya tidak tahu cara membuat CSR", "help"), ("STATUS", "status")]
)
def test_a_word_that_calls_a_person_counts_below_the_quotation_too(counter, below, event):
    counter.receive(counter.mail(text="Saya lupa passphrase.", files=(counter.letter(),)))
    letter = counter.letter_to()
    quoted = "\n".join(f"> {line}" for line in text_of(letter).splitlines())
    raw = counter.mail(text="", answers=letter).split(b"\n\n", 1)[0]
    body = f"Pada 2026-03-17 09:12, Dinas menulis:\n{quoted}\n\n{below}\n"
    counter.receive(raw.replace(b"7bit", b"8bit") + b"\n\n" + body.encode())
    assert counter.case["timeline"][-1]["event"] == event
