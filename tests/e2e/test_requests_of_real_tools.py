"""Certification requests as real tools write them and people send them: what is whole is read, and what is odd is named as what it is."""

from pathlib import Path

import pytest

from tests.support.counter import OFFICER, Counter, text_of

CASES = Path(__file__).parents[1] / "support" / "cases" / "csr"


@pytest.fixture
def counter(tmp_path):
    with Counter(tmp_path) as opened:
        yield opened


def words(letter) -> str:
    return " ".join(text_of(letter).split())


FILES = {
    "03-node-forge-printable-email.csr": (
        ["CSR sah", "alamat e-mail tidak ditulis sebagai IA5String"],
        ["tidak dapat diperiksa: jenis kuncinya"],
    ),
    "04-pkijs-one-set.csr": (["CSR sah", "tidak diurutkan sebagaimana SET"], []),
    "05-mldsa65.csr": (["CSR sah", "Jenis atau ukuran kunci tidak sesuai: ML-DSA-65"], ["rusak", "lemah"]),
    "07-server-san-and-eku.csr": (["CSR meminta nama server dan kegunaan server web (serverAuth)"], []),
    "08-country-AU.csr": (["negara (C) AU, bukan ID"], []),
    "09-sha3-256.csr": (["CSR sah", "ditandatangani dengan SHA3-256. Yang diterima: SHA-256"], ["lemah"]),
    "10-titles-swept-into-O.csr": (["Instansi berbeda", "Pemerintah Kota Contohkota/ M.T./ S.Kom."], []),
    "11-csr-in-json.json": (["CSR sah", "terbungkus dalam berkas JSON"], ["rusak"]),
}


@pytest.mark.parametrize("name", FILES)
def test_a_request_of_a_real_tool_is_read_and_what_is_odd_is_named(counter, name):
    said, unsaid = FILES[name]
    request = (name, (CASES / name).read_bytes(), "application/octet-stream")
    counter.receive(
        counter.mail(text="Mohon bantuan, saya lupa passphrase.", files=(counter.letter(), request))
    )
    told = words(counter.task_letter())
    for each in said:
        assert each in told
    for each in unsaid:
        assert each not in told


@pytest.mark.parametrize("name", ["01-csr-cut-as-passphrase.eml", "06-intact-csr-pasted.eml"])
def test_a_pasted_request_is_whole_and_no_word_of_it_is_a_passphrase(counter, name):
    counter.receive((CASES / name).read_bytes())
    assert {each["sop"] for each in counter.cases} == {"passphrase-loss"}
    everything = " ".join(f"{each['Subject']} {words(each)}" for each in counter.sent)
    assert "CSR sah" in words(counter.task_letter())
    assert "rusak" not in everything
    assert "pasted-in-body" not in everything
    assert "dihapus" not in everything


def test_a_request_alone_under_an_indonesian_subject_is_answered_in_indonesian(counter):
    sent = counter.receive((CASES / "02a-paste-only-csr-answered-in-english.eml").read_bytes())
    letter = next(each for each in sent if OFFICER not in each["To"])
    assert "Yth. Bapak/Ibu" in words(letter)


def test_a_passphrase_beside_a_request_is_still_cut(counter):
    pem = counter.csr()[1].decode()
    text = f"Saya lupa passphrase. CSR:\n{pem}passphrase lama: Rahasia#2024\nTerima kasih"
    counter.receive(counter.mail(text=text, files=(counter.letter(),)))
    assert b"Rahasia#2024" not in b"".join(counter.kept)
    assert "CSR sah" in words(counter.task_letter())
