"""What is known from elsewhere when a case is decided: facts of the world, and which SOP a complaint opens.

A fact may answer for an officer only in the harmless direction; which values those are stands in the SOP (`sure`).
"""

from mailflow.certificates import registry
from mailflow.dossier import Matter
from mailflow.evidence import messages, proof_of
from mailflow.store.tables import MessageRow
from parsers.facts import MessageFacts
from parsers.identity import belongs_to, same_address
from rules.events import Event
from rules.turns.turn import LINKED


def known(matter: Matter, event: Event, message: MessageRow | None = None) -> dict[str, str]:
    """Return facts by name for one decision."""
    del event
    facts = {LINKED: complaints_sop(matter)}
    if any(step.fact == "requester" for step in matter.sop.steps.values()) and _is_owner(matter, message):
        facts["requester"] = "owner"
    if any(step.fact == "owns_certificate" for step in matter.sop.steps.values()):
        facts["owns_certificate"] = "owns" if registry.owns(matter.work, matter.row.person_key) else ""
    return {name: value for name, value in facts.items() if value}


def complaints_sop(matter: Matter) -> str:
    """Return the SOP that PENGADUAN about a case opens; a complaint about a complaint is the same complaint."""
    linked = (sop.id for sop in matter.office.rules.sops.values() if sop.opens.linked)
    found = next(linked, "")
    return "" if found == matter.sop.id else found


def _is_owner(matter: Matter, message: MessageRow | None) -> bool:
    """Tell whether the sender is proven to be the one person of the letter: by the address that the letter itself gives."""
    case, domain = matter.case, matter.office.config.department.domain
    if case.persons or not belongs_to(case.address, domain):
        return False
    letters = (
        [MessageFacts.model_validate_json(message.facts)] if message and message.facts else messages(matter)
    )
    if not letters or proof_of(matter.work, matter, letters).passed is not True:
        return False
    given = [each.facts.fields.get("official_email") for each in case.documents]
    return any(each is not None and each.certain and same_address(each.value, case.address) for each in given)
