"""What mail programs add is no evidence, and what nobody has read is not claimed: as mail programs, phones and gateways really send it."""

import io
import random
from base64 import b64encode
from email import message_from_bytes
from email.message import EmailMessage
from email.mime.application import MIMEApplication
from email.mime.base import MIMEBase
from email.mime.image import MIMEImage
from email.mime.multipart import MIMEMultipart
from email.mime.text import MIMEText
from email.policy import default

import pytest
from PIL import Image

from tests.support.counter import APPLICANT, OFFICER, Counter, text_of

THANKS = "Terima kasih banyak."
ASKS = "Saya lupa passphrase, mohon bantuan."
VCARD = "BEGIN:VCARD\r\nVERSION:4.0\r\nFN:Pegawai\r\nTEL:+6281200001234\r\nEND:VCARD\r\n"
OPENPGP = "-----BEGIN PGP PUBLIC KEY BLOCK-----\n\nmDMEZabcdef\n-----END PGP PUBLIC KEY BLOCK-----\n"
REPLY = "BEGIN:VCALENDAR\r\nMETHOD:REPLY\r\nBEGIN:VEVENT\r\nSUMMARY:Rapat\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n"
FOOTER = "\n-- \nThis message is confidential and intended solely for the recipient.\nPesan ini telah dipindai antivirus.\n"
TNEF = b"\x78\x9f\x3e\x22\x01\x00" + b"\x01\x06\x90\x08\x00\x04\x00\x00\x00\x00\x00\x01\x00\x01\x00"


@pytest.fixture
def counter(tmp_path):
    with Counter(tmp_path) as opened:
        yield opened


def words(letter) -> str:
    return " ".join(text_of(letter).split())


