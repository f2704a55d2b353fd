"""Who answers below or between the lines of our letter is heard: by the marks of the quotation, or by the letter's own words."""

from email.message import EmailMessage
from email.utils import format_datetime

import pytest

from mailflow import explain
from tests.parsers.reply_shapes import shapes
from tests.support.counter import APPLICANT, COUNTER, OFFICER, Counter, text_of

SHAPES = {(shape.name, shape.rich): shape for shape in shapes() if shape.language == "id"}
ANSWER = "Apakah ada panduan membuat CSR?"
WHERE = [
    ("Outlook web", False),
    ("Yahoo Android", False),
    ("SOGo", True),
    ("Gmail web", True),
    ("Outlook desktop", True),
]


@pytest.fixture
def counter(tmp_path):
    with Counter(tmp_path, keys={"trust": "subaddressing = true"}) as opened:
        yield opened


def words(letter) -> str:
    return " ".join(text_of(letter).split())


def answer(counter, letter, program, written, *, sender=APPLICANT) -> bytes:
    """An answer to a letter as a mail program writes it that puts its writer below the quotation."""
    shape = SHAPES[program]
    html = letter.get_body(("html",)).get_content()
    quoted = html[html.index('<div class="sheet"') : html.index("</body>")] if shape.rich else text_of(letter)
    mail = EmailMessage()
    mail["From"], mail["To"] = sender, str(letter["Reply-To"] or COUNTER)
    mail["Subject"] = f"Re: {letter['Subject']}"
    mail["Date"], mail["Message-ID"] = format_datetime(counter.clock.moment), "<bawah@writer.example.go.id>"
    mail["In-Reply-To"] = str(letter["Message-ID"])
    mail.set_content(
        shape.write("", [("quoted", quoted), ("written", written)]), subtype="html" if shape.rich else "plain"
    )
    return mail.as_bytes()


def answered(counter, *what, **how) -> list[EmailMessage]:
    return counter.receive(answer(counter, *what, **how))


@pytest.mark.parametrize("program", WHERE)
def test_a_question_below_our_letter_reaches_a_person_who_is_told_where_it_stood(counter, program):
    counter.receive(counter.mail(text="Saya lupa passphrase.", files=(counter.letter(),)))
    answered(counter, counter.letter_to(), program, ANSWER)
    told = words(counter.letter_to(OFFICER))
    assert f"[ditemukan di bawah kutipan; di atasnya tidak ada teks] | {ANSWER}" in told
    assert counter.case["timeline"][-1]["event"] == "wrote"


def test_a_theft_told_below_our_letter_is_urgent_today(counter):
    counter.receive(counter.mail(text="Saya lupa passphrase.", files=(counter.letter(),)))
    told = "Laptop saya dicuri, mohon sertifikat dicabut."
    answered(counter, counter.letter_to(), ("Outlook web", False), told)
    urgent = counter.letter_to(OFFICER)
    assert "[Mendesak]" in str(urgent["Subject"])
    assert f"di atasnya tidak ada teks] | {told}" in words(urgent)


def test_trying_a_mail_tells_that_its_words_stood_below_the_quotation(counter):
    counter.receive(counter.mail(text="Saya lupa passphrase.", files=(counter.letter(),)))
    raw = answer(counter, counter.letter_to(), ("Outlook web", False), ANSWER)
    assert explain.BELOW in explain.file(counter.office, "surat.eml", raw)["problems"]
    fresh = explain.file(counter.office, "surat.eml", counter.mail(text=ANSWER))
    assert explain.BELOW not in fresh["problems"]


@pytest.mark.parametrize("program", [("Outlook web", False), ("Gmail web", True)])
def test_an_officers_word_below_our_letter_decides_nothing_and_is_asked_back_with_the_reason(
    counter, program
):
    counter.complete_request()
    answered(counter, counter.task_letter(), program, "SETUJU", sender=OFFICER)
    assert "tertulis di bawahnya tidak dibaca sebagai keputusan" in words(counter.letter_to(OFFICER))
    assert [task["state"] for task in counter.tasks] == ["open"]


def test_what_somebody_tells_in_an_answer_is_theirs_though_it_begins_like_a_quotation(counter):
    counter.receive(counter.mail(text="Saya lupa passphrase.", files=(counter.letter(),)))
    told = "Pada 16 Maret 2026 pukul 08.00 kepala dinas menulis:\nkunci itu jangan dipakai lagi, tolong ditelepon."
    counter.receive(counter.mail(text=told, answers=counter.letter_to()))
    assert "| kunci itu jangan dipakai lagi, tolong ditelepon." in text_of(counter.letter_to(OFFICER))


def test_answers_between_the_lines_are_heard_below_a_greeting_too(counter):
    counter.receive(counter.mail(text="Saya lupa passphrase.", files=(counter.letter(),)))
    letter = counter.letter_to()
    first, _, rest = text_of(letter).partition("BELUM ADA")
    marked = (
        "\n".join(f"> {line}" for line in first.splitlines()),
        "\n".join(f"> {line}" for line in rest.splitlines()),
    )
    raw = counter.mail(text="", answers=letter).split(b"\n\n", 1)[0].replace(b"7bit", b"8bit")
    between = "Kami tidak punya komputer untuk CSR itu."
    body = (
        f"Selamat pagi,\n\nPada 2026-03-17 09:12, Dinas menulis:\n{marked[0]}\n\n{between}\n\n{marked[1]}\n"
    )
    counter.receive(raw + b"\n\n" + body.encode())
    assert f"| {between}" in text_of(counter.letter_to(OFFICER))


TOLD = [
    "Pada hari Senin, 16 Maret 2026 pukul 09.00 Pak Kepala menulis:\nlaptop Siti dicuri, mohon sertifikatnya segera dicabut.",
    "Dikirim dari kantor polisi lewat email teman karena\nlaptop saya dicuri, mohon sertifikat saya dicabut.",
    ("NOTA DINAS\nKepada: Yth. Kepala Dinas Kominfo\nDari: Kepala Dinas Pendidikan\nTanggal: 16 Maret 2026\nPerihal: Pencabutan sertifikat\n\n"
    "Laptop Siti dicuri, mohon sertifikatnya dicabut."),
    "Pesan asli:\nlaptop dicuri, mohon sertifikat dicabut",
    "Yth. Petugas\n--\nlaptop saya dicuri, mohon sertifikat saya dicabut",
]  # fmt: skip


@pytest.mark.parametrize("text", TOLD)
def test_a_theft_in_a_first_mail_is_read_whole_whatever_it_looks_like(counter, text):
    counter.receive(counter.mail(text=text, subject="Laporan"))
    assert counter.case["sop"] == "revocation"
    assert "dicabut" in words(counter.letter_to(OFFICER)).partition("PESAN PEMOHON")[2]
