"""Random events over every SOP and its family of cases: nobody waits for nothing, nothing is done twice, and everything can be finished.

What holds after every step is in `invariants.py`, what the shell would do in `world.py`. `make soak` walks a hundred times as far.
"""

from pathlib import Path

import pytest

from rules.load import load_rules, load_sop
from rules.sop import ENDINGS
from rules.turns import aside, evidence, family, officer, priority, promise
from rules.turns.turn import Turn
from tests.rules.counter import LIBRARY_CARD
from tests.rules.walking import walk
from tests.rules.walks import Tally

SIXTH = Path(__file__).parents[1] / "support" / "sixth" / "rules.d"
LIBRARY = load_sop(LIBRARY_CARD, "library_card.toml")
SOPS = {**load_rules(overrides=SIXTH).sops, LIBRARY.id: LIBRARY}
WALKS = 1000


@pytest.mark.parametrize("name", sorted(SOPS))
def test_a_thousand_walks_over_an_sop_and_what_it_opens(name):
    tally = Tally()
    for seed in range(WALKS):
        walk(SOPS, name, seed, tally)
    assert tally.walks == WALKS
    entered = {row for sop, row in tally.rows if sop == name}
    assert entered == set(SOPS[name].steps), "walks that do not reach a row say nothing of it"
    written = {row for row, step in SOPS[name].steps.items() if step.ends}
    always = set(ENDINGS) if "rejected" in _targets(name) else {"cancelled"}
    ended = {ending for ending in written | always if tally.endings[f"{name}: {ending}"]}
    assert ended == written | always


def _targets(name):
    return {target for step in SOPS[name].steps.values() for target in step.edges.values()}


FAULTS = {
    "the promise runs in the applicant's turn": (promise, "rest", lambda turn: None),
    "a decided task stays open": (Turn, "close_task", lambda turn, why: None),
    "no task beside is ever put": (aside, "put", lambda *arguments: None),
    "new evidence voids no task": (evidence, "renew_task", lambda turn: None),
    "every word counts": (officer, "objection", lambda turn, event: ""),
    "a child's end moves nobody": (family, "child_ended", lambda turn, event: turn.happened("child-ended")),
    "a parent's end reaches no child": (family, "parent_ended", lambda turn, event: turn.happened("noted")),
    "silence is not reminded of": (
        promise,
        "remind_next",
        lambda turn, round_: turn.wake(turn.now, "close", 9),
    ),
    "urgency is never told": (priority, "alert", lambda turn, before: None),
    "a class changes no promise": (promise, "rescale", lambda turn: None),
}


@pytest.mark.parametrize("fault", FAULTS)
def test_walks_find_a_fault_of_the_engine(fault, monkeypatch):
    where, name, planted = FAULTS[fault]
    monkeypatch.setattr(where, name, planted)
    with pytest.raises(AssertionError, match="seed"):
        _walk_everywhere()


def _walk_everywhere():
    for seed in range(WALKS):
        for name in SOPS:
            walk(SOPS, name, seed)
