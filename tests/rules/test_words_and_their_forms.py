"""Which written forms are words, which of them say the same, and which misspelling is taken for which word."""

import pytest

from rules.language.lexicon import is_word, lemma
from rules.language.tolerance import means, nearest


@pytest.mark.parametrize(
    ("root", "forms"),
    [
        ("aju", "mengajukan diajukan ajukan pengajuan ajukanlah kuajukan ngajuin"),
        ("cabut", "mencabut dicabut pencabutan mencabutnya dicabutkan cabutin"),
        ("panjang", "perpanjangan memperpanjang diperpanjang perpanjang perpanjangannya"),
        ("terbit", "penerbitan menerbitkan diterbitkan terbit"),
        ("tulis", "menulis penulisan ditulis tulisan"),
        ("kirim", "mengirim pengiriman dikirimkan kirimkan"),
        ("simpan", "menyimpan disimpan penyimpanan"),
        ("pakai", "memakai dipakai pemakaian"),
    ],
)
def test_affixes_are_taken_off_by_rule(root, forms):
    assert {lemma(form) for form in forms.split()} == {root}
    assert all(is_word(form) for form in forms.split())


@pytest.mark.parametrize(
    ("written", "wanted"),
    [
        *(("diajukan", "mengajukan"), ("pengajuan", "mengajukan"), ("dicabut", "cabut"), ("cabutkan", "cabut")),
        *(("mengubah", "perubahan"), ("diperpanjang", "perpanjangan"), ("datanya", "data"), ("dimohon", "permohonan")),
        *(("certificates", "certificate"), ("revoked", "revoke"), ("renewing", "renew")),
        *(("sertfikat", "sertifikat"), ("sertfikatnya", "sertifikat"), ("pasphrase", "passphrase")),
        *(("pengaduaan", "pengaduan"), ("pencabutn", "pencabutan"), ("lupaa", "lupa"), ("lpua", "lupa")),
    ],
)  # fmt: skip
def test_a_form_of_the_word_and_a_slip_of_the_finger_are_the_word(written, wanted):
    assert means(written, wanted)


@pytest.mark.parametrize(
    ("written", "wanted"),
    [
        *(("mengajukan", "mengadukan"), ("pengadaan", "pengaduan"), ("pengaturan", "pengaduan"), ("pengakuan", "pengajuan")),
        *(("memasukkan", "memasuki"), ("melupakan", "lupa"), ("ditinggalkan", "meninggal"), ("mengangkat", "perangkat")),
        *(("adu", "pengaduan"), ("baru", "pembaruan"), ("mengingatkan", "ingat"), ("masalah", "masa")),
        *(("pengadan", "pengaduan"), ("oranges", "orang"), ("lusa", "lupa"), ("berlalu", "berlaku"), ("emal", "ema")),
    ],
)  # fmt: skip
def test_another_word_is_not_nor_a_slip_that_may_be_two(written, wanted):
    assert not means(written, wanted)


def test_what_is_only_asked_back_may_be_near_two():
    assert nearest("dafter", ("daftar", "antrean")) == "daftar"
    assert nearest("catatan", ("catat",)) == ""
