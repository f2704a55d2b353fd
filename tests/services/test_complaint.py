"""SOP Pengaduan, mail by mail: apart from requests in the same mailbox, from officer to official, closed with a recorded solution."""

import re


def solved(desk):
    desk.asks_for("complaint").sends("siti request-received", "rina task-assigned")
    return desk.officer("SELESAI Telepon sudah diperbaiki.").sends("siti question-asked")


def test_a_solution_that_is_confirmed_closes_it(desk):
    solved(desk)
    assert "Telepon sudah diperbaiki." in desk.text("siti")
    desk.answers("BENAR").sends("siti complaint-solved").ends("complaint", "closed-solved").quiet()
    for words in ("Telepon sudah diperbaiki.", "SP4N-LAPOR!", "Bagus Santoso"):
        assert words in desk.text("siti")


def test_a_solution_that_nobody_disputes_closes_it_too(desk):
    solved(desk).alarm().sends("siti request-reminder").alarm()
    desk.sends("siti complaint-solved").ends("complaint", "closed-solved").quiet()


def test_without_a_solution_it_cannot_be_closed(desk):
    desk.asks_for("complaint").sends("siti request-received", "rina task-assigned")
    desk.officer("SELESAI").sends("rina word-not-understood").stands(
        "complaint", "answer", "waiting_for_officer"
    )


def test_what_the_officer_cannot_solve_goes_to_the_official(desk):
    solved(desk).answers("TAK-SELESAI tetap tidak diangkat")
    desk.sends("rina task-assigned", "siti request-status")
    assert ("jawaban Bapak/Ibu sudah kami terima" if desk.language == "id" else "received your answer") in (
        desk.text("siti")
    )
    for words in ("JAWABAN KAMI SEBELUMNYA | Telepon sudah diperbaiki.", "tetap tidak diangkat"):
        assert words in desk.text("rina"), "the officer sees what was answered, and what is said to it"
    desk.officer("PEJABAT").sends("siti complaint-forwarded", "dewi task-assigned")
    desk.stands("complaint", "official", "waiting_for_official")
    desk.officer("SELESAI Ada saluran khusus.", "dewi").sends("siti question-asked")
    desk.answers("TAK-SELESAI").sends("dewi task-assigned", "siti request-status")
    desk.officer("SELESAI Saluran itu sudah diuji.", "dewi").sends("siti question-asked")
    desk.answers("BENAR").sends("siti complaint-solved").ends("complaint", "settled").quiet()


def test_who_objects_to_what_the_official_solved_reaches_the_official(desk):
    desk.asks_for("complaint").officer("PEJABAT").officer("SELESAI Ada saluran khusus.", "dewi").answers(
        "BENAR"
    )
    desk.answers("Ternyata saluran itu pun mati.").stands("complaint", "official", "waiting_for_official")
    assert "Ada saluran khusus." in desk.text("dewi")


def test_questions_are_asked_and_silence_gives_it_back_to_the_officer(desk):
    desk.asks_for("complaint").sends("siti request-received", "rina task-assigned")
    desk.officer("KURANG Kapan Bapak/Ibu menelepon?").sends("siti question-asked")
    desk.answers("Senin pagi, sekitar pukul 9.").sends("rina task-assigned", "siti request-status")
    desk.officer("KURANG Nomor yang mana?").sends("siti question-asked")
    desk.alarm().sends("siti request-reminder").alarm().sends("rina task-assigned")
    desk.stands("complaint", "answer", "waiting_for_officer")


def test_a_class_gives_it_its_own_time_and_says_so(desk):
    desk.asks_for("complaint").sends("siti request-received", "rina task-assigned")
    before = desk.case("complaint")["due"]
    desk.officer("LAPANGAN").sends("siti request-reclassified")
    assert desk.case("complaint")["due"] > before
    desk.officer("SELESAI Sudah diperiksa di tempat.").sends("siti question-asked")


def test_the_official_who_is_disputed_again_and_again_points_the_way_on(desk):
    desk.asks_for("complaint").officer("PEJABAT")
    desk.sends(
        "siti request-received", "rina task-assigned", "siti complaint-forwarded", "dewi task-assigned"
    )
    for number in range(5):
        desk.officer(f"SELESAI Solusi {number}.", "dewi").sends("siti question-asked")
        desk.answers("TAK-SELESAI")
        desk.sends(
            *(("dewi task-assigned", "siti request-status") if number < 4 else ("siti complaint-unresolved",))
        )
    assert "SP4N-LAPOR!" in desk.text("siti")
    desk.ends("complaint", "unresolved").quiet()


def test_who_objects_after_the_closing_opens_it_again(desk):
    solved(desk).answers("BENAR").sends("siti complaint-solved")
    desk.answers("Ternyata telepon mati lagi sejak pagi.").stands(
        "complaint", "answer", "waiting_for_officer"
    )


