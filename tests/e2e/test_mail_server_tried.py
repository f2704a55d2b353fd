"""The mail server's word counts only where it was proven: its letter goes out with forged fields, and must come back without them."""

import json
import re
from datetime import timedelta

import pytest

from tests.support.counter import ADMIN, COUNTER, OFFICER, Counter, text_of
from tests.support.sink import Sink

MX = "mx.contohkota.go.id"
PASS = f"Authentication-Results: {MX}; dmarc=pass header.from=contohkota.go.id"
OURS = f"Authentication-Results: {MX}; dkim=none; dmarc=none"
RECEIVED = "Received: from a by b; Tue, 17 Mar 2026 09:12:00 +0700"


class Tried(Counter):
    """A counter whose way out is an SMTP server, so that a mail server stands between; `tests()` are the letters that try it."""

    def __init__(self, directory, sink, **options):
        super().__init__(directory, mode="authenticated", **options)
        self.sink = sink
        text = self.config_file.read_text()
        out = f'url = "maildir://{directory}/sent"'
        self.config_file.write_text(text.replace(out, f'url = "{sink.url}"\ntls = "none"'))

    def letters_sent(self):
        letters = self.sink.letters
        fresh, self._seen = letters[getattr(self, "_seen", 0) :], len(letters)
        return fresh

    def tests(self):
        """The letters that came as a stranger's, and those in our own name, in pairs."""
        raws = [raw for _, _, raw in self.sink.envelopes if b"automatic test [t." in raw]
        return list(zip(raws[::2], raws[1::2], strict=True))

    def returns(self, *fields, keeps="none", own="none"):
        """The latest pair comes back, with fields on top; `keeps` and `own`: which of the forged ones each still has."""
        stranger, ours = self.tests()[-1]
        return [*self.comes_back(stranger, fields, keeps), *self.comes_back(ours, fields, own)]

    def comes_back(self, raw, fields, keeps):
        forged = re.findall(rb"(?i)^authentication-results:(?:\r\n\t|.)*\r\n", raw, re.MULTILINE)
        assert len(forged) == 3
        kept = {"none": [], "all": forged, "one": forged[1:2]}[keeps]
        for each in forged:
            raw = raw.replace(each, b"", 1)
        return self.receive(b"".join(f"{each}\r\n".encode() for each in fields) + b"".join(kept) + raw)

    def notes(self, *fields):
        """An officer's own mail that notes something, with fields on top; whether it counted."""
        raw = self.mail(OFFICER, "BANTUAN", subject="Kata")
        told = self.receive(b"".join(f"{each}\r\n".encode() for each in fields) + raw)
        told = [each for each in told if each["To"] == OFFICER]
        assert len(told) == 1
        return "Belum dihitung" not in str(told[0]["Subject"])

    @property
    def standing(self):
        return self.status()["border"]["standing"]

    def status(self):
        from mailflow import views  # noqa: PLC0415

        return json.loads(json.dumps(views.status(self.office), default=str))


@pytest.fixture
def counter(tmp_path):
    with Sink() as sink, Tried(tmp_path, sink, keys={"limits": "replies_per_sender = 1000"}) as counter:
        yield counter


def test_a_forged_pass_counts_for_nothing_while_the_server_is_not_proven(counter):
    assert not counter.notes(PASS)
    assert counter.standing == "unproven"
    assert any("does not count" in each for each in counter.status()["attention"])


def test_a_server_that_removes_what_is_forged_is_believed_for_two_weeks(counter):
    counter.work()
    letter, ours = counter.tests()[-1]
    assert f"\r\nTo: {COUNTER}\r\n".encode() in letter
    assert (b"mailflow.invalid" in letter, f"From: {COUNTER}".encode() in ours) == (True, True)
    assert counter.returns() == [], "it is answered to nobody and shown to nobody"
    assert counter.standing == "proven"
    assert not any("mail server" in each for each in counter.status()["attention"])
    assert counter.notes(PASS)
    counter.clock.moment += timedelta(days=15)
    assert not counter.notes(PASS)
    assert counter.standing == "unproven"


