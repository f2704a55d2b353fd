"""A year in use of which no collective leave is known is said: by `check` and `status`, and once to the administrators."""

import json
from datetime import UTC, datetime

import pytest

from tests.support.counter import ADMIN, Counter, configuration, text_of


def at(text: str) -> datetime:
    return datetime.fromisoformat(f"{text}T09:00:00+07:00")


@pytest.fixture
def checked(call, tmp_path, monkeypatch):
    """What `mailflow check` warns of on a day."""

    def warnings(day: str, **options) -> list[str]:
        file = tmp_path / "mailflow.toml"
        file.write_text(configuration(tmp_path, **options))
        monkeypatch.setattr("mailflow.clock.system_clock", lambda: at(day).astimezone(UTC))
        said = call("check", "--json", "--config", str(file))
        assert said.code == 0
        return [each[:4] for each in json.loads(said.out)["warnings"]]

    return warnings


def test_check_warns_of_this_year_and_from_october_on_of_the_next(checked):
    assert checked("2026-11-26") == []
    assert checked("2027-09-30") == []
    assert checked("2027-10-01") == ["2028"]
    assert checked("2028-02-01") == ["2028"]
    assert checked("2028-12-01") == ["2028", "2029"]


def test_closing_days_in_that_year_silence_the_warning(checked):
    assert checked("2027-10-01", keys={"department": "closing_days = [2028-12-26]"}) == []


def test_the_words_say_what_to_do(call, tmp_path, monkeypatch):
    file = tmp_path / "mailflow.toml"
    file.write_text(configuration(tmp_path))
    monkeypatch.setattr("mailflow.clock.system_clock", lambda: at("2028-02-01"))
    said = call("check", "--config", str(file)).out
    assert "warning: 2028: no collective leave (cuti bersama) is known" in said
    assert "closing_days.toml" in said


def test_status_says_it_too_and_a_promise_that_reaches_into_the_year_is_reason_enough(tmp_path):
    with Counter(tmp_path) as counter:
        counter.clock.moment = at("2026-11-26")
        assert not _of_leave(counter)
        counter.clock.moment = at("2028-03-01")
        assert _of_leave(counter) == ["2028"]


def test_a_request_promised_into_the_next_year_counts_as_its_use(tmp_path):
    with Counter(tmp_path) as counter:
        counter.clock.moment = at("2027-12-31")
        counter.complete_request()
        assert counter.case["due"].year == 2028
        counter.clock.moment = at("2027-06-01")  # long before October: only the promise reaches there
        assert _of_leave(counter) == ["2028"]


def test_the_administrators_are_told_once_per_year(tmp_path):
    with Counter(tmp_path) as counter:
        counter.clock.moment = at("2027-09-30")
        assert counter.work() == []
        counter.clock.moment = at("2027-10-01")
        (alert,) = counter.work()
        assert alert["To"] == ADMIN
        assert "Cuti bersama tahun 2028 belum diketahui" in " ".join(text_of(alert).split())
        assert counter.later(days=1) == []
        assert counter.later(days=200) == []
        counter.clock.moment = at("2028-10-02")
        (alert,) = counter.work()
        assert "2029" in text_of(alert)


def _of_leave(counter) -> list[str]:
    return [each[:4] for each in counter.status["attention"] if "collective leave" in each]
