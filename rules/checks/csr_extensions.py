"""Whether the request asks for something a person's signing certificate must not have."""

from collections.abc import Iterator

from rules.case import Finding
from rules.checks.evidence import Evidence
from rules.checks.finding import Rule
from rules.checks.remedies import PLAIN_CSR

RULE = Rule(id="csr-extensions", authority="RFC 5280 4.2 and 4.2.1.9; RFC 2985 5.4")
_FAULTS = {
    "ca-true": ("meminta wewenang penerbit sertifikat (CA)", "it asks to be a certificate authority"),
    "certificate-signing-usage": (
        "meminta hak menandatangani sertifikat",
        "it asks for the right to sign certificates",
    ),
    "unknown-critical-extension": ("ekstensi kritis tidak dikenal", "an unknown critical extension"),
    "duplicate-extension": ("ekstensi ganda", "an extension stands twice"),
    "unreadable-extension": ("ekstensi tidak terbaca", "an extension cannot be read"),
    "unreadable-attributes": ("atribut tidak terbaca", "its attributes cannot be read"),
}


def judge(evidence: Evidence) -> Iterator[Finding]:
    """Name what is asked for; a challenge password is a secret that should not have been sent, its value is not shown."""
    csr = evidence.csr
    if csr is None:
        return
    reasons = [_FAULTS[weakness] for weakness in csr.weaknesses if weakness in _FAULTS]
    if reasons:
        yield RULE.fails(
            f"Ekstensi CSR tidak sesuai: {'; '.join(id_ for id_, _ in reasons)}.",
            f"The CSR's extensions are not right: {'; '.join(en for _, en in reasons)}.",
            PLAIN_CSR,
        )
    if "challenge-password" in csr.weaknesses:
        yield RULE.warns(
            "CSR memuat kata sandi (challenge password); nilainya tidak disalin.",
            "The CSR holds a challenge password; its value is not copied.",
            PLAIN_CSR,
        )
    if not reasons and "challenge-password" not in csr.weaknesses:
        yield RULE.passes("Ekstensi CSR wajar.", "The CSR's extensions are plain.")
