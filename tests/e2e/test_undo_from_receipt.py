"""Undo time counts from when mail was received: whenever, and in whatever order, it is read."""

import os
from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from mailflow import timers
from mailflow.bootstrap import make_mailbox
from mailflow.errors import MailboxError
from mailflow.intake import Intake
from mailflow.mailbox.maildir import MaildirMailbox
from mailflow.reading import Desk
from tests.support.counter import APPLICANT, OFFICER, Counter, text_of


class Office(Counter):
    """A counter in the time of its own mail server: what is delivered carries the server's date."""

    def __enter__(self):
        super().__enter__()
        self.office = replace(self.office, clock_is_set=False)
        return self

    def deliver(self, raw: bytes, *, ahead: timedelta = timedelta(0)) -> None:
        """Put it into the mailbox, by a server whose clock may go `ahead`."""
        before = set((self.directory / "inbox" / "new").iterdir())
        super().deliver(raw)
        (new,) = set((self.directory / "inbox" / "new").iterdir()) - before
        stamp = (self.clock.moment + ahead).timestamp()
        os.utime(new, (stamp, stamp))

    def minute(self, number: float) -> None:
        """Set the clock to so many minutes after nine; nothing is worked off."""
        self.clock.moment = datetime.fromisoformat("2026-03-17T09:00:00+07:00") + timedelta(minutes=number)

    def look(self) -> None:
        """Let the mailbox's loop alone do its turn: what is there gets its row, nobody reads it."""
        intake = Intake(self.office, make_mailbox(self.office.config))
        intake.connect()
        while intake.collect():
            pass

    def read(self) -> None:
        """Let the work's loop alone do its turns."""
        desk = Desk(self.office)
        while desk.work_one():
            pass

    def say(self, word: str, who: str = OFFICER) -> bytes:
        return self.mail(who, word, answers=self.task_letter() if who == OFFICER else self.letter_to(who))


@pytest.fixture
def office(tmp_path):
    """A complete request before one officer, at nine."""
    with Office(tmp_path, undo=10, keys={"limits": "replies_per_sender = 1000"}) as office:
        office.minute(-30)
        office.complete_request()
        office.minute(0)
        yield office


def decided(office: Office) -> tuple[str | None, str]:
    """The task's word, and the row in which the request stands."""
    return next(each["decision"] for each in office.tasks if each["step"] == "verify"), office.case["step"]


OPEN, WAITS, HAPPENED = (None, "verify"), ("approve", "verify"), ("approve", "revoke-old")


def test_batal_received_in_the_ninth_minute_and_read_in_the_fourteenth_counts(office):
    office.receive(office.say("SETUJU"))
    office.minute(9)
    office.deliver(office.say("BATAL"))
    office.look()
    office.minute(14)
    assert not timers.apply_one_word(office.office), "what was received is read before the word happens"
    told = office.work()
    assert decided(office) == OPEN
    assert "ditarik kembali" in text_of(told[0])
    assert [each["To"] for each in told] == [OFFICER]


def test_batal_received_in_time_counts_though_the_mailbox_was_not_looked_at_until_later(office):
    office.receive(office.say("SETUJU"))
    office.minute(9)
    office.deliver(office.say("BATAL"))
    office.minute(55)  # the daemon was down
    assert not timers.apply_one_word(office.office)
    office.work()
    assert decided(office) == OPEN


def test_batal_received_too_late_is_too_late_though_it_is_read_with_the_word(office):
    office.deliver(office.say("SETUJU"))
    office.minute(11)
    office.deliver(office.say("BATAL"))
    office.minute(15)
    told = office.work()
    assert decided(office) == HAPPENED
    assert "tidak dapat ditarik" in text_of(next(each for each in told if "dapat ditarik" in text_of(each)))


def test_undo_time_begins_when_the_word_was_received_and_the_receipt_tells_what_is_left(office):
    office.deliver(office.say("SETUJU"))
    office.minute(4)
    told = office.work()
    assert "dalam 6 menit, sampai pukul 09.10" in " ".join(text_of(told[0]).split())
    office.minute(9.9)
    office.work()
    assert decided(office) == WAITS
    office.minute(10.1)
    assert [each["To"] for each in office.work()] == [APPLICANT]
    assert decided(office) == HAPPENED


