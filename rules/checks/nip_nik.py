"""Whether NIP and NIK of one letter tell the same birth date and sex."""

from collections.abc import Iterator

from parsers.identity import disagreements, nik_problems, read_nik, read_nip
from rules.case import Finding
from rules.checks.evidence import Evidence
from rules.checks.finding import Rule, show
from rules.checks.remedies import CORRECT_LETTER

RULE = Rule(id="nip-nik", authority="UU 24/2013 (NIK), Perka BKN 22/2007 (NIP)")
_WHAT = {"birth-date": ("tanggal lahir", "birth date"), "sex": ("jenis kelamin", "sex")}


def judge(evidence: Evidence) -> Iterator[Finding]:
    """Warn where they differ: an alarm of misreading; a NIK keeps old errors for life, so it is never more than a warning."""
    nik = evidence.field("nik")
    if nik is None:
        return
    if nik_problems(nik.value):
        yield RULE.warns(
            f"Susunan NIK pada surat perlu dilihat: {show(nik.value)}.",
            f"Please look at the NIK in the letter: {show(nik.value)}.",
            CORRECT_LETTER,
        )
        return
    nip, number = evidence.field("nip"), read_nik(nik.value)
    person = read_nip(nip.value) if nip else None
    if person is None or number is None:
        return
    differing = disagreements(person, number)
    if differing:
        yield RULE.warns(
            f"NIP dan NIK tidak cocok pada {' dan '.join(_WHAT[what][0] for what in differing)}; mungkin salah baca.",
            f"NIP and NIK disagree on {' and '.join(_WHAT[what][1] for what in differing)}; perhaps misread.",
            CORRECT_LETTER,
        )
    else:
        yield RULE.passes("NIP dan NIK saling cocok.", "NIP and NIK agree.", ("NIK", "NIK"))
