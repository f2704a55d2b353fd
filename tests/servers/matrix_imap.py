"""The whole walk of a request, and what redelivery and a lost MOVE do, over every IMAP server we can run: `make test-servers`."""

import imaplib
import re

import pytest

from tests.support.courier import Courier
from tests.support.cyrus import Cyrus
from tests.support.daemon import ADMIN, APPLICANT, OFFICER, Daemon
from tests.support.dovecot import Dovecot
from tests.support.pymap import Pymap
from tests.support.server import PASSWORD
from tests.support.sink import Sink
from tests.support.writing import LETTER, PASSED, csr, mail, parsed

SERVERS = (Dovecot, Courier, Cyrus, Pymap)
DECIDED = [("verify", "decided"), ("apply-in-ams", "decided"), ("issuance", "decided")]


@pytest.fixture(params=SERVERS, ids=lambda server: server.__name__)
def server(request):
    with request.param() as running:
        yield running


@pytest.fixture
def sink():
    with Sink() as sink:
        yield sink


@pytest.fixture
def daemon(tmp_path, server, sink):
    with Daemon(tmp_path, mailbox=f"imap://127.0.0.1:{server.port}", smtp=sink.url) as daemon:
        yield daemon


class Counter:
    """The mailbox from outside: mail is delivered as the server's own tools do, letters are taken from the way out."""

    def __init__(self, server, daemon, sink):
        self.server, self.daemon, self.sink = server, daemon, sink

    def receives(self, *raws):
        for raw in raws:
            self.server.deliver(PASSED + raw, sender=str(parsed(raw)["From"]))

    def sends(self, address, subject, count=1):
        """The latest letter to an address with this in the subject, when there are `count`."""

        def found():
            letters = [
                each for each in self.sink.to(address) if subject.lower() in str(each["Subject"]).lower()
            ]
            return letters[-1] if len(letters) >= count else None

        return self.daemon.until(found, f"letter {count} to {address}: {subject}")

    def folders(self):
        """By folder, without the server's prefix: how many messages."""
        user = getattr(self.server, "address", "layanan@contohkota.go.id")
        with imaplib.IMAP4("127.0.0.1", self.server.port) as imap:
            imap.login(user if isinstance(user, str) else user("layanan"), PASSWORD)
            names = [re.search(rb'"?([^" ]+)"?$', line)[1].decode() for line in imap.list()[1]]
            counts = {}
            for name in names:
                said = imap.status(f'"{name}"', "(MESSAGES)")[1][0]
                counts[re.sub(r"^INBOX[./]", "", name)] = int(re.search(rb"MESSAGES (\d+)", said)[1])
            return counts


def walk(counter, copies=1):
    """A request from the first letter to the closing one; `copies`: how often each mail is delivered."""
    counter.receives(*[mail("Saya lupa passphrase, mohon dibantu.", files=(LETTER,))] * copies)
    asked = counter.sends(APPLICANT, "CSR")
    counter.receives(*[mail("Berikut CSR saya.", answers=asked, files=(csr(),))] * copies)
    task = counter.sends(OFFICER, "[Tugas]")
    counter.receives(*[mail("Selamat pagi, mohon izin. SETUJU", sender=OFFICER, answers=task)] * copies)
    counter.receives(*[mail("SUDAH", answers=counter.sends(APPLICANT, "Disetujui"))] * copies)
    counter.receives(
        *[mail("SELESAI", sender=OFFICER, answers=counter.sends(OFFICER, "[Tugas]", 2))] * copies
    )
    counter.receives(*[mail("SUDAH", answers=counter.sends(APPLICANT, "Mohon dilanjutkan"))] * copies)
    counter.receives(
        *[mail("SELESAI", sender=OFFICER, answers=counter.sends(OFFICER, "[Tugas]", 3))] * copies
    )
    return counter.sends(APPLICANT, "Selesai")


@pytest.mark.parametrize("copies", [1, 2], ids=["once", "every mail twice"])
def test_a_request_goes_from_the_first_letter_to_its_closing(copies, server, daemon, sink):
    counter = Counter(server, daemon.start(), sink)
    counter.receives(mail("Kapan rapat koordinasi?", sender="andi@contohkota.go.id", subject="Rapat"))

    walk(counter, copies)
    daemon.until_at_rest(1 + 7 * copies)

    assert daemon.count("case") == {"closed": 2}
    assert daemon.rows("SELECT step, state FROM task WHERE NOT quiet ORDER BY id") == DECIDED
    expected = {"filed": 7, "unmatched": 1} | ({"duplicate": 7} if copies == 2 else {})
    assert daemon.count("message") == expected
    folders = counter.folders()
    assert (folders["INBOX"], folders["Processed"]) == (1, 7 * copies)
    assert sink.to(ADMIN) == [], "nothing an administrator must look at"
    copies_sent = {key: len(raws) for key, raws in sink.copies().items()}
    assert set(copies_sent.values()) == {1}, "no letter twice"
    assert daemon.terminate() == 0


def test_a_daemon_killed_at_the_move_moves_once(server, daemon, sink):
    counter = Counter(server, daemon.start(kill_at="moved"), sink)
    counter.receives(mail("Saya lupa passphrase, mohon dibantu.", files=(LETTER,)))
    assert daemon.ended() < 0
    daemon.start()

    daemon.until_at_rest(1)

    folders = counter.folders()
    assert (folders["INBOX"], folders["Processed"]) == (0, 1)
    assert daemon.count("case") == {"waiting_for_applicant": 1}
