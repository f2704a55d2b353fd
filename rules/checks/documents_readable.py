"""Whether a machine could read the documents, or a person must."""

from collections.abc import Iterator

from rules.case import Finding
from rules.checks.evidence import Evidence
from rules.checks.finding import Rule, show
from rules.checks.remedies import CLEARER_LETTER

RULE = Rule(id="documents-readable", authority="UU 27/2022 Ps 10: yang tidak terbaca mesin dibaca petugas")


def judge(evidence: Evidence) -> Iterator[Finding]:
    """Name each document that serves a need and was not read."""
    for document in evidence.served.values():
        facts = document.facts
        if facts.outcome == "encrypted":
            yield RULE.cannot_tell(
                f"Berkas {show(facts.name)} terkunci kata sandi; tidak dapat dibuka sistem.",
                f"The file {show(facts.name)} is locked with a password; the system cannot open it.",
                CLEARER_LETTER,
            )
        elif facts.kind == "unreadable":
            yield RULE.cannot_tell(
                "Surat berupa foto atau hasil pindai: belum dibaca sistem, mohon dibaca sendiri.",
                "The letter is a photo or a scan: the system has not read it, please read it yourself.",
                CLEARER_LETTER,
            )
