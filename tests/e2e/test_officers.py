"""What officers write, and what the applicant hears of it."""

from dataclasses import replace

import pytest

from tests.e2e.test_forgeries import button, message, token_of
from tests.support.counter import (
    ADMIN,
    APPLICANT,
    BUDI,
    DEWI,
    OFFICER,
    OFFICIAL,
    OTHER_OFFICER,
    RINA,
    Counter,
    text_of,
)
from tests.support.letters import PEOPLE, SITI


def words(letter) -> str:
    """The text of a letter with its lines joined."""
    return " ".join(text_of(letter).split())


@pytest.fixture
def counter(tmp_path):
    with Counter(tmp_path) as counter:
        counter.complete_request()
        yield counter


def say(counter: Counter, text: str, officer: str = OFFICER) -> list:
    return counter.receive(counter.mail(officer, text, answers=counter.task_letter(officer)))


def to(letters: list, address: str):
    """The one letter to somebody among these."""
    (found,) = [each for each in letters if each["To"] == address]
    return found


def test_the_task_letter_says_what_needs_an_eye_what_agrees_the_due_time_the_remedies_and_the_words(counter):
    letter = counter.task_letter()
    text = words(letter)
    assert text.index("Balas e-mail ini") < text.index("SETUJU")
    for expected in (
        "SESUAI",
        "19850412",
        "25 Maret 2026 pukul 16.00 WIB",
        "SETUJU",
        "KURANG",
        "TOLAK",
        "PEJABAT",
    ):
        assert expected in text, expected
    assert {each.get_filename() for each in letter.iter_attachments()} >= {
        "surat-pernyataan.pdf",
        "permintaan.csr",
    }
    assert "mailto:" in letter.get_body(("html",)).get_content()


def test_numbers_after_kurang_become_courteous_sentences_to_the_applicant(tmp_path):
    with Counter(tmp_path) as counter:
        counter.receive(
            counter.mail(
                text="Mohon dibantu, lupa passphrase", files=(counter.letter(), counter.csr(PEOPLE[1]))
            )
        )
        task = text_of(counter.task_letter())
        assert "KURANG 1" in task
        heard = to(say(counter, "KURANG 1"), APPLICANT)
        first = counter.remedies[0]["request"]["id"]
        assert " ".join(first.split()) in words(heard)
        assert "KURANG" not in text_of(heard).replace("KEKURANGAN", "")
        assert counter.case["state"] == "waiting_for_applicant"


def test_a_number_that_was_not_offered_is_asked_back(counter):
    told = say(counter, "KURANG 9")
    assert [each["To"] for each in told] == [OFFICER]
    assert "nomor itu tidak ada" in text_of(told[0])


def test_what_an_officer_writes_after_kurang_reaches_the_applicant(counter):
    heard = to(say(counter, "KURANG Mohon foto surat yang lebih jelas, Bu."), APPLICANT)
    assert "Mohon foto surat yang lebih jelas, Bu." in words(heard)


def test_new_evidence_after_kurang_makes_a_new_task_and_the_old_word_no_longer_counts(counter):
    old = counter.task_letter()
    asked = to(say(counter, "KURANG CSR-nya mohon dibuat ulang"), APPLICANT)
    counter.receive(counter.mail(text="Ini CSR yang baru", answers=asked, files=(counter.csr(key=2),)))
    assert token_of(counter.task_letter()) != token_of(old)
    told = counter.receive(message(f"From: {OFFICER}", button(old)))
    assert [each["To"] for each in told] == [OFFICER]
    assert counter.case["state"] == "waiting_for_officer"
    say(counter, "SETUJU")
    assert counter.case["step"] == "revoke-old"


def test_new_evidence_while_a_task_is_open_voids_its_token_and_the_officer_is_told_why(counter):
    old, acknowledged = counter.task_letter(), counter.letter_to(APPLICANT)
    sent = counter.receive(
        counter.mail(text="CSR saya ganti", answers=acknowledged, files=(counter.csr(key=2),))
    )
    assert "berkas baru" in text_of(to(sent, OFFICER))
    told = counter.receive(counter.mail(OFFICER, "SETUJU", answers=old))
    assert "tidak berlaku lagi" in words(told[0])
    assert counter.case["step"] == "verify"
    say(counter, "SETUJU")
    assert counter.case["step"] == "revoke-old"


