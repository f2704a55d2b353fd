"""One event's work on one case: the case as it becomes, and the effects that gather on the way.

Keys are stable and meaningful, so that a unique index makes every repetition a no-op:
`CASE:step#visit:name` for what entering a row does, `CASE:step#visit.evidence:alarm.n` for what an alarm does,
`CASE:event:name` for reactions; `step#visit.evidence` for tasks, so that new evidence voids old tokens by itself.
"""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from rules.calendar import Calendar
from rules.case import Alarm, Aside, Case, State
from rules.effects import CloseTask, Decision, Effect, Mail, TakeBack, Task
from rules.sop import Sop, Step

ASIDE = "aside"
"""Name of the alarm of tasks beside the case's own."""
LINKED = "linked"
"""What `known` calls the SOP that PENGADUAN opens, where the department has one."""
Said = dict[str, tuple[str, ...]]


class Turn:
    """What one event does. Filled by the moves of this package, read off by `decision`.

    `known` is what is known from elsewhere: facts of the world by name (`owns_certificate`), and `LINKED`.
    """

    def __init__(  # noqa: PLR0913 - an event happens at a time, in an office, with what is known
        self,
        sop: Sop,
        case: Case,
        *,
        now: datetime,
        calendar: Calendar,
        received: datetime | None = None,
        known: Mapping[str, str] | None = None,
    ) -> None:
        self.sop, self.calendar, self.now = sop, calendar, now
        own = case.row_alarm if case.alarm is not None and case.alarm.name == ASIDE else case.alarm
        there = {key: each for key, each in case.asides.items() if key in case.side_tasks}
        self.case = case.model_copy(
            update={"events": case.events + 1, "alarm": own, "row_alarm": None, "asides": there}
        )
        self.received = received or now
        self.known = known or {}
        self.beginning = False
        """True while the request has just become complete (or was just opened) and the applicant has yet to be told."""
        self.silent = False
        """True while the applicant is told by another case's letter."""
        self.carrier = ""
        """Key of the letter of a row that was passed in this breath: what is told further goes into it."""
        self.repeated: tuple[str, ...] = ()
        """Names of documents that were sent before, where nothing else came."""
        self.effects: list[Effect] = []
        self.event = ""
        self.notes: list[str] = []

    @property
    def step(self) -> Step:
        """The row the case stands in."""
        return self.sop.steps[self.case.step]

    @property
    def place(self) -> str:
        """The visit, `verify#2`."""
        return f"{self.case.step}#{self.case.visits.get(self.case.step, 0)}"

    @property
    def told(self) -> bool:
        """Whether this decision already writes to the applicant: one decision, one letter per recipient."""
        return any(isinstance(each, Mail) and each.audience == "applicant" for each in self.effects)

    def change(self, **values: Any) -> None:
        """Give the case new values."""
        self.case = self.case.model_copy(update=values)

    def happened(self, event: str, note: str = "") -> None:
        """Name what happened; the first name stays."""
        self.event = self.event or event
        if note:
            self.notes.append(note)

    def fact(self, name: str) -> str:
        """Return what is known of the world under this name, "" where nothing is: what was said in the case comes first."""
        return self.case.facts.get(name) or self.known.get(name, "")

    def tell(
        self,
        kind: str,
        said: Said | None = None,
        *,
        key: str = "",
        drafts: tuple[str, ...] = (),
        closing: bool = False,
    ) -> None:
        """Write to the applicant. Without a key the letter answers this event; it also tells the news there is, a closing one all of it."""
        if self.silent:
            return
        untold = range(0 if closing else self.case.news_told, len(self.case.news))
        also = {"news": tuple(map(str, untold)), "repeated": self.repeated}
        self.change(news_told=len(self.case.news))
        said = {**(said or {}), **{name: what for name, what in also.items() if what}}
        if self.told and self.carrier:
            self._add_to_carrier(said, drafts)
            return
        self.write("applicant", kind, said, key=key, drafts=drafts)

    def _add_to_carrier(self, said: Said, drafts: tuple[str, ...]) -> None:
        self.effects = [
            each.model_copy(update={"said": {**said, **each.said}, "drafts": (*each.drafts, *drafts)})
            if isinstance(each, Mail) and each.key == self.carrier
            else each
            for each in self.effects
        ]

    def unsay(self) -> None:
        """Take back what this decision would have told the applicant: it answers it already."""
        self.effects = [
            each for each in self.effects if not (isinstance(each, Mail) and each.audience == "applicant")
        ]

    def write(
        self,
        audience: str,
        kind: str,
        said: Said | None = None,
        *,
        key: str = "",
        drafts: tuple[str, ...] = (),
    ) -> None:
        """Write to any audience."""
        key = key or self.reaction(kind)
        self.effects.append(Mail(key=key, audience=audience, kind=kind, said=said or {}, drafts=drafts))

    def reaction(self, name: str) -> str:
        """Key of what only this event causes."""
        return f"{self.case.id}:{self.case.events}:{name}"

    def entry(self, name: str) -> str:
        """Key of what entering this row causes."""
        return f"{self.case.id}:{self.place}:{name}"

    def alarm_key(self, alarm: Alarm) -> str:
        """Key of what an alarm causes."""
        return f"{self.case.id}:{self.place}.{self.case.evidence}:{alarm.name}.{alarm.round}"

    def put_task(self, task: Task) -> None:
        """Put the row's task before a person; it becomes the case's task."""
        self.effects.append(task)
        self.change(task=task.key)

    def close_task(self, why: str) -> None:
        """The case's task no longer waits; one that this very decision puts is not put at all."""
        if self.case.task is None:
            return
        if self._is_put_now(self.case.task):
            self.effects = [
                each for each in self.effects if not (isinstance(each, Task) and each.key == self.case.task)
            ]
        else:
            self.effects.append(CloseTask(key=self.case.task, why=why))
        self.change(task=None)

    def _is_put_now(self, key: str) -> bool:
        return any(isinstance(each, Task) and each.key == key for each in self.effects)

    def take_back(self, why: str) -> None:
        """A word on the case's task that has no effect yet no longer counts; the task goes on with the same key."""
        if self.case.task is not None and not self._is_put_now(self.case.task):
            self.effects.append(TakeBack(key=self.case.task, why=why))

    def wake(self, at: datetime, name: str, round_: int = 0) -> None:
        """Set the alarm of the case's own course."""
        self.change(alarm=Alarm(at=at, name=name, round=round_))

    @property
    def is_applicants(self) -> bool:
        """Whether it is the applicant's turn."""
        return self.case.state is State.APPLICANT

    def threshold_of(self, aside: Aside) -> datetime | None:
        """Return when somebody is told next that a task beside waits: at half its time the officer, at its end the official."""
        if aside.told > 1:
            return None
        if aside.told or aside.performer == "official":
            return aside.due
        half = self.calendar.office_seconds(aside.since, aside.due) / 2
        return min(self.calendar.after_office_seconds(aside.since, half), aside.due)

    def _nearest_alarm(self) -> None:
        """Leave the case the nearest of its alarms: there is only one."""
        moments = [at for each in self.case.asides.values() if (at := self.threshold_of(each)) is not None]
        own = self.case.alarm
        if moments and (own is None or min(moments) < own.at):
            self.change(alarm=Alarm(at=min(moments), name=ASIDE), row_alarm=own)

    def decision(self) -> Decision:
        """Read off what was decided."""
        self._nearest_alarm()
        return Decision(
            case=self.case,
            effects=tuple(self.effects),
            event=self.event or "noted",
            note="; ".join(self.notes),
        )
