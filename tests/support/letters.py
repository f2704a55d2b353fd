"""Letters of fictional people, made with reportlab: several layouts and fonts, each with the fields a reader must find.

`make_demo_letter()` writes the letter of the demonstration: `python -m tests.support.letters`.
"""

import io
import random
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from pathlib import Path

from reportlab.lib.pagesizes import A4
from reportlab.lib.pdfencrypt import StandardEncryption
from reportlab.lib.utils import ImageReader
from reportlab.pdfgen.canvas import Canvas

FONTS = ("Helvetica", "Times-Roman", "Courier")
DEMO = Path(__file__).parents[2] / "mailflow" / "demo" / "surat-pernyataan.pdf"
WIDTH, HEIGHT = A4
LEFT = 72.0
LEADING = 18.0


@dataclass(frozen=True, kw_only=True)
class Person:
    name: str
    nip: str
    nik: str
    rank: str
    position: str
    unit: str
    institution: str
    email: str
    phone: str

    @property
    def printed_nip(self) -> str:
        return f"{self.nip[:8]} {self.nip[8:14]} {self.nip[14]} {self.nip[15:]}"

    @property
    def fields(self) -> dict[str, str]:
        return {
            "name": self.name,
            "nip": self.nip,
            "nik": self.nik,
            "rank": self.rank,
            "position": self.position,
            "unit": self.unit,
            "institution": self.institution,
            "official_email": self.email,
            "phone": "".join(char for char in self.phone if char.isdigit()),
        }


SITI = Person(
    name="Siti Rahmawati",
    nip="198504122010012007",
    nik="9999015204850003",
    rank="Penata Tk. I / III d",
    position="Analis Data dan Informasi",
    unit="Dinas Pendidikan",
    institution="Pemerintah Kota Contohkota",
    email="siti.rahmawati@contohkota.go.id",
    phone="0812-0000-1234",
)
BUDI = Person(
    name="Drs. Budi Santoso, M.Si.",
    nip="196608011988031001",
    nik="9999010108660001",
    rank="Pembina Utama Muda (IV/c)",
    position="Kepala Dinas",
    unit="Dinas Pendidikan",
    institution="Pemerintah Kota Contohkota",
    email="budi.santoso@contohkota.go.id",
    phone="0811 0000 777",
)
PEOPLE = (
    SITI,
    Person(
        name="Anisa Kusuma Wardhani, S.Kom.",
        nip="199211232019032011",
        nik="9999026311920007",
        rank="Penata Muda / III a",
        position="Pranata Komputer Ahli Pertama",
        unit="Bagian Organisasi Sekretariat Daerah",
        institution="Pemerintah Kabupaten Contoh",
        email="anisa_kusuma@setda.contohkota.go.id",
        phone="+62 856 0000 4321",
    ),
    Person(
        name="Dr. H. Muhammad Iqbal Al-Farisi, S.H., M.H.",
        nip="197901052005011003",
        nik="9999030501790002",
        rank="Pembina - IV/a",
        position="Sekretaris Kecamatan Contoh Utara",
        unit="Kecamatan Contoh Utara",
        institution="Pemerintah Kota Contohkota",
        email="iqbal-alfarisi79@contohkota.go.id",
        phone="(0285) 000123",
    ),
    Person(
        name="Ni Luh Ayu",
        nip="200001012024212001",
        nik="9999044101000009",
        rank="IX",
        position="Guru",
        unit="SD Negeri 02 Contoh",
        institution="Pemerintah Kota Contohkota",
        email="ayu@contohkota.go.id",
        phone="081200009876",
    ),
)

LABELS = {
    "name": ("Nama Lengkap", "Nama", "N a m a"),
    "nip": ("NIP", "N I P", "Nomor Induk Pegawai"),
    "nik": ("NIK", "No. KTP", "NIK (sesuai KTP)"),
    "rank": ("Pangkat/Golongan", "Pangkat / Gol. Ruang", "Pangkat, Golongan Ruang"),
    "position": ("Jabatan", "Nama Jabatan", "Jabatan"),
    "unit": ("Unit Kerja", "Perangkat Daerah", "SKPD / Unit Kerja"),
    "institution": ("Instansi", "Nama Instansi", "Instansi"),
    "official_email": ("Alamat Email", "E-mail Dinas", "Alamat E-mail Kedinasan"),
    "phone": ("No. HP", "No. Telepon / HP", "Nomor Handphone"),
}

