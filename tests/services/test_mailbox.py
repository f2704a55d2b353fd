"""What people really send: two requests in one mail, an answer to an old number, the same papers again, thanks, anger."""

from tests.support import forms
from tests.support.counter import APPLICANT


def test_two_requests_in_one_mail_are_two_requests(desk):
    desk.asks_for("revocation", "letter", "recommendation")
    desk.sends("siti request-received", "siti request-received", "rina task-assigned", "rina task-assigned")
    assert {each["sop"] for each in desk.counter.cases} == {"revocation", "renewal"}


def test_a_letter_of_the_revocation_beside_a_lost_passphrase_is_part_of_that(desk):
    desk.asks_for("passphrase-loss", "statement", "csr", "letter").sends(
        "siti request-received", "rina task-assigned"
    )
    assert [each["sop"] for each in desk.counter.cases] == ["passphrase-loss"]


def test_a_request_that_answers_a_finished_one_is_a_new_one(desk):
    desk.asks_for("revocation", "letter").officer("SELESAI")
    desk.sends("siti request-received", "rina task-assigned", "siti certificate-revoked")
    words = {
        "id": "Mohon pembaruan sertifikat saya.",
        "en": "Please help me with the renewal of my certificate.",
    }
    desk.answers(words[desk.language], "recommendation").sends("siti request-received", "rina task-assigned")
    assert [(each["sop"], each["state"]) for each in desk.counter.cases] == [
        ("renewal", "waiting_for_officer"),
        ("revocation", "closed"),
    ]


def test_the_same_papers_again_are_told_so(desk):
    desk.asks_for("passphrase-loss", "statement", "csr").sends("siti request-received", "rina task-assigned")
    desk.answers("Saya kirim lagi", "statement", "csr").sends("siti request-status")
    assert "surat-pernyataan.pdf" in desk.text("siti")
    assert ("sudah kami terima" if desk.language == "id" else "received the same") in desk.text("siti")


def test_the_same_papers_in_a_mail_of_their_own_are_told_so_too(desk):
    desk.asks_for("passphrase-loss", "statement", "csr").sends("siti request-received", "rina task-assigned")
    desk.asks_for("passphrase-loss", "statement", "csr").sends("siti request-status")
    assert ("sudah kami terima" if desk.language == "id" else "received the same") in desk.text("siti")
    assert len(desk.counter.cases) == 1


def test_thanks_are_filed_and_open_nothing_again(desk):
    desk.asks_for("revocation", "letter").officer("SELESAI")
    desk.sends("siti request-received", "rina task-assigned", "siti certificate-revoked")
    desk.answers("Terima kasih banyak" if desk.language == "id" else "Thank you very much").sends()
    desk.ends("revocation", "revoked").quiet()


def test_angry_words_bring_a_person_instead_of_another_list(desk):
    words = {
        "id": "Sudah berkali-kali saya kirim, lama sekali ini!",
        "en": "This is ridiculous, no response at all!",
    }
    desk.asks_for("passphrase-loss", "statement").sends("siti request-incomplete")
    desk.answers(words[desk.language]).sends("siti question-noted", "rina task-assigned")


def test_an_answer_to_the_requests_letter_reaches_the_child_whose_turn_it_is(desk):
    desk.asks_for("passphrase-loss", "statement", "csr").officer("SETUJU")
    desk.sends("siti request-received", "rina task-assigned", "siti request-approved")
    first = next(each for each in desk.counter.sent if "siti" in each["To"])
    words = "SUDAH" if desk.language == "id" else "FINISHED"
    desk.counter.receive(desk.counter.mail(text=words, answers=first))
    desk.sends("siti step-noted", "rina task-assigned").stands(
        "revocation", "apply-in-ams", "waiting_for_officer"
    )


