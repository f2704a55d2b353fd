"""Numbers that are dictated on the phone."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mailflow.tickets import find_tickets, make_ticket


@given(st.integers(1, 999_999), st.integers(2024, 2099))
def test_a_number_is_found_again_however_it_is_written(number, year):
    ticket = make_ticket("LS", year, number)
    for written in (
        ticket,
        ticket.lower(),
        ticket.replace("-", " "),
        ticket.replace("-", ""),
        f"({ticket})",
        f"no. {ticket}.",
    ):
        assert find_tickets(f"Mohon info {written}", "LS") == [ticket]


@given(st.integers(1, 9999), st.integers(0, 3), st.integers(1, 9))
def test_one_wrong_digit_is_noticed(number, place, by):
    ticket = make_ticket("LS", 2026, number)
    digits = list(ticket[6:10])
    digits[place] = str((int(digits[place]) + by) % 10)
    assert find_tickets(ticket[:6] + "".join(digits) + ticket[10:], "LS") == []


def test_two_neighbours_exchanged_are_noticed_but_for_one_in_two_hundred():
    """ISO/IEC 7064 promises nearly all for its hybrid systems, not all: a wrong ticket still has to meet its case's sender."""
    exchanged = missed = 0
    for number in range(1, 10_000, 7):
        ticket = make_ticket("LS", 2026, number)
        for place in range(6, 9):
            changed = ticket[:place] + ticket[place + 1] + ticket[place] + ticket[place + 2 :]
            exchanged += changed != ticket
            missed += changed != ticket and find_tickets(changed, "LS") != []
    assert missed < exchanged / 200


@pytest.mark.parametrize(
    "text", ["", "LS", "LS-26", "XLS-26-0001-A", "LS-26-0001", "https://example.go.id/LS260001"]
)
def test_what_is_no_number_is_none(text):
    assert find_tickets(text, "LS") == []


def test_several_numbers_are_found_once_each_in_order():
    one, two = make_ticket("CK", 2026, 1), make_ticket("CK", 2026, 2)
    assert find_tickets(f"{two}, {one} dan {two}", "CK") == [two, one]
