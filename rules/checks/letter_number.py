"""Whether a letter that has a number field has a number."""

from collections.abc import Iterator

from rules.case import Finding
from rules.checks.evidence import Evidence
from rules.checks.finding import Rule
from rules.checks.remedies import COMPLETE_LETTER

RULE = Rule(id="letter-number", authority="Tata naskah dinas: nomor surat bebas bentuk, tidak kosong")


def judge(evidence: Evidence) -> Iterator[Finding]:
    """Judge only a number that was found as a field: forms are free, so it need only say something."""
    value = evidence.letter.facts.fields.get("letter_number") if evidence.letter else None
    if value is None:
        return
    if any(char.isalnum() for char in value.value):
        yield RULE.passes(
            "Surat bernomor.", "The letter has a number.", ("nomor surat", "number of the letter")
        )
    else:
        yield RULE.warns("Nomor surat kosong.", "The letter number is empty.", COMPLETE_LETTER)
