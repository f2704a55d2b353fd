"""What costs much to make and keeps nothing of a test: made once per process, and shared by all its counters.

Where a counter has SOPs or letters of its own beside its configuration, it gets rules or templates of its own.
"""

import atexit
from dataclasses import replace
from functools import cache
from unittest import mock

from mailflow import bootstrap
from mailflow.outbox.render import Renderer
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


def opened(config, clock, stack):
    """The office, as `bootstrap.open_office` puts it together; `stack` closes what is its own."""
    with mock.patch.object(bootstrap, "load_rules_of", _rules):
        office = stack.enter_context(
            bootstrap.open_office(config, clock=clock, database="there", reader=False)
        )
    own_letters = (config.directory / "outbox_templates").is_dir()
    renderer = office.renderer if own_letters else _built_in_letters()
    return replace(office, renderer=renderer, maybe_reader=_reader(config))
