"""What an officer's reply decides, and above all what it does not."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rules.words import officer_word

DECLARED = {"revoked": ("DICABUT", "REVOKED")}


@pytest.mark.parametrize(
    ("reply", "outcome"),
    [
        ("SETUJU", "approve"),
        ("disetujui.", "approve"),
        ("*Setuju*", "approve"),
        ("ACC!!", "approve"),
        ("Approve", "approve"),
        ("Selamat pagi, mohon izin. Acc", "approve"),
        (
            "Assalamu\N{RIGHT SINGLE QUOTATION MARK}alaikum wr. wb.\nMohon ijin Bu, ACC\nTerima kasih",
            "approve",
        ),
        ("Yth. Pak Budi Santoso,\n\nSETUJU\n\nRina", "approve"),
        ("Baik Pak, setuju.", "approve"),
        ("SETUJU, terima kasih", "approve"),
        ("Setuju, data sudah sesuai", "approve"),
        ("SETUJU Pak Budi Hartono, terima kasih atas kerja samanya", "approve"),
        (
            "Acc Bu, berkas lengkap dan benar.\n\nHormat saya,\nRina Kusuma, S.Kom.\nSent from my phone",
            "approve",
        ),
        ("Setuju, sudah saya periksa", "approve"),
        ("SETUJU CK-26-0001-K", "approve"),
        ("Approved, thank you very much", "approve"),
        (
            "Setuju\nRina\n\nThis message is confidential. If you are not the recipient, do not use it.",
            "approve",
        ),
        ("TOLAK data berbeda", "reject"),
        ("Siang Bu, mohon maaf DITOLAK karena NIP keliru", "reject"),
        ("KURANG 1", "incomplete"),
        ("incomplete: a clearer photo", "incomplete"),
        ("SELESAI, nomor seri 9A07", "done"),
        ("Done", "done"),
        ("PEJABAT mohon arahan", "escalate"),
        ("AMBIL", "take"),
        ("batal", "undo"),
        ("KABULKAN", "grant"),
        ("DICABUT tadi pagi", "revoked"),
        ("SELESAI, sudah terbit di AMS pukul 10.30", "done"),
        ("Saya setuju", "approve"),
        ("Oke setuju", "approve"),
        ("setuju pak, silakan diproses", "approve"),
        ("SETUJU. Tidak ada masalah", "approve"),
        ("Acc. Mohon ditindaklanjuti ya", "approve"),
        ("SETUJU\n\nRina Kusuma\nPejabat Fungsional Pranata Komputer", "approve"),
        ("TOLAK tidak sesuai data di AMS", "reject"),
        ("TOLAK, karena atasan belum setuju\nSurat juga belum ditandatangani", "reject"),
        ("KURANG jelas fotonya", "incomplete"),
        ("PEJABAT karena data tidak cocok", "escalate"),
    ],
)
def test_the_first_word_that_greets_nobody_decides(reply, outcome):
    assert officer_word(reply, DECLARED).outcome == outcome


@pytest.mark.parametrize(
    ("reply", "why"),
    [
        ("tidak setuju", "saying no"),
        ("Pak, jangan disetujui", "saying no"),
        ("belum selesai", "saying no"),
        ("don't approve", "saying no"),
        ("kurang setuju", "saying no"),
        ("SETUJU TOLAK", "more than one keyword"),
        ("SETUJU tapi KURANG tanda tangan", "more than one keyword"),
        ("SETUJU\n\nKURANG 1 \N{EN DASH} foto", "more than one keyword"),
        ("SETUJU teruskan ke AMS", "more than one keyword"),
        ("DICABUT dan SELESAI", "more than one keyword"),
        ("SELESAI, BATAL saja", "more than one keyword"),
        ("TERUSKAN", "two things"),
        ("Lanjutkan", "two things"),
        ("ok", "two things"),
        ("setuju, asal dilengkapi", "condition"),
        ("Setuju\nTapi lengkapi dahulu suratnya", "condition"),
        ("setuju gak ya", "condition"),
        ("SELESAI belum", "condition"),
        ("Setuju dengan catatan surat diperbaiki", "condition"),
        ("Setuju setelah surat diperbaiki", "condition"),
        ("ACC dg catatan", "condition"),
        ("Setuju nanti setelah saya cek", "condition"),
        ("Setuju ditunda dulu", "condition"),
        ("Setuju utk dikembalikan", "condition"),
        ("Setuju sepanjang berkasnya lengkap", "condition"),
        ("Approve after checking", "condition"),
        ("Acc Pak Budi saja yang tangani", "condition"),
        ("ACC PAK BUDI SAJA YANG TANGANI", "condition"),
        ("Setuju, lanjut", "condition"),
        ("Setuju\n\nMaaf ralat: belum, tunggu surat asli", "condition"),
        ("Setuju.\nTerima kasih, namun suratnya mohon dilengkapi", "condition"),
        ("Setuju\nsetelah surat diperbaiki", "condition"),
        ("setuju?", "question"),
        ("SETUJU kalau boleh tahu ini siapa?", "condition"),
        ("SELESAI. Subject DN tidak cocok", "condition"),
        ("selesai nanti sore", "condition"),
        ("SELESAI\n\nmaaf belum dicabut", "condition"),
        ("SELESAI\nmaaf salah kirim, belum saya cabut", "condition"),
        ("SELESAI nanti saya cek dulu", "condition"),
        ("SELESAI\nmaaf, bukan untuk kasus ini", "condition"),
        ("DICABUT, yang baru belum", "condition"),
        ("DICABUT bukan", "condition"),
        ("DICABUT kali saja", "condition"),
        ("DICABUT\n\nmaaf salah, SELESAI", "condition"),
        ("SETUJU\n\neh maaf, TOLAK", "more than one keyword"),
        ("SETUJU\nmaaf, tolak saja, NIP salah", "more than one keyword"),
        ("SETUJU\n\nMaaf salah ketik, maksud saya ditolak.", "condition"),
        ("TOLAK\n\nEh, maaf, SETUJU", "more than one keyword"),
        ("TOLAK jangan dulu, tunggu saya cek", "condition"),
        ("Tolak? sepertinya NIP salah", "question"),
        ("tolak atau setuju terserah pejabat", "condition"),
        ("kurang yakin", "no keyword"),
        ("KURANG apa ya?", "no keyword"),
        ("Kurang tahu saya, tanya Pak Budi", "no keyword"),
        ("KURANG, eh tidak jadi, setuju", "more than one keyword"),
        ("PEJABAT tidak perlu, SETUJU", "condition"),
        ("Pejabat sedang rapat, nanti saya tanyakan", "condition"),
        ("SETUJU/TOLAK", "no keyword"),
        ("SETUJUI", "no keyword"),
        ("Bu sebaiknya ditunda, SETUJU", "no keyword"),
        ("Terima kasih", "no keyword"),
        ("> SETUJU", "no keyword"),
        ("Mohon info\n> SETUJU", "no keyword"),
        ("Saya sedang cuti. Surat Anda: SETUJU", "no keyword"),
        ("", "no new text"),
        ("   \n", "no new text"),
    ],
)
def test_half_a_word_is_asked_back_with_the_reason(reply, why):
    spoken = officer_word(reply, DECLARED)
    assert spoken.outcome is None
    assert why in spoken.problem_en
    assert spoken.problem


@pytest.mark.parametrize(
    ("reply", "numbers", "text"),
    [
        ("KURANG 1 2", (1, 2), ""),
        ("KURANG 1, 2 dan 3: foto buram", (1, 2, 3), "foto buram"),
        ("kurang no. 2", (2,), ""),
        ("KURANG 2 minta surat yang jelas", (2,), "minta surat yang jelas"),
        ("TOLAK 1", (1,), ""),
        ("KURANG 1 berkas", (), "1 berkas"),
        ("KURANG 2 lembar surat", (), "2 lembar surat"),
        ("KURANG 198504122010012007", (), "198504122010012007"),
        ("KURANG 1 1", (1,), ""),
        ("KURANG\nfoto surat buram\nmohon dikirim ulang", (), "foto surat buram\nmohon dikirim ulang"),
        ("TOLAK, data tidak sesuai; saya tidak setuju", (), "data tidak sesuai; saya tidak setuju"),
        ("TOLAK karena belum SELESAI di AMS?", (), "karena belum SELESAI di AMS?"),
    ],
)
def test_numbers_and_free_text_after_tolak_and_kurang(reply, numbers, text):
    spoken = officer_word(reply)
    assert spoken.outcome in {"reject", "incomplete"}
    assert (spoken.numbers, spoken.text) == (numbers, text)


def test_a_rows_own_word_counts_only_in_its_row():
    assert officer_word("DICABUT", DECLARED).outcome == "revoked"
    assert officer_word("DICABUT").outcome is None


def test_the_word_is_kept_as_written():
    assert officer_word("Selamat pagi, Disetujui").word == "Disetujui"


@given(st.text(max_size=200))
def test_any_text_is_answered_without_failing(text):
    spoken = officer_word(text, DECLARED)
    assert (spoken.outcome is None) == bool(spoken.problem)


@given(st.text(alphabet=st.characters(categories=["Ll", "Lu", "Zs", "Po"]), max_size=60))
def test_after_a_negation_nothing_is_ever_approved(text):
    assert officer_word(f"tidak {text} SETUJU").outcome is None


@pytest.mark.parametrize("reply", ["SELESAI nanti saya kabari", "SELESAI?", "SELESAI, eh maaf salah"])
def test_a_free_text_is_guarded_against_what_says_that_it_is_not_meant_so(reply):
    assert officer_word(reply, free={"done"}).outcome is None


def test_where_the_task_takes_a_text_it_may_say_anything():
    spoken = officer_word("SELESAI Telepon belum dapat diperbaiki, tetapi ada nomor lain.", free={"done"})
    assert (spoken.outcome, spoken.text) == ("done", "Telepon belum dapat diperbaiki, tetapi ada nomor lain.")
