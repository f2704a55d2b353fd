"""Where nobody was named for a role or a service: who steps in, what letters say then, and how the administrator learns of it."""

import pytest

from mailflow.staffing import gaps
from tests.staff.writing import to, words
from tests.support.counter import APPLICANT, DEWI, OFFICER, RINA, Counter, officer

ONLY_CHANGES = officer("Rina Kusuma", OFFICER).replace(
    "aliases = []", 'aliases = []\nservices = ["data-change"]'
)


@pytest.fixture
def alone(tmp_path):
    """A counter with one officer and no official."""
    with Counter(tmp_path, officers=RINA) as counter:
        yield counter


def test_status_tells_that_there_is_no_official_and_who_steps_in(alone):
    (gap,) = [each for each in alone.status["attention"] if "official" in each]
    assert gap.startswith('no official (role = "official") for any service')
    assert "put before officers instead" in gap


def test_a_department_with_both_hears_nothing_of_it(tmp_path):
    with Counter(tmp_path, officers=RINA + DEWI) as counter:
        assert not any("official" in each for each in counter.status["attention"])


def test_services_that_no_officer_has_are_named(tmp_path):
    with Counter(tmp_path, officers=ONLY_CHANGES + DEWI) as counter:
        (gap,) = gaps(counter.office.config.officers, counter.office.rules.sops)
    assert gap.startswith(
        "no officer has complaint, passphrase-loss, renewal, revocation among their services"
    )


def test_the_late_letter_names_no_official_where_there_is_none(alone):
    alone.complete_request()
    alone.clock.moment = alone.case["due"]
    late = words(to(alone.work(), APPLICANT))
    assert "belum selesai kami tangani" in late
    assert "Pejabat yang bertanggung jawab" not in late


def test_a_decision_handed_up_where_there_is_no_official_stays_with_the_officers_and_says_so(alone):
    alone.complete_request()
    sent = alone.receive(alone.mail(OFFICER, "PEJABAT", answers=alone.task_letter()))
    said = [words(each) for each in sent if OFFICER in each["To"]]
    assert any("tugas ini tetap di tangan petugas" in each for each in said)
    assert any("petugas yang memutuskan" in each for each in said)
    assert not any("di tangan pejabat" in each for each in said)
