"""Which kind of letter: by its title first, never by a guess."""

import random

import pytest

from parsers.documents import read_document
from parsers.letters.kinds import TableOf, kind_of
from tests.support.letters import BODIES, TITLES, letter, plain_pdf

MORE_TITLES = {
    "SURAT PERNYATAAN LUPA PASSPHRASE": "passphrase-loss-statement",
    "Surat Pernyataan Lupa Pass Phrase": "passphrase-loss-statement",
    "SURAT PERNYATAAN LUPA PASSPHRASESERTIFIKAT ELEKTRONIK": "passphrase-loss-statement",
    "SURAT PERNYATAAN LUPAPASSPHRASE SERTIFIKATELEKTRONIK": "passphrase-loss-statement",
    "S U R A T  P E R N Y A T A A N LUPA PASSPHRASE": "passphrase-loss-statement",
    "SURAT PERNYATAAN KEHILANGAN PASSPHRASE": "passphrase-loss-statement",
    "STATEMENT OF FORGOTTEN PASSPHRASE": "passphrase-loss-statement",
    "SURAT PERMOHONAN PENCABUTAN SERTIFIKAT ELEKTRONIK": "revocation-letter",
    "FORMULIR PENCABUTAN DATA PEMOHON SERTIFIKAT ELEKTRONIK": "revocation-letter",
    "surat keterangan alasan pencabutan": "revocation-letter",
    "FORMULIR PERUBAHAN DATA PEMOHON SERTIFIKATELEKTRONIK": "data-change-form",
    "SURAT REKOMENDASI PENERBITAN SERTIFIKAT ELEKTRONIK": "recommendation-letter",
    "SURAT REKOMENDASI PERMOHONAN PEMBARUAN SERTIFIKAT ELEKTRONIK": "renewal-letter",
}
TITLES_OF_SERVICES = {
    "SURAT KETERANGAN ALASAN PENCABUTAN": "revocation-letter",
    "SURAT PERMOHONAN PENCABUTAN SERTIFIKAT ELEKTRONIK": "revocation-letter",
    "FORMULIR PENCABUTAN DATA PEMOHON SERTIFIKAT ELEKTRONIK": "revocation-letter",
    "FORMULIR PENCABUTAN DATA PEMOHON": "revocation-letter",
    "FORMULIR PERUBAHAN DATA PEMOHON SERTIFIKAT ELEKTRONIK": "data-change-form",
    "FORMULIR PERMOHONAN PERUBAHAN DATA PEMOHON SERTIFIKAT ELEKTRONIK": "data-change-form",
    "FORMULIR (PERMOHONAN) PERUBAHAN DATA PEMOHON SERTIFIKATELEKTRONIK": "data-change-form",
    "SURAT REKOMENDASI PERMOHONAN PENERBITAN SERTIFIKAT ELEKTRONIK": "recommendation-letter",
    "SURAT REKOMENDASI PENDAFTARAN SERTIFIKAT ELEKTRONIK": "recommendation-letter",
    "SURAT REKOMENDASI PERMOHONAN PERPANJANGAN SERTIFIKAT ELEKTRONIK": "renewal-letter",
    "SURAT REKOMENDASI PEMBAHARUAN SERTIFIKAT ELEKTRONIK": "renewal-letter",
    "SURAT PERMOHONAN PERPANJANGAN SERTIFIKAT ELEKTRONIK": "renewal-letter",
}
LONG_BODIES = [
    "formulir perubahan data pemohon: mengajukan permohonan perubahan data pemohon sertifikat elektronik, perihal perubahan",
    "surat rekomendasi permohonan penerbitan sertifikat elektronik, memberikan rekomendasi kepada, melakukan pendaftaran",
    "surat pernyataan lupa passphrase, lupa passphrase sertifikat elektronik, pencabutan sertifikat elektronik",
    "permohonan pencabutan sertifikat elektronik dengan alasan pencabutan",
    "",
]
UNRELATED = [
    ("UNDANGAN", "mengharap kehadiran pada sosialisasi lupa passphrase dan pencabutan sertifikat elektronik"),
    ("NOTA DINAS Perihal Laporan penerbitan sertifikat elektronik", "bersama ini kami laporkan"),
    ("Hal : Undangan Sosialisasi Pencabutan Sertifikat Elektronik", "dengan hormat"),
    ("SURAT TUGAS", "melaksanakan perubahan data dan pencabutan sertifikat elektronik"),
    (
        "Pelayanan Penanggulangan Jika Lupa Passphrase Sertifikat Elektronik (LOCK)",
        "Persyaratan Sistem Mekanisme",
    ),
    ("SURAT PERNYATAAN", "saya sanggup melaksanakan tugas sebagai panitia"),
    (
        "SURAT PERNYATAAN TANGGUNG JAWAB MUTLAK",
        "bahwa saya bertanggung jawab atas pencatatan sertifikat tanah",
    ),
    ("PENGUMUMAN PENDAFTARAN PELATIHAN SERTIFIKASI", "penerbitan sertifikat pelatihan"),
    ("", ""),
]
CONFUSED = {
    "i": "l",
    "l": "1",
    "o": "0",
    "s": "5",
    "b": "8",
    "m": "rn",
    "e": "c",
    "a": "o",
    "t": "f",
    "r": "t",
    "n": "h",
    "u": "v",
}


def noisy(text: str, share: float, seed: int) -> str:
    chance = random.Random(seed)  # noqa: S311 - the same noise each time
    return "".join(CONFUSED.get(char, char) if chance.random() < share else char for char in text.lower())


