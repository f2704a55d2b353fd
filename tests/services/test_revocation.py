"""SOP Pencabutan, mail by mail: by the owner, by somebody else, many in one letter, and in a hurry."""

from datetime import timedelta

from tests.support.counter import OFFICER


def owners(desk):
    desk.asks_for("revocation", "letter").sends("siti request-received", "rina task-assigned")
    return (
        desk.officer("PEMILIK")
        .sends("rina task-assigned")
        .stands("revocation", "check", "waiting_for_officer")
    )


def test_row_by_row_to_the_revocation(desk):
    desk.asks_for("revocation").sends("siti request-incomplete")
    desk.answers("Ini suratnya", "letter").sends("siti request-received", "rina task-assigned")
    desk.officer("PEMILIK").sends("rina task-assigned")
    desk.officer("SETUJU").sends("rina task-assigned").stands("revocation", "identify", "waiting_for_officer")
    desk.officer("SETUJU").sends("rina task-assigned").stands("revocation", "revoke", "waiting_for_officer")
    desk.officer("SELESAI").sends("siti certificate-revoked").ends("revocation", "revoked").quiet()


def test_one_sitting_needs_one_word(desk):
    desk.asks_for("revocation", "letter").sends("siti request-received", "rina task-assigned")
    desk.officer("SELESAI").sends("siti certificate-revoked").ends("revocation", "revoked").quiet()
    timeline = desk.counter.case["timeline"]
    assert "covers row" in str(timeline)


def test_what_is_not_yet_applied_for_in_ams_is_asked_for_there(desk):
    owners(desk).officer("BELUM").sends("siti step-next").stands(
        "revocation", "apply-in-ams", "waiting_for_applicant"
    )
    assert not desk.attached(), "the signed letter is on file: no draft of it"
    desk.answers("SUDAH").sends("siti step-noted", "rina task-assigned")
    desk.officer("KURANG belum terlihat").sends("siti step-next")
    desk.answers("SUDAH").sends("siti step-noted", "rina task-assigned")
    desk.officer("SELESAI").sends("siti certificate-revoked").ends("revocation", "revoked")


def test_there_may_be_nothing_to_revoke(desk):
    owners(desk).officer("NIHIL").sends("siti nothing-to-revoke").ends(
        "revocation", "nothing-to-revoke"
    ).quiet()


def test_a_subject_dn_that_does_not_match_asks_for_the_letter_again(desk):
    owners(desk).officer("SETUJU").sends("rina task-assigned")
    desk.officer("KURANG Subject DN berbeda").sends("siti request-incomplete")
    desk.answers("Surat baru", "letter again").sends("siti request-received", "rina task-assigned")
    desk.stands("revocation", "check", "waiting_for_officer")  # whose it is has been said already
    desk.officer("TOLAK bukan milik pemohon").sends("siti request-rejected").ends(
        "revocation", "rejected"
    ).quiet()


def test_what_another_asks_for_is_the_officials_to_decide(desk):
    desk.asks_for("revocation", "letter").sends("siti request-received", "rina task-assigned")
    desk.officer("LAIN").sends("dewi task-assigned").stands(
        "revocation", "third-party", "waiting_for_official"
    )
    desk.officer("SETUJU", "dewi").sends("rina task-assigned").stands(
        "revocation", "check", "waiting_for_officer"
    )
    desk.officer("SELESAI").sends("siti certificate-revoked").ends("revocation", "revoked")


def test_the_official_may_refuse_what_another_asks_for(desk):
    desk.asks_for("revocation", "letter").officer("LAIN").officer("TOLAK tanpa surat kuasa", "dewi")
    desk.sends("siti request-received", "rina task-assigned", "dewi task-assigned", "siti request-rejected")
    desk.ends("revocation", "rejected").quiet()


def test_a_compromised_key_jumps_the_queue_and_alerts_at_once(desk):
    desk.asks_for("revocation", "leak").sends(
        "siti request-received", "rina task-assigned", "dewi task-urgent"
    )
    assert "[Mendesak]" in desk.text("rina")
    assert desk.case("revocation")["due"] - desk.counter.clock.moment == timedelta(hours=2)
    desk.officer("SELESAI").sends("siti certificate-revoked").quiet()


IN_A_HURRY = {
    "id": "Mohon sertifikat saya segera dicabut, laptop saya dicuri tadi malam.",
    "en": "My laptop was stolen last night, please revoke my certificate immediately.",
}


EVERYDAY = {
    "id": "Laptop kantor saya dicuri kemarin. TTE saya gimana ini?",
    "en": "My laptop was stolen yesterday. What about my certificate?",
}