def test_tolak_without_a_reason_is_asked_back_and_with_one_the_applicant_reads_it(counter):
    told = say(counter, "TOLAK")
    assert [each["To"] for each in told] == [OFFICER]
    assert "alasan" in text_of(told[0])
    heard = to(say(counter, "TOLAK sertifikat lama masih berlaku dan dapat dipakai"), APPLICANT)
    assert "sertifikat lama masih berlaku dan dapat dipakai" in words(heard)
    assert counter.case["state"] == "closed"


def test_batal_within_the_undo_time_takes_the_word_back_before_anybody_hears_of_it(tmp_path):
    with Counter(tmp_path, undo=10) as counter:
        counter.complete_request()
        receipt = to(say(counter, "TOLAK salah orang"), OFFICER)
        undone = counter.receive(counter.mail(OFFICER, "BATAL", answers=receipt))
        assert [each["To"] for each in undone] == [OFFICER]
        assert counter.later(minutes=30) == []
        assert counter.case["state"] == "waiting_for_officer"
        say(counter, "SETUJU")
        assert [each["To"] for each in counter.later(minutes=11)] == [APPLICANT]


def test_batal_after_the_undo_time_is_answered_with_what_was_decided(tmp_path):
    with Counter(tmp_path, undo=10) as counter:
        counter.complete_request()
        receipt = to(say(counter, "SETUJU"), OFFICER)
        counter.later(minutes=11)
        late = counter.receive(counter.mail(OFFICER, "BATAL", answers=receipt))
        assert "SETUJU" in text_of(to(late, OFFICER))
        assert "tidak dapat ditarik" in text_of(late[0])
        assert counter.case["step"] == "revoke-old"


def test_batal_on_a_task_nobody_answered_says_that_there_is_nothing_to_take_back(counter):
    told = say(counter, "BATAL")
    assert "belum ada jawaban" in text_of(told[0])


def test_of_two_officers_the_second_is_told_who_decided_and_what(tmp_path):
    with Counter(tmp_path, officers=RINA + BUDI + DEWI, keys={"tasks": 'assignment = "all"'}) as counter:
        sent = counter.complete_request()
        assert {each["To"] for each in sent} == {APPLICANT, OFFICER, OTHER_OFFICER}
        assert len({token_of(counter.task_letter(each)) for each in (OFFICER, OTHER_OFFICER)}) == 2
        say(counter, "SETUJU")
        told = to(say(counter, "SETUJU", OTHER_OFFICER), OTHER_OFFICER)
        assert "Rina Kusuma" in text_of(told)
        assert "SETUJU" in text_of(told)
        assert counter.case["step"] == "revoke-old"


def test_tasks_go_round_and_who_has_a_case_keeps_it(tmp_path):
    with Counter(tmp_path, officers=RINA + BUDI + DEWI) as counter:
        first = {each["To"] for each in counter.complete_request()}
        second = {
            each["To"]
            for each in counter.receive(
                counter.mail(
                    PEOPLE[1].email,
                    "lupa passphrase, mohon dibantu",
                    files=(counter.letter(PEOPLE[1]), counter.csr(PEOPLE[1], 2)),
                )
            )
        }
        assert first == {APPLICANT, OFFICER}
        assert second == {PEOPLE[1].email, OTHER_OFFICER}
        approved = to(say(counter, "SETUJU"), APPLICANT)
        assert {each["To"] for each in counter.receive(counter.mail(text="SUDAH", answers=approved))} == {
            APPLICANT,
            OFFICER,
        }


def test_pejabat_hands_the_task_to_the_official_whose_word_counts(counter):
    handed = say(counter, "PEJABAT mohon arahan")
    assert {each["To"] for each in handed} == {OFFICER, OFFICIAL}
    assert counter.case["state"] == "waiting_for_official"
    told = counter.receive(
        counter.mail(OFFICER, "SETUJU", answers=next(each for each in counter.sent if each["To"] == OFFICER))
    )
    assert counter.case["step"] == "verify"
    assert [each["To"] for each in told] == [OFFICER]
    say(counter, "SETUJU", OFFICIAL)
    assert counter.case["step"] == "revoke-old"


def test_ambil_keeps_the_others_from_deciding(tmp_path):
    with Counter(tmp_path, officers=RINA + BUDI + DEWI, keys={"tasks": 'assignment = "all"'}) as counter:
        counter.complete_request()
        receipt = say(counter, "AMBIL")
        assert [each["To"] for each in receipt] == [OFFICER]
        assert "BATAL" not in text_of(receipt[0])
        assert [each["state"] for each in counter.tasks] == ["taken"]
        told = say(counter, "SETUJU", OTHER_OFFICER)
        assert "sudah diambil Rina Kusuma" in text_of(told[0])
        assert "satu kata" not in text_of(told[0])
        assert counter.case["step"] == "verify"
        say(counter, "SETUJU")
        assert counter.case["step"] == "revoke-old"


