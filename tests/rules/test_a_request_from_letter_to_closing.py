"""One forgotten passphrase, walked through as the SOP has it."""

import pytest

from rules.case import State, Text
from rules.decide import choices, objection
from rules.effects import CloseTask, TakeBack
from rules.events import Woke, Word
from rules.load import load_sop
from tests.rules.counter import (
    BAYU,
    CALENDAR,
    CSR,
    DECREE,
    FORM,
    LETTER,
    NEW_CSR,
    PASSPHRASE_LOSS,
    PHOTO,
    RINA,
    SOPS,
    STATEMENT,
    Counter,
    at,
    document,
)


@pytest.fixture
def counter():
    return Counter()


@pytest.fixture
def ams():
    """A revocation that waits for the applicant in AMS."""
    counter = Counter(SOPS["revocation"])
    counter.open(LETTER)
    counter.word("owner")
    counter.word("unapplied")
    return counter


def test_a_complete_request_is_received_once_and_put_before_an_officer(counter):
    decision = counter.open(STATEMENT, CSR)
    assert counter.mails == ["applicant-request-received"]
    assert counter.case.state is State.OFFICER
    assert [task.key for task in counter.tasks] == ["verify#1.1"]
    assert counter.tasks[0].due == counter.case.due == at("2026-03-11 16:00")
    assert {"approve", "reject", "incomplete", "escalate", "take"} == set(counter.tasks[0].outcomes)
    assert [each.need for each in counter.case.documents] == ["statement", "csr"]
    assert decision.event == "opened"


def test_an_incomplete_request_gets_one_letter_naming_all_that_is_missing(counter):
    counter.open(STATEMENT)
    assert counter.mails == ["applicant-request-incomplete"]
    assert counter.said("request-incomplete")["have"] == ("statement",)
    assert counter.said("request-incomplete")["missing"] == ("csr",)
    assert counter.case.due is None
    assert counter.case.alarm.name == "remind"


def test_a_later_letter_completes_it_and_the_promise_counts_from_there(counter):
    counter.open(STATEMENT)
    counter.send(CSR, days=7)
    assert counter.mails == ["applicant-request-received"]
    assert counter.case.due == at("2026-03-25 16:00")


def test_a_photo_goes_to_the_officer_and_words_alone_open_an_incomplete_case(counter):
    counter.open(text="saya lupa passphrase")
    assert counter.said("request-incomplete")["missing"] == ("statement", "csr")
    counter.send(PHOTO, CSR)
    assert counter.case.step == "verify"
    assert counter.said("request-received")["have"] == ("csr",), "nobody has seen yet what the photo shows"


def test_the_whole_way_with_the_child_and_the_step_in_ams(counter):
    counter.open(STATEMENT, CSR)
    counter.word("approve", hours=1)
    assert counter.mails == ["applicant-request-approved"]
    assert counter.said("request-approved")["steps"] == ("revoke-old", "issuance")
    assert (counter.case.state, counter.case.child, counter.case.task) == (
        State.CHILD,
        counter.opened[0].id,
        None,
    )
    counter.child("revoked", "Sertifikat lama telah dicabut.", hours=1)
    assert counter.mails == ["applicant-step-next"]
    assert counter.said("step-next")["steps"] == ("issuance",)
    assert [(task.key, task.quiet) for task in counter.tasks] == [("issuance#1.1", True)]
    assert counter.case.state is State.APPLICANT
    counter.say("finished", hours=1)
    assert counter.mails == ["applicant-step-noted"]
    assert [(task.key, task.quiet, task.note) for task in counter.tasks] == [
        ("issuance#1.1.look", False, "finished")
    ]
    counter.word("done", hours=1)
    assert counter.mails == ["applicant-old-revoked-new-issued"]
    assert counter.said("old-revoked-new-issued") == {"news": ("0", "1")}
    assert [str(each.sentence.id) for each in counter.case.news] == [
        "Sertifikat lama telah dicabut.",
        "Sertifikat elektronik baru telah terbit.",
    ]
    assert (counter.case.state, counter.case.ending, counter.case.alarm, counter.case.task) == (
        State.CLOSED,
        "issued",
        None,
        None,
    )


