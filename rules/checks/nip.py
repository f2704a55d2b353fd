"""Whether the NIP is well formed, and the same in letter and CSR."""

from collections.abc import Iterator

from parsers.identity import bare_digits, format_nip, nip_problems
from rules.case import Finding
from rules.checks.evidence import Evidence
from rules.checks.finding import Rule, show
from rules.checks.on_file import csr_number
from rules.checks.remedies import CORRECT_LETTER, SAME_DATA_CSR

RULE = Rule(id="nip", authority="Perka BKN 22/2007 (NIP 18 digit); SOP langkah 2")
_WHY = {
    "digits": ("memuat karakter selain angka", "has characters other than digits"),
    "length": ("tidak 18 digit", "does not have 18 digits"),
    "nik": ("16 digit, mungkin NIK", "16 digits, perhaps a NIK"),
    "birth-date": ("tanggal lahir tidak wajar", "the birth date is impossible"),
    "appointment": ("tanggal pengangkatan tidak wajar", "the appointment date is impossible"),
    "sex": ("digit jenis kelamin bukan 1 atau 2", "the digit of the sex is neither 1 nor 2"),
}


def in_csr(evidence: Evidence) -> str:
    """Return the NIP that the CSR's description, serial number or user id holds (`<NIP>_Tanda Tangan Digital`), "" if none."""
    return csr_number(evidence.csr) if evidence.csr else ""


def judge(evidence: Evidence) -> Iterator[Finding]:
    """Judge the letter's number by its structure, then compare it with the CSR's; neither is ever corrected."""
    letter, csr = evidence.field("nip"), in_csr(evidence)
    if letter is not None:
        yield from _structure(letter.value)
    if letter is not None and csr:
        if bare_digits(letter.value) == csr:
            yield RULE.passes(
                "NIP pada surat dan CSR sama.",
                "The NIP agrees in letter and CSR.",
                ("NIP pada CSR", "NIP in the CSR"),
            )
        else:
            yield RULE.fails(
                f"NIP berbeda: pada surat {show(format_nip(letter.value))}, pada CSR {format_nip(csr)}.",
                f"The NIPs differ: letter {show(format_nip(letter.value))}, CSR {format_nip(csr)}.",
                SAME_DATA_CSR,
            )
    elif csr and evidence.letter is not None:
        yield RULE.cannot_tell(
            f"NIP pada CSR: {format_nip(csr)}. NIP pada surat tidak terbaca, mohon dibandingkan.",
            f"NIP in the CSR: {format_nip(csr)}. The NIP in the letter was not read, please compare.",
            SAME_DATA_CSR,
        )


def _structure(value: str) -> Iterator[Finding]:
    problems = nip_problems(value)
    if not problems:
        yield RULE.passes(
            "Susunan NIP pada surat wajar.",
            "The NIP in the letter is well formed.",
            ("susunan NIP", "form of the NIP"),
        )
        return
    yield RULE.warns(
        f"NIP pada surat perlu dilihat: {show(value)} ({'; '.join(_WHY[problem][0] for problem in problems)}).",
        f"Please look at the NIP in the letter: {show(value)} ({'; '.join(_WHY[problem][1] for problem in problems)}).",
        CORRECT_LETTER,
    )