def test_status_tells_how_far_the_whole_request_is(desk):
    desk.asks_for("passphrase-loss", "statement", "csr").officer("SETUJU")
    desk.sends("siti request-received", "rina task-assigned", "siti request-approved")
    desk.answers("STATUS").sends("siti request-status")
    assert ("Langkah 2 dari 3" if desk.language == "id" else "Step 2 of 3") in desk.text("siti")


def test_kendala_during_a_child_is_answered_by_a_person(desk):
    desk.asks_for("data-change", "form", "support").officer("SELESAI").officer("ADA")
    desk.answers("KENDALA akun AMS terkunci")
    desk.officer("SELESAI Akun sudah dibuka.").stands("data-change", "revoke", "waiting_for_child")
    assert "Akun sudah dibuka." in desk.text("siti")


def test_two_requests_in_words_are_two_requests(desk):
    subject = {"id": "Lupa passphrase dan perubahan data", "en": "Forgotten passphrase and change of data"}
    words = {
        "id": "Mohon bantuan: saya lupa passphrase, dan mohon perubahan data jabatan saya.",
        "en": "Please help: I have forgotten the passphrase, and please make a change of data for my position.",
    }
    mail = desk.counter.mail(text=words[desk.language], subject=subject[desk.language])
    desk.counter.receive(mail)
    desk.sends("siti request-incomplete", "siti request-incomplete")
    assert {each["sop"] for each in desk.counter.cases} == {"passphrase-loss", "data-change"}


def test_papers_of_another_service_in_a_thread_are_a_request_of_their_own(desk):
    desk.asks_for("passphrase-loss", "statement").sends("siti request-incomplete")
    desk.answers("Mohon perubahan data jabatan saya.", "form", "support")
    assert "siti request-received" in [desk._named(each) for each in desk.counter.outbox]
    assert {each["sop"]: each["state"] for each in desk.counter.cases} == {
        "passphrase-loss": "waiting_for_applicant",
        "data-change": "waiting_for_officer",
    }


def test_papers_sent_in_the_complaints_thread_reach_the_request_that_waits_for_them(desk):
    desk.asks_for("passphrase-loss", "statement").sends("siti request-incomplete")
    desk.answers("PENGADUAN kenapa belum diproses").sends("siti request-received", "rina task-assigned")
    desk.answers("Ini CSR saya", "csr").sends("siti request-received", "rina task-assigned")
    desk.stands("passphrase-loss", "verify", "waiting_for_officer")


def test_the_papers_of_two_persons_in_one_mail_are_two_requests_and_the_other_one_is_asked(desk):
    theirs = desk.counter.letter(forms.AGUS), desk.counter.csr(forms.AGUS, 2)
    files = (desk.counter.letter(), *theirs, desk.counter.csr())
    words = {
        "id": "Mohon bantuan, saya dan Pak Agus lupa passphrase.",
        "en": "Please help, we forgot our passphrase.",
    }
    desk.counter.receive(desk.counter.mail(text=words[desk.language], files=files))
    desk.sends(
        "siti request-received",
        "rina task-assigned",
        "siti request-incomplete",
        f"{forms.AGUS.email} holder-asked",
    )
    assert [(each["step"], each["holder"]) for each in desk.counter.cases] == [
        ("apply", "Agus Prasetyo, S.Pd."),
        ("verify", "Siti Rahmawati"),
    ]
    assert "Kepala Seksi" not in desk.text("rina")


def test_a_paper_sent_in_the_thread_of_what_is_finished_reaches_the_request_that_waits_for_it(desk):
    desk.asks_for("revocation", "letter").officer("SELESAI")
    finished = desk.counter.letter_to(APPLICANT)
    desk.asks_for("data-change", "form").stands("data-change", "apply", "waiting_for_applicant")
    words = {"id": "Berikut SK-nya.", "en": "Here is the decree."}
    desk.counter.receive(
        desk.counter.mail(text=words[desk.language], answers=finished, files=desk._files(("support",)))
    )
    desk.stands("data-change", "verify", "waiting_for_officer")
    assert len(desk.counter.cases) == 2
