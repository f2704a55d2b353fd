"""SOP Lupa Passphrase, mail by mail: the main path, each refusal, each branch, each time that passes."""

from babel.dates import format_date


def approved(desk):
    desk.asks_for("passphrase-loss", "statement", "csr").sends("siti request-received", "rina task-assigned")
    return desk.officer("SETUJU").sends("siti request-approved")


def test_from_the_request_to_old_revoked_and_new_issued_in_one_mail(desk):
    desk.asks_for("passphrase-loss", "statement").sends("siti request-incomplete")
    desk.answers("Berikut CSR-nya.", "csr").sends("siti request-received", "rina task-assigned")
    desk.officer("SETUJU").sends("siti request-approved")
    assert "2 dari 3" in desk.text("siti") or "2 of 3" in desk.text("siti")
    desk.stands("passphrase-loss", "revoke-old", "waiting_for_child")
    desk.stands("revocation", "apply-in-ams", "waiting_for_applicant")
    desk.answers("SUDAH").sends("siti step-noted", "rina task-assigned")
    desk.officer("SELESAI").sends("siti step-next").ends("revocation", "revoked")
    desk.answers("SUDAH").sends("siti step-noted", "rina task-assigned")
    desk.officer("SELESAI").sends("siti old-revoked-new-issued").ends("passphrase-loss", "issued")
    closing = desk.text("siti")
    for words in (
        ("telah dicabut", "telah terbit") if desk.language == "id" else ("been revoked", "been issued")
    ):
        assert words in closing
    desk.quiet()


def test_one_number_and_one_thread_for_the_request_and_its_revocation(desk):
    approved(desk).answers("SUDAH").sends("siti step-noted", "rina task-assigned")
    desk.officer("SELESAI").sends("siti step-next")
    number = desk.case("passphrase-loss")["id"]
    letters = [each for each in desk.counter.sent if "siti" in each["To"]]
    assert all(str(each["Subject"]).endswith(number) for each in letters)
    assert desk.case("revocation") | {"id": f"{number}.1", "parent": number} == desk.case("revocation")
    assert all(str(letters[0]["Message-ID"]) in str(each["References"]) for each in letters[1:])


def test_nothing_to_revoke_goes_on_to_the_issuance(desk):
    approved(desk).answers("SUDAH").sends("siti step-noted", "rina task-assigned")
    desk.officer("NIHIL").sends("siti step-next").ends("revocation", "nothing-to-revoke")
    desk.stands("passphrase-loss", "issuance", "waiting_for_applicant")


def test_what_an_officer_finds_missing_is_asked_for_and_completes_it_again(desk):
    desk.asks_for("passphrase-loss", "statement", "csr").sends("siti request-received", "rina task-assigned")
    desk.officer("KURANG CSR dengan kunci lain").sends("siti request-incomplete")
    desk.answers("Ini", "other csr").sends("siti request-received", "rina task-assigned")
    desk.officer("TOLAK unit kerja berbeda").sends("siti request-rejected").ends(
        "passphrase-loss", "rejected"
    )
    assert "unit kerja berbeda" in desk.text("siti")
    desk.quiet()


def test_a_revocation_that_is_refused_is_an_officers_to_decide(desk):
    approved(desk).answers("SUDAH").sends("siti step-noted", "rina task-assigned")
    desk.officer("TOLAK data tidak cocok").sends("siti request-rejected", "rina task-assigned")
    desk.stands("passphrase-loss", "not-revoked", "waiting_for_officer")
    desk.officer("KURANG mohon ajukan lagi").sends("siti step-next")
    desk.stands("passphrase-loss", "revoke-old", "waiting_for_child")
    desk.answers("SUDAH").sends("siti step-noted", "rina task-assigned")
    desk.officer("SELESAI").sends("siti step-next")
    desk.stands("passphrase-loss", "issuance", "waiting_for_applicant")


def test_the_issuance_that_is_given_up_rejects_the_request(desk):
    approved(desk).answers("SUDAH").officer("SELESAI").answers("SUDAH")
    desk.sends(
        "siti step-noted", "rina task-assigned", "siti step-next", "siti step-noted", "rina task-assigned"
    )
    desk.officer("KURANG belum ada pengajuan").sends("siti step-next")
    desk.answers("SUDAH").sends("siti step-noted", "rina task-assigned")
    desk.officer("TOLAK pegawai sudah pindah").sends("siti request-rejected").ends(
        "passphrase-loss", "rejected"
    )


def test_silence_before_it_is_complete_is_reminded_twice_then_lapses_and_an_answer_opens_it(desk):
    desk.asks_for("passphrase-loss", "statement").sends("siti request-incomplete")
    desk.alarm().sends("siti request-reminder").alarm().sends("siti request-reminder")
    assert "tutup" in desk.text("siti") or "close" in desk.text("siti")
    desk.alarm().sends("siti request-lapsed").ends("passphrase-loss", "lapsed")
    desk.answers("Maaf, saya baru sempat. Akan saya kirim.").sends("siti request-incomplete")
    desk.answers("Ini", "csr").sends("siti request-received", "rina task-assigned")


def test_silence_about_ams_is_never_done_but_an_officer_looks(desk):
    approved(desk).alarm().sends("siti request-reminder").alarm().sends("siti request-reminder")
    desk.alarm().sends("rina task-assigned").stands("revocation", "apply-in-ams", "waiting_for_officer")


def test_the_promise_is_watched_half_four_fifths_and_its_end(desk):
    desk.asks_for("passphrase-loss", "statement", "csr").sends("siti request-received", "rina task-assigned")
    desk.alarm().sends("rina task-reminder").alarm().sends("rina task-reminder")
    desk.alarm().sends("dewi task-overdue", "siti request-late")


