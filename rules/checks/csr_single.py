"""Whether there is exactly one request to judge."""

from collections.abc import Iterator

from rules.case import Finding
from rules.checks.evidence import Evidence
from rules.checks.finding import Rule
from rules.checks.remedies import CSR_FILE

RULE = Rule(id="csr-single", authority="SOP, kelengkapan: satu berkas CSR")


def judge(evidence: Evidence) -> Iterator[Finding]:
    """Compare the requests that came with the newest message holding one; a later mail replaces an earlier request."""
    named = [document for document in evidence.documents if document.facts.kind == "csr"]
    if not named:
        return
    together = [document.facts for document in named if document.message == named[-1].message]
    distinct = {facts.csr.der_sha256 for facts in together if facts.csr is not None}
    if len(distinct) > 1 or any("several-csrs" in facts.problems for facts in together):
        yield RULE.fails(
            "Ada lebih dari satu CSR yang berbeda; tidak jelas mana yang dimaksud.",
            "There is more than one CSR and they differ; it is not clear which is meant.",
            CSR_FILE,
        )
    elif not distinct:
        yield RULE.fails(
            "Berkas CSR rusak; tidak dapat dibaca.", "The CSR file is damaged; it cannot be read.", CSR_FILE
        )
    else:
        yield RULE.passes("Satu CSR.", "One CSR.")