@pytest.mark.parametrize("undo", [10, 0])
@pytest.mark.parametrize("first", ["officer", "applicant"])
def test_the_applicants_batal_and_the_officers_word_of_one_batch_end_alike(tmp_path, first, undo):
    with Office(tmp_path, undo=undo) as office:
        office.minute(-30)
        office.complete_request()
        office.minute(0)
        both = [office.say("SETUJU"), office.say("BATAL", APPLICANT)]
        for order, raw in enumerate(both if first == "officer" else reversed(both)):
            office.deliver(raw, ahead=timedelta(milliseconds=order))
        told = office.work()
        office.minute(30)
        told += office.work()
        assert decided(office) == OPEN
        assert office.case["state"] == "waiting_for_officer"
        assert "cancel-wished" in {each["event"] for each in office.case["timeline"]}
        assert (
            sorted({each["To"] for each in told}) == [OFFICER, APPLICANT][:: 1 if OFFICER < APPLICANT else -1]
        )
        assert "KABULKAN" in text_of([each for each in told if each["To"] == OFFICER][-1])
        office.receive(office.say("SETUJU"))
        office.minute(60)
        office.work()
        assert decided(office) == HAPPENED, "who knows of the wish may decide"


def test_a_word_written_before_the_wish_was_known_does_not_count_when_it_comes_a_poll_later(office):
    office.deliver(office.say("BATAL", APPLICANT))
    office.minute(1)
    late = office.say("SETUJU")
    office.deliver(late)
    office.minute(2)
    office.work()
    office.minute(20)
    office.work()
    assert decided(office) == OPEN


@pytest.mark.parametrize(
    "ahead", [timedelta(days=400), timedelta(days=-20000), timedelta(minutes=7), timedelta(minutes=-7)]
)
def test_a_date_that_the_mail_server_cannot_know_is_not_believed(office, ahead):
    office.look()
    office.deliver(office.say("SETUJU"), ahead=ahead)
    office.work()
    office.minute(8)
    office.look()
    office.deliver(office.say("BATAL"), ahead=ahead)
    office.minute(9)
    office.work()
    assert decided(office) == OPEN
    office.deliver(office.say("SETUJU"), ahead=ahead)
    office.work()
    office.minute(20)
    office.work()
    office.deliver(office.say("BATAL"), ahead=-ahead)
    office.work()
    assert decided(office) == HAPPENED


def test_a_word_waits_an_hour_for_a_mailbox_that_is_away_and_no_longer(office, monkeypatch):
    office.receive(office.say("SETUJU"))
    office.minute(9)
    office.deliver(office.say("BATAL"))

    def away(self):
        raise MailboxError("the mail server is away")

    with monkeypatch.context() as patch:
        patch.setattr(MaildirMailbox, "open", away)
        for minute in (12, 40, 71):
            office.minute(minute)
            office.work()
            assert decided(office) == WAITS, minute
        office.minute(73)
        office.work()
        assert decided(office) == HAPPENED
    told = office.work()
    assert "tidak dapat ditarik" in text_of(told[0])


def test_a_word_that_waited_for_the_mailbox_happens_when_it_is_back_and_holds_nothing_against_it(
    office, monkeypatch
):
    office.receive(office.say("SETUJU"))
    with monkeypatch.context() as patch:
        patch.setattr(
            MaildirMailbox, "uids", lambda self, above=0: (_ for _ in ()).throw(MailboxError("away"))
        )
        office.minute(30)
        office.work()
        assert decided(office) == WAITS
        assert not timers.next_alarm(office.office), "nothing is waited for by the clock but the mailbox"
    assert [each["To"] for each in office.work()] == [APPLICANT]
    assert decided(office) == HAPPENED


def test_what_is_released_from_quarantine_counts_from_its_release(office):
    office.receive(office.say("SETUJU"))
    office.minute(5)
    office.deliver(office.say("BATAL"))
    office.look()
    with office.office.database.writing() as session:
        session.connection().exec_driver_sql(
            "UPDATE message SET state = 'quarantined', raw_key = raw_key WHERE state = 'received'"
        )
    office.minute(12)
    office.work()
    assert decided(office) == HAPPENED
    office.act("message", "release", str(office.quarantine[0]["id"]))
    assert "tidak dapat ditarik" in text_of(office.work()[0])
