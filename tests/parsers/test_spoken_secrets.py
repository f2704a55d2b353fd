"""Passphrases that people write out in a mail are cut out; talk about passphrases is left as it is."""

import pytest

from parsers.secrets import without_spoken


@pytest.mark.parametrize(
    "text",
    ["passphrase lama saya: Rahasia123", "Password = siti#2020", "kata sandi AMS saya adalah Mangga2024.", "my password is s3cret!x",
     "passphrase saya Rahasia123 tapi ditolak", "Passwordnya: RahasiaSaya"],
)  # fmt: skip
def test_what_looks_like_a_passphrase_is_cut_out(text):
    kept, found = without_spoken(text.encode())
    assert found == 1
    assert b"[passphrase dihapus]" in kept
    assert not any(secret in kept for secret in (b"123", b"2020", b"2024", b"s3cret", b"RahasiaSaya"))


@pytest.mark.parametrize(
    "text",
    ["Saya lupa passphrase", "Perihal: lupa passphrase: mohon dibantu", "passphrase sertifikat saya bocor", "lupa passphrase CK-26-0001-S",
     "lupa passphrase, NIP 198504122010012007", "passphrase: lupa", "password: siti@contohkota.go.id", "Lupa passphrase 12/03/2026",
     "passphrase saya adalah hal yang saya lupa", "reset password AMS"],
)  # fmt: skip
def test_talk_about_passphrases_is_left_as_it_is(text):
    assert without_spoken(text.encode()) == (text.encode(), 0)