def test_selesai_given_early_covers_the_rows_between_and_says_which():
    counter = Counter(SOPS["data-change"])
    counter.open(FORM, DECREE)
    counter.word("done", hours=1)
    assert (counter.case.step, counter.last.note) == ("ownership", "covers row 3")
    counter = Counter(SOPS["revocation"])
    counter.open(LETTER)
    counter.word("done", hours=1)
    assert (counter.case.ending, counter.last.note) == ("revoked", "covers row third-party, 5, 6, 7")


def test_selesai_in_the_quiet_task_of_a_row_in_ams_counts_without_any_word_of_the_applicant(ams):
    ams.word("done", hours=1)
    assert ams.case.ending == "revoked"


def test_kurang_asks_back_what_the_officer_wrote_and_a_new_document_completes_it_again(counter):
    counter.open(STATEMENT, CSR)
    first = counter.case.due
    counter.word(
        "incomplete",
        "foto buram",
        remedies=(Text(id="Mohon kirim foto yang jelas.", en="A clear photo."),),
        hours=1,
    )
    said = counter.said("request-incomplete")
    assert (said["requests"], said["reason"], said["missing"]) == (
        ("Mohon kirim foto yang jelas.",),
        ("foto buram",),
        (),
    )
    assert counter.case.step == "apply"
    counter.send(NEW_CSR, days=1)
    assert counter.mails == ["applicant-request-received"]
    assert counter.tasks[0].key == "verify#2.2"
    assert counter.case.due == at("2026-03-12 16:00") > first


def test_after_kurang_neither_the_same_file_nor_words_are_the_correction_but_benar_says_that_all_stands(
    counter,
):
    counter.open(STATEMENT, CSR)
    counter.word("incomplete", "NIP tidak terbaca")
    counter.send(CSR, text="Berikut CSR")
    assert (counter.case.step, counter.mails) == ("apply", ["applicant-request-incomplete"])
    assert counter.said("request-incomplete")["reason"] == ("NIP tidak terbaca",)
    counter.send(text="Baik Pak, besok saya kirim")
    assert (counter.last.event, counter.case.step) == ("wrote", "apply")
    assert counter.mails == ["applicant-question-noted"]
    assert [task.note for task in counter.tasks] == ["wrote"]
    assert counter.case.promise_since is None
    counter.say("confirm", "NIP saya 19850412 201001 2 007")
    assert counter.case.step == "verify"
    assert "201001" in counter.case.text


def test_what_cannot_be_opened_is_named_and_the_second_time_a_person_gets_it(counter):
    zips = [
        document("unreadable", str(number), name=f"csr{number}.zip", media_type="application/zip")
        for number in range(2)
    ]
    counter.open(STATEMENT, zips[0])
    assert counter.said("request-incomplete")["unopened"] == ("csr0.zip",)
    assert counter.said("request-incomplete")["missing"] == ("csr",)
    counter.send(zips[1], hours=1)
    assert [task.note for task in counter.tasks] == ["unopened"]
    counter.send(CSR, hours=1)
    assert counter.case.step == "verify"


def test_a_document_that_serves_nothing_is_no_progress_and_one_that_does_is(counter):
    counter.open()
    counter.send(document("other"))
    assert (counter.case.unclear, counter.mails) == (1, ["applicant-request-incomplete"])
    counter.send(STATEMENT)
    assert counter.case.unclear == 0
    counter.send(document("other", "again"))
    counter.send(document("unreadable", "locked", name="csr.pdf", readable_by_person=False))
    assert [task.note for task in counter.tasks] == ["unopened"]


def test_after_the_agreed_rounds_kurang_is_no_longer_offered(counter):
    counter.open(STATEMENT, CSR)
    for number in range(3):
        counter.word("incomplete", "belum jelas")
        counter.send(document("csr", str(number)))
    assert "incomplete" not in counter.tasks[0].outcomes
    assert counter.word("incomplete", "lagi").note == "no-such-outcome"
    counter.word("approve")
    assert counter.case.step == "revoke-old"
    counter.child("rejected")
    assert "incomplete" in choices(counter.sop, counter.case, counter.now, CALENDAR)


def test_tolak_wants_a_reason_and_tells_it_with_what_to_do(counter):
    counter.open(STATEMENT, CSR)
    assert counter.word("reject").note == "text-wanted"
    counter.word("reject", "unit kerja berbeda", remedies=(Text(id="Buat CSR baru.", en="Make a new CSR."),))
    assert counter.mails == ["applicant-request-rejected"]
    assert counter.said("request-rejected") == {
        "reason": ("unit kerja berbeda",),
        "requests": ("Buat CSR baru.",),
    }
    assert counter.case.ending == "rejected"


