"""What an officer asks the counter for in a mail of their own, and what is only a mail that begins alike."""

import pytest

from rules.case import Person
from rules.errands import errand, nearly
from rules.words import officer_word


@pytest.mark.parametrize(
    ("text", "kind", "rest"),
    [
        ("ANTREAN", "queue", ""),
        ("Selamat pagi,\nmohon izin. antrian", "queue", ""),
        ("Queue, thanks", "queue", ", thanks"),
        ("LAYANAN CK-26-0001-K", "case", "CK-26-0001-K"),
        ("kasus ck 26 0001 k", "case", "ck 26 0001 k"),
        ("CARI Siti Rahmawati", "find", "Siti Rahmawati"),
        ("CATAT CK-26-0001-K sudah ditelepon", "note", "CK-26-0001-K sudah ditelepon"),
        ("DAFTAR LUPA", "register", "LUPA"),
        ("Help", "help", ""),
    ],
)
def test_the_first_word_says_what_is_asked_for(text, kind, rest):
    found = errand(text, "apa pun")
    assert (found.kind, found.rest) == (kind, rest)


def test_the_subject_speaks_where_the_text_is_empty_and_only_there():
    assert errand("  \n", "Fwd: DAFTAR LUPA").rest == "LUPA"
    assert errand("Mohon dicek", "ANTREAN") is None


@pytest.mark.parametrize(
    "text",
    [
        "Layanan internet kami mati sejak pagi",
        "Bantuan sosial untuk warga sudah cair",
        "Catat ya, besok rapat",
        "Antrean di loket panjang sekali hari ini",
        "Cari siapa saja di bidang kita yang bisa ikut pelatihan tanda tangan elektronik",
        "Noted",
        "Mohon ditindaklanjuti",
        "",
    ],
)
def test_a_mail_about_something_else_asks_for_nothing(text):
    assert errand(text, "") is None


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("Antren", "ANTREAN"),
        ("dafter lupa", "DAFTAR"),
        ("LAYANNA CK-26-0001-K", "LAYANAN"),
        ("Bantun", "BANTUAN"),
    ],
)
def test_a_word_that_is_nearly_right_names_the_word_that_was_meant(text, meant):
    found = errand(text, "")
    assert (found.kind, found.meant) == ("nearly", meant)


def test_short_words_are_near_nothing():
    assert nearly("noted", ("note",)) == ""


LISTED = tuple(
    Person(number=number, name=name)
    for number, name in enumerate(
        (
            "Siti Rahmawati",
            "Agus Prasetyo, S.Pd.",
            "Maya Puspita Ningrum",
            "Sri Rahmawati",
            "Dwi Maya",
        ),
        1,
    )
)


@pytest.mark.parametrize(
    ("reply", "besides"),
    [
        ("SETUJU KECUALI 3", (3,)),
        ("setuju, kecuali nomor 2 dan 5. Terima kasih", (2, 5)),
        ("APPROVE EXCEPT 2, 4", (2, 4)),
        ("Acc besides no. 3", (3,)),
        ("Setuju kecuali 1 2\n\nRina", (1, 2)),
        ("SETUJU KECUALI 2, 4 dan 5", (2, 4, 5)),
        ("Approve, except 2, 4 and 5", (2, 4, 5)),
        ("SETUJU KECUALI 1-3", (1, 2, 3)),
        ("SETUJU KECUALI 1 s.d. 3 dan 5", (1, 2, 3, 5)),
        ("setuju kecuali nomor 2 sampai dengan 4", (2, 3, 4)),
        ("APPROVE EXCEPT 2 to 4", (2, 3, 4)),
        ("SETUJU KECUALI orang ke-3", (3,)),
        ("SETUJU KECUALI maya puspita ningrum", (3,)),
        ("SETUJU KECUALI Agus Prasetyo, S.Pd. dan Sdri. Maya Puspita Ningrum", (2, 3)),
        ("SETUJU KECUALI 3. Maya Puspita Ningrum", (3,)),
        ("SETUJU KECUALI 3\n\n12 Maret 2026\nRina Kusuma\nNIP 19850412 201001 2 007", (3,)),
    ],
)
def test_an_approval_may_leave_persons_out_by_their_numbers(reply, besides):
    spoken = officer_word(reply, {}, LISTED)
    assert (spoken.outcome, spoken.besides) == ("approve", besides)


