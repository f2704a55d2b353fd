"""The letters of the five services, as PDFs with tables, for fictional people; `python -m tests.support.forms` writes the demo's.

Each maker returns the bytes of a PDF with a text layer. `Person` is the one of `tests.support.letters`; SITI, BUDI and PEOPLE
stand there, the others here. `ruled=False` draws the same table without lines.
"""

import io
from collections.abc import Sequence
from pathlib import Path

from reportlab.lib import colors
from reportlab.lib.enums import TA_CENTER
from reportlab.lib.pagesizes import A4, landscape
from reportlab.lib.styles import ParagraphStyle
from reportlab.platypus import Flowable, NextPageTemplate, PageBreak, Paragraph, Spacer, Table
from reportlab.platypus.doctemplate import BaseDocTemplate, PageTemplate
from reportlab.platypus.frames import Frame

from tests.support.letters import BUDI, PEOPLE, SITI, TITLES, Person

DEMO = Path(__file__).parents[2] / "mailflow" / "demo"
AGUS = Person(
    name="Agus Prasetyo, S.Pd.",
    nip="198008172006041005",
    nik="9999011708800002",
    rank="Penata (III/c)",
    position="Kepala Seksi Kurikulum Sekolah Dasar",
    unit="Bidang Pembinaan Sekolah Dasar",
    institution="Pemerintah Kota Contohkota",
    email="agus.prasetyo@contohkota.go.id",
    phone="0813-0000-5678",
)
MAYA = Person(
    name="Maya Puspita Ningrum",
    nip="199305262019032008",
    nik="9999016605930004",
    rank="Penata Muda (III/a)",
    position="Pengelola Keuangan",
    unit="Sekretariat Dinas Pendidikan",
    institution="Pemerintah Kota Contohkota",
    email="maya.puspita@contohkota.go.id",
    phone="+62 857 0000 9012",
)
AYU = PEOPLE[3]
TEGUH = Person(
    name="Teguh Wibowo, S.Pd.",
    nip="197611032003121004",
    nik="9999010311760006",
    rank="Penata Tk. I (III/d)",
    position="Kepala Sekolah",
    unit="SD Negeri 02 Contoh",
    institution="Pemerintah Kota Contohkota",
    email="teguh.wibowo@contohkota.go.id",
    phone="0819-0000-2468",
)
WULAN = Person(
    name="Wulan Sari, A.Md.",
    nip="199007142015032003",
    nik="9999015407900005",
    rank="Pengatur Tk. I (II/d)",
    position="Bendahara Sekolah",
    unit="SD Negeri 02 Contoh",
    institution="Pemerintah Kota Contohkota",
    email="wulan.sari@contohkota.go.id",
    phone="0815-0000-1357",
)
CHANGES = (
    ("Jabatan", SITI.position, "Kepala Seksi Data dan Informasi Pendidikan"),
    ("Unit Kerja", SITI.unit, "Badan Kepegawaian dan Pengembangan Sumber Daya Manusia"),
    ("Pangkat/Golongan", SITI.rank, "Pembina / IV a"),
)
"""What is to be changed: (what, before, after)."""

DEMO_CHANGES = (("Jabatan", AGUS.position, "Kepala Seksi Pembelajaran Sekolah Dasar"),)

ANNEX = (
    ("No", 28),
    ("Nama", 90),
    ("NIP", 96),
    ("NIK", 90),
    ("Pangkat/Gol", 66),
    ("Jabatan", 92),
    ("Unit Kerja", 92),
    ("Alamat Email", 142),
    ("No. HP", 76),
)
"""The columns of the annex of a collective letter, and their widths in points."""

_FONT = "Times-Roman"
_TEXT = ParagraphStyle("text", fontName=_FONT, fontSize=12, leading=16, spaceAfter=6)
_CENTRED = ParagraphStyle("centred", parent=_TEXT, alignment=TA_CENTER, fontName="Times-Bold", spaceAfter=0)
_SMALL = ParagraphStyle("small", parent=_CENTRED, fontName=_FONT, fontSize=9, leading=12)
_CELL = ParagraphStyle("cell", fontName=_FONT, fontSize=10, leading=12)
_HEADING = ParagraphStyle("heading", parent=_CELL, fontName="Times-Bold", alignment=TA_CENTER)
_REASON_LABEL = "Alasan pencabutan"