@pytest.mark.parametrize("kind", TITLES)
def test_each_kind_by_its_letter(kind: str) -> None:
    facts = read_document(letter(kind=kind), name="x", declared_type="", pages=3)
    assert facts.kind == kind
    assert facts.score >= 60
    assert any(line.startswith("title: ") for line in facts.evidence)


@pytest.mark.parametrize(("title", "kind"), MORE_TITLES.items())
def test_each_title(title: str, kind: str) -> None:
    assert kind_of(title, "").kind == kind


@pytest.mark.parametrize("kind", TITLES)
def test_the_title_outweighs_a_body_of_another_kind(kind: str) -> None:
    for other, rows in BODIES.items():
        assert kind_of(TITLES[kind], " ".join(rows)).kind == kind, other


@pytest.mark.parametrize("title", TITLES_OF_SERVICES)
@pytest.mark.parametrize("table", [None, "changes", "revocation"])
def test_no_body_and_no_table_outweighs_a_title_that_decides(title: str, table: TableOf | None) -> None:
    for body in LONG_BODIES:
        assert kind_of(title, body, table=table).kind == TITLES_OF_SERVICES[title], body


@pytest.mark.parametrize(("title", "body"), UNRELATED)
def test_unrelated_letters_are_left_undecided(title: str, body: str) -> None:
    assert kind_of(title, body).kind == "other"


HEADS = {
    "a line on enclosures": "Nomor : 800/12/2026\nSifat : Biasa\nLampiran : 1 (satu) berkas",
    "a letterhead of services": "PEMERINTAH KOTA CONTOH\nDINAS PENANAMAN MODAL DAN\nPELAYANAN TERPADU SATU PINTU\nJalan Mataram 1",
    "a letterhead of training": "PEMERINTAH KABUPATEN CONTOH\nBADAN KEPEGAWAIAN DAN PELATIHAN\nNomor : 1/2026\nLampiran : -",
    "reports enclosed": "DINAS SOSIAL\nJl. Merdeka 2 Telp. 421\nNomor : 1\nLampiran : Laporan kehilangan dari kepolisian",
}
NEAR_MISSES = [
    "Hal : Pembatalan Pencabutan Sertifikat Elektronik",
    "Hal : Permohonan Pembatalan Permohonan Pencabutan Sertifikat Elektronik",
    "Hal : Penundaan Pencabutan Sertifikat Elektronik",
    "Hal : Jawaban atas Surat Dinas Kesehatan tentang Permohonan Pencabutan Sertifikat Elektronik",
    "Perihal : Tanggapan Permohonan Perubahan Data Pemohon Sertifikat Elektronik",
    "Hal : Penolakan Permohonan Penerbitan Sertifikat Elektronik",
    "Hal : Permohonan Pencabutan Sertifikat Hak Milik",
    "Hal : Permohonan Pencabutan Sertifikat Vaksinasi",
    "Hal : Permohonan Perpanjangan Sertifikat Halal",
    "SURAT REKOMENDASI PENERBITAN SERTIFIKAT LAIK HIGIENE SANITASI",
    "SURAT EDARAN\nTENTANG PENCABUTAN SERTIFIKAT ELEKTRONIK",
    "SURAT PENGUMUMAN\nPENERBITAN SERTIFIKAT ELEKTRONIK",
]


@pytest.mark.parametrize("head", HEADS.values(), ids=HEADS)
@pytest.mark.parametrize("title", TITLES_OF_SERVICES)
def test_what_stands_above_the_subject_says_nothing_of_the_kind(head: str, title: str) -> None:
    assert kind_of(f"{head}\nHal : {title}\n{title}", "").kind == TITLES_OF_SERVICES[title]


@pytest.mark.parametrize("title", NEAR_MISSES)
def test_a_letter_that_takes_back_answers_or_means_another_certificate_is_none_of_ours(title: str) -> None:
    assert kind_of(f"PEMERINTAH KOTA CONTOH\nDINAS KESEHATAN\n{title}", "").kind == "other"


def test_two_kinds_at_once_are_left_undecided_with_the_evidence_of_both() -> None:
    verdict = kind_of(
        "PERMOHONAN PENCABUTAN SERTIFIKAT ELEKTRONIK DAN PERUBAHAN DATA PEMOHON SERTIFIKAT ELEKTRONIK", ""
    )
    assert verdict.kind == "other"
    assert {"revocation-letter", "data-change-form"} == {
        line.split("(")[1].split(",")[0] for line in verdict.evidence
    }


def test_semula_beside_menjadi_means_a_change_but_menjadi_alone_does_not() -> None:
    body = "perihal perubahan jabatan"
    assert kind_of("FORMULIR", body, table="changes").kind == "data-change-form"
    assert kind_of("FORMULIR", body + " menjadi").kind == "other"
    title = "SURAT PERMOHONAN PENCABUTAN SERTIFIKAT ELEKTRONIK"
    assert kind_of(title, "", table="changes").kind == "revocation-letter"


def test_the_subject_line_counts_as_a_title_over_two_lines() -> None:
    rows = [
        "Nomor : 800/12/2026",
        "Hal : Permohonan Pencabutan Sertifikat",
        "         Elektronik",
        "Dengan hormat,",
        "mohon.",
    ]
    facts = read_document(plain_pdf(rows), name="x", declared_type="", pages=3)
    assert facts.kind == "revocation-letter"


def test_noise_leads_to_undecided_not_to_another_kind() -> None:
    right = wrong = total = 0
    for kind, title in TITLES.items():
        for seed in range(40):
            found = kind_of(noisy(title, 0.12, seed), noisy(" ".join(BODIES[kind]), 0.12, seed)).kind
            total += 1
            right += found == kind
            wrong += found not in (kind, "other")
    assert wrong <= 0.01 * total
    assert right >= 0.7 * total
