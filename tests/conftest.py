"""Fixtures every test may ask for: real servers, started for the test that names them."""

from hypothesis import settings

from tests.support.fixtures import certificate, dovecot, post_office, postfix, start_dovecot

__all__ = ["certificate", "dovecot", "post_office", "postfix", "start_dovecot"]

settings.register_profile("shared machine", deadline=None)  # a deadline would measure who else works on it
settings.load_profile("shared machine")
