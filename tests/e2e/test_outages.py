"""What is away comes back: mail servers, database, disk; meanwhile nothing is lost, and nothing is done twice."""

import json
import os
import sqlite3
import subprocess
from contextlib import closing, contextmanager
from functools import partial
from pathlib import Path

import pytest

from tests.support.daemon import APPLICANT, OFFICER, Daemon
from tests.support.sink import Sink
from tests.support.writing import complete_request, mail

SERVED = {
    "message": {"filed": 1},
    "case": {"waiting_for_officer": 1},
    "task": {"open": 1},
    "outbox": {"sent": 2},
}


@pytest.fixture
def dovecot(start_dovecot):
    return start_dovecot(extra="verbose_proctitle = yes")


@pytest.fixture
def sink():
    with Sink() as running:
        yield running


@pytest.fixture
def made(tmp_path, dovecot, sink):
    """Make a daemon with these options; it ends with the test."""
    daemons = []

    def make(**options):
        daemons.append(Daemon(tmp_path, mailbox=f"imap://127.0.0.1:{dovecot.port}", smtp=sink.url, **options))
        return daemons[-1]

    yield make
    for daemon in daemons:
        daemon.kill()


@pytest.fixture
def request_arrives(dovecot):
    """Siti's whole request, in the mailbox."""
    return partial(dovecot.deliver, complete_request(), sender=APPLICANT)


# --- SMTP -----------------------------------------------------------------------------------------------------------------


def test_without_a_way_out_the_tasks_exist_and_the_letters_wait_and_leave_once(made, sink, request_arrives):
    sink.stop()
    daemon = made().start()
    request_arrives()

    daemon.until_logged('"phase": "connect"')
    daemon.until(lambda: daemon.count("task") == {"open": 1}, "the task")
    assert daemon.count("outbox") == {"queued": 2}

    sink.start()
    daemon.until_at_rest(1)
    assert daemon.states() == SERVED
    assert [len(copies) for copies in sink.copies().values()] == [1, 1]


# --- IMAP -----------------------------------------------------------------------------------------------------------------


def test_a_mailbox_that_is_away_at_first_and_again_later_is_waited_for(made, dovecot, sink, request_arrives):
    request_arrives()
    dovecot.stop()
    daemon = made().start()
    daemon.until_logged('"degraded"')

    dovecot.start()
    daemon.until_at_rest(1)
    dovecot.stop(hard=True)
    daemon.until_logged('"degraded"', times=2)
    dovecot.start()
    dovecot.deliver(
        mail("Saya lupa passphrase.", sender="andi@contohkota.go.id"), sender="andi@contohkota.go.id"
    )

    daemon.until_at_rest(2)
    assert daemon.count("message") == {"filed": 2}
    assert sum(daemon.count("case").values()) == 2
    assert all(len(copies) == 1 for copies in sink.copies().values())
    assert dovecot.folders()["INBOX"] == 0


def test_one_run_does_what_it_can_and_says_when_something_must_be_tried_again(
    made, dovecot, sink, request_arrives
):
    daemon = made()
    request_arrives()

    sink.stop()
    assert daemon.command("run", "--once").returncode == 75
    assert daemon.count("task") == {"open": 1}
    assert daemon.count("outbox") == {"queued": 2}

    sink.start()
    dovecot.stop()
    assert daemon.command("run", "--once").returncode == 75
    assert daemon.count("outbox") == {"sent": 2}


def test_a_mailbox_made_anew_under_other_numbers_gets_no_second_answer(made, dovecot, sink, request_arrives):
    old = mail("Saya lupa passphrase.", sender="lama@contohkota.go.id")
    dovecot.deliver(old, sender="lama@contohkota.go.id")
    daemon = made(baseline=True).start()
    daemon.until_logged('"mailbox-open"')
    request_arrives()
    daemon.until_at_rest(2)
    [(before,)] = daemon.rows("SELECT uidvalidity FROM mailbox")

    make_inbox_anew(dovecot, validity=before + 1)
    daemon.until_logged('"mailbox-changed"')
    dovecot.deliver(mail("Kapan rapat?", subject="Rapat"), sender=APPLICANT)
    daemon.until(lambda: daemon.count("message")["unmatched"] == 1, "the mail after the change")
    daemon.until_at_rest(5)

    assert daemon.rows("SELECT uidvalidity FROM mailbox") != [(before,)]
    assert daemon.count("message") == {"baseline": 2, "filed": 1, "duplicate": 1, "unmatched": 1}
    assert len(sink.envelopes) == 2
    assert {APPLICANT, OFFICER} == {recipient for _, (recipient,), _ in sink.envelopes}


def test_a_thousand_old_mails_are_answered_by_nobody_and_a_new_one_is(made, dovecot, sink, request_arrives):
    dovecot.deliver_many(
        (mail(f"Saya lupa passphrase ({number}).") for number in range(1000)), sender=APPLICANT
    )
    daemon = made(baseline=True).start()
    daemon.until_logged('"mailbox-open"')
    request_arrives()
    daemon.until_at_rest(1001)

    assert daemon.count("message") == {"baseline": 1000, "filed": 1}
    assert len(sink.envelopes) == 2
    assert dovecot.folders()["INBOX"] == 1000


# --- database and disk ----------------------------------------------------------------------------------------------------


