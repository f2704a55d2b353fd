"""Whether the request is signed with a hash that still proves something; asked before the signature itself."""

from collections.abc import Iterator

from rules.case import Finding
from rules.checks.evidence import Evidence
from rules.checks.finding import Rule, show
from rules.checks.remedies import SHA256_CSR

RULE = Rule(id="csr-signature-hash", authority="NIST SP 800-131A; CA/B Forum BR 7.1.3.2")
_STRONG = frozenset({"sha256", "sha384", "sha512"})
_EDWARDS = frozenset({"Ed25519", "Ed448"})


def is_weak(signature_hash: str, key_type: str) -> bool:
    """Tell whether a signature hash is outside SHA-256, 384, 512; Edwards curves bring their own."""
    return signature_hash not in _STRONG and key_type not in _EDWARDS


def judge(evidence: Evidence) -> Iterator[Finding]:
    """Name the hash."""
    csr = evidence.csr
    if csr is None:
        return
    shown = show(csr.signature_hash).upper()
    if is_weak(csr.signature_hash, csr.key_type):
        yield RULE.fails(
            f"CSR ditandatangani dengan {shown}, yang sudah lemah; perlu SHA-256.",
            f"The CSR is signed with {shown}, which is weak; SHA-256 is needed.",
            SHA256_CSR,
        )
    else:
        yield RULE.passes(f"CSR ditandatangani dengan {shown}.", f"The CSR is signed with {shown}.")
