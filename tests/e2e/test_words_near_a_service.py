"""Everyday words that are spelled nearly like a service's are no request for it; a real misspelling still is."""

import pytest

from tests.support.counter import Counter

APART = {
    "kami mengajukan": ("Permohonan", "Dengan hormat, kami mengajukan permohonan izin penggunaan ruang rapat tanggal 20 Maret."),
    "pengadaan": ("Pengadaan laptop", "Mohon informasi jadwal pengadaan laptop tahun ini."),
    "pengaturan": ("Pengaturan jaringan", "Mohon bantuan pengaturan jaringan di ruang kami."),
    "mengajukan cuti": ("Cuti", "Saya mengajukan cuti tahunan, mohon arahan."),
    "pengajian": ("Pengajian rutin", "Mohon kehadiran Bapak/Ibu pada pengajian rutin."),
    "memasukkan": ("Data pegawai", "Mohon bantu memasukkan data pegawai baru ke aplikasi."),
    "lampu": ("Lampu", "Mohon diganti, lampu dan password wifi ruang rapat tidak berfungsi."),
}  # fmt: skip
MEANT = {
    "a doubled letter": ("Pengaduaan", "Saya ingin menyampaikan pengaduaan.", "complaint"),
    "a letter lost": ("Perpanjagan sertfikat", "Mohon bantuannya.", "renewal"),
    "another voice of the verb": ("Permohonan", "Mohon sertifikatnya diperpanjang.", "renewal"),
    "the everyday voice": ("TTE", "Min, tolong cabutkan sertipikat saya.", "revocation"),
}


@pytest.fixture(scope="module")
def counter(tmp_path_factory):
    with Counter(tmp_path_factory.mktemp("counter")) as counter:
        yield counter


@pytest.mark.parametrize(("subject", "text"), APART.values(), ids=APART)
def test_a_word_of_its_own_opens_no_request(counter, subject, text):
    counter.receive(counter.mail(text=text, subject=subject))
    assert counter.cases == []


@pytest.mark.parametrize(("subject", "text", "service"), MEANT.values(), ids=MEANT)
def test_a_misspelling_that_is_no_word_and_every_form_of_a_word_is_understood(
    counter, subject, text, service
):
    counter.receive(counter.mail(text=text, subject=subject))
    assert counter.case["sop"] == service
