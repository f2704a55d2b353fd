"""The soak says how far it has walked, and fails when a walk does."""

from rules.turns import rows
from tests.rules.test_random_walks_never_get_stuck import SOPS
from tests.soak.__main__ import main
from tests.soak.restores import busy_day


def test_it_counts_walks_events_and_endings_of_every_sop(capsys):
    assert main(["--walks", "4", "--base", "7", "--restores", "0"]) == 0
    *lines, closing = capsys.readouterr().out.splitlines()
    assert {line.partition(":")[0] for line in lines} == set(SOPS)
    assert all(": 4 walks, " in line for line in lines)
    assert closing.startswith(f"{4 * len(SOPS)} walks, ")
    assert closing.endswith("every one came to its end")


def test_a_walk_that_fails_is_told_and_is_a_failure(capsys, monkeypatch):
    monkeypatch.setattr(
        rows.promise, "rest", lambda turn: None
    )  # processes are forked: the fault goes with them
    assert main(["--walks", "2", "--base", "7", "--restores", "0"]) == 1
    told = capsys.readouterr().out
    assert "FAILED" in told
    assert "seed 7, moves" in told


def test_backups_put_back_on_a_busy_day_confuse_no_two_requests(tmp_path):
    day = busy_day(tmp_path, 2, 5)
    assert day.restores == 5
    assert day.repeated, "mail that had been answered was worked off again, and its writer was told"