def test_who_lost_a_device_with_the_certificate_need_not_know_what_the_service_is_called(desk):
    desk.asks_for("revocation", text=EVERYDAY[desk.language])
    desk.counter.receive(
        desk.counter.mail("lain@contohkota.go.id", "Laptop saya hilang, cara lapor aset?", subject="Aset")
    )
    desk.sends("siti request-received", "rina task-assigned", "dewi task-urgent")


def test_who_is_named_in_a_request_and_does_not_want_it_is_shown_to_its_officer(desk):
    desk.asks_for("revocation", "many", who="kepegawaian@contohkota.go.id")
    desk.sends("kepegawaian@contohkota.go.id request-received", "rina task-assigned")
    mail = desk.counter.mail(
        "maya@contohkota.go.id",
        "Sertifikat saya jangan dicabut, saya masih aktif.",
        subject="Pencabutan sertifikat",
        name="Maya Puspita Ningrum",
    )
    desk.counter.receive(mail)
    desk.sends("rina message-unsorted")
    assert "jangan dicabut" in desk.text("rina")
    assert len(desk.counter.cases) == 1


def test_what_is_urgent_waits_for_no_letter_and_ends_as_revoked(desk):
    desk.asks_for("revocation", text=IN_A_HURRY[desk.language])
    desk.sends("siti request-received", "rina task-assigned", "dewi task-urgent")
    assert "[Mendesak]" in desk.text("rina")
    assert ("kami dahulukan" if desk.language == "id" else "put first") in desk.text("siti")
    desk.officer("SELESAI").sends("siti certificate-revoked").ends("revocation", "revoked").quiet()


def test_an_urgent_one_may_still_be_asked_for_its_letter(desk):
    desk.asks_for("revocation", text=IN_A_HURRY[desk.language])
    desk.sends("siti request-received", "rina task-assigned", "dewi task-urgent")
    desk.officer("KURANG surat keterangan").sends("siti request-incomplete")
    desk.answers("Ini suratnya", "letter").sends("siti request-received", "rina task-assigned")


def test_urgency_learnt_while_the_applicant_is_at_it_in_ams_is_an_officers_to_act_on(desk):
    desk.asks_for("data-change", "form", "support").officer("SELESAI").officer("ADA")
    desk.sends(
        "siti request-received",
        "rina task-assigned",
        "siti data-change-made",
        "rina task-assigned",
        "siti step-next",
    )
    words = {"id": "Gawat, passphrase saya bocor!", "en": "Help, my passphrase leaked!"}
    desk.answers(words[desk.language]).stands("revocation", "apply-in-ams", "waiting_for_officer")
    desk.officer("SELESAI").ends("revocation", "revoked").ends("data-change", "changed")


def test_a_form_of_many_persons_is_one_request_and_one_of_them_may_be_excepted(desk):
    desk.asks_for("revocation", "many").sends("siti request-received", "rina task-assigned")
    for words in ("Maya", "menyangkut 3 orang"):
        assert words in desk.text("rina")
    desk.officer("SELESAI").sends("rina word-not-understood").stands(
        "revocation", "requester", "waiting_for_officer"
    )
    desk.officer("PEMILIK").sends("rina task-assigned")
    desk.officer("SETUJU KECUALI 3").sends("rina task-assigned", "rina task-assigned", "siti request-split")
    rest, whole = [each for each in desk.counter.cases if each["sop"] == "revocation"]
    assert (rest["step"], whole["step"], rest["parent"]) == ("check", "identify", whole["id"])
    assert "Maya" in desk.text("siti")


def test_silence_lapses_it(desk):
    desk.asks_for("revocation").sends("siti request-incomplete").alarm().alarm().alarm()
    desk.sends("siti request-reminder", "siti request-reminder", "siti request-lapsed").ends(
        "revocation", "lapsed"
    ).quiet()


def test_what_somebody_else_asks_for_is_told_to_the_holder_who_may_object_until_it_is_decided(desk):
    aide = "ajudan@contohkota.go.id"
    desk.asks_for("revocation", "letter", who=aide, name="Ajudan Kepala Dinas")
    desk.sends(f"{aide} request-received", "siti holder-told", "rina task-assigned")
    assert "Ajudan Kepala Dinas" in desk.text("siti")
    before = desk.counter.task_letter(OFFICER)
    desk.answers("BUKAN").sends("siti holder-noted", "rina task-assigned")
    assert "PEMEGANG SERTIFIKAT BERKEBERATAN" in desk.text("rina")
    desk.counter.receive(desk.counter.mail(OFFICER, "SELESAI", answers=before))
    desk.sends("rina word-void").stands("revocation", "requester", "waiting_for_officer")
    desk.officer("TOLAK Pemegang tidak menghendaki.").sends(f"{aide} request-rejected")
