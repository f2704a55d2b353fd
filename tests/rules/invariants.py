"""What must hold after every move of the family as a whole, and of each decision in the light of what came before."""

from collections import defaultdict
from datetime import datetime

from rules.case import Case, State
from rules.effects import CloseTask, HandOn, TakeBack, Task
from rules.events import Said, Supplied, Word
from tests.rules.counter import CALENDAR
from tests.rules.decided import DECIDED, mails, own_alarm
from tests.rules.world import Moment, World

_UNANSWERED = frozenset(
    {"thanks", "promise", "promised", "automatic", "confirm", "confirmed", "repeated", "new-case", "stopped"}
)
"""What happens to a letter that is filed without an answer, by the name the audit keeps."""


class Watch:
    """Remembers what has been done so far, and says what is wrong with what was done now."""

    def __init__(self) -> None:
        self.seen: list[Moment] = []
        self.keys: set[tuple[str, str]] = set()
        self.tasks: defaultdict[str, set[str]] = defaultdict(set)
        self.ever: list[tuple[str, str]] = []
        self.trail: defaultdict[str, list[Moment]] = defaultdict(list)
        self.approved: set[str] = set()
        self.breached: set[str] = set()
        self.reminded: defaultdict[str, list[datetime]] = defaultdict(list)

    def look(self, world: World) -> None:
        """Check the latest move."""
        self.seen += world.moments
        for moment in world.moments:
            for decided in DECIDED:
                decided(moment)
            for check in _REMEMBERED:
                check(self, moment)
            self.trail[moment.case.id].append(moment)
        for case in world.cases.values():
            for rule in _FAMILY:
                rule(self, world, case)
        _letters_are_answered(world)

    # --- each decision, remembering ----------------------------------------------------------------------------------------

    def audit_is_complete(self, moment: Moment) -> None:
        assert moment.decision.event, "a decision names what happened"
        before = moment.before
        assert moment.case.events == (before.events if before else 0) + 1, "each decision counts its event"
        trail = self.trail[moment.case.id]
        assert bool(trail) == bool(before), "a case begins once"
        if before is not None:
            assert trail[-1].case == before, "each decision begins where the last one ended"
        if moment.decision.event == "promise-breach":
            self.breached.add(moment.case.id)

    def keys_are_new(self, moment: Moment) -> None:
        number, mine = moment.case.id, self.tasks[moment.case.id]
        for effect in moment.decision.effects:
            if isinstance(effect, CloseTask):
                assert effect.key in mine, f"{effect.key} is closed, but is not open"
                mine.discard(effect.key)
            elif isinstance(effect, TakeBack | HandOn):
                assert effect.key in mine, f"{effect.key} is no open task"
            else:
                key = (number if isinstance(effect, Task) else "", effect.key)
                assert key not in self.keys, f"key {effect.key} was used before"
                self.keys.add(key)
        case = moment.case
        for effect in moment.decision.effects:
            if isinstance(effect, Task):
                mine.add(effect.key)
                self.ever.append((number, effect.key))
                assert effect.outcomes, "a task takes some word"
                assert effect.quiet or effect.key != case.task or effect.due == case.due, "as promised"
        waiting = {*case.side_tasks, *([case.task] if case.task else [])}
        assert mine == waiting, "the tasks that were put are the tasks the case waits for"

    def nothing_is_fulfilled_without_an_officer(self, moment: Moment) -> None:
        event, before, case = moment.event, moment.before, moment.case
        if isinstance(event, Word) and before is not None and event.task == before.task:
            step = moment.sop.steps[before.step]
            if moment.decision.event != "refused" and event.outcome in {"approve", "done", *step.words}:
                self.approved.add(case.id)
                if event.outcome == "approve" and step.approvals > 1 and case.visits != before.visits:
                    assert len({*before.approvals, event.officer}) >= step.approvals, "two must approve"
        ended = case.ending is not None and (before is None or before.ending is None)
        if ended and case.ending in moment.sop.steps and moment.sop.steps[case.ending].ends == "fulfilled":
            assert case.id in self.approved, "fulfilled without an officer's word"
        if before is not None and before.ending == "rejected" and case.ending is None:
            self.approved.discard(case.id)

    def reminders_come_before_the_end(self, moment: Moment) -> None:
        before, case, number = moment.before, moment.case, moment.case.id
        if moment.decision.event == "reminded":
            self.reminded[number].append(moment.now)
            return
        if moment.decision.event in {"lapsed", "silent"} and before is not None:
            spans = moment.sop.waiting.remind
            assert len(self.reminded[number]) >= len(spans), "nobody is closed who was not reminded"
            last = self.reminded[number][-1]
            assert moment.now >= CALENDAR.add(last, moment.sop.waiting.close), "the last reminder leaves time"
        elsewhere = before is None or before.visits != case.visits or case.state is not State.APPLICANT
        alarm = own_alarm(case)
        if elsewhere or (alarm is not None and alarm.round == 0):
            self.reminded[number] = []

    # --- the family --------------------------------------------------------------------------------------------------------

    def somebody_is_waited_for(self, world: World, case: Case) -> None:
        assert set(case.asides) == set(case.side_tasks)
        alarm = own_alarm(case)
        assert case.row_alarm is None or (case.alarm is not None and case.row_alarm.at >= case.alarm.at)
        if case.state is State.CLOSED:
            assert case.ending is not None
            assert (alarm, case.task, case.child) == (None, None, None), "after the end nothing waits"
            assert case.promise_since is None
        elif case.state is State.APPLICANT:
            assert alarm is not None
            assert alarm.name in {"remind", "close"}
            assert case.promise_since is None, "the promise runs in the applicant's turn"
            assert case.child is None
        elif case.state is State.CHILD:
            assert (alarm, case.task, case.promise_since) == (None, None, None)
            child = world.cases.get(case.child or "")
            assert child is not None, "an open child is waited for"
            assert child.state is not State.CLOSED, "a parent waits for a closed child"
            assert (child.parent, child.relation) == (case.id, "child"), "the child knows whose it is"
        else:
            assert (case.task is not None, case.child) == (True, None)
            assert case.due is not None
            assert case.promise_since is not None
            assert alarm is None or alarm.name.startswith("promise-")
            assert alarm is not None or case.id in self.breached, "a promise that nobody watches"

    def sooner_alarms_come_first(self, world: World, case: Case) -> None:
        if any(each.told < 2 for each in case.asides.values()):  # somebody has yet to be told
            assert case.alarm is not None, "a task beside that nobody watches"

    def numbers_stay_in_the_family(self, world: World, case: Case) -> None:
        if case.relation is None and case.parent is None:
            assert case.root == ""
            return
        parent = world.cases[case.parent or ""]
        child_of = case.id.rpartition(".")[0] == parent.id
        assert child_of == (case.root == parent.number), "one number for a request and its children"


def _letters_are_answered(world: World) -> None:
    """A letter of the applicant is answered by somebody of the family, or filed for a reason that has a name; and answered once."""
    letters: defaultdict[str, list[str]] = defaultdict(list)
    for moment in world.moments:
        letters[moment.case.number] += mails(moment, "applicant")
    assert all(len(each) <= 1 for each in letters.values()), (
        f"a request is told twice at once: {dict(letters)}"
    )
    first = world.moments[0]
    if first.before is None or not isinstance(first.event, Supplied | Said):
        return
    asked = any(moment.case.side_tasks for moment in world.moments)
    assert any(letters.values()) or asked or first.decision.event in _UNANSWERED, (
        f"{first.event.type} ({first.decision.event}) is not answered"
    )


_REMEMBERED = (
    Watch.audit_is_complete,
    Watch.keys_are_new,
    Watch.nothing_is_fulfilled_without_an_officer,
    Watch.reminders_come_before_the_end,
)
_FAMILY = (Watch.somebody_is_waited_for, Watch.sooner_alarms_come_first, Watch.numbers_stay_in_the_family)
