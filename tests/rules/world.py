"""A small pure world for families of cases: it does what decisions want done with other cases, in the order in which they are committed.

What the shell does with a database is done here with a dictionary: a child is opened under its parent's number, a complaint and a sibling
under numbers of their own, and signals are delivered before anything else happens. `moments` are all decisions of the latest move.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from rules.beginning import Beginning, begun_by
from rules.case import Case, State
from rules.decide import decide, open_case
from rules.effects import Decision, Open, Signal
from rules.events import Event, Opened
from rules.sop import Sop
from rules.turns.turn import LINKED
from tests.rules.counter import APPLICANT, CALENDAR


@dataclass(frozen=True, kw_only=True)
class Moment:
    """One decision: the case before (None: it was opened) and after, what happened, when, and under which SOP."""

    sop: Sop
    before: Case | None
    event: Event
    now: datetime
    decision: Decision
    known: Mapping[str, str]

    @property
    def case(self) -> Case:
        return self.decision.case


@dataclass(kw_only=True)
class World:
    """Cases by number, and the clock. `known` is what is known from elsewhere, for all of them."""

    sops: Mapping[str, Sop]
    now: datetime
    known: dict[str, str] = field(default_factory=dict)
    complaints: str = ""
    cases: dict[str, Case] = field(default_factory=dict)
    moments: list[Moment] = field(default_factory=list)

    def open(self, sop: str, event: Opened, **beginning) -> Case:
        """Open a case from outside: a letter, an answer to a notice."""
        self.moments = []
        begin = Beginning(
            ticket=self._number(),
            address=APPLICANT,
            received=self.now,
            applicant="Siti Rahmawati",
            **beginning,
        )
        return self._begin(self.sops[sop], begin, event)

    def happen(self, number: str, event: Event, **later: float) -> Moment:
        """Let time pass, then let an event happen to a case, with all that follows from it."""
        self.now += timedelta(**later)
        self.moments = []
        self._happen(number, event)
        return self.moments[0]

    @property
    def open_cases(self) -> list[Case]:
        return [each for each in self.cases.values() if each.state is not State.CLOSED]

    @property
    def next_alarm(self) -> Case | None:
        """The case whose alarm rings first."""
        waiting = [each for each in self.cases.values() if each.alarm is not None]
        return min(waiting, key=lambda each: each.alarm.at, default=None)

    # --- as the shell does it ----------------------------------------------------------------------------------------------

    def _happen(self, number: str, event: Event) -> None:
        case = self.cases[number]
        sop = self.sops[case.sop]
        known = self._known(sop)
        decision = decide(sop, case, event, self.now, CALENDAR, known=known)
        self._apply(Moment(sop=sop, before=case, event=event, now=self.now, decision=decision, known=known))

    def _begin(self, sop: Sop, beginning: Beginning, event: Opened) -> Case:
        assert beginning.ticket not in self.cases, f"{beginning.ticket} is opened twice"
        known = self._known(sop)
        decision = open_case(sop, beginning, event, self.now, CALENDAR, known=known)
        self._apply(Moment(sop=sop, before=None, event=event, now=self.now, decision=decision, known=known))
        return self.cases[beginning.ticket]

    def _apply(self, moment: Moment) -> None:
        self.cases[moment.case.id] = moment.case
        self.moments.append(moment)
        for effect in moment.decision.effects:
            if isinstance(effect, Open):
                self._open(moment.case, effect)
            elif isinstance(effect, Signal):
                self._happen(effect.to, effect.event)

    def _open(self, parent: Case, effect: Open) -> None:
        beginning, event = begun_by(parent, effect, effect.id or self._number(), self.now)
        self._begin(self.sops[effect.sop], beginning, event)

    def _known(self, sop: Sop) -> dict[str, str]:
        linked = {LINKED: self.complaints} if self.complaints and self.complaints != sop.id else {}
        return {**self.known, **linked}

    def _number(self) -> str:
        return f"CK-26-{len([each for each in self.cases if '.' not in each]) + 1:04d}"
