"""What pdfium cannot open, pdfplumber may."""

import pypdfium2
import pytest

from mailflow.demo import cast
from parsers.documents import read_document


def damaged(letter: bytes) -> bytes:
    """A PDF behind two kilobytes of zeros, as a broken gateway leaves it: pdfium looks for the header in the first kilobyte only."""
    return bytes(2000) + b"\n" + letter


def test_a_letter_pdfium_gives_up_on_is_read_by_the_second_reader_and_nothing_of_it_is_certain():
    data = damaged(cast.letter())
    with pytest.raises(pypdfium2.PdfiumError):
        pypdfium2.PdfDocument(data)
    facts = read_document(data, name="surat.pdf", declared_type="application/pdf", pages=5)
    assert facts.kind == "passphrase-loss-statement"
    assert facts.fields["nip"].value == "198504122010012007"
    assert facts.fields["nip"].method == "pdfplumber-text"
    assert not any(field.certain for field in facts.fields.values())
    assert "second reader" in facts.problems[0]


def test_what_neither_reader_opens_is_called_broken():
    facts = read_document(
        b"%PDF-1.4 nothing follows", name="surat.pdf", declared_type="application/pdf", pages=5
    )
    assert (facts.kind, facts.outcome) == ("unreadable", "unreadable")
