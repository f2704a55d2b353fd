"""The prefilled letters: what is known stands in them, our own parser recognises them, and they are the same bytes each time."""

import io
import shutil
import subprocess
import time
import zipfile

import pytest
from docx import Document

from mailflow import drafts
from mailflow.errors import RulesError
from parsers.documents.pdf import read as read_pdf
from parsers.letters import Page, Word, read_letter
from tests.support.letters import SITI

KNOWN = {**SITI.fields, "reason": "lupa passphrase", "place": "Contohkota"}
CHANGE = ("Jabatan", "Analis Data", "Kepala Seksi Data")
every_draft = pytest.mark.parametrize("name", drafts.NAMES)


def lines(data):
    """The letter's lines as they are read on paper, cells of a row side by side."""
    found = []
    for block in Document(io.BytesIO(data)).iter_inner_content():
        if hasattr(block, "rows"):
            found += ["    ".join(cell.text.replace("\n", "  ") for cell in row.cells) for row in block.rows]
        else:
            found.append(block.text)
    return found


def understood(data):
    """What our own parser makes of those lines."""
    words = []
    for number, line in enumerate(lines(data)):
        at = 0
        for text in line.split():
            at = line.index(text, at)
            top = number * 14.0
            words.append(Word(at * 6.0, top, (at + len(text)) * 6.0, top + 12, text, method="text"))
            at += len(text)
    return read_letter([Page(number=1, width=600, height=900, words=words)])


@every_draft
def test_the_parser_knows_the_letter_for_what_it_is(name):
    for facts in (KNOWN, {}):
        assert understood(drafts.make(name, "id", facts).data).kind == name


@every_draft
def test_what_is_known_stands_in_it_and_is_read_back(name):
    letter = understood(drafts.make(name, "id", KNOWN).data)
    for field in ("name", "nip", "rank", "position", "unit", "institution", "official_email"):
        assert letter.fields[field].value == SITI.fields[field]


@every_draft
def test_what_is_not_known_is_a_dotted_line_and_reads_as_nothing(name):
    data = drafts.make(name, "id", {}).data
    assert understood(data).fields == {}
    assert sum("......" in line for line in lines(data)) > 7
    assert "None" not in "".join(lines(data))


def test_the_reason_stands_in_the_letter_of_revocation():
    letter = understood(drafts.make("revocation-letter", "id", KNOWN).data)
    assert letter.fields["reason"].value == "lupa passphrase"


def test_the_form_shows_the_changes_that_are_known_and_else_empty_rows():
    known = lines(drafts.make("data-change-form", "id", KNOWN, changes=(CHANGE,)).data)
    assert "    ".join(("1", *CHANGE)) in known
    empty = lines(drafts.make("data-change-form", "id", KNOWN).data)
    assert [line.split()[0] for line in empty if line.strip() in {"1", "2", "3"}] == ["1", "2", "3"]


def test_the_recommender_is_never_filled_in_with_the_applicant():
    said = lines(drafts.make("recommendation-letter", "id", KNOWN).data)
    middle = next(
        number for number, line in enumerate(said) if line.startswith("Dengan ini memberikan rekomendasi")
    )
    assert "Siti" not in " ".join(said[:middle])
    assert sum("Siti Rahmawati" in line for line in said[middle:]) == 1


@every_draft
def test_the_same_facts_are_the_same_bytes_whenever_they_are_written(name, monkeypatch):
    first = drafts.make(name, "id", KNOWN)
    later = time.localtime(time.time() + 90_000_000)
    monkeypatch.setattr(time, "localtime", lambda *_: later)
    assert drafts.make(name, "id", dict(reversed(KNOWN.items()))) == first
    assert drafts.make(name, "id", {**KNOWN, "name": "Maya"}).data != first.data


@every_draft
def test_the_file_is_named_in_the_readers_language_and_written_in_the_offices(name):
    indonesian, english = (drafts.make(name, language, KNOWN) for language in ("id", "en"))
    assert indonesian.name.startswith("draf-")
    assert english.name == f"draft-{name}.docx"
    assert indonesian.data == english.data


@every_draft
def test_nobody_is_named_as_its_author(name):
    with zipfile.ZipFile(io.BytesIO(drafts.make(name, "id", KNOWN).data)) as file:
        assert "python-docx" not in file.read("docProps/core.xml").decode()
        assert "docProps/thumbnail.jpeg" not in file.namelist()


