"""Tables made to keep a reader busy: they end in time, and what was not looked at is told. (Lines closer than 3 points are one.)"""

import io
import signal
from collections.abc import Iterator, Sequence
from contextlib import contextmanager

import pytest
from reportlab.lib.pagesizes import A4
from reportlab.pdfgen.canvas import Canvas

from parsers.documents import read_document
from parsers.facts import DocumentFacts
from tests.support.forms import table_letter
from tests.support.letters import HEIGHT, SITI

FEW = (("No", 28), ("Nama", 110), ("NIP", 104), ("Jabatan", 100))


def read(data: bytes) -> DocumentFacts:
    return read_document(data, name="surat.pdf", declared_type="application/pdf", pages=30)


ENOUGH = 120
"""Seconds of this process's own work, whatever others do on the machine: fifty times what the longest takes."""


@contextmanager
def no_endless_work() -> Iterator[None]:
    """Fail when the reader works on and on, as it would where the cost is not bounded."""

    def interrupt(_number: int, _frame: object) -> None:
        raise AssertionError("the reader does not come to an end")

    before = signal.signal(signal.SIGPROF, interrupt)
    signal.setitimer(signal.ITIMER_PROF, ENOUGH)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_PROF, 0)
        signal.signal(signal.SIGPROF, before)


def hostile_lines(count: int, *, words: Sequence[str] = ("No", "Nama", "NIP", "Jabatan")) -> bytes:
    out = io.BytesIO()
    canvas = Canvas(out, pagesize=A4, invariant=True)
    for index, word in enumerate(words):
        canvas.drawString(72 + 110 * index, HEIGHT - 70, word)
    canvas.setLineWidth(0.1)
    side = count // 2
    for index in range(side):
        canvas.line(60, 40 + index * 740 / side, 540, 40 + index * 740 / side)
        canvas.line(60 + index * 480 / side, 40, 60 + index * 480 / side, 780)
    canvas.save()
    return out.getvalue()


@pytest.mark.parametrize(
    ("count", "too_many"),
    [(90, False), (120, True), (600, False), (4_000, False), (11_000, True), (60_000, True)],
)
def test_thousands_of_lines_take_no_long_time(count: int, too_many: bool) -> None:
    with no_endless_work():
        facts = read(hostile_lines(count))
    assert facts.persons == ()
    assert any("too many" in problem for problem in facts.problems) == too_many


def test_thousands_of_rows_take_no_long_time() -> None:
    rows = [[str(i), "Siti", SITI.nip, "Guru"] for i in range(1, 1500)]
    with no_endless_work():
        facts = read(table_letter(FEW, rows))
    assert len(facts.persons) > 300
    assert any("too many" in problem for problem in facts.problems)
