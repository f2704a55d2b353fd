"""The watchdog is fed only when every loop has turned."""

import pytest

from mailflow.watch import Watchdog


def test_one_hanging_loop_is_enough_to_stay_silent() -> None:
    watchdog = Watchdog(["mailbox", "work", "sender"])
    for _ in range(3):
        watchdog.turned("mailbox")
        watchdog.turned("work")
    assert not watchdog.due()
    assert watchdog.waiting_for() == ("sender",)


def test_when_all_have_turned_it_is_due_once_and_a_new_round_begins() -> None:
    watchdog = Watchdog(["mailbox", "work"])
    watchdog.turned("work")
    watchdog.turned("mailbox")
    assert watchdog.due()
    assert not watchdog.due()
    assert watchdog.waiting_for() == ("mailbox", "work")


def test_a_turn_of_the_last_round_does_not_count_in_the_next() -> None:
    watchdog = Watchdog(["mailbox", "work"])
    for loop in ("mailbox", "work", "mailbox"):
        watchdog.turned(loop)
    assert watchdog.due()
    watchdog.turned("work")
    assert not watchdog.due()


def test_a_loop_nobody_registered_is_an_error() -> None:
    with pytest.raises(KeyError):
        Watchdog(["mailbox"]).turned("sender")
