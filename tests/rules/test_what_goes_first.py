"""Urgent requests jump the queue, classes have promises of their own, holders confirm what others write for them."""

import pytest

from parsers.facts import FieldValue
from rules.case import State
from rules.effects import Task
from rules.needs import HOLDER, judge
from tests.rules.counter import APPLICANT, CSR, NEW_CSR, SOPS, STATEMENT, Counter, at, document

HOLDERS = "budi.hartono@contohkota.go.id"


def letter(reason):
    read = FieldValue(value=reason, raw=reason, confidence=1, certain=True, method="text")
    return document("revocation-letter", reason, fields={"reason": read})


@pytest.fixture
def revocation():
    return Counter(SOPS["revocation"])


# --- urgency ---------------------------------------------------------------------------------------------------------------


def test_a_leaked_key_shortens_the_promise_and_tells_officer_and_official_at_once(revocation):
    revocation.open(letter("kunci privat bocor"))
    assert (revocation.case.urgent, revocation.case.facts["reason"]) == ("kunci bocor", "kunci bocor")
    assert revocation.case.due == at("2026-03-10 11:12"), "two working hours"
    assert revocation.mails == ["applicant-request-received", "official-task-urgent"]
    assert len(revocation.tasks) == 1, "the officer's task says so itself"
    assert revocation.tasks[0].due == revocation.case.due


@pytest.mark.parametrize("reason", ["identitas berubah", "pensiun", "mutasi", ""])
def test_other_reasons_are_noted_and_wait_their_turn(revocation, reason):
    revocation.open(letter(reason))
    assert (revocation.case.urgent, revocation.case.due) == ("", at("2026-03-11 16:00"))
    assert revocation.mails == ["applicant-request-received"]
    assert revocation.case.facts.get("reason", "") == reason


def test_what_is_urgent_waits_for_no_letter_and_stands_before_an_officer_at_once(revocation):
    revocation.open(text="Passphrase saya diketahui orang lain")
    assert revocation.case.state is State.OFFICER
    assert [(task.performer, task.note, task.due) for task in revocation.tasks] == [
        ("officer", "", at("2026-03-10 11:12"))
    ]
    assert revocation.mails == ["applicant-request-received", "official-task-urgent"]
    revocation.send(letter("kunci bocor"), hours=1)
    assert revocation.case.due == at("2026-03-10 11:12"), "the letter moves no promise"
    assert "official-task-urgent" not in revocation.mails, "told once"


def test_asked_back_by_an_officer_an_urgent_request_waits_for_its_applicant(revocation):
    revocation.open(text="Passphrase saya diketahui orang lain")
    revocation.word("incomplete", "sertifikat mana?")
    assert revocation.case.state is State.APPLICANT
    revocation.send(letter("kunci bocor"), days=1)
    assert revocation.case.state is State.OFFICER
    assert revocation.case.due == at("2026-03-11 11:12"), "its promise begins with the letter"


def test_learnt_while_an_officer_decides_the_promise_is_counted_from_now(revocation):
    revocation.open(letter("mutasi"))
    task = revocation.case.task
    revocation.send(text="Laptop saya dicuri kemarin", hours=1)
    assert revocation.case.urgent == "perangkat hilang atau dicuri"
    assert revocation.case.due == at("2026-03-10 12:12")
    assert "official-task-urgent" in revocation.mails
    assert any(each.note in {"urgent", "wrote"} for each in revocation.tasks)
    assert revocation.case.task == task, "words void no token"
    assert revocation.case.alarm.at <= revocation.case.due
    revocation.send(text="Passphrase bocor juga", hours=1)
    assert "official-task-urgent" not in revocation.mails, "the alert goes out once"


def test_an_urgent_promise_is_never_later_than_the_one_given(revocation):
    revocation.open(letter("mutasi"))
    revocation.now = at("2026-03-11 15:00")
    revocation.send(text="kunci privat bocor")
    assert revocation.case.due == at("2026-03-11 16:00")


def test_what_is_denied_or_only_asked_about_in_passing_is_not_urgent(revocation):
    revocation.open(text="Saya pensiun, kunci saya tidak bocor")
    assert revocation.case.urgent == ""


def test_after_the_end_nothing_becomes_urgent(revocation):
    revocation.open(letter("mutasi"))
    revocation.word("done")
    revocation.send(text="passphrase bocor")
    assert (revocation.case.urgent, revocation.mails) == ("", ["applicant-question-noted"])


def test_learnt_with_the_letter_that_reopens_a_request_it_counts_too(revocation):
    revocation.open(letter("mutasi"))
    revocation.word("reject", "surat tidak ditandatangani")
    revocation.send(letter("kunci bocor"), days=2)
    assert (revocation.last.event, revocation.case.urgent) == ("reopened", "kunci bocor")
    assert "official-task-urgent" in revocation.mails
    assert revocation.case.due == at("2026-03-12 11:12")


def test_learnt_in_the_applicants_turn_it_goes_before_an_officer_who_has_two_hours(revocation):
    revocation.open(letter("mutasi"))
    revocation.word("owner")
    revocation.word("unapplied")
    assert revocation.case.state is State.APPLICANT
    revocation.send(text="passphrase bocor", days=15)
    assert (revocation.case.state, revocation.now, revocation.case.due) == (
        State.OFFICER,
        at("2026-03-25 09:12"),
        at("2026-03-25 11:12"),
    )
    assert [(each.note, each.quiet) for each in revocation.tasks] == [("urgent", False)]


