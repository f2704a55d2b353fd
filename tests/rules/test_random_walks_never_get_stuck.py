"""Random events over an SOP: the engine is total, nobody waits for nothing, no key is used twice, no promise runs backwards."""

from collections.abc import Callable

from hypothesis import given, settings
from hypothesis import strategies as st

from rules.case import Case, State
from rules.effects import CloseTask, Decision, Mail, TakeBack, Task
from rules.events import Opened, Woke
from rules.load import load_sop
from rules.sop import ENDINGS
from tests.rules.counter import (
    APPLICANT,
    BAYU,
    CSR,
    LIBRARY_CARD,
    PASSPHRASE_LOSS,
    PHOTO,
    RINA,
    STATEMENT,
    Counter,
    document,
)

OTHER = load_sop(LIBRARY_CARD, "library_card.toml")
OUTCOMES = ["approve", "reject", "incomplete", "done", "revoked", "escalate", "take", "grant", "undo"]
WORDS = ["status", "finished", "problem", "confirm", "cancel", "complaint", "thanks", "unknown"]
PAPERS = [
    STATEMENT,
    CSR,
    PHOTO,
    document("other"),
    document("private-key"),
    *(document("csr", str(n)) for n in range(4)),
]

papers = st.lists(st.sampled_from(PAPERS), max_size=2).map(tuple)
moves = st.one_of(
    st.tuples(st.just("send"), papers, st.sampled_from(["", "mohon bantuan"])),
    st.tuples(st.just("say"), st.sampled_from(WORDS), papers),
    st.tuples(
        st.just("word"),
        st.sampled_from(OUTCOMES),
        st.sampled_from([RINA, BAYU]),
        st.booleans(),
        st.sampled_from(["", "alasan"]),
    ),
    st.tuples(st.just("aside"), st.sampled_from(OUTCOMES), st.sampled_from(["", "jawaban"])),
    st.tuples(st.just("old"), st.sampled_from(OUTCOMES)),
    st.tuples(st.just("wake")),
    st.tuples(st.just("false alarm")),
    st.tuples(st.just("bounce"), st.sampled_from([APPLICANT, "other@contohkota.go.id"])),
    st.tuples(st.just("opened again")),
    st.tuples(st.just("time"), st.integers(min_value=1, max_value=24 * 40)),
)


