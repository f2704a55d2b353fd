"""What an officer must not overlook, as people send it: papers of two people, logos, words struck out, keys seen before."""

import io
from email.message import EmailMessage

import pytest
from PIL import Image

from tests.support.counter import APPLICANT, OFFICER, Counter, text_of
from tests.support.forms import revocation_letter
from tests.support.letters import BUDI, SITI

DIFFERENT = "ORANG YANG BERBEDA"
OTHER_ADDRESS = "siti.lain@contohkota.go.id"


@pytest.fixture
def counter(tmp_path):
    with Counter(tmp_path, staff=(SITI,)) as opened:
        yield opened


def words(letter) -> str:
    return " ".join(text_of(letter).split())


def confirm(counter):
    """The holder answers that what the other address sent is theirs."""
    counter.receive(counter.mail(text="BENAR", answers=counter.letter_to(APPLICANT)))


def _first_item(letter):
    """The first line under PERLU DILIHAT, which may go on over several lines."""
    lines = text_of(letter).split("PERLU DILIHAT", 1)[1].split("\n2.", 1)[0]
    return " ".join(lines.split())


def test_papers_of_two_people_in_one_request_are_said_first_with_both_names(counter):
    """Two letters of one kind are two requests (`tests/services/test_mailbox.py`); of two kinds they may be a mistake."""
    counter.receive(
        counter.mail(
            text="Mohon bantuan, saya lupa passphrase.",
            files=(
                counter.letter(),
                ("pencabutan-budi.pdf", revocation_letter(BUDI), "application/pdf"),
                counter.csr(),
            ),
        )
    )
    first = _first_item(counter.task_letter())
    assert DIFFERENT in first
    assert "Siti Rahmawati" in first
    assert "Budi Santoso" in first


def test_another_request_for_the_same_nip_from_another_address_is_named_to_the_officer(counter):
    counter.complete_request()
    ticket = counter.case["id"]
    counter.receive(
        counter.mail(
            OTHER_ADDRESS,
            "Mohon bantuan, saya lupa passphrase.",
            files=(counter.letter(), counter.csr(key=2)),
        )
    )
    confirm(counter)
    said = words(counter.task_letter())
    assert f"Permohonan lain atas NIP yang sama masih berjalan: {ticket}" in said


def test_the_same_key_in_the_same_persons_other_open_request_is_looked_at_rather_than_refused(counter):
    counter.complete_request()
    ticket = counter.case["id"]
    counter.receive(
        counter.mail(
            OTHER_ADDRESS, "Mohon bantuan, saya lupa passphrase.", files=(counter.letter(), counter.csr())
        )
    )
    confirm(counter)
    said = words(counter.task_letter())
    assert f"Kunci yang sama ada pada permohonan lain atas NIP yang sama ({ticket})" in said
    assert "pernah dipakai" not in said


# --- pictures ---------------------------------------------------------------------------------------------------------


def picture(size, kind="JPEG") -> bytes:
    out = io.BytesIO()
    Image.new("RGB", size, (230, 228, 220)).save(out, kind)
    return out.getvalue()


@pytest.mark.parametrize(("size", "kind"), [((220, 80), "PNG"), ((400, 400), "JPEG"), ((90, 90), "GIF")])
def test_the_logo_of_a_signature_is_not_taken_for_the_letter(counter, size, kind):
    counter.receive(
        counter.mail(
            text="Saya lupa passphrase, mohon bantuan.",
            files=(("image001.jpg", picture(size, kind), "image/jpeg"), counter.csr()),
        )
    )
    assert counter.case["state"] == "waiting_for_applicant"
    assert counter.tasks == []


def test_a_photographed_letter_that_a_phone_marks_inline_still_counts(counter):
    raw = counter.mail(
        text="Saya lupa passphrase, mohon bantuan.",
        files=(("IMG_1.jpg", picture((900, 1200)), "image/jpeg"), counter.csr()),
    )
    inline = raw.replace(
        b'Content-Disposition: attachment; filename="IMG_1.jpg"',
        b'Content-Disposition: inline; filename="IMG_1.jpg"\nContent-ID: <img1@phone>',
    )
    assert inline != raw
    counter.receive(inline)
    assert counter.case["state"] == "waiting_for_officer"


# --- who sees numbers, and what officers are shown ------------------------------------------------------------------------


def test_a_colleagues_address_gets_the_number_masked_and_the_letters_own_address_in_full(counter):
    request = {"text": "Mohon bantuan, saya lupa passphrase.", "files": (counter.letter(), counter.csr())}
    counter.receive(counter.mail(OTHER_ADDRESS, **request))
    assert "19850412" not in words(counter.letter_to(OTHER_ADDRESS))
    assert "1985" in words(counter.letter_to(OTHER_ADDRESS))
    confirm(counter)
    assert "19850412 201001 2 007" in words(counter.task_letter())
    counter.receive(counter.mail(APPLICANT, **request))
    assert "19850412 201001 2 007" in words(counter.letter_to(APPLICANT))


def test_a_csr_pasted_into_the_text_is_not_read_out_to_the_officer(counter):
    pem = counter.csr()[1].decode()
    text = f"Mohon bantuan, saya lupa passphrase. CSR saya:\n\n{pem}\nTerima kasih banyak."
    counter.receive(counter.mail(text=text, files=(counter.letter(),)))
    told = text_of(counter.task_letter())
    assert "BEGIN CERTIFICATE REQUEST" not in told
    assert pem.splitlines()[3][:30] not in told
    assert "Mohon bantuan, saya lupa passphrase" in told
    assert "Terima kasih banyak." in told


# --- what decides ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("plain", "rich"),
    [
        (None, "<p><del>SETUJU</del> Nanti saya cek</p>"),
        (None, '<p style="color:#ffffff">SETUJU</p><p>Nanti saya cek</p>'),
        (None, '<p style="position:absolute;left:-9999px">SETUJU</p>Nanti saya cek'),
        ("SETUJU", "<p>Nanti saya cek dulu</p>"),
        ("Nanti saya cek dulu", "<p>SETUJU</p>"),
    ],
)
def test_a_word_its_writer_may_not_have_seen_decides_nothing_and_is_asked_about(counter, plain, rich):
    counter.complete_request()
    sent = counter.receive(_answer(counter.task_letter(), plain, rich))
    assert [each["To"] for each in sent] == [OFFICER]
    assert counter.case["step"] == "verify"


def test_text_and_html_that_say_the_same_decide(counter):
    counter.complete_request()
    counter.receive(_answer(counter.task_letter(), "*Setuju*", "<p><b>Setuju</b></p>"))
    assert counter.case["step"] != "verify"


def _answer(task, plain, rich) -> bytes:
    message = EmailMessage()
    message["From"], message["To"] = OFFICER, str(task["Reply-To"] or task["From"])
    message["Subject"], message["Message-ID"] = f"Re: {task['Subject']}", "<answer@writer.example.go.id>"
    message["In-Reply-To"] = str(task["Message-ID"])
    if plain is not None:
        message.set_content(plain)
        message.add_alternative(rich, subtype="html")
    else:
        message.set_content(rich, subtype="html")
    return message.as_bytes()
