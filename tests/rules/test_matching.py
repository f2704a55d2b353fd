"""Which letters open a forgotten-passphrase request, and which only mention one."""

import pytest

from parsers.facts import MessageFacts, Origin
from rules.load import load_sop
from rules.match import match
from rules.phrases import find_phrase, words_of
from tests.rules.counter import CSR, PASSPHRASE_LOSS, PHOTO, STATEMENT, document

SOPS = {"passphrase-loss": PASSPHRASE_LOSS}


def letter(subject="", text="", documents=(), origin="person", quoted=""):
    return MessageFacts(
        subject=subject,
        new_text=text,
        quoted_text=quoted,
        documents=documents,
        origin=Origin(kind=origin, reason="test"),
    )


@pytest.mark.parametrize(
    "facts",
    [
        letter(documents=(STATEMENT,)),
        letter("Permohonan", "Terlampir.", (STATEMENT, CSR)),
        letter("Lupa passphrase"),
        letter("Lupa Passphrase TTE a.n. Siti", "Mohon bantuannya.", (PHOTO,)),
        letter(text="saya lupa passphrase, mohon dibantu"),
        letter("Mohon bantuan", "Selamat pagi, saya lupa pasphrase sertifikat elektronik saya."),
        letter(text="Passphrase saya lupa, bagaimana caranya?"),
        letter(text="Saya tidak ingat passphrase sertifikat saya."),
        letter(text="I forgot my passphrase, please help"),
        letter("CSR", "lupa passphrase", (CSR,)),
        letter(text="Saya tidak bisa tanda tangan karena lupa passphrase. Mohon bantuan."),
        letter(text="Saya lupa passphrase saat mengikuti pelatihan, mohon bantuan."),
    ],
)
def test_a_request_is_recognised_with_reasons(facts):
    found = match(facts, SOPS)
    assert found.sop == "passphrase-loss"
    assert found.score >= 60
    assert found.reasons


@pytest.mark.parametrize(
    "facts",
    [
        letter(),
        letter(documents=(PHOTO,)),
        letter("IMG_2041", documents=(PHOTO,)),
        letter("CSR", "Mohon diproses", (CSR,)),
        letter("Undangan bimtek: bila lupa passphrase", "Mohon hadir tepat waktu."),
        letter("Buletin", "Tips keamanan: lupa passphrase? Hubungi petugas. Mohon disebarkan."),
        letter("Undangan", "Sosialisasi cara reset passphrase bagi peserta, mohon kehadirannya."),
        letter(text="Saya tidak lupa passphrase, hanya bertanya jam layanan."),
        letter("Laporan", "Bulan ini ada 12 orang lupa passphrase."),
        letter(quoted="saya lupa passphrase, mohon dibantu"),
        letter(text="Jangan melupakan rapat besok. Passphrase dibahas."),
        letter("Lupa passphrase", "sedang cuti", origin="auto-reply"),
        letter("Surat", documents=(document("data-change-form"),)),
    ],
)
def test_a_mention_opens_nothing_and_says_why(facts):
    found = match(facts, SOPS)
    assert found.sop is None
    assert found.reasons


def test_two_services_with_equal_evidence_stay_undecided():
    twin = PASSPHRASE_LOSS.model_copy(update={"id": "twin"})
    found = match(letter(documents=(STATEMENT,)), {**SOPS, "twin": twin})
    assert found.sop is None
    assert [name for name, _ in found.candidates] == ["passphrase-loss", "twin"]
    assert "undecided" in found.reasons[-1]


@pytest.mark.parametrize(
    ("text", "phrase", "there"),
    [
        ("saya lupa dengan kata passphrase", "lupa passphrase", True),
        ("lupa passphrse", "lupa passphrase", True),
        ("lupa. passphrase", "lupa passphrase", False),
        ("melupakan passphrase", "lupa passphrase", False),
        ("passphrase lupa", "lupa passphrase", False),
        ("lupa satu dua tiga passphrase", "lupa passphrase", False),
        ("bukan lupa passphrase", "lupa passphrase", False),
        ("bukan itu, saya lupa passphrase", "lupa passphrase", True),
        ("", "lupa passphrase", False),
    ],
)
def test_a_phrase_is_a_sequence_of_words(text, phrase, there):
    assert (find_phrase(words_of(text), phrase) is not None) == there


def test_an_sop_from_another_file_is_matched_by_its_own_phrases(library_card):
    sops = {**SOPS, "library-card": load_sop(library_card, "library_card.toml")}
    assert match(letter("Permohonan kartu perpustakaan"), sops).sop == "library-card"
    assert match(letter("Lupa passphrase"), sops).sop == "passphrase-loss"
