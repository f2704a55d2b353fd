"""The ways in which programs draw the lines of a table: strokes, boxes, thin filled bars, dashes, twice, in a form object."""

import io
from itertools import pairwise

import pytest
from reportlab.lib.pagesizes import A4
from reportlab.pdfgen.canvas import Canvas

from parsers.documents import read_document
from tests.support.letters import HEIGHT, SITI

XS = (72, 100, 230, 350, 520)
NIPS = (SITI.nip, "198504122010012008", "198504122010012009")
ROWS = (
    ("No", "Nama", "NIP", "Unit Kerja"),
    *((str(number), "Siti Rahmawati", nip, "Dinas Pendidikan") for number, nip in enumerate(NIPS, 1)),
)


def draw_lines(canvas: Canvas, how: str) -> None:
    bars = how in ("bars", "bars after the text", "bars in a form", "bars and shade")
    if how == "bars and shade":
        canvas.setFillGray(0.85)
        canvas.rect(72, HEIGHT - 150, 448, 20, stroke=0, fill=1)
        canvas.setFillGray(0)
    if how == "dashes":
        canvas.setDash(1, 1)
    for number in range(len(ROWS) + 1):
        y = HEIGHT - 130 - 20 * number
        for left, right in pairwise(XS):
            if bars:
                canvas.rect(left, y, right - left, 0.48, stroke=0, fill=1)
            elif how != "boxes":
                canvas.line(left, y, right, y)
            elif number < len(ROWS):
                canvas.rect(left, y - 20, right - left, 20)
    if how != "boxes":
        draw_upright(
            canvas, [x + more for x in XS for more in ((0, 1.2) if how == "twice" else (0,))], bars=bars
        )


def draw_upright(canvas: Canvas, xs: list[float], *, bars: bool) -> None:
    for x in xs:
        if bars:
            canvas.rect(x, HEIGHT - 210, 0.48, 80, stroke=0, fill=1)
        else:
            canvas.line(x, HEIGHT - 130, x, HEIGHT - 210)


def table(how: str) -> bytes:
    out = io.BytesIO()
    canvas = Canvas(out, pagesize=A4, invariant=True)
    canvas.setFont("Helvetica", 10)
    if how == "bars in a form":
        canvas.beginForm("lines")
        draw_lines(canvas, how)
        canvas.endForm()
        canvas.doForm("lines")
    elif how != "bars after the text":
        draw_lines(canvas, how)
    canvas.drawString(150, HEIGHT - 80, "SURAT REKOMENDASI PERMOHONAN PENERBITAN SERTIFIKAT ELEKTRONIK")
    canvas.drawString(72, HEIGHT - 110, "Dengan ini memberikan rekomendasi kepada")
    for number, row in enumerate(ROWS):
        for x, text in zip(XS, row, strict=False):
            # a name over two lines would be doubted in a table without lines, so that certainty proves the lines were seen
            for line, part in enumerate(text.split(" ", 1) if x == XS[1] else (text,)):
                canvas.drawString(x + 4, HEIGHT - 138 - 20 * number - 9 * line, part)
    if how == "bars after the text":
        draw_lines(canvas, how)
    canvas.save()
    return out.getvalue()


@pytest.mark.parametrize(
    "how",
    [
        "strokes",
        "boxes",
        "twice",
        "dashes",
        "bars",
        "bars after the text",
        "bars in a form",
        "bars and shade",
    ],
)
def test_lines_are_lines_however_they_are_drawn(how: str) -> None:
    facts = read_document(table(how), name="x", declared_type="application/pdf", pages=1)
    assert [(each.name, each.nip, each.unit) for each in facts.persons] == [
        ("Siti Rahmawati", nip, "Dinas Pendidikan") for nip in NIPS
    ]
    assert all(each.certain for each in facts.persons), facts.persons
