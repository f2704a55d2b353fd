"""Whether a machine could read the documents, or a person must."""

from collections.abc import Iterator

from rules.case import CaseDocument, Finding
from rules.checks.documents_present import asking_for
from rules.checks.evidence import Evidence
from rules.checks.finding import Rule, show
from rules.checks.remedies import CLEARER_LETTER

RULE = Rule(id="documents-readable", authority="UU 27/2022 Ps 10: yang tidak terbaca mesin dibaca petugas")


def judge(evidence: Evidence) -> Iterator[Finding]:
    """Name each document that was not read, and ask whether it is what the row wants: a photo may be anything."""
    for document in evidence.unread:
        facts = document.facts
        if facts.outcome == "encrypted":
            yield RULE.cannot_tell(
                f"Berkas {show(facts.name)} terkunci kata sandi; tidak dapat dibuka sistem.",
                f"The file {show(facts.name)} is locked with a password; the system cannot open it.",
                CLEARER_LETTER,
            )
        elif document.need in evidence.needs:
            yield _is_it(evidence, document)
        else:
            yield RULE.cannot_tell(
                f"Berkas {show(facts.name)} belum dibaca sistem; mohon dilihat sendiri.",
                f"The system has not read the file {show(facts.name)}; please look at it yourself.",
            )


def _is_it(evidence: Evidence, document: CaseDocument) -> Finding:
    """Ask the officer whether a photo is the letter: where a letter was read already, whether it corrects that."""
    name, need = show(document.facts.name), evidence.needs[document.need or ""]
    served = evidence.served.get(document.need or "")
    if served is not None and not served.unread:
        return RULE.cannot_tell(
            f"Berkas {name} datang sesudah {need.label.id} dan belum dibaca sistem: apakah ini perbaikannya? Mohon dilihat sendiri.",
            f"The file {name} came after the {need.label.en} and has not been read: does it correct that? Please look yourself.",
            CLEARER_LETTER,
        )
    return RULE.cannot_tell(
        f"Berkas {name} belum dibaca sistem: apakah ini {need.label.id}? Mohon dilihat sendiri.",
        f"The system has not read the file {name}: is it the {need.label.en}? Please look yourself.",
        asking_for(need),
    )
