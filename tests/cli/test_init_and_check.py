"""From nothing to a configuration that is proven sound: `init`, credentials, `check`."""

import io
import tomllib

import pytest

from mailflow.config import Config
from tests.support.counter import RINA, configuration, staff_table
from tests.support.letters import SITI


@pytest.fixture
def begun(call, tmp_path):
    """A configuration as `init --yes` writes it."""
    place = tmp_path / "counter"
    assert call("init", str(place), "--yes").code == 0
    return place


def test_it_only_observes_until_told_otherwise_and_keeps_the_key_to_itself(begun):
    file = tomllib.loads((begun / "mailflow.toml").read_text())
    assert file["intake"]["mode"] == "observe"
    assert "password" not in file["mailbox"]
    assert (begun / "credentials" / "store.key").stat().st_mode & 0o777 == 0o600
    assert (begun / "credentials").stat().st_mode & 0o777 == 0o700


def test_every_section_of_the_configuration_is_shown(begun):
    shown = set(tomllib.loads((begun / "mailflow.toml").read_text()))
    assert shown >= {
        "department",
        "administrators",
        "mailbox",
        "intake",
        "smtp",
        "store",
        "officers",
        "tasks",
        "trust",
    }
    assert shown <= set(Config.model_fields)


def test_check_asks_for_the_passwords_and_then_finds_it_sound(call, begun):
    file = str(begun / "mailflow.toml")
    missing = call("check", "--config", file)
    assert missing.code == 2
    assert "give the password as the credential mailbox.password" in missing.err
    for name in ("mailbox.password", "smtp.password"):
        (begun / "credentials" / name).write_text("rahasia")
    sound = call("check", "--config", file)
    assert (sound.code, sound.err) == (0, "")
    assert "passphrase-loss" in sound.out
    assert "nobody is answered" in sound.out
    assert "rahasia" not in sound.out


def test_without_a_terminal_it_says_how_to_do_without(call, tmp_path, monkeypatch):
    monkeypatch.setattr("sys.stdin", io.StringIO(""))
    said = call("init", str(tmp_path / "counter"))
    assert said.code == 1
    assert "no terminal to ask at; say --yes" in said.err
    assert not (tmp_path / "counter").exists()


def test_nothing_is_overwritten(call, begun):
    again = call("init", str(begun), "--yes")
    assert again.code == 1
    assert "is there already; edit it, or name another directory" in again.err


def test_check_names_an_unsound_sop_and_template_in_json_too(call, tmp_path):
    file = tmp_path / "mailflow.toml"
    file.write_text(configuration(tmp_path))
    (tmp_path / "rules.d").mkdir()
    (tmp_path / "rules.d" / "broken.toml").write_text("id = ")
    said = call("check", "--json", "--config", str(file))
    assert said.code == 2
    assert "broken.toml" in said.data["problems"][0]
    (tmp_path / "rules.d" / "broken.toml").unlink()
    assert call("check", "--json", "--config", str(file)).data["problems"] == []


def test_check_warns_of_a_department_without_an_official_and_finds_it_sound(call, tmp_path):
    (tmp_path / "mailflow.toml").write_text(configuration(tmp_path, officers=RINA))
    said = call("check", "--config", str(tmp_path / "mailflow.toml"))
    assert said.code == 0
    assert 'warning: no official (role = "official") for any service' in said.out


def test_check_names_every_fault_of_the_table_of_staff_with_line_and_column(call, tmp_path):
    config = tmp_path / "mailflow.toml"
    config.write_text(configuration(tmp_path, keys=staff_table(tmp_path, SITI)))
    assert "persons in the staff table: 1" in call("check", "--config", str(config)).out
    (tmp_path / "pegawai.csv").write_text("name,nip,email\n,123,siti@contohkota.go.id\nBudi,,budi\n")
    unsound = call("check", "--config", str(config))
    assert unsound.code == 2
    for place in ("line 2, column name", "line 2, column nip", "line 3, column email"):
        assert f"pegawai.csv, {place}: " in unsound.err