TITLES = {
    "passphrase-loss-statement": "SURAT PERNYATAAN LUPA PASSPHRASE SERTIFIKAT ELEKTRONIK",
    "revocation-letter": "SURAT KETERANGAN ALASAN PENCABUTAN SERTIFIKAT ELEKTRONIK",
    "data-change-form": "FORMULIR PERMOHONAN PERUBAHAN DATA PEMOHON SERTIFIKAT ELEKTRONIK",
    "recommendation-letter": "SURAT REKOMENDASI PERMOHONAN PENERBITAN SERTIFIKAT ELEKTRONIK",
    "renewal-letter": "SURAT REKOMENDASI PERMOHONAN PERPANJANGAN SERTIFIKAT ELEKTRONIK",
}
BODIES = {
    "passphrase-loss-statement": (
        "Dengan ini menyatakan bahwa saya lupa passphrase sertifikat elektronik yang saya miliki,",
        "sehingga mengajukan pencabutan sertifikat elektronik dan penerbitan sertifikat elektronik baru.",
    ),
    "revocation-letter": (
        "Dengan ini mengajukan permohonan perubahan data menjadi tidak aktif karena lupa passphrase.",
        "Saya bertanggung jawab atas kebenaran keterangan ini.",
    ),
    "data-change-form": ("Dengan ini mengajukan permohonan sebagaimana tabel di bawah ini.",),
    "recommendation-letter": ("untuk melakukan pendaftaran penerbitan sertifikat elektronik.",),
    "renewal-letter": ("untuk melakukan pendaftaran penerbitan sertifikat elektronik.",),
}


@dataclass(frozen=True, kw_only=True)
class Style:
    """How a letter is laid out; `labels` picks the wording of the labels."""

    font: str = "Helvetica"
    size: float = 11
    labels: int = 0
    colon: str = "column"  # column | inline | glued | none
    value_x: float = 215
    value_width: float = 320
    effect: str = ""  # fake-bold | watermark | horizontal-watermark | shuffled | characters
    turn: int = 0  # quarter turns of the text
    rotate: int = 0  # /Rotate of the page
    superior: Person | None = BUDI
    superior_labels: bool = False


@dataclass
class Sheet:
    """Collects strings with their places, and draws them as the style says."""

    style: Style
    strings: list[tuple[float, float, str, str, float]] = field(default_factory=list)
    lines: list[tuple[float, float, float, float]] = field(default_factory=list)

    def put(self, x: float, y: float, text: str, *, bold: bool = False, size: float = 0) -> None:
        self.strings.append((x, y, text, self.font(bold=bold), size or self.style.size))

    def font(self, *, bold: bool) -> str:
        name = self.style.font
        return {"Times-Roman": "Times-Bold"}.get(name, f"{name}-Bold") if bold else name

    def centred(self, y: float, text: str, *, bold: bool = True, size: float = 0) -> None:
        size = size or self.style.size
        width = _width(text, self.font(bold=bold), size)
        self.put((WIDTH - width) / 2, y, text, bold=bold, size=size)

    def draw(self, canvas: Canvas) -> None:
        strings = list(self.strings)
        if self.style.effect == "shuffled":
            random.Random(7).shuffle(strings)  # noqa: S311 - the same disorder each time
        if self.style.effect == "watermark":
            _watermark(canvas, 45)
        if self.style.effect == "horizontal-watermark":
            _watermark(canvas, 0)
        for x0, y0, x1, y1 in self.lines:
            canvas.line(x0, HEIGHT - y0, x1, HEIGHT - y1)
        for x, y, text, font, size in strings:
            canvas.setFont(font, size)
            self._string(canvas, x, HEIGHT - y, text)

    def _string(self, canvas: Canvas, x: float, y: float, text: str) -> None:
        if self.style.effect == "characters":
            for char in text:
                canvas.drawString(x, y, char)
                x += canvas.stringWidth(char)
            return
        canvas.drawString(x, y, text)
        if self.style.effect == "fake-bold":
            canvas.drawString(x + 0.35, y, text)
            canvas.drawString(x + 0.2, y + 0.2, text)


def _width(text: str, font: str, size: float) -> float:
    from reportlab.pdfbase.pdfmetrics import stringWidth  # noqa: PLC0415 - reportlab loads fonts on first use

    return float(stringWidth(text, font, size))


def _watermark(canvas: Canvas, angle: float) -> None:
    canvas.saveState()
    canvas.setFillGray(0.8)
    canvas.setFont("Helvetica-Bold", 90)
    canvas.translate(130, 250)
    canvas.rotate(angle)
    canvas.drawString(0, 0, "SALINAN")
    canvas.restoreState()


