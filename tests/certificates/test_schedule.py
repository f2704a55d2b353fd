"""When a notice is due: only the nearest threshold, never twice, and what was missed is made up for."""

from datetime import date, datetime
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mailflow.certificates.schedule import AFTER, FORGOTTEN, coming, days_left, due

DAYS = (60, 30, 14, 7, 3, 1, 0)
thresholds = st.lists(st.integers(0, 120), min_size=1, max_size=8, unique=True).map(tuple)


@pytest.mark.parametrize(
    ("days", "last", "expected"),
    [
        (61, None, None),
        (60, None, 60),
        (59, None, 60),
        (31, 60, None),
        (30, 60, 30),
        (5, 60, 7),
        (5, None, 7),
        (0, 1, 0),
        (-3, 1, 0),
        (-3, 0, None),
        (-7, 0, AFTER),
        (-13, None, AFTER),
        (-13, AFTER, None),
        (FORGOTTEN, None, None),
        (-400, None, None),
    ],
)
def test_the_nearest_threshold_that_was_reached_and_not_told_is_due(days, last, expected):
    assert due(days, DAYS, last) == expected


def test_without_notice_days_nothing_is_ever_due():
    assert all(due(days, (), None) is None and coming(days, (), None) is None for days in range(-20, 80))


@given(thresholds, st.sets(st.integers(-30, 130), max_size=160))
def test_however_often_the_program_runs_each_threshold_is_told_at_most_once_and_in_order(notice_days, runs):
    last, told = None, []
    for days in sorted(runs, reverse=True):
        threshold = due(days, notice_days, last)
        assert due(days, notice_days, threshold if threshold is not None else last) is None
        if threshold is not None:
            assert threshold == min(each for each in (*notice_days, AFTER) if days <= each)
            told.append(threshold)
            last = threshold
    assert told == sorted(set(told), reverse=True)


@given(thresholds)
def test_who_runs_every_day_tells_every_threshold_on_its_day(notice_days):
    last, told = None, {}
    for days in range(130, -30, -1):
        threshold = due(days, notice_days, last)
        if threshold is not None:
            told[threshold] = days
            last = threshold
    assert told == {each: each for each in (*notice_days, AFTER)}


@given(thresholds, st.integers(-13, 130), st.integers(-13, 130))
def test_after_an_outage_one_notice_makes_up_for_all_that_were_missed(notice_days, before, after):
    first, then = max(before, after), min(before, after)
    last = due(first, notice_days, None)
    missed = [each for each in (*notice_days, AFTER) if then <= each and (last is None or each < last)]
    assert due(then, notice_days, last) == min(missed, default=None)


@given(thresholds, st.integers(-20, 130))
def test_the_coming_notice_is_the_first_that_a_later_day_brings(notice_days, days):
    last = due(days, notice_days, None)
    later = (each for each in range(days - 1, -40, -1) if due(each, notice_days, last) is not None)
    first = next(later, None)
    assert coming(days, notice_days, last) == (None if first is None else due(first, notice_days, last))


@pytest.mark.parametrize(
    ("zone", "days"), [("Asia/Jakarta", 30), ("Asia/Makassar", 31), ("Asia/Jayapura", 31)]
)
def test_days_are_those_of_the_departments_calendar(zone, days):
    half_past_eleven_in_jakarta = datetime.fromisoformat("2026-06-10T23:30:00+07:00")
    assert days_left(half_past_eleven_in_jakarta, date(2026, 5, 11), ZoneInfo(zone)) == days
