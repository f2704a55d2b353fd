"""What stands in the tables of letters: changes and persons, row by row, exactly, ruled or not, over pages and broken cells."""

import io
from collections.abc import Sequence
from dataclasses import replace
from itertools import product

import pypdfium2
import pytest
from reportlab.lib.pagesizes import A4
from reportlab.pdfgen.canvas import Canvas

from parsers.documents import read_document
from parsers.facts import Change, DocumentFacts, PersonFacts
from tests.support.forms import (
    AGUS,
    ANNEX,
    CHANGES,
    MAYA,
    data_change_form,
    recommendation_letter,
    renewal_letter,
    revocation_form,
    table_letter,
)
from tests.support.letters import BUDI, HEIGHT, PEOPLE, SITI, Person, Style, form, letter, turned_onto

THREE = (SITI, AGUS, MAYA)
FEW = (("No", 28), ("Nama", 110), ("NIP", 104), ("Jabatan", 100), ("Alamat Email", 110))


def read(data: bytes) -> DocumentFacts:
    return read_document(data, name="surat.pdf", declared_type="application/pdf", pages=30)


def facts_of(person: Person, *names: str) -> dict[str, str]:
    every = {name: value for name, value in person.fields.items() if name in PersonFacts.model_fields}
    return {name: every[name] for name in names or every}


def told(person: PersonFacts, *names: str) -> dict[str, str]:
    every = person.model_dump(exclude={"certain", "note"})
    every["phone"] = every["phone"].removeprefix("+")
    return {name: every[name] for name in names or every}


def people(count: int) -> list[Person]:
    """Persons whose NIP all differ."""
    return [
        replace(one, nip=f"{one.nip[:15]}{index + 100:03}")
        for index, one in enumerate(THREE[index % 3] for index in range(count))
    ]


@pytest.mark.parametrize("make", [recommendation_letter, renewal_letter])
@pytest.mark.parametrize("persons", [THREE, PEOPLE, (SITI, MAYA)])
def test_everybody_in_a_ruled_annex_is_read_for_certain(make, persons: Sequence[Person]) -> None:
    facts = read(make(BUDI, persons))
    assert [told(each) for each in facts.persons] == [facts_of(each) for each in persons]
    assert all(each.certain for each in facts.persons), facts.persons
    assert facts.fields["persons"].value == f"{len(persons)} orang: " + "; ".join(
        each.name for each in persons
    )
    assert facts.fields["persons"].certain
    assert facts.fields["persons"].page == 2
    assert not facts.problems


@pytest.mark.parametrize("ruled", [True, False])
def test_thirty_persons_over_pages_are_thirty(ruled: bool) -> None:
    persons = people(30)
    facts = read(recommendation_letter(BUDI, persons, ruled=ruled))
    assert [told(each) for each in facts.persons] == [facts_of(each) for each in persons]
    assert all(each.certain for each in facts.persons) == ruled


def test_a_table_on_the_letters_own_page_with_narrow_cells_is_read() -> None:
    facts = read(renewal_letter(BUDI, THREE, next_page=False, columns=FEW))
    names = ("name", "nip", "position", "official_email")
    assert [told(each, *names) for each in facts.persons] == [facts_of(each, *names) for each in THREE]
    assert facts.kind == "renewal-letter"


@pytest.mark.parametrize("ruled", [True, False])
def test_a_table_without_lines_is_read_and_its_broken_cells_are_doubted(ruled: bool) -> None:
    facts = read(recommendation_letter(BUDI, THREE, ruled=ruled))
    assert [told(each) for each in facts.persons] == [facts_of(each) for each in THREE]
    assert [each.certain for each in facts.persons] == [ruled] * 3


@pytest.mark.parametrize("make", [recommendation_letter, renewal_letter])
@pytest.mark.parametrize("ruled", [True, False])
@pytest.mark.parametrize("persons", [THREE, (SITI,)])
def test_who_recommends_is_never_the_applicant(make, ruled: bool, persons: Sequence[Person]) -> None:
    facts = read(make(BUDI, persons, ruled=ruled))
    assert not any(BUDI.nip in (field.value, field.raw) for field in facts.fields.values())
    assert BUDI.nip not in {each.nip for each in facts.persons}
    assert not any(BUDI.email == field.value for field in facts.fields.values())
    assert ("nip" in facts.fields) == (len(persons) == 1)


def test_one_person_recommended_in_a_block_is_the_applicant_and_the_only_one_named() -> None:
    facts = read(recommendation_letter(BUDI, (SITI,)))
    assert {name: facts.fields[name].value for name in SITI.fields} == SITI.fields
    (person,) = facts.persons
    assert told(person) == facts_of(SITI)
    assert person.certain
    assert facts.fields["persons"].value == "1 orang: Siti Rahmawati"


