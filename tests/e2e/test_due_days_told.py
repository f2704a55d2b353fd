"""The promised day as the applicant reads it: day, date, hour and zone, and the holiday that explains it."""

from datetime import datetime

import pytest

from mailflow.errors import ConfigurationError
from tests.support.counter import APPLICANT, Counter, text_of


def told(directory, received: str, *, closing_days="", keys=None) -> str:
    """What Siti is told when her whole request comes at this time."""
    if closing_days:
        (directory / "closing_days.toml").write_text(closing_days, encoding="utf-8")
    with Counter(directory, keys=keys) as counter:
        counter.clock.moment = datetime.fromisoformat(received)
        counter.complete_request()
        return " ".join(text_of(counter.letter_to(APPLICANT)).split())


@pytest.mark.parametrize(
    ("received", "due", "because"),
    [
        (
            "2026-03-17T09:12:00+07:00",
            "Rabu, 25 Maret 2026 pukul 16.00 WIB",
            "18\N{EN DASH}24 Maret libur dan cuti bersama",
        ),
        ("2026-12-31T09:12:00+07:00", "Senin, 4 Januari 2027 pukul 16.00 WIB", "1 Januari libur"),
        (
            "2026-12-23T16:00:00+07:00",
            "Selasa, 29 Desember 2026 pukul 16.00 WIB",
            "24\N{EN DASH}25 Desember libur dan cuti bersama",
        ),
    ],
)
def test_the_letter_tells_the_due_day_and_the_holiday_that_explains_it(tmp_path, received, due, because):
    said = told(tmp_path, received)
    assert due in said
    assert because in said


def test_an_ordinary_weekend_needs_no_explanation(tmp_path):
    said = told(tmp_path, "2026-11-20T09:12:00+07:00")
    assert "Senin, 23 November 2026 pukul 16.00 WIB" in said
    assert "libur" not in said


def test_a_closing_day_of_the_file_beside_the_configuration_moves_the_due_day_and_is_named(tmp_path):
    said = told(tmp_path, "2026-05-06T09:12:00+07:00", closing_days='2026-05-07 = "Hari Jadi  Kota"\n')
    assert "Jumat, 8 Mei 2026 pukul 16.00 WIB" in said
    assert "7 Mei kantor tutup (Hari Jadi Kota)" in said


def test_closing_days_of_the_list_and_of_the_file_both_count(tmp_path):
    said = told(
        tmp_path,
        "2026-05-06T09:12:00+07:00",
        closing_days='2026-05-07 = "Hari Jadi Kota"\n',
        keys={"department": "closing_days = [2026-05-08]"},
    )
    assert "Senin, 11 Mei 2026" in said
    assert "7\N{EN DASH}8 Mei kantor tutup (Hari Jadi Kota)" in said


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ('2026-02-30 = "Rapat"', "2026-02-30: no day of the calendar"),
        ('besok = "Rapat"', "besok: no day of the calendar"),
        ("2026-05-07 = true", "2026-05-07: say in quotes why the office is closed"),
        ('2026-05-07 = " "', "2026-05-07: say in quotes why the office is closed"),
        ("2026-05-07", "write a day per line"),
    ],
)
def test_a_file_that_cannot_be_meant_is_refused_with_file_line_and_example(tmp_path, line, said):
    with pytest.raises(ConfigurationError) as refused:
        told(tmp_path, "2026-05-06T09:12:00+07:00", closing_days=line + "\n")
    assert said in str(refused.value)
    assert "closing_days.toml" in str(refused.value)
    assert '2026-05-07 = "Hari Jadi Kota"' in str(refused.value)
