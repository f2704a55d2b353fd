import os

import pytest

from tests.support.places import ImapPlace, MaildirPlace


@pytest.fixture(params=["imap", "imap-without-move", "maildir"])
def place(request, tmp_path):
    """Every kind of mailbox that keeps the contract."""
    if request.param == "maildir":
        return MaildirPlace(tmp_path / "Maildir")
    capability = "" if request.param == "imap" else "IMAP4rev1 UIDPLUS IDLE NAMESPACE"
    return ImapPlace(request.getfixturevalue("start_dovecot")(capability=capability))


@pytest.fixture
def imap(dovecot):
    return ImapPlace(dovecot)


@pytest.fixture
def mailbox(place):
    box = place.mailbox()
    box.open()
    yield box
    box.close()


@pytest.fixture
def inbox(imap):
    box = imap.mailbox()
    box.open()
    yield box
    box.close()


@pytest.fixture
def wake():
    """A pipe: the reading end for `wait`, the writing end to ask for a stop."""
    reading, writing = os.pipe()
    yield reading, writing
    os.close(reading)
    os.close(writing)
