"""Fixtures over the real servers; a missing server is a skip that says which."""

import pytest

from tests.support.servers import Dovecot, Postfix, PostOffice, ServerMissingError, make_certificate


@pytest.fixture(scope="session")
def certificate(tmp_path_factory):
    """Authority and certificate for localhost and 127.0.0.1."""
    return make_certificate(tmp_path_factory.mktemp("tls"))


@pytest.fixture
def start_dovecot():
    """Start Dovecots by hand: `start_dovecot(users=…, certificate=…)`; all end with the test."""
    servers = []

    def start(**options):
        try:
            server = Dovecot(**options)
        except ServerMissingError as missing:
            pytest.skip(str(missing))
        servers.append(server)
        return server.__enter__()

    yield start
    for server in servers:
        server.__exit__()


@pytest.fixture
def dovecot(start_dovecot):
    """A Dovecot without TLS, user `layanan`."""
    return start_dovecot()


@pytest.fixture
def postfix(dovecot):
    """A Postfix that hands everything to `dovecot` by LMTP."""
    try:
        server = Postfix(f"lmtp:inet:[127.0.0.1]:{dovecot.lmtp_port}")
    except ServerMissingError as missing:
        pytest.skip(str(missing))
    with server:
        yield server


@pytest.fixture
def post_office():
    """Postfix and Dovecot together: department `layanan`, officers `sari`, `budi`, applicants `andi`, `dewi`."""
    try:
        office = PostOffice()
        office.__enter__()
    except ServerMissingError as missing:
        pytest.skip(str(missing))
    yield office
    office.__exit__()
