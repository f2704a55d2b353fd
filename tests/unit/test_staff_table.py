"""The table of staff: read as a person wrote it, every fault named at once with its line, column and remedy."""

import pytest

from mailflow.config import load
from mailflow.errors import ConfigurationError
from mailflow.trust import staff_table
from tests.support.counter import configuration

SITI, BUDI = "Siti Rahmawati,198504122010012007,siti@contohkota.go.id", "Budi,,budi@contohkota.go.id"


@pytest.fixture
def table(tmp_path):
    def read(*lines, header="name,nip,email"):
        (tmp_path / "pegawai.csv").write_text("\n".join([header, *lines]) + "\n", encoding="utf-8")
        keys = {"trust": 'staff_table = "pegawai.csv"'}
        (tmp_path / "mailflow.toml").write_text(configuration(tmp_path, keys=keys))
        return staff_table.load(load(tmp_path / "mailflow.toml"))

    return read


def test_people_are_found_by_number_by_name_in_any_writing_and_by_address(table):
    known = table(SITI, BUDI)
    for by in (
        {"nips": ["198504122010012007"]},
        {"names": ["SITI RAHMAWATI, S.Kom."]},
        {"addresses": ["Siti@contohkota.go.id"]},
    ):
        assert [each.name for each in known.find(**by)] == ["Siti Rahmawati"], by
    assert [each.nip for each in known.find(names=["budi"])] == [""]
    assert known.find(nips=[""], names=[""], addresses=[""]) == ()


def test_columns_in_any_order_others_besides_and_the_separator_of_a_spreadsheet_are_understood(table):
    known = table("siti@contohkota.go.id;III d;'198504122010012007;Siti", header="Email;Golongan;NIP;Name")
    assert known.members[0].nip == "198504122010012007"


@pytest.mark.parametrize(
    ("lines", "fault"),
    [
        ((SITI.replace("198504122010012007", "19850412"),), "pegawai.csv, line 2, column nip: no NIP"),
        (
            (SITI.replace("siti@contohkota.go.id", ""),),
            "line 2, column email: empty; give the person's official",
        ),
        (
            (SITI, SITI.replace("siti@", "lain@")),
            "line 3, column nip: stands in line 2 already; keep one line per person",
        ),
        (
            (SITI, BUDI.replace("budi@", "SITI@")),
            "line 3, column email: stands in line 2 already; give each person",
        ),
        ((SITI, "Budi,budi@contohkota.go.id"), "line 3: 2 cells under 3 columns"),
        ((), "no person below the header; write one a line"),
    ],
)
def test_a_fault_is_named_by_line_and_column_with_its_remedy_and_without_the_value(table, lines, fault):
    with pytest.raises(ConfigurationError) as refused:
        table(*lines)
    assert (
        f"trust.staff_table: {'' if 'pegawai' in fault else 'pegawai.csv, ' if 'line' in fault[:5] else 'pegawai.csv: '}{fault}"
        in str(refused.value)
    )
    assert "198504122010012007" not in str(refused.value)


def test_a_missing_column_and_a_missing_file_are_faults_of_the_configuration(table, tmp_path):
    with pytest.raises(
        ConfigurationError, match="no column email; the first line names the columns: name,nip,email"
    ):
        table("Siti,198504122010012007", header="name,nip")
    (tmp_path / "pegawai.csv").unlink()
    with pytest.raises(ConfigurationError, match=r"trust\.staff_table: .*pegawai\.csv: cannot be read"):
        staff_table.load(load(tmp_path / "mailflow.toml"))


def test_the_service_gets_it_as_a_credential_of_its_name(table, tmp_path, monkeypatch):
    table(SITI)
    given = tmp_path / "given"
    given.mkdir()
    (given / "pegawai").write_text(f"name,nip,email\n{BUDI}\n", encoding="utf-8")
    monkeypatch.setenv("CREDENTIALS_DIRECTORY", str(given))
    assert [each.name for each in staff_table.load(load(tmp_path / "mailflow.toml")).members] == ["Budi"]
