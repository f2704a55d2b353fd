"""What is known from elsewhere when a case is decided: facts of the world, whom it is about, and which SOP a complaint opens.

A fact may answer for an officer only in the harmless direction; which values those are stands in the SOP (`sure`).
"""

from mailflow.certificates import registry
from mailflow.dossier import Matter
from mailflow.on_file import holder_of, on_file
from mailflow.proofs import all_vouched_for
from parsers.identity import same_address
from rules.case import CaseDocument
from rules.checks.on_file import STRONG, agrees, claims_of, meant
from rules.events import Event, Said, Supplied
from rules.turns.holder import ON_FILE
from rules.turns.turn import LINKED


def known(matter: Matter, event: Event) -> dict[str, str]:
    """Return facts by name for one decision."""
    facts = {LINKED: complaints_sop(matter), ON_FILE: _holder(matter, event)}
    if any(step.fact == "requester" for step in matter.sop.steps.values()) and _is_owner(matter):
        facts["requester"] = "owner"
    if any(step.fact == "owns_certificate" for step in matter.sop.steps.values()):
        facts["owns_certificate"] = "owns" if registry.owns(matter.work, matter.row.person_key) else ""
    return {name: value for name, value in facts.items() if value}


def complaints_sop(matter: Matter) -> str:
    """Return the SOP that PENGADUAN about a case opens; a complaint about a complaint is the same complaint."""
    linked = (sop.id for sop in matter.office.rules.sops.values() if sop.opens.linked)
    found = next(linked, "")
    return "" if found == matter.sop.id else found


def _holder(matter: Matter, event: Event) -> str:
    """The address on file of whom the letters name, where that is not the applicant's: a letter may come after the request was opened."""
    if not matter.sop.opens.holder or not _brought(event):
        return ""
    documents = (*matter.case.documents, *_brought(event))
    return holder_of(matter.work, (each.facts for each in documents), matter.case.address)


def _brought(event: Event) -> tuple[CaseDocument, ...]:
    return event.documents if isinstance(event, Supplied | Said) else ()


def _is_owner(matter: Matter) -> bool:
    """Tell whether the applicant is proven to be the one person of the letters: their server vouched for every paper, and the file names them.

    What the letters themselves say proves nothing: whoever writes them gives the name, the number and the address.
    """
    case = matter.case
    claims = claims_of(each.facts for each in case.documents)
    if case.persons or not claims or not all_vouched_for(matter):
        return False
    given = [each.facts.fields.get("official_email") for each in case.documents]
    if any(each is not None and not same_address(each.value, case.address) for each in given):
        return False
    known_ = on_file(matter.work, claims, case.address, besides=matter.row.id)
    for claim in claims:
        records = [each for each in meant(claim, known_) if each.source in STRONG]
        theirs = [
            each for each in records if same_address(each.address, case.address) and agrees(claim, each)
        ]
        if not (
            claim.nip and claim.sure and records and theirs == records and all(each.nip for each in records)
        ):
            return False
    return True