def test_a_refused_word_that_used_up_its_task_is_put_before_a_person_anew(counter):
    counter.open(STATEMENT, CSR)
    before = counter.case.task
    counter.word("done")
    assert (counter.last.event, counter.last.note) == ("refused", "no-such-outcome")
    assert counter.case.task != before
    assert counter.tasks[0].key == counter.case.task
    counter.word("approve")
    assert counter.case.step == "revoke-old"


def test_new_evidence_voids_the_open_task_and_the_promise_goes_on(counter):
    counter.open(STATEMENT, CSR)
    due, old = counter.case.due, counter.case.task
    counter.send(NEW_CSR, hours=2)
    assert CloseTask(key=old, why="the evidence has changed") in counter.last.effects
    assert [(task.key, task.note) for task in counter.tasks] == [("verify#1.2", "evidence-changed")]
    assert counter.mails == ["applicant-documents-added"]
    assert counter.case.due == due
    assert counter.word("approve", task=old).note == "stale-task"
    assert counter.case.step == "verify"


def test_duplicates_and_bare_words_void_nothing(counter):
    counter.open(STATEMENT, CSR)
    task, alarm = counter.case.task, counter.case.alarm
    counter.send(CSR, STATEMENT)
    assert counter.mails == ["applicant-request-status"]
    counter.send(text="mohon segera diproses")
    assert counter.mails == ["applicant-question-noted"]
    assert (counter.case.task, counter.case.alarm) == (task, alarm)


def test_a_private_key_is_never_evidence(counter):
    counter.open(STATEMENT, CSR)
    task = counter.case.task
    counter.send(document("private-key"))
    assert counter.case.task == task
    assert "private-key" not in [each.facts.kind for each in counter.case.documents]


def test_a_person_reads_the_first_words_that_bring_no_document(counter):
    counter.open(STATEMENT)
    counter.send(text="Saya tidak bisa membuat CSR karena laptop dinas rusak")
    assert counter.mails == ["applicant-question-noted"]
    (task,) = counter.tasks
    assert (task.key.partition("@")[0], task.note) == ("help", "wrote")
    counter.send(text="Mohon solusinya")
    assert counter.tasks == [], "added to the open one"
    assert counter.mails == ["officers-task-reminder", "applicant-question-noted"]


def test_who_keeps_sending_what_brings_nothing_gets_a_person(counter):
    counter.open(STATEMENT)
    counter.send(STATEMENT)
    assert counter.mails == ["applicant-request-incomplete"]
    counter.send(STATEMENT)
    assert counter.mails == ["applicant-question-noted"]
    assert counter.tasks[0].key.startswith("help@")


def test_silence_reminds_twice_says_when_it_closes_and_then_lapses(counter):
    counter.open(STATEMENT)
    counter.wake()
    assert counter.mails == ["applicant-request-reminder"]
    closes = counter.said("request-reminder")["closes"]
    counter.wake()
    assert counter.said("request-reminder")["closes"] == closes
    assert counter.case.alarm.at.isoformat() == closes[0]
    counter.wake()
    assert (counter.mails, counter.case.ending) == (["applicant-request-lapsed"], "lapsed")


def test_after_an_outage_nobody_is_closed_who_was_not_told(counter):
    counter.open(STATEMENT)
    counter.now = at("2026-06-30 10:00")
    counter.wake()
    assert counter.mails == ["applicant-request-reminder"]
    assert counter.case.alarm.at > counter.now


def test_silence_about_ams_never_counts_as_done_an_officer_looks(counter):
    counter.revoked().silence()
    assert counter.tasks[0].note == "silent"
    assert counter.case.state is State.OFFICER
    counter.word("incomplete", "belum ada pengajuan penerbitan", hours=1)
    assert counter.mails == ["applicant-step-next"]
    assert counter.case.visits["issuance"] == 2
    assert counter.said("step-next")["reason"] == ("belum ada pengajuan penerbitan",)


def test_kendala_gets_a_person_and_no_reminder_until_answered(counter):
    counter.revoked()
    counter.say("problem", "tidak dapat masuk AMS")
    (task,) = counter.tasks
    assert (task.note, counter.mails) == ("help", ["applicant-question-noted"])
    counter.wake()
    assert counter.mails == ["officers-task-reminder"]
    counter.word("incomplete", "Silakan hubungi kami.", task=task.key)
    assert counter.said("question-answered") == {"text": ("Silakan hubungi kami.",), "requests": ()}
    assert counter.case.side_tasks == ()
    counter.wake()
    assert counter.mails == ["applicant-request-reminder"]