@pytest.mark.parametrize("ruled", [True, False])
def test_one_person_in_a_table_is_the_applicant(ruled: bool) -> None:
    facts = read(revocation_form((SITI,), ruled=ruled))
    assert (facts.fields["name"].value, facts.fields["nip"].value) == (SITI.name, SITI.nip)
    assert [each.nip for each in facts.persons] == [SITI.nip]


@pytest.mark.parametrize("ruled", [True, False])
@pytest.mark.parametrize("with_nip", [True, False])
def test_a_form_from_active_to_inactive_is_a_revocation_of_its_persons(ruled: bool, with_nip: bool) -> None:
    facts = read(revocation_form(THREE, ruled=ruled, with_nip=with_nip, reason="mutasi ke instansi lain"))
    assert facts.kind == "revocation-letter"
    assert facts.changes == ()
    names = ("name", "nip", "unit") if with_nip else ("name", "unit")
    assert [told(each, *names) for each in facts.persons] == [facts_of(each, *names) for each in THREE]
    assert not {"name", "nip", "changes"} & facts.fields.keys()
    assert facts.fields["reason"].value == "mutasi ke instansi lain"


@pytest.mark.parametrize("ruled", [True, False])
def test_changes_are_read_with_their_broken_cells(ruled: bool) -> None:
    facts = read(data_change_form(SITI, CHANGES, ruled=ruled))
    assert facts.kind == "data-change-form"
    assert [(each.what, each.before, each.after) for each in facts.changes] == list(CHANGES)
    assert all(each.certain for each in facts.changes) == ruled
    assert facts.fields["changes"].value.startswith(f"{CHANGES[0][0]}: {CHANGES[0][1]} -> {CHANGES[0][2]}; ")
    assert {name: facts.fields[name].value for name in SITI.fields} == SITI.fields
    assert all(facts.fields[name].certain for name in SITI.fields)


def test_what_the_table_says_of_name_and_nip_is_no_datum_of_the_applicant() -> None:
    changes = (("Nama", "Siti Rahma", "Siti Rahmawati"), ("NIP", "19850412 201001 2 008", SITI.printed_nip))
    facts = read(data_change_form(SITI, changes))
    assert facts.fields["name"].certain
    assert facts.fields["nip"].certain
    assert facts.changes[1] == Change(what="NIP", before="198504122010012008", after=SITI.nip)


@pytest.mark.parametrize(
    ("change", "before", "certain"),
    [
        (("No. HP", "-", "0812-0000-1234"), "", True),
        (("Jabatan", "", "Guru"), "", True),
        (("Jabatan", "Guru", ""), "Guru", False),
        (("", "Guru", "Kepala"), "Guru", False),
        (("NIP", "123", SITI.nip), "123", False),
        (
            (
                "Alamat Email",
                "siti@contohkota.go.id",
                "siti.rahmawati.panjang.sekali@dindik.contohkota.go.id",
            ),
            "siti@contohkota.go.id",
            True,
        ),
    ],
)
def test_a_change_is_certain_only_when_it_says_what_and_to_what(
    change: tuple[str, str, str], before: str, certain: bool
) -> None:
    (found,) = read(data_change_form(SITI, (change,))).changes
    assert (found.before, found.certain) == (before, certain)
    if certain and change[0] == "Alamat Email":
        assert found.after == change[2]


def test_rows_left_open_are_no_changes() -> None:
    changes = (CHANGES[0], ("", "", ""), ("Lainnya", "......", "-"))
    assert len(read(data_change_form(SITI, changes)).changes) == 1


def test_a_page_break_without_a_second_head_loses_nobody() -> None:
    persons = people(40)
    rows = [[str(i), each.name, each.printed_nip, each.position] for i, each in enumerate(persons, 1)]
    facts = read(table_letter([*FEW[:4]], rows, again=False))
    assert facts.pages > 1
    assert [each.nip for each in facts.persons] == [each.nip for each in persons]
    assert [each.position for each in facts.persons] == [each.position for each in persons]


