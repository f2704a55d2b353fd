"""One message, case or letter that cannot be worked off is set aside; the others pass."""

import asyncio
import sqlite3
from contextlib import closing
from datetime import timedelta

import pytest
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from sqlmodel import select

from mailflow.bootstrap import make_mailbox
from mailflow.errors import StoreError
from mailflow.intake import TRY_AGAIN, Intake
from mailflow.outbox.contract import Delivery
from mailflow.reading import Desk
from mailflow.sender import Sender
from mailflow.store.tables import CaseRow, OutboxRow, OutboxState
from tests.support.counter import ADMIN, Counter
from tests.support.requests import rsa_key


@pytest.fixture
def counter(tmp_path):
    with Counter(tmp_path) as opened:
        yield opened


def files(counter, folder="."):
    """The bytes of what lies in a folder of the department's mailbox."""
    root = counter.directory / "inbox" / folder
    return [file.read_bytes() for part in ("new", "cur") for file in (root / part).iterdir()]


def test_both_copies_of_a_mail_that_is_not_ours_stay_in_the_inbox(counter):
    raw = counter.mail(text="Kapan rapat koordinasi?", subject="Rapat")
    counter.deliver(raw)
    counter.receive(raw)
    counter.receive(raw)

    assert counter.status["messages"] == {"unmatched": 1, "duplicate": 2}
    assert len(files(counter)) == 3
    assert files(counter, ".Processed") == []


def test_every_copy_of_a_mail_with_a_private_key_is_erased(counter):
    key = rsa_key().private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
    raw = counter.mail(
        text="Saya lupa passphrase, ini kuncinya.", files=(("kunci.key", key, "application/octet-stream"),)
    )
    counter.deliver(raw)
    counter.receive(raw)
    counter.receive(raw)

    assert sum(counter.status["messages"].values()) == 3
    assert [files(counter, folder) for folder in (".", ".Processed", ".Quarantine")] == [[], [], []]


def test_a_message_that_is_shown_but_not_handed_out_holds_up_no_other_and_comes_in_later(counter):
    counter.deliver(counter.mail(text="Kapan rapat?", subject="Rapat"))
    counter.deliver(counter.mail(text="Kapan apel?", subject="Apel"))
    mailbox = make_mailbox(counter.office.config)
    fetch, intake = mailbox.fetch, Intake(counter.office, mailbox)
    intake.connect()
    damaged = mailbox.uids()[0]
    mailbox.fetch = lambda uids: fetch([uid for uid in uids if uid != damaged])

    assert intake.collect()
    assert not intake.collect(), "it is not asked for over and over"
    assert counter.status["messages"] == {"received": 1}

    mailbox.fetch = fetch
    assert not intake.collect()
    counter.clock.moment += TRY_AGAIN
    assert intake.collect()
    assert counter.status["messages"] == {"received": 2}


def test_a_message_released_from_quarantine_may_come_back_and_is_told_of_again(counter):
    counter.receive(counter.mail(text="Kapan rapat?", subject="Rapat"))
    desk = Desk(counter.office)

    desk.quarantine(1, "cannot be read")
    counter.act("message", "release", "1")
    desk.quarantine(1, "cannot be read")

    counter.work()
    assert counter.status["messages"] == {"quarantined": 1}
    assert [letter["To"] for letter in counter.sent if letter["To"] == ADMIN] == [ADMIN, ADMIN]


def test_a_message_that_ends_the_program_each_time_is_parked_unread(counter):
    counter.deliver(counter.mail(text="Saya lupa passphrase."))
    mailbox = make_mailbox(counter.office.config)
    intake = Intake(counter.office, mailbox)
    intake.connect()
    intake.collect()
    for _ in range(4):
        Desk(counter.office)._count_attempts()  # counted, and then the program is gone

    counter.work()

    assert counter.status["messages"] == {"quarantined": 1}
    assert "three times" in counter.quarantine[0]["reason"]


def test_an_orderly_end_is_no_attempt(counter):
    for number in range(3):
        counter.deliver(counter.mail(text=f"Kapan rapat {number}?", subject="Rapat"))
    intake = Intake(counter.office, make_mailbox(counter.office.config))
    intake.connect()
    intake.collect()
    desk = Desk(counter.office)
    desk.work_one()

    desk.close()

    with closing(sqlite3.connect(counter.directory / "mailflow.db")) as database:
        assert database.execute("SELECT attempts FROM message ORDER BY id").fetchall() == [(1,), (0,), (0,)]


def test_a_case_whose_alarm_fails_is_put_off_and_the_others_wake(counter):
    for sender in ("satu@contohkota.go.id", "dua@contohkota.go.id"):
        counter.receive(counter.mail(sender, "Saya lupa passphrase."))
    with counter.office.database.writing() as session:
        for row in session.exec(select(CaseRow)):
            row.wake_at = counter.clock.moment - timedelta(days=2 - (row.id or 0))
            row.value = "{}" if row.id == 1 else row.value
            session.add(row)

    told = counter.work()

    assert [letter["To"] for letter in told if letter["To"] == ADMIN] == [ADMIN]
    with counter.office.database.reading() as session:
        first, second = session.exec(select(CaseRow.wake_at).order_by(CaseRow.id))
    assert first == counter.clock.moment + timedelta(hours=1)
    assert second is None or second > counter.clock.moment


class Carrier:
    """A way out that does something of its own between the server's answer and the record of it."""

    def __init__(self, meanwhile):
        self.meanwhile, self.carried = meanwhile, []

    async def send(self, envelope, message, claim):
        assert await claim()
        self.carried.append(message)
        self.meanwhile()
        return Delivery(result="sent", phase="data", reply="250 accepted")

    async def close(self):
        pass


@pytest.fixture
def one_letter_waits(counter):
    """A letter in the outbox, to be sent by a sender of the test's own."""
    counter.receive(counter.mail(text="Saya lupa passphrase."))
    with counter.office.database.writing() as session:
        row = session.get(OutboxRow, 1)
        row.state, row.next_at = OutboxState.QUEUED, counter.clock.moment
        session.add(row)


@pytest.mark.usefixtures("one_letter_waits")
def test_a_bounce_that_is_quicker_than_the_record_stays_a_bounce(counter):
    def bounce():
        with counter.office.database.writing() as session:
            row = session.get(OutboxRow, 1)
            row.state = OutboxState.BOUNCED
            session.add(row)

    asyncio.run(Sender(counter.office, Carrier(bounce)).send_one())

    assert counter.outbox[0]["state"] == "bounced"


@pytest.mark.usefixtures("one_letter_waits")
def test_a_letter_whose_sending_could_not_be_recorded_is_recorded_later_and_not_sent_again(counter):
    other = sqlite3.connect(counter.directory / "mailflow.db", isolation_level=None)
    carrier = Carrier(lambda: other.execute("BEGIN IMMEDIATE"))
    sender = Sender(counter.office, carrier)

    async def send():
        with pytest.raises(StoreError, match="locked"):
            await sender.send_one()
        other.execute("ROLLBACK")
        other.close()
        await sender.send_one()

    asyncio.run(send())

    assert counter.outbox[0]["state"] == "sent"
    assert len(carrier.carried) == 1
