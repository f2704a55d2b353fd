import pytest

from tests.replay.days import Days


@pytest.mark.parametrize("seed", [2, 3, 4])
def test_whatever_happens_in_a_department_happens_again_as_it_did(counter, replay, seed):
    Days(counter, seed).pass_by(60)
    again = replay()
    assert not again["differs"], (again["courses"], again["matching"])
    assert again["not_replayed"] == []
    assert set(again["cases"]["same"]) == {each["id"] for each in counter.cases}
    assert len(again["cases"]["same"]) > 5, "so many cases that it says something"
