"""What an SOP's row asks the applicant for, and which of the documents serve it.

What no machine could read (a photo, a scan) serves a letter as `uncertain`: people sign with a pen and photograph, and the officer
judges; nobody is told that the letter is there. It never serves a CSR, which a machine reads or which is none, nor a letter of which its
writer says that it comes later. A picture that may be a logo serves only what nothing else serves. A letter of the right kind counts even
where fields were not found: they stay blank, and the officer looks.
"""

from collections.abc import Iterable, Sequence

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
    """Ids of needs, in the row's order: each is either there, to be told by a person who looks, or missing."""

    have: tuple[str, ...] = ()
    missing: tuple[str, ...] = ()
    uncertain: tuple[str, ...] = ()


def completeness(
    sop: Sop, step: Step | str, documents: Iterable[CaseDocument | DocumentFacts]
) -> Completeness:
    """Judge whether a row (itself or its id) has what it needs; a row without needs is complete."""
    row = sop.steps[step] if isinstance(step, str) else step
    served = _serve(sop, row.needs, list(documents))
    unread = {need for need, each in served.items() if _facts(each).kind == "unreadable"}
    return Completeness(
        have=tuple(need for need in row.needs if need in served and need not in unread),
        missing=tuple(need for need in row.needs if need not in served),
        uncertain=tuple(need for need in row.needs if need in unread),
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


def need_served(sop: Sop, documents: Iterable[CaseDocument], new: CaseDocument | DocumentFacts) -> str | None:
    """Return the need a new document serves beside the `documents` that are there, None where it serves none.

    A photo beside a letter that was read, of the same message, is some other photo; one that comes later may be the letter corrected.
    """
    facts, there = _facts(new), list(documents)
    for name, need in sop.needs.items():
        if facts.kind in need.document and not facts.doubtful:
            return name
    letters = [name for name, need in sop.needs.items() if _may_be(need, new)]
    known = {document.need for document in there}
    free = next((name for name in letters if name not in known), None)
    if free is not None or facts.doubtful:
        return free
    with_it = {
        document.need
        for document in there
        if isinstance(new, CaseDocument) and document.message == new.message and not document.unread
    }
    return next((name for name in letters if name not in with_it), None)


def counts(sop: Sop, document: CaseDocument) -> bool:
    """Tell whether a document is evidence for whoever decides: a row can use it, or the SOP asks for none and takes any."""
    return document.need is not None or (not sop.needs and not document.facts.doubtful)


def to_be_seen(sop: Sop, documents: Iterable[CaseDocument]) -> tuple[DocumentFacts, ...]:
    """Return what a person must look at to know what it is: photos, scans, letters of a format that is not read.

    What came before a letter of the same need was read is settled.
    """
    there = list(documents)
    read = {each.need: each.received for each in there if each.need is not None and not each.unread}
    letters = [name for name, need in sop.needs.items() if not MACHINE_READ.intersection(need.document)]
    settled = min((read[name] for name in letters), default=None) if set(letters) <= set(read) else None
    return tuple(
        each.facts
        for each in there
        if each.unread and _is_page(each.facts) and (settled is None or each.received >= settled)
    )


def unopened(sop: Sop, step: Step, documents: Iterable[CaseDocument]) -> tuple[str, ...]:
    """Return the names of what was received and could not be read, and serves nothing: archives, files with a password, unknown formats.

    A further photo or page is none of them. What came before the newest document that does serve a need is settled and not named.
    """
    there = list(documents)
    serving = {_facts(each).digest for each in _serve(sop, step.needs, there).values()}
    newest = max((each.received for each in there if each.facts.digest in serving), default=None)
    return tuple(
        dict.fromkeys(
            each.facts.name
            for each in there
            if each.unread
            and each.facts.digest not in serving
            and not (each.facts.readable_by_person and each.facts.media_type.startswith(_PAGES))
            and (newest is None or each.received >= newest)
        )
    )


def is_evidence(facts: DocumentFacts) -> bool:
    """Tell whether a document may be kept as evidence: a private key is purged, never filed."""
    return bool(facts.digest) and facts.kind != "private-key"


def _serve(
    sop: Sop, needs: Iterable[str], documents: Sequence[CaseDocument | DocumentFacts]
) -> dict[str, CaseDocument | DocumentFacts]:
    """Give each need the newest document of its kind, then the remaining letters one unread picture each, doubtful ones last."""
    served: dict[str, CaseDocument | DocumentFacts] = {}
    names, there = list(needs), [each for each in documents if is_evidence(_facts(each))]
    for name in names:
        for each in there:
            if _facts(each).kind in sop.needs[name].document and not _facts(each).doubtful:
                served[name] = each
    pictures = sorted(
        (each for each in there if _facts(each).kind == "unreadable"), key=lambda each: _facts(each).doubtful
    )
    for name in (name for name in names if name not in served):
        picture = next((each for each in pictures if _may_be(sop.needs[name], each)), None)
        if picture is not None:
            pictures.remove(picture)
            served[name] = picture
    return served


def _may_be(need: Need, document: CaseDocument | DocumentFacts) -> bool:
    facts = _facts(document)
    beside = isinstance(document, CaseDocument) and document.beside
    return (
        facts.kind == "unreadable"
        and _is_page(facts)
        and not beside
        and not MACHINE_READ.intersection(need.document)
    )


def _is_page(facts: DocumentFacts) -> bool:
    """Tell whether a person who opens it sees a page."""
    return facts.readable_by_person and (facts.media_type.startswith(_PAGES) or facts.media_type in _WRITTEN)


def _facts(document: CaseDocument | DocumentFacts) -> DocumentFacts:
    return document.facts if isinstance(document, CaseDocument) else document
