"""A changed SOP is tried over what happened, before it is put in force: what would be decided otherwise, and nothing else, is named."""

import hashlib
from datetime import timedelta

import pytest

from mailflow import timers
from mailflow.store.tables import Outage
from rules.load import BUILTIN
from tests.replay.changed import changed
from tests.support import forms
from tests.support.counter import APPLICANT, OFFICER

FILE = "passphrase_loss.toml"
SWAPPED = (
    ('outcomes.nothing-to-revoke = "issuance"', 'outcomes.nothing-to-revoke = "not-revoked"'),
    (
        'says = ["statement csr", "SETUJU", "child nothing-to-revoke"]\nthen = "issuance"',
        'says = ["statement csr", "SETUJU", "child nothing-to-revoke"]\nthen = "not-revoked"',
    ),
)
SHORTER = ('close = "4 working days"', 'close = "2 working days"')
WORDS = (
    ('  "lupa passphrase",\n', '  "kartu akses hilang",\n'),
    ('  "forget passphrase",\n', ""),
    ('  "forget self @passphrase !attach !paper",\n', ""),
)


@pytest.fixture
def drafts(tmp_path):
    return tmp_path / "drafts"


def asks(counter, person=None, *, csr=True, subject="Lupa passphrase sertifikat elektronik"):
    """Somebody asks for help with a forgotten passphrase; the request's number."""
    person = person or forms.SITI
    files = (counter.letter(person), counter.csr(person)) if csr else (counter.letter(person),)
    mail = counter.mail(person.email, "Mohon bantuan, saya lupa passphrase.", subject=subject, files=files)
    counter.receive(mail)
    return counter.case["id"]


def officer(counter, text):
    letter = next(each for each in reversed(counter.sent) if "[Tugas]" in each["Subject"])
    counter.receive(counter.mail(str(letter["To"]), text, answers=letter))
    counter.later(minutes=11)


def says(counter, person, text):
    counter.receive(counter.mail(person.email, text, answers=counter.letter_to(person.email)))


def alarm(counter):
    """The time comes that is waited for next."""
    moment = timers.next_alarm(counter.office)
    counter.clock.moment = max(counter.clock.moment, moment.astimezone(counter.clock.moment.tzinfo))
    counter.work()


def tried(call, counter, drafts, *words):
    return call("replay", *words, "--rules", str(drafts), "--json", counter=counter)


def test_a_swapped_outcome_names_the_case_that_took_it_and_no_other(counter, call, drafts):
    waits, goes_on = asks(counter, forms.AGUS), asks(counter)
    officer(counter, "SETUJU")
    says(counter, forms.SITI, "SUDAH")
    officer(counter, "NIHIL")
    answer = tried(call, counter, changed(drafts, FILE, *SWAPPED))
    assert answer.code == 3
    (found,) = answer.data["courses"]
    assert (found["case"], found["what"], found["cause"]) == (goes_on, "course", "rules")
    assert found["row"] == "revoke-old"
    assert found["recorded"] == {
        "case": goes_on,
        "event": "child-ended",
        "step": "issuance",
        "state": "waiting_for_applicant",
    }
    assert found["now"] == {
        "case": goes_on,
        "event": "child-ended",
        "step": "not-revoked",
        "state": "waiting_for_officer",
    }
    assert waits in answer.data["cases"]["same"]
    assert answer.data["matching"] == []


def two_who_were_slow(counter):
    """Two were reminded twice; one answers then, the other an hour before the request would have lapsed."""
    late = asks(counter, csr=False)
    in_time = asks(counter, forms.AGUS, csr=False)
    for _ in range(2):
        alarm(counter)  # two reminders to each
    answers = counter.letter_to(forms.AGUS.email)
    counter.receive(
        counter.mail(forms.AGUS.email, "Ini CSR.", files=(counter.csr(forms.AGUS),), answers=answers)
    )
    officer(counter, "TOLAK unit kerja berbeda")
    almost = timers.next_alarm(counter.office) - timedelta(hours=1)
    counter.clock.moment = almost.astimezone(counter.clock.moment.tzinfo)
    counter.receive(
        counter.mail(text="Ini CSR.", files=(counter.csr(),), answers=counter.letter_to(APPLICANT))
    )
    return late, in_time


def test_a_shorter_patience_closes_before_the_applicant_wrote_again(counter, call, drafts):
    late, in_time = two_who_were_slow(counter)
    answer = tried(call, counter, changed(drafts, FILE, SHORTER))
    assert answer.code == 3
    (found,) = answer.data["courses"]
    assert (found["case"], found["what"], found["heard"]) == (late, "time", "clock: close")
    assert found["now"]["event"] == "lapsed"
    assert found["now_at"] < found["recorded_at"]
    assert in_time in answer.data["cases"]["same"]


def test_what_would_have_been_due_while_the_program_was_away_is_not_held_against_the_rules(
    counter, call, drafts
):
    two_who_were_slow(counter)
    away = Outage(loop="clock", began=counter.clock.moment - timedelta(days=5), ended=counter.clock.moment)
    with counter.office.database.writing() as session:
        session.add(away)
    assert tried(call, counter, changed(drafts, FILE, SHORTER)).data["courses"] == []


