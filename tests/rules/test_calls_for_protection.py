"""Who tells that a key, a passphrase or what holds them may be in other hands is heard, in whatever words; who only mentions it is not."""

import pytest

from rules.reasons import danger_in
from tests.rules.counter import SOPS

CALLS = """\
Laptop saya dibawa maling semalam, di dalamnya ada TTE saya.
Rumah saya kemalingan, laptop dinas yang ada sertifikatnya ikut raib.
Tas saya dijambret di angkot, ada HP dan catatan passphrase.
HP saya kecopetan di pasar, padahal aplikasi TTE masih terbuka.
Laptop kantor ketinggalan di kereta dan sampai sekarang tidak ketemu, sertifikat elektronik saya tersimpan di situ.
Flashdisk berisi file p12 saya ilang di warnet.
Buku catatan yang ada passphrase saya dicuri orang.
Laptop kulo dipun colong tiyang, TTE kulo wonten mriku.
Laptop abdi dipaling jalmi, passphrase TTE aya di dinya.
My laptop was stolen last night and my electronic certificate is on it.
Passphrase saya diketahui orang lain.
Passphrase TTE saya sudah diketahui teman sekantor.
Suami saya tahu passphrase saya, bagaimana ini, saya mau dimatikan dulu sertifikatnya.
Saya terlanjur memberikan passphrase kepada orang yang mengaku dari BSrE.
Tadi saya isi passphrase di tautan palsu.
Saya sempat klik link aneh lalu memasukkan passphrase TTE.
Passphrase saya terbaca orang waktu saya mengetik di depan umum.
Tangkapan layar passphrase saya terkirim ke grup kantor.
Passphrase saya bocor.
File p12 saya terunggah ke folder bersama dan bisa diunduh siapa saja.
Kunci privat saya tersebar di grup.
Somebody else knows my passphrase.
I entered my passphrase on a fake website.
Ada dokumen bertanda tangan elektronik saya padahal saya tidak pernah menandatanganinya.
TTE saya dipakai orang tanpa izin.
Sertifikat saya digunakan orang lain untuk tanda tangan kontrak.
Staf saya menandatangani surat pakai TTE saya tanpa sepengetahuan saya.
Ada surat keluar atas nama saya yang tidak pernah saya tanda tangani, pakai TTE.
SK itu bukan saya yang tanda tangan, ada yang pakai TTE saya.
Bukan saya yang menandatangani dokumen elektronik itu.
Tanda tangan elektronik saya dipalsukan.
Saya merasa TTE saya disalahgunakan.
Mantan sekretaris masih memegang passphrase pimpinan.
Operator lama masih bisa masuk pakai passphrase saya.
Ada yang login ke akun AMS saya dari kota lain.
Akun AMS saya diretas.
Akun BSrE saya dibobol orang, tolong diamankan.
Ada notifikasi penandatanganan yang bukan saya lakukan di TTE saya.
TTE kulo dipunangge tiyang sanes.
Somebody used my certificate without my permission.
I did not sign that document, somebody used my electronic signature.
Someone is signing with my certificate.
""".splitlines()
NO_CALLS = """\
Saya lupa passphrase TTE, laptop saya baik-baik saja.
Laptop saya tidak hilang, hanya diganti kantor. Passphrase TTE saya lupa.
Bila laptop dicuri, apakah sertifikat harus dicabut?
Seandainya passphrase bocor, apa yang harus dilakukan pemilik TTE?
Passphrase saya tidak diketahui orang lain, saya murni lupa, mohon TTE direset.
Mohon bantuan, passphrase TTE saya lupa karena dulu dibuatkan operator dan catatannya hilang.
Pegawai kami mau pakai TTE, bagaimana caranya?
Tahun lalu laptop saya dicuri dan sertifikatnya sudah dicabut; sekarang saya mau perpanjang TTE yang baru.
Saya dapat info syarat lupa passphrase dari grup WA.
Saya tidak tahu passphrase TTE saya lagi.
Mohon sertifikat elektronik saya dicabut karena pensiun.
Staf saya akan mengirim berkas TTE saya besok.
Sertifikat saya masih dipakai untuk tanda tangan SPM, mohon diperpanjang.
CSR TTE saya dibuatkan teman kantor.
Materi sosialisasi: bila passphrase TTE bocor segera lapor.
""".splitlines()


def danger(text: str, *, in_conversation: bool = False) -> bool:
    return any(danger_in(sop, text, in_conversation=in_conversation).sure for sop in SOPS.values())


@pytest.mark.parametrize("text", CALLS)
def test_a_call_for_protection_is_heard_in_an_answer_to_us(text):
    assert danger(text, in_conversation=True)


@pytest.mark.parametrize("text", CALLS)
def test_and_in_a_mail_of_its_own_under_a_subject_that_names_what_is_at_stake(text):
    assert danger(f"TTE.\n\n{text}")


@pytest.mark.parametrize("text", NO_CALLS)
def test_what_only_mentions_a_danger_is_none(text):
    assert not danger(text, in_conversation=True)
