"""Whether the request is encoded as the standard says."""

from collections.abc import Iterator

from rules.case import Finding
from rules.checks.evidence import Evidence
from rules.checks.finding import Rule
from rules.checks.remedies import CSR_FILE, SAME_DATA_CSR

RULE = Rule(id="csr-encoding", authority="RFC 2986 4.1 (PKCS#10, version 0), X.690 (DER), RFC 7468 (PEM)")
_PASTED = "pasted-in-body"
"""A CSR that stood in the text of the mail; that alone damages nothing."""
_JSON = "json"
_DEVIATIONS = {
    "address-not-ia5": (
        "alamat e-mail tidak ditulis sebagai IA5String",
        "the e-mail address is not written as an IA5String",
    ),
    "not-printable": (
        "sebuah isian memuat karakter yang tidak boleh ada dalam PrintableString",
        "a value holds characters that a PrintableString must not have",
    ),
    "unsorted-set": (
        "isian Subject DN tidak diurutkan sebagaimana SET dalam DER",
        "the subject's entries are not in the order that DER wants of a SET",
    ),
}
"""What some tools write that a strict reader refuses, although the request is whole."""


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
    elif named := [_DEVIATIONS[each] for each in csr.weaknesses if each in _DEVIATIONS]:
        yield RULE.warns(
            f"Susunan CSR menyimpang dari standar: {'; '.join(id_ for id_, _ in named)}. AMS mungkin menolaknya.",
            f"The CSR deviates from the standard: {'; '.join(en for _, en in named)}. AMS may refuse it.",
            SAME_DATA_CSR,
        )
    elif csr.repairs == (_JSON,):
        yield RULE.warns(
            "CSR terbungkus dalam berkas JSON; isinya utuh, tetapi AMS memerlukan berkas CSR-nya sendiri.",
            "The CSR stands inside a JSON file; it is whole, but AMS needs the CSR file itself.",
            CSR_FILE,
        )
    elif damage := [each for each in csr.repairs if each != _PASTED]:
        yield RULE.warns(
            f"CSR rusak di perjalanan dan sudah dipulihkan ({', '.join(damage)}); isinya utuh bila tanda tangan CSR sah.",
            f"The CSR was damaged on its way and restored ({', '.join(damage)}); it is whole if its signature is valid.",
            CSR_FILE,
        )
    else:
        yield RULE.passes("Susunan CSR sesuai standar.", "The CSR is well formed.")
