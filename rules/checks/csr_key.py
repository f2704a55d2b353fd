"""Whether the key is of a kind and size that is certified."""

from collections.abc import Iterator

from rules.case import Finding
from rules.checks.evidence import Evidence
from rules.checks.finding import Rule, show
from rules.checks.remedies import NEW_KEY_CSR

RULE = Rule(id="csr-key", authority="NIST SP 800-57; RFC 5480 2.1.1 (named curves); CA/B Forum BR 6.1.5")
_RSA_BITS = frozenset({2048, 3072, 4096})
_CURVES = frozenset({"secp256r1", "secp384r1", "secp521r1"})
_UNNAMED = frozenset({"explicit-curve", "implicit-curve"})


def judge(evidence: Evidence) -> Iterator[Finding]:
    """Hold kind, size and curve against the list."""
    csr = evidence.csr
    if csr is None:
        return
    shown = " ".join(filter(None, [show(csr.key_type), str(csr.key_bits or ""), show(csr.curve)]))
    if _UNNAMED.intersection(csr.weaknesses):
        yield RULE.fails(
            "Kunci memakai kurva eliptik tanpa nama baku.",
            "The key's elliptic curve is not a named one.",
            NEW_KEY_CSR,
        )
    elif (csr.key_type == "RSA" and csr.key_bits in _RSA_BITS) or (
        csr.key_type == "EC" and csr.curve in _CURVES
    ):
        yield RULE.passes(
            f"Jenis dan ukuran kunci sesuai ({shown}).",
            f"The key's kind and size are right ({shown}).",
            (f"kunci {shown}", f"{shown} key"),
        )
    else:
        yield RULE.fails(
            f"Jenis atau ukuran kunci tidak sesuai: {shown}. Yang diterima: RSA 2048, 3072, 4096 atau EC P-256, P-384, P-521.",
            f"The key's kind or size is not accepted: {shown}. Accepted: RSA 2048, 3072, 4096 or EC P-256, P-384, P-521.",
            NEW_KEY_CSR,
        )
