"""Hostile and damaged bytes: every document becomes facts. (Endless loops are ended by the worker's limits, not here.)"""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from parsers.documents import media_type, read_document
from parsers.letters import Page, Word, read_letter
from parsers.picture import picture_of
from tests.support.forms import AGUS, data_change_form, recommendation_letter, revocation_form, table_letter
from tests.support.letters import BUDI, SITI, form, letter, plain_pdf, scan

SAMPLES = [
    letter(),
    form(),
    scan(text_layer=True),
    plain_pdf(["Nama : Siti"]),
    data_change_form(),
    recommendation_letter(BUDI, (SITI, AGUS)),
    revocation_form(ruled=False),
]


def never_raises(data: bytes) -> None:
    facts = read_document(data, name="x", declared_type="application/pdf", pages=3)
    assert facts.outcome in ("ok", "encrypted", "unreadable")
    assert facts.model_validate_json(facts.model_dump_json()) == facts


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.data_too_large])
@given(
    sample=st.sampled_from(SAMPLES),
    changes=st.lists(st.tuples(st.floats(0, 1), st.binary(max_size=6)), max_size=12),
)
def test_changed_pdfs(sample: bytes, changes: list[tuple[float, bytes]]) -> None:
    data = bytearray(sample)
    for place, patch in changes:
        at = int(place * len(data))
        data[at : at + len(patch)] = patch
    never_raises(bytes(data))


@settings(max_examples=40, deadline=None)
@given(sample=st.sampled_from(SAMPLES), cut=st.floats(0, 1), tail=st.binary(max_size=40))
def test_cut_pdfs(sample: bytes, cut: float, tail: bytes) -> None:
    never_raises(sample[: int(cut * len(sample))] + tail)


@settings(max_examples=200, deadline=None)
@given(
    start=st.sampled_from(
        [b"", b"%PDF-1.4\n", b"\xff\xd8\xff", b"PK\x03\x04", b"0\x82", b"-----BEGIN ", b"\xff\xfe"]
    ),
    rest=st.binary(),
)
def test_any_bytes(start: bytes, rest: bytes) -> None:
    never_raises(start + rest)


@settings(max_examples=60, deadline=None)
@given(rows=st.lists(st.text(st.characters(min_codepoint=32, max_codepoint=255), max_size=60), max_size=20))
def test_any_words(rows: list[str]) -> None:
    never_raises(plain_pdf(rows))


@settings(max_examples=60, deadline=None)
@given(
    rows=st.lists(
        st.sampled_from(["Nama", ":", "NIP", "Mengetahui", "19850412 201001 2 007", "a@b.go.id", "   "]),
        max_size=40,
    )
)
def test_any_order_of_labels_and_values(rows: list[str]) -> None:
    never_raises(plain_pdf([" ".join(rows[at : at + 4]) for at in range(0, len(rows), 4)]))


WORDS = [
    "No",
    "Nama",
    "NIP",
    "Semula",
    "Menjadi",
    "Aktif",
    "1",
    "2.",
    "Siti",
    "19850412 201001 2 007",
    "",
    "<br/>",
]


@settings(max_examples=40, deadline=None)
@given(
    head=st.lists(st.sampled_from(WORDS), min_size=1, max_size=6),
    rows=st.lists(st.lists(st.sampled_from(WORDS), min_size=6, max_size=6), min_size=1, max_size=6),
)
def test_any_table(head: list[str], rows: list[list[str]]) -> None:
    columns = [(text, 80.0) for text in head]
    never_raises(table_letter(columns, [row[: len(head)] for row in rows]))


@settings(max_examples=100, deadline=None)
@given(
    places=st.lists(st.tuples(st.sampled_from(WORDS), st.integers(0, 8), st.integers(0, 12)), max_size=40),
    grids=st.lists(
        st.lists(
            st.lists(st.tuples(*[st.integers(-5, 700).map(float)] * 4), min_size=1, max_size=5),
            min_size=1,
            max_size=4,
        ),
        max_size=3,
    ),
)
def test_any_words_and_lines(places: list[tuple[str, int, int]], grids: list) -> None:
    words = [Word(60.0 * x, 15.0 * y, 60.0 * x + 50, 15.0 * y + 11, text) for text, x, y in places if text]
    pages = [Page(number=number, width=595, height=842, words=words, grids=grids) for number in (1, 2)]
    found = read_letter(pages)
    assert ("persons" in found.fields) == bool(found.persons)
    assert ("changes" in found.fields) == bool(found.changes)


def objects(*bodies: bytes) -> bytes:
    numbered = (b"%d 0 obj\n%s\nendobj\n" % (number, body) for number, body in enumerate(bodies, 1))
    return b"%PDF-1.4\n" + b"".join(numbered) + b"trailer\n<</Root 1 0 R>>\n%%EOF\n"


CATALOG = b"<</Type/Catalog/Pages 2 0 R>>"
PAGE = b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 4 0 R>>"
HOSTILE = {
    "a length that is its own stream": objects(
        CATALOG, b"<</Type/Pages/Kids[3 0 R]/Count 1>>", PAGE, b"<</Length 4 0 R>>\nstream\nBT ET\nendstream"
    ),
    "lengths in a circle": objects(
        CATALOG,
        b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        PAGE,
        b"<</Length 5 0 R>>\nstream\nBT ET\nendstream",
        b"<</Length 4 0 R>>\nstream\nx\nendstream",
    ),
    "a page tree that is its own child": objects(CATALOG, b"<</Type/Pages/Kids[2 0 R]/Count 1>>"),
    "a page tree two thousand levels deep": objects(
        CATALOG, *(b"<</Type/Pages/Kids[%d 0 R]/Count 1>>" % (number + 1) for number in range(2, 2002)), PAGE
    ),
    "a page count of two thousand million": objects(
        CATALOG, b"<</Type/Pages/Kids[3 0 R]/Count 2000000000>>", PAGE
    ),
    "nested arrays": objects(CATALOG, b"<</Type/Pages/Kids" + b"[" * 5000 + b"]" * 5000 + b"/Count 1>>"),
    "a page of no size": objects(
        CATALOG,
        b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 0 0]/Contents 4 0 R>>",
        b"<</Length 5>>\nstream\nBT ET\nendstream",
    ),
    "a page of a million points": objects(
        CATALOG, b"<</Type/Pages/Kids[3 0 R]/Count 1>>", b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 1e6 1e6]>>"
    ),
}


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_pdfs(name: str) -> None:
    never_raises(HOSTILE[name])


@settings(max_examples=25, deadline=None)
@given(
    cut=st.floats(0, 1),
    kind=st.sampled_from(["application/pdf", "image/jpeg", "text/plain"]),
    rest=st.binary(max_size=50),
)
def test_no_bytes_break_a_picture(cut: float, kind: str, rest: bytes) -> None:
    data = SAMPLES[0][: int(cut * len(SAMPLES[0]))] + rest
    assert picture_of(data, kind, []) is None or kind == "application/pdf"


@given(st.binary())
def test_any_bytes_have_a_media_type(data: bytes) -> None:
    assert "/" in media_type(data)
