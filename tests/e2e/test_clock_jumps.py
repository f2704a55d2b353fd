"""A clock that jumped is said, and nothing is sent or put off by it until the mail server's agrees, or a person says that it is right."""

import json
import sqlite3
import threading
from contextlib import closing, contextmanager, suppress
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from functools import partial

import pytest
from sqlmodel import select

from mailflow import clock_watch
from mailflow.clock_watch import ClockWatch, in_words
from mailflow.daemon import Daemon as Loops
from mailflow.errors import StoreError
from mailflow.heartbeat import Heartbeat
from mailflow.outages import LOOPS
from mailflow.store.database import Database
from mailflow.store.tables import Outage
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
        store = counter.office.database
        impatient = Database(store.url, store.keyring, busy_milliseconds=50)
        counter.office = replace(counter.office, database=impatient, keeps_outages=True)
        yield counter
        impatient.close()


@pytest.fixture
def watch(counter, monkeypatch):
    """A watch whose clock has jumped since, by 400 days."""
    boot = [1000.0]
    monkeypatch.setattr("mailflow.clock_watch._since_boot", lambda: boot[0])
    watch = ClockWatch(counter.office)
    assert not watch.holds()
    boot[0] += 60
    counter.clock.moment += timedelta(days=400)
    return watch


@contextmanager
def locked(counter):
    """Another program holds the database."""
    with closing(sqlite3.connect(counter.office.database.file, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        yield


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


def test_a_long_silence_that_was_one_is_on_record_when_the_clock_is_said_to_be_right(daemon):
    beats(daemon, datetime.now(UTC) - timedelta(days=90))
    assert daemon.command("run", "--once").returncode == 75
    daemon.command("status", "--clock-is-right")
    assert daemon.command("run", "--once").returncode == 0
    assert len(daemon.rows("SELECT 1 FROM outage")) == len(LOOPS)


def test_a_program_that_stood_still_for_a_week_has_no_strange_clock(daemon):
    beats(daemon, datetime.now(UTC) - timedelta(days=7))
    assert daemon.command("run", "--once").returncode == 0


def test_a_jump_while_running_holds_until_the_clock_is_back(counter, monkeypatch):
    office = counter.office
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
    boot = [1000.0]
    monkeypatch.setattr("mailflow.clock_watch._since_boot", lambda: boot[0])
    watch = ClockWatch(office)
    counter.clock.moment += timedelta(days=3)
    boot[0] += timedelta(days=3).total_seconds()
    assert not watch.holds()


def test_a_jump_that_cannot_be_recorded_holds_all_the_same_and_is_recorded_later(counter, watch):
    with locked(counter), pytest.raises(StoreError):
        watch.holds()
    assert watch.holds()
    assert "the clock jumped" in counter.status["attention"][0]


def test_loops_that_see_a_jump_at_the_same_moment_all_hold(watch, monkeypatch):
    seen, recorded = [], clock_watch.writing

    def while_it_is_recorded(office):
        if not seen:
            seen.append(threading.Thread(target=lambda: seen.append(watch.holds())))
            seen[0].start()
            seen[0].join(0.2)  # on the old build the other loop takes the doubt for settled here
        return recorded(office)

    monkeypatch.setattr(clock_watch, "writing", while_it_is_recorded)
    assert watch.holds()
    seen[0].join()
    assert seen[1]
    assert watch.holds()


def test_a_jump_is_not_put_on_record_as_an_outage(counter, watch):
    loops = Loops(counter.office)
    loops.clock_watch = watch
    counter.clock.moment -= timedelta(days=400)
    for each in LOOPS:
        loops._turned(each)
    counter.clock.moment += timedelta(days=400)
    for each in LOOPS:
        loops._turned(each)
    with reading(counter.office) as work:
        assert work.session.exec(select(Outage)).all() == []


def test_a_clock_that_nobody_doubts_changes_no_beat(counter):
    Heartbeat(counter.office).beat("mailbox")
    counter.clock.moment += timedelta(days=2)
    clock_watch.trust(counter.office)
    assert "no success since" in " ".join(counter.status["attention"])


def test_a_trouble_met_while_the_database_was_held_is_told_as_soon_as_it_is_free(counter):
    heart = Heartbeat(counter.office)
    with locked(counter), suppress(StoreError):
        heart.ail("sender", "535 refused")
    heart.ail("sender", "535 refused")
    assert "535 refused" in " ".join(counter.status["attention"])