def revocation_letter(
    person: Person = SITI,
    reason: str = "Mutasi ke instansi lain",
    *,
    labelled: bool = True,
    superior: Person | None = BUDI,
) -> bytes:
    """Return a "surat keterangan alasan pencabutan" of one person.

    `labelled`: the reason stands behind the label "Alasan pencabutan", else in a sentence ("dengan alasan ...").
    """
    story = _head("SURAT KETERANGAN ALASAN PENCABUTAN SERTIFIKAT ELEKTRONIK")
    rows = _data(person)
    if labelled:
        rows.append((_REASON_LABEL, reason))
    story += [_say("Saya yang bertanda tangan di bawah ini:"), _pairs(rows)]
    because = "" if labelled else f" dengan alasan {reason[:1].lower()}{reason[1:]}"
    story += [
        _say(
            "Dengan ini mengajukan permohonan perubahan data pemohon sertifikat elektronik menjadi tidak aktif"
            f"{because}."
        ),
        _say(
            "Demikian surat keterangan ini dibuat dengan sebenarnya untuk dipergunakan sebagaimana mestinya."
        ),
    ]
    return _pdf([*story, *_signed(person, superior)])


def revocation_form(
    persons: Sequence[Person] = (SITI, AGUS, MAYA),
    *,
    reason: str = "",
    writer: Person = BUDI,
    with_nip: bool = True,
    ruled: bool = True,
) -> bytes:
    """Return a "formulir pencabutan data pemohon" of one or many persons: Semula "Aktif", Menjadi "Tidak aktif".

    `writer` (the superior) asks for it and signs; `reason` stands in a sentence where it is given.
    """
    columns = [("No", 28), ("Nama", 128), ("NIP", 110), ("SKPD", 120), ("Semula", 55), ("Menjadi", 60)]
    columns = [column for column in columns if with_nip or column[0] != "NIP"]
    rows = []
    for number, each in enumerate(persons, 1):
        row = [str(number), each.name, each.printed_nip, each.unit, "Aktif", "Tidak aktif"]
        rows.append(row if with_nip else row[:2] + row[3:])
    because = f" dengan alasan {reason}" if reason else ""
    story = [
        *_head("FORMULIR PENCABUTAN DATA PEMOHON SERTIFIKAT ELEKTRONIK"),
        _say("Yang bertanda tangan di bawah ini:"),
        _pairs(_data(writer)[:2] + _data(writer)[3:5]),
        _say(f"Dengan ini mengajukan perubahan data pemohon sertifikat elektronik{because} sebagai berikut:"),
        _table(columns, rows, ruled=ruled),
        _say("Demikian formulir ini dibuat untuk dipergunakan sebagaimana mestinya."),
    ]
    return _pdf([*story, *_signed(writer, None, heading="Kepala Dinas Pendidikan,")])


def data_change_form(
    person: Person = SITI,
    changes: Sequence[tuple[str, str, str]] = CHANGES,
    *,
    superior: Person | None = BUDI,
    ruled: bool = True,
) -> bytes:
    """Return a "formulir permohonan perubahan data": the person, and a table No / Perihal perubahan / Semula / Menjadi."""
    columns = [("No", 30), ("Perihal perubahan", 120), ("Semula", 155), ("Menjadi", 155)]
    rows = [[str(number), *change] for number, change in enumerate(changes, 1)]
    story = [
        *_head(TITLES["data-change-form"]),
        _say("Saya yang bertanda tangan di bawah ini:"),
        _pairs([("Nama Lengkap" if label == "Nama" else label, value) for label, value in _data(person)]),
        _say("Dengan ini mengajukan permohonan perubahan data sebagai berikut:"),
        _table(columns, rows, ruled=ruled),
        _say("Demikian formulir ini diisi dengan sebenarnya untuk dapat diproses lebih lanjut."),
    ]
    return _pdf([*story, *_signed(person, superior, heading="Hormat saya,")])


def recommendation_letter(
    recommender: Person = BUDI,
    persons: Sequence[Person] = (SITI,),
    *,
    title: str = TITLES["recommendation-letter"],
    ruled: bool = True,
    next_page: bool = True,
    columns: Sequence[tuple[str, float]] = ANNEX,
) -> bytes:
    """Return a "surat rekomendasi": one person as a second block; several in the table of an annex.

    `next_page`: the annex is a landscape page of its own, else the table (fewer columns) follows the text.
    `columns` picks from ANNEX and sets the widths.
    """
    story = [
        *_head(title),
        _say("Yang bertanda tangan di bawah ini:"),
        _pairs([pair for pair in _data(recommender) if pair[0] not in ("NIK", "Unit Kerja", "No. Telepon")]),
    ]
    if len(persons) == 1:
        rows = [*_data(persons[0]), ("Kota", "Contohkota"), ("Provinsi", "Provinsi Contoh")]
        story += [_say("Dengan ini memberikan rekomendasi kepada:"), _pairs(rows)]
        return _pdf([*story, *_recommended(recommender)])
    table = _table(columns, [_annex_row(i, each, columns) for i, each in enumerate(persons, 1)], ruled=ruled)
    if not next_page:
        story += [_say("Dengan ini memberikan rekomendasi kepada:"), table]
        return _pdf([*story, *_recommended(recommender)])
    story += [
        _say("Dengan ini memberikan rekomendasi kepada nama-nama sebagaimana tercantum dalam lampiran,")
    ]
    story += [*_recommended(recommender), NextPageTemplate("annex"), PageBreak()]
    story += [_say("Lampiran Surat Rekomendasi"), _say("Nomor: 800/1.2/045/2026"), table]
    return _pdf(story)


