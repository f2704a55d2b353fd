"""What the four letters say, from top to bottom, as plain values; `word` puts them on paper."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from parsers.identity import format_nip

BLANK = "." * 48
"""A value that is not known, to be filled in by hand."""
SHORT_BLANK = "." * 24
FIELDS = (
    "name", "nip", "nik", "rank", "position", "unit", "institution", "official_email", "phone", "reason", "place",
)  # fmt: skip
_EMPTY_ROWS = 3

_LABELS = {
    "name": "Nama",
    "nip": "NIP",
    "nik": "NIK",
    "rank": "Pangkat/Golongan",
    "position": "Jabatan",
    "unit": "Unit Kerja",
    "institution": "Instansi",
    "official_email": "Alamat E-mail Dinas",
    "phone": "No. Handphone",
    "reason": "Alasan pencabutan",
}


@dataclass(frozen=True)
class Facts:
    """What is known: fields by their names, and the changes asked for (what, before, after)."""

    fields: Mapping[str, str]
    changes: tuple[tuple[str, str, str], ...] = ()

    def of(self, name: str, blank: str = BLANK) -> str:
        """Return a field as it is printed, or a dotted line."""
        value = self.fields.get(name, "")
        return (format_nip(value) if name == "nip" else value) or blank


@dataclass(frozen=True)
class Title:
    """The lines of the title, in the middle."""

    lines: tuple[str, ...]


@dataclass(frozen=True)
class Hint:
    """A grey line for whoever completes the letter, to be replaced."""

    text: str


@dataclass(frozen=True)
class Paragraph:
    """A sentence or several."""

    text: str


@dataclass(frozen=True)
class Pairs:
    """Label and value, one a line."""

    rows: tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class Ruled:
    """A table with lines, the first row its headings; `widths` in centimetres."""

    rows: tuple[tuple[str, ...], ...]
    widths: tuple[float, ...]


@dataclass(frozen=True)
class Signatures:
    """Place and date above the right one; each is what it signs as, and the lines under it. The left one may be empty."""

    place: str
    right: tuple[str, ...]
    left: tuple[str, ...] = ()


Piece = Title | Hint | Paragraph | Pairs | Ruled | Signatures

_SUPERIOR = ("Mengetahui,", "Atasan langsung,", "", SHORT_BLANK * 2, f"NIP. {SHORT_BLANK}")


def _pairs(facts: Facts, *names: str, **labels: str) -> Pairs:
    return Pairs(tuple((labels.get(name, _LABELS[name]), facts.of(name)) for name in names))


def _signed(facts: Facts, as_: str, *, left: tuple[str, ...] = ()) -> Signatures:
    signer = (as_, "", facts.of("name", SHORT_BLANK * 2), f"NIP. {facts.of('nip', SHORT_BLANK)}")
    place = facts.of("place", SHORT_BLANK)
    return Signatures(place=f"{place}, {SHORT_BLANK} 20....", right=signer, left=left)


_PERSON = ("name", "nip", "rank", "position", "unit", "institution", "official_email", "phone")
_I = Paragraph("Saya yang bertanda tangan di bawah ini:")


def passphrase_loss_statement(facts: Facts) -> list[Piece]:
    """Surat pernyataan lupa passphrase."""
    return [
        Title(("SURAT PERNYATAAN", "LUPA PASSPHRASE SERTIFIKAT ELEKTRONIK")),
        _I,
        _pairs(facts, *_PERSON),
        Paragraph(
            "Dengan ini menyatakan bahwa saya lupa passphrase sertifikat elektronik yang saya miliki, sehingga sertifikat "
            "elektronik tersebut tidak dapat saya gunakan lagi. Sehubungan dengan hal itu, saya memohon agar sertifikat "
            "elektronik tersebut dicabut dan diterbitkan sertifikat elektronik yang baru."
        ),
        Paragraph(
            "Demikian surat pernyataan ini saya buat dengan sebenarnya untuk dipergunakan sebagaimana mestinya."
        ),
        _signed(facts, "Yang menyatakan,"),
    ]


def revocation_letter(facts: Facts) -> list[Piece]:
    """Surat keterangan alasan pencabutan."""
    return [
        Title(("SURAT KETERANGAN", "ALASAN PENCABUTAN SERTIFIKAT ELEKTRONIK")),
        _I,
        _pairs(facts, *_PERSON, "reason"),
        Paragraph("Dengan ini mengajukan permohonan pencabutan sertifikat elektronik yang saya miliki."),
        Paragraph(
            "Demikian surat keterangan ini saya buat dengan sebenarnya untuk dipergunakan sebagaimana mestinya."
        ),
        _signed(facts, "Hormat saya,"),
    ]


def data_change_form(facts: Facts) -> list[Piece]:
    """Formulir permohonan perubahan data, with the changes that are known, or empty rows."""
    known = [(str(number), *change) for number, change in enumerate(facts.changes, 1)]
    empty = [(str(number), "", "", "") for number in range(1, _EMPTY_ROWS + 1)]
    names = ("name", "nip", "rank", "unit", "institution", "position", "official_email", "phone")
    return [
        Title(("FORMULIR PERMOHONAN", "PERUBAHAN DATA PEMOHON SERTIFIKAT ELEKTRONIK")),
        _I,
        _pairs(facts, *names, name="Nama Lengkap"),
        Paragraph("Dengan ini mengajukan permohonan perubahan data sebagai berikut:"),
        Ruled((("No", "Perihal perubahan", "Semula", "Menjadi"), *(known or empty)), (1.2, 4.2, 5.3, 5.3)),
        Paragraph(
            "Demikian formulir ini saya isi dengan sebenarnya. Bersama ini saya lampirkan data dukung perubahan tersebut."
        ),
        _signed(facts, "Hormat saya,", left=_SUPERIOR),
    ]


def recommendation_letter(facts: Facts) -> list[Piece]:
    """Surat Rekomendasi: a superior, not known here, recommends the applicant."""
    nobody = Facts({})
    recommender = ("name", "nip", "rank", "position", "institution", "official_email")
    person = ("name", "nip", "nik", "rank", "position", "unit", "institution")
    return [
        Hint("(kop surat Perangkat Daerah)"),
        Title(("SURAT REKOMENDASI", "PERMOHONAN PENERBITAN SERTIFIKAT ELEKTRONIK")),
        Paragraph(f"Nomor: {SHORT_BLANK}"),
        Paragraph("Yang bertanda tangan di bawah ini:"),
        _pairs(nobody, *recommender, official_email="Alamat E-mail"),
        Paragraph("Dengan ini memberikan rekomendasi kepada:"),
        Pairs(
            (
                *_pairs(facts, *person).rows,
                ("Kota", BLANK),
                ("Provinsi", BLANK),
                ("Alamat Email", facts.of("official_email")),
                ("No. Telepon", facts.of("phone")),
            )
        ),
        Paragraph(
            "untuk mengajukan permohonan penerbitan sertifikat elektronik. Data yang bersangkutan telah kami periksa dan benar."
        ),
        Paragraph("Demikian surat rekomendasi ini dibuat untuk dipergunakan sebagaimana mestinya."),
        Signatures(
            place=f"{facts.of('place', SHORT_BLANK)}, {SHORT_BLANK} 20....",
            right=(f"{SHORT_BLANK},", "", SHORT_BLANK * 2, f"NIP. {SHORT_BLANK}"),
        ),
    ]


LETTERS: dict[str, Callable[[Facts], list[Piece]]] = {
    "passphrase-loss-statement": passphrase_loss_statement,
    "revocation-letter": revocation_letter,
    "data-change-form": data_change_form,
    "recommendation-letter": recommendation_letter,
}
