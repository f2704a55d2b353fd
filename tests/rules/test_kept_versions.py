"""A case under way keeps the version of its SOP that it began with, also one that today's proofs would ask more of."""

from pathlib import Path

import pytest

from rules.case import State
from rules.load import Unsound, load_kept, load_sop
from tests.rules.counter import CSR, STATEMENT, Counter

FIRST = (Path(__file__).parents[1] / "support" / "kept" / "passphrase_loss.toml").read_text("utf-8")
"""The file of the first release: no word to sort by, and row 3 without a case of its own."""


def test_a_version_of_the_first_release_is_asked_nothing_new():
    with pytest.raises(Unsound):
        load_sop(FIRST, "passphrase_loss.toml")
    assert load_kept(FIRST, "passphrase_loss.toml", {}).steps["revoke-old"].kind == "ams"


def test_a_case_of_the_first_release_goes_on_to_its_end():
    counter = Counter(load_kept(FIRST, "passphrase_loss.toml", {}))
    counter.open(STATEMENT, CSR)
    counter.word("approve", hours=1)
    assert counter.mails == ["applicant-request-approved"]
    counter.say("finished", hours=1)
    counter.word("revoked", hours=1)
    assert counter.case.step == "issuance"
    counter.say("finished", hours=1)
    counter.word("done", hours=1)
    assert (counter.case.state, counter.case.ending) == (State.CLOSED, "issued")