def renewal_letter(
    recommender: Person = BUDI,
    persons: Sequence[Person] = (SITI,),
    *,
    ruled: bool = True,
    next_page: bool = True,
    columns: Sequence[tuple[str, float]] = ANNEX,
) -> bytes:
    """Return a letter of recommendation for renewal ("perpanjangan"); all else as in `recommendation_letter`."""
    return recommendation_letter(
        recommender,
        persons,
        title=TITLES["renewal-letter"],
        ruled=ruled,
        next_page=next_page,
        columns=columns,
    )


def supporting_document(
    person: Person = SITI, position: str = "Kepala Seksi Data dan Informasi Pendidikan"
) -> bytes:
    """Return the excerpt of a decree that gives `person` a new position: evidence for a change, of kind `other`."""
    story = [
        Paragraph("WALI KOTA CONTOHKOTA", _CENTRED),
        Spacer(0, 14),
        Paragraph("PETIKAN", _CENTRED),
        Paragraph("KEPUTUSAN WALI KOTA CONTOHKOTA", _CENTRED),
        Paragraph("NOMOR 821.2/117/2026", _CENTRED),
        Paragraph("TENTANG", _CENTRED),
        Paragraph("PENGANGKATAN DALAM JABATAN PENGAWAS", _CENTRED),
        Spacer(0, 18),
        _say("Menimbang: dan seterusnya."),
        _say("Mengingat: dan seterusnya."),
        Paragraph("MEMUTUSKAN:", _CENTRED),
        _say("Menetapkan: terhitung mulai tanggal 2 Maret 2026 mengangkat pegawai negeri sipil:"),
        _pairs(
            [
                ("Nama", person.name),
                ("NIP", person.printed_nip),
                ("Pangkat/Golongan", person.rank),
                ("Jabatan lama", person.position),
                ("Jabatan baru", position),
            ]
        ),
        _say("Petikan keputusan ini diberikan kepada yang bersangkutan untuk dilaksanakan."),
    ]
    return _pdf([*story, *_signed(None, None, heading="a.n. Wali Kota Contohkota,")])


def table_letter(
    columns: Sequence[tuple[str, float]],
    rows: Sequence[Sequence[str]],
    *,
    title: str = TITLES["recommendation-letter"],
    heads: Sequence[Sequence[str]] = (),
    spans: Sequence[tuple[object, ...]] = (),
    again: bool = True,
    middle: bool = False,
) -> bytes:
    """Return a letter that is a title and a ruled table of any columns (head, width in points) and rows.

    `heads`: further rows of the head, with `spans` (commands of reportlab) where its cells are joined. `again`: the head is
    repeated on each page. `middle`: cells are centred from top to bottom.
    """
    table = _table(columns, [*heads, *rows], ruled=True, again=again, spans=spans, middle=middle)
    return _pdf([*_head(title), _say("Dengan ini memberikan rekomendasi kepada:"), table])


def _annex_row(number: int, person: Person, columns: Sequence[tuple[str, float]]) -> list[str]:
    cells = {
        "No": str(number),
        "Nama": person.name,
        "NIP": person.printed_nip,
        "NIK": person.nik,
        "Pangkat/Gol": person.rank,
        "Jabatan": person.position,
        "Unit Kerja": person.unit,
        "Alamat Email": person.email,
        "No. HP": person.phone,
    }
    return [cells[name] for name, _ in columns]


def _data(person: Person) -> list[tuple[str, str]]:
    return [
        ("Nama", person.name),
        ("NIP", person.printed_nip),
        ("NIK", person.nik),
        ("Pangkat/Golongan", person.rank),
        ("Jabatan", person.position),
        ("Unit Kerja", person.unit),
        ("Instansi", person.institution),
        ("Alamat Email", person.email),
        ("No. Telepon", person.phone),
    ]


def _head(title: str) -> list[Flowable]:
    return [
        Paragraph("PEMERINTAH KOTA CONTOHKOTA", _CENTRED),
        Paragraph("DINAS PENDIDIKAN", _CENTRED),
        Paragraph("Jl. Contoh No. 1 Contohkota 99999 Telepon (0285) 000000", _SMALL),
        Spacer(0, 16),
        Paragraph(title, _CENTRED),
        Paragraph("Nomor: 800/1.2/045/2026", _SMALL),
        Spacer(0, 12),
    ]