def picture(size, kind="PNG", seed=1) -> bytes:
    """A picture whose bytes do not shrink, as photos and gradients do not."""
    small = (size[0] // 8, size[1] // 8)
    noise = Image.frombytes("RGB", small, random.Random(seed).randbytes(small[0] * small[1] * 3))  # noqa: S311 - a picture
    out = io.BytesIO()
    noise.resize(size).save(out, kind, **({"quality": 92} if kind == "JPEG" else {}))
    return out.getvalue()


def attached(data, name, media="application/octet-stream", disposition="attachment"):
    """A part as programs write it, whatever its type."""
    main, _, sub = media.partition("/")
    if main == "text":
        part = MIMEText(data if isinstance(data, str) else data.decode(), sub, "utf-8")
    elif main == "image":
        part = MIMEImage(data, sub)
    elif main == "application":
        part = MIMEApplication(data if isinstance(data, bytes) else data.encode(), sub)
    else:
        part = MIMEBase(main, sub)
        part.set_payload(data)
    part.add_header("Content-Disposition", disposition, filename=name)
    return part


def written(counter, *parts, text=THANKS, html=None, pictures=(), answers=None, sender=APPLICANT):
    """A mail of any shape: text, or HTML that shows `pictures` by their Content-IDs, and further parts."""
    body = MIMEText(text, "plain", "utf-8")
    if html is not None:
        both = MIMEMultipart("alternative", _subparts=[body, MIMEText(html, "html", "utf-8")])
        body = MIMEMultipart("related", _subparts=[both])
        for number, (data, kind) in enumerate(pictures):
            shown = MIMEImage(data, kind)
            shown.add_header("Content-ID", f"<gambar{number}@x>")
            shown.add_header("Content-Disposition", "inline", filename=f"image{number:03}.{kind}")
            body.attach(shown)
    whole = MIMEMultipart("mixed", _subparts=[body, *parts])
    _addressed(whole, counter.mail(sender, answers=answers))
    return whole.as_bytes()


def _addressed(message, like: bytes) -> None:
    """Give a message the header of another one."""
    for name, value in message_from_bytes(like, policy=default).items():
        if not name.lower().startswith(("content-", "mime-")):
            message[name] = " ".join(str(value).split())


def csr_part(counter):
    name, data, _ = counter.csr()
    return attached(data, name, "application/pkcs10")


ADDED = {
    "contact card": lambda: attached(VCARD, "anisa.vcf", "text/vcard"),
    "OpenPGP key": lambda: attached(OPENPGP, "publickey.asc", "application/pgp-keys"),
    "OpenPGP key without its type": lambda: attached(OPENPGP, "OpenPGP_0x1A2B.asc"),
    "piece of Exchange": lambda: attached(FOOTER, "ATT00001.txt", "text/plain"),
    "empty piece": lambda: attached("<html><body> <br></body></html>", "ATT00002.htm", "text/html"),
    "footer": lambda: attached(FOOTER, "disclaimer.txt", "text/plain"),
    "winmail.dat without content": lambda: attached(TNEF, "winmail.dat", "application/ms-tnef"),
    "calendar reply": lambda: attached(REPLY, "invite.ics", "text/calendar"),
    "resource fork": lambda: attached(
        b"\x00\x05\x16\x07\x00\x02\x00\x00", "._surat.pdf", "application/applefile"
    ),
    "signature of the mail": lambda: attached(b"0\x80\x06\x09*\x86H\x86\xf7\x0d\x01\x07\x02", "smime.p7s"),
    "small logo": lambda: attached(picture((60, 40)), "image001.png", "image/png"),
    "banner beside plain text": lambda: attached(picture((1200, 420)), "image001.png", "image/png"),
}


@pytest.mark.parametrize("what", ADDED)
def test_what_a_mail_program_adds_to_thanks_voids_no_task_and_the_next_word_counts(counter, what):
    counter.complete_request()
    counter.sent += counter.receive(written(counter, ADDED[what](), answers=counter.letter_to()))
    assert counter.letters_sent() == []
    assert [each["state"] for each in counter.tasks] == ["open"]
    counter.receive(counter.mail(OFFICER, "SETUJU", answers=counter.task_letter()))
    assert counter.case["step"] != "verify"


LOGOS = {
    "below the text": (
        "<html><body>Terima kasih banyak.<br><img src='cid:gambar0@x'></body></html>",
        (420, 180),
        "png",
    ),
    "a square below the name": (
        "<p>Terima kasih.</p><p>Salam,<br>Anisa<br>Pranata Komputer</p><img src=cid:gambar0@x>",
        (1000, 1000),
        "png",
    ),
    "within the signature": (
        '<p>Terima kasih.</p><div class="gmail_signature"><img src="cid:gambar0@x"></div>',
        (700, 700),
        "png",
    ),
    "a banner": ("<p>Terima kasih.</p><img src='cid:gambar0@x'>", (2400, 800), "jpeg"),
    "above all": ("<img src='cid:gambar0@x'><p>Terima kasih.</p>", (1600, 300), "png"),
}


@pytest.mark.parametrize("where", LOGOS)
def test_a_logo_of_any_size_voids_no_task_and_the_officer_hears_of_it(counter, where):
    html, size, kind = LOGOS[where]
    counter.complete_request()
    shown = written(
        counter, html=html, pictures=[(picture(size, kind.upper()), kind)], answers=counter.letter_to()
    )
    assert counter.receive(shown) == []
    assert [each["state"] for each in counter.tasks] == ["open"]
    counter.receive(counter.mail(text="Kapan selesainya?", answers=counter.letter_to()))
    asked = counter.letter_to(OFFICER)
    assert f"image000.{kind}" in words(asked)
    counter.receive(counter.mail(OFFICER, "SETUJU", answers=counter.task_letter()))


def test_a_banner_under_a_first_mail_is_not_the_letter(counter):
    html = "<p>Saya lupa passphrase, berikut CSR. Surat menyusul.</p><p>Salam,<br>Pranata Komputer<br><img src=cid:gambar0@x></p>"
    counter.receive(
        written(counter, csr_part(counter), text=ASKS, html=html, pictures=[(picture((1200, 420)), "png")])
    )
    told = words(counter.letter_to())
    assert counter.case["state"] == "waiting_for_applicant"
    assert "BELUM ADA - surat pernyataan" in told


PHOTOS = {
    "pasted by a phone": (None, (1200, 1600), "JPEG"),
    "pasted into the text": (
        "<p>Saya lupa passphrase, ini suratnya:</p><img src='cid:gambar0@x'><p>Mohon bantuan Bapak/Ibu petugas.</p>",
        (1200, 1600),
        "JPEG",
    ),
    "below the closing": (
        "<p>Saya lupa passphrase, mohon bantuan.</p><p>Terima kasih</p><img src='cid:gambar0@x'>",
        (1500, 2000),
        "JPEG",
    ),
    "a picture of the screen": (
        "<p>Saya lupa passphrase. Suratnya:</p><img src='cid:gambar0@x'>",
        (920, 1300),
        "PNG",
    ),
    "a scan with a logo's name": (None, (1240, 1754), "PNG"),
}


@pytest.mark.parametrize("how", PHOTOS)
def test_a_photo_of_a_letter_goes_to_the_officer_and_nobody_is_told_what_it_is(counter, how):
    html, size, kind = PHOTOS[how]
    data = picture(size, kind)
    if html is None:
        raw = written(
            counter,
            attached(data, "image001.jpg", f"image/{kind.lower()}", "inline"),
            csr_part(counter),
            text=ASKS,
        )
    else:
        raw = written(counter, csr_part(counter), text=ASKS, html=html, pictures=[(data, kind.lower())])
    counter.receive(raw)
    told, asked = counter.letter_to(), counter.task_letter()
    assert counter.case["state"] == "waiting_for_officer"
    assert "surat pernyataan" not in words(told).partition("DITERIMA, DILIHAT PETUGAS")[0]
    assert "DITERIMA, DILIHAT PETUGAS - foto image00" in words(told)
    assert "lengkap" not in told["Subject"]
    assert "apakah ini surat pernyataan lupa passphrase?" in words(asked)
    assert "minta surat pernyataan lupa passphrase" in words(asked)
    assert "Berkas lengkap" not in words(asked)
    assert "image00" in " ".join(each.get_filename() or "" for each in asked.iter_attachments())


def test_a_letter_that_is_said_to_follow_is_not_the_photo_that_came_along(counter):
    photo = attached(picture((1200, 1600), "JPEG"), "IMG_1.jpg", "image/jpeg")
    counter.receive(
        written(counter, csr_part(counter), photo, text=f"{ASKS} Surat pernyataan menyusul ya Pak.")
    )
    told = words(counter.letter_to())
    assert "BELUM ADA - surat pernyataan" in told
    assert "DITERIMA, DILIHAT PETUGAS - foto IMG_1.jpg" in told


def test_the_paper_that_is_said_to_follow_by_post_is_on_the_photo(counter):
    photo = attached(picture((1200, 1600), "JPEG"), "IMG_1.jpg", "image/jpeg")
    counter.receive(written(counter, csr_part(counter), photo, text=f"{ASKS} Surat aslinya menyusul."))
    assert counter.case["state"] == "waiting_for_officer"


def test_a_photo_beside_a_letter_that_was_read_is_looked_at_and_the_letter_counts(counter):
    photo = attached(picture((1200, 1600), "JPEG"), "ktp.jpg", "image/jpeg")
    name, data, _ = counter.letter()
    counter.receive(
        written(counter, attached(data, name, "application/pdf"), photo, csr_part(counter), text=ASKS)
    )
    told, asked = words(counter.letter_to()), words(counter.task_letter())
    assert "SUDAH ADA - surat pernyataan lupa passphrase - berkas CSR" in told
    assert "foto ktp.jpg" in told
    assert "ktp.jpg belum dibaca sistem; mohon dilihat sendiri" in asked
    assert "19850412 201001 2 007" in asked


def test_a_status_claims_no_photo(counter):
    photo = attached(picture((1200, 1600), "JPEG"), "IMG_1.jpg", "image/jpeg")
    counter.receive(written(counter, photo, text=ASKS))
    told = words(counter.letter_to())
    assert "SUDAH ADA" not in told
    counter.receive(counter.mail(text="STATUS", answers=counter.letter_to()))
    told = words(counter.letter_to())
    assert "SUDAH ADA" not in told
    assert "foto IMG_1.jpg" in told
    assert "berkas CSR" in told


def test_a_paper_that_no_row_can_use_is_shown_to_the_officer_and_voids_nothing(counter):
    counter.complete_request()
    zipped = attached(b"PK\x03\x04" + bytes(200), "berkas.zip", "application/zip")
    sent = counter.receive(written(counter, zipped, text="Ini berkas lain.", answers=counter.letter_to()))
    assert sorted(each["To"] for each in sent) == sorted([APPLICANT, OFFICER])
    shown = next(each for each in sent if each["To"] == OFFICER)
    assert "berkas.zip" in [each.get_filename() for each in shown.iter_attachments()]
    assert {each["state"] for each in counter.tasks} == {"open"}
    task = next(each for each in counter.sent if each["To"] == OFFICER)
    counter.receive(counter.mail(OFFICER, "SETUJU", answers=task))
    assert counter.case["step"] != "verify"


def test_a_new_photo_still_voids_the_task_it_may_correct(counter):
    counter.complete_request()
    photo = attached(picture((1200, 1600), "JPEG"), "IMG_2.jpg", "image/jpeg")
    counter.receive(written(counter, photo, text="Ini surat yang benar.", answers=counter.letter_to()))
    assert [each["state"] for each in counter.tasks] == ["open", "void"] or [
        each["state"] for each in counter.tasks
    ] == ["void", "open"]
    assert "IMG_2.jpg datang sesudah surat pernyataan lupa passphrase" in words(counter.task_letter())


# --- reactions --------------------------------------------------------------------------------------------------------


def _gmail(counter, answers, sender=APPLICANT):
    return written_reaction(
        counter,
        answers,
        "👍\n\nAnisa bereaksi melalui Gmail <https://www.google.com/gmail/about/?utm_source=x>",
        ("text/vnd.google.email-reaction+json", '{"version": 1, "emoji": "\\ud83d\\udc4d"}'),
        sender=sender,
    )


def written_reaction(counter, answers, text, part=None, sender=APPLICANT):
    message = EmailMessage()
    _addressed(message, counter.mail(sender, answers=answers))
    message.set_content(text)
    if part:
        message.add_alternative(part[1], subtype=part[0].partition("/")[2])
    return message.as_bytes()


REACTIONS = {
    "Gmail": _gmail,
    "Outlook": lambda counter, answers, **who: written_reaction(
        counter, answers, "Anisa bereaksi terhadap pesan Anda:\n\n👍\n", **who
    ),
    "Outlook in English": lambda counter, answers, **who: written_reaction(
        counter, answers, "❤️ Anisa reacted to your message:\n", **who
    ),
    "Apple": lambda counter, answers, **who: written_reaction(
        counter, answers, "Liked “Permohonan Bapak/Ibu telah kami terima”", **who
    ),
}


@pytest.mark.parametrize("program", REACTIONS)
def test_a_reaction_is_filed_like_thanks_and_decides_nothing(counter, program):
    counter.complete_request()
    assert counter.receive(REACTIONS[program](counter, counter.letter_to())) == []
    assert counter.receive(REACTIONS[program](counter, counter.task_letter(), sender=OFFICER)) == []
    assert [each["state"] for each in counter.tasks] == ["open"]
    assert counter.status["messages"]["filed"] == 3


def test_a_thumb_typed_by_an_applicant_is_thanks(counter):
    counter.complete_request()
    assert counter.receive(counter.mail(text="🙏🏻👍🏽", answers=counter.letter_to())) == []


def test_a_picture_that_every_mail_brings_is_a_logo(counter):
    html = "<p>Mohon bantuan, saya lupa passphrase.</p><p>Ini gambar</p><img src='cid:gambar0@x'>"
    logo = [(picture((700, 700)), "png")]
    for _ in range(2):
        counter.receive(
            written(
                counter, text="Undangan rapat", html="<p>Undangan</p><img src=cid:gambar0@x>", pictures=logo
            )
        )
    counter.receive(written(counter, csr_part(counter), text=ASKS, html=html, pictures=logo))
    assert counter.case["state"] == "waiting_for_applicant"
    assert "BELUM ADA - surat pernyataan" in words(counter.letter_to())


def test_a_photo_pasted_as_data_into_the_text_reaches_the_officer(counter):
    data = b64encode(picture((1200, 1600), "JPEG")).decode()
    html = f'<p>{ASKS} Ini suratnya:</p><img src="data:image/jpeg;base64,{data}">'
    counter.receive(written(counter, csr_part(counter), text=ASKS, html=html))
    asked = counter.task_letter()
    assert "gambar dalam isi e-mail.jpeg belum dibaca sistem: apakah ini surat pernyataan" in words(asked)
    assert "gambar dalam isi e-mail.jpeg" in [each.get_filename() for each in asked.iter_attachments()]
