"""`unmatched = "sort"`: one word of an officer says what a mail that fits nothing is."""

import pytest

from tests.staff.writing import only, own, to, words
from tests.support.counter import APPLICANT, BUDI, DEWI, OFFICER, OTHER_OFFICER, RINA, Counter, text_of

PASSED = (("Authentication-Results", "mx.contohkota.go.id; dmarc=pass header.from=contohkota.go.id"),)
VAGUE = "Ada masalah dengan sertifikat saya, bagaimana ini?"


@pytest.fixture
def counter(tmp_path):
    """A counter that puts unmatched mail before its two officers."""
    with Counter(tmp_path, officers=RINA + BUDI + DEWI, keys={"intake": 'unmatched = "sort"'}) as counter:
        yield counter


def shown(counter: Counter, officer: str = OFFICER):
    counter.shown = counter.receive(counter.mail(text=VAGUE, subject="sertifikat saya"))
    return to(counter.shown, officer)


def test_the_letter_offers_one_word_for_each_service_and_one_for_other_business(counter):
    text = text_of(shown(counter))
    for word in ("LUPA", "CABUT", "UBAH", "ABAIKAN"):
        assert word in text, word
    assert {each["To"] for each in counter.shown} == {OFFICER, OTHER_OFFICER}


def test_a_services_word_makes_it_a_request_of_its_writer(counter):
    letter = shown(counter)
    sent = counter.receive(counter.mail(OFFICER, "lupa", answers=letter))
    assert counter.case["sop"] == "passphrase-loss"
    assert counter.case["applicant"] == APPLICANT
    assert counter.case["id"] in to(sent, APPLICANT)["Subject"]
    assert "menjadi permohonan" in words(to(sent, OFFICER))
    assert counter.status["messages"] == {"filed": 2}


def test_abaikan_leaves_it_in_the_inbox_and_it_is_not_listed_again(counter):
    letter = shown(counter)
    told = only(counter.receive(counter.mail(OFFICER, "Abaikan, terima kasih", answers=letter)))
    assert "urusan lain" in words(told)
    assert counter.cases == []
    assert counter.status["messages"]["unmatched"] == 1
    assert [each for each in counter.later(days=1) if "tidak cocok" in text_of(each)] == []


def test_the_first_answer_counts_and_the_second_officer_is_told_who_sorted_it(counter):
    letter, other = shown(counter), to(counter.shown, OTHER_OFFICER)
    counter.receive(counter.mail(OFFICER, "LUPA", answers=letter))
    told = only(counter.receive(counter.mail(OTHER_OFFICER, "ABAIKAN", answers=other)))
    assert told["To"] == OTHER_OFFICER
    assert "Rina Kusuma" in text_of(told)
    assert "LUPA" in text_of(told)
    assert len(counter.cases) == 1


def test_after_abaikan_a_second_answer_changes_nothing_either(counter):
    letter, other = shown(counter), to(counter.shown, OTHER_OFFICER)
    counter.receive(counter.mail(OFFICER, "ABAIKAN", answers=letter))
    told = only(counter.receive(counter.mail(OTHER_OFFICER, "LUPA", answers=other)))
    assert "Rina Kusuma" in text_of(told)
    assert counter.cases == []


@pytest.mark.parametrize(
    "said", ["LUPAA", "Saya kira ini lupa passphrase", "LUPA atau CABUT?", "bukan lupa", ""]
)
def test_what_is_no_single_choice_is_asked_back_with_the_choices(counter, said):
    told = only(counter.receive(counter.mail(OFFICER, said, answers=shown(counter))))
    assert told["To"] == OFFICER
    assert "ABAIKAN" in text_of(told)
    assert counter.cases == []


def test_a_word_counts_only_from_the_proven_officer_whose_letter_was_answered(tmp_path):
    with Counter(
        tmp_path, officers=RINA + BUDI + DEWI, mode="authenticated", keys={"intake": 'unmatched = "sort"'}
    ) as counter:
        letter = shown(counter)
        assert "tidak dihitung" in words(only(counter.receive(counter.mail(OFFICER, "LUPA", answers=letter))))
        counter.receive(counter.mail("orang.luar@example.go.id", "LUPA", answers=letter))
        assert counter.cases == []
        counter.receive(counter.mail(OFFICER, "LUPA", answers=letter, headers=PASSED))
        assert len(counter.cases) == 1


def test_a_stranger_who_names_a_request_can_be_sorted_too(tmp_path):
    with Counter(tmp_path, officers=RINA + DEWI) as counter:
        counter.complete_request()
        counter.receive(
            counter.mail(
                "orang.lain@example.go.id", f"Bagaimana kabar {counter.case['id']}?", subject="tanya"
            )
        )
        letter = counter.letter_to(OFFICER)
        assert "dipilah" in letter["Subject"]
        counter.receive(counter.mail(OFFICER, "ABAIKAN", answers=letter))
        assert len(counter.cases) == 1
        assert counter.status["messages"]["unmatched"] == 1


def test_in_leave_mode_the_daily_list_says_that_daftar_registers_a_mail(tmp_path):
    with Counter(tmp_path) as counter:
        sent = counter.receive(counter.mail(text=VAGUE, subject="sertifikat saya"))
        listed = only(
            [
                each
                for each in [*sent, *counter.later(days=1)]
                if each["To"] == OFFICER and "sertifikat saya" in text_of(each)
            ]
        )
        assert "DAFTAR LUPA" in words(listed)
        assert own(counter, "Terima kasih") is not None
