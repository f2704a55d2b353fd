"""Whether each document that the SOP's row asks for is there."""

from collections.abc import Iterator

from rules.case import Finding, Remedy, Text
from rules.checks.evidence import Evidence
from rules.checks.finding import Rule
from rules.sop import Need

RULE = Rule(id="documents-present", authority="SOP, kelengkapan")


def judge(evidence: Evidence) -> Iterator[Finding]:
    """Name each need and whether a document serves it; what only a person can tell is asked elsewhere (`documents_readable`)."""
    read = {name for name, document in evidence.served.items() if not document.unread}
    brief = ("berkas lengkap", "documents complete") if evidence.needs.keys() <= read else None
    for name, need in evidence.needs.items():
        if name in read:
            yield RULE.passes(f"Ada: {need.label.id}.", f"Present: {need.label.en}.", brief)
        elif name not in evidence.served:
            yield RULE.fails(f"Belum ada: {need.label.id}.", f"Missing: {need.label.en}.", asking_for(need))


def asking_for(need: Need) -> Remedy:
    """Return the remedy that asks the applicant for a document."""
    return Remedy(
        choice=Text(id=f"minta {need.label.id}", en=f"ask for the {need.label.en}"),
        request=Text(
            id=f"Mohon lampirkan {need.label.id}. {need.how.id}",
            en=f"Please attach the {need.label.en}. {need.how.en}",
        ),
    )