@pytest.mark.parametrize("keeps", ["all", "one"])
def test_a_server_that_lets_a_forged_field_pass_is_not_believed_and_the_administrators_are_told(
    counter, keeps
):
    counter.work()
    told = counter.returns(keeps=keeps)
    assert [each["To"] for each in told] == [ADMIN]
    assert "not believed" in text_of(told[0])
    assert counter.standing == "refuted"
    assert not counter.notes(PASS)
    assert any("lets forged" in each for each in counter.status()["attention"])


def test_a_mended_server_is_believed_again_and_a_failing_one_at_once_no_more(counter):
    counter.work()
    counter.returns(keeps="all")
    counter.later(days=1, minutes=1)
    assert len(counter.tests()) == 2, "tried daily while it is refuted"
    counter.returns()
    assert counter.notes(PASS)
    counter.later(days=6)
    assert len(counter.tests()) == 2
    counter.later(days=1, minutes=1)
    assert len(counter.tests()) == 3, "weekly while it is proven"
    counter.returns(keeps="one")
    assert not counter.notes(PASS)


def test_an_old_letter_that_comes_again_proves_nothing(counter):
    counter.work()
    old = counter.tests()[-1]
    counter.later(days=3)
    told = [each for raw in old for each in counter.comes_back(raw, (), "none")]
    assert [each for each in told if each["To"] != ADMIN] == []
    assert counter.standing == "unproven"


def test_one_of_the_two_letters_proves_nothing(counter):
    counter.work()
    stranger, ours = counter.tests()[-1]
    counter.comes_back(stranger, (), "none")
    counter.comes_back(stranger, (), "none")
    assert counter.standing == "unproven"
    counter.comes_back(ours, (), "none")
    assert counter.standing == "proven"


def test_a_server_that_keeps_what_is_forged_in_our_own_name_alone_is_not_believed(counter):
    counter.work()
    assert [each["To"] for each in counter.returns(own="one")] == [ADMIN]
    assert counter.standing == "refuted"
    assert not counter.notes(PASS)


def test_nobody_else_can_make_such_a_letter(counter):
    counter.work()
    counter.returns(keeps="all")
    for raw in counter.tests()[-1]:
        counter.comes_back(raw.replace(b"[t.1", b"[t.2"), (), "none")
    assert counter.standing == "refuted"


def test_a_letter_that_does_not_come_back_is_told_once(counter):
    counter.work()
    told = [each for _ in range(5) for each in counter.later(days=1, minutes=1) if each["To"] == ADMIN]
    assert ["did not come back" in text_of(each) for each in told] == [True]


def test_a_field_below_where_the_servers_own_stood_is_not_the_servers(counter):
    counter.work()
    counter.returns(RECEIVED, OURS, RECEIVED)
    assert counter.notes(RECEIVED, PASS, RECEIVED)
    assert not counter.notes(RECEIVED, RECEIVED, PASS), (
        "the server added nothing: this one came with the mail"
    )


def test_words_of_one_block_are_taken_together(counter):
    counter.work()
    counter.returns()
    dmarc_none, dkim_pass = (
        f"Authentication-Results: {MX}; {each}"
        for each in ("dmarc=none", "dkim=pass header.d=contohkota.go.id")
    )
    dmarc_fail = f"Authentication-Results: {MX}; dmarc=fail header.from=contohkota.go.id"
    assert counter.notes(RECEIVED, dmarc_none, "DKIM-Filter: x", dkim_pass, RECEIVED)
    assert not counter.notes(RECEIVED, dkim_pass, dmarc_fail, RECEIVED)
    assert not counter.notes(RECEIVED, dmarc_none, RECEIVED, dkim_pass)
    assert not counter.notes(OURS, PASS), "a second word on the same matter is none"
    assert not counter.notes(OURS.replace(MX, "relay.example.go.id"), PASS)
    assert not counter.notes(PASS.replace(MX, f"(x) {MX}")), "no server writes so"
    assert not counter.notes(PASS.replace("Results:", "Results :"))


def test_a_mail_server_that_is_vouched_for_is_believed_untested(tmp_path):
    with Sink() as sink, Tried(tmp_path, sink, keys={"trust": 'border = "asserted"'}) as counter:
        assert counter.notes(PASS)
        assert counter.standing == "asserted"
        assert counter.tests() == []
