"""Outages beside lateness: what did not work while a promise ran is recorded, and told with the promise that was broken."""

import sqlite3
from contextlib import closing
from dataclasses import replace
from datetime import datetime, timedelta

import pytest
from sqlmodel import select

from mailflow.errors import StoreError
from mailflow.heartbeat import Heartbeat
from mailflow.outages import LOOPS, between
from mailflow.store.database import Database
from mailflow.store.tables import Outage
from mailflow.work import reading
from tests.support.counter import OFFICIAL, Counter, text_of
from tests.support.daemon import Daemon
from tests.support.sink import Sink

STEP = timedelta(minutes=10)


def at(text: str) -> datetime:
    """A moment of November 2026; the 17th is a Tuesday."""
    return datetime.fromisoformat(f"2026-11-{text}:00+07:00")


@pytest.fixture
def counter(tmp_path):
    """A counter that is told to take its hand-set clock for the true one."""
    with Counter(tmp_path) as counter:
        counter.office = replace(counter.office, keeps_outages=True)
        counter.clock.moment = at("17T09:12")
        yield counter


def runs(counter, until: datetime, loops=LOOPS) -> None:
    """Let these loops work as they do every day, up to a moment."""
    heart = Heartbeat(counter.office)
    while counter.clock.moment < until:
        counter.clock.moment = min(counter.clock.moment + STEP, until)
        for loop in loops:
            heart.beat(loop)


def rows(counter) -> list[tuple[str, datetime, datetime]]:
    with counter.office.database.reading() as session:
        return sorted((each.loop, each.began, each.ended) for each in session.exec(select(Outage)))


def overdue(counter) -> str:
    counter.clock.moment = at("18T16:00")
    counter.work()
    return " ".join(text_of(counter.letter_to(OFFICIAL)).split())


def test_a_broken_promise_is_told_with_the_time_in_which_the_program_did_not_run(counter):
    counter.complete_request()
    runs(counter, at("17T10:02"))
    counter.clock.moment = at("17T13:40")
    runs(counter, at("18T15:55"))
    assert "Selama waktu itu program tidak bekerja: Selasa 17/11 10.02\N{EN DASH}13.50." in overdue(counter)
    (breach,) = [each for each in counter.case["timeline"] if each["event"] == "promise-breach"]
    assert breach["outages"] == [
        {"began": at("17T10:02"), "ended": at("17T13:50"), "loops": ["mailbox", "work", "sender", "clock"]}
    ]


def test_only_what_was_away_is_named(counter):
    counter.complete_request()
    runs(counter, at("17T10:02"))
    runs(counter, at("17T13:40"), ("work", "sender", "clock"))
    runs(counter, at("18T15:55"))
    assert "Selasa 17/11 10.02\N{EN DASH}13.50 (surat masuk)." in overdue(counter)


def test_what_is_still_away_when_the_promise_breaks_is_told_too(counter):
    counter.complete_request()
    runs(counter, at("17T10:02"))
    runs(counter, at("18T15:55"), ("work", "sender", "clock"))
    said = overdue(counter)
    assert "Selasa 17/11 10.02 \N{EN DASH} Rabu 18/11 16.00 (surat masuk)." in said


def test_a_promise_broken_while_all_worked_says_nothing_of_outages(counter):
    counter.complete_request()
    runs(counter, at("18T15:55"))
    assert "program tidak bekerja" not in overdue(counter)
    assert all(each["outages"] == [] for each in counter.case["timeline"])
    assert rows(counter) == []


@pytest.mark.parametrize(
    ("last", "again"),
    [
        ("17T10:00", "17T10:15"),  # a quarter of an hour is nothing yet
        ("17T16:00", "18T08:00"),  # the night
        ("17T15:55", "18T08:10"),
        ("20T16:00", "23T08:05"),  # the weekend
        ("17T10:00", "17T09:00"),  # the clock was set back
    ],
)
def test_times_in_which_nobody_waited_are_no_outage(counter, last, again):
    heart = Heartbeat(counter.office)
    for moment in (last, again):
        counter.clock.moment = at(moment)
        heart.beat("work")
    assert rows(counter) == []


