"""The official table carries every row of the signed SOP, and every reading that differs from it."""

import re
import tomllib
from pathlib import Path

import pytest

from mailflow.sopdoc.document import document
from rules.load import BUILTIN, load_rules, prove_together
from tests.support.printed import Printed

SOPS = load_rules().sops
SIXTH = Path(__file__).parents[1] / "support" / "sixth" / "rules.d"

SIGNED = [  # the signed table of the data change: number, activity, completeness, time, output
    (
        "1",
        "Login dan mengajukan permohonan perubahan data",
        "Akun AMS, Formulir Permohonan Perubahan Data, Data Dukung Perubahan Data",
        "5 menit",
        "Dashboard AMS",
    ),
    (
        "2",
        (
            "Melakukan verifikasi Formulir Permohonan Perubahan Data beserta data dukungnya:\n"
            "Jika sesuai, maka permohonan ditolak\n"
            "Jika tidak sesuai, permohonan ditolak dan mengajukan permohonan ulang"
        ),
        "Akun AMS, Formulir Permohonan Perubahan Data, Data Dukung Perubahan Data",
        "5 menit",
        "Hasil Verifikasi",
    ),
    ("3", "Menyetujui permohonan perubahan data melalui AMS", "Akun AMS", "1 menit", "Notifikasi AMS"),
    (
        "4",
        "Memberikan informasi bahwa perubahan data pemohon telah selesai",
        "Informasi perubahan data pemohon, e-mail",
        "1 menit",
        "email dan notifikasi pada AMS",
    ),
    (
        "5",
        (
            "Memeriksa kepemilikan sertifikat elektronik pemohon:\n"
            "Jika memiliki sertifikat elektronik, maka pemohon wajib mencabut sertifikat elektronik miliknya\n"
            "Jika tidak memiliki sertifikat elektronik, maka akan menerima notifikasi bahwa data telah diubah"
        ),
        "Akun AMS",
        "1 menit",
        "Kepemilikan SE tervalidasi",
    ),
    (
        "6",
        (
            "Melakukan pencabutan sertifikat elektronik sesuai SOP Pencabutan Pencabutan Sertifikat Elektronik melalui AMS "
            "dengan alasan identitas berubah"
        ),
        "Akun AMS, Formulir Permohonan Perubahan Data, Data Dukung Perubahan Data",
        "7 menit",
        "Sertifikat Telah dicabut",
    ),
    ("7", "Menerima notifikasi bahwa data telah diubah", "Email", "1 menit", "notifikasi email"),
]


def printed(name, department="Dinas Komunikasi dan Informatika Kota Contohkota"):
    return Printed(document(SOPS[name], SOPS, department=department))


def readings(name):
    return " ".join(row[3] for row in printed(name).tables["notes"][1:])


@pytest.fixture(scope="module")
def change():
    return printed("data-change")


def numbered(page):
    return [row for row in page.rows.values() if row[0].isdigit()]


def test_every_row_of_the_signed_data_change_stands_there_word_by_word(change):
    rows = [
        (no, action, completeness, time, output)
        for no, action, _, completeness, time, output, _ in numbered(change)
    ]
    assert len(rows) == len(SIGNED)
    for row, signed in zip(rows, SIGNED, strict=True):
        assert row == signed


def test_its_columns_are_those_of_the_signed_table(change):
    heads = change.tables["steps"][:2]
    assert heads == [
        ["NO", "KEGIATAN", "PELAKSANA", "MUTU BAKU", "KETERANGAN"],
        ["Pemohon", "BSrE / OP", "KELENGKAPAN", "WAKTU", "OUTPUT"],
    ]


def test_a_service_with_an_official_has_a_column_for_them():
    assert printed("complaint").tables["steps"][1][:3] == ["Pemohon", "Petugas", "Pejabat"]


def test_the_identity_block_says_what_the_file_says_and_leaves_the_rest_to_be_filled_in(change):
    block = {row[0]: row[1:] for row in change.tables["identity"][1:]}
    assert block["TANGGAL EFEKTIF"] == [""]
    assert block["NAMA SOP"] == [SOPS["data-change"].title.id]
    cells = [cell for row in change.tables["identity"] for cell in row]
    assert "PERINGATAN" in " ".join(cells)
    for wanted in ("Jaringan internet", "Pencatatan (log)", "Mampu mengoperasikan komputer"):
        assert any(wanted in cell for cell in cells), wanted
    assert "Dinas Komunikasi dan Informatika Kota Contohkota" in change.text


def test_symbols_are_those_of_the_signed_table(change):
    shapes = {row: change.symbol(row) for row in change.rows}
    assert shapes == {
        "apply": "terminator",
        "verify": "decision",
        "approve-in-ams": "process",
        "tell-done": "process",
        "ownership": "decision",
        "revoke": "process",
        "unrevoked": "process",
        "changed": "terminator",
    }


