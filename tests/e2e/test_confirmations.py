"""An officer's word that nobody vouches for is asked about at the officer's own address, and counts once its receiver says so."""

import re

import pytest

from tests.support.counter import BUDI, OFFICER, OTHER_OFFICER, RINA, Counter, text_of

FAILS = (("Authentication-Results", "mx.contohkota.go.id; dmarc=fail header.from=contohkota.go.id"),)


@pytest.fixture
def counter(tmp_path):
    with Counter(tmp_path, mode="authenticated", undo=10, officers=RINA + BUDI) as counter:
        counter.complete_request()
        yield counter


def asked(counter, text="SETUJU", **how):
    """The letter that asks about an unproven word."""
    officer = next(
        each
        for each in (OFFICER, OTHER_OFFICER)
        if any(each in str(sent["To"]) and "[Tugas]" in str(sent["Subject"]) for sent in counter.sent)
    )
    (letter,) = counter.receive(counter.mail(officer, text, answers=counter.task_letter(officer), **how))
    assert letter["To"] == officer
    return letter


def answer(counter, letter, text, *, sender=None, headers=(), subject=None):
    mail = counter.mail(sender or str(letter["To"]), text, answers=letter, headers=headers)
    if subject is not None:
        mail = re.sub(rb"(?m)^Subject:.*(?:\n[ \t].*)*", b"Subject: " + subject.encode(), mail)
    return counter.receive(mail)


def decision(counter):
    return counter.tasks[0]["decision"]


def test_the_word_counts_once_the_officer_confirms_it_from_the_letter(counter):
    letter = asked(counter, "TOLAK foto kurang jelas")
    assert decision(counter) is None
    assert "foto kurang jelas" in text_of(letter)
    assert "BENAR" in text_of(letter)
    answer(counter, letter, "Benar")
    assert decision(counter) == "reject"


def test_without_the_letters_own_token_nothing_is_confirmed(counter):
    letter = asked(counter)
    answer(counter, letter, "BENAR", subject="Re: Belum dihitung")
    assert decision(counter) is None


@pytest.mark.parametrize("text", ["Siapa ini?", "Bukan saya", "Benar, tetapi tunggu dulu"])
def test_anything_but_a_plain_yes_confirms_nothing(counter, text):
    answer(counter, asked(counter), text)
    assert decision(counter) is None


def test_nobody_else_confirms_it(counter):
    letter = asked(counter)
    other = OTHER_OFFICER if str(letter["To"]) == OFFICER else OFFICER
    answer(counter, letter, "BENAR", sender=other)
    answer(counter, letter, "BENAR", sender="siti.rahmawati@contohkota.go.id")
    assert decision(counter) is None


def test_a_refuted_word_is_not_even_asked_about_and_a_refuted_yes_confirms_nothing(counter):
    assert "BENAR" not in text_of(asked(counter, headers=FAILS))
    letter = asked(counter)
    answer(counter, letter, "BENAR", headers=FAILS)
    assert decision(counter) is None


def test_a_confirmation_is_good_for_a_day_and_for_the_evidence_that_was_shown(counter):
    letter = asked(counter)
    counter.later(hours=25)
    answer(counter, letter, "BENAR")
    assert decision(counter) is None


def test_a_confirmation_counts_once(counter):
    letter = asked(counter)
    answer(counter, letter, "BENAR")
    answer(counter, asked(counter, "BATAL"), "BENAR")
    assert decision(counter) is None
    answer(counter, letter, "BENAR")
    assert decision(counter) is None