def test_a_complaint_about_a_request_is_tied_to_it_and_the_request_goes_on(desk):
    desk.asks_for("passphrase-loss", "statement", "csr").sends("siti request-received", "rina task-assigned")
    desk.answers("PENGADUAN sudah seminggu menunggu").sends("siti request-received", "rina task-assigned")
    request, complaint = desk.case("passphrase-loss"), desk.case("complaint")
    assert complaint["parent"] == request["id"]
    assert request["id"] in desk.text("rina")
    assert (request["state"], complaint["state"]) == ("waiting_for_officer", "waiting_for_officer")


def test_angry_words_in_a_requests_thread_are_a_complaint_or_a_persons_to_read(desk):
    words = {
        "id": "Saya kecewa dengan pelayanan ini, saya mau mengadukan lambatnya permohonan.",
        "en": "I am disappointed with the service and want to complain about the delay.",
    }
    desk.asks_for("passphrase-loss", "statement").sends("siti request-incomplete")
    desk.answers(words[desk.language]).sends("siti request-received", "rina task-assigned")
    assert desk.case("complaint")["parent"] == desk.case("passphrase-loss")["id"]


def test_the_officers_are_reminded_and_the_official_is_told_at_the_breach(desk):
    desk.asks_for("complaint").sends("siti request-received", "rina task-assigned")
    desk.alarm().sends("rina task-reminder").alarm().sends("rina task-reminder")
    desk.alarm().sends("dewi task-overdue", "siti request-late")


def test_cancelling_is_a_wish_while_an_officer_works_on_it(desk):
    desk.asks_for("complaint").sends("siti request-received", "rina task-assigned")
    desk.answers("BATAL").sends("siti cancellation-noted", "rina task-cancellation-wished")
    desk.officer("KABULKAN").sends("siti request-cancelled").ends("complaint", "cancelled").quiet()
    assert re.search(r"CK-26-\d{4}-\w", desk.text("siti"))


def test_a_complaint_that_names_the_request_in_a_mail_of_its_own_is_tied_to_it(desk):
    desk.asks_for("passphrase-loss", "statement", "csr").sends("siti request-received", "rina task-assigned")
    number = desk.case("passphrase-loss")["id"]
    subject = {"id": f"Pengaduan atas {number}", "en": f"Complaint about {number}"}[desk.language]
    words = {
        "id": "Saya kecewa dengan pelayanan: telepon tidak dijawab.",
        "en": "I am disappointed with the service: nobody answers.",
    }
    desk.counter.receive(desk.counter.mail(text=words[desk.language], subject=subject))
    desk.sends("siti request-received", "rina task-assigned").stands(
        "complaint", "answer", "waiting_for_officer"
    )
    assert desk.case("complaint")["parent"] == number
    assert f"Terkait permohonan: {number}" in desk.text("rina")


ANGRY = {
    "id": "Pelayanan payah, sudah seminggu saya menunggu tidak ada kabar!",
    "en": "This is outrageous, I have waited for a week and nobody answers!",
}


def test_angry_words_in_a_mail_of_its_own_bring_a_person_too(desk):
    desk.asks_for("passphrase-loss", "statement", "csr").sends("siti request-received", "rina task-assigned")
    before = desk.case("passphrase-loss")
    desk.counter.receive(desk.counter.mail(text=ANGRY[desk.language], subject="Halo"))
    desk.sends("siti request-received", "rina task-assigned")
    assert desk.case("complaint")["parent"] == before["id"]
    assert ANGRY[desk.language] in desk.text("rina")
    sorry = {"id": "Mohon maaf atas ketidaknyamanan", "en": "We are sorry for the trouble"}
    assert sorry[desk.language] in desk.text("siti")
    assert desk.case("passphrase-loss")["step"] == before["step"], "the request itself is as it was"


def test_further_angry_mails_are_about_the_same_complaint(desk):
    desk.asks_for("passphrase-loss", "statement", "csr").sends("siti request-received", "rina task-assigned")
    desk.counter.receive(desk.counter.mail(text=ANGRY[desk.language], subject="Halo"))
    desk.sends("siti request-received", "rina task-assigned")
    desk.counter.receive(desk.counter.mail(text=f"{ANGRY[desk.language]} Halo?", subject="Halo lagi"))
    desk.sends("siti message-unproven")
    assert len([each for each in desk.counter.cases if each["sop"] == "complaint"]) == 1


def test_angry_words_of_somebody_without_a_request_stay_with_other_mail(desk):
    desk.asks_for("passphrase-loss", "statement", "csr").sends("siti request-received", "rina task-assigned")
    desk.counter.receive(desk.counter.mail("budi@contohkota.go.id", ANGRY[desk.language], subject="Halo"))
    desk.sends()
