"""Whether the key can be broken."""

from collections.abc import Iterator

from rules.case import Finding
from rules.checks.evidence import Evidence
from rules.checks.finding import Rule
from rules.checks.remedies import NEW_KEY_CSR

RULE = Rule(
    id="csr-weak-key",
    authority="CA/B Forum BR 6.1.1.3, 6.1.6; CVE-2017-15361 (ROCA); CVE-2022-26320 (Fermat)",
)
_BROKEN = {
    "small-factor": ("modulus habis dibagi bilangan prima kecil", "a small prime divides the modulus"),
    "fermat-close-primes": ("kedua bilangan primanya berdekatan", "its two primes lie close together"),
    "roca": ("dibuat dengan pustaka yang cacat (ROCA)", "made by a flawed library (ROCA)"),
    "unusable-key": ("kunci tidak sah secara matematis", "the key is mathematically unsound"),
}


def judge(evidence: Evidence) -> Iterator[Finding]:
    """Name each way in which the key is known to break, and an exponent other than 65537."""
    csr = evidence.csr
    if csr is None:
        return
    reasons = [_BROKEN[weakness] for weakness in csr.weaknesses if weakness in _BROKEN]
    if any(weakness.startswith("exponent-") for weakness in csr.weaknesses):
        reasons.append(("eksponen bukan 65537", "its exponent is not 65537"))
    if reasons:
        yield RULE.fails(
            f"Kunci lemah: {'; '.join(id_ for id_, _ in reasons)}.",
            f"The key is weak: {'; '.join(en for _, en in reasons)}.",
            NEW_KEY_CSR,
        )
    elif csr.key_type == "RSA":
        yield RULE.passes("Tidak ada kelemahan kunci yang dikenal.", "No known weakness of the key.")
