"""A small world in memory: the cases of one story under one set of rules. Opens and signals happen in the order the engine commits them."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime

from mailflow import cases
from mailflow.dossier import Matter
from mailflow.known import known
from mailflow.office import Office
from mailflow.replay.record import Standing, Story
from mailflow.store.tables import CaseRow
from mailflow.work import Work
from rules.beginning import Beginning, begun_by
from rules.case import Case, State
from rules.decide import decide, open_case
from rules.effects import Decision, Open, Signal
from rules.events import Event, Opened
from rules.load import Rules, Unsound
from rules.sop import Sop


class Closed(Exception):  # noqa: N818 - the way is closed, nothing failed
    """Under these rules the case could not have been opened so. The message says why."""


@dataclass(frozen=True)
class Step:
    """What one event did to one case."""

    case: str
    decision: Decision
    at: datetime

    @property
    def standing(self) -> Standing:
        """The same as the ledger would record it."""
        after = self.decision.case
        return Standing(case=self.case, event=self.decision.event, step=after.step, state=after.state.value)


class Books:
    """The SOPs a case runs by: the version it began with (`then`), or the rules to be tried (`today`)."""

    def __init__(self, work: Work, rules: Rules) -> None:
        self.work, self.rules = work, rules
        self._versions: dict[str, Sop | None] = {}

    def today(self, name: str) -> Sop:
        """Return the SOP of this name; raise Closed where there is none."""
        found = self.rules.sops.get(name)
        if found is None:
            raise Closed(f"there is no SOP {name}")
        return found

    def then(self, digest: str, name: str) -> Sop | None:
        """Return the version kept in the database; None where it is not kept or this program can no longer read it."""
        today = self.rules.sops.get(name)
        if today is not None and today.digest == digest:
            return today
        if digest not in self._versions:
            try:
                self._versions[digest] = cases.sop_of(self.work, digest, name)
            except (Unsound, LookupError):
                self._versions[digest] = None
        return self._versions[digest]


class Lane:
    """The story's cases as they stand. `sop_for` gives the SOP by which a case of this number and name is opened."""

    def __init__(self, work: Work, story: Story, rules: Rules, sop_for: Callable[[str, str], Sop]) -> None:
        self.work, self.story, self.rules, self.sop_for = work, story, rules, sop_for
        self.cases: dict[str, Case] = {}
        self.sops: dict[str, Sop] = {}
        self.supposed: Mapping[str, str] = {}
        """Facts of the world that are taken to have been known, whatever is known today."""

    # --- what happens -----------------------------------------------------------------------------------------------

    def open(self, beginning: Beginning, name: str, event: Opened, now: datetime) -> list[Step]:
        """Open a case of the SOP with this name; raise Closed where it cannot begin so."""
        sop = self.sop_for(beginning.ticket, name)
        if beginning.at not in sop.opens.rows and beginning.at not in sop.steps:
            raise Closed(f"SOP {name} has no opening {beginning.at!r}")
        self.sops[beginning.ticket] = sop
        work = self._work_at(now)
        matter = Matter.unborn(work, sop, beginning, event)
        decision = open_case(
            sop, beginning, event, now, work.office.calendar, known=self._known(matter, event)
        )
        return self._apply(beginning.ticket, decision, now)

    def happen(self, ticket: str, event: Event, now: datetime) -> list[Step]:
        """Let an event happen to a case."""
        sop, case, work = self.sops[ticket], self.cases[ticket], self._work_at(now)
        matter = Matter(work.office, sop, case, work, self.row_of(ticket))
        decision = decide(sop, case, event, now, work.office.calendar, known=self._known(matter, event))
        return self._apply(ticket, decision, now)

    def change(self, ticket: str, **values: object) -> None:
        """Give a case new values that no event gave it."""
        self.cases[ticket] = self.cases[ticket].model_copy(update=values)

    def snapshot(self) -> tuple[dict[str, Case], dict[str, Sop]]:
        """Return how everything stands, for `restore`."""
        return dict(self.cases), dict(self.sops)

    def restore(self, kept: tuple[dict[str, Case], dict[str, Sop]]) -> None:
        """Let everything stand as it did."""
        self.cases, self.sops = dict(kept[0]), dict(kept[1])

    # --- looking ----------------------------------------------------------------------------------------------------

    def row_of(self, ticket: str) -> CaseRow:
        """Return the ledger's row of a case; for one that was never opened, a row as it would be."""
        return self.story.cases.get(ticket) or _row(self.work.office, self.cases[ticket])

    def root_of(self, ticket: str) -> str:
        """Return the case whose number the applicant knows."""
        return self.cases[ticket].number

    def whose_turn(self, ticket: str) -> str:
        """Return the case of the family that a message of the applicant is for (as `mailflow.family.whose_turn`)."""
        there = self.root_of(ticket)
        if self.cases[there].state is State.CLOSED:
            family = [name for name, case in self.cases.items() if case.number == there]
            alive = [name for name in family if self.cases[name].state is not State.CLOSED]
            return alive[-1] if alive else there
        while self.cases[there].state is State.CHILD:
            child = self.cases[there].child or ""
            if child not in self.cases or self.cases[child].state is State.CLOSED:
                break
            there = child
        return there

    # --- inside -----------------------------------------------------------------------------------------------------

    def _work_at(self, now: datetime) -> Work:
        office = replace(self.work.office, clock=lambda: now, rules=self.rules)
        return Work(self.work.session, office)

    def _known(self, matter: Matter, event: Event) -> dict[str, str]:
        found = {**known(matter, event), **self.supposed}
        return {name: value for name, value in found.items() if value}

    def _apply(self, ticket: str, decision: Decision, now: datetime) -> list[Step]:
        self.cases[ticket] = decision.case
        steps = [Step(ticket, decision, now)]
        for effect in decision.effects:
            if isinstance(effect, Open):
                steps += self._open(decision.case, self.sops[ticket], effect, now)
            elif isinstance(effect, Signal) and effect.to in self.cases:
                steps += self.happen(effect.to, effect.event, now)
        return steps

    def _open(self, case: Case, sop: Sop, effect: Open, now: datetime) -> list[Step]:
        ticket = effect.id or self._ticket(case, effect)
        beginning, event = begun_by(case, effect, ticket, now)
        if effect.relation != "sibling":
            return self.open(beginning, effect.sop, event, now)
        self.sops[ticket] = sop
        matter = Matter.unborn(self._work_at(now), sop, beginning, event)
        facts = self._known(matter, event)
        decision = open_case(sop, beginning, event, now, self.work.office.calendar, known=facts)
        return self._apply(ticket, decision, now)

    def _ticket(self, case: Case, effect: Open) -> str:
        """The number the case was given then; where none was opened then, one that tells whose it is."""
        given = (each for each in self.story.belonging(case.id, effect.relation) if each not in self.cases)
        return next(given, f"{case.id}+{effect.relation}")


def _row(office: Office, case: Case) -> CaseRow:
    """A row for a case that was never opened."""
    return CaseRow(
        ticket=case.id,
        sop=case.sop,
        sop_digest=case.digest,
        state=case.state.value,
        step=case.step,
        value="",
        address_key=cases.address_key(office, case.address),
        opened_at=case.opened,
    )
