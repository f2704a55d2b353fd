"""What people attach, by the names a corpus uses."""

import io

from PIL import Image, ImageDraw

from tests.bench import mails
from tests.support.letters import Person, letter, plain_pdf

File = tuple[str, bytes, str]
"""Name, content, media type."""
_PAPER = (232, 230, 224)
_TITLED = {
    "change-form.pdf": "FORMULIR PERMOHONAN PERUBAHAN DATA",
    "recommendation.pdf": "SURAT REKOMENDASI",
    "unrelated.pdf": "NOTULEN RAPAT KOORDINASI",
}
"""Papers of which only the title and a few fields can be read."""
_LETTERS = {"statement.pdf": "passphrase-loss-statement", "revocation.pdf": "revocation-letter"}
NAMES = ("csr", "photo-of-letter.jpg", "ktp.jpg", "logo.png", *_TITLED, *_LETTERS)


def writer(number: int) -> Person:
    """Who writes the n-th line of a state, from 0."""
    return mails.person(number + 1)  # a NIP never ends in 000


def file(name: str, number: int) -> File:
    """The file of this name as the n-th line's writer attaches it."""
    who = writer(number)
    if name == "csr":
        return ("permohonan.csr", mails.request(number + 1), "application/pkcs10")
    if name in _LETTERS:
        return (name, letter(who, kind=_LETTERS[name]), "application/pdf")
    if name in _TITLED:
        return (name, plain_pdf(_titled(_TITLED[name], who)), "application/pdf")
    if name == "logo.png":
        return (name, _picture(Image.new("RGB", (120, 40), (0, 90, 160)), "PNG"), "image/png")
    if name in NAMES:
        return (name, _picture(_photograph(), "JPEG"), "image/jpeg")
    raise ValueError(f"no file is called {name!r}: one of {', '.join(NAMES)}")


def _titled(title: str, who: Person) -> list[str]:
    return [title, f"Nama : {who.name}", f"NIP : {who.nip}", f"Alamat e-mail dinas : {who.email}"]


def _photograph() -> Image.Image:
    """Grey lines on paper, as large as a telephone takes them: nothing can be read in it."""
    image = Image.new("RGB", (1600, 2200), _PAPER)
    draw = ImageDraw.Draw(image)
    for row in range(60):
        y = 150 + 32 * row
        draw.line((150, y, 700 + 400 * (row % 3) // 2, y), fill=(40, 40, 50), width=6)
    return image


def _picture(image: Image.Image, kind: str) -> bytes:
    out = io.BytesIO()
    image.save(out, kind)
    return out.getvalue()
