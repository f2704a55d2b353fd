"""A counter with two officers and an official."""

import pytest

from tests.support.counter import BUDI, DEWI, RINA, Counter


@pytest.fixture
def counter(tmp_path):
    """A counter at which Siti's request waits for Rina."""
    with Counter(tmp_path, officers=RINA + BUDI + DEWI) as counter:
        counter.complete_request()
        yield counter
