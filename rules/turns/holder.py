"""The holder for whom somebody else writes: asked or told as soon as a letter names them, whenever it comes."""

from rules.case import Case
from rules.turns.turn import Turn

ON_FILE = "holder-on-file"
"""What `known` calls the address on file of the person whom the letters name, where it is not the applicant's."""


def meet(turn: Turn) -> None:
    """Note whom the letters name, where they are on file under another address than the applicant's.

    A letter for many names many, who are not asked; a part of a request has the holder of the whole.
    """
    case, address = turn.case, turn.known.get(ON_FILE, "")
    if len(case.persons) > 1:
        if not case.visits:
            turn.change(holder_address="")
    elif address and not case.holder_address and turn.sop.opens.holder and case.relation != "child":
        turn.change(holder_address=address, holder=_named(turn) or case.holder)


def _named(turn: Turn) -> str:
    """The name in the newest letter that gives one."""
    fields = (each.facts.fields.get("name") for each in reversed(turn.case.documents))
    return next((each.value for each in fields if each is not None and each.value), "")


def write(turn: Turn, before: Case | None = None) -> None:
    """Ask the holder, or tell them, as the SOP says, unless they were known `before`."""
    if turn.case.holder_address and not (before and before.holder_address):
        kind = "holder-told" if turn.sop.opens.holder == "told" else "holder-asked"
        turn.write("holder", kind, key=turn.entry(kind))