def test_a_head_of_two_rows_is_one_head() -> None:
    columns = (("No", 28), ("Nama", 120), ("SKPD", 120), ("Status", 60), ("", 70))
    spans = [("SPAN", (3, 0), (4, 0)), *(("SPAN", (at, 0), (at, 1)) for at in range(3))]
    rows = [
        ["1", SITI.name, SITI.unit, "Aktif", "Tidak aktif"],
        ["2", MAYA.name, MAYA.unit, "Aktif", "Tidak aktif"],
    ]
    heads = [["", "", "", "Semula", "Menjadi"]]
    data = table_letter(
        columns,
        rows,
        heads=heads,
        spans=spans,
        title="FORMULIR PENCABUTAN DATA PEMOHON SERTIFIKAT ELEKTRONIK",
    )
    facts = read(data)
    assert facts.kind == "revocation-letter"
    assert [(each.name, each.unit) for each in facts.persons] == [
        (SITI.name, SITI.unit),
        (MAYA.name, MAYA.unit),
    ]
    assert any("Tidak aktif" in line for line in facts.evidence)


def test_the_states_may_stand_in_the_head_itself() -> None:
    columns = (
        ("No", 28),
        ("Nama", 110),
        ("SKPD", 110),
        ("Semula 'Aktif'", 80),
        ("Menjadi 'Tidak aktif'", 100),
    )
    rows = [["1", SITI.name, SITI.unit, "Aktif", "Tidak aktif"]]
    facts = read(table_letter(columns, rows, title="SURAT PERMOHONAN PENCABUTAN SERTIFIKAT ELEKTRONIK"))
    assert [each.name for each in facts.persons] == [SITI.name]
    assert facts.changes == ()


def test_a_row_that_numbers_the_columns_is_no_person() -> None:
    rows = [["(1)", "(2)", "(3)"], ["1", SITI.name, SITI.printed_nip]]
    assert [each.nip for each in read(table_letter(FEW[:3], rows)).persons] == [SITI.nip]


@pytest.mark.parametrize(
    ("head", "cell", "nip", "nik"),
    [
        ("NIP/NIK", SITI.printed_nip, SITI.nip, ""),
        ("NIP/NIK", SITI.nik, "", SITI.nik),
        ("NIP / NIK", f"{SITI.printed_nip}<br/>{SITI.nik}", SITI.nip, SITI.nik),
        ("NIP", "19850412<br/>201001<br/>2 007", SITI.nip, ""),
        ("NIP", "-", "", ""),
    ],
)
def test_numbers_of_a_cell_are_told_apart(head: str, cell: str, nip: str, nik: str) -> None:
    columns = (("No", 28), ("Nama", 110), (head, 110), ("Jabatan", 110))
    (person,) = read(table_letter(columns, [["1", SITI.name, cell, "Guru"]])).persons
    assert (person.nip, person.nik, person.certain) == (nip, nik, True)


@pytest.mark.parametrize("head", ["Nama/NIP", "Nama dan NIP", "Nama Lengkap / NIP", "Nama"])
def test_name_and_nip_in_one_cell_are_two(head: str) -> None:
    columns = (("No", 28), (head, 130), ("Jabatan", 110), ("Unit Kerja", 110))
    rows = [["1", f"{AGUS.name}<br/>NIP. {AGUS.printed_nip}", "Guru", "SD"]]
    (person,) = read(table_letter(columns, rows)).persons
    assert (person.name, person.nip, person.position, person.certain) == (AGUS.name, AGUS.nip, "Guru", True)


def test_what_is_wrong_with_a_number_is_noted_and_not_repaired() -> None:
    rows = [["1", SITI.name, "19850412201001200"], ["2", MAYA.name, MAYA.nip], ["3", "Maya lagi", MAYA.nip]]
    short, twice, again = read(table_letter(FEW[:3], rows)).persons
    assert (short.nip, short.certain) == ("19850412201001200", False)
    assert "length" in short.note
    assert "two rows" in twice.note
    assert not twice.certain
    assert not again.certain


def test_two_numbers_of_different_people_in_a_row_are_told() -> None:
    columns = (("No", 28), ("Nama", 110), ("NIP", 110), ("NIK", 110))
    (person,) = read(table_letter(columns, [["1", SITI.name, SITI.nip, AGUS.nik]])).persons
    assert "disagree" in person.note
    assert not person.certain


def test_cells_centred_from_top_to_bottom_stay_in_their_rows() -> None:
    rows = [
        [str(i), each.name, each.printed_nip, each.position, each.email] for i, each in enumerate(PEOPLE, 1)
    ]
    facts = read(table_letter(FEW, rows, middle=True))
    assert [(each.nip, each.position) for each in facts.persons] == [
        (each.nip, each.position) for each in PEOPLE
    ]