# --- an administrator's own -----------------------------------------------------------------------------------------------


def own(place, *texts, header=""):
    """A draft of the administrator's: paragraphs, the last in a table, each of them cut into runs as word processors do."""
    sheet = Document()
    for text in texts[:-1]:
        paragraph = sheet.add_paragraph()
        for piece in (text[: len(text) // 2], text[len(text) // 2 :]):
            paragraph.add_run(piece)
    sheet.add_table(1, 1).rows[0].cells[0].text = texts[-1]
    if header:
        sheet.sections[0].header.paragraphs[0].text = header
    place.mkdir(exist_ok=True)
    sheet.save(str(place / "revocation-letter.docx"))
    return place


def test_an_own_draft_replaces_ours_and_its_placeholders_are_filled(tmp_path):
    place = own(tmp_path / "drafts", "Kami, {institution}:", "{name} / {nip}", "{reason}", header="{unit}")
    made = drafts.make("revocation-letter", "id", KNOWN, own=place)
    assert lines(made.data) == [
        "Kami, Pemerintah Kota Contohkota:",
        "Siti Rahmawati / 19850412 201001 2 007",
        "lupa passphrase",
    ]
    header = Document(io.BytesIO(made.data)).sections[0].header.paragraphs[0].text
    assert header == "Dinas Pendidikan"
    assert made == drafts.make("revocation-letter", "id", KNOWN, own=place)
    blank = drafts.make("revocation-letter", "id", {}, own=place)
    assert lines(blank.data)[2].strip(".") == ""
    assert drafts.problems(place) == []


def test_others_stay_ours(tmp_path):
    place = own(tmp_path / "drafts", "Kami", "{reason}")
    name = "passphrase-loss-statement"
    assert drafts.make(name, "id", KNOWN, own=place) == drafts.make(name, "id", KNOWN)


def test_what_nothing_fills_is_named(tmp_path):
    place = own(tmp_path / "drafts", "{nama}", "{reason}")
    (place / "revocation.docx").write_bytes(b"")
    (place / "data-change-form.docx").write_bytes(b"PK broken")
    found = drafts.problems(place)
    assert any("drafts/revocation.docx: no SOP attaches it" in each for each in found)
    assert any("drafts/data-change-form.docx: cannot be opened" in each for each in found)
    assert any("{nama}: nothing fills it; known are {name}" in each for each in found)
    assert drafts.problems(tmp_path / "nowhere") == []


def test_an_sop_may_attach_a_draft_that_only_the_administrator_has(tmp_path):
    place = own(tmp_path / "drafts", "Kami", "{name}")
    (place / "revocation-letter.docx").rename(place / "account-request.docx")
    assert drafts.problems(place, {"account-request"}) == []
    made = drafts.make("account-request", "id", KNOWN, own=place)
    assert (made.name, lines(made.data)[-1]) == ("account-request.docx", "Siti Rahmawati")
    with pytest.raises(RulesError, match=r"drafts/account-request\.docx: missing"):
        drafts.make("account-request", "id", KNOWN)


# --- on paper -------------------------------------------------------------------------------------------------------------


@pytest.mark.skipif(shutil.which("soffice") is None, reason="LibreOffice is not installed")
def test_printed_it_is_one_page_and_recognised_with_its_fields(tmp_path):
    for name in drafts.NAMES:
        (tmp_path / f"{name}.docx").write_bytes(drafts.make(name, "id", KNOWN, changes=(CHANGE,)).data)
    subprocess.run(
        ["soffice", f"-env:UserInstallation=file://{tmp_path}/office", "--headless", "--convert-to", "pdf",
         "--outdir", str(tmp_path), *(str(tmp_path / f"{name}.docx") for name in drafts.NAMES)],
        check=True, capture_output=True, timeout=120,
    )  # fmt: skip
    for name in drafts.NAMES:
        found = read_pdf((tmp_path / f"{name}.pdf").read_bytes(), 30)
        assert (found.kind, found.pages, found.problems) == (name, 1, ())
        assert found.fields["nip"].value == SITI.nip
        assert found.fields["official_email"].value == SITI.email
    changes = read_pdf((tmp_path / "data-change-form.pdf").read_bytes(), 30).changes
    assert [(each.what, each.before, each.after) for each in changes] == [CHANGE]
