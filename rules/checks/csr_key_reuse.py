"""Whether the key, or this very request, has been seen before, with anybody."""

from collections.abc import Iterator

from rules.case import Finding
from rules.checks.evidence import Evidence
from rules.checks.finding import Rule, show
from rules.checks.remedies import NEW_KEY_CSR

RULE = Rule(
    id="csr-key-reuse",
    authority="SOP: sertifikat baru dengan pasangan kunci baru; RFC 3647 4.4.7 (re-key)",
)


def judge(evidence: Evidence) -> Iterator[Finding]:
    """Look the key and the request up in what is known; this case's own earlier mails do not count."""
    csr = evidence.csr
    if csr is None:
        return
    known = [evidence.csr_seen.get(csr.der_sha256), evidence.spki_seen.get(csr.spki_sha256)]
    request, key = (found if found and found != evidence.ticket else None for found in known)
    if request:
        yield RULE.fails(
            f"CSR yang sama pernah diajukan ({show(request)}); perlu pasangan kunci baru.",
            f"The same CSR was submitted before ({show(request)}); a new key pair is needed.",
            NEW_KEY_CSR,
        )
    elif key and csr.spki_sha256 in evidence.spki_own:
        yield RULE.warns(
            f"Kunci yang sama ada pada permohonan lain atas NIP yang sama ({show(key)}), yang belum sampai pada sertifikat.",
            f"The same key stands in another request for the same NIP ({show(key)}), which came to no certificate.",
            NEW_KEY_CSR,
        )
    elif key:
        yield RULE.fails(
            f"Kunci pada CSR pernah dipakai ({show(key)}); perlu pasangan kunci baru.",
            f"The CSR's key was used before ({show(key)}); a new key pair is needed.",
            NEW_KEY_CSR,
        )
    else:
        yield RULE.passes(
            "Kunci belum pernah dipakai.",
            "The key has not been used before.",
            ("kunci belum pernah dipakai", "key not used before"),
        )
