"""Random events over every SOP and its family of cases: nobody waits for nothing, nothing is done twice, and everything can be finished.

What holds after every step is in `invariants.py`, what the shell would do in `world.py`. `make soak` walks a hundred times as far.
"""

from pathlib import Path

import pytest

from rules.load import load_rules, load_sop
from rules.sop import ENDINGS
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