@pytest.mark.parametrize("closed", [False, True])
def test_a_task_aside_has_a_time_of_its_own_also_after_the_end(counter, closed):
    counter.open(STATEMENT, CSR)
    if closed:
        counter.word("reject", "CSR berbeda")
        counter.send(text="Mengapa ditolak?")
    else:
        counter.word("approve")
        counter.child("revoked")
        counter.say("problem", "tidak dapat masuk AMS")
    (task,) = counter.tasks
    assert task.due == at("2026-03-11 16:00")
    counter.wake()
    assert (counter.mails, counter.said("task-reminder")["task"]) == (["officers-task-reminder"], (task.key,))
    counter.wake()
    assert (counter.now, counter.mails) == (task.due, ["official-task-overdue"])
    assert counter.said("task-overdue")["task"] == (task.key,)
    assert (counter.case.alarm is None) == closed
    counter.word("done", "Sudah dijawab.", task=task.key)
    assert counter.case.asides == {}


def test_what_is_added_to_an_open_task_aside_voids_nothing_and_a_robot_is_soon_quiet(counter):
    counter.open(STATEMENT, CSR)
    counter.send(text="mohon segera")
    (task,) = counter.tasks
    for _ in range(2):
        counter.send(text="tambahan")
        assert (counter.mails, counter.tasks) == (["officers-task-reminder", "applicant-question-noted"], [])
        assert counter.said("task-reminder")["task"] == (task.key,)
    counter.send(text="pesan otomatis")
    assert (counter.mails, counter.last.event) == ([], "wrote")
    counter.word("done", "Sudah.", task=task.key)
    assert [each.note for each in counter.tasks] == ["wrote"]
    assert counter.case.side_tasks == (counter.tasks[0].key,)


def test_the_nearest_alarm_comes_first_and_the_other_is_kept(counter):
    counter.open(STATEMENT)
    own = counter.case.alarm
    counter.say("problem", "mohon bantuan")
    assert (counter.case.alarm.name, counter.case.row_alarm.name) == ("aside", "remind")
    assert counter.case.alarm.at < own.at
    counter.word("done", task=counter.tasks[0].key)
    assert (counter.case.alarm.name, counter.case.row_alarm) == ("remind", None)


def test_a_question_aside_can_be_handed_to_the_official(counter):
    counter.approved()
    counter.say("problem", "mohon bantuan")
    counter.word("escalate", task=counter.tasks[0].key)
    assert [task.performer for task in counter.tasks] == ["official"]
    counter.word("done", task=counter.tasks[0].key)
    assert (counter.case.side_tasks, counter.mails) == ((), [])


@pytest.mark.parametrize("row", ["needs", "ams", "ask"])
def test_the_applicant_cancels_at_once_in_the_own_turn(counter, ams, row):
    if row == "needs":
        counter.open(STATEMENT)
    elif row == "ams":
        counter = ams
    else:
        counter = Counter(SOPS["renewal"])
        counter.open(at="notice")
    counter.say("cancel", "sudah ingat")
    assert (counter.mails, counter.case.ending, counter.case.task) == (
        ["applicant-request-cancelled"],
        "cancelled",
        None,
    )


def test_cancelling_while_an_officer_decides_is_a_wish_one_word_grants(counter):
    counter.open(STATEMENT, CSR)
    task = counter.case.task
    counter.say("cancel", "sudah ingat passphrase")
    assert counter.mails == ["officers-task-cancellation-wished", "applicant-cancellation-noted"]
    assert TakeBack(key=task, why="cancel-wished") in counter.last.effects
    assert (counter.case.state, counter.case.task) == (State.OFFICER, task)
    assert "grant" in choices(counter.sop, counter.case, counter.now, CALENDAR)
    counter.say("cancel")
    assert counter.mails == ["applicant-cancellation-noted"]
    counter.word("grant")
    assert (counter.mails, counter.case.ending) == (["applicant-request-cancelled"], "cancelled")


def test_after_the_old_certificate_is_gone_cancelling_is_too_late(counter):
    counter.approved()
    counter.child("revoked")
    counter.say("cancel")
    assert counter.mails == ["applicant-cancellation-too-late"]
    assert [task.note for task in counter.tasks] == ["cancel-too-late"]
    assert counter.case.ending is None


