"""Rows in which the applicant is asked: words of their own, a letter instead, silence, and somebody who counts the rounds."""

import pytest

from rules.case import State
from rules.effects import Mail
from rules.load import load_sop
from tests.rules.counter import (
    CSR,
    DECREE,
    FORM,
    LIBRARY_CARD,
    RECOMMENDATION,
    SOPS,
    STATEMENT,
    Counter,
    at,
    document,
)


@pytest.fixture
def complaint():
    """A complaint to which the officer has found a solution."""
    counter = Counter(SOPS["complaint"])
    counter.open(text="Sertifikat saya belum terbit sejak bulan lalu")
    counter.word("done", "Sertifikat terbit hari ini.")
    return counter


@pytest.fixture
def renewal():
    """An answer to our expiry notice that says nothing yet."""
    counter = Counter(SOPS["renewal"])
    counter.open(at="notice")
    return counter


# --- a complaint is closed only with a solution that is confirmed, or not denied -------------------------------------------


def test_a_complaint_goes_to_an_officer_at_once_and_its_solution_is_asked_about(complaint):
    assert complaint.mails == ["applicant-question-asked"]
    said = complaint.said("question-asked")
    assert (said["question"], said["answer"]) == (("solved",), ("Sertifikat terbit hari ini.",))
    assert complaint.case.state is State.APPLICANT
    assert complaint.case.promise_since is None


def test_without_a_solution_selesai_does_not_count():
    counter = Counter(SOPS["complaint"])
    counter.open(text="layanan lambat")
    assert counter.word("done").note == "text-wanted"
    assert counter.word("incomplete").note == "text-wanted"


def test_benar_closes_it_with_the_solution(complaint):
    complaint.say("solved")
    assert complaint.case.ending == "closed-solved"
    assert complaint.mails == ["applicant-complaint-solved"]
    assert complaint.said("complaint-solved")["answer"] == ("Sertifikat terbit hari ini.",)


@pytest.mark.parametrize("answer", ["word", "letter"])
def test_belum_or_a_letter_puts_it_before_the_officer_again_and_is_acknowledged(complaint, answer):
    if answer == "word":
        complaint.say("unsolved", "belum ada e-mail")
    else:
        complaint.send(text="belum ada e-mail")
    assert (complaint.case.step, complaint.case.state) == ("answer", State.OFFICER)
    assert complaint.mails == ["applicant-request-status"]
    assert [task.key for task in complaint.tasks] == ["answer#2.0"]
    assert "belum ada e-mail" in complaint.case.text


def test_silence_is_reminded_of_and_then_means_what_the_row_says(complaint):
    complaint.wake()
    assert complaint.mails == ["applicant-request-reminder"]
    reminder = complaint.said("request-reminder")
    assert (reminder["question"], reminder["answer"]) == (("solved",), ("Sertifikat terbit hari ini.",))
    assert reminder["closes"] == (complaint.case.alarm.at.isoformat(),)
    complaint.wake()
    assert (complaint.last.event, complaint.case.ending) == ("silent", "closed-solved")


def test_silence_about_an_officers_question_is_no_solution():
    counter = Counter(SOPS["complaint"])
    counter.open(text="layanan lambat")
    counter.word("incomplete", "Layanan yang mana?")
    assert counter.said("question-asked")["reason"] == ("Layanan yang mana?",)
    counter.silence()
    assert (counter.case.step, counter.case.state, counter.case.ending) == ("answer", State.OFFICER, None)


def test_who_denies_every_solution_reaches_the_official_and_then_the_end_of_the_ways_we_have():
    counter = Counter(SOPS["complaint"])
    counter.open(text="layanan lambat")
    for _ in range(5):
        assert counter.case.step == "answer"
        counter.word("done", "solusi")
        counter.say("unsolved")
    assert (counter.case.step, counter.case.state) == ("official", State.OFFICIAL)
    assert counter.mails == ["applicant-complaint-forwarded"]
    for _ in range(5):
        counter.word("done", "solusi pejabat", official=True)
        counter.say("unsolved")
    assert (counter.case.ending, counter.mails) == ("unresolved", ["applicant-complaint-unresolved"])


