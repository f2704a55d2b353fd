"""SOP Pembaruan, mail by mail: by a letter of recommendation, and with a change of data on the way. From the notice: tests/certificates."""


def test_with_the_recommendation_it_is_verified_and_issued(desk):
    desk.asks_for("renewal", "recommendation").sends("siti request-received", "rina task-assigned")
    desk.officer("SETUJU").sends("rina task-assigned").stands("renewal", "issue", "waiting_for_officer")
    desk.officer("SELESAI").sends("siti certificate-issued").ends("renewal", "issued").quiet()


def test_one_sitting_needs_one_word(desk):
    desk.asks_for("renewal", "recommendation").sends("siti request-received", "rina task-assigned")
    desk.officer("SELESAI").sends("siti certificate-issued").ends("renewal", "issued").quiet()


def test_without_it_the_applicant_is_asked_whether_the_data_are_right(desk):
    desk.asks_for("renewal").sends("siti question-asked").stands(
        "renewal", "data-right", "waiting_for_applicant"
    )
    desk.answers("BENAR").sends("siti request-incomplete").stands(
        "renewal", "recommend", "waiting_for_applicant"
    )
    desk.answers("Ini SR-nya", "recommendation").sends("siti request-received", "rina task-assigned")


def test_changed_data_are_changed_first_under_the_same_number(desk):
    desk.asks_for("renewal").answers("UBAH").sends("siti question-asked", "siti request-incomplete")
    desk.stands("renewal", "change", "waiting_for_child").stands(
        "data-change", "apply", "waiting_for_applicant"
    )
    desk.answers("Ini formulirnya", "form", "support").sends("siti request-received", "rina task-assigned")
    desk.officer("SELESAI").sends("siti data-change-made", "rina task-assigned")
    desk.officer("NIHIL").sends("siti request-incomplete").ends("data-change", "changed")
    assert desk.case("renewal")["id"] in desk.text("siti")
    desk.answers("Ini SR-nya", "recommendation").sends("siti request-received", "rina task-assigned")
    desk.officer("SELESAI").sends("siti certificate-issued").ends("renewal", "issued").quiet()
    assert ("telah diubah" if desk.language == "id" else "have been changed") in desk.text("siti")


def test_a_change_that_owns_a_certificate_has_it_revoked_on_the_way(desk):
    desk.asks_for("renewal").answers("UBAH").answers("Ini", "form", "support").officer("SELESAI").officer(
        "ADA"
    )
    desk.stands("revocation", "apply-in-ams", "waiting_for_applicant")
    desk.answers("SUDAH").officer("SELESAI").ends("revocation", "revoked").ends("data-change", "changed")
    desk.stands("renewal", "recommend", "waiting_for_applicant")
    assert desk.case("revocation")["parent"].endswith(".1")


def test_a_change_that_is_refused_is_an_officers_to_decide(desk):
    desk.asks_for("renewal").answers("UBAH").answers("Ini", "form", "support")
    desk.sends(
        "siti question-asked", "siti request-incomplete", "siti request-received", "rina task-assigned"
    )
    desk.officer("TOLAK tidak didukung SK").sends("siti request-rejected", "rina task-assigned")
    desk.stands("renewal", "not-changed", "waiting_for_officer")
    desk.officer("SETUJU").sends("siti request-incomplete").stands(
        "renewal", "recommend", "waiting_for_applicant"
    )


def test_an_officer_may_end_it_where_the_change_was_refused(desk):
    desk.asks_for("renewal").answers("UBAH").answers("Ini", "form", "support").officer(
        "TOLAK tidak didukung SK"
    )
    desk.officer("TOLAK data harus benar dahulu").ends("renewal", "rejected").quiet()


def test_who_has_applied_already_is_looked_after_in_ams(desk):
    desk.asks_for("renewal").answers("SUDAH").sends(
        "siti question-asked", "siti request-received", "rina task-assigned"
    )
    desk.stands("renewal", "verify", "waiting_for_officer")
    desk.officer("SELESAI").sends("siti certificate-issued").ends("renewal", "issued").quiet()


def test_what_does_not_conform_is_asked_back_or_rejected(desk):
    desk.asks_for("renewal", "recommendation").sends("siti request-received", "rina task-assigned")
    desk.officer("KURANG nomor surat belum ada").sends("siti request-incomplete")
    desk.answers("Surat baru", "recommendation again").sends("siti request-received", "rina task-assigned")
    desk.officer("TOLAK sertifikat sudah berakhir").sends("siti request-rejected").ends(
        "renewal", "rejected"
    ).quiet()


def test_a_letter_for_three_is_decided_as_a_whole_or_with_an_exception(desk):
    desk.asks_for("renewal", "recommendation of three").sends("siti request-received", "rina task-assigned")
    desk.officer("SETUJU KECUALI 2").sends("rina task-assigned", "rina task-assigned", "siti request-split")
    rest, whole = desk.counter.cases
    assert (rest["step"], whole["step"]) == ("verify", "issue")
    desk.officer("TOLAK NIP keliru").sends("siti request-rejected")
    assert [each["ending"] for each in desk.counter.cases] == ["rejected", None]


def test_silence_is_reminded_of_and_lapses(desk):
    desk.asks_for("renewal").sends("siti question-asked").alarm().alarm().alarm()
    desk.sends("siti request-reminder", "siti request-reminder", "siti request-lapsed").ends(
        "renewal", "lapsed"
    ).quiet()