def test_selesai_that_covers_the_point_of_no_return_has_passed_it():
    counter = Counter(SOPS["data-change"])
    counter.open(FORM, DECREE)
    counter.word("done")
    counter.word("owns")
    counter.say("cancel")
    assert counter.mails == ["applicant-cancellation-too-late"]
    assert (counter.case.step, counter.case.state) == ("revoke", State.CHILD)


def test_status_is_answered_and_thanks_are_filed_in_every_state(counter):
    counter.open(STATEMENT)
    for step in (
        lambda: None,
        lambda: counter.send(CSR),
        lambda: counter.word("approve"),
        lambda: counter.child("revoked"),
        lambda: counter.word("done"),
    ):
        step()
        before = counter.case
        counter.say("status")
        assert counter.mails == ["applicant-request-status"]
        counter.say("thanks", "terima kasih")
        assert counter.last.effects == ()
        assert counter.case.state is before.state


def test_what_comes_with_a_word_is_kept_and_never_slips_past_an_open_task(counter):
    counter.open(STATEMENT)
    counter.say("problem", "apakah ini benar?", CSR)
    assert counter.case.step == "verify"
    assert counter.mails == ["applicant-request-received"]
    counter.say("problem", "ini lagi", NEW_CSR)
    assert counter.case.task == "verify#1.3"


def test_take_binds_the_task_to_one_officer_except_for_the_official(counter):
    counter.open(STATEMENT, CSR)
    counter.word("take")
    assert counter.word("approve", officer=BAYU).note == "taken-by-another"
    counter.word("approve", officer=BAYU, official=True)
    assert counter.case.step == "revoke-old"


def test_escalation_puts_the_same_row_before_the_official(counter):
    counter.open(STATEMENT, CSR)
    due = counter.case.due
    counter.word("escalate", "mohon arahan", hours=1)
    assert [(task.performer, task.key, task.due) for task in counter.tasks] == [
        ("official", "verify#1.1.official", due)
    ]
    assert counter.case.state is State.OFFICIAL
    assert "escalate" not in counter.tasks[0].outcomes
    counter.word("approve", official=True)
    assert counter.case.step == "revoke-old"


def test_a_letter_that_came_back_makes_one_task_per_row(counter):
    counter.approved()
    counter.bounce()
    assert [task.key for task in counter.tasks] == ["bounced@revoke-old#1"]
    counter.bounce()
    assert counter.tasks == []
    counter.child("revoked")
    counter.bounce()
    assert [task.key for task in counter.tasks] == ["bounced@issuance#1"]


def test_half_four_fifths_and_breach_of_the_promise_are_told_to_those_who_can_act(counter):
    counter.open(STATEMENT, CSR)
    counter.wake()
    assert (counter.last.event, counter.mails) == ("promise-half", ["officers-task-reminder"])
    counter.wake()
    assert (counter.last.event, counter.mails) == ("promise-four-fifths", ["officers-task-reminder"])
    counter.wake()
    assert (counter.now, counter.mails, counter.case.alarm) == (
        at("2026-03-11 16:00"),
        ["official-task-overdue", "applicant-request-late"],
        None,
    )


def test_after_an_outage_only_the_nearest_threshold_is_told(counter):
    counter.open(STATEMENT, CSR)
    counter.now = at("2026-03-30 09:00")
    counter.wake()
    assert (counter.mails, counter.case.alarm) == (["official-task-overdue", "applicant-request-late"], None)


def test_the_promise_rests_in_the_applicants_turn_and_goes_on_with_what_is_left(counter):
    counter.open(STATEMENT, CSR)
    counter.word("approve", hours=1)
    assert counter.case.promise_since is None
    assert counter.case.promise_spent == 3600
    counter.child("revoked", days=1)
    assert (counter.case.promise_since, counter.case.promise_spent) == (None, 3600)
    counter.say("finished", days=1)
    assert counter.case.due == at("2026-03-13 16:00")
    assert counter.case.alarm.name.startswith("promise-")


def test_a_promise_used_up_leaves_the_officer_the_rest_of_the_day(counter):
    counter.open(STATEMENT, CSR)
    counter.word("approve", days=6)
    counter.child("revoked")
    counter.now = at("2026-03-26 10:00")
    counter.say("finished")
    assert counter.case.due == at("2026-03-26 16:00")


