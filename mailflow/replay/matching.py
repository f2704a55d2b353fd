"""Which SOP a kept message would open today, beside what it opened, or that it was left where it was."""

from sqlmodel import col, select

from mailflow.dangers import TOLD
from mailflow.replay.difference import Matching
from mailflow.replay.kept import Kept
from mailflow.replay.record import BESIDES
from mailflow.store.tables import CaseRow, MessageRow, MessageState, OutboxRow, Transition
from mailflow.work import Work
from parsers.facts import MessageFacts
from rules.load import Rules
from rules.match import Match, match, requests_in

_NOT_MATCHED = (
    "names ", "no single sender", "answers the copy of a notice", "somebody else about a notice", "From is our own address",
)  # fmt: skip
"""How the ledger's reasons begin for messages that were left without asking what they want: who wrote them decided."""
_SAID = ("by an answer to a notice", "for the holder of a notice")
"""How they end for requests that a notice said what to open for."""


class Matcher:
    """Matches kept messages by the rules to be tried. `in_force`: what observed messages would have opened, where nothing was done."""

    def __init__(self, work: Work, kept: Kept, rules: Rules, in_force: Rules) -> None:
        self.work, self.kept, self.rules, self.in_force = work, kept, rules, in_force
        self.compared = 0

    def compare(self, row: MessageRow) -> Matching | None:
        """Return what would be otherwise; None where nothing would be, or where something else than matching decided. Raises Missing."""
        opened = self._opened(row)
        left = row.state == MessageState.UNMATCHED and not row.reason.startswith(_NOT_MATCHED)
        observed = row.state == MessageState.OBSERVED
        if not (opened or left or observed) or self._is_staffs(row):
            return None
        facts = self.kept.today(row.id or 0)
        if opened and self._was_said(row, opened, facts):
            return None
        self.compared += 1
        now, found = _would_open(facts, self.rules)
        if observed:
            recorded, _ = _would_open(self.kept.then(row.id or 0), self.in_force)
            chosen = "rules in force: it was only observed"
        else:
            recorded = tuple(dict.fromkeys(case.sop for case in opened))
            chosen = ""
        sorted_by = self._registered(opened)
        if sorted_by:
            recorded, chosen = (), f"{sorted_by} sorted it to {', '.join(case.sop for case in opened)}"
        if set(now) == set(recorded):
            return None
        return Matching(
            message=row.id or 0,
            received=row.received_at.astimezone(self.work.office.config.department.zone),
            recorded=recorded,
            chosen=chosen,
            cases=tuple(case.ticket for case in opened),
            now=now,
            score=found.score,
            reasons=found.reasons,
        )

    def _opened(self, row: MessageRow) -> list[CaseRow]:
        """The requests a message opened or, where it held several, went on with."""
        query = (
            select(CaseRow, Transition)
            .join(Transition, col(Transition.case_id) == col(CaseRow.id))
            .where(Transition.message_id == row.id, col(Transition.event).not_in([*BESIDES, "new-case"]))
            .order_by(col(Transition.id))
        )
        found = list(self.work.session.exec(query))
        if not any(not move.from_step and case.parent_id is None for case, move in found):
            return []
        there = [case for case, move in found if move.from_step or case.parent_id is None]
        held = self.work.session.get(CaseRow, row.case_id) if row.state == MessageState.HELD else None
        return [*there, held] if held is not None else there

    def _is_staffs(self, row: MessageRow) -> bool:
        officer = self.work.office.config.officer_by_address(row.sender or "")
        return officer is not None

    def _registered(self, opened: list[CaseRow]) -> str:
        """The officer who sorted the message, "" where the rules did."""
        query = select(Transition.actor).where(
            col(Transition.case_id).in_([case.id for case in opened]), Transition.event == "registered"
        )
        return (self.work.session.exec(query).first() or "").partition(":")[2]

    def _was_said(self, row: MessageRow, opened: list[CaseRow], facts: MessageFacts) -> bool:
        """Whether what the message answers said which SOP it opens: a notice, or a request in whose thread another person's papers came."""
        if row.reason.endswith(_SAID) or TOLD in row.reason:
            return True
        by_then = match(self.kept.then(row.id or 0), self.in_force.sops).sop
        return by_then is None and len(opened) == 1 and self._answers_us(facts)

    def _answers_us(self, facts: MessageFacts) -> bool:
        query = select(OutboxRow.id).where(
            col(OutboxRow.message_id).in_({*facts.in_reply_to, *facts.references})
        )
        return self.work.session.exec(query).first() is not None


def _would_open(facts: MessageFacts, rules: Rules) -> tuple[tuple[str, ...], Match]:
    found = match(facts, rules.sops)
    several = tuple(requests_in(facts, rules.sops))
    if len(several) > 1:
        return several, found
    return ((found.sop,) if found.sop else ()), found
