"""Whatever goes wrong is one line on stderr that names the next step, with an exit code that says of what kind it was."""

import os
import subprocess
import sys
from importlib.metadata import version

import pytest

from mailflow import views
from mailflow.config import load
from mailflow.store.database import Database
from tests.support.counter import configuration


def test_a_command_without_a_configuration_says_how_to_get_one(call, tmp_path):
    said = call("status", "--config", str(tmp_path / "none.toml"))
    assert (said.code, said.out) == (2, "")
    assert "no such file. Write one with `mailflow init`, or name it with --config FILE" in _line(said)


def test_the_configuration_can_be_named_in_the_environment(call, desk, monkeypatch):
    monkeypatch.setenv("MAILFLOW_CONFIG", str(desk.config_file))
    assert call("status", "--json").data["cases"]


def test_looking_before_there_is_a_database_says_who_makes_it(call, tmp_path):
    file = tmp_path / "mailflow.toml"
    file.write_text(configuration(tmp_path))
    said = call("cases", "--config", str(file))
    assert said.code == 2
    assert "`mailflow run` or `mailflow db upgrade` makes it" in _line(said)
    assert call("db", "upgrade", "--config", str(file)).code == 0
    assert call("cases", "--config", str(file)).out == "no requests\n"


@pytest.mark.parametrize(
    ("before", "after", "named"),
    [
        ("undo_minutes = 0", "undo_minutes = -1", "tasks.undo_minutes"),
        ("[trust]", "[trst]", "trst: no such key"),
        ("[trust]", "[trust", "mailflow.toml"),
    ],
)
def test_a_wrong_configuration_is_named_by_file_and_key(call, tmp_path, before, after, named):
    file = tmp_path / "mailflow.toml"
    file.write_text(configuration(tmp_path).replace(before, after))
    said = call("check", "--config", str(file))
    assert said.code == 2
    assert str(file) in _line(said)
    assert named in _line(said)


def test_a_configuration_that_is_a_directory_cannot_be_read(call, tmp_path):
    said = call("check", "--config", str(tmp_path))
    assert (said.code, "cannot be read" in _line(said)) == (2, True)


def test_a_database_that_is_none_is_named(call, tmp_path):
    (tmp_path / "mailflow.toml").write_text(configuration(tmp_path))
    (tmp_path / "mailflow.db").write_bytes(b"not a database at all" * 100)
    for words in (("status",), ("db", "upgrade"), ("run", "--once"), ("try", __file__)):
        said = call(*words, "--config", str(tmp_path / "mailflow.toml"))
        assert said.code == 1
        assert f"{tmp_path / 'mailflow.db'}: file is not a database: restore it" in _line(said)
        assert "correct store.url" in said.err
    assert (tmp_path / "mailflow.db").read_bytes() == b"not a database at all" * 100


def test_a_second_instance_is_refused_before_it_touches_the_database(call, tmp_path):
    file, database = tmp_path / "mailflow.toml", tmp_path / "new" / "mailflow.db"
    file.write_text(configuration(tmp_path).replace(f"{tmp_path}/mailflow.db", str(database)))
    config = load(file)
    with Database(config.store.url, config.keyring).sole_instance():
        said = call("run", "--once", "--config", str(file))
    assert (said.code, database.exists()) == (75, False)
    assert "another mailflow works on" in _line(said)


@pytest.mark.parametrize("command", [("check",), ("run", "--once"), ("status",)])
def test_a_credential_that_cannot_be_read_is_unsound_configuration(call, tmp_path, command):
    file = tmp_path / "mailflow.toml"
    file.write_text(configuration(tmp_path))
    (tmp_path / "credentials" / "mailbox.password").mkdir(parents=True)
    said = call(*command, "--config", str(file))
    assert said.code == 2
    assert "mailbox.password: no regular file" in _line(said)


def test_its_version_is_told(call):
    assert call("--version").out == f"mailflow {version('mailflow')}\n"