def test_a_reason_given_by_the_parent_weighs_the_child():
    child = Counter(SOPS["revocation"])
    child.open(at="parent", facts={"reason": "kunci bocor"}, relation="child", parent="CK-26-0009")
    assert child.case.urgent == "kunci bocor"
    assert "official-task-urgent" in child.mails


# --- classes ---------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("sort", "due"),
    [
        ("information", "2026-03-12 16:00"),
        ("ordinary", "2026-03-17 16:00"),
        ("field", "2026-04-07 16:00"),
    ],
)
def test_a_class_counts_its_promise_from_the_beginning(sort, due):
    counter = Counter(SOPS["complaint"])
    counter.open(text="layanan lambat")
    assert counter.case.due == at("2026-03-17 16:00")
    task = counter.case.task
    counter.word(sort, hours=3)
    assert (counter.case.sort, counter.case.due, counter.last.event) == (sort, at(due), "sorted")
    assert counter.mails == ["applicant-request-reclassified"]
    assert (counter.case.step, counter.case.task) == ("answer", task), (
        "the task stays, its word is still owed"
    )


def test_a_class_can_be_corrected_and_is_not_offered_twice():
    counter = Counter(SOPS["complaint"])
    counter.open(text="layanan lambat")
    assert {"information", "ordinary", "field", "grave"} < set(counter.tasks[0].outcomes)
    counter.word("grave")
    late = counter.case.due
    assert counter.word("grave").note == "no-such-outcome"
    counter.word("information")
    assert counter.case.due < late


def test_a_class_that_was_broken_already_wakes_the_official_at_once():
    counter = Counter(SOPS["complaint"])
    counter.open(text="layanan lambat")
    counter.now = at("2026-03-13 09:00")
    counter.word("information")
    assert (counter.case.due, counter.case.alarm.name) == (at("2026-03-12 16:00"), "promise-breach")
    counter.wake()
    assert counter.mails == ["official-task-overdue"]


def test_a_longer_class_after_half_the_promise_reminds_again():
    counter = Counter(SOPS["complaint"])
    counter.open(text="layanan lambat")
    counter.wake()
    first = {each.key for each in counter.last.effects if not isinstance(each, Task)}
    counter.word("grave")
    counter.wake()
    assert counter.last.event == "promise-half"
    assert counter.mails == ["officers-task-reminder"]
    assert not first & {each.key for each in counter.last.effects if each.type == "mail"}


# --- the holder ------------------------------------------------------------------------------------------------------------


@pytest.fixture
def aide():
    """Somebody writes for Budi Hartono; all documents are there."""
    counter = Counter()
    counter.open(STATEMENT, CSR, holder_address=HOLDERS)
    return counter


def test_the_holder_is_asked_and_nothing_goes_on_before(aide):
    assert aide.mails == ["applicant-request-incomplete", "holder-holder-asked"]
    assert aide.said("request-incomplete")["missing"] == (HOLDER,)
    assert (aide.case.state, aide.case.due) == (State.APPLICANT, None)
    aide.send(NEW_CSR)
    assert aide.case.step == "apply"


def test_the_holders_word_makes_it_complete(aide):
    aide.confirm(theirs=True, days=1)
    assert aide.mails == ["holder-holder-noted", "applicant-request-received"]
    assert (aide.case.step, aide.case.holder_says) == ("verify", True)
    assert aide.case.due == at("2026-03-12 16:00")
    assert aide.confirm(theirs=True).note == "known already"


def test_a_confirmation_can_be_taken_back(aide):
    aide.confirm(theirs=True)
    aide.confirm(theirs=False)
    assert aide.mails == ["holder-holder-noted", "applicant-request-denied"]
    assert aide.case.ending == "cancelled"


def test_confirmed_before_the_documents_are_complete_it_waits_for_them_only(aide):
    counter = Counter()
    counter.open(STATEMENT, holder_address=HOLDERS)
    counter.confirm(theirs=True)
    assert counter.mails == ["holder-holder-noted"]
    assert judge(counter.sop, counter.case).missing == ("csr",)
    counter.send(CSR)
    assert counter.case.step == "verify"


def test_a_denial_ends_it_and_is_an_officers_to_look_into(aide):
    aide.confirm(theirs=False)
    assert aide.mails == ["holder-holder-noted", "applicant-request-denied"]
    assert [(task.note, task.performer) for task in aide.tasks] == [("denied", "officer")]
    assert (aide.case.ending, aide.case.holder_says) == ("cancelled", False)
    assert aide.send(NEW_CSR).event == "new-case", "it begins anew, with the holder asked again"


def test_other_words_of_the_holder_are_read_by_an_officer(aide):
    aide.confirm(theirs=None)
    assert aide.mails == ["holder-holder-asked"]
    assert [task.note for task in aide.tasks] == ["holder-wrote"]
    assert aide.case.state is State.APPLICANT


def test_who_writes_for_themselves_is_not_asked():
    counter = Counter()
    counter.open(STATEMENT, CSR)
    assert (counter.case.step, counter.case.holder_says) == ("verify", None)
    assert counter.confirm(theirs=True).note == "nothing was waited for"


def test_an_sop_that_tells_holders_does_not_wait_for_them():
    counter = Counter(SOPS["revocation"])
    counter.open(letter("mutasi"), holder_address=HOLDERS)
    assert (counter.case.step, counter.case.address) == ("requester", APPLICANT)
    assert counter.mails == ["applicant-request-received", "holder-holder-told"]


def test_an_sop_that_knows_no_holders_goes_on():
    counter = Counter(SOPS["renewal"])
    counter.open(holder_address=HOLDERS)
    assert counter.case.holder_address == ""
