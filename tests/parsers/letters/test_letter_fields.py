"""Every field of a text letter, exactly, whatever its layout; and never the superior's for the applicant's."""

from dataclasses import replace

import pytest

from parsers.documents import read_document
from parsers.facts import DocumentFacts
from tests.support.forms import revocation_letter, supporting_document
from tests.support.letters import (
    BUDI,
    FONTS,
    HARD,
    PEOPLE,
    PLAIN,
    SITI,
    Layout,
    Style,
    letter,
    plain_pdf,
    recommendation,
    statement,
)

LAYOUTS = {**PLAIN, **HARD}


def read(data: bytes) -> DocumentFacts:
    return read_document(data, name="surat.pdf", declared_type="application/pdf", pages=30)


def values(data: bytes) -> dict[str, str]:
    return {name: value.value for name, value in read(data).fields.items()}


def kind_of(layout: Layout) -> str:
    return "recommendation-letter" if layout is recommendation else "passphrase-loss-statement"


@pytest.mark.parametrize("name", LAYOUTS)
@pytest.mark.parametrize("font", FONTS)
def test_every_field_is_read_exactly_and_for_certain(name: str, font: str) -> None:
    layout, style = LAYOUTS[name]
    style = replace(style, font=font, size=min(style.size, 9) if font == "Courier" else style.size)
    for person in PEOPLE:
        facts = read(letter(person, layout=layout, style=style, kind=kind_of(layout)))
        found = {field: value.value.removeprefix("+") for field, value in facts.fields.items()}
        assert found.items() >= person.fields.items(), person.name
        assert found["letter_number"] == "800/1.2/045/2026"
        assert all(value.certain for field, value in facts.fields.items() if field in person.fields)
        assert facts.kind == kind_of(layout)


def test_values_say_where_they_stand_and_how_they_were_read() -> None:
    facts = read(letter(style=Style(value_x=215)))
    nip = facts.fields["nip"]
    assert (nip.raw, nip.value) == ("19850412 201001 2 007", "198504122010012007")
    assert (nip.page, nip.method, nip.confidence) == (1, "pdfium-text", 1.0)
    assert nip.box is not None
    assert 214 < nip.box.x0 < 216
    assert 220 < nip.box.y0 < nip.box.y1 < 236


def test_boxes_of_a_turned_page_stand_where_the_page_shows_them() -> None:
    upright = read(letter()).fields["name"].box
    turned = read(letter(style=Style(turn=1))).fields["name"].box
    assert upright is not None
    assert turned is not None
    assert (turned.x1 - turned.x0, turned.y1 - turned.y0) == pytest.approx(
        (upright.y1 - upright.y0, upright.x1 - upright.x0), abs=0.1
    )
    assert (turned.x0, turned.y1) == pytest.approx((upright.y0, 595.28 - upright.x0), abs=0.2)


@pytest.mark.parametrize("labels", [False, True])
def test_a_letter_without_the_applicants_nip_does_not_borrow_the_superiors(labels: bool) -> None:
    rows = [
        "SURAT PERNYATAAN LUPA PASSPHRASE",
        "Saya yang bertanda tangan di bawah ini:",
        "Nama : Siti Rahmawati",
    ]
    rows += [
        "menyatakan lupa passphrase sertifikat elektronik.",
        "Mengetahui,",
        "Kepala Dinas Pendidikan",
        "",
    ]
    rows += (
        [f"Nama : {BUDI.name}", f"NIP : {BUDI.nip}"] if labels else [BUDI.name, f"NIP. {BUDI.printed_nip}"]
    )
    found = values(plain_pdf(rows))
    assert found["name"] == "Siti Rahmawati"
    assert "nip" not in found


def test_a_decree_is_no_letter_of_ours() -> None:
    facts = read(supporting_document(SITI))
    assert facts.kind == "other"
    assert facts.fields["nip"].value == SITI.nip


@pytest.mark.parametrize(
    "rows",
    [
        ["memberikan rekomendasi penerbitan sertifikat elektronik", "kepada nama-nama terlampir."],
        ["Dengan ini merekomendasikan pegawai sebagaimana terlampir."],
    ],
)
@pytest.mark.parametrize(
    "title", ["SURAT REKOMENDASI PERMOHONAN PENERBITAN SERTIFIKAT ELEKTRONIK", "SURAT KETERANGAN"]
)
def test_who_recommends_others_is_not_the_applicant(rows: list[str], title: str) -> None:
    signed = ["Yang merekomendasikan,", "", BUDI.name, f"NIP. {BUDI.printed_nip}"]
    head = [title, "Yang bertanda tangan di bawah ini:", f"Nama : {BUDI.name}", f"NIP : {BUDI.nip}"]
    assert not {"name", "nip"} & values(plain_pdf([*head, *rows, *signed])).keys()


@pytest.mark.parametrize(
    "heading",
    [
        "Atasan langsung:",
        "Adapun atasan saya:",
        "Data Atasan",
        "Disetujui oleh",
        "Pejabat yang berwenang",
        "Mengetahui",
    ],
)
def test_what_stands_under_a_superiors_heading_is_the_superiors(heading: str) -> None:
    rows = [
        "Yang bertanda tangan di bawah ini",
        "Nama : Siti Rahmawati",
        "menyatakan bahwa saya lupa passphrase.",
    ]
    rows += [heading, f"Nama : {BUDI.name}", f"NIP : {BUDI.nip}", f"Email : {BUDI.email}"]
    found = values(plain_pdf(rows))
    assert found["name"] == "Siti Rahmawati"
    assert not {"nip", "official_email"} & found.keys()