@pytest.mark.parametrize(
    ("reply", "because"),
    [
        ("SETUJU KECUALI 3 karena NIP-nya salah. Terima kasih", "NIP-nya salah"),
        ("SETUJU KECUALI 3 alasan datanya belum sama", "datanya belum sama"),
        ("SETUJU KECUALI 3 (NIP keliru)", "NIP keliru"),
        ("SETUJU KECUALI 3: berkas kurang lengkap", "berkas kurang lengkap"),
        ("APPROVE EXCEPT 3 because the NIP is wrong", "the NIP is wrong"),
        ("SETUJU KECUALI 3\nAlasan: NIP belum benar\n\nRina", "NIP belum benar"),
        (
            "SETUJU KECUALI 3 karena NIP pada surat tidak sama dengan NIP pada\nsertifikat yang lama\n\nRina",
            "NIP pada surat tidak sama dengan NIP pada sertifikat yang lama",
        ),
    ],
)
def test_what_follows_the_persons_is_the_reason(reply, because):
    spoken = officer_word(reply, {}, LISTED)
    assert (spoken.outcome, spoken.besides, spoken.because) == ("approve", (3,), because)


@pytest.mark.parametrize(
    "reply",
    [
        "SETUJU KECUALI",
        "SETUJU KECUALI Maya",  # two have it
        "SETUJU KECUALI Rahmawati Siti",
        "SETUJU KECUALI 3 dan Agus",
        "SETUJU KECUALI 3 dan lainnya",
        "SETUJU KECUALI 3 dan\n5",
        "SETUJU KECUALI 3,\n5",
        "SETUJU KECUALI 3\n5",
        "SETUJU KECUALI 3\ndan Agus",
        "SETUJU KECUALI 3\n5. Dwi Maya",
        "SETUJU KECUALI 2 Maya Puspita Ningrum",
        "SETUJU KECUALI 2 (Maya)",
        "SETUJU KECUALI 3-1",
        "SETUJU KECUALI 1-3-5",
        "SETUJU KECUALI 3a",
        "SETUJU KECUALI 3 ke atas",
        "SETUJU KECUALI 3 NIP salah",
        "SETUJU KECUALI 3 hari lagi",
        "SETUJU KECUALI 3 karena 4 juga salah",
        "SETUJU KECUALI 3 karena tertukar dengan Agus",
        "SETUJU KECUALI 3 karena NIP salah, yang lain ditunda",
        "SETUJU KECUALI 3 karena NIP salah, tolak saja",
        "SETUJU KECUALI 3 karena NIP salah?",
        "SETUJU KECUALI 3 jika belum lengkap",
        "SETUJU KECUALI 3 TOLAK",
    ],
)
def test_an_exception_of_which_anything_is_not_understood_approves_nobody(reply):
    assert officer_word(reply, {}, LISTED).outcome is None


@pytest.mark.parametrize(
    "reply",
    [
        "SETUJU kecuali NIP salah",
        "setuju kecuali 3 hari lagi",
        "SETUJU kecuali 3\nkecuali yang lain",
        "Setuju\nkecuali 3 belum lengkap",
        "SETUJU kecuali 198504122010012007",
    ],
)
def test_any_other_exception_is_asked_back(reply):
    spoken = officer_word(reply)
    assert spoken.outcome is None
    assert "exception" in spoken.problem_en


def test_kecuali_after_a_refusal_is_only_text():
    assert officer_word("TOLAK kecuali 3").text == "kecuali 3"