def test_cancelling_during_the_revocation_ends_both(desk):
    approved(desk).answers("BATAL").sends("siti request-cancelled")
    desk.ends("passphrase-loss", "cancelled").ends("revocation", "cancelled").quiet()


def test_an_aide_writes_and_the_holder_confirms_from_the_registered_address(desk):
    aide = "ajudan@contohkota.go.id"
    desk.asks_for("passphrase-loss", "statement", "csr", who=aide, name="Ajudan Kepala Dinas")
    desk.sends(f"{aide} request-incomplete", "siti holder-asked")
    desk.answers("BENAR").sends("siti holder-noted", f"{aide} request-received", "rina task-assigned")
    desk.officer("SETUJU").sends(f"{aide} request-approved")


def aides(desk, aide="ajudan@contohkota.go.id"):
    desk.asks_for("passphrase-loss", "statement", "csr", who=aide, name="Ajudan Kepala Dinas")
    return desk.sends(f"{aide} request-incomplete", "siti holder-asked")


def test_a_holder_who_knows_nothing_of_it_ends_it_and_everybody_is_told(desk):
    aides(desk).answers("BUKAN")
    desk.sends("siti holder-noted", "ajudan@contohkota.go.id request-denied", "rina task-assigned")
    desk.ends("passphrase-loss", "cancelled")
    for words in ("BUKAN DARINYA", "Ajudan Kepala Dinas", "ajudan@contohkota.go.id"):
        assert words in desk.text("rina")


def test_a_holder_may_take_a_confirmation_back(desk):
    aides(desk).answers("BENAR")
    desk.sends("siti holder-noted", "ajudan@contohkota.go.id request-received", "rina task-assigned")
    desk.answers("BUKAN")
    desk.sends("siti holder-noted", "ajudan@contohkota.go.id request-denied", "rina task-assigned")
    desk.ends("passphrase-loss", "cancelled")


def test_other_words_of_the_holder_are_read_by_an_officer_and_asked_again(desk):
    aides(desk).answers("Saya tidak pernah meminta ini, siapa yang mengirim?")
    desk.sends("siti holder-asked", "rina task-assigned").stands(
        "passphrase-loss", "apply", "waiting_for_applicant"
    )
    assert "siapa yang mengirim" in desk.text("rina")


def test_a_holder_who_writes_a_mail_of_their_own_is_heard_as_the_holder(desk):
    """Without proof their words decide nothing, but an officer reads them, and they are asked at their own address."""
    number = aides(desk).case("passphrase-loss")["id"]
    words = {"id": "BUKAN. Saya tidak tahu-menahu.", "en": "NOT mine, I know nothing of it."}
    for _ in range(5):
        mail = desk.counter.mail(text=words[desk.language], subject=f"Re: konfirmasi {number}")
        desk.counter.receive(mail)
    desk.sends(
        "siti holder-asked",
        "rina task-assigned",
        *("siti holder-asked", "rina task-reminder") * 2,
    )
    assert "PEMEGANG" in desk.text("rina").upper()
    desk.stands("passphrase-loss", "apply", "waiting_for_applicant")
    desk.answers("BUKAN").ends("passphrase-loss", "cancelled")


NO_YES = {
    "id": ("Ya tolong jangan diproses", "Benar-benar bukan saya", "Benar, tapi saya tidak minta CSR baru"),
    "en": ("Yes please do not process it", "Confirm? No, not me", "Yes, but I asked for no CSR"),
}


def test_a_yes_of_the_holder_with_anything_beside_it_is_none(desk):
    aides(desk)
    for words in NO_YES[desk.language]:
        desk.answers(words).stands("passphrase-loss", "apply", "waiting_for_applicant")


def test_a_plain_yes_in_everyday_words_is_one(desk):
    aides(desk).answers({"id": "iya betul pak, terima kasih", "en": "Yes, that was me"}[desk.language])
    desk.stands("passphrase-loss", "verify", "waiting_for_officer")


def test_after_confirming_a_holder_may_still_stop_it_in_their_own_words(desk):
    aides(desk).answers("BENAR").stands("passphrase-loss", "verify", "waiting_for_officer")
    desk.answers({"id": "BATAL, itu bukan dari saya", "en": "CANCEL, not mine"}[desk.language])
    desk.ends("passphrase-loss", "cancelled")


def test_the_officers_answer_to_the_holder_reaches_the_holder(desk):
    aides(desk).answers("BENAR")
    desk.sends("siti holder-noted", "ajudan@contohkota.go.id request-received", "rina task-assigned")
    desk.answers(
        {"id": "Ini untuk apa ya? Siapa yang mengajukan?", "en": "What is this for? Who asked?"}[
            desk.language
        ]
    )
    desk.sends("siti holder-noted", "rina task-assigned")
    assert ("sebelum memutuskan" if desk.language == "id" else "before deciding") in desk.text("siti")
    desk.officer("SELESAI Ajudan Bapak mengajukan atas nama Bapak.").sends("siti question-answered")
    assert "Ajudan Bapak mengajukan atas nama Bapak." in desk.text("siti")


def test_the_holder_who_does_not_answer_is_reminded_too(desk):
    aides(desk).alarm().sends("ajudan@contohkota.go.id request-reminder", "siti holder-asked")


def test_the_approval_says_by_when_the_step_is_to_be_done_and_the_reminder_comes_then(desk):
    approved(desk)
    said = desk.text("siti")
    desk.alarm().sends("siti request-reminder")
    day = format_date(
        desk.counter.clock.moment, "EEEE, d MMMM y", locale="id" if desk.language == "id" else "en_GB"
    )
    by = {"id": f"Mohon dilakukan paling lambat {day}", "en": f"Please do so by {day}"}
    assert by[desk.language] in said
