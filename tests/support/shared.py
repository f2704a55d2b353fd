"""What costs much to make and keeps nothing of a test: made once per process, and shared by all its counters.

Where a counter has SOPs or letters of its own beside its configuration, it gets rules or templates of its own.
"""

import atexit
from base64 import urlsafe_b64encode
from dataclasses import replace
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from unittest import mock

from mailflow import bootstrap
from mailflow.outbox.render import Renderer
from mailflow.store.database import Database
from mailflow.store.sealed import Keyring
from rules.load import load_rules

_rules_of = bootstrap.load_rules_of
_readers = {}


@cache
def _built_in_rules():
    return load_rules()


@cache
def _built_in_letters():
    return Renderer()


def _rules(config):
    return _rules_of(config) if (config.directory / "rules.d").is_dir() else _built_in_rules()


def _reader(config):
    """The document workers for these limits."""
    key = (config.limits, config.department.address)
    if key not in _readers:
        _readers[key] = bootstrap.make_reader(config)
        atexit.register(_readers[key].close)
    return _readers[key]


@cache
def kept():
    """A directory of this process for what counters have in common."""
    directory = TemporaryDirectory()
    atexit.register(directory.cleanup)
    return Path(directory.name)


@cache
def _empty_database():
    """A database in which nothing is sealed yet, so that it is any key's."""
    keyring = Keyring.from_text(urlsafe_b64encode(bytes(range(32))).decode())
    with TemporaryDirectory() as directory:
        database = Database(f"sqlite:///{directory}/mailflow.db", keyring)
        database.upgrade()
        database.close()
        return database.file.read_bytes()


def prepare_database(config):
    """Bring the counter's database to today's schema; a new one is a copy, for to migrate takes longer than many a test."""
    database = Database(config.store.url, config.keyring)
    if database.file.exists():
        database.upgrade()
    else:
        database.file.write_bytes(_empty_database())
        database.file.chmod(0o600)
    database.close()


def opened(config, clock, stack):
    """The office, as `bootstrap.open_office` puts it together; `stack` closes what is its own."""
    with mock.patch.object(bootstrap, "load_rules_of", _rules):
        office = stack.enter_context(
            bootstrap.open_office(config, clock=clock, database="there", reader=False)
        )
    own_letters = (config.directory / "outbox_templates").is_dir()
    renderer = office.renderer if own_letters else _built_in_letters()
    return replace(office, renderer=renderer, maybe_reader=_reader(config))