def _wrap(text: str, font: str, size: float, width: float) -> list[str]:
    """Break at blanks, and a word that is too long (an address) anywhere."""
    rows = [""]
    for word in text.split(" "):
        candidate = f"{rows[-1]} {word}".strip()
        if _width(candidate, font, size) <= width:
            rows[-1] = candidate
            continue
        if rows[-1]:
            rows.append("")
        for char in word:
            if _width(rows[-1] + char, font, size) > width:
                rows.append("")
            rows[-1] += char
    return rows


def pair(
    sheet: Sheet, y: float, label: str, value: str, *, x: float = LEFT, value_x: float | None = None
) -> float:
    """Print `label : value` and return the y below it."""
    style = sheet.style
    at = value_x or style.value_x
    if style.colon == "column":
        sheet.put(x, y, label)
        sheet.put(at - 12, y, ":")
    elif style.colon == "none":
        sheet.put(x, y, label)
    else:
        text = f"{label} : " if style.colon == "inline" else f"{label}: "
        sheet.put(x, y, text.rstrip())
        at = x + _width(text, style.font, style.size)
    for row in _wrap(value, style.font, style.size, style.value_width):
        sheet.put(at, y, row)
        y += LEADING if style.value_width > 200 else 13
    return y + (0 if style.value_width > 200 else 5)


def pairs_of(person: Person, style: Style) -> list[tuple[str, str]]:
    printed = {**person.fields, "nip": person.printed_nip, "phone": person.phone}
    return [(LABELS[name][style.labels], printed[name]) for name in LABELS]


def head(sheet: Sheet, title: str) -> float:
    sheet.centred(60, "PEMERINTAH KOTA CONTOHKOTA", size=13)
    sheet.centred(78, "DINAS PENDIDIKAN", size=14)
    sheet.centred(94, "Jl. Contoh No. 1 Contohkota 99999 Telepon (0285) 000000", bold=False, size=9)
    y = 130.0
    for row in _wrap(title, sheet.font(bold=True), 12, 400):
        sheet.centred(y, row, size=12)
        y += 15
    sheet.centred(y, "Nomor: 800/1.2/045/2026", bold=False)
    return y + 30


def foot(sheet: Sheet, y: float, person: Person) -> None:
    style = sheet.style
    sheet.put(350, y + 10, "Contohkota, 12 Maret 2026")
    y += 28
    superior = style.superior
    if superior:
        sheet.put(LEFT, y, "Mengetahui,")
        sheet.put(LEFT, y + 15, "Atasan langsung,")
        if style.superior_labels:
            sheet.put(LEFT, y + 70, f"Nama : {superior.name}")
            sheet.put(LEFT, y + 85, f"NIP : {superior.printed_nip}")
        else:
            sheet.put(LEFT, y + 70, superior.name)
            sheet.put(LEFT, y + 85, f"NIP. {superior.printed_nip}")
    sheet.put(350, y + 15, "Yang menyatakan,")
    sheet.put(350, y + 70, person.name)
    sheet.put(350, y + 85, f"NIP. {person.printed_nip}")


def statement(sheet: Sheet, person: Person, kind: str) -> None:
    """The common letter: head, "yang bertanda tangan", fields, sentence, two signatures."""
    y = head(sheet, TITLES[kind])
    sheet.put(LEFT, y, "Saya yang bertanda tangan di bawah ini :")
    y += 24
    for label, value in pairs_of(person, sheet.style):
        y = pair(sheet, y, label, value)
    y = closing(sheet, y + 8, kind)
    foot(sheet, y, person)


def closing(sheet: Sheet, y: float, kind: str) -> float:
    for row in BODIES[kind]:
        sheet.put(LEFT, y, row, size=min(sheet.style.size, 10) if sheet.style.font != "Courier" else 8)
        y += 16
    sheet.put(LEFT, y + 4, "Demikian surat ini dibuat dengan sebenarnya.")
    return y + 20


