"""Whether the fields were found that the SOP's need names."""

from collections.abc import Iterator

from rules.case import Finding
from rules.checks.evidence import Evidence
from rules.checks.finding import Rule, show
from rules.checks.remedies import COMPLETE_LETTER, CORRECT_LETTER

RULE = Rule(id="fields-read", authority="SOP, kelengkapan")
LABELS = {
    "name": ("nama", "name"),
    "nip": ("NIP", "NIP"),
    "nik": ("NIK", "NIK"),
    "rank": ("pangkat/golongan", "rank"),
    "position": ("jabatan", "position"),
    "unit": ("unit kerja", "unit"),
    "institution": ("instansi", "institution"),
    "official_email": ("alamat e-mail dinas", "official e-mail address"),
    "phone": ("nomor telepon", "phone number"),
    "letter_number": ("nomor surat", "letter number"),
    "letter_date": ("tanggal surat", "letter date"),
    "reason": ("alasan", "reason"),
    "changes": ("data yang diubah", "changes"),
    "persons": ("daftar nama", "list of persons"),
}


_OF_ONE = frozenset({"name", "nip"})
"""Fields that stand in the table of persons where a letter has one."""


def judge(evidence: Evidence) -> Iterator[Finding]:
    """Name the fields that are blank, and those of which the reader is not certain (what was printed stands beside)."""
    for name, document in evidence.served.items():
        need = evidence.needs.get(name)
        if need is None or document.facts.kind == "unreadable":
            continue
        fields = document.facts.fields
        listed = _OF_ONE if document.facts.persons else frozenset()
        wanted = [field for field in need.fields if field not in listed]
        blank = [field for field in wanted if field not in fields or not fields[field].value.strip()]
        if blank:
            yield RULE.cannot_tell(
                f"Tidak terbaca dari surat: {', '.join(LABELS[field][0] for field in blank)}.",
                f"Not found in the letter: {', '.join(LABELS[field][1] for field in blank)}.",
                COMPLETE_LETTER,
            )
        for field in need.fields:
            value = fields.get(field)
            if value is not None and value.repairs:
                yield RULE.warns(
                    f"Pembacaan {LABELS[field][0]} perlu dilihat: tercetak {show(value.raw)}, terbaca {show(value.value)}.",
                    f"Please look at the {LABELS[field][1]}: printed {show(value.raw)}, read {show(value.value)}.",
                    CORRECT_LETTER,
                )
