"""Whether the persons a collective letter lists can be told apart and have their numbers."""

from collections.abc import Iterator

from rules.case import Finding
from rules.checks.evidence import Evidence
from rules.checks.finding import Rule, show
from rules.checks.remedies import CORRECT_LETTER

RULE = Rule(id="persons", authority="SOP, kelengkapan: surat kolektif memuat nama dan NIP setiap orang")
_SHOWN = 5


def judge(evidence: Evidence) -> Iterator[Finding]:
    """Name each person of whom something was not read as it should be; a letter of one person is not at fault."""
    persons = evidence.letter.facts.persons if evidence.letter else ()
    if len(persons) <= 1:
        return
    doubtful = [
        f"{number} {show(each.name)}" for number, each in enumerate(persons, 1) if each.note or not each.nip
    ]
    if not doubtful:
        yield RULE.warns(
            f"Surat ini menyangkut {len(persons)} orang, bukan hanya pengirimnya; setiap orang perlu dilihat.",
            f"This letter is about {len(persons)} persons, not the sender alone; please look at each.",
            CORRECT_LETTER,
        )
        return
    named, more = "; ".join(doubtful[:_SHOWN]), len(doubtful) - _SHOWN
    yield RULE.warns(
        f"Perlu dilihat dalam daftar nama: {named}{f'; dan {more} lainnya' if more > 0 else ''}.",
        f"Please look in the list of persons: {named}{f'; and {more} more' if more > 0 else ''}.",
        CORRECT_LETTER,
    )