def recommendation(sheet: Sheet, person: Person, kind: str) -> None:
    """The superior writes, and recommends the applicant."""
    y = head(sheet, TITLES[kind])
    sheet.put(LEFT, y, "Yang bertanda tangan di bawah ini:")
    y += 22
    for label, value in pairs_of(sheet.style.superior or BUDI, sheet.style)[:7]:
        y = pair(sheet, y, label, value)
    sheet.put(LEFT, y + 4, "Dengan ini memberikan rekomendasi kepada:")
    y += 24
    for label, value in pairs_of(person, sheet.style):
        y = pair(sheet, y, label, value)
    y = closing(sheet, y + 6, kind)
    sheet.put(350, y + 20, "Kepala Dinas Pendidikan,")
    sheet.put(350, y + 70, BUDI.name)
    sheet.put(350, y + 85, f"NIP. {BUDI.printed_nip}")


def two_columns(sheet: Sheet, person: Person, kind: str) -> None:
    y = head(sheet, TITLES[kind])
    sheet.put(LEFT, y, "Saya yang bertanda tangan di bawah ini :")
    narrow = Sheet(replace(sheet.style, size=9, value_width=140))
    rows = pairs_of(person, sheet.style)
    ends = []
    for column, part in ((40.0, rows[:5]), (305.0, rows[5:])):
        at = y + 24
        for label, value in part:
            at = pair(narrow, at, label, value, x=column, value_x=column + 115)
        ends.append(at)
    sheet.strings += narrow.strings
    foot(sheet, closing(sheet, max(ends) + 8, kind), person)


def table(sheet: Sheet, person: Person, kind: str) -> None:
    """A ruled table of two columns, long values broken inside their cell."""
    y = head(sheet, TITLES[kind])
    sheet.put(LEFT, y, "Saya yang bertanda tangan di bawah ini")
    y += 20
    style = sheet.style
    for label, value in pairs_of(person, style):
        rows = _wrap(value, style.font, style.size, 170)
        height = 8 + 13 * len(rows)
        for place in (y, y + height):
            sheet.lines.append((LEFT, place, 500, place))
        for place in (LEFT, 210, 500):
            sheet.lines.append((place, y, place, y + height))
        sheet.put(LEFT + 4, y + 13, label)
        for index, row in enumerate(rows):
            sheet.put(216, y + 13 + 13 * index, row)
        y += height
    foot(sheet, closing(sheet, y + 20, kind), person)


Layout = Callable[[Sheet, Person, str], None]
PLAIN: dict[str, tuple[Layout, Style]] = {
    "columns": (statement, Style()),
    "columns, other labels": (statement, Style(labels=1)),
    "columns, third labels": (statement, Style(labels=2)),
    "inline colons": (statement, Style(colon="inline")),
    "colons glued to labels": (statement, Style(colon="glued", labels=1)),
    "without a superior": (statement, Style(superior=None)),
    "small print": (statement, Style(size=9)),
    "ruled table": (table, Style()),
}
HARD: dict[str, tuple[Layout, Style]] = {
    "label and value far apart": (statement, Style(value_x=340, value_width=210)),
    "values on several lines": (statement, Style(value_width=105)),
    "two columns": (two_columns, Style()),
    "two columns, other labels": (two_columns, Style(labels=1)),
    "fake bold": (statement, Style(effect="fake-bold")),
    "diagonal watermark": (statement, Style(effect="watermark")),
    "horizontal watermark": (statement, Style(effect="horizontal-watermark")),
    "strings in any order": (statement, Style(effect="shuffled")),
    "character by character": (statement, Style(effect="characters")),
    "page turned by a quarter": (statement, Style(rotate=90, turn=1)),
    "page turned on its head": (statement, Style(rotate=180, turn=2)),
    "text along the long side": (statement, Style(turn=1)),
    "text the other way": (statement, Style(turn=3)),
    "superior with labels": (statement, Style(superior_labels=True)),
    "table with other labels": (table, Style(labels=2, size=10)),
    "recommendation": (recommendation, Style(size=10)),
}


def letter(
    person: Person = SITI,
    *,
    layout: Layout = statement,
    style: Style | None = None,
    kind: str = "passphrase-loss-statement",
) -> bytes:
    """Return a letter as PDF."""
    style = style or Style()
    sheet = Sheet(style)
    layout(sheet, person, kind)
    out = io.BytesIO()
    size = (HEIGHT, WIDTH) if style.turn % 2 else (WIDTH, HEIGHT)
    canvas = Canvas(out, pagesize=size, invariant=True)
    canvas.setTitle("Surat")
    if style.rotate:
        canvas.setPageRotation(style.rotate)
    if style.turn:
        turned_onto(canvas, style.turn)
    sheet.draw(canvas)
    canvas.save()
    return out.getvalue()


