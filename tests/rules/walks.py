"""Random walks over families of cases: each number is the seed of one move, so that a walk can be walked again."""

from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from random import Random

from rules.case import Case, CaseDocument, State
from rules.events import Bounced, Confirmed, Event, Opened, Overheard, Said, Stopped, Supplied, Woke, Word
from rules.keywords import APPLICANT_WORDS, OFFICER_WORDS
from rules.needs import HOLDER, judge
from rules.sop import Sop
from tests.rules.counter import APPLICANT, at
from tests.rules.invariants import Watch
from tests.rules.onward import onward
from tests.rules.papers import NOISE, TEXTS, VARIANTS, paper
from tests.rules.world import World

OFFICERS = ("rina@contohkota.go.id", "bayu@contohkota.go.id", "dewi@contohkota.go.id")
BEGIN = at("2026-03-10 09:12")
_LATE = 40 * 24
_PATIENCE = 60
_INSISTS = 0.6
_DEEP = 0.4
"""Share of walks that begin in the middle."""


@dataclass
class Tally:
    """What walks have seen: events, endings, and the rows that were entered."""

    walks: int = 0
    events: int = 0
    endings: Counter[str] = field(default_factory=Counter)
    rows: Counter[tuple[str, str]] = field(default_factory=Counter)

    def count(self, walk: "Walk") -> None:
        self.walks += 1
        for moments in walk.watch.trail.values():
            self.events += len(moments)
        for case in walk.world.cases.values():
            self.endings[f"{case.sop}: {case.ending or 'open'}"] += 1
            self.rows.update({(case.sop, row): times for row, times in case.visits.items()})

    def add(self, other: "Tally") -> None:
        self.walks += other.walks
        self.events += other.events
        self.endings += other.endings
        self.rows += other.rows


