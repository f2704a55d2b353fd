"""The command line called as a person calls it, in this process: words in; exit code, stdout and stderr out."""

import json
import logging
from dataclasses import dataclass

import pytest

from mailflow import __main__ as program
from mailflow import logs
from tests.support.counter import Counter


@dataclass(frozen=True)
class Said:
    """What a command answered."""

    code: int
    out: str
    err: str

    @property
    def data(self):
        """Its one JSON document."""
        return json.loads(self.out)


@pytest.fixture
def call(capsys, monkeypatch):
    """`call("case", ticket, counter=…)` runs a command; `counter` gives it a configuration."""

    def run(*words, counter=None):
        config = ("--config", str(counter.config_file)) if counter else ()
        monkeypatch.setattr("sys.argv", ["mailflow", *words, *config])
        capsys.readouterr()
        try:
            program.main()
            code = 0
        except SystemExit as end:
            code = end.code or 0
        said = capsys.readouterr()
        return Said(code, said.out, said.err)

    return run


@pytest.fixture(scope="session")
def desk(tmp_path_factory):
    """A counter with one complete request that waits for Rina, and one mail about something else."""
    logs.configure(logging.ERROR)
    with Counter(tmp_path_factory.mktemp("desk"), undo=10) as counter:
        counter.complete_request()
        counter.receive(counter.mail("orang@example.go.id", "Kapan rapatnya?", subject="Rapat"))
        yield counter


@pytest.fixture
def counter(tmp_path):
    """A counter of the test's own, nothing in it yet."""
    logs.configure(logging.ERROR)
    with Counter(tmp_path, undo=10) as counter:
        yield counter
