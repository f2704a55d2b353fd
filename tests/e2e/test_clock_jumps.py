"""A clock that jumped is said, and nothing is sent or put off by it until the mail server's agrees, or a person says that it is right."""

import json
import sqlite3
from contextlib import closing
from datetime import UTC, datetime, timedelta
from functools import partial

import pytest

from mailflow.clock_watch import ClockWatch, in_words
from mailflow.work import reading
from tests.support.counter import Counter
from tests.support.daemon import APPLICANT, Daemon
from tests.support.sink import Sink
from tests.support.writing import complete_request

NOW = datetime(2026, 3, 9, 9, 0, tzinfo=UTC)


@pytest.fixture
def sink():
    with Sink() as running:
        yield running


@pytest.fixture
def daemon(tmp_path, start_dovecot, sink):
    dovecot = start_dovecot()
    daemon = Daemon(tmp_path, mailbox=f"imap://127.0.0.1:{dovecot.port}", smtp=sink.url)
    daemon.arrives = partial(dovecot.deliver, complete_request(), sender=APPLICANT)
    assert daemon.command("run", "--once").returncode == 0
    yield daemon
    daemon.kill()


@pytest.fixture
def counter(tmp_path):
    with Counter(tmp_path) as counter:
        yield counter


def beats(daemon, moment: datetime) -> None:
    """Set when the loops last succeeded."""
    with closing(sqlite3.connect(daemon.directory / "mailflow.db")) as database:
        database.execute("UPDATE setting SET value = ? WHERE name LIKE 'loop:%'", (moment.isoformat(),))
        database.commit()


def status(daemon) -> str:
    return " ".join(json.loads(daemon.command("status", "--json").stdout)["attention"])


@pytest.mark.parametrize("last", [timedelta(days=3), -timedelta(days=90)], ids=["back", "far ahead"])
def test_after_a_jump_nothing_is_sent_until_the_mail_servers_clock_agrees(daemon, sink, last):
    beats(daemon, datetime.now(UTC) + last)
    assert daemon.command("run", "--once").returncode == 75
    assert "the clock jumped from" in status(daemon)
    daemon.arrives()
    assert daemon.command("run", "--once").returncode == 0
    assert (len(sink.envelopes), "clock" in status(daemon)) == (2, False)


def test_whoever_looks_after_it_may_say_that_the_clock_is_right(daemon):
    beats(daemon, datetime.now(UTC) + timedelta(days=3))
    daemon.command("run", "--once")
    assert "--clock-is-right" in status(daemon)
    daemon.command("status", "--clock-is-right")
    assert "clock" not in status(daemon)
    assert daemon.command("run", "--once").returncode == 0


def test_a_program_that_stood_still_for_a_week_has_no_strange_clock(daemon):
    beats(daemon, datetime.now(UTC) - timedelta(days=7))
    assert daemon.command("run", "--once").returncode == 0


def test_a_jump_while_running_holds_until_the_clock_is_back(counter, monkeypatch):
    office = counter.office
    object.__setattr__(office, "keeps_outages", True)
    counter.clock.moment = NOW
    boot = [1000.0]
    monkeypatch.setattr("mailflow.clock_watch._since_boot", lambda: boot[0])
    watch = ClockWatch(office)
    assert not watch.holds()
    counter.clock.moment += timedelta(days=400)
    boot[0] += 60
    assert watch.holds()
    with reading(office) as work:
        assert "09 Mar 2026" in in_words(office, work.session)
    counter.clock.moment = NOW + timedelta(minutes=2)
    assert not watch.holds()


def test_sleep_is_no_jump(counter, monkeypatch):
    office = counter.office
    object.__setattr__(office, "keeps_outages", True)
    boot = [1000.0]
    monkeypatch.setattr("mailflow.clock_watch._since_boot", lambda: boot[0])
    watch = ClockWatch(office)
    counter.clock.moment += timedelta(days=3)
    boot[0] += timedelta(days=3).total_seconds()
    assert not watch.holds()
