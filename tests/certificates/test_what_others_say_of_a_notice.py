"""Free words to a notice are read by a person and the notices go on; what somebody else writes about it is tied to its holder."""

import pytest

from tests.certificates.conftest import line
from tests.support.counter import APPLICANT, COUNTER, OFFICER, OFFICIAL, text_of

UNIT = "kepegawaian@contohkota.go.id"
FORWARD = "Pak, mohon dibantu perpanjang sertifikat Bu Siti ya, beliau sedang diklat."
HEADS = {
    "Gmail": "---------- Forwarded message ---------\nDari: Layanan <{us}>\nDate: Rab, 25 Nov 2026\nSubject: {subject}\nTo: <{to}>\n",
    "Outlook, names only": "-----Original Message-----\nFrom: Layanan\nSent: Wednesday, 25 November 2026\nTo: Siti Rahmawati\nSubject: {subject}\n",
}  # fmt: skip


@pytest.fixture
def noticed(counter):
    counter.imports(line(contact=""))
    (counter.notice,) = counter.on(30)
    return counter


def forwarded(counter, text: str, head: str = "Gmail") -> list:
    subject = counter.notice["Subject"]
    repeated = HEADS[head].format(us=COUNTER, subject=subject, to=APPLICANT) + "\n" + text_of(counter.notice)
    mail = counter.mail(UNIT, f"{text}\n\n{repeated}", subject=f"Fwd: {subject}", name="Kepegawaian")
    return counter.receive(mail)


def words(letter) -> str:
    return " ".join(word for line_ in text_of(letter).splitlines() for word in line_.lstrip("| ").split())


def test_a_promise_to_a_notice_is_filed_and_the_notices_go_on(noticed):
    text = "Terima kasih infonya, akan segera saya perpanjang."
    assert noticed.receive(noticed.mail(APPLICANT, text, answers=noticed.notice)) == []
    assert noticed.cases == []
    assert [each["To"] for each in noticed.on(14)] == [APPLICANT]
    assert [each["To"] for each in noticed.on(7)] == [APPLICANT]


@pytest.mark.parametrize(
    "text", ["Saya sudah pensiun.", "Sertifikat itu bukan atas nama saya.", "Ini benar dari Kominfo?"]
)
def test_free_words_to_a_notice_reach_a_person_at_once_and_the_notices_go_on(noticed, text):
    (shown,) = noticed.receive(noticed.mail(APPLICANT, text, answers=noticed.notice))
    assert (shown["To"], noticed.cases) == (OFFICER, [])
    assert text in words(shown)
    assert [each["To"] for each in noticed.on(14)] == [APPLICANT]
    assert [each["To"] for each in noticed.on(7)] == [APPLICANT]


def test_after_the_word_that_is_asked_for_there_are_no_more_notices(noticed):
    noticed.receive(noticed.mail(APPLICANT, "BENAR", answers=noticed.notice))
    assert noticed.on(14) == []


@pytest.mark.parametrize("head", HEADS)
def test_a_notice_forwarded_by_the_unit_is_tied_to_its_holder(noticed, head):
    sent = forwarded(noticed, FORWARD, head)
    assert [each["To"] for each in sent] == [UNIT]
    assert (noticed.case["holder"], noticed.case["applicant"]) == ("Siti Rahmawati", "Kepegawaian")
    assert [each["To"] for each in noticed.on(14)] == [APPLICANT], "the holder's notices go on"


def test_other_words_about_somebodys_notice_are_read_by_a_person_who_is_told_whose_it_is(noticed):
    (shown,) = forwarded(noticed, "Beliau sudah pensiun bulan lalu.")
    assert shown["To"] == OFFICER
    assert f"Siti Rahmawati ({APPLICANT})" in words(shown)
    assert "Beliau sudah pensiun" in words(shown)
    assert noticed.cases == []


def test_a_colleague_who_answers_the_holders_notice_is_no_holder(noticed):
    (shown,) = noticed.receive(noticed.mail(UNIT, "BENAR", answers=noticed.notice))
    assert (shown["To"], noticed.cases) == (OFFICER, [])


def test_while_the_holders_renewal_is_under_way_it_belongs_there(noticed):
    noticed.receive(noticed.mail(APPLICANT, "BENAR", answers=noticed.notice))
    (shown,) = forwarded(noticed, FORWARD)
    assert (shown["To"], len(noticed.cases)) == (OFFICER, 1)
    assert "PESAN ORANG LAIN" in words(shown)


def test_a_theft_told_in_answer_to_a_notice_is_urgent(noticed):
    sent = noticed.receive(noticed.mail(APPLICANT, "Laptop saya dicuri!", answers=noticed.notice))
    assert (noticed.case["sop"], noticed.case["state"]) == ("revocation", "waiting_for_officer")
    assert {each["To"] for each in sent} >= {APPLICANT, OFFICER, OFFICIAL}
