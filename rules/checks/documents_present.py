"""Whether each document that the SOP's row asks for is there."""

from collections.abc import Iterator

from rules.case import Finding, Remedy, Text
from rules.checks.evidence import Evidence
from rules.checks.finding import Rule

RULE = Rule(id="documents-present", authority="SOP, kelengkapan")


def judge(evidence: Evidence) -> Iterator[Finding]:
    """Name each need and whether a document serves it."""
    whole = evidence.needs.keys() <= evidence.served.keys()
    brief = ("berkas lengkap", "documents complete") if whole else None
    for name, need in evidence.needs.items():
        if name in evidence.served:
            yield RULE.passes(f"Ada: {need.label.id}.", f"Present: {need.label.en}.", brief)
        else:
            choice = Text(id=f"minta {need.label.id}", en=f"ask for the {need.label.en}")
            request = Text(
                id=f"Mohon lampirkan {need.label.id}. {need.how.id}",
                en=f"Please attach the {need.label.en}. {need.how.en}",
            )
            yield RULE.fails(
                f"Belum ada: {need.label.id}.",
                f"Missing: {need.label.en}.",
                Remedy(choice=choice, request=request),
            )
