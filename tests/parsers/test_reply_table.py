"""The reply table: mail programs, languages, what was written, with a whole letter of ours quoted. Nothing leaks, nothing is lost."""

import pytest

from mailflow.outbox.render import Renderer
from mailflow.outbox.samples import sample
from parsers.beside import beside_letter
from parsers.html import to_text
from parsers.reply import below_quotation, split_reply
from tests.parsers.reply_shapes import WRITTEN, cell, shapes

LETTERS = ("officer-task-assigned", "applicant-request-incomplete")


@pytest.fixture(scope="module")
def letters():
    renderer = Renderer()
    made = {}
    for language in ("id", "en"):
        for name in LETTERS:
            letter = renderer.render(name, sample(name, language))
            body = letter.html[letter.html.index('<div class="sheet"') : letter.html.index("</body>")]
            made[language, name] = (letter.text, body)
    return made


def lines(text):
    return [line for line in (" ".join(each.split()) for each in text.splitlines()) if line]


@pytest.mark.parametrize("what", WRITTEN)
def test_nothing_leaks_and_nothing_is_lost_in_any_program(letters, what):
    wrong = []
    for number, shape in enumerate(shapes()):
        text, html = letters[shape.language, LETTERS[number % 2]]
        mail, above, below = cell(shape, what, text, html)
        read = split_reply(to_text(mail) if shape.rich else mail)
        found = "" if read.new else beside_letter(read.quoted, (text, to_text(html)))
        if (lines(read.new), lines(found or "")) != (lines(above), lines(below)):
            wrong.append((shape.name, shape.rich, shape.language, read.new, found))
        marked = "" if read.new else below_quotation(read.quoted)
        if shape.marked and lines(marked) != lines(below):
            wrong.append((shape.name, shape.rich, shape.language, "by its marks alone", marked))
    assert not wrong


LETTER = "\n".join(
    f"Baris {word} surat kami tentang permohonan itu." for word in ("pertama", "kedua", "ketiga", "keempat")
)
BESIDE = {
    "broken anew": (LETTER.replace(" surat", "\nsurat") + "\n\nSudah saya kirim.", "Sudah saya kirim."),
    "with links written out": (LETTER.replace("kami", "kami <https://contohkota.go.id/a>") + "\nSTATUS", "STATUS"),
    "a word of the letter": (f"{LETTER}\npermohonan", "permohonan"),
    "one line between": (LETTER.replace("Baris ketiga", "Tidak tahu.\nBaris ketiga"), "Tidak tahu."),
    "a head above": (f"Dari: Dinas\nKepada: Siti\n\n{LETTER}", ""),
    "a signature below": (f"{LETTER}\n\nSudah.\n-- \nSiti", "Sudah."),
    "half of it, and an answer": ("\n".join(LETTER.splitlines()[:2]) + "\nsudah", "sudah"),
    "another text": ("Ini sesuatu yang lain sama sekali dan bukan dari kantor ini.", None),
    "nothing": ("", None),
}  # fmt: skip


@pytest.mark.parametrize(("quoted", "found"), BESIDE.values(), ids=BESIDE.keys())
def test_what_is_not_in_our_letter_was_written_by_somebody_else(quoted, found):
    assert beside_letter(quoted, (LETTER,)) == found
