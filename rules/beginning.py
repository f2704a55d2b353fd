"""What a case begins with: given by a message, or by the case that opens it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from rules.case import Case, Person, Relation
from rules.effects import Open
from rules.events import Opened

_NAMED = 3
"""Persons that are named as whom a request is about; more are hinted at."""


@dataclass(frozen=True, kw_only=True)
class Beginning:
    """Whose case it becomes. `at`: an opening of the SOP (`letter`, `notice`, `parent`, `linked`), or the row a sibling was split off at.

    `received` is when the letter was received: the promise counts from there. `holder_address` is the holder's own official address
    where somebody else writes for them.
    """

    ticket: str
    address: str
    received: datetime
    applicant: str = ""
    holder: str = ""
    language: str = "id"
    at: str = "letter"
    parent: str | None = None
    relation: Relation | None = None
    root: str = ""
    facts: Mapping[str, str] | None = None
    holds: tuple[str, ...] = ()
    persons: tuple[Person, ...] = ()
    holder_address: str = ""


def begun_by(case: Case, effect: Open, ticket: str, now: datetime) -> tuple[Beginning, Opened]:
    """Return what a case that another one opens begins with: a child, a sibling, a complaint."""
    beginning = Beginning(
        ticket=ticket,
        address=case.address,
        received=now,
        applicant=case.applicant,
        holder=named(effect.persons) if effect.relation == "sibling" else case.holder,
        language=case.language,
        at=effect.at,
        parent=case.id,
        relation=effect.relation,
        root=case.number if effect.relation == "child" else "",
        facts=effect.facts,
        holds=effect.holds,
        persons=effect.persons,
    )
    return beginning, Opened(documents=effect.documents, text=effect.text, silent=effect.silent)


def named(persons: Sequence[Person]) -> str:
    """Return the names of those a request is about, the first few of many."""
    more = ", \N{HORIZONTAL ELLIPSIS}" if len(persons) > _NAMED else ""
    return ", ".join(each.name for each in persons[:_NAMED]) + more
