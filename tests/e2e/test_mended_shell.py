"""What fresh eyes found at the counter's edge: whose message it is, which case it belongs to, and who hears of it."""

from dataclasses import replace

import pytest

from tests.support.counter import (
    ADMIN,
    APPLICANT,
    BEGIN,
    BUDI,
    COUNTER,
    OFFICER,
    OTHER_OFFICER,
    RINA,
    Counter,
    text_of,
)
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
    """A counter where an aide has sent Siti's papers, who is on file."""
    with Counter(tmp_path, staff=PEOPLE) as counter:
        counter.receive(counter.mail(AIDE, "Mohon bantuan.", files=(counter.letter(), counter.csr())))
        confirm(counter, SITI)
        yield counter


def confirm(counter, holder):
    """The holder answers our question whether the request made for them is theirs."""
    counter.receive(counter.mail(holder.email, "BENAR", answers=counter.letter_to(holder.email)))


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
    confirm(aide, ANISA)
    assert [each["holder"] for each in aide.cases] == [ANISA.name, "Siti Rahmawati"]
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
    confirm(aide, ANISA)
    assert [each["state"] for each in aide.cases] == ["waiting_for_officer", "waiting_for_officer"]
    assert "evidence-changed" not in [each["event"] for each in aide.case["timeline"]]


def test_a_corrected_number_of_the_same_person_stays_with_the_request(aide):
    corrected = replace(SITI, nip=ANISA.nip)
    aide.receive(
        aide.mail(AIDE, "NIP saya perbaiki", answers=aide.letter_to(AIDE), files=(aide.letter(corrected),))
    )
    assert len(aide.cases) == 1
    assert aide.case["timeline"][-1]["event"] == "evidence-changed"


# --- letters of other people ------------------------------------------------------------------------------------------------


def test_what_is_not_shown_at_once_stands_in_the_daily_list_and_another_writer_is_still_shown(tmp_path):
    keys = {"limits": "replies_per_sender = 2", "intake": 'unmatched = "sort"'}
    with Counter(tmp_path, keys=keys) as counter:
        shown = [
            counter.receive(counter.mail("tamu@example.go.id", "Halo?", subject=f"Tanya {number}"))
            for number in range(3)
        ]
        assert [len(each) for each in shown] == [1, 1, 0]
        assert len(counter.receive(counter.mail("lain@example.go.id", "Kapan?", subject="Pelatihan"))) == 1
        counter.clock.moment = BEGIN.replace(day=25)
        (listed,) = counter.work()
        assert "Tanya 2" in text_of(listed)
        assert "Tanya 1" not in text_of(listed)


def test_a_strangers_flood_about_a_request_overflows_into_the_daily_list(tmp_path):
    with Counter(tmp_path, keys={"limits": "replies_per_sender = 2"}) as counter:
        counter.complete_request()
        number = counter.case["id"]
        for copy in range(3):
            counter.receive(
                counter.mail("tamu@example.go.id", f"{number} ke-{copy}", subject=f"Tanya {copy}")
            )
        assert len(counter.receive(counter.mail("lain@example.go.id", f"Soal {number}", subject="Lain"))) == 1
        counter.clock.moment = BEGIN.replace(day=25)
        (listed,) = [each for each in counter.work() if "Tanya 2" in text_of(each)]
        assert "Tanya 1" not in text_of(listed)


def test_the_applicant_who_answers_all_is_heard_though_the_officers_token_is_in_the_address(tmp_path):
    with Counter(tmp_path, keys={"trust": "subaddressing = true"}) as counter:
        counter.complete_request()
        address = counter.task_letter()["Reply-To"]
        raw = counter.mail(
            text="KENDALA saya tidak dapat masuk AMS", answers=counter.letter_to(APPLICANT)
        ).replace(f"To: {COUNTER}".encode(), f"To: {COUNTER}, {address}".encode())
        told = counter.receive(raw)
        assert {each["To"] for each in told} == {ADMIN, APPLICANT, OFFICER}
        assert counter.case["timeline"][-1]["event"] == "help"
        (alert,) = [words(each) for each in told if each["To"] == ADMIN]
        assert APPLICANT in alert
        assert "Permohonan" in alert or "Re:" in alert
        assert address.partition("+")[2].partition("@")[0] not in alert


def test_a_colleague_who_answers_a_forwarded_task_is_told_at_the_configured_address(tmp_path):
    with Counter(tmp_path, officers=RINA + BUDI) as counter:
        counter.complete_request()
        theirs = counter.task_letter(OFFICER)
        told = counter.receive(counter.mail(OTHER_OFFICER, "SETUJU", answers=theirs))
        assert {each["To"] for each in told} == {ADMIN, OTHER_OFFICER}
        assert counter.case["step"] == "verify"


def test_a_decision_in_answer_to_the_applicants_message_is_told_where_it_belongs(counter):
    first = next(each for each in counter.sent if each["To"] == APPLICANT)
    counter.receive(counter.mail(text="KENDALA masuk AMS", answers=first))
    (told,) = counter.receive(counter.mail(OFFICER, "SETUJU", answers=counter.task_letter()))
    assert "mohon balas e-mail tugas keputusan itu" in words(told)
    assert counter.case["step"] == "verify"


def test_a_letter_about_a_real_step_is_sent_however_much_was_written_in_the_applicants_name(tmp_path):
    with Counter(tmp_path, keys={"limits": "replies_per_sender = 3"}) as counter:
        letter = counter.receive(counter.mail(text="lupa passphrase, mohon dibantu"))[0]
        for number in range(6):
            counter.receive(counter.mail(text=f"STATUS {counter.case['id']} {number}", subject="tanya"))
        told = counter.receive(
            counter.mail(text="Ini berkasnya.", answers=letter, files=(counter.letter(), counter.csr()))
        )
        assert {each["To"] for each in told} == {APPLICANT, OFFICER}
