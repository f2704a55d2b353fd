"""`mailflow certificates`: fed from files, looked at, and which notices come next."""

import pytest

TABLE = "serial,name,nip,email,not_before,not_after\n5A3F,Siti Rahmawati,198504122010012007,siti.rahmawati@contohkota.go.id,2024-04-16,2026-04-16\n"


@pytest.fixture
def table(tmp_path):
    file = tmp_path / "staf.csv"
    file.write_text(TABLE)
    return file


def test_files_are_proven_first_then_imported_listed_and_due(call, counter, table):
    assert "would be: 1 added" in call("certificates", "import", str(table), "--dry-run", counter=counter).out
    assert "no certificates yet" in call("certificates", counter=counter).out
    done = call("certificates", "import", str(table), "--json", counter=counter)
    assert (done.code, done.data["added"], done.data["faults"]) == (0, 1, [])
    (row,) = call("certificates", "list", "--json", counter=counter).data
    assert (row["serial"], row["state"]) == (
        "5A3F",
        "valid" if row["imported"][:10] < "2026-04-16" else "expired",
    )
    assert "Siti Rahmawati" in call("certificates", counter=counter).out
    assert "198504122010012007" not in call("certificates", counter=counter).out
    assert isinstance(call("certificates", "due", "--json", counter=counter).data, list)


def test_faults_are_on_stderr_and_nothing_is_imported(call, counter, table):
    table.write_text(TABLE.replace("198504122010012007", "1985"))
    said = call("certificates", "import", str(table), counter=counter)
    assert said.code == 1
    assert "nothing was imported:\n  staf.csv, line 2, column nip: no NIP" in said.err
    assert call("certificates", "--json", counter=counter).data == []


def test_a_file_that_is_not_there_and_words_that_are_none(call, counter):
    assert call("certificates", "import", "nowhere.csv", counter=counter).code == 1
    for words in (
        ("certificates", "import"),
        ("certificates", "show"),
        ("certificates", "list", "--dry-run"),
    ):
        assert call(*words, counter=counter).code == 2
