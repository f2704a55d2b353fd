"""A sixth service by a file alone: the engine knows no service by name."""

import re
from pathlib import Path

import pytest

from rules.case import State
from rules.effects import Mail
from rules.load import load_rules
from tests.rules.counter import BAYU, SOPS, Counter, document

SIXTH = Path(__file__).parents[1] / "support" / "sixth" / "rules.d"
RULES = load_rules(overrides=SIXTH)
ACCOUNT = RULES.sops["email-account"]
APPLICATION = document("other", "application")


@pytest.fixture
def counter():
    return Counter(ACCOUNT)


@pytest.fixture
def ready(counter):
    """An account that two officers approved and one has made."""
    counter.open(APPLICATION)
    counter.word("approve")
    counter.word("approve", officer=BAYU)
    counter.word("done")
    return counter


def test_it_stands_beside_the_five_and_changes_none_of_them():
    assert set(RULES.sops) == {*SOPS, "email-account"}
    assert {name: RULES.sops[name].digest for name in SOPS} == {
        name: sop.digest for name, sop in SOPS.items()
    }


def test_two_officers_must_approve(counter):
    counter.open(APPLICATION)
    assert counter.mails == ["applicant-request-received"]
    counter.word("approve")
    assert (counter.last.event, counter.case.step) == ("approved-once", "verify")
    assert counter.word("approve").note == "another-must"
    counter.word("approve", officer=BAYU)
    assert (counter.case.step, counter.case.state) == ("create", State.OFFICER)


def test_one_letter_hands_the_account_over_and_asks_whether_it_works(ready):
    assert ready.mails == ["applicant-account-ready"]
    (letter,) = [each for each in ready.last.effects if isinstance(each, Mail)]
    assert letter.said["question"] == ("try",)
    assert letter.said["closes"]
    assert ready.case.committed


@pytest.mark.parametrize("answer", ["works", "silence"])
def test_it_works_or_nobody_says_otherwise(ready, answer):
    if answer == "works":
        ready.say("works")
    else:
        ready.silence()
    assert (ready.case.ending, ready.mails) == ("in-use", ["applicant-account-in-use"])


def test_it_fails_again_and_again_until_the_official_settles_it(ready):
    ready.say("fails", "kata sandi ditolak")
    assert (ready.case.step, ready.mails) == ("create", ["applicant-request-status"])
    ready.word("done")
    ready.send(text="masih ditolak")
    assert (ready.case.step, ready.case.state) == ("settle", State.OFFICIAL)
    ready.word("done", official=True)
    assert ready.case.ending == "in-use"


def test_no_line_of_the_program_names_a_service():
    services = set(RULES.sops) - {"complaint"}  # PENGADUAN is also a word
    names = re.compile("|".join(f"[\"']{re.escape(name)}[\"']" for name in services))
    root = Path(__file__).parents[2] / "rules"
    named = [str(path) for path in root.rglob("*.py") if names.search(path.read_text("utf-8"))]
    assert named == []
