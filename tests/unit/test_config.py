"""Every wrong configuration names the key and what to do, in one line and with exit code 2."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from mailflow import bootstrap
from mailflow.config import load
from mailflow.errors import ConfigurationError, RulesError
from tests.support.counter import BUDI, DEWI, KEY, OFFICER, RINA, configuration, officer

ROOT = Path(__file__).parents[2]


@pytest.fixture
def file(tmp_path):
    path = tmp_path / "mailflow.toml"
    path.write_text(configuration(tmp_path))
    return path


def prove(path) -> None:
    """What `mailflow check` does."""
    config = load(path)
    if problems := bootstrap.soundness(config, bootstrap.load_rules_of(config)):
        raise RulesError("; ".join(problems))


def fault_of(path) -> str:
    """What is said about a configuration."""
    with pytest.raises((ConfigurationError, RulesError)) as raised:
        prove(path)
    return str(raised.value)


def test_the_sound_one_is_sound(file):
    prove(file)


WRONG = {
    "a key misspelt": ("undo_minutes = 0", "undo_minuts = 0", ["tasks.undo_minuts", "no such key"]),
    "a section misspelt": ("[trust]", "[truts]", ["truts", "no such key"]),
    "a section missing": ("[smtp]\nurl", "[smtp]\ntls", ["smtp.url", "missing"]),
    "a wrong type": ("undo_minutes = 0", 'undo_minutes = "bald"', ["tasks.undo_minutes", "integer"]),
    "out of range": ("undo_minutes = 0", "undo_minutes = 9999", ["tasks.undo_minutes", "240"]),
    "a word that is no choice": ('mode = "serve"', 'mode = "wait"', ["intake.mode", "serve", "observe"]),
    "no address": (
        'address = "layanan@contohkota.go.id"',
        'address = "layanan"',
        ["department.address", "@"],
    ),
    "no time zone": (
        "[administrators]",
        'timezone = "Asia/Pekan"\n[administrators]',
        ["department.timezone", "Asia/Jakarta"],
    ),
    "no weekday": (
        "[administrators]",
        'office_hours = { senin = "08:00-16:00" }\n[administrators]',
        ["department.office_hours", "monday"],
    ),
    "no hours": (
        "[administrators]",
        'office_hours = { monday = "8 to 4" }\n[administrators]',
        ["office_hours", "monday", "08:00-16:00"],
    ),
    "hours that end before they begin": (
        "[administrators]",
        'office_hours = { monday = "16:00-08:00" }\n[administrators]',
        ["office_hours", "monday"],
    ),
    "no day open": ("[administrators]", "office_hours = {}\n[administrators]", ["office_hours"]),
    "no date": (
        "[administrators]",
        'closing_days = ["2026-02-30"]\n[administrators]',
        ["department.closing_days"],
    ),
    "a ticket prefix with digits": (
        'ticket_prefix = "CK"',
        'ticket_prefix = "C1"',
        ["department.ticket_prefix"],
    ),
    "an administrator's address": (
        'emails = ["admin@contohkota.go.id"]',
        'emails = ["admin"]',
        ["administrators.emails"],
    ),
    "no TOML": ("[trust]", "[trust", ["line"]),
    "a short key": (KEY, "a2tr", ["store.key", "32 bytes", "mailflow init"]),
    "no key": (KEY, "", ["store.key"]),
    "another database": ("sqlite:///", "mysql://", ["store.url", "sqlite"]),
    "a mailbox of another kind": (
        'url = "maildir://{}/inbox"',
        'url = "pop3://mail.contohkota.go.id"',
        ["mailbox", "imaps"],
    ),
    "an SMTP of another kind": (
        'url = "maildir://{}/sent"',
        'url = "http://mail.contohkota.go.id"',
        ["smtp", "smtps"],
    ),
    "a mailbox without encryption on another machine": (
        'url = "maildir://{}/inbox"',
        'url = "imap://mail.contohkota.go.id"\ntls = "none"',
        ["tls"],
    ),
    "no officer": (RINA, "", ["officers", "[[officers]]"]),
    "one address of two officers": (RINA, RINA + officer("Rina II", OFFICER), ["officers", OFFICER]),
    "an alias that is another's address": (
        RINA,
        RINA + officer("Budi", "b@contohkota.go.id", aliases=[OFFICER.upper()]),
        ["officers", OFFICER],
    ),
    "an alias that is no address": (
        RINA,
        officer("Rina", OFFICER, aliases=["rina"]),
        ["officers.0.aliases", "@"],
    ),
    "the department's address as an officer's": (
        RINA,
        officer("Rina", "layanan@contohkota.go.id"),
        ["officers", "layanan@contohkota.go.id"],
    ),
    "the department's address as an alias": (
        RINA,
        officer("Rina", OFFICER, aliases=["layanan@contohkota.go.id"]),
        ["officers", "layanan@contohkota.go.id"],
    ),
    "a service that is none": (
        RINA,
        RINA + 'services = ["passphrase-los"]\n',
        ["services", "passphrase-los", "passphrase-loss"],
    ),
    "no SOP's service among sound ones": (
        RINA,
        RINA + 'services = ["passphrase-loss", "csr"]\n',
        ["officers", "Rina Kusuma", "services", "no SOP csr;"],
    ),
    "a department without a name": (
        'name = "Dinas Komunikasi dan Informatika Kota Contohkota"',
        'name = " "',
        ["department.name", "empty"],
    ),
    "a department without a domain": (
        'domain = "contohkota.go.id"',
        'domain = "."',
        ["department.domain", "empty", "contohkota.go.id"],
    ),
    "TLS from the start under the name of STARTTLS": (
        'url = "maildir://{}/inbox"',
        'url = "imap://mail.contohkota.go.id"\ntls = "implicit"',
        ["[mailbox]", "implicit", "imaps://"],
    ),
    "TLS from the start, and none": (
        'url = "maildir://{}/inbox"',
        'url = "imaps://mail.contohkota.go.id"\ntls = "none"',
        ["[mailbox]", "contradict", "remove tls"],
    ),
    "a database somewhere below where one happens to stand": (
        "sqlite:///{}/mailflow.db",
        "sqlite:///mailflow.db",
        ["store.url", "absolute", "sqlite:////var/lib"],
    ),
    "a directory for a database": ("{}/mailflow.db", "{}/.", ["store.url", "is a directory", "mailflow.db"]),
    "a database with options": ("mailflow.db", "mailflow.db?mode=ro", ["store.url", "nothing after it"]),
    "one Maildir for mail in and out": ("{}/sent", "{}/sub/../inbox", ["smtp.url", "mailbox.url"]),
    "letters put into a folder of the mailbox": ("{}/sent", "{}/inbox/.Sent", ["smtp.url", "mailbox.url"]),
    "the path of the file within the file": (
        "\n[department]",
        'file = "other.toml"\n[department]',
        ["mailflow.toml: file: no such key"],
    ),
    "a key that is none": (KEY, "A" * 43 + "=", ["store.key", "equal bytes", "mailflow init"]),
    "a server vouched for without its name": (
        'mode = "token-only"',
        'border = "asserted"',
        ["trust", "authserv_id", "tested"],
    ),
}


@pytest.mark.parametrize(("before", "after", "said"), WRONG.values(), ids=WRONG.keys())
def test_a_wrong_configuration_names_the_key_and_the_remedy(file, before, after, said):
    text = file.read_text()
    before, after = (each.replace("{}/", f"{file.parent}/") for each in (before, after))
    assert before in text
    file.write_text(text.replace(before, after))
    fault = fault_of(file)
    for each in said:
        assert each in fault, fault
    assert KEY not in fault
    assert "\n" not in fault


def test_a_counter_without_any_service_is_unsound(file):
    (file.parent / "rules.d").mkdir()
    for each in (ROOT / "rules" / "sops").glob("*.toml"):
        (file.parent / "rules.d" / each.name).write_text("\n")
    fault = fault_of(file)
    assert f"{file.parent / 'rules.d'}: no SOP is left in force" in fault
    assert "remove it" in fault


@pytest.mark.parametrize(
    ("path", "said"),
    [
        ("id/applicant-request-received/letter.txt", "no such place"),
        ("id/applicant-request-received.j2", "no such place"),
        ("applicant-request-received/letter.j2", "no such place"),
        ("su/applicant-request-received/letter.j2", "no such place"),
        ("id/applicant-request-recieved/letter.j2", "did you mean applicant-request-received?"),
        ("id/_offcer.j2", "replaces nothing"),
    ],
)
def test_a_letter_of_ones_own_that_replaces_nothing_is_unsound(file, path, said):
    own = file.parent / "outbox_templates" / path
    own.parent.mkdir(parents=True)
    own.write_text("Selamat pagi")
    fault = fault_of(file)
    assert said in fault
    assert "outbox_templates/" in fault


def test_a_directory_of_letters_that_is_a_file_is_unsound(file):
    (file.parent / "outbox_templates").write_text("")
    assert "outbox_templates: no directory" in fault_of(file)


def test_what_replaces_a_built_in_letter_or_serves_one_that_does_is_sound(file):
    place = file.parent / "outbox_templates" / "id"
    (place / "applicant-request-received").mkdir(parents=True)
    (place / "_salam.j2").write_text("Salam")
    (place / "applicant-request-received" / "subject.j2").write_text('{% include "id/_salam.j2" %}')
    (place / "applicant-request-received" / "subject.j2~").write_text("before")
    (place / ".gitignore").write_text("*~")
    prove(file)


def test_all_faults_are_named_at_once(file):
    file.write_text(
        file.read_text()
        .replace("undo_minutes = 0", "undo_minuts = 0")
        .replace('ticket_prefix = "CK"', 'ticket_prefix = "c"')
    )
    assert "undo_minuts" in fault_of(file)
    assert "ticket_prefix" in fault_of(file)


def test_a_missing_file_says_how_to_make_one(tmp_path):
    assert "mailflow init" in fault_of(tmp_path / "none.toml")


def test_an_unknown_variable_is_an_error_and_a_known_one_counts(file, monkeypatch):
    monkeypatch.setenv("MAILFLOW_TASKS__UNDO_MINUTES", "7")
    assert load(file).tasks.undo_minutes == 7
    monkeypatch.setenv("MAILFLOW_TASKS__UNDO", "7")
    assert "MAILFLOW_TASKS__UNDO" in fault_of(file)


def test_a_credential_counts_before_the_variable_and_the_file(file, monkeypatch, tmp_path):
    credentials = tmp_path / "secrets"
    credentials.mkdir()
    (credentials / "mailbox.password").write_text("dari berkas\n")
    monkeypatch.setenv("MAILFLOW_MAILBOX__PASSWORD", "dari lingkungan")
    assert load(file).mailbox.password.get_secret_value() == "dari lingkungan"
    monkeypatch.setenv("CREDENTIALS_DIRECTORY", str(credentials))
    assert load(file).mailbox.password.get_secret_value() == "dari berkas"
    (credentials / "mailbox.pasword").write_text("x")
    assert "mailbox.pasword" in fault_of(file)


@pytest.fixture
def credentials(file):
    """The directory beside the file."""
    place = file.parent / "credentials"
    place.mkdir()
    return place


@pytest.mark.parametrize("name", ["mailbox.pasword", "mailbx.password", "officers.email", "store.key.old"])
def test_a_credential_for_no_key_is_an_error_even_when_empty(file, credentials, name):
    (credentials / name).write_text("")
    fault = fault_of(file)
    assert f"{credentials / name}: {name} is no key" in fault
    assert "remove the file" in fault


def test_what_is_no_credential_by_its_name_is_left_alone(file, credentials):
    (credentials / "README").write_text("x")
    (credentials / ".mailbox.password.swp").write_text("x")
    prove(file)


@pytest.mark.parametrize(
    ("make", "said"),
    [
        (Path.mkdir, "no regular file"),
        (lambda path: path.symlink_to("gone"), "no regular file"),
        (lambda path: path.write_bytes(b"\xffrahasia"), "is no text in UTF-8"),
    ],
    ids=["a directory", "a dead link", "no text"],
)
def test_a_credential_that_cannot_be_read_is_named_without_the_secret(file, credentials, make, said):
    make(credentials / "smtp.password")
    fault = fault_of(file)
    assert f"{credentials / 'smtp.password'}: {said}" in fault
    assert "rahasia" not in fault


@pytest.mark.skipif(os.geteuid() == 0, reason="root may read everything")
def test_a_credential_of_another_user_is_named(file, credentials):
    (credentials / "smtp.password").write_text("x")
    (credentials / "smtp.password").chmod(0)
    assert "cannot be read" in fault_of(file)


def test_credentials_that_are_no_directory_or_promised_and_not_there_are_named(file, monkeypatch):
    place = file.parent / "credentials"
    place.write_text("")
    assert f"{place}: the credentials cannot be read" in fault_of(file)
    monkeypatch.setenv("CREDENTIALS_DIRECTORY", str(file.parent / "gone"))
    assert f"{file.parent / 'gone'}: the credentials cannot be read" in fault_of(file)


def test_no_secret_shows_when_a_configuration_is_printed(file):
    assert KEY not in repr(load(file))


def test_officers_are_found_by_any_address_in_any_case(file):
    file.write_text(
        configuration(
            file.parent, officers=officer("Rina", OFFICER, aliases=["Rina@ContohKota.go.id"]) + BUDI + DEWI
        )
    )
    config = load(file)
    assert config.officer_by_address("RINA@contohkota.GO.ID").name == "Rina"
    assert config.officer_by_address("nobody@contohkota.go.id") is None


@pytest.mark.parametrize("command", [("check",), ("run", "--once"), ("status",)])
def test_the_command_line_says_it_in_one_line_and_ends_with_two(file, command):
    file.write_text(file.read_text().replace("undo_minutes = 0", "undo_minuts = 0"))
    words = [sys.executable, "-m", "mailflow", *command, "--config", str(file)]
    done = subprocess.run(
        words, capture_output=True, text=True, timeout=60, check=False, cwd=file.parent, env=dict(os.environ)
    )
    assert done.returncode == 2
    assert "tasks.undo_minuts: no such key" in done.stderr
    assert len(done.stderr.strip().splitlines()) == 1
