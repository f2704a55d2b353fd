"""What an SOP's row asks the applicant for, and which of the documents serve it.

What no machine could read (a photo, a scan) serves a letter as `uncertain`: people sign with a pen and photograph, and the officer
judges. It never serves a CSR, which a machine reads or which is none. A letter of the right kind counts even where fields were not
found: they stay blank, and the officer looks.
"""

from collections.abc import Iterable

from parsers.facts import DocumentFacts
from rules.case import Case, CaseDocument, Value
from rules.sop import Need, Sop, Step

MACHINE_READ = frozenset({"csr", "certificate", "private-key"})
"""Kinds that only a machine reads: a photo of one is none."""
_PAGES = ("image/", "application/pdf")
_WRITTEN = frozenset(
    {
        "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
        "application/vnd.oasis.opendocument.text",
        "application/msword",
        "application/rtf",
    }
)
"""Formats of written pages: an officer opens one, the program does not."""


HOLDER = "holder"
"""The one thing that is missing and is no document: the holder's word that a request made for them is theirs."""


class Completeness(Value):
    """Ids of needs, in the row's order: each is either there, there if a person says so, or missing."""

    have: tuple[str, ...] = ()
    missing: tuple[str, ...] = ()
    uncertain: tuple[str, ...] = ()

    @property
    def present(self) -> tuple[str, ...]:
        """What the applicant need not send again, whether a machine or only a person can tell what it is."""
        return (*self.have, *self.uncertain)


def completeness(
    sop: Sop, step: Step | str, documents: Iterable[CaseDocument | DocumentFacts]
) -> Completeness:
    """Judge whether a row (itself or its id) has what it needs; a row without needs is complete."""
    row = sop.steps[step] if isinstance(step, str) else step
    served = _serve(sop, row.needs, [_facts(document) for document in documents])
    return Completeness(
        have=tuple(need for need in row.needs if need in served and served[need].kind != "unreadable"),
        missing=tuple(need for need in row.needs if need not in served),
        uncertain=tuple(need for need in row.needs if need in served and served[need].kind == "unreadable"),
    )


def judge(sop: Sop, case: Case) -> Completeness:
    """Judge the row a case stands in, the holder's confirmation included where the SOP wants it."""
    judged = completeness(sop, case.step, case.documents)
    if (
        sop.opens.holder == "confirms"
        and case.holder_address
        and not case.holder_says
        and sop.steps[case.step].needs
    ):
        return judged.model_copy(update={"missing": (*judged.missing, HOLDER)})
    return judged


def need_served(sop: Sop, documents: Iterable[CaseDocument], facts: DocumentFacts) -> str | None:
    """Return the need a new document serves beside the `documents` that are there, None where it serves none."""
    for name, need in sop.needs.items():
        if facts.kind in need.document:
            return name
    known = {document.need for document in documents}
    letters = [name for name, need in sop.needs.items() if _may_be(need, facts)]
    return next((name for name in letters if name not in known), letters[0] if letters else None)


def unopened(sop: Sop, step: Step, documents: Iterable[CaseDocument]) -> tuple[str, ...]:
    """Return the names of what was received and could not be read, and serves nothing: archives, files with a password, unknown formats.

    A further photo or page is none of them. What came before the newest document that does serve a need is settled and not named.
    """
    there = list(documents)
    serving = {facts.digest for facts in _serve(sop, step.needs, [_facts(each) for each in there]).values()}
    newest = max((each.received for each in there if each.facts.digest in serving), default=None)
    return tuple(
        dict.fromkeys(
            each.facts.name
            for each in there
            if each.facts.kind == "unreadable"
            and each.facts.digest not in serving
            and not (each.facts.readable_by_person and each.facts.media_type.startswith(_PAGES))
            and (newest is None or each.received >= newest)
        )
    )


def is_evidence(facts: DocumentFacts) -> bool:
    """Tell whether a document may be kept as evidence: a private key is purged, never filed."""
    return bool(facts.digest) and facts.kind != "private-key"


def _serve(sop: Sop, needs: Iterable[str], documents: list[DocumentFacts]) -> dict[str, DocumentFacts]:
    """Give each need the newest document of its kind, then the remaining letters one unread picture each."""
    served: dict[str, DocumentFacts] = {}
    for name in needs:
        for facts in documents:
            if facts.kind in sop.needs[name].document and is_evidence(facts):
                served[name] = facts
    pictures = [facts for facts in documents if facts.kind == "unreadable" and is_evidence(facts)]
    for name in (name for name in needs if name not in served):
        picture = next((facts for facts in pictures if _may_be(sop.needs[name], facts)), None)
        if picture is not None:
            pictures.remove(picture)
            served[name] = picture
    return served


def _may_be(need: Need, facts: DocumentFacts) -> bool:
    return (
        facts.kind == "unreadable"
        and facts.readable_by_person
        and (facts.media_type.startswith(_PAGES) or facts.media_type in _WRITTEN)
        and not MACHINE_READ.intersection(need.document)
    )


def _facts(document: CaseDocument | DocumentFacts) -> DocumentFacts:
    return document.facts if isinstance(document, CaseDocument) else document
