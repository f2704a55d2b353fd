"""Whether the request's subject is a plain name: one CN, one O, one C, and characters that are what they look like."""

from collections import Counter
from collections.abc import Iterator

from rules.case import Finding
from rules.checks.evidence import Evidence
from rules.checks.finding import Rule, show
from rules.checks.remedies import SAME_DATA_CSR

RULE = Rule(id="csr-subject", authority="RFC 5280 4.1.2.6 and appendix A (upper bounds), X.520, UTS 39")
_ONCE = {"CN": ("nama", "name"), "O": ("instansi", "institution"), "C": ("negara", "country")}
_FAULTS = {
    "control-character-in-dn": ("memuat karakter kendali", "it holds control characters"),
    "bidi-in-dn": ("memuat karakter pembalik arah tulisan", "it holds characters that reverse the writing"),
    "confusable-in-dn": ("memuat huruf yang menyerupai huruf lain", "it holds letters that look like others"),
    "undecodable-dn": ("sebagian tidak terbaca", "a part cannot be decoded"),
    "too-long-in-dn": ("ada isian yang terlalu panjang", "a value is too long"),
    "multi-valued-rdn": ("susunannya tidak lazim", "its structure is unusual"),
    "too-many-attributes": ("terlalu banyak isian", "it has too many attributes"),
}


def judge(evidence: Evidence) -> Iterator[Finding]:
    """Count the attributes that must stand once, and name what is wrong with the characters."""
    csr = evidence.csr
    if csr is None:
        return
    times = Counter(name for name, value in csr.subject if value.strip())
    reasons = [
        (f"{id_} ({name}) tidak ada", f"{en} ({name}) is missing")
        for name, (id_, en) in _ONCE.items()
        if not times[name]
    ]
    reasons += [
        (f"{id_} ({name}) lebih dari satu", f"{en} ({name}) stands more than once")
        for name, (id_, en) in _ONCE.items()
        if times[name] > 1
    ]
    reasons += [
        (f"negara (C) {show(value)}, bukan ID", f"country (C) is {show(value)}, not ID")
        for name, value in csr.subject
        if name == "C" and value.strip().upper() not in {"ID", ""}
    ]
    reasons += [_FAULTS[weakness] for weakness in csr.weaknesses if weakness in _FAULTS]
    if reasons:
        yield RULE.warns(
            f"Isian CSR (Subject DN): {'; '.join(id_ for id_, _ in reasons)}.",
            f"The entries of the CSR (subject DN): {'; '.join(en for _, en in reasons)}.",
            SAME_DATA_CSR,
        )
    else:
        yield RULE.passes("Subject DN pada CSR wajar.", "The CSR's subject DN is plain.")
