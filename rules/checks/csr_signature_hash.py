"""Whether the request is signed with a hash that still proves something; asked before the signature itself."""

from collections.abc import Iterator

from rules.case import Finding
from rules.checks.evidence import Evidence
from rules.checks.finding import Rule, show
from rules.checks.remedies import SHA256_CSR

RULE = Rule(id="csr-signature-hash", authority="NIST SP 800-131A; CA/B Forum BR 7.1.3.2")
_ACCEPTED = frozenset({"sha256", "sha384", "sha512"})
_WEAK = frozenset({"md2", "md4", "md5", "sha1"})
_OWN = ("Ed25519", "Ed448", "ML-DSA", "SLH-DSA")


def is_weak(signature_hash: str) -> bool:
    """Tell whether a signature with this hash proves nothing any more."""
    return signature_hash in _WEAK


def judge(evidence: Evidence) -> Iterator[Finding]:
    """Name the hash."""
    csr = evidence.csr
    if csr is None:
        return
    shown = show(csr.signature_hash).upper()
    if csr.key_type.startswith(_OWN):
        yield RULE.passes(
            f"CSR ditandatangani dengan {csr.key_type}.", f"The CSR is signed with {csr.key_type}."
        )
    elif is_weak(csr.signature_hash):
        yield RULE.fails(
            f"CSR ditandatangani dengan {shown}, yang sudah lemah; perlu SHA-256.",
            f"The CSR is signed with {shown}, which is weak; SHA-256 is needed.",
            SHA256_CSR,
        )
    elif csr.signature_hash not in _ACCEPTED:
        yield RULE.fails(
            f"CSR ditandatangani dengan {shown}. Yang diterima: SHA-256, SHA-384, atau SHA-512.",
            f"The CSR is signed with {shown}. Accepted: SHA-256, SHA-384 or SHA-512.",
            SHA256_CSR,
        )
    else:
        yield RULE.passes(f"CSR ditandatangani dengan {shown}.", f"The CSR is signed with {shown}.")