class Walk:
    """Moves a counter and checks after each step what must always hold."""

    def __init__(self, counter: Counter) -> None:
        self.counter = counter
        self.keys: set[str] = set()
        self.open_tasks: set[str] = set()
        self.ever: list[str] = []
        self.due = None

    def start(self, documents: tuple) -> None:
        self.counter.open(*documents)
        self.check(None, self.counter.last)

    def move(self, kind: str, *details: object) -> None:
        before = self.counter.case
        act: dict[str, Callable[..., object]] = {
            "send": lambda sent, text: self.counter.send(*sent, text=text, hours=1),
            "say": lambda word, sent: self.counter.say(word, "kata", *sent, hours=1),
            "word": lambda outcome, officer, official, text: self.counter.word(
                outcome, text, officer=officer, official=official, hours=1
            ),
            "aside": self._aside,
            "old": lambda outcome: self.counter.word(outcome, "alasan", task=(self.ever or ["none"])[0]),
            "wake": lambda: before.alarm and self.counter.wake(),
            "false alarm": lambda: self.counter.happen(Woke(alarm="remind", round=7)),
            "bounce": self.counter.bounce,
            "opened again": lambda: self.counter.happen(Opened()),
            "time": self._pass_time,
        }
        count = len(self.counter.decisions)
        act[kind](*details)
        if len(self.counter.decisions) > count:
            self.check(before, self.counter.last)

    def _aside(self, outcome: str, text: str) -> None:
        for key in self.counter.case.side_tasks[:1]:
            self.counter.word(outcome, text, task=key)

    def _pass_time(self, hours: int) -> None:
        alarm = self.counter.case.alarm
        self.counter.say("thanks", hours=hours)
        if alarm and alarm.at <= self.counter.now:
            self.check(None, self.counter.last)
            self.counter.wake()

    def check(self, before: Case | None, decision: Decision) -> None:
        case = decision.case
        self._keys_are_new(decision)
        self._somebody_is_waited_for(case)
        self._promises_do_not_run_backwards(case)
        assert decision.event
        assert case == Case.model_validate_json(case.model_dump_json())
        letters = [
            each for each in decision.effects if isinstance(each, Mail) and each.audience == "applicant"
        ]
        assert len(letters) <= 1, f"two letters at once: {letters}"
        if before is not None and before.state is State.CLOSED and case.state is not State.CLOSED:
            assert decision.event == "reopened"
            assert before.ending in ENDINGS
        if case.ending == "issued" and (before is None or before.ending is None):
            assert decision.event in {"done", "next"}, "fulfilled without an officer's word"

    def _keys_are_new(self, decision: Decision) -> None:
        for effect in decision.effects:
            if isinstance(effect, CloseTask):
                self.open_tasks.discard(effect.key)
            elif isinstance(effect, TakeBack):
                assert effect.key in self.open_tasks
            else:
                assert effect.key not in self.keys, f"key {effect.key} was used before"
                self.keys.add(effect.key)
        for effect in decision.effects:
            if isinstance(effect, Task):
                self.open_tasks.add(effect.key)
                self.ever.append(effect.key)
        waiting = {*decision.case.side_tasks, *([decision.case.task] if decision.case.task else [])}
        assert self.open_tasks == waiting, "the tasks that were put are the tasks the case waits for"

    def _somebody_is_waited_for(self, case: Case) -> None:
        assert set(case.asides) == set(case.side_tasks)
        if case.alarm is not None and case.alarm.name == "aside":
            assert case.row_alarm is None or case.row_alarm.at >= case.alarm.at
            case = case.model_copy(update={"alarm": case.row_alarm})
        if case.state is State.CLOSED:
            assert case.ending is not None
            assert (case.alarm, case.task) == (None, None)
        elif case.state is State.APPLICANT:
            assert case.alarm is not None
            assert case.alarm.name in {"remind", "close"}
            assert case.promise_since is None, "the promise runs in the applicant's turn"
        else:
            assert case.task is not None
            assert case.due is not None
            assert case.promise_since is not None
            assert case.alarm is None or case.alarm.name.startswith("promise-")

    def _promises_do_not_run_backwards(self, case: Case) -> None:
        assert self.due is None or (case.due is not None and case.due >= self.due)
        self.due = case.due


@given(papers, st.lists(moves, max_size=40))
@settings(max_examples=300, deadline=None)
def test_a_walk_over_passphrase_loss(documents, steps):
    walk = Walk(Counter(PASSPHRASE_LOSS))
    walk.start(documents)
    for step in steps:
        walk.move(*step)


@given(papers, st.lists(moves, max_size=40))
@settings(max_examples=100, deadline=None)
def test_a_walk_over_another_sop(documents, steps):
    walk = Walk(Counter(OTHER))
    walk.start(documents)
    for step in steps:
        walk.move(*step)


@given(
    st.lists(st.sampled_from([STATEMENT, CSR, PHOTO]), max_size=3).map(tuple), st.lists(moves, max_size=30)
)
@settings(max_examples=100, deadline=None)
def test_whatever_happened_a_willing_applicant_and_officer_finish(documents, steps):
    counter = Counter(PASSPHRASE_LOSS)
    walk = Walk(counter)
    walk.start(documents)
    for step in steps:
        walk.move(*step)
    for number in range(6):
        if counter.case.state is State.CLOSED:
            return
        if counter.case.step == "apply":
            counter.send(STATEMENT, document("csr", f"last {number}"))
        else:
            counter.word("approve" if counter.case.step == "verify" else "done", official=True)
    assert counter.case.state is State.CLOSED