def test_a_request_that_waits_now_would_have_lapsed_already(counter, call, drafts):
    case = asks(counter, csr=False)
    alarm(counter)
    alarm(counter)
    answer = tried(call, counter, changed(drafts, FILE, SHORTER))
    (found,) = answer.data["courses"]
    assert (found["case"], found["recorded"], found["now"]["event"]) == (case, None, "lapsed")


def test_other_words_open_what_was_left_and_leave_what_was_opened(counter, call, drafts):
    counter.receive(
        counter.mail("warga@example.go.id", "Mohon bantuan, kartu akses hilang.", subject="Tanya")
    )
    counter.receive(counter.mail(forms.AGUS.email, "Mohon bantuan, saya lupa passphrase.", subject="Tanya"))
    by_letter = asks(counter)
    by_words = next(each["id"] for each in counter.cases if each["id"] != by_letter)
    answer = tried(call, counter, changed(drafts, FILE, *WORDS))
    assert answer.code == 3
    left, opened = answer.data["matching"]
    assert (left["recorded"], left["now"], left["cases"]) == ([], ["passphrase-loss"], [])
    assert (opened["recorded"], opened["now"], opened["cases"]) == (["passphrase-loss"], [], [by_words])
    assert "asks for it" in left["reasons"]
    assert answer.data["courses"] == []


def test_what_an_officer_sorted_the_new_words_sort_by_themselves(counter, call, drafts):
    unsorted = counter.mail("warga@example.go.id", "Mohon bantuan, kartu akses hilang.", subject="Tanya")
    counter.receive(unsorted)
    forward = "DAFTAR LUPA\n\n---------- Forwarded message ---------\nDari: warga@example.go.id\nSubject: Tanya\n\nMohon bantuan, kartu akses hilang."
    counter.receive(counter.mail(OFFICER, forward, subject="Fwd: Tanya"))
    assert counter.case["sop"] == "passphrase-loss"
    (found,) = tried(call, counter, changed(drafts, FILE, *WORDS)).data["matching"]
    assert (found["recorded"], found["now"]) == ([], ["passphrase-loss"])
    assert OFFICER in found["chosen"]


def test_the_same_course_with_a_longer_promise_or_other_checks_is_told_too(counter, call, drafts):
    case = asks(counter)
    longer = changed(drafts, FILE, ('promise = "1 working day"', 'promise = "3 working days"'))
    assert [each["what"] for each in tried(call, counter, longer).data["courses"]] == ["promise"]
    fewer = changed(
        drafts, FILE, ('checks = ["completeness", "identity", "csr"]', 'checks = ["completeness"]')
    )
    (found,) = tried(call, counter, fewer).data["courses"]
    assert (found["case"], found["what"]) == (case, "checks")
    assert "nip" in found["note"]


def test_a_service_that_is_masked_opens_nothing(counter, call, drafts):
    case = asks(counter)
    drafts.mkdir()
    (drafts / "complaint.toml").write_text("")
    assert tried(call, counter, drafts).code == 0
    (drafts / FILE).write_text("")
    answer = tried(call, counter, drafts)
    (found,) = answer.data["courses"]
    assert (found["case"], found["now"], found["note"]) == (case, None, "there is no SOP passphrase-loss")


def test_the_same_rules_again_differ_in_nothing(counter, call, drafts):
    asks(counter)
    officer(counter, "TOLAK unit kerja berbeda")
    drafts.mkdir()
    (drafts / FILE).write_text(f"# looked through again\n{(BUILTIN / FILE).read_text('utf-8')}")
    answer = call("replay", "--rules", str(drafts), counter=counter)
    assert answer.code == 0
    assert "Nothing would differ." in answer.out
    assert answer.out == call("replay", counter=counter).out.replace("the rules in force", str(drafts))


def test_broken_rules_are_refused_with_file_line_and_remedy(counter, call, drafts):
    changed(drafts, FILE, ('outcomes.complete = "verify"', 'outcomes.complete = "verfy"'))
    answer = tried(call, counter, drafts)
    line = (drafts / FILE).read_text().splitlines().index('outcomes.complete = "verfy"') + 1
    assert answer.code == 2
    assert f"{drafts / FILE}:{line}:" in answer.err
    assert answer.out == ""
    empty = drafts.parent / "empty"
    empty.mkdir()
    assert tried(call, counter, empty).code == 2


def test_the_head_says_whom_it_is_for_and_who_goes_on_as_before(counter, call, drafts):
    asks(counter)
    answer = call("replay", "--rules", str(changed(drafts, FILE, SHORTER)), counter=counter)
    assert answer.out.startswith("This is what NEW requests would meet under ")
    assert "Open requests that go on under another version: 1 of 1 passphrase-loss." in answer.out
    assert "other version" not in call("replay", counter=counter).out


def test_nothing_is_changed_and_nobody_written_to(counter, call, drafts):
    asks(counter)
    officer(counter, "SETUJU")
    store, sent = counter.directory / "mailflow.db", counter.directory / "sent" / "new"
    before = hashlib.sha256(store.read_bytes()).hexdigest(), len(counter.outbox), len(list(sent.iterdir()))
    tried(call, counter, changed(drafts, FILE, SHORTER, *WORDS))
    call("replay", "--reread", counter=counter)
    assert before == (
        hashlib.sha256(store.read_bytes()).hexdigest(),
        len(counter.outbox),
        len(list(sent.iterdir())),
    )