def test_english_words_decide(counter):
    heard = to(say(counter, "Good morning,\nINCOMPLETE please send a clearer letter"), APPLICANT)
    assert "please send a clearer letter" in words(heard)


def test_selesai_after_the_request_was_cancelled_is_passed_on_to_the_official(counter):
    approved = to(say(counter, "SETUJU"), APPLICANT)
    counter.receive(counter.mail(text="SUDAH", answers=approved))
    look = counter.task_letter()
    counter.act("case", "close", counter.case["id"], "pemohon pensiun")
    told = counter.receive(counter.mail(OFFICER, "SELESAI", answers=look))
    assert OFFICIAL in {each["To"] for each in told}
    assert counter.part["timeline"][-1]["event"] == "done-after-all"


def test_an_officer_without_a_task_is_told_which_tasks_wait(counter):
    told = counter.receive(counter.mail(OFFICER, "SETUJU", subject="permohonan Siti"))
    assert [each["To"] for each in told] == [OFFICER]
    assert counter.case["id"] in text_of(told[0])
    assert counter.case["step"] == "verify"


def test_an_officers_answer_to_any_other_letter_of_ours_is_never_taken_for_the_applicants(counter):
    counter.receive(counter.mail("orang.lain@example.go.id", f"Bagaimana kabar {counter.case['id']}?"))
    shown = counter.letter_to(OFFICER)
    assert "dipilah" in shown["Subject"]
    before = counter.case
    told = counter.receive(
        counter.mail(OFFICER, "Ini bukan urusan kita", answers=shown, files=(counter.csr(PEOPLE[1], 2),))
    )
    assert [each["To"] for each in told] == [OFFICER]
    assert counter.case["timeline"] == before["timeline"]


def test_an_officer_may_apply_as_everybody_may(counter):
    told = counter.receive(counter.mail(OFFICER, "Saya sendiri lupa passphrase, mohon dibantu"))
    assert "CSR" in text_of(to(told, OFFICER))
    assert len(counter.cases) == 2


def test_a_busy_officer_gets_a_receipt_for_every_decision(tmp_path):
    with Counter(tmp_path, keys={"limits": "replies_per_sender = 2"}) as counter:
        for number, person in enumerate(PEOPLE[:4], 1):
            counter.receive(
                counter.mail(
                    person.email,
                    "lupa passphrase, mohon dibantu",
                    files=(counter.letter(person), counter.csr(person, number)),
                )
            )
            assert OFFICER in {each["To"] for each in say(counter, "SETUJU")}


def test_the_administrators_hear_of_a_letter_to_an_officer_that_came_back(counter):
    letter = counter.task_letter()
    report = (
        "From: MAILER-DAEMON@contohkota.go.id\r\nTo: layanan@contohkota.go.id\r\nReturn-Path: <>\r\nSubject: Undelivered Mail Returned to Sender\r\n"
        'MIME-Version: 1.0\r\nContent-Type: multipart/report; report-type=delivery-status; boundary="b"\r\n\r\n'
        "--b\r\nContent-Type: text/plain\r\n\r\nSorry.\r\n--b\r\nContent-Type: message/delivery-status\r\n\r\nReporting-MTA: dns; mx\r\n\r\n"
        f"Final-Recipient: rfc822; {OFFICER}\r\nAction: failed\r\nStatus: 5.1.1\r\n\r\n"
        f"--b\r\nContent-Type: text/rfc822-headers\r\n\r\nMessage-ID: {letter['Message-ID']}\r\nMailflow-Letter: {letter['Mailflow-Letter']}\r\n\r\n--b--\r\n"
    )
    assert [each["To"] for each in counter.receive(report.encode())] == [ADMIN]
    assert "bounced" in {each["state"] for each in counter.outbox}


def test_nobody_decides_about_themselves(tmp_path):
    with Counter(tmp_path, officers=RINA + BUDI + DEWI) as counter:
        rina = replace(SITI, name="Rina Kusuma", email=OFFICER)
        counter.receive(
            counter.mail(
                OFFICER,
                "Mohon bantuan, saya lupa passphrase.",
                files=(counter.letter(rina), counter.csr(rina)),
            )
        )
        assert [each["officers"] for each in counter.tasks] == [[OTHER_OFFICER]]
