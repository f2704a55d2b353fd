"""Letters that were misread, as real producers wrote them (`seen/`): each is one of its kind, the people are made up."""

from pathlib import Path

import pytest

from parsers.documents import read_document
from parsers.facts import DocumentFacts
from tests.support.letters import plain_pdf

SEEN = Path(__file__).parent / "seen"
SITI = {
    "name": "Siti Rahmawati, S.Kom., M.T.",
    "nip": "198504122010012007",
    "nik": "3375015204850003",
    "rank": "Penata Tk. I / III/d",
    "position": "Analis Data dan Informasi Ahli Muda",
    "unit": "Bidang Aplikasi Informatika",
    "institution": "Dinas Komunikasi dan Informatika Kota Contoh",
    "official_email": "siti_rahmawati@contohkota.go.id",
    "phone": "081200001234",
}
WHOLE = {
    "k10": "recommendation-letter",
    "k18": "passphrase-loss-statement",
    "k19": "passphrase-loss-statement",
    "k20": "passphrase-loss-statement",
    "k6": "passphrase-loss-statement",
}


def seen(name: str) -> DocumentFacts:
    """Read the one file whose name begins so."""
    (file,) = SEEN.glob(f"{name}-*")
    return read_document(file.read_bytes(), name=file.name, declared_type="application/pdf", pages=30)


def values(facts: DocumentFacts) -> dict[str, str]:
    return {name: field.value for name, field in facts.fields.items()}


@pytest.mark.parametrize("name", WHOLE)
def test_every_field_is_the_applicants_as_printed(name: str) -> None:
    facts = seen(name)
    assert facts.kind == WHOLE[name]
    assert {field: values(facts).get(field) for field in SITI} == SITI


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("k1", "revocation-letter"),
        ("k2", "revocation-letter"),
        ("k14", "revocation-letter"),
        ("k15", "other"),
        ("k16", "other"),
        ("k23", "recommendation-letter"),
        ("k3", "unreadable"),
    ],
)
def test_the_kind_is_what_the_letter_asks_for(name: str, kind: str) -> None:
    assert seen(name).kind == kind


def test_an_archive_is_not_the_letter_that_lies_in_it_uncompressed() -> None:
    facts = seen("k3")
    assert (facts.media_type, facts.problems) == ("application/zip", ("format zip is not read yet",))


def test_an_address_beside_which_something_is_left_over_is_not_certain() -> None:
    address = seen("k4").fields["official_email"]
    assert not address.certain
    assert "siti rahmawati@" in address.note


def test_an_address_that_a_narrow_cell_broke_before_its_last_letter_is_whole_and_looked_at() -> None:
    address = seen("k14").fields["official_email"]
    assert (address.value, address.certain) == ("jokonugroho1992@gmail.com", False)


def test_a_form_field_that_shows_another_value_than_it_stores_is_not_certain() -> None:
    facts = seen("k5")
    assert [facts.fields[name].certain for name in ("nip", "official_email", "nik", "name")] == [
        False,
        False,
        True,
        True,
    ]
    assert "other words in a form field" in facts.problems[0]


def test_the_rows_below_a_value_are_not_swallowed_whatever_their_label() -> None:
    read = values(seen("k7"))
    assert (read["position"], read["unit"], read["institution"]) == (
        "Pranata Komputer Ahli Pertama",
        "UPTD Puskesmas Contoh",
        "Satuan Polisi Pamong Praja Kota Contoh",
    )


def test_words_that_were_covered_and_written_over_are_not_mixed_with_the_new_ones() -> None:
    facts = seen("k12")
    assert (facts.fields["name"].value, facts.fields["nip"].value) == (
        "Budi Santoso, S.Kom.",
        "199003152015031001",
    )
    assert not facts.fields["nip"].certain
    assert facts.problems == ("page 1 has text that cannot be seen; it was left out",)


def test_text_too_long_for_its_cell_stays_the_text_of_its_cell() -> None:
    agus = seen("k21").persons[1]
    assert (agus.position, agus.official_email) == (
        "Kepala Bidang Aplikasi Informatika",
        "agus.firmansyah@contohkota.go.id",
    )
    assert not agus.certain


def test_a_row_cut_by_a_page_break_is_one_person() -> None:
    persons = seen("k24").persons
    assert len(persons) == 22
    assert (persons[10].name, persons[10].nip) == ("H. Rahma Handayani, A.Md.", "198104282008042045")


def test_a_row_under_an_unknown_label_ends_the_value_above_it_and_makes_it_doubtful() -> None:
    rows = ["SURAT PERNYATAAN LUPA PASSPHRASE", "Saya yang bertanda tangan di bawah ini"]
    rows += [
        f"{label:<24}{value}" for label, value in (("Nama", "Siti Rahmawati"), ("Jabatan", "Bidan Ahli Muda"))
    ]
    rows += [f"{'Kelompok Kerja':<24}Puskesmas Contoh", f"{'NIP':<24}198504122010012007"]
    fields = read_document(plain_pdf(rows), name="x", declared_type="", pages=3).fields
    assert fields["position"].value == "Bidan Ahli Muda"
    assert fields["nip"].certain
