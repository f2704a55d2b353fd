"""A theft or a leak told in an answer is told as in a mail of its own: an urgent request, the official told, today, whatever else is under way.

Who has just lost a laptop answers whatever mail of ours is at hand, and so does a superior in Cc. As with a fresh mail nothing has to be
proven first: officers look whether the writer owns the certificate.
"""

from mailflow import bystanders, invited
from mailflow.family import members
from mailflow.store.tables import MessageRow
from mailflow.whose import by_letters, claimed_case, proven_case
from mailflow.work import Work
from parsers.facts import MessageFacts
from rules.case import State
from rules.match import feared

TOLD = " for a danger told in an answer"
"""How the ledger's reason goes on for a request that was opened so."""


def told_in(work: Work, message: MessageRow, facts: MessageFacts) -> str:
    """Return the SOP that an answer asks for by telling of a danger, "" for none.

    None where its conversation is about that very SOP: there the words raise the priority by themselves. None either for a letter that asks
    for it, and for a mail of its own, which is matched.
    """
    sop = feared(facts, work.office.rules.sops) if not message.confirmed else ""
    if not sop or sop in by_letters(work, facts):
        return ""
    case = (
        proven_case(work, message, facts) or bystanders.conversation(work, facts) or claimed_case(work, facts)
    )
    if case is None:
        return sop if invited.is_answer(work, facts) else ""
    about_it = any(each.sop == sop and each.state != State.CLOSED for each in members(work, case))
    return "" if about_it else sop
