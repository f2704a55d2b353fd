"""The daemon is killed (SIGKILL) at every named point; started again it ends the step: nothing lost, nothing twice."""

import random

import pytest

from mailflow.checkpoints import Checkpoint
from tests.support.daemon import APPLICANT, OFFICER, Daemon
from tests.support.dovecot import Dovecot
from tests.support.server import DOMAIN, ServerMissingError
from tests.support.sink import Sink
from tests.support.writing import PASSED, complete_request, mail


@pytest.fixture
def sink():
    with Sink() as running:
        yield running


@pytest.fixture
def daemon(tmp_path, dovecot, sink):
    with Daemon(tmp_path, mailbox=f"imap://127.0.0.1:{dovecot.port}", smtp=sink.url) as made:
        yield made


@pytest.fixture(scope="module")
def task_open(tmp_path_factory):
    """An instance that has put one request before an officer and ended: its directory, and the letter with the task."""
    directory = tmp_path_factory.mktemp("served")
    try:
        dovecot = Dovecot()
    except ServerMissingError as missing:
        pytest.skip(str(missing))
    with (
        dovecot,
        Sink() as sink,
        Daemon(directory, mailbox=f"imap://127.0.0.1:{dovecot.port}", smtp=sink.url) as daemon,
    ):
        dovecot.deliver(complete_request(), sender=APPLICANT)
        assert daemon.command("run", "--once").returncode == 0
        return directory, sink.to(OFFICER)[0]


def under_way(daemon):
    """The letters whose fate nobody can know after a power cut: claimed, and not yet recorded as sent."""
    return {number for (number,) in daemon.rows("SELECT message_id FROM outbox WHERE state = 'sending'")}


def repeated(sink):
    """The Message-IDs of letters that came more than once; each time to the byte the same."""
    copies = sink.copies()
    assert all(len(set(same)) == 1 for same in copies.values()), "a repetition is the same to the byte"
    return {number for number, same in copies.items() if len(same) > 1}


@pytest.mark.parametrize("point", list(Checkpoint))
def test_a_power_cut_loses_nothing_and_does_nothing_twice(point, daemon, dovecot, sink):
    dovecot.deliver(complete_request(), sender=APPLICANT)

    assert daemon.start(kill_at=point.value).ended() == -9, "the point is really reached"
    unknown = under_way(daemon)
    daemon.start().until_at_rest(1)

    assert daemon.states() == {
        "message": {"filed": 1},
        "case": {"waiting_for_officer": 1},
        "task": {"open": 1},
        "outbox": {"sent": 2},
    }
    assert dovecot.folders()["INBOX"] == 0
    assert dovecot.folders()["Processed"] == 1
    assert {APPLICANT, OFFICER} == {recipient for _, (recipient,), _ in sink.envelopes}
    assert len(sink.copies()) == 2
    assert repeated(sink) <= unknown
    assert bool(unknown) or point not in {Checkpoint.CLAIMED, Checkpoint.AFTER_DOT}
    assert bool(repeated(sink)) or point is not Checkpoint.AFTER_DOT


@pytest.mark.parametrize(
    "point",
    [Checkpoint.DECIDED, Checkpoint.COMMITTED, Checkpoint.CLAIMED, Checkpoint.AFTER_DOT],
)
def test_a_power_cut_at_an_officers_word_decides_once(point, daemon, dovecot, sink, task_open):
    served, task_letter = task_open
    daemon.take_over(served)
    word = mail("SETUJU", sender=OFFICER, answers=task_letter)
    dovecot.deliver(PASSED + word, sender=OFFICER)

    assert daemon.start(kill_at=point.value).ended() == -9, "the point is really reached"
    unknown = under_way(daemon)
    daemon.start().until_at_rest(2)

    assert daemon.count("case") == {"waiting_for_child": 1, "waiting_for_applicant": 1}
    assert daemon.rows("SELECT state FROM task WHERE NOT quiet") == [("decided",)]
    assert daemon.rows("SELECT event FROM transition ORDER BY id") == [("opened",), ("approve",), ("opened",)]
    assert {APPLICANT, OFFICER} == {recipient for _, (recipient,), _ in sink.envelopes}
    assert len(sink.copies()) == 2
    assert repeated(sink) <= unknown
    assert bool(unknown) or point not in {Checkpoint.CLAIMED, Checkpoint.AFTER_DOT}
    assert bool(repeated(sink)) or point is not Checkpoint.AFTER_DOT


def test_power_cuts_at_random_moments_lose_nothing_and_do_nothing_twice(daemon, dovecot, sink):
    people = [f"pemohon{number}@{DOMAIN}" for number in range(8)]
    for person in people:
        dovecot.deliver(complete_request(person), sender=person)
    cuts = sorted(random.sample(range(1, 16), 2))

    unknown = set()
    for letters in cuts:
        daemon.start().until(lambda enough=letters: len(sink.envelopes) >= enough, f"{letters} letters")
        daemon.kill()
        unknown |= under_way(daemon)
    daemon.start().until_at_rest(len(people))

    assert daemon.states() == {
        "message": {"filed": 8},
        "case": {"waiting_for_officer": 8},
        "task": {"open": 8},
        "outbox": {"sent": 16},
    }, f"the power was cut after so many letters: {cuts}"
    assert dovecot.folders()["INBOX"] == 0
    assert dovecot.folders()["Processed"] == 8
    assert len(sink.copies()) == 16
    assert all(sink.to(person) for person in people)
    assert repeated(sink) <= unknown