def _say(text: str) -> Paragraph:
    return Paragraph(text, _TEXT)


def _pairs(rows: Sequence[tuple[str, str]]) -> Table:
    cells = [[label, ":", Paragraph(value, _TEXT)] for label, value in rows]
    style = [
        ("FONT", (0, 0), (-1, -1), _FONT, 12),
        ("VALIGN", (0, 0), (-1, -1), "TOP"),
        ("TOPPADDING", (0, 0), (-1, -1), 0),
        ("BOTTOMPADDING", (0, 0), (-1, -1), 0),
        ("LEADING", (0, 0), (-1, -1), 16),
    ]
    return Table(cells, colWidths=[130, 12, 310], style=style, hAlign="LEFT", spaceAfter=8)


def _table(
    columns: Sequence[tuple[str, float]],
    rows: Sequence[Sequence[str]],
    *,
    ruled: bool,
    again: bool = True,
    spans: Sequence[tuple[object, ...]] = (),
    middle: bool = False,
) -> Table:
    cells = [[Paragraph(name, _HEADING) for name, _ in columns]]
    cells += [[Paragraph(text, _CELL) for text in row] for row in rows]
    style: list[tuple[object, ...]] = [
        ("VALIGN", (0, 0), (-1, -1), "MIDDLE" if middle else "TOP"),
        ("LEFTPADDING", (0, 0), (-1, -1), 4),
        *spans,
    ]
    if ruled:
        style += [("GRID", (0, 0), (-1, -1), 0.6, colors.black), ("VALIGN", (0, 0), (-1, 0), "MIDDLE")]
    return Table(
        cells,
        colWidths=[width for _, width in columns],
        style=style,
        repeatRows=int(again),
        hAlign="LEFT",
        spaceBefore=4,
        spaceAfter=10,
    )


def _recommended(recommender: Person) -> list[Flowable]:
    return [
        _say("untuk melakukan pendaftaran sertifikat elektronik pada Balai Sertifikasi Elektronik (BSrE)."),
        _say("Demikian surat rekomendasi ini dibuat untuk dipergunakan sebagaimana mestinya."),
        *_signed(recommender, None, heading="Kepala Dinas Pendidikan,"),
    ]


def _signed(
    person: Person | None, superior: Person | None, *, heading: str = "Yang menyatakan,"
) -> list[Flowable]:
    def under(one: Person | None) -> list[str]:
        return [one.name, f"NIP. {one.printed_nip}"] if one else ["", ""]

    left = ["", "Mengetahui,", "Atasan langsung,", "", "", *under(superior)] if superior else [""] * 7
    right = ["Contohkota, 12 Maret 2026", heading, "", "", "", *under(person)]
    style = [
        ("FONT", (0, 0), (-1, -1), _FONT, 12),
        ("TOPPADDING", (0, 0), (-1, -1), 0),
        ("BOTTOMPADDING", (0, 0), (-1, -1), 0),
    ]
    rows = [list(row) for row in zip(left, right, strict=True)]
    return [Spacer(0, 8), Table(rows, colWidths=[240, 212], rowHeights=16, style=style, hAlign="LEFT")]


def _pdf(story: list[Flowable]) -> bytes:
    out = io.BytesIO()
    document = BaseDocTemplate(
        out, title="Surat", author="Dinas Pendidikan", invariant=True, pageCompression=1
    )
    wide, high = A4
    upright = Frame(66, 50, wide - 130, high - 90, leftPadding=6, rightPadding=0)
    across = Frame(34, 40, high - 60, wide - 80, leftPadding=6, rightPadding=0)
    document.addPageTemplates(
        [
            PageTemplate("letter", [upright], pagesize=A4),
            PageTemplate("annex", [across], pagesize=landscape(A4)),
        ]
    )
    document.build(story)
    return out.getvalue()


def make_demo_letters(folder: Path = DEMO) -> list[Path]:
    """Write the letters of the demonstration beside `surat-pernyataan.pdf`."""
    made = {
        "formulir-perubahan-data.pdf": data_change_form(AGUS, DEMO_CHANGES),
        "surat-keterangan-pencabutan.pdf": revocation_letter(MAYA, "Passphrase diketahui orang lain"),
        "surat-rekomendasi.pdf": renewal_letter(BUDI, (AYU, TEGUH, WULAN)),
        "sk-jabatan.pdf": supporting_document(AGUS, DEMO_CHANGES[0][2]),
    }
    for name, data in made.items():
        (folder / name).write_bytes(data)
    return [folder / name for name in made]


if __name__ == "__main__":
    make_demo_letters()
