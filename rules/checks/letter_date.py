"""Whether the letter's date is plausible: not in the future, not old."""

from collections.abc import Iterator
from datetime import date, timedelta

from rules.case import Finding
from rules.checks.evidence import Evidence
from rules.checks.finding import Rule, show
from rules.checks.remedies import CORRECT_LETTER

RULE = Rule(id="letter-date", authority="Tata naskah dinas: tanggal surat")
_AHEAD = timedelta(days=1)  # zones and clocks differ by less
_OLD = timedelta(days=180)


def judge(evidence: Evidence) -> Iterator[Finding]:
    """Compare the date with the time of judging; what cannot be read as a date is left to a person."""
    value = evidence.field("letter_date")
    if value is None:
        return
    try:
        written = date.fromisoformat(value.value)
    except ValueError:
        yield RULE.cannot_tell(
            f"Tanggal surat tidak terbaca pasti: {show(value.raw)}.",
            f"The letter's date is not certain: {show(value.raw)}.",
            CORRECT_LETTER,
        )
        return
    age = evidence.now.date() - written
    if age < -_AHEAD:
        yield RULE.warns(
            f"Tanggal surat di masa depan: {show(value.raw)}.",
            f"The letter is dated ahead: {show(value.raw)}.",
            CORRECT_LETTER,
        )
    elif age > _OLD:
        yield RULE.warns(
            f"Surat sudah lama: {show(value.raw)}.", f"The letter is old: {show(value.raw)}.", CORRECT_LETTER
        )
    else:
        yield RULE.passes(
            "Tanggal surat wajar.", "The letter's date is plausible.", ("tanggal surat", "date of the letter")
        )
