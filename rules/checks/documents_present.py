"""Whether each document that the SOP's row asks for is there."""

from collections.abc import Iterator

from rules.case import Finding, Remedy, Text
from rules.checks.evidence import Evidence
from rules.checks.finding import Rule
from rules.checks.remedies import MISSING

RULE = Rule(id="documents-present", authority="SOP, kelengkapan")


def judge(evidence: Evidence) -> Iterator[Finding]:
    """Name each need and whether a document serves it."""
    for name, need in evidence.needs.items():
        if name in evidence.served:
            yield RULE.passes(f"Ada: {need.label.id}.", f"Present: {need.label.en}.")
        else:
            choice = Text(id=f"minta {need.label.id}", en=f"ask for the {need.label.en}")
            request = Text(id=f"{MISSING.request.id} {need.how.id}", en=f"{MISSING.request.en} {need.how.en}")
            yield RULE.fails(
                f"Belum ada: {need.label.id}.",
                f"Missing: {need.label.en}.",
                Remedy(choice=choice, request=request),
            )
