"""SOP Perubahan Data, mail by mail."""


def changed_in_ams(desk):
    desk.asks_for("data-change", "form", "support").sends("siti request-received", "rina task-assigned")
    return desk.officer("SELESAI").sends("siti data-change-made", "rina task-assigned")


def test_without_a_certificate_it_ends_with_the_change(desk):
    desk.asks_for("data-change", "form").sends("siti request-incomplete")
    desk.answers("Ini SK-nya", "support").sends("siti request-received", "rina task-assigned")
    desk.officer("SETUJU").sends("rina task-assigned").stands(
        "data-change", "approve-in-ams", "waiting_for_officer"
    )
    desk.officer("SELESAI").sends("siti data-change-made", "rina task-assigned")
    desk.officer("NIHIL").sends("siti data-changed").ends("data-change", "changed").quiet()


def test_with_a_certificate_it_is_revoked_first_and_one_mail_tells_both(desk):
    changed_in_ams(desk).officer("ADA").sends("siti step-next")
    desk.stands("data-change", "revoke", "waiting_for_child").stands(
        "revocation", "apply-in-ams", "waiting_for_applicant"
    )
    assert "identitas berubah" in desk.text("siti")
    desk.answers("SUDAH").sends("siti step-noted", "rina task-assigned")
    desk.officer("SELESAI").sends("siti data-changed").ends("revocation", "revoked").ends(
        "data-change", "changed"
    )
    assert ("telah dicabut" if desk.language == "id" else "has been revoked") in desk.text("siti")
    desk.quiet()


def test_a_certificate_that_nobody_revokes_is_followed_up_by_an_officer(desk):
    changed_in_ams(desk).officer("ADA").sends("siti step-next").alarm().alarm().alarm()
    desk.sends("siti request-reminder", "siti request-reminder", "rina task-assigned")
    desk.officer("TOLAK tidak diajukan").sends("siti request-rejected", "rina task-assigned")
    desk.stands("data-change", "unrevoked", "waiting_for_officer")
    desk.officer("KURANG mohon segera dicabut").sends("siti step-next").stands(
        "data-change", "revoke", "waiting_for_child"
    )
    desk.answers("SUDAH").sends("siti step-noted", "rina task-assigned")
    desk.officer("TOLAK tidak diajukan").sends("siti request-rejected", "rina task-assigned")
    desk.officer("SELESAI").sends("siti data-changed").ends("data-change", "changed").quiet()


def test_what_does_not_conform_is_asked_back_or_rejected(desk):
    desk.asks_for("data-change", "form", "support").sends("siti request-received", "rina task-assigned")
    desk.officer("KURANG formulir belum ditandatangani").sends("siti request-incomplete")
    desk.answers("Sudah saya perbaiki", "form again").sends("siti request-received", "rina task-assigned")
    desk.officer("TOLAK SK tidak sesuai").sends("siti request-rejected").ends(
        "data-change", "rejected"
    ).quiet()


def test_once_approved_ams_may_still_show_that_something_is_missing(desk):
    desk.asks_for("data-change", "form", "support").sends("siti request-received", "rina task-assigned")
    desk.officer("SETUJU").sends("rina task-assigned")
    desk.officer("KURANG belum diajukan di AMS").sends("siti request-incomplete").stands(
        "data-change", "apply", "waiting_for_applicant"
    )


def test_the_form_comes_prefilled_where_it_is_missing(desk):
    desk.asks_for("data-change").sends("siti request-incomplete")
    assert any(name.endswith(".docx") for name in desk.attached())


def test_silence_lapses_it(desk):
    desk.asks_for("data-change", "form").sends("siti request-incomplete")
    desk.alarm().alarm().alarm().sends(
        "siti request-reminder", "siti request-reminder", "siti request-lapsed"
    )
    desk.ends("data-change", "lapsed").quiet()


def test_cancelling_after_the_change_is_too_late(desk):
    changed_in_ams(desk).answers("BATAL").sends("siti cancellation-too-late", "rina task-assigned")
