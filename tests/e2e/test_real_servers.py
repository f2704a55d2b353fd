"""The whole walk of a request over real Dovecot and Postfix: people read their own mailboxes and reply as mail programs do."""

from functools import partial

import pytest

from tests.support.daemon import APPLICANT, DEPARTMENT, OFFICER, Daemon
from tests.support.people import Person
from tests.support.post_office import PostOffice
from tests.support.server import ServerMissingError
from tests.support.writing import LETTER, complete_request, csr, mail

USERS = {"officers": ("rina.kusuma",), "applicants": ("siti.rahmawati", "admin", "andi")}
DECIDED = [("verify", "decided"), ("apply-in-ams", "decided"), ("issuance", "decided")]


@pytest.fixture
def post_office():
    try:
        office = PostOffice(**USERS)
    except ServerMissingError as missing:
        pytest.skip(str(missing))
    with office:
        yield office


@pytest.fixture
def start(tmp_path, post_office):
    """Start the daemon with these options."""
    made = partial(Daemon, tmp_path, mailbox=post_office.imap_url, smtp=post_office.smtp_url)
    daemons = []

    def start(**options):
        daemons.append(made(**options))
        return daemons[-1].start()

    yield start
    for daemon in daemons:
        daemon.kill()


def walk(siti, rina):
    """From the first letter to the closing one."""
    siti.writes(mail("Saya lupa passphrase, mohon dibantu.", files=(LETTER,)))
    asked = siti.receives("CSR")
    siti.replies(asked, "Berikut CSR saya.", files=(csr(),))
    task = rina.receives("[Tugas]")
    rina.replies(task, "Selamat pagi, mohon izin. SETUJU")
    siti.replies(siti.receives("Disetujui"), "SUDAH")
    rina.replies(rina.receives("[Tugas]", beside=task), "SELESAI")
    siti.replies(siti.receives("Mohon dilanjutkan"), "SUDAH")
    rina.replies(rina.receives("[Tugas]", count=3)[-1], "SELESAI")
    return siti.receives("Selesai")


@pytest.mark.parametrize("subaddressing", [False, True], ids=["plain addresses", "subaddresses"])
def test_a_request_goes_from_the_first_letter_to_its_closing(subaddressing, post_office, start):
    post_office.submit(
        mail("Kapan rapat koordinasi?", sender=post_office.address("andi"), subject="Rapat"),
        "andi",
        "layanan",
    )
    post_office.await_mail("layanan")
    daemon = start(subaddressing=subaddressing)
    siti, rina = Person(post_office, APPLICANT), Person(post_office, OFFICER)

    walk(siti, rina)
    daemon.until_at_rest(8)

    assert daemon.count("case") == {"closed": 2}
    assert daemon.rows("SELECT step, state FROM task WHERE NOT quiet ORDER BY id") == DECIDED
    assert set(daemon.count("outbox")) == {"sent"}
    assert post_office.dovecot.folders()["Processed"] == 7
    assert ["Rapat" in text for text in post_office.dovecot.messages()] == [True]
    assert "Seen" not in post_office.dovecot.flags("INBOX"), "what is not ours stays unread"
    tokens = [letter for letter in rina.inbox() if "+a." in str(letter["Reply-To"])]
    assert bool(tokens) is subaddressing
    assert daemon.terminate() == 0


def test_the_walk_is_the_same_when_every_mail_comes_twice(post_office, start):
    daemon = start()
    siti, rina = Person(post_office, APPLICANT, copies=2), Person(post_office, OFFICER, copies=2)

    walk(siti, rina)
    daemon.until_at_rest(14)

    assert daemon.count("case") == {"closed": 2}
    assert daemon.rows("SELECT step, state FROM task WHERE NOT quiet ORDER BY id") == DECIDED
    assert daemon.count("message") == {"filed": 7, "duplicate": 7}
    assert post_office.dovecot.folders()["INBOX"] == 0
    assert len(siti.inbox()) == len({str(letter["Message-ID"]) for letter in siti.inbox()}) == 7, (
        "no letter twice"
    )


@pytest.mark.parametrize("subaddressing", [False, True], ids=["plain addresses", "subaddresses"])
def test_a_letter_that_comes_back_is_marked_and_an_officer_is_told(subaddressing, post_office, start):
    daemon = start(subaddressing=subaddressing)
    post_office.postfix.submit(
        complete_request("pindah@contohkota.go.id"), "pindah@contohkota.go.id", [DEPARTMENT]
    )

    daemon.until(lambda: daemon.count("outbox")["bounced"], "the bounce")
    Person(post_office, OFFICER).receives("E-mail tidak")
    daemon.until_at_rest(2)

    assert daemon.rows("SELECT template FROM outbox WHERE state = 'bounced'") == [
        ("applicant-request-received",)
    ]
    assert daemon.count("task") == {"open": 2}, "the request's own, and the letter that came back"