def test_an_alarm_that_was_set_anew_means_nothing(counter):
    counter.open(STATEMENT)
    old = counter.case.alarm
    counter.send(CSR)
    counter.now = old.at
    assert counter.happen(Woke(alarm=old.name, round=old.round)).event == "stale-alarm"


def test_new_documents_within_the_time_open_the_request_again(counter):
    counter.open(STATEMENT, CSR)
    counter.word("reject", "CSR berbeda")
    counter.send(NEW_CSR, days=3)
    assert (counter.last.event, counter.case.step, counter.mails) == (
        "reopened",
        "verify",
        ["applicant-request-received"],
    )
    assert counter.tasks[0].key == "verify#2.2"
    assert (counter.case.ending, counter.case.closed) == (None, None)


def test_a_lapsed_request_opens_at_the_row_where_it_slept(counter):
    counter.open(STATEMENT)
    counter.silence()
    counter.send(CSR, days=10)
    assert counter.case.step == "verify"


def test_after_the_time_or_a_fulfilment_new_documents_are_a_new_case(counter):
    counter.open(STATEMENT, CSR)
    counter.word("reject", "CSR berbeda")
    assert counter.send(NEW_CSR, days=31).event == "new-case"
    done = Counter().revoked()
    done.word("done")
    assert done.send(NEW_CSR, days=1).event == "new-case"
    assert done.case.state is State.CLOSED


def test_a_question_or_a_complaint_after_the_end_gets_a_person(counter):
    counter.open(STATEMENT, CSR)
    counter.word("reject", "CSR berbeda")
    counter.send(text="Mengapa ditolak?")
    assert [task.performer for task in counter.tasks] == ["officer"]
    counter.say("complaint", "saya keberatan")
    assert [(task.performer, task.note) for task in counter.tasks] == [("official", "complaint")]
    assert counter.case.state is State.CLOSED


def test_selesai_after_a_refusal_is_told_to_the_official_and_changes_nothing(ams):
    task = ams.case.task
    ams.say("cancel")
    ams.word("done", task=task)
    assert [(each.performer, each.note) for each in ams.tasks] == [("official", "done-after-all")]
    assert ams.case.ending == "cancelled"


def test_objections_can_be_asked_for_before_a_word_is_claimed(counter):
    counter.open(STATEMENT, CSR)

    def objected(outcome, text="", task="verify#1.1"):
        word = Word(task=task, officer=RINA, outcome=outcome, text=text)
        return objection(counter.sop, counter.case, word, counter.now, CALENDAR)

    assert objected("approve") == ""
    assert objected("reject") == "text-wanted"
    assert objected("reject", "alasan") == ""
    assert objected("done") == "no-such-outcome"
    assert objected("approve", task="verify#7.1") == "stale-task"


def test_another_departments_sop_needs_no_line_of_code(library_card):
    counter = Counter(load_sop(library_card, "library_card.toml"))
    counter.open(document("other"))
    first = counter.case.task
    counter.word("approve")
    assert (counter.last.event, counter.case.step) == ("approved-once", "check")
    assert counter.case.task != first
    assert counter.word("approve").note == "another-must"
    counter.word("approve", officer=BAYU)
    assert (counter.case.step, counter.case.state) == ("print", State.OFFICIAL)
    assert counter.word("done", official=True).note == "text-wanted"
    counter.word("done", "kartu nomor 7", official=True)
    assert (counter.case.ending, counter.mails) == ("handed-over", ["applicant-card-ready"])


def test_approvals_begin_anew_when_the_evidence_changes(library_card):
    counter = Counter(load_sop(library_card, "library_card.toml"))
    counter.open(document("other"))
    counter.word("approve")
    counter.send(document("other", "more"))
    assert counter.case.approvals == ()
    counter.word("approve")
    assert counter.case.step == "check"


def test_the_sop_keeps_the_rows_of_the_signed_table():
    rows = [(step.no, step.performer) for step in PASSPHRASE_LOSS.steps.values() if step.no]
    assert rows == [(1, "applicant"), (2, "officer"), (3, "applicant"), (4, "applicant"), (5, "applicant")]
    revoke = PASSPHRASE_LOSS.steps["revoke-old"]
    assert revoke.source_says == "pencabutan passphrase sertifikat elektronik"
    assert revoke.we_read
