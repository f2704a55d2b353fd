"""A mail that fitted nothing becomes a request because an officer says so; its own writer is the applicant."""

from dataclasses import dataclass

from mailflow import cases, copies, tasks
from mailflow.config import Officer
from mailflow.dossier import Matter
from mailflow.openings import open_request
from mailflow.store.tables import CaseRow, MessageRow, MessageState
from mailflow.work import Work
from parsers.facts import MessageFacts
from rules.sop import Sop

ADOPTABLE = frozenset({MessageState.UNMATCHED, MessageState.OBSERVED})
"""States of messages that belong to no request yet."""


@dataclass(frozen=True)
class Adopted:
    """What came of it: the request, and whether it had been open before."""

    row: CaseRow
    known: bool = False


def adopt(work: Work, message: MessageRow, facts: MessageFacts, sop: Sop, officer: Officer) -> Adopted:
    """Open a request of `sop` from a message, as if it had matched. `facts.sender` is the applicant.

    An open request of the same writer, service and person is left as it is: two would be worked on twice, and an officer's forward
    is no proof that the writer is that request's applicant.
    """
    if known := _same_request(work, facts, sop):
        return Adopted(known, known=True)
    erased = message.place == "discard"
    row = open_request(work, message, facts, sop)
    if erased:
        message.place, message.placed = "discard", False
    work.session.add(message)
    copies.follow(work.session, message, place="inbox")
    note = f"by {officer.name}"
    actor = f"officer:{officer.email}"
    tasks.record(Matter.of(work, row), "registered", note, actor=actor, message_id=message.id)
    return Adopted(row)


def _same_request(work: Work, facts: MessageFacts, sop: Sop) -> CaseRow | None:
    nips = {each.fields["nip"].value for each in facts.documents if "nip" in each.fields}
    people = {work.office.keyring.index(f"nip:{nip}") for nip in nips if nip}
    for row in cases.open_cases_of(work, facts.sender.address if facts.sender else ""):
        if row.sop == sop.id and (not people or not row.person_key or row.person_key in people):
            return row
    return None
