"""The pauses between attempts at a server that does not answer."""

from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mailflow.mailbox.backoff import Backoff


@given(st.integers(), st.integers(1, 2000))
def test_pauses_grow_up_to_the_cap_and_never_beyond(seed, failures):
    backoff = Backoff(first=1, cap=300, random=Random(seed))  # noqa: S311 - jitter, no secret
    for number in range(failures):
        whole = min(300, 2.0 ** min(number, 40))
        assert whole / 2 <= backoff.failed(0) <= whole


def test_two_clients_do_not_come_back_at_the_same_moment():
    assert len({Backoff(first=100).failed(0) for _ in range(20)}) > 1


def test_an_attempt_is_due_when_the_pause_is_over():
    backoff = Backoff(first=10)
    assert backoff.left(1000) == 0
    pause = backoff.failed(1000)
    assert backoff.left(1000) == pytest.approx(pause)
    assert backoff.left(1000 + pause / 2) == pytest.approx(pause / 2)
    assert backoff.left(1000 + pause) == 0


def test_success_forgets_the_failures():
    backoff = Backoff(first=1, cap=300)
    for _ in range(10):
        backoff.failed(0)
    backoff.succeeded()
    assert backoff.left(0) == 0
    assert backoff.failures == 0
    assert backoff.failed(0) <= 1
