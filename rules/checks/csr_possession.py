"""Whether the request's own signature proves that the sender holds the private key."""

from collections.abc import Iterator

from rules.case import Finding
from rules.checks.csr_signature_hash import is_weak
from rules.checks.evidence import Evidence
from rules.checks.finding import Rule
from rules.checks.remedies import NEW_KEY_CSR, SHA256_CSR

RULE = Rule(id="csr-possession", authority="RFC 2986 4.2; RFC 3647 3.2.1")


def judge(evidence: Evidence) -> Iterator[Finding]:
    """Report the signature: valid, wrong, or not checked and why."""
    csr = evidence.csr
    if csr is None:
        return
    if csr.proof_of_possession:
        yield RULE.passes("Tanda tangan CSR sah.", "The CSR's signature is valid.", ("CSR sah", "CSR valid"))
    elif csr.proof_of_possession is False:
        yield RULE.fails(
            "Tanda tangan CSR tidak sah: berkas berubah, atau kuncinya bukan milik pembuatnya.",
            "The CSR's signature is wrong: the file was changed, or the key is not its maker's.",
            NEW_KEY_CSR,
        )
    elif is_weak(csr.signature_hash):
        yield RULE.cannot_tell(
            "Tanda tangan CSR tidak diperiksa: algoritmenya lemah dan tidak membuktikan apa pun.",
            "The CSR's signature was not checked: its algorithm is weak and proves nothing.",
            SHA256_CSR,
        )
    else:
        yield RULE.cannot_tell(
            "Tanda tangan CSR tidak dapat diperiksa: jenis kuncinya tidak didukung.",
            "The CSR's signature could not be checked: its kind of key is not supported.",
            NEW_KEY_CSR,
        )
