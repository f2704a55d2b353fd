"""Days and moments as letters tell them."""

from datetime import UTC, date, datetime

import pytest

from mailflow.outbox import dates
from mailflow.outbox.filters import first_upper, later, nip, ref, shorten, wrap

FOUR = datetime(2026, 3, 25, 9, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    ("language", "timezone", "told"),
    [
        ("id", "Asia/Jakarta", "Rabu, 25 Maret 2026 pukul 16.00 WIB"),
        ("id", "Asia/Makassar", "Rabu, 25 Maret 2026 pukul 17.00 WITA"),
        ("id", "Asia/Jayapura", "Rabu, 25 Maret 2026 pukul 18.00 WIT"),
        ("en", "Asia/Jakarta", "Wednesday, 25 March 2026 at 16:00 WIB"),
        ("en", "Asia/Dubai", "Wednesday, 25 March 2026 at 13:00 UTC+0400"),
    ],
)
def test_a_moment_is_told_as_day_date_hour_and_zone(language, timezone, told):
    assert dates.moment(FOUR, language, timezone) == told


def test_a_moment_late_in_the_evening_of_utc_is_the_next_day_here():
    assert dates.day(datetime(2026, 3, 25, 20, 0, tzinfo=UTC), "id", "Asia/Jakarta") == "Kamis, 26 Maret 2026"


def test_a_day_without_hour_stays_that_day():
    assert dates.day(date(2026, 3, 25), "id", "Asia/Jayapura") == "Rabu, 25 Maret 2026"


def test_subjects_have_short_days():
    assert dates.short_day(FOUR, "id", "Asia/Jakarta") == "Rabu 25/3"
    assert dates.short_day(FOUR, "en", "Asia/Jakarta") == "Wed 25/3"


def test_a_nip_is_shown_as_it_is_printed_and_anything_else_untouched():
    assert nip("198504122010012007") == "19850412 201001 2 007"
    assert nip("1985••••2007") == "1985••••2007"


def test_small_helpers_of_the_letters():
    assert first_upper("lupa CSR") == "Lupa CSR"
    assert ref("LS-26-0147-K") == " \N{EN DASH} LS-26-0147-K"
    assert ref("") == ""
    assert shorten("Siti Rahmawati", 20) == "Siti Rahmawati"
    assert shorten("lupa passphrase sertifikat", 18) == "lupa passphrase…"
    assert shorten("x" * 30, 10) == "x" * 9 + "…"
    assert later(FOUR, 10).minute == 10


def test_a_paragraph_is_wrapped_and_hangs_under_its_number():
    lines = wrap("kata " * 30, "1. ").splitlines()
    assert all(len(line) <= 72 for line in lines)
    assert [line[:3] for line in lines] == ["1. ", "   ", "   "]