def test_a_locked_database_moves_nothing_on_the_server_and_goes_on_afterwards(made, dovecot, request_arrives):
    daemon = made().start()
    daemon.until_logged('"mailbox-open"')
    with closing(sqlite3.connect(daemon.database, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        request_arrives()
        daemon.until_logged("database is locked")
        assert dovecot.folders()["INBOX"] == 1
        assert daemon.count("message") == {}
        other.execute("ROLLBACK")

    daemon.until_at_rest(1)
    assert daemon.states() == SERVED
    assert dovecot.folders()["Processed"] == 1


def test_a_full_disk_moves_nothing_on_the_server_and_goes_on_when_there_is_room(
    made, dovecot, sink, tmp_path, request_arrives
):
    with small_disk(tmp_path / "disk") as disk:
        daemon = made(store=disk).start()
        daemon.until_logged('"mailbox-open"')
        ballast = disk / "ballast"
        fill(ballast)
        request_arrives()
        daemon.until_logged("make room on the disk")
        assert dovecot.folders()["INBOX"] == 1
        assert dovecot.folders()["Processed"] == 0
        assert sink.envelopes == []
        assert f"the disk of {disk} is full" in needs(daemon)

        ballast.unlink()
        daemon.until_at_rest(1)
        assert daemon.states() == SERVED
        assert all(len(copies) == 1 for copies in sink.copies().values())
        assert daemon.terminate() == 0


# --- told while it lasts ------------------------------------------------------------------------------------------------------


def test_status_tells_an_outage_with_its_cause_while_it_lasts(made, sink, request_arrives):
    sink.stop()
    daemon = made()
    request_arrives()
    daemon.command("run", "--once")
    assert "no letter goes out since" in needs(daemon)
    assert str(sink.port) in needs(daemon)
    daemon.command("run", "--once")
    assert "no letter goes out since" in needs(daemon), "a run with no letter due has not reached the server"
    trouble = json.loads(daemon.command("status", "--json").stdout)["trouble"]
    assert str(sink.port) in trouble["sender"]["what"]

    sink.start()
    for letter in json.loads(daemon.command("outbox", "--open", "--json").stdout):
        daemon.command("outbox", "retry", str(letter["id"]))
    daemon.command("run", "--once")
    assert "no letter goes out" not in needs(daemon)


def test_status_tells_why_no_mail_comes_in(made, dovecot, sink):
    daemon = made()
    daemon.command("run", "--once")
    assert "no mail comes in" not in needs(daemon)
    dovecot.stop()
    daemon.command("run", "--once")
    assert "no mail comes in since" in needs(daemon)
    assert "check --live" in needs(daemon)


def needs(daemon) -> str:
    """What `status` says that needs the administrator."""
    return daemon.command("status").stdout.partition("Needs you:")[2].partition("\n\n")[0]


# --- one instance, and its end ----------------------------------------------------------------------------------------------


def test_a_second_instance_is_refused_and_the_first_goes_on_until_it_is_told_to_end(made, dovecot):
    daemon = made().start()
    daemon.until_logged('"mailbox-open"')

    second = daemon.command("run")

    assert second.returncode == 75
    assert "another mailflow works on" in second.stderr
    assert "stop it first" in second.stderr
    daemon.until(lambda: idles(dovecot), "IDLE")
    assert daemon.terminate() == 0
    assert '"stopped"' in daemon.log()
    assert '"left_behind": []' in daemon.log()


def test_a_letter_under_way_is_finished_before_the_end(made, sink, request_arrives):
    sink.hold()
    daemon = made().start()
    request_arrives()
    daemon.until(sink.arrived.is_set, "the letter at the server")
    daemon.process.terminate()
    sink.release()

    assert daemon.ended() == 0
    assert daemon.count("outbox") == {"sent": 1, "queued": 1}
    daemon.start().until_at_rest(1)
    assert [len(copies) for copies in sink.copies().values()] == [1, 1]


def test_a_mail_server_that_says_nothing_does_not_hold_up_the_end(made, sink, request_arrives):
    sink.hold()
    daemon = made().start()
    request_arrives()
    daemon.until(sink.arrived.is_set, "the letter at the server")

    assert daemon.terminate() == 0
    assert daemon.count("outbox") == {"sending": 1, "queued": 1}


# --- helpers --------------------------------------------------------------------------------------------------------------


def make_inbox_anew(dovecot, *, validity):
    """INBOX is lost and restored with all it ever held, under new numbers; who is connected is cut off."""
    user = ("-u", dovecot.address("layanan"))
    dovecot.doveadm("mailbox", "create", *user, "Cadangan")
    for folder in ("INBOX", "Processed"):
        dovecot.doveadm("copy", *user, "Cadangan", "mailbox", folder, "all")
    dovecot.doveadm("mailbox", "delete", *user, "INBOX")
    dovecot.doveadm("mailbox", "update", *user, "--uid-validity", str(validity), "INBOX")
    dovecot.doveadm("copy", *user, "INBOX", "mailbox", "Cadangan", "all")
    dovecot.kick()


def idles(dovecot):
    """Whether the daemon's connection waits in IDLE; Dovecot says so in its process' title."""
    for line in dovecot.doveadm("who", "-1").splitlines()[1:]:
        title = Path("/proc", line.split()[2], "cmdline")
        if title.exists() and b"IDLE" in title.read_bytes():
            return True
    return False


@contextmanager
def small_disk(path):
    """A disk of two megabytes."""
    if os.geteuid() != 0:
        pytest.skip("mounting a small disk needs root")
    path.mkdir()
    mounted = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", "size=2m", "tmpfs", str(path)], capture_output=True, check=False
    )
    if mounted.returncode:
        pytest.skip(f"no small disk: {mounted.stderr.decode().strip()}")
    try:
        yield path
    finally:
        subprocess.run(["umount", "-l", str(path)], check=True)


def fill(file):
    """Write until the disk is full."""
    with file.open("wb", buffering=0) as out:
        try:
            while True:
                out.write(b"\0" * 4096)
        except OSError:
            return
