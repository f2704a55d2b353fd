import logging

import pytest

from mailflow import logs
from mailflow.replay import run
from mailflow.work import reading
from tests.cli.conftest import call
from tests.support.counter import BUDI, DEWI, RINA, Counter

__all__ = ["call"]


@pytest.fixture
def counter(tmp_path):
    """A department with two officers and an official, where a word waits ten minutes."""
    logs.configure(logging.ERROR)
    with Counter(tmp_path, officers=RINA + BUDI + DEWI, undo=10) as counter:
        yield counter


@pytest.fixture
def replay(counter):
    """Replay everything by rules (those in force where none are given); return the report as JSON has it."""

    def of(rules=None, *names, reread=False):
        with reading(counter.office) as work:
            chosen = run.choose(work, names, 0)
            return run.as_json(run.replay(work, rules or counter.office.rules, chosen, reread=reread))

    return of
