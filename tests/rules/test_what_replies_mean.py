"""What a reply means: thanks hide nothing, a request is called off only by who says so, a step is done only where it is."""

import pytest

from parsers.facts import MessageFacts, Origin
from rules.hearing.replies import QUIET, reply
from rules.match import match
from rules.reasons import danger_in
from tests.rules.counter import SOPS

LOUD = """\
Terima kasih. Nama saya di sertifikat ternyata nama orang lain.
Baik pak, tapi saya tidak punya laptop.
Terima kasih, tetapi nomor HP saya sudah ganti.
Siap. Sertifikatnya atas nama siapa itu?
Trims pak, tolong telepon saya.
Sudah saya terima, terima kasih. Kok NIP saya beda.
Alhamdulillah sudah. Tinggal satu lagi, email saya lama.
Ok, nanti saya kirim kalau sudah diperbolehkan pimpinan, beliau masih ragu.
Baik, saya kirim besok, tapi laptop saya kemarin dicuri.
terima kasih, saya sudah pindah dinas
Terima kasih atas bantuannya, namun hasilnya belum bisa dipakai.
Noted. Btw passphrase saya dipegang staf.
Terima kasih. Surat itu dibuat oleh sekretaris saya.
Siap pak. Yang kemarin itu salah kirim.
Terima kasih, permohonan yang mana ya?
Baik, akan saya tanyakan ke Pak Camat apakah boleh.
matur nuwun, nanging kulo dereng paham
Terima kasih, saya tunggu sampai kapan?
Besok saya kirim, tapi CSR-nya dibuatkan orang luar, tidak apa-apa?
Terima kasih. Itu bukan tanda tangan saya.
""".splitlines()
QUIETLY = """\
Terima kasih banyak Pak.
Baik pak, besok saya kirim CSR-nya.
Siap, segera saya lengkapi. Trims
Matur nuwun sanget nggih Pak.
Hatur nuhun, mugia sukses.
Sudah saya baca, terima kasih. Besok saya ajukan.
Thank you, I will send it tomorrow.
Njih pak, saya tunggu.
""".splitlines()
CALLED_OFF = """\
Permohonan kami tarik kembali.
Mohon permohonan saya dibatalkan saja.
Passphrase sudah ketemu, jadi tidak jadi ya pak.
Permohonannya tidak usah dilanjutkan.
Please cancel my request.
""".splitlines()
NOT_CALLED_OFF = """\
Jangan dibatalkan ya pak, saya masih perlu.
Apakah bisa dibatalkan?
Rapatnya batal, jadi CSR saya kirim sekarang.
Saya tidak membatalkan permohonan, hanya menunda.
Kalau tidak bisa, permohonan dibatalkan saja.
Permohonan cuti saya dibatalkan, jadi saya bisa urus CSR.
Kata Pak Kabid permohonannya dibatalkan saja.
Saya hampir membatalkan permohonan ini.
Permohonan saya jangan ditarik dulu.
Mohon permohonan diproses, tidak usah menunggu atasan.
Surat yang lama tidak perlu dipakai, pakai permohonan yang baru.
Permohonan ini tidak perlu materai kan?
Berkas tidak perlu saya kirim lagi ya?
Tidak usah repot-repot, permohonan saya sudah saya lengkapi.
""".splitlines()
DONE = """\
Pengajuan sudah saya kirim lewat AMS.
Sampun kulo ajukaken wonten AMS.
Telah kami laksanakan.
Sudah saya kerjakan semua, Mas.
""".splitlines()
NOT_DONE = """\
Sudah saya coba ajukan tapi gagal.
Sudah mau saya ajukan, AMS-nya error.
Belum saya ajukan, masih dinas luar.
Sudah diajukan belum ya pak?
Saya sudah ajukan cuti, minggu depan saya kerjakan.
Bagaimana cara mengajukan di AMS?
Teman saya sudah mengajukan dan berhasil, saya belum.
Sudah hampir selesai, tinggal unggah.
""".splitlines()
NO_REQUEST = """\
Sertifikat TTE saya sudah diperpanjang kemarin, terima kasih.
Saya belum mau memperpanjang sertifikat TTE.
Passphrase TTE saya sudah direset, terima kasih.
Kami sudah mengajukan perubahan data TTE di AMS.
Sertifikat elektronik saya tidak perlu dicabut.
Mohon data pegawai yang lupa passphrase bulan ini untuk laporan.
Berapa orang yang lupa passphrase TTE tahun ini?
Mohon kirim contoh surat permohonan pencabutan sertifikat.
Apakah pencabutan sertifikat elektronik harus lewat AMS?
Kalau ganti jabatan apakah sertifikat TTE ikut diganti?
Terima kasih sudah membantu mencabut sertifikat saya.
Saya diminta teman menanyakan syarat perpanjangan TTE.
Mohon maaf, ternyata saya tidak lupa passphrase TTE.
Saya mengadakan pelatihan TTE, mohon narasumber.
Mohon perbaikan data pegawai di SIMPEG.
Password wifi kantor lupa, mohon direset.
Mohon perpanjangan sertifikat laik fungsi gedung.
Mohon pengaduan warga tentang sampah diteruskan.
Jabatan saya di website dinas salah.
""".splitlines()


@pytest.mark.parametrize("text", LOUD)
def test_thanks_hide_nothing_that_wants_an_answer(text):
    urgent = danger_in(SOPS["revocation"], text, in_conversation=True).sure
    assert urgent or reply(text).name not in QUIET


@pytest.mark.parametrize("text", QUIETLY)
def test_thanks_and_promises_call_nobody(text):
    assert reply(text).name in QUIET


@pytest.mark.parametrize("text", CALLED_OFF)
def test_a_request_is_called_off_in_many_words(text):
    assert (reply(text).name, reply(text).degree) == ("cancel", "sure")


@pytest.mark.parametrize("text", NOT_CALLED_OFF)
def test_what_only_speaks_of_it_calls_nothing_off(text):
    assert (reply(text).name, reply(text).degree) != ("cancel", "sure")


@pytest.mark.parametrize("text", DONE)
def test_a_step_is_said_to_be_done_in_many_words(text):
    assert (reply(text).name, reply(text).degree) == ("done", "sure")


@pytest.mark.parametrize("text", NOT_DONE)
def test_what_was_tried_or_is_asked_is_not_done(text):
    assert (reply(text).name, reply(text).degree) != ("done", "sure")


@pytest.mark.parametrize("text", NO_REQUEST)
def test_what_is_done_denied_asked_or_of_others_is_no_request(text):
    facts = MessageFacts(subject="Tanya", new_text=text, origin=Origin(kind="person", reason="test"))
    assert match(facts, SOPS).sop is None
