"""The daemon is killed (SIGKILL) at every named point; started again it ends the step: nothing lost, nothing twice."""

import pytest

from mailflow.checkpoints import Checkpoint
from tests.support.daemon import APPLICANT, OFFICER, Daemon
from tests.support.sink import Sink
from tests.support.writing import complete_request


@pytest.fixture
def sink():
    with Sink() as running:
        yield running


@pytest.fixture
def daemon(tmp_path, dovecot, sink):
    with Daemon(tmp_path, mailbox=f"imap://127.0.0.1:{dovecot.port}", smtp=sink.url) as made:
        yield made


@pytest.mark.parametrize("point", list(Checkpoint))
def test_a_power_cut_loses_nothing_and_does_nothing_twice(point, daemon, dovecot, sink):
    dovecot.deliver(complete_request(), sender=APPLICANT)

    assert daemon.start(kill_at=point.value).ended() == -9, "the point is really reached"
    daemon.start().until_at_rest(1)

    assert daemon.states() == {
        "message": {"filed": 1},
        "case": {"waiting_for_officer": 1},
        "task": {"open": 1},
        "outbox": {"sent": 2},
    }
    assert dovecot.folders()["INBOX"] == 0
    assert dovecot.folders()["Processed"] == 1
    copies = sink.copies()
    assert len(copies) == 2
    assert sink.to(APPLICANT)
    assert sink.to(OFFICER)
    assert all(len(set(same)) == 1 for same in copies.values()), "a repetition is the same to the byte"
    repeated = 1 if point is Checkpoint.AFTER_DOT else 0
    assert sum(len(same) - 1 for same in copies.values()) == repeated
