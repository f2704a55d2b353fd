"""The promise counts from receipt, never runs backwards, and is told of at once when it was broken while nobody looked."""

from datetime import timedelta

from rules.case import CaseDocument
from rules.events import Supplied, Woke
from tests.rules.counter import CSR, NEW_CSR, STATEMENT, Counter, at


def late(counter, facts, received):
    """A letter that lay in the mailbox since `received`."""
    return counter.happen(
        Supplied(documents=(CaseDocument(need=None, facts=facts, message=2, received=at(received)),))
    )


def test_a_letter_read_late_is_promised_from_its_receipt():
    counter = Counter()
    counter.open(STATEMENT)
    counter.now = at("2026-03-12 15:00")
    late(counter, CSR, "2026-03-11 09:00")
    assert counter.case.due == at("2026-03-12 16:00")
    assert counter.case.alarm.name == "promise-breach"


def test_a_promise_broken_before_anybody_looked_wakes_at_once():
    counter = Counter()
    counter.open(STATEMENT)
    counter.now = at("2026-03-16 09:00")
    late(counter, CSR, "2026-03-11 09:00")
    assert (counter.case.alarm.name, counter.case.alarm.at) == ("promise-breach", at("2026-03-12 16:00"))
    counter.wake()
    assert counter.mails == ["official-task-overdue", "applicant-request-late"]


def test_a_fresh_promise_is_never_earlier_than_the_one_before():
    counter = Counter()
    counter.open(STATEMENT, CSR)
    counter.now = at("2026-03-13 09:00")
    counter.word("approve")
    counter.child("revoked")
    counter.say("finished", hours=1)
    due = counter.case.due
    counter.word("reject", "salah")
    late(counter, NEW_CSR, "2026-03-10 09:30")
    assert counter.case.due >= due


def test_time_used_adds_up_over_several_turns():
    counter = Counter()
    counter.open(STATEMENT, CSR)
    counter.word("approve", hours=1)
    counter.child("revoked", hours=1)
    counter.say("finished", hours=1)
    counter.word("incomplete", hours=2)
    assert counter.case.promise_spent == 3 * 3600


def test_an_alarm_that_rings_too_early_does_nothing():
    counter = Counter()
    counter.open(STATEMENT)
    alarm = counter.case.alarm
    counter.now = alarm.at - timedelta(seconds=1)
    counter.happen(Woke(alarm=alarm.name, round=alarm.round))
    assert (counter.last.event, counter.last.effects, counter.case.alarm) == ("stale-alarm", (), alarm)


def test_escalation_and_taking_belong_to_their_row_only():
    counter = Counter()
    counter.open(STATEMENT, CSR)
    counter.word("escalate")
    counter.word("take", official=True)
    counter.word("approve", official=True)
    counter.child("rejected")
    assert [task.performer for task in counter.tasks] == ["officer"]
    assert (counter.case.escalated, counter.case.taken_by) == (False, None)


def test_a_broken_promise_is_told_once_whatever_moves_on_in_the_office():
    counter = Counter()
    counter.open(STATEMENT, CSR)
    counter.now = counter.case.due
    counter.wake()
    counter.word("escalate")
    assert counter.case.alarm is None
    counter.send(NEW_CSR)
    assert counter.case.alarm is None