def test_a_gap_is_one_row_per_loop_from_the_last_success_on(counter):
    heart = Heartbeat(counter.office)
    for moment in ("17T15:40", "18T08:10"):
        counter.clock.moment = at(moment)
        heart.beat("work")
        heart.beat("clock")
    gap = (at("17T15:40"), at("18T08:10"))
    assert rows(counter) == [("clock", *gap), ("work", *gap)]


def test_a_program_that_starts_again_records_the_time_since_its_last_beat(counter):
    counter.clock.moment = at("17T10:00")
    Heartbeat(counter.office).beat("work")
    counter.clock.moment = at("17T11:00")
    Heartbeat(counter.office).beat("work")
    assert rows(counter) == [("work", at("17T10:00"), at("17T11:00"))]


def test_a_database_that_was_away_is_an_outage_once_it_is_back(counter, monkeypatch):
    config = counter.office.config
    hasty = Database(config.store.url, config.keyring, busy_milliseconds=1)
    heart = Heartbeat(replace(counter.office, database=hasty))
    counter.clock.moment = at("17T10:00")
    heart.beat("work")
    with closing(sqlite3.connect(hasty.file, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        for minute in (5, 10, 30):
            counter.clock.moment = at(f"17T10:{minute:02}")
            with pytest.raises(StoreError):
                heart.beat("work")
        other.execute("ROLLBACK")
    counter.clock.moment = at("17T10:31")
    heart.beat("work")
    assert rows(counter) == [("work", at("17T10:00"), at("17T10:31"))]
    hasty.close()


def test_a_way_out_that_cannot_be_reached_is_no_success_of_the_sender(tmp_path):
    counter, sink = Counter(tmp_path), Sink()
    way_out = f'url = "{sink.url}"\ntls = "none"'
    text = counter.config_file.read_text().replace(f'url = "maildir://{tmp_path}/sent"', way_out)
    counter.config_file.write_text(text)
    with counter:
        counter.office = replace(counter.office, keeps_outages=True)
        counter.clock.moment = at("17T09:12")
        counter.work()
        counter.clock.moment = at("17T09:20")
        counter.complete_request()
        assert counter.code == 75
        beats = counter.status["loops"]
        assert (beats["sender"], beats["work"]) == (at("17T09:12"), at("17T09:20"))
        with sink:
            counter.later(hours=1)
        assert len(sink.envelopes) == 2
    assert rows(counter)[1:] == [
        ("mailbox", at("17T09:20"), at("17T10:20")),
        ("sender", at("17T09:12"), at("17T10:20")),
        ("work", at("17T09:20"), at("17T10:20")),
    ]


def test_a_clock_that_is_set_makes_no_outage(tmp_path):
    with Counter(tmp_path) as counter:
        counter.complete_request()
        counter.later(days=60)
        assert rows(counter) == []
        with reading(counter.office) as work:
            assert between(work, counter.clock.moment - timedelta(days=90), counter.clock.moment) == []
        assert "program tidak bekerja" not in text_of(counter.letter_to(OFFICIAL))


def test_the_daemon_records_at_its_start_how_long_it_did_not_run(tmp_path):
    for part in ("new", "cur", "tmp"):
        for box in ("in", "out"):
            (tmp_path / box / part).mkdir(parents=True)
    with Daemon(tmp_path, mailbox=f"maildir://{tmp_path}/in", smtp=f"maildir://{tmp_path}/out") as daemon:
        beats = "SELECT name, value FROM setting WHERE name LIKE 'loop:%'"
        daemon.start().until(lambda: len(daemon.rows(beats)) == len(LOOPS), "a beat of every loop")
        assert daemon.terminate() == 0
        stopped = datetime.now().astimezone() - timedelta(days=29)  # longer, and its clock is doubted first
        with closing(sqlite3.connect(daemon.database)) as database, database:
            database.execute("UPDATE setting SET value = ? WHERE name LIKE 'loop:%'", (stopped.isoformat(),))
        daemon.start()
        daemon.until(
            lambda: len(daemon.rows("SELECT 1 FROM outage")) == len(LOOPS), "the outage of every loop"
        )
        assert {loop for (loop,) in daemon.rows("SELECT loop FROM outage")} == set(LOOPS)
