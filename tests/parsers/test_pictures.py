"""Pictures as mail programs show them: what adorns a text, what may be a photographed letter, and what only a person can tell."""

import io

import pytest
from PIL import Image

from parsers.documents import read_document
from parsers.headers import Headers
from parsers.mime import Part
from parsers.pictures import kind_of, places


def picture(size, kind="PNG", pad=0):
    out = io.BytesIO()
    Image.new("RGB", size, (200, 210, 220)).save(out, kind)
    return out.getvalue() + bytes(pad)


def kind(markup, size, fmt="PNG", *, name="image001.png", disposition="inline", pad=70_000):
    data = picture(size, fmt, pad)
    head = Headers([])
    part = Part(
        head, data, 0, len(data), 1, f"image/{fmt.lower()}", {"name": name}, (0, len(data)), direct=True
    )
    facts = read_document(data, name=name, declared_type=f"image/{fmt.lower()}", pages=1)
    return kind_of(part, data, facts, places(markup).get("a@x") if markup else None)


IMG = '<img src="cid:a@x">'
OUTLOOK = (
    '<div class="WordSection1"><p class="MsoNormal">Terlampir CSR saya.</p><p class="MsoNormal">Hormat saya,</p><table><tr><td>'
    '<img width=117 height=117 src="cid:a@x"></td><td><b>Siti Rahmawati</b><br>Analis Data<br>Dinas Kominfo</td></tr></table></div>'
)
GMAIL = (
    '<div dir="ltr">Mohon bantuan.<br clear="all"><div><div dir="ltr" class="gmail_signature" data-smartmail="gmail_signature">'
    f"<div dir=ltr>Siti<br>{IMG}</div></div></div></div>"
)
THUNDERBIRD = f'<p>Mohon bantuan.</p><div class="moz-signature">-- <br>Siti<br>{IMG}</div>'
LETTERHEAD = (
    f"<div>{IMG}</div><p>Yth. Petugas, saya lupa passphrase sertifikat elektronik dan mohon bantuan.</p>"
)
PHONE = '<html><body dir="auto">Ini suratnya<div><br><div><img src="cid:a@x" id="x" apple-inline="yes"></div><br><div dir="ltr">Dikirim dari iPhone saya</div></div></body></html>'
PASTED = f"<p>Ini surat pernyataan saya:</p>{IMG}<p>Mohon diproses, dan terima kasih atas bantuan Bapak/Ibu semua.</p>"
FORWARDED = f'<div>DAFTAR</div><div class="gmail_quote"><div>---------- Forwarded message ---------</div><p>Saya lupa passphrase</p>{IMG}</div>'


@pytest.mark.parametrize(
    ("markup", "size", "fmt", "found"),
    [
        (OUTLOOK, (1000, 1000), "PNG", "adornment"),
        (GMAIL, (900, 900), "PNG", "adornment"),
        (GMAIL, (2000, 500), "JPEG", "adornment"),
        (GMAIL, (3000, 4000), "JPEG", "doubtful"),
        (THUNDERBIRD, (800, 640), "PNG", "adornment"),
        (LETTERHEAD, (2400, 420), "JPEG", "adornment"),
        (LETTERHEAD, (1654, 2339), "JPEG", "doubtful"),
        (PHONE, (3024, 4032), "JPEG", "paper"),
        (PHONE, (1170, 2532), "PNG", "paper"),
        (PASTED, (1240, 1754), "PNG", "paper"),
        (PASTED, (700, 300), "PNG", "doubtful"),
        (PASTED, (640, 640), "PNG", "doubtful"),
        (FORWARDED, (1200, 1600), "JPEG", "doubtful"),
        (FORWARDED, (400, 120), "PNG", "adornment"),
        (None, (1240, 1754), "PNG", "paper"),
        (None, (3000, 4000), "JPEG", "paper"),
        (None, (1200, 300), "PNG", "adornment"),
    ],
)
def test_a_picture_is_what_its_shape_and_its_place_say(markup, size, fmt, found):
    assert kind(markup, size, fmt) == found


def test_an_attached_strip_with_a_name_of_its_own_is_left_to_a_person():
    assert kind(None, (2200, 1000), "JPEG", name="surat.jpg", disposition="attachment") == "doubtful"


def test_a_picture_whose_size_no_library_knows_is_left_to_a_person():
    facts = read_document(picture((1200, 1600)), name="a.heic", declared_type="image/heic", pages=1)
    part = Part(Headers([]), b"", 0, 0, 1, "image/heic", {}, (0, 0), direct=True)
    heic = b"\0\0\0\x18ftypheic" + bytes(100)
    assert kind_of(part, heic, facts, None) == "paper"
    assert kind_of(part, heic, facts, places(GMAIL)["a@x"]) == "doubtful"
