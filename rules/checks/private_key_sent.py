"""Whether a private key came along: then it counts as known to others, whatever the CSR says."""

from collections.abc import Iterator

from rules.case import Finding
from rules.checks.evidence import Evidence
from rules.checks.finding import Rule
from rules.checks.remedies import NEW_KEY_CSR

RULE = Rule(
    id="private-key-sent", authority="RFC 5280 5.3.1 (keyCompromise); kunci privat hanya pada pemiliknya"
)


def judge(evidence: Evidence) -> Iterator[Finding]:
    """Speak only where one was found: it has been purged already."""
    if evidence.secrets or any(document.facts.kind == "private-key" for document in evidence.documents):
        yield RULE.fails(
            "Kunci privat ikut terkirim dan sudah dihapus; kuncinya dianggap bocor, perlu CSR dari pasangan kunci baru. Pemohon sudah diberi tahu.",
            "A private key was sent along and has been purged; it counts as compromised, a CSR from a new key pair is needed. The applicant has been told.",
            NEW_KEY_CSR,
        )
