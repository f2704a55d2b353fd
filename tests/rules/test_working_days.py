"""Promises in working days, as an Indonesian office keeps them."""

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rules.calendar import WEEKDAYS, Calendar
from rules.span import parse_span
from tests.rules.counter import CALENDAR, ZONE, at


@pytest.mark.parametrize(
    ("received", "due", "because"),
    [
        ("2026-03-17 09:12", "2026-03-25 16:00", "18\N{EN DASH}24 Maret libur dan cuti bersama"),
        ("2026-05-13 09:12", "2026-05-18 16:00", "14\N{EN DASH}15 Mei libur dan cuti bersama"),
        ("2026-05-26 09:12", "2026-05-29 16:00", "27\N{EN DASH}28 Mei libur dan cuti bersama"),
        ("2026-12-23 09:12", "2026-12-28 16:00", "24\N{EN DASH}25 Desember libur dan cuti bersama"),
        ("2026-12-31 09:12", "2027-01-04 16:00", "1 Januari libur"),
        ("2026-11-20 09:12", "2026-11-23 16:00", ""),
    ],
)
def test_one_working_day_ends_at_the_close_of_the_next(received, due, because):
    assert CALENDAR.add(at(received), "1 working day") == at(due)
    assert CALENDAR.between_holidays(at(received), at(due), "id") == because


@pytest.mark.parametrize(
    ("received", "due"),
    [
        ("2026-11-16 16:00", "2026-11-18 16:00"),  # at closing: counts from Tuesday
        ("2026-11-16 15:59", "2026-11-17 16:00"),
        ("2026-11-16 06:00", "2026-11-17 16:00"),
        ("2026-11-21 10:00", "2026-11-24 16:00"),  # Saturday counts from Monday
    ],
)
def test_mail_after_closing_counts_from_the_next_working_day(received, due):
    assert CALENDAR.add(at(received), "1 working day") == at(due)


@pytest.mark.parametrize(
    ("span", "due"),
    [
        ("2 working hours", "2026-11-23 09:00"),
        ("30 days", "2026-12-20 15:00"),
        ("72 hours", "2026-11-23 15:00"),
        ("5 minutes", "2026-11-20 15:05"),
        ("3 working days", "2026-11-25 16:00"),
    ],
)
def test_each_unit_is_counted_in_its_own_way(span, due):
    assert CALENDAR.add(at("2026-11-20 15:00"), span) == at(due)


def test_a_friday_may_close_earlier():
    hours = dict.fromkeys(WEEKDAYS[:4], "07:30-16:00") | {"friday": "07:30-11:00"}
    short = Calendar("Asia/Makassar", hours)
    assert short.add(at("2026-11-19 10:00"), "1 working day").isoformat() == "2026-11-20T11:00:00+08:00"
    assert short.office_seconds(at("2026-11-20 06:30"), at("2026-11-20 12:00")) == 3.5 * 3600


def test_a_local_closing_day_is_laid_over_the_national_ones_and_named():
    local = Calendar("Asia/Jakarta", dict.fromkeys(WEEKDAYS[:5], "08:00-16:00"), [date(2026, 11, 23)])
    assert local.add(at("2026-11-20 10:00"), "1 working day") == at("2026-11-24 16:00")
    assert (
        local.between_holidays(at("2026-11-20 10:00"), at("2026-11-24 16:00"), "id")
        == "23 November kantor tutup"
    )
    assert (
        local.between_holidays(at("2026-11-20 10:00"), at("2026-11-24 16:00"), "en")
        == "23 November: office closed"
    )


OFFICE = dict.fromkeys(WEEKDAYS[:5], "08:00-16:00")


@pytest.mark.parametrize(
    ("closed", "language", "because"),
    [
        ({"2026-05-07": "Hari Jadi Kota"}, "id", "7 Mei kantor tutup (Hari Jadi Kota)"),
        ({"2026-05-07": "Hari Jadi Kota"}, "en", "7 May: office closed (Hari Jadi Kota)"),
        (
            {"2026-05-07": "Hari Jadi Kota", "2026-05-08": "Pemilihan"},
            "id",
            "7\N{EN DASH}8 Mei kantor tutup (Hari Jadi Kota, Pemilihan)",
        ),
        ({"2026-05-07": "Pindah", "2026-05-08": "Pindah"}, "id", "7\N{EN DASH}8 Mei kantor tutup (Pindah)"),
        ({"2026-05-07": ""}, "id", "7 Mei kantor tutup"),
    ],
)
def test_the_name_of_a_closing_day_is_told_once(closed, language, because):
    local = Calendar("Asia/Jakarta", OFFICE, {date.fromisoformat(day): name for day, name in closed.items()})
    due = local.add(at("2026-05-06 10:00"), "1 working day")
    assert not any(due.date().isoformat() == day for day in closed)
    assert local.between_holidays(at("2026-05-06 10:00"), due, language) == because


