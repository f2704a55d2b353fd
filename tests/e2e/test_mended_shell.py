"""What fresh eyes found at the counter's edge: whose message it is, which case it belongs to, and who hears of it."""

from dataclasses import replace

import pytest

from tests.support.counter import APPLICANT, OFFICER, Counter, text_of
from tests.support.letters import PEOPLE, SITI

ANISA = PEOPLE[1]


def words(letter) -> str:
    return " ".join(text_of(letter).split())


@pytest.fixture
def counter(tmp_path):
    with Counter(tmp_path) as counter:
        counter.complete_request()
        yield counter


# --- a held message is adopted only by an answer to the question about it -------------------------------------------------


@pytest.fixture
def question(counter):
    """The letter that asks the applicant about a forged CSR."""
    (asked,) = counter.receive(
        counter.mail(text=f"CSR {counter.case['id']}", subject="CSR pengganti", files=(counter.csr(key=666),))
    )
    return asked


def test_benar_to_another_letter_adopts_nothing_and_is_asked_back(counter, question):
    first = counter.sent[0]
    assert first["To"] == APPLICANT
    told = counter.receive(counter.mail(text="Benar, data tersebut sudah sesuai", answers=first))
    assert counter.status["messages"]["held"] == 1
    assert [each["Subject"] for each in told if each["To"] == APPLICANT] == [question["Subject"]]
    counter.receive(counter.mail(text="BENAR", answers=counter.letter_to(APPLICANT)))
    assert "held" not in counter.status["messages"]
    assert counter.case["timeline"][-1]["event"] == "evidence-changed"


def test_the_question_names_subject_arrival_and_files_of_what_it_asks_about(question):
    text = words(question)
    assert "CSR pengganti" in text
    assert "permintaan.csr" in text
    assert "17 Maret 2026" in text


def test_what_is_held_is_no_part_of_the_applicants_thread(counter, question):
    forged = next(raw for raw in counter.kept if b"CSR pengganti" in raw)
    identifier = forged.partition(b"Message-ID: ")[2].split()[0].decode()
    counter.receive(counter.mail(OFFICER, "SETUJU", answers=counter.task_letter()))
    letter = counter.letter_to(APPLICANT)
    assert "CSR pengganti" not in text_of(letter)
    assert identifier not in f"{letter['In-Reply-To']} {letter['References']}"


# --- two persons' papers ---------------------------------------------------------------------------------------------------

AIDE = "ajudan@contohkota.go.id"


@pytest.fixture
def aide(tmp_path):
    """A counter where an aide has sent Siti's papers."""
    with Counter(tmp_path) as counter:
        counter.receive(counter.mail(AIDE, "Mohon bantuan.", files=(counter.letter(), counter.csr())))
        yield counter


def test_another_persons_papers_in_the_thread_are_a_request_of_their_own(aide):
    before = aide.case
    aide.receive(
        aide.mail(
            AIDE,
            "Ini berkas Bu Anisa",
            answers=aide.letter_to(AIDE),
            files=(aide.letter(ANISA), aide.csr(ANISA, 3)),
        )
    )
    assert [each["applicant"] for each in aide.cases] == [ANISA.name, "Siti Rahmawati"]
    siti = next(each for each in aide.cases if each["id"] == before["id"])
    assert siti["step"] == before["step"]
    offered = [each.get_payload(decode=True) for each in aide.task_letter().iter_attachments()]
    assert aide.csr(ANISA, 3)[1] in offered
    assert aide.letter()[1] not in offered


def test_more_of_that_persons_papers_in_the_first_thread_go_to_that_persons_request(aide):
    siti = aide.letter_to(AIDE)
    aide.receive(aide.mail(AIDE, "Ini surat Bu Anisa", answers=siti, files=(aide.letter(ANISA),)))
    assert len(aide.cases) == 2
    aide.receive(
        aide.mail(AIDE, "Berkas Bu Anisa", answers=siti, files=(aide.letter(ANISA), aide.csr(ANISA, 3)))
    )
    assert [each["state"] for each in aide.cases] == ["waiting_for_officer", "waiting_for_officer"]
    assert "evidence-changed" not in [each["event"] for each in aide.case["timeline"]]


def test_a_corrected_number_of_the_same_person_stays_with_the_request(aide):
    corrected = replace(SITI, nip=ANISA.nip)
    aide.receive(
        aide.mail(AIDE, "NIP saya perbaiki", answers=aide.letter_to(AIDE), files=(aide.letter(corrected),))
    )
    assert len(aide.cases) == 1
    assert aide.case["timeline"][-1]["event"] == "evidence-changed"