class Walk:
    """One walk over a family, its invariants watched."""

    def __init__(self, sops: Mapping[str, Sop], sop: str, seed: int, watch: Watch) -> None:
        dice = Random(seed)  # noqa: S311 - walks are repeated, not secret
        self.sops = sops
        self.world = World(
            sops=sops,
            now=BEGIN,
            known={
                "owns_certificate": dice.choice(("", "owns", "none")),
                "requester": dice.choice(("", "owner")),
            },
            complaints=dice.choice(("complaint", "complaint", "")) if "complaint" in sops else "",
        )
        self.mood = dice.choice(tuple(_MOODS))
        self.watch = watch
        deep, to_child = dice.random() < _DEEP, dice.random() < 0.7
        self._open(sops[sop], dice, bare=deep and to_child)
        if deep:
            self._go_deep(dice, to_child=to_child)

    def _go_deep(self, dice: Random, *, to_child: bool) -> None:
        """Begin in the middle: some way on, or with a child under way."""
        for number in range(dice.randint(1, 14)):
            waiting = [each for each in self.world.open_cases if each.state is not State.CHILD]
            if waiting:
                self._help(waiting[0], 1000 + number, to_child=to_child)

    def _open(self, sop: Sop, dice: Random, *, bare: bool) -> None:
        ways = [way for way in sop.opens.rows if way in {"letter", "notice"}]
        way = dice.choice(ways)
        words = [word for row in sop.steps.values() if row.asks for word in row.words]
        holder = "pejabat@contohkota.go.id" if dice.random() < 0.2 else ""
        self.world.open(
            sop.id,
            Opened(
                documents=() if bare else self._papers(sop, dice, whole=dice.random() < 0.6),
                text=dice.choice(TEXTS),
                word=dice.choice([*words, ""]) if way == "notice" and not bare else "",
            ),
            at=way,
            holder_address=holder,
        )
        self.watch.look(self.world)

    # --- one move ----------------------------------------------------------------------------------------------------------

    def move(self, seed: int) -> None:
        """Do what this number stands for."""
        dice = Random(seed)  # noqa: S311
        case = self._anybody(dice)
        act = dice.choices(_ACTS, _MOODS[self.mood])[0]
        event = act(self, case, dice)
        if event is not None:
            number, what = event if isinstance(event, tuple) else (case.id, event)
            self.happen(number, what, minutes=dice.choice((1, 20, 90)))

    def happen(self, number: str, event: Event, **later: float) -> None:
        self.world.happen(number, event, **later)
        self.watch.look(self.world)

    def _anybody(self, dice: Random) -> Case:
        there = list(self.world.cases.values())
        active = [each for each in there if each.state not in {State.CLOSED, State.CHILD}]
        return dice.choice(active if active and dice.random() < 0.8 else there)

    def letter(self, case: Case, dice: Random) -> Event:
        sop = self.sops[case.sop]
        whole = dice.random() < (0.9 if self.mood == "willing" else 0.4)
        return Supplied(documents=self._papers(sop, dice, whole=whole), text=dice.choice(TEXTS))

    def say(self, case: Case, dice: Random) -> Event | tuple[str, Event]:
        """A word; BATAL of a child's applicant often means the whole request."""
        if case.parent and dice.random() < 0.3:
            return case.parent, Said(word=dice.choice(("cancel", "cancel", "complaint", "problem")))
        step = self.sops[case.sop].steps[case.step]
        own = list(step.words) if step.asks else []
        again = [word for word in own if step.outcomes[word] in case.visits]
        usual = [*own * 3, *APPLICANT_WORDS, "thanks", "promise", "automatic", "unknown"]
        word = dice.choice(again if again and self.mood == "stubborn" else usual)
        papers = self._papers(self.sops[case.sop], dice) if dice.random() < 0.25 else ()
        return Said(word=word, text=dice.choice(TEXTS), documents=papers)

    def word(self, case: Case, dice: Random) -> Event | None:
        """An officer's word on the case's own task: mostly one it takes."""
        if case.task is None:
            return None
        sop = self.sops[case.sop]
        step = sop.steps[case.step]
        own = [*step.outcomes] if not step.asks else []
        likely = [*own * 3, *sop.classes, "escalate", "take", "grant"]
        wishes = {"strict": "incomplete", "stubborn": "done", "willing": onward(sop).get(case.step, "")}
        insists = wishes.get(self.mood, "")
        if insists in step.edges and dice.random() < _INSISTS:
            likely = [insists]
        wild = dice.random() < 0.15
        outcome = dice.choice([*OFFICER_WORDS, "nonsense"] if wild else likely)
        numbers = tuple(each.number for each in case.persons)
        besides = (
            tuple(dice.sample([*numbers, 9], dice.randint(1, len(numbers))))
            if numbers and outcome == "approve" and dice.random() < 0.4
            else ()
        )
        return Word(
            task=case.task,
            officer=dice.choice(OFFICERS),
            official=dice.random() < 0.4,
            outcome=outcome,
            text=dice.choice(("alasan", "alasan", "")),
            besides=besides,
        )

    def aside(self, case: Case, dice: Random) -> tuple[str, Event] | None:
        """A word on some task beside."""
        there = [(each.id, key) for each in self.world.cases.values() for key in each.side_tasks]
        if not there:
            return None
        number, key = dice.choice(there)
        outcome = dice.choice(("done", "done", "incomplete", "escalate", "take", "approve"))
        return number, Word(task=key, officer=dice.choice(OFFICERS), outcome=outcome, text=dice.choice(TEXTS))

    def old(self, case: Case, dice: Random) -> tuple[str, Event] | None:
        """A word on a task that may be gone."""
        if not self.watch.ever:
            return None
        number, key = dice.choice(self.watch.ever)
        outcome = dice.choice(("approve", "done", "reject", "incomplete", "escalate", "take"))
        return number, Word(task=key, officer=dice.choice(OFFICERS), outcome=outcome, text="alasan")

    def wake(self, case: Case, dice: Random) -> None:
        """Let the next alarm of the family ring, at its time or after an outage."""
        waiting = self.world.next_alarm
        if waiting is not None and waiting.alarm is not None:
            late = dice.choice((0, 0, 0, dice.randint(1, _LATE)))
            self.ring(waiting, hours=late)

    def ring(self, case: Case, **late: float) -> None:
        assert case.alarm is not None
        self.world.now = max(self.world.now, case.alarm.at)
        self.happen(case.id, Woke(alarm=case.alarm.name, round=case.alarm.round), **late)

    def other(self, case: Case, dice: Random) -> Event:
        """What happens seldom."""
        return dice.choice(
            (
                Woke(
                    alarm=dice.choice(("remind", "close", "promise-half", "aside")), round=dice.randint(0, 3)
                ),
                Bounced(recipient=dice.choice((APPLICANT, "lain@contohkota.go.id"))),
                Confirmed(theirs=dice.choice((True, True, True, False, None))),
                Confirmed(theirs=dice.choice((True, True, True, False, None))),
                Overheard(text="mohon tidak diproses dulu"),
                Opened(),
                Stopped(reason="ditutup pengelola") if dice.random() < 0.3 else Supplied(),
            )
        )

    def rest(self, case: Case, dice: Random) -> None:
        """Time passes, and each alarm rings when it should."""
        until = self.world.now + (BEGIN - at("2026-03-09 09:12")) * dice.uniform(0.1, 12)
        for _ in range(_PATIENCE):
            waiting = self.world.next_alarm
            if waiting is None or waiting.alarm is None or waiting.alarm.at > until:
                break
            self.ring(waiting)
        self.world.now = max(self.world.now, until)

    def _papers(self, sop: Sop, dice: Random, *, whole: bool = False) -> tuple[CaseDocument, ...]:
        if whole:
            wanted = [dice.choice(need.document) for need in sop.needs.values()]
        else:
            kinds = [kind for need in sop.needs.values() for kind in need.document]
            wanted = [
                dice.choice(kinds if kinds and dice.random() < 0.6 else NOISE)
                for _ in range(dice.choice((0, 1, 1, 2)))
            ]
        return tuple(self._paper(kind, dice.randrange(VARIANTS)) for kind in wanted)

    def _paper(self, kind: str, number: int) -> CaseDocument:
        """A document; what lay in the mailbox during an outage came earlier than it is read."""
        lay = timedelta(hours=60) if number == 0 else timedelta()
        return CaseDocument(
            need=None, facts=paper(kind, number), message=1, received=max(self.world.now - lay, BEGIN)
        )

    def can_be_kept(self) -> None:
        """What is stored as text comes back as it was."""
        for case in self.world.cases.values():
            assert case == Case.model_validate_json(case.model_dump_json())

    # --- and they all finish -----------------------------------------------------------------------------------------------

    def finish(self) -> None:
        """A willing applicant and willing officers bring the whole family to its end."""
        for number in range(_PATIENCE * max(1, len(self.world.cases))):
            open_cases = [each for each in self.world.open_cases if each.state is not State.CHILD]
            beside = next((each for each in self.world.cases.values() if each.side_tasks), None)
            if beside is not None:
                self.happen(beside.id, Word(task=beside.side_tasks[0], officer=OFFICERS[0], outcome="done"))
            elif open_cases:
                self._help(open_cases[0], number)
            else:
                break
        left = {each.id: (each.sop, each.step, each.state.value) for each in self.world.open_cases}
        assert not left, f"nobody can finish {left}"

    def _help(self, case: Case, number: int, *, to_child: bool = False) -> None:
        sop = self.sops[case.sop]
        many = len(case.persons) > 1
        ways = onward(sop, many=many) | (onward(sop, to_child=True, many=many) if to_child else {})
        step, outcome = sop.steps[case.step], ways.get(case.step, "")
        if case.state in {State.OFFICER, State.OFFICIAL}:
            word = Word(
                task=case.task or "",
                officer=f"petugas{number}@contohkota.go.id",
                official=True,
                outcome=outcome,
                text="alasan",
            )
            self.happen(case.id, word, minutes=1)
        elif HOLDER in judge(sop, case).missing and case.holder_says is None:
            self.happen(case.id, Confirmed(theirs=True), minutes=1)
        elif HOLDER in judge(sop, case).missing:
            self.happen(case.id, Said(word="cancel"), minutes=1)
        elif step.kind == "needs" and not (step.asks and outcome in step.words):
            papers = [
                self._paper(sop.needs[need].document[0], VARIANTS + number * len(step.needs) + index)
                for index, need in enumerate(step.needs)
            ]
            self.happen(case.id, Supplied(documents=tuple(papers)), minutes=1)
        elif outcome == "letter":
            self.happen(case.id, Supplied(text="keterangan"), minutes=1)
        else:
            self.happen(case.id, Said(word="finished" if step.kind == "ams" else outcome), minutes=1)


_ACTS: tuple[Callable[..., object], ...] = (
    Walk.letter,
    Walk.say,
    Walk.word,
    Walk.aside,
    Walk.old,
    Walk.wake,
    Walk.rest,
    Walk.other,
)
_MOODS = {
    "usual": (18, 16, 38, 6, 4, 8, 4, 6),
    "stubborn": (2, 44, 46, 1, 2, 2, 1, 2),
    "silent": (3, 3, 24, 4, 4, 40, 16, 6),
    "strict": (34, 10, 44, 2, 4, 2, 2, 2),
    "willing": (26, 14, 48, 2, 2, 3, 2, 3),
}
"""How often each move is made: people differ."""