def test_who_objects_after_the_end_reopens_the_complaint(complaint):
    complaint.say("solved")
    complaint.send(text="Ternyata masih bermasalah", days=3)
    assert (complaint.last.event, complaint.case.step) == ("reopened", "answer")
    assert complaint.mails == ["applicant-request-status"]
    complaint.word("done", "Sudah diperbaiki.")
    complaint.say("solved")
    assert complaint.send(text="Masih", days=61).event == "new-case"


# --- the answer to our notice ----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("word", "step", "letters"),
    [
        ("right", "recommend", ["applicant-request-incomplete"]),
        ("applied", "verify", ["applicant-request-received"]),
        ("change", "change", []),
    ],
)
def test_a_notice_may_be_answered_with_a_word_at_once(word, step, letters):
    counter = Counter(SOPS["renewal"])
    counter.open(at="notice", word=word)
    assert (counter.case.step, counter.mails, counter.last.event) == (step, letters, "opened")
    assert len(counter.opened) == (word == "change"), "the child's own letter asks for the form"


def test_the_same_words_later_say_the_same(renewal):
    assert (renewal.case.step, renewal.mails) == ("data-right", ["applicant-question-asked"])
    assert renewal.said("question-asked")["missing"] == ("recommendation",)
    renewal.say("applied")
    assert (renewal.case.step, renewal.mails) == ("verify", ["applicant-request-received"])
    assert renewal.case.due == at("2026-03-11 16:00")


def test_the_letter_that_is_wanted_answers_too(renewal):
    renewal.send(RECOMMENDATION)
    assert (renewal.case.step, renewal.mails) == ("verify", ["applicant-request-received"])
    assert renewal.last.event == "supplied"


def test_other_documents_and_sentences_do_not_answer(renewal):
    renewal.send(document("other"))
    assert (renewal.case.step, renewal.mails) == ("data-right", ["applicant-question-asked"])
    renewal.send(text="Apa itu Surat Rekomendasi?")
    assert (renewal.last.event, renewal.mails) == ("wrote", ["applicant-question-noted"])
    assert [task.note for task in renewal.tasks] == ["wrote"]


def test_a_question_nobody_answers_lapses_where_the_row_says_nothing_else(renewal):
    renewal.silence()
    assert (renewal.case.ending, renewal.mails) == ("lapsed", ["applicant-request-lapsed"])


def test_a_word_of_another_row_is_read_as_the_sentence_it_is():
    counter = Counter(SOPS["renewal"])
    counter.open(RECOMMENDATION)
    assert counter.case.step == "verify"
    counter.say("change", "jabatan saya")
    assert (counter.case.step, counter.last.event) == ("verify", "wrote")
    assert "jabatan saya" in counter.case.text


# --- what is known may answer for the officer, in the harmless direction only ----------------------------------------------


@pytest.mark.parametrize(
    ("known", "step", "letters"),
    [
        ("owns", "revoke", ["applicant-step-next"]),
        ("none", "ownership", ["applicant-data-change-made"]),
        ("", "ownership", ["applicant-data-change-made"]),
        ("perhaps", "ownership", ["applicant-data-change-made"]),
    ],
)
def test_the_registry_may_say_that_there_is_a_certificate_never_that_there_is_none(known, step, letters):
    counter = Counter(SOPS["data-change"])
    counter.known = {"owns_certificate": known}
    counter.open(FORM, DECREE)
    counter.word("done")
    assert (counter.case.step, counter.mails) == (step, letters)
    if known == "owns":
        assert "row ownership is answered by what is known: owns" in counter.last.note
        assert counter.said("step-next")["news"] == ("0",), "one letter tells the change too"
        drafts = [each.drafts for each in counter.last.effects if isinstance(each, Mail)]
        assert drafts == [("revocation-letter",)]