def drawn(
    rows: Sequence[Sequence[str]],
    xs: Sequence[float] = (72, 100, 230, 350, 520),
    *,
    across: bool = False,
    rotate: int = 0,
    turn: int = 0,
    cropped: bool = False,
    hidden: str = "",
    stroke: bool = True,
) -> bytes:
    """A table drawn line by line; `across`: with a line below the head and the last row only; `hidden`: white text in a cell."""
    out = io.BytesIO()
    canvas = Canvas(out, pagesize=(A4[1], A4[0]) if turn % 2 else A4, invariant=True)
    if cropped:
        canvas.setCropBox((10, 40, 820, 580) if turn % 2 else (10, 40, 580, 820))
    if turn:
        turned_onto(canvas, turn)
    canvas.setFont("Helvetica", 10)
    canvas.drawString(150, HEIGHT - 80, "SURAT REKOMENDASI PERMOHONAN PENERBITAN SERTIFIKAT ELEKTRONIK")
    canvas.drawString(72, HEIGHT - 110, "Dengan ini memberikan rekomendasi kepada")
    for number, row in enumerate(rows):
        for x, text in zip(xs, row, strict=False):
            canvas.drawString(x + 4, HEIGHT - 144 - 20 * number, text)
    bottom = 130 + 20 * len(rows)
    if stroke:
        for number in range(len(rows) + 1):
            if not across or number in (0, 1, len(rows)):
                canvas.line(xs[0], HEIGHT - 130 - 20 * number, xs[-1], HEIGHT - 130 - 20 * number)
        for x in xs:
            canvas.line(x, HEIGHT - 130, x, HEIGHT - bottom)
    if hidden:
        canvas.setFillGray(1)
        canvas.drawString(xs[1] + 90, HEIGHT - 164, hidden)
    canvas.save()
    return rotated(out.getvalue(), rotate) if rotate else out.getvalue()


def rotated(data: bytes, angle: int) -> bytes:
    """The same page with /Rotate: its viewer turns it clockwise."""
    document = pypdfium2.PdfDocument(data)
    document[0].set_rotation(angle)
    out = io.BytesIO()
    document.save(out)
    document.close()
    return out.getvalue()


PLAIN_ROWS = [
    ["No", "Nama", "NIP", "Unit Kerja"],
    *([str(i), each.name[:20], each.nip, "Dinas Pendidikan"] for i, each in enumerate(THREE, 1)),
]


@pytest.mark.parametrize(("rotate", "turn"), list(product((0, 90, 180, 270), range(4))))
@pytest.mark.parametrize("cropped", [False, True])
def test_turned_and_cropped_pages_have_their_lines_where_their_words_are(
    rotate: int, turn: int, cropped: bool
) -> None:
    facts = read(drawn(PLAIN_ROWS, rotate=rotate, turn=turn, cropped=cropped, across=True))
    assert [each.nip for each in facts.persons] == [each.nip for each in THREE]
    assert {each.note for each in facts.persons} == {"rows without a line between them"}


def test_rows_without_a_line_between_them_are_parted_by_their_numbers_and_doubted() -> None:
    facts = read(drawn(PLAIN_ROWS, across=True))
    assert [(each.name, each.nip) for each in facts.persons] == [(each.name[:20], each.nip) for each in THREE]
    assert not any(each.certain for each in facts.persons)


def test_a_plain_table_without_lines_is_certain() -> None:
    facts = read(drawn(PLAIN_ROWS, stroke=False))
    assert [each.nip for each in facts.persons] == [each.nip for each in THREE]
    assert all(each.certain for each in facts.persons)


def test_text_nobody_sees_is_in_no_cell() -> None:
    (first, *_) = read(drawn(PLAIN_ROWS, hidden="Budi")).persons
    assert first.name == SITI.name


def test_a_table_of_labels_and_values_is_the_block_of_one_person() -> None:
    rows = [["Nama", SITI.name, "NIP", SITI.nip], ["Jabatan", "Guru", "Unit Kerja", "SD"]]
    facts = read(drawn(rows, (72, 150, 280, 340, 520)))
    assert [facts.fields[name].value for name in ("name", "nip", "position", "unit")] == [
        SITI.name,
        SITI.nip,
        "Guru",
        "SD",
    ]
    assert [each.name for each in facts.persons] == [SITI.name]


def test_letters_without_tables_name_nobody() -> None:
    for data in (letter(), letter(style=Style(superior_labels=True)), form()):
        facts = read(data)
        assert (facts.changes, facts.persons) == ((), ())
        assert not {"changes", "persons"} & facts.fields.keys()


def test_columns_of_annexes_vary() -> None:
    for columns in (ANNEX[:3], (*ANNEX[:2], *ANNEX[5:8]), (ANNEX[1], ANNEX[2], ANNEX[7])):
        facts = read(recommendation_letter(BUDI, THREE, columns=columns))
        assert [each.name for each in facts.persons] == [each.name for each in THREE], columns
