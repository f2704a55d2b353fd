"""Numbers, names and addresses of civil servants."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from parsers.identity import (
    belongs_to,
    disagreements,
    format_nip,
    nik_problems,
    nip_problems,
    read_nik,
    read_nip,
    same_address,
    same_name,
    strip_titles,
)


@pytest.mark.parametrize(
    ("text", "problems"),
    [
        ("198504122010012007", ()),
        ("19850412 201001 2 007", ()),
        ("19850412-201001-2-007", ()),
        ("\uff11\uff19\uff18\uff15\uff10\uff14\uff11\uff12 201001 2 007", ()),
        ("198504122023211007", ()),  # contract staff: 21 stands where a month would
        ("198513122010012007", ("birth-date",)),
        ("198502302010012007", ("birth-date",)),
        ("198504121990012007", ("appointment",)),
        ("198504122010132007", ("appointment",)),
        ("198504122010002007", ("appointment",)),
        ("198504122010013007", ("sex",)),
        ("19850412201001200", ("length",)),
        ("3375015204850001", ("nik",)),
        ("19850412201001200l", ("digits",)),
        ("٣375015204850001", ("digits",)),
        ("", ("digits",)),
    ],
)
def test_a_nip_is_judged_by_its_structure_and_never_repaired(text, problems):
    assert nip_problems(text) == problems
    assert (read_nip(text) is None) == bool(problems)


@pytest.mark.parametrize(
    ("text", "problems"),
    [
        ("3375011204850001", ()),
        ("3375015204850001", ()),
        ("3375012902850001", ()),  # the century is not in the number: the 29th may have been
        ("3375014100850001", ("birth-date",)),
        ("3375017204850001", ("birth-date",)),
        ("3375013202850001", ("birth-date",)),
        ("3375011204850000", ("serial",)),
        ("0075011204850001", ("region",)),
        ("337501120485", ("length",)),
        ("337501120485000I", ("digits",)),
    ],
)
def test_a_nik_is_judged_by_its_structure(text, problems):
    assert nik_problems(text) == problems


def test_a_woman_has_forty_added_to_her_day_of_birth():
    nik = read_nik("3375015204850001")
    assert (nik.day, nik.month, nik.year, nik.sex) == (12, 4, 85, "f")


@pytest.mark.parametrize(
    ("nik", "differ"),
    [
        ("3375015204850001", ()),
        ("3375011204850001", ("sex",)),
        ("3375015304850001", ("birth-date",)),
        ("3375011204860001", ("birth-date", "sex")),
    ],
)
def test_nip_and_nik_of_one_person_tell_one_birth_date_and_sex(nik, differ):
    assert disagreements(read_nip("198504122010012007"), read_nik(nik)) == differ


def test_a_nip_is_printed_in_its_four_groups_and_anything_else_is_left_alone():
    assert format_nip("198504122010012007") == "19850412 201001 2 007"
    assert format_nip("1985O412") == "1985O412"


@pytest.mark.parametrize(
    ("written", "bare"),
    [
        ("Drs. H. Ahmad Fauzi, S.Kom., M.M.", "Ahmad Fauzi"),
        ("Drs.Ahmad Fauzi, M.Si", "Ahmad Fauzi"),
        ("SITI RAHMAWATI, S. Kom, M. Si", "SITI RAHMAWATI"),
        ("Siti Rahmawati S.Kom", "Siti Rahmawati"),
        ("Siti Rahmawati SH", "Siti Rahmawati"),
        ("dr. Budi Santoso, Sp.OG", "Budi Santoso"),
        ("Siti Rahmawati", "Siti Rahmawati"),
        ("Rahmawati, Siti", "Rahmawati, Siti"),
        ("SITI SE", "SITI SE"),  # in capitals a title without dots cannot be told from a name: it stays
        ("S.Kom", "S.Kom"),
        ("", ""),
    ],
)
def test_only_titles_are_taken_off_a_name(written, bare):
    assert strip_titles(written) == bare


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("Siti Rahmawati, S.Kom.", "SITI  RAHMAWATI", True),
        ("Ma\u2019ruf Amin", "Maruf Amin", True),
        ("Siti Rahmawati", "Siti Rahmawaty", False),
        ("Muh. Yusuf", "Muhammad Yusuf", False),
        ("", "", False),
    ],
)
def test_names_are_compared_without_titles_case_and_apostrophes(one, other, same):
    assert same_name(one, other) is same


@pytest.mark.parametrize(
    ("address", "own"),
    [
        ("siti@contohkota.go.id", True),
        ("siti@DISDIK.ContohKota.go.id", True),
        ("siti@contohkota.go.id.", True),
        ("siti@contohkota.go.id.example.com", False),
        ("siti@palsucontohkota.go.id", False),
        ("siti@contohkota.go.id@example.com", False),
        ("siti@c\u043entohkota.go.id", False),  # a Cyrillic o
        ("@contohkota.go.id", False),
        ("siti", False),
        ("siti@" + "a." * 200, False),
    ],
)
def test_an_official_address_ends_in_the_domain_on_a_dot(address, own):
    assert belongs_to(address, "contohkota.go.id") is own


def test_an_international_domain_is_the_same_in_both_writings():
    assert same_address("Siti@dinas-é.example.go.id", "siti@xn--dinas--gva.example.go.id")
    assert not same_address("siti@example.go.id", "sita@example.go.id")


@given(st.text(max_size=60), st.text(max_size=60))
def test_no_text_at_all_makes_these_functions_raise(one, other):
    for judge in (nip_problems, nik_problems, format_nip, strip_titles, read_nip, read_nik):
        judge(one)
    assert isinstance(same_name(one, other), bool)
    assert isinstance(belongs_to(one + "@" + other, other), bool)
    assert isinstance(same_address(one, other), bool)


@given(st.text(max_size=60))
def test_stripping_titles_never_empties_a_name(name):
    once = strip_titles(name)
    assert bool(once) == bool(name.split())


@given(st.dates(), st.integers(20, 50), st.integers(1, 12), st.sampled_from("12"), st.integers(1, 999))
def test_every_number_built_by_the_rule_is_read_back(born, age, month, sex, serial):
    if not 1900 <= born.year < 2100:
        return
    digits = f"{born:%Y%m%d}{born.year + age}{month:02}{sex}{serial:03}"
    nip = read_nip(format_nip(digits))
    assert (nip.born, nip.year, nip.month, nip.sex) == (
        born,
        born.year + age,
        month,
        "m" if sex == "1" else "f",
    )
