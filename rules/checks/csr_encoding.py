"""Whether the request is encoded as the standard says."""

from collections.abc import Iterator

from rules.case import Finding
from rules.checks.evidence import Evidence
from rules.checks.finding import Rule
from rules.checks.remedies import CSR_FILE, SAME_DATA_CSR

RULE = Rule(id="csr-encoding", authority="RFC 2986 4.1 (PKCS#10, version 0), X.690 (DER), RFC 7468 (PEM)")


def judge(evidence: Evidence) -> Iterator[Finding]:
    """Judge structure and version; damage of transport that was undone is said, for the officer uploads the original."""
    csr = evidence.csr
    if csr is None:
        return
    versions = [weakness for weakness in csr.weaknesses if weakness.startswith("version-")]
    if versions or "not-strict-der" in csr.weaknesses:
        yield RULE.fails(
            "Susunan CSR tidak sesuai standar PKCS#10.",
            "The CSR does not follow the PKCS#10 standard.",
            SAME_DATA_CSR,
        )
    elif csr.repairs:
        yield RULE.warns(
            f"CSR rusak di perjalanan dan sudah dipulihkan ({', '.join(csr.repairs)}); isinya utuh bila tanda tangan CSR sah.",
            f"The CSR was damaged on its way and restored ({', '.join(csr.repairs)}); it is whole if its signature is valid.",
            CSR_FILE,
        )
    else:
        yield RULE.passes("Susunan CSR sesuai standar.", "The CSR is well formed.")
