"""Single values: normalised, never corrected in silence."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from parsers.letters.dates import placed_date, read_date
from parsers.letters.labels import leading_field
from parsers.letters.tokens import tokens
from parsers.letters.values import normalise

NIP = "198504122010012007"


def test_a_nip_is_bare_digits_without_a_doubt() -> None:
    value = normalise("nip", "19850412 201001 2 007")
    assert value is not None
    assert (value.value, value.note, value.repairs) == (NIP, "", ())


def test_a_repaired_nip_shows_both_readings() -> None:
    value = normalise("nip", "19850412 2O1001 2 0O7")
    assert value is not None
    assert value.value == NIP
    assert value.note == f"printed as 198504122O100120O7, read as {NIP}"
    assert len(value.repairs) == 2


@pytest.mark.parametrize("printed", ["19850412201001200", "198513122010012007", "1985041220100120077"])
def test_a_nip_without_its_structure_stays_as_printed_and_is_marked(printed: str) -> None:
    value = normalise("nip", printed)
    assert value is not None
    assert value.value == printed
    assert "not a NIP as it stands" in value.note


def test_a_nik_entered_as_nip_is_told() -> None:
    value = normalise("nip", "9999015204850003")
    assert value is not None
    assert "nik" in value.note


@pytest.mark.parametrize(
    ("raw", "value", "doubt"),
    [
        ("Siti@Contohkota.GO.ID", "Siti@contohkota.go.id", False),
        ("anisa_kusuma@contohkota.go.id", "anisa_kusuma@contohkota.go.id", False),
        ("siti @contohkota.go.id", "siti@contohkota.go.id", True),
        ("a@contohkota.go.id / b@contohkota.go.id", "a@contohkota.go.id", True),
        ("siti di contohkota", "siti di contohkota", True),
    ],
)
def test_addresses(raw: str, value: str, doubt: bool) -> None:
    found = normalise("official_email", raw)
    assert found is not None
    assert (found.value, bool(found.note)) == (value, doubt)


def test_letters_of_a_name_are_never_repaired() -> None:
    found = normalise("name", "Sitl Rahmawat1")
    assert found is not None
    assert found.value == "Sitl Rahmawat1"


@pytest.mark.parametrize(
    ("text", "iso"),
    [
        ("12 Maret 2026", "2026-03-12"),
        ("1 Nopember 2025", "2025-11-01"),
        ("Contohkota, 05 Pebruari 2026", "2026-02-05"),
        ("05-02-2026", "2026-02-05"),
        ("31/12/2025", "2025-12-31"),
    ],
)
def test_dates_put_the_day_first(text: str, iso: str) -> None:
    found = read_date(text)
    assert found is not None
    assert found.isoformat() == iso


@pytest.mark.parametrize(
    "text", ["31 Februari 2026", "12 Sertifikat 2026", "800/1.2/045/2026", "12 Maret 20261"]
)
def test_what_is_no_date_is_none(text: str) -> None:
    assert read_date(text) is None


def test_place_and_date_are_a_whole_line() -> None:
    assert placed_date("Contohkota, 12 Maret 2026") == "12 Maret 2026"
    assert placed_date("pada rapat di Contohkota, 12 Maret 2026 yang lalu") is None


@pytest.mark.parametrize(
    ("label", "field"),
    [
        ("1. Nama Lengkap", "name"),
        ("a) NIP", "nip"),
        ("N I P", "nip"),
        ("NIK (sesuai KTP)", "nik"),
        ("Pangkat, Gol. Ruang", "rank"),
        ("Alamat E-mail Kedinasan", "official_email"),
        ("Unlt Keria", None),
        ("Pangkat/Golongam", "rank"),
        ("Insfansi", "institution"),
        ("No. HP/WA", "phone"),
        ("Tempat/Tgl. Lahir", "(other)"),
        ("Email pribadi", "(other)"),
        ("Nama Ibu Kandung", "(other)"),
        ("NIP Atasan", "(superior)"),
        ("dengan ini menyatakan", None),
    ],
)
def test_labels(label: str, field: str | None) -> None:
    assert leading_field(label) == field


def test_letter_spaced_words_are_words() -> None:
    assert tokens("S U R A T pernyataan") == ["surat", "pernyataan"]


@given(
    field=st.sampled_from(["nip", "nik", "official_email", "phone", "letter_date", "letter_number", "name"]),
    raw=st.text(),
)
def test_no_text_breaks_a_value(field: str, raw: str) -> None:
    value = normalise(field, raw)
    assert value is None or isinstance(value.value, str)