def test_branches_are_labelled(change):
    for label in ("Tidak sesuai", "Sesuai", "Ditolak"):
        assert label in change.labels("verify")
    assert "Tidak memiliki" in change.labels("ownership")
    assert "SOP" in change.labels("revoke")


def test_a_row_the_source_lacks_has_no_number_and_says_so(change):
    row = change.rows["unrevoked"]
    assert row[0] == "tambahan"
    number = re.search(r"Catatan (\d+)", row[6])[1]
    note = next(each for each in change.tables["notes"] if each[0] == number)
    assert note[1] == "Tambahan setelah baris 6"
    assert SOPS["data-change"].steps["unrevoked"].added in note[3]


@pytest.mark.parametrize("name", sorted(SOPS))
def test_every_reading_is_among_the_notes(name):
    sop, page = SOPS[name], printed(name)
    notes = " ".join(cell for row in page.tables["notes"] for cell in row).lower()
    for step in sop.steps.values():
        for said in (step.source_says, step.we_read, "" if step.added == "idem" else step.added or ""):
            assert said.lower() in notes
        if step.added or step.source_says:
            assert "Catatan" in page.rows[step.id][6]
    for reading in sop.readings:
        assert reading.source_says.lower() in notes
        assert reading.we_read.lower() in notes
    assert "diingatkan setelah" in notes


@pytest.mark.parametrize("name", sorted(SOPS))
def test_every_service_has_all_its_numbered_rows_in_order(name):
    assert [int(row[0]) for row in numbered(printed(name))] == list(range(1, SOPS[name].rows + 1))


def test_what_the_program_does_and_no_sop_says_is_told_for_signature():
    change, revocation = printed("data-change"), printed("revocation")
    notes = {row[1]: row[3] for row in change.tables["notes"][1:]}
    assert "dimintai konfirmasi" in notes["Permohonan atas nama orang lain"]
    assert "paling banyak 3 kali" in notes["Giliran pemohon"]
    assert "kembali ke baris 1" in notes["Baris 3"]
    assert "dapat diambil dari catatan yang ada" in notes["Baris 5"]
    assert "2 jam kerja" in {row[1]: row[3] for row in revocation.tables["notes"][1:]}["Permohonan mendesak"]


@pytest.mark.parametrize(
    ("name", "reading"),
    [
        ("revocation", "seketika diberi tahu melalui alamat e-mail dinasnya"),
        ("passphrase-loss", "lebih dahulu dimintai konfirmasi melalui alamat e-mail dinasnya"),
        ("data-change", "Permohonan dan berkasnya diterima melalui e-mail layanan."),
        ("renewal", "30 hari sebelum sertifikat berakhir"),
        ("complaint", "separuh waktu layanan disampaikan juga kepada petugas lain"),
    ],
)
def test_the_notes_tell_how_this_very_service_is_run(name, reading):
    assert reading in readings(name)


def test_a_holder_who_is_only_told_is_not_said_to_be_asked_first():
    assert "lebih dahulu dimintai" not in readings("revocation")


def test_the_print_is_tied_to_the_version_it_was_made_from():
    page = document(SOPS["renewal"], SOPS)
    assert page.count(SOPS["renewal"].digest[:12]) == 2
    for field in ("Tempat, tanggal:", "Jabatan:", "Nama:", "NIP:"):
        assert field in Printed(page).text


def test_it_needs_nothing_else_and_prints_on_a4_landscape():
    page = document(SOPS["data-change"], SOPS)
    assert not re.search(r"<script|https?://|\bsrc=|<link|@import|url\(", page)
    assert "size: A4 landscape" in page
    assert "table-header-group" in page
    assert "break-inside: avoid" in page


def test_what_a_file_says_stays_text():
    texts = {each.name: each.read_text("utf-8") for each in BUILTIN.iterdir() if each.name.endswith(".toml")}
    action = tomllib.loads(texts["data_change.toml"])["steps"]["tell-done"]["action"]
    texts["data_change.toml"] = texts["data_change.toml"].replace(
        action, "<script>alert(1)</script> & selesai"
    )
    sops = prove_together(texts.items()).sops
    page = document(sops["data-change"], sops, department="<b>Dinas</b>")
    assert "<script" not in page
    assert "<b>Dinas" not in page
    assert Printed(page).rows["tell-done"][1] == "<script>alert(1)</script> & selesai"


def test_an_sop_nobody_has_seen_before_is_drawn_too():
    texts = [(each.name, each.read_text("utf-8")) for each in SIXTH.glob("*.toml")]
    sops = prove_together(texts).sops
    page = Printed(document(sops["email-account"], sops))
    assert [row[0] for row in page.rows.values() if row[0].isdigit()] == ["1", "2", "3", "4", "5"]
    assert "Disetujui oleh 2 petugas yang berbeda." in page.rows["verify"][6]
    assert "disetujui oleh 2 petugas" in page.text.lower()
