"""What gateways put above and below a mail is passed over; a person's words that resemble it stay."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from parsers.html import to_text
from parsers.notices import above, below

ADVICE = (
    "Do not click links or open attachments unless you recognize the sender and know the content is safe."
)
OUTSIDE = "This email originated from outside of the organization."
LUAR = "Email ini berasal dari luar organisasi."
JANGAN = "Jangan klik tautan atau membuka lampiran kecuali Anda mengenal pengirimnya."

TOP = [
    f"CAUTION: {OUTSIDE} {ADVICE}",
    f"CAUTION: {OUTSIDE} Do not click\nlinks or open attachments unless you recognize the sender and know the content\nis safe.",
    f"[EXTERNAL EMAIL] {ADVICE.upper()}",
    "[EXTERNAL]",
    "{External}",
    "***EXTERNAL EMAIL***",
    "External Email",
    "EXTERNAL SENDER: Do not click on any links, open any attachments, or REPLY to the message unless you know the sender.",
    "*** This email is from an EXTERNAL source. Use caution when responding, opening attachments or clicking links. ***",
    (
        "ZjQcmQRYFpfptBannerStart\nThis Message Is From an External Sender\nThis message came from outside your organization.\n \n"
        "ZjQcmQRYFpfptBannerEnd"
    ),
    "This Message Is From an External Sender\nThis message came from outside your organization.\n  Report Suspicious  \u200c\n",
    "You don't often get email from budi@contohkota.go.id. Learn why this is important<https://aka.ms/LearnAboutSenderIdentification>\n",
    "Anda tidak sering menerima email dari budi@contohkota.go.id. Pelajari mengapa hal ini penting",
    'WARNING: The sender of this email could not be validated and may not match the person in the "From" field.',
    f"{LUAR}\n",
    f"PERINGATAN: {LUAR} {JANGAN}",
    f"[PERHATIAN: {LUAR} {JANGAN}]",
    f"=====\nPERHATIAN: {LUAR}\n=====",
    (
        "PERINGATAN: email ini berasal dari luar lingkungan Pemerintah Provinsi Jawa Contoh. Harap berhati-hati dan jangan membuka"
        " tautan atau lampiran apabila pengirim tidak dikenal."
    ),
    "WASPADA! Pesan ini berasal dari luar domain contohkota.go.id. Laporkan email mencurigakan ke helpdesk@contohkota.go.id.",
    f"Email Eksternal - Pengirim dari luar Kementerian Komunikasi dan Digital\n{'_' * 32}",
    "EMAIL EKSTERNAL: Jangan mengeklik tautan atau membuka lampiran jika Anda tidak mengenal pengirimnya.",
    f"{'-' * 30}\nHati-hati! Surel ini dari pihak eksternal. Mohon berhati-hati sebelum membuka lampiran.\n{'-' * 30}\n",
]


@pytest.mark.parametrize("banner", TOP)
def test_a_banner_above_is_passed_over_and_shown(banner):
    for between in ("\n", "\n\n"):
        found = above(f"{banner}{between}SETUJU\n\nRina")
        assert found.text == "SETUJU\n\nRina"
        assert found.notices


def test_a_word_behind_brackets_on_their_line_is_the_writers():
    assert above("[EXTERNAL] SETUJU").text == "SETUJU"
    assert above(f"[{LUAR} {JANGAN}] TOLAK nama").text == "TOLAK nama"


HTML = {
    "Microsoft": '<table border=0 align="left" width="100%"><tr><td style="background:#ffb900"></td><td style="background:#fff8e5">'
    '<div style="color:#222222;">You don\'t often get email from budi@contohkota.go.id. <a href="https://aka.ms/L">Learn why this is'
    ' important</a></div></td><td style="width:75px"></td></tr></table><div dir="ltr">SETUJU</div>',
    "a rule of Exchange": '<div style="background-color:#FFEB9C"><span style="color:black">CAUTION:</span> '
    f"{OUTSIDE} {ADVICE}</div><br><div><p class=MsoNormal>SETUJU</p></div>",
    "Proofpoint": '<!-- BaNnErBlUrFlE-BoDy-start --><div style="display:none">x</div><table><tr><td><div>This Message Is From an External'
    ' Sender</div></td></tr><tr><td>This message came from outside your organization.</td><td><a href="x">Report&nbsp;Suspicious</a></td>'
    "</tr></table><p>SETUJU</p>",
    "an Indonesian office": f'<p style="color:red"><b>PERINGATAN:</b> {LUAR} <br>{JANGAN}</p><hr>SETUJU',
    "cells": "<table><tr><td>&#9888;</td><td><b>External</b></td><td>Email ini dari luar Dinas Kominfo</td></tr></table>SETUJU",
}


@pytest.mark.parametrize("gateway", HTML)
def test_a_banner_in_html_is_passed_over(gateway):
    assert above(to_text(HTML[gateway])).text == "SETUJU"


PERSONS = [
    "Email ini berasal dari luar kota, mohon disetujui.\nSETUJU",
    "PERHATIAN: email ini dari luar, jangan disetujui.\nSETUJU",
    f"{LUAR}\nSETUJU",  # no gateway's, unless it stands apart
    LUAR,
    "External: SETUJU",
    "Hati-hati, email ini dari luar. SETUJU",
    f"CAUTION: {OUTSIDE} SETUJU",
    f"SETUJU\n{OUTSIDE} {ADVICE}",
    "Please do not approve, the sender is from outside.\nSETUJU",
    "Peringatan: surat ini berasal dari luar instansi saya.\n\nTOLAK",
    "Perhatian\nSETUJU",
    "[penting] SETUJU",
    "Jangan klik tautan itu.\n\nSETUJU",
    f"> CAUTION: {OUTSIDE} {ADVICE}\nSETUJU",
]


@pytest.mark.parametrize("text", PERSONS)
def test_what_a_person_wrote_above_stays(text):
    assert above(text).text == text


def test_what_a_person_wrote_below_a_banner_stays_line_by_line():
    found = above(f"CAUTION: {OUTSIDE} {ADVICE}\nMohon jangan dikirim ke pengirim Budi.\nSETUJU")
    assert found.text == "Mohon jangan dikirim ke pengirim Budi.\nSETUJU"


BOTTOM = [
    (
        "This email and any files transmitted with it are confidential and intended solely for the use of the individual or entity to whom"
        " they are addressed. If you have received this email in error please notify the system manager."
    ),
    (
        "DISCLAIMER: Email ini beserta lampirannya bersifat rahasia dan hanya ditujukan untuk penerima yang dituju. Apabila Anda bukan"
        " penerima yang dituju, dilarang menyebarluaskan. Mohon segera hapus."
    ),
    (
        f"{'_' * 32}\nThe information contained in this message is privileged and confidential.\nIf you are not the intended recipient,"
        " please delete it."
    ),
    "Please consider the environment before printing this email.",
    "This email has been scanned for viruses by Avast.",
    "Virus-free.www.avast.com<https://www.avast.com>",
    f"CAUTION: {OUTSIDE} {ADVICE}",
    (
        "Confidentiality notice\nThis e-mail is intended only for the person named. Any use of it by others is prohibited.\n\n"
        "Think before you print."
    ),
]


@pytest.mark.parametrize("notice", BOTTOM)
def test_a_notice_below_is_passed_over_and_shown(notice):
    found = below(f"TOLAK nama berbeda\n\n{notice}\n")
    assert found.text == "TOLAK nama berbeda"
    assert " ".join(found.notices).split() == notice.split()


def test_a_notice_right_below_the_last_line_is_passed_over():
    notice = "Penafian: Pesan ini hanya ditujukan untuk penerima yang dimaksud. Jika keliru menerima mohon dihapus."
    assert below(f"TOLAK nama berbeda\n{notice}").text == "TOLAK nama berbeda"


@pytest.mark.parametrize(
    "text",
    [
        "Mohon dijaga.\n\nEmail ini rahasia. Passphrase saya bocor.",
        "Saya Siti.\n\nPesan ini rahasia, hanya ditujukan kepada penerima Pak Budi. Laptop saya dicuri kemarin malam di terminal.",
        "TOLAK surat ini rahasia dan tidak ditujukan kepada kita, mohon dihapus dari berkas yang dikirim",
        "TOLAK\n\nSurat rahasia tidak boleh dikirim lewat surel.",
        BOTTOM[0],  # alone it is all that came: a person reads it
        "KURANG\n\n1. Surat yang ditandatangani\n2. CSR",
    ],
)
def test_what_a_person_wrote_below_stays(text):
    assert below(text).text == text


@given(st.text(max_size=300))
def test_nothing_is_lost_whatever_came(text):
    for found in (above(text), below(text)):
        kept = "".join((*found.notices, found.text))
        assert sorted("".join(kept.split())) == sorted("".join(text.split()))