def turned_onto(canvas: Canvas, turn: int) -> None:
    """Turn what is drawn by quarters, so that an upright A4 letter lies on the page."""
    if turn == 1:
        canvas.translate(HEIGHT, 0)
    elif turn == 2:
        canvas.translate(WIDTH, HEIGHT)
    else:
        canvas.translate(0, WIDTH)
    canvas.rotate(90 * turn)


def plain_pdf(rows: list[str], *, size: float = 11, font: str = "Helvetica", leading: float = 16) -> bytes:
    """Return a page with `rows` of text, from the top left."""
    out = io.BytesIO()
    canvas = Canvas(out, pagesize=A4, invariant=True)
    canvas.setFont(font, size)
    for index, row in enumerate(rows):
        canvas.drawString(LEFT, HEIGHT - 72 - index * leading, row)
    canvas.save()
    return out.getvalue()


def scan(*, text_layer: bool = False, pages: int = 1) -> bytes:
    """Return pages that are one image each, as scanners make them; with an invisible text layer if asked."""
    from PIL import Image  # noqa: PLC0415 - only scans need it

    out = io.BytesIO()
    canvas = Canvas(out, pagesize=A4, invariant=True)
    image = ImageReader(Image.new("L", (124, 175), 235))
    for _ in range(pages):
        canvas.drawImage(image, 0, 0, WIDTH, HEIGHT)
        if text_layer:
            text = canvas.beginText(LEFT, HEIGHT - 100)
            text.setTextRenderMode(3)
            text.textLines(
                ["SURAT PERNYATAAN LUPA PASSPHRASE", "Nama : Siti Rahmawati", "NIP : 198504122010012OO7"]
            )
            canvas.drawText(text)
        canvas.showPage()
    canvas.save()
    return out.getvalue()


def form(person: Person = SITI) -> bytes:
    """Return a fillable form, filled in: the values stand in its widgets only, whose names say nothing."""
    out = io.BytesIO()
    canvas = Canvas(out, pagesize=A4, invariant=True)
    canvas.drawString(LEFT, HEIGHT - 72, TITLES["data-change-form"])
    for index, (label, value) in enumerate(pairs_of(person, Style())):
        y = HEIGHT - 110 - 26 * index
        canvas.drawString(LEFT, y, f"{label} :")
        canvas.acroForm.textfield(
            name=f"Text{index + 1}", value=value, x=215, y=y - 5, width=300, height=20, fontSize=11
        )
    canvas.save()
    return out.getvalue()


def encrypted(password: str) -> bytes:
    """Return a letter that opens with `password` only."""
    out = io.BytesIO()
    canvas = Canvas(
        out, pagesize=A4, encrypt=StandardEncryption(password, ownerPassword="contoh", strength=128)
    )
    canvas.drawString(LEFT, HEIGHT - 72, "Rahasia")
    canvas.save()
    return out.getvalue()


def with_hidden_line(hide: str, hidden: str = "NIP : 196608011988031001") -> bytes:
    """Return a statement of which one more line is hidden: `mode`, `white`, `covered`, `tiny`, `outside`, or `none` of them."""
    out = io.BytesIO()
    canvas = Canvas(out, pagesize=A4, invariant=True)
    canvas.setFont("Helvetica", 11)
    y = HEIGHT - 120
    for row in (TITLES["passphrase-loss-statement"], "Nama : Siti Rahmawati"):
        canvas.drawString(LEFT, y, row)
        y -= 30
    text = canvas.beginText(-400 if hide == "outside" else LEFT, y)
    text.setFont("Helvetica", 1 if hide == "tiny" else 11)
    text.setTextRenderMode(3 if hide == "mode" else 0)
    text.setFillGray(1 if hide in ("white", "on-blue") else 0)
    if hide == "on-blue":
        canvas.setFillColorRGB(0, 0.2, 0.6)
        canvas.rect(LEFT - 5, y - 5, 300, 20, stroke=0, fill=1)
    text.textOut(hidden)
    canvas.drawText(text)
    if hide == "covered":
        canvas.setFillGray(1)
        canvas.rect(LEFT - 5, y - 5, 300, 20, stroke=0, fill=1)
    canvas.save()
    return out.getvalue()


def make_demo_letter(target: Path = DEMO) -> Path:
    """Write the letter of the demonstration: Siti Rahmawati lost her passphrase."""
    target.write_bytes(letter(SITI, style=Style(font="Times-Roman", size=12)))
    return target


if __name__ == "__main__":
    make_demo_letter()