@pytest.mark.parametrize("label", ["Nama Atasan", "Nama Pejabat", "Nama Kepala Dinas", "Nama Pimpinan"])
def test_a_label_that_names_somebody_else_is_not_the_applicants_name(label: str) -> None:
    found = values(plain_pdf([f"{label} : {BUDI.name}", "Jabatan : Kepala Dinas"]))
    assert "name" not in found


def test_of_two_persons_the_one_spoken_for_is_the_applicant() -> None:
    facts = read(letter(SITI, layout=recommendation, style=Style(size=10), kind="recommendation-letter"))
    assert facts.fields["nip"].value == SITI.nip
    assert facts.fields["nip"].certain


def test_a_second_person_under_no_heading_leaves_nothing_certain() -> None:
    rows = ["Nama : Siti Rahmawati", f"NIP : {SITI.nip}", "", f"Nama : {BUDI.name}", f"NIP : {BUDI.nip}"]
    fields = read(plain_pdf(rows)).fields
    assert not fields["name"].certain
    assert not fields["nip"].certain
    assert BUDI.nip in fields["nip"].note


def test_a_letter_in_prose_is_read_from_the_applicants_own_signature_and_doubted() -> None:
    rows = [
        "Saya lupa passphrase sertifikat elektronik.",
        "",
        "Hormat saya,",
        "",
        SITI.name,
        f"NIP. {SITI.printed_nip}",
    ]
    fields = read(plain_pdf(rows)).fields
    assert (fields["nip"].value, fields["name"].value) == (SITI.nip, SITI.name)
    assert not fields["nip"].certain


def test_another_nip_in_the_applicants_signature_is_told() -> None:
    other = "198504122010012008"
    rows = [
        f"Nama : {SITI.name}",
        f"NIP : {SITI.nip}",
        "Demikian surat ini.",
        "Yang menyatakan,",
        "",
        SITI.name,
    ]
    nip = read(plain_pdf([*rows, f"NIP. {other}"])).fields["nip"]
    assert nip.value == SITI.nip
    assert not nip.certain
    assert other in nip.note


def test_a_form_left_open_has_no_fields() -> None:
    rows = [
        "Nama : ...............",
        "NIP : ______________",
        "Jabatan :",
        "Unit Kerja : -",
        "Instansi :  \u2026\u2026",
    ]
    assert values(plain_pdf(rows)) == {}


def test_an_address_over_two_lines_is_joined_without_a_blank() -> None:
    style = Style(value_width=105)
    assert values(letter(PEOPLE[1], layout=statement, style=style))["official_email"] == PEOPLE[1].email


def test_a_value_that_goes_on_at_the_margin_is_taken_and_doubted() -> None:
    rows = [
        "Nama : Siti Rahmawati",
        "Unit Kerja : Bagian Pengadaan Barang dan Jasa Sekretariat Daerah Kabupaten",
    ]
    rows += ["Contoh Selatan", f"NIP : {SITI.nip}"]
    unit = read(plain_pdf(rows)).fields["unit"]
    assert unit.value.endswith("Kabupaten Contoh Selatan")
    assert not unit.certain


def test_name_and_nip_in_one_line_are_told_apart() -> None:
    found = values(plain_pdf([f"Nama / NIP : {SITI.name} / {SITI.printed_nip}", "Jabatan : Guru"]))
    assert (found["name"], found["nip"], found["position"]) == (SITI.name, SITI.nip, "Guru")


def test_two_pairs_on_one_line_are_told_apart() -> None:
    found = values(plain_pdf([f"Nama : {SITI.name}   NIP : {SITI.nip}   Jabatan : Guru Muda"]))
    assert (found["name"], found["nip"], found["position"]) == (SITI.name, SITI.nip, "Guru Muda")


REASONS = (
    "Identitas berubah",
    "Lupa passphrase",
    "Kunci privat atau passphrase bocor",
    "Perangkat hilang atau dicuri",
    "Mutasi ke instansi lain",
    "Pensiun",
    "Berhenti sebagai PNS",
    "Meninggal dunia",
)


@pytest.mark.parametrize("reason", REASONS)
@pytest.mark.parametrize("labelled", [True, False])
def test_the_reason_of_a_revocation_is_read_behind_its_label_and_in_a_sentence(
    reason: str, labelled: bool
) -> None:
    facts = read(revocation_letter(SITI, reason, labelled=labelled))
    assert facts.kind == "revocation-letter"
    assert facts.fields["reason"].value.lower() == reason.lower()
    assert facts.fields["reason"].certain == labelled
    assert {name: facts.fields[name].value for name in SITI.fields} == SITI.fields


@pytest.mark.parametrize(
    ("sentence", "reason"),
    [
        ("dengan alasan sebagai berikut : Pensiun.", "Pensiun"),
        ("dengan alasan: pegawai tersebut meninggal dunia.", "pegawai tersebut meninggal dunia"),
        ("Oleh karena itu mohon bantuan, dengan alasan mutasi.", "mutasi"),
        ("dikarenakan perangkat dicuri, sehingga perlu dicabut.", "perangkat dicuri"),
        ("dengan alasan pencabutan karena pensiun.", "pensiun"),
        ("dengan alasan mutasi sebagai berikut :", "mutasi"),
    ],
)
def test_sentences_that_give_a_reason(sentence: str, reason: str) -> None:
    rows = ["SURAT KETERANGAN ALASAN PENCABUTAN", "Yang bertanda tangan di bawah ini", sentence]
    assert values(plain_pdf(rows))["reason"] == reason


def test_the_reason_in_a_sentence_is_proposed_not_certain() -> None:
    reason = read(
        plain_pdf(["Mohon pencabutan dengan alasan mutasi ke instansi lain. Terima kasih."])
    ).fields["reason"]
    assert reason.value == "mutasi ke instansi lain"
    assert not reason.certain