def test_a_closing_day_beside_national_ones_is_named_with_them_and_a_national_one_keeps_its_own_name():
    closed = {date(2026, 3, 25): "Hari Jadi Kota", date(2026, 3, 18): "Cuti tambahan"}
    local = Calendar("Asia/Jakarta", OFFICE, closed)
    due = local.add(at("2026-03-17 09:12"), "1 working day")
    assert due == at("2026-03-26 16:00")
    said = local.between_holidays(at("2026-03-17 09:12"), due, "id")
    assert said == "18\N{EN DASH}25 Maret libur, cuti bersama, dan kantor tutup (Hari Jadi Kota)"


@pytest.mark.parametrize("zone", ["Asia/Jakarta", "Asia/Makassar", "Asia/Jayapura"])
def test_each_zone_of_the_country_keeps_its_own_close_of_office(zone):
    local = Calendar(zone, OFFICE)
    due = local.add(datetime(2026, 3, 17, 9, 12, tzinfo=ZoneInfo(zone)), "1 working day")
    assert due == datetime(2026, 3, 25, 16, 0, tzinfo=ZoneInfo(zone))


def test_days_off_over_the_turn_of_a_month_and_separate_ones_are_each_named():
    said = CALENDAR.between_holidays(at("2026-05-26 09:00"), at("2026-06-02 09:00"), "en")
    assert said == "27\N{EN DASH}28 May: public holiday and collective leave; 1 June: public holiday"


def test_years_whose_collective_leave_is_not_known_are_reported():
    calendar = Calendar("Asia/Jakarta", {"monday": "08:00-16:00"})
    calendar.add(at("2026-11-20 09:00"), "1 working day")
    assert calendar.years_without_leave() == ()
    assert calendar.years_without_leave(2027, 2028, 2029) == (2028, 2029)
    covered = Calendar("Asia/Jakarta", {"monday": "08:00-16:00"}, [date(2028, 12, 26)])
    assert covered.years_without_leave(2028) == ()


@pytest.mark.parametrize(
    ("hours", "said"),
    [
        ({"senin": "08:00-16:00"}, "no weekday senin"),
        (
            {"monday": "8-16"},
            "office_hours.monday = '8-16': write opening and closing, for example \"08:00-16:00\"",
        ),
        ({"monday": "16:00-08:00"}, "office_hours.monday"),
        ({}, "office_hours is empty"),
    ],
)
def test_hours_that_cannot_be_meant_are_refused_with_the_remedy(hours, said):
    with pytest.raises(ValueError, match="office_hours") as refused:
        Calendar("Asia/Jakarta", hours)
    assert said in str(refused.value)


@pytest.mark.parametrize(
    "text", ["", "1", "0 days", "one day", "1 working  day", "-1 days", "1.5 hours", "1 week"]
)
def test_what_is_no_span_is_refused_with_examples(text):
    with pytest.raises(ValueError, match="working day"):
        parse_span(text)


moments = st.datetimes(
    min_value=at("2025-06-01 00:00").replace(tzinfo=None),
    max_value=at("2027-10-01 00:00").replace(tzinfo=None),
).map(lambda moment: moment.replace(microsecond=0, tzinfo=ZONE))


@given(moments, st.integers(min_value=1, max_value=400 * 3600))
def test_office_seconds_and_their_addition_undo_each_other(start, seconds):
    assert CALENDAR.office_seconds(start, CALENDAR.after_office_seconds(start, seconds)) == pytest.approx(
        seconds
    )


@given(moments, moments)
def test_office_seconds_are_those_of_a_count_day_by_day(start, end):
    total, day = 0.0, start.date()
    while start < end and day <= end.date():
        if CALENDAR.is_working_day(day):
            opening = at(f"{day} 08:00")
            closing = opening + timedelta(hours=8)
            total += max(0.0, (min(closing, end) - max(opening, start)).total_seconds())
        day += timedelta(days=1)
    assert CALENDAR.office_seconds(start, end) == pytest.approx(total)


@given(moments, st.sampled_from(["1 working day", "3 working days", "2 working hours", "30 days"]))
def test_time_added_is_never_in_the_past_and_working_days_end_at_closing(start, span):
    due = CALENDAR.add(start, span)
    assert due > start
    if "working day" in span:
        assert CALENDAR.is_working_day(due.date())
        assert (due.hour, due.minute) == (16, 0)