def test_what_an_officer_says_is_kept_as_the_fact():
    counter = Counter(SOPS["data-change"])
    counter.open(FORM, DECREE)
    counter.word("done")
    counter.word("none")
    assert (counter.case.facts["owns_certificate"], counter.case.ending) == ("none", "changed")
    assert counter.mails == ["applicant-data-changed"]


def test_the_owner_who_is_known_needs_no_row_of_its_own():
    counter = Counter(SOPS["revocation"])
    counter.known = {"requester": "owner"}
    counter.open(document("revocation-letter"))
    assert (counter.case.step, counter.mails) == ("check", ["applicant-request-received"])
    counter = Counter(SOPS["revocation"])
    counter.open(document("revocation-letter"))
    assert counter.case.step == "requester"
    counter.word("third-party")
    assert counter.case.state is State.OFFICIAL


# --- one decision, one letter ----------------------------------------------------------------------------------------------

NOTICE = LIBRARY_CARD.replace(
    'next = "ask"'
    if 'next = "ask"' in LIBRARY_CARD
    else 'outcomes.done = "handed-over"\noutcomes.reject = "rejected"\n\n[steps.handed-over]\nno = 4',
    'outcomes.done = "signed"\noutcomes.reject = "rejected"\n\n[steps.signed]\nadded = "kabar antara"\nperformer = "officer"\n'
    'action = "Memberi kabar"\naction_en = "Tells"\ntell = "card-signed"\nnext = "fetch"\n\n'
    '[steps.fetch]\nadded = "diambil"\nperformer = "applicant"\naction = "Mengambil"\naction_en = "Fetches"\n'
    'words.fetched = ["SUDAH", "FETCHED"]\noutcomes.fetched = "handed-over"\noutcomes.silent = "handed-over"\n'
    '[steps.fetch.question]\nid = "Sudah diambil?"\nen = "Fetched?"\n\n[steps.handed-over]\nno = 4',
)


@pytest.mark.parametrize("news", [False, True])
def test_what_is_told_in_passing_carries_the_question_or_is_carried_by_it(news):
    text = NOTICE
    if news:
        text = text.replace(
            "[steps.fetch]", '[steps.signed.news]\nid = "Kartu jadi."\nen = "Signed."\n\n[steps.fetch]'
        )
    text = text.replace('says = ["form", "SELESAI"]\n', 'says = ["form", "SELESAI"]\n')
    counter = Counter(load_sop(text, "library_card.toml"))
    counter.open(document("other"))
    counter.word("approve")
    counter.word("approve", officer="bayu@contohkota.go.id")
    counter.word("done", "nomor 7", official=True)
    assert counter.case.step == "fetch"
    assert counter.mails == ["applicant-question-asked" if news else "applicant-card-signed"]
    (letter,) = [each for each in counter.last.effects if isinstance(each, Mail)]
    assert letter.said["question"] == ("fetch",)
    assert letter.said.get("news", ()) == (("0",) if news else ())


# --- the same document again -----------------------------------------------------------------------------------------------


def test_a_document_that_came_before_is_named_as_repeated():
    counter = Counter()
    counter.open(STATEMENT)
    counter.send(STATEMENT)
    assert counter.said("request-incomplete")["repeated"] == (STATEMENT.name,)
    counter.send(STATEMENT, CSR)
    assert "repeated" not in counter.said("request-received"), "something new came with it"
    counter.send(CSR)
    assert counter.mails == ["applicant-request-status"]
    assert counter.said("request-status")["repeated"] == (CSR.name,)
    counter.say("status", "", STATEMENT)
    assert counter.said("request-status")["repeated"] == (STATEMENT.name,)
    counter.say("status")
    assert "repeated" not in counter.said("request-status")
