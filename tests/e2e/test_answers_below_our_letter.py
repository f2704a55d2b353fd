"""Who answers below or between the lines of our letter is heard: by the marks of the quotation, or by the letter's own words."""

from email.message import EmailMessage
from email.utils import format_datetime

import pytest

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


def answered(counter, letter, program, written, *, sender=APPLICANT) -> list[EmailMessage]:
    """Answer a letter as a mail program does that puts its writer below the quotation."""
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
    return counter.receive(mail.as_bytes())


@pytest.mark.parametrize("program", WHERE)
def test_a_question_below_our_letter_reaches_a_person_who_is_told_where_it_stood(counter, program):
    counter.receive(counter.mail(text="Saya lupa passphrase.", files=(counter.letter(),)))
    answered(counter, counter.letter_to(), program, ANSWER)
    told = words(counter.letter_to(OFFICER))
    assert f"[ditemukan di bawah kutipan; di atasnya tidak ada teks] | {ANSWER}" in told
    assert counter.case["timeline"][-1]["event"] == "wrote"


def test_a_theft_told_below_our_letter_is_urgent_today(counter):
    counter.receive(counter.mail(text="Saya lupa passphrase.", files=(counter.letter(),)))
    answered(
        counter, counter.letter_to(), ("Outlook web", False), "Laptop saya dicuri, mohon sertifikat dicabut."
    )
    assert "[Mendesak]" in str(counter.letter_to(OFFICER)["Subject"])


@pytest.mark.parametrize("program", [("Outlook web", False), ("Gmail web", True)])
def test_an_officers_word_below_our_letter_decides_nothing_and_is_asked_back_with_the_reason(
    counter, program
):
    counter.complete_request()
    answered(counter, counter.task_letter(), program, "SETUJU", sender=OFFICER)
    assert "tertulis di bawahnya tidak dibaca sebagai keputusan" in words(counter.letter_to(OFFICER))
    assert [task["state"] for task in counter.tasks] == ["open"]
