"""Whether the request asks for something a person's signing certificate must not have."""

from collections.abc import Iterator

from rules.case import Finding
from rules.checks.evidence import Evidence
from rules.checks.finding import Rule
from rules.checks.remedies import PERSONS_CSR, PLAIN_CSR

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
_FOR_SERVERS = {
    "server-name": ("nama server", "a server name"),
    "server-usage": ("kegunaan server web (serverAuth)", "use by a web server (serverAuth)"),
    "other-usage": (
        "kegunaan penandatanganan kode, stempel waktu, atau OCSP",
        "use for signing code, time stamps or OCSP",
    ),
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
    servers = [_FOR_SERVERS[weakness] for weakness in csr.weaknesses if weakness in _FOR_SERVERS]
    if servers:
        yield RULE.warns(
            f"CSR meminta {' dan '.join(id_ for id_, _ in servers)}: apakah ini CSR untuk tanda tangan pemohon, bukan untuk server?",
            f"The CSR asks for {' and '.join(en for _, en in servers)}: is it for the applicant's signature, not for a server?",
            PERSONS_CSR,
        )
    if "challenge-password" in csr.weaknesses:
        yield RULE.warns(
            "CSR memuat kata sandi (challenge password); nilainya tidak disalin.",
            "The CSR holds a challenge password; its value is not copied.",
            PLAIN_CSR,
        )
    if not reasons and not servers and "challenge-password" not in csr.weaknesses:
        yield RULE.passes("Ekstensi CSR wajar.", "The CSR's extensions are plain.")