def test_a_pipe_is_not_tried(call, tmp_path):
    os.mkfifo(tmp_path / "pipe")
    said = call("try", str(tmp_path / "pipe"))
    assert (said.code, "no regular file; save the message" in said.err) == (2, True)


@pytest.mark.parametrize(
    ("words", "next_step"),
    [
        (("case", "CK-26-9999-X"), "`mailflow cases`"),
        (("case", "nonsense"), "`mailflow cases`"),
        (("case", "note", "CK-26-9999-X", "text"), "`mailflow cases`"),
        (("outbox", "show", "999"), "`mailflow outbox`"),
        (("outbox", "retry", "abc"), "`mailflow outbox`"),
        (("outbox", "cancel", "²"), "`mailflow outbox`"),
        (("outbox", "settle", "9" * 40), "`mailflow outbox`"),
        (("quarantine", "show", "999"), "`mailflow quarantine`"),
        (("quarantine", "drop", "eins"), "`mailflow quarantine`"),
    ],
)
def test_an_unknown_number_points_to_the_list(call, desk, words, next_step):
    said = call(*words, counter=desk)
    assert (said.code, said.out) == (1, "")
    assert next_step in _line(said)


@pytest.mark.parametrize(
    "words",
    [
        ("case",),
        ("case", "close", "CK-26-0001-S"),
        ("outbox", "explode", "1"),
        ("outbox", "show"),
        ("quarantine", "show"),
        ("run", "--at", "2026-03-10T09:00:00+07:00"),
        ("run", "--once", "--at", "tomorrow"),
        ("run", "--once", "--at", "2026-03-10T09:00:00"),
        ("run", "--once", "--at", "0001-01-01T00:00:00+07:00"),
        ("run", "--once", "--at", "1999-12-31T23:59:59+07:00"),
        ("run", "--once", "--at", "9999-12-31T23:59:59-07:00"),
        ("outbox", "show", "1", "--raw", "--json"),
        ("outbox", "--raw"),
        ("try", "there-is-no-such-file.eml"),
        ("nonsense",),
        ("status", "--nonsense"),
    ],
)
def test_wrong_usage_is_2_and_says_what_would_be_right(call, words):
    said = call(*words)
    assert (said.code, said.out) == (2, "")
    assert said.err.startswith("Usage: ")
    assert "Traceback" not in said.err


def test_a_time_is_only_set_where_no_mail_can_leave_the_machine(call, tmp_path):
    file = tmp_path / "mailflow.toml"
    file.write_text(
        configuration(tmp_path).replace(f"maildir://{tmp_path}/sent", "smtps://mail.example.go.id")
    )
    said = call("run", "--once", "--at", "2026-03-10T09:00:00+07:00", "--config", str(file))
    assert (said.code, "--at is for trying things out" in said.err) == (2, True)


def test_a_fault_of_the_program_is_told_without_the_values_it_happened_with(call, desk, monkeypatch):
    def broken(*_, **__):
        raise ValueError("Siti Rahmawati, 198504122010012007")

    monkeypatch.setattr(views, "cases", broken)
    said = call("cases", counter=desk)
    assert said.code == 1
    assert "a fault of this program, please report it: ValueError at " in _line(said)
    assert "Siti" not in said.err


def test_help_is_light():
    """It imports nothing that only a working command needs."""
    heavy = "{'sqlmodel', 'sqlalchemy', 'alembic', 'pydantic', 'pdfplumber', 'pypdfium2', 'cryptography', 'structlog', 'asyncio'}"
    code = (
        "import sys\nfrom mailflow.__main__ import main\n"
        f"try: main()\nexcept SystemExit: print({heavy} & set(sys.modules), file=sys.stderr)"
    )
    done = subprocess.run([sys.executable, "-c", code, "--help"], capture_output=True, text=True, check=True)
    assert done.stdout.startswith("Usage: ")
    assert done.stderr == "set()\n"


def _line(said):
    """The one line; anything more (a traceback) fails here."""
    assert said.err.startswith("mailflow: ")
    assert said.err.count("\n") == 1
    return said.err
