"""Real mail servers for tests, in one place to import from."""

from tests.support.certificates import Certificate, make_certificate
from tests.support.dovecot import Dovecot
from tests.support.post_office import PostOffice
from tests.support.postfix import Postfix
from tests.support.server import DOMAIN, PASSWORD, ServerMissingError, free_port

__all__ = [
    "DOMAIN",
    "PASSWORD",
    "Certificate",
    "Dovecot",
    "PostOffice",
    "Postfix",
    "ServerMissingError",
    "free_port",
    "make_certificate",
]
