"""Fixtures every test may ask for: real servers, started for the test that names them."""

from tests.support.fixtures import certificate, dovecot, post_office, postfix, start_dovecot

__all__ = ["certificate", "dovecot", "post_office", "postfix", "start_dovecot"]
