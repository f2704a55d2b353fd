"""The time each row took beside the standard time of its SOP, and outages beside a broken promise, as `mailflow case` shows them."""

from dataclasses import replace
from datetime import datetime, timedelta

from mailflow.heartbeat import Heartbeat
from tests.support.counter import OFFICER


def steps(counter) -> dict[str, dict]:
    return {each["id"]: each for each in counter.case["steps"]}


def test_a_row_takes_office_time_between_its_transitions_and_runs_on_where_the_request_is(counter):
    counter.complete_request()  # Tuesday 09:12
    counter.clock.moment += timedelta(hours=2)
    counter.receive(counter.mail(OFFICER, "SETUJU", answers=counter.task_letter()))
    counter.later(minutes=10)  # the word takes effect
    counter.clock.moment = datetime.fromisoformat("2026-03-26T09:00:00+07:00")
    seen = steps(counter)
    assert seen["verify"]["took_seconds"] == 130 * 60
    assert seen["verify"]["visits"] == 1
    assert seen["verify"]["no"] == counter.office.rules.sops["passphrase-loss"].steps["verify"].no
    waits = counter.case["step"]
    assert (
        seen[waits]["took_seconds"] == (4 * 60 + 38 + 8 * 60 + 60) * 60
    )  # holidays and nights are not counted
    assert [each["took_seconds"] for each in seen.values() if not each["visits"]].count(None) > 0


def test_the_standard_time_is_the_sops_own(counter):
    counter.complete_request()
    sop = counter.office.rules.sops["passphrase-loss"]
    seen = steps(counter)
    assert list(seen) == list(sop.steps)
    assert {name: each["standard_time"] for name, each in seen.items()} == {
        name: step.time for name, step in sop.steps.items()
    }


def test_the_command_has_them_with_the_promised_keys(call, desk):
    rows = call("case", desk.case["id"], "--json", counter=desk).data["steps"]
    assert {"id", "no", "visits", "standard_time", "took_seconds"} <= set(rows[0])


def test_a_row_that_is_entered_twice_adds_up(counter):
    counter.complete_request()
    counter.later(minutes=30)
    counter.receive(counter.mail(OFFICER, "KURANG mohon CSR baru", answers=counter.task_letter()))
    counter.later(minutes=10)
    asked = counter.letter_to()
    counter.later(minutes=20)
    counter.receive(counter.mail(text="ini", answers=asked, files=(counter.csr(key=2),)))
    counter.later(minutes=15)
    verify = steps(counter)["verify"]
    assert (verify["visits"], verify["took_seconds"]) == (2, (40 + 15) * 60)


def test_the_timeline_shows_what_did_not_work_beside_the_broken_promise(call, counter):
    counter.office = replace(counter.office, keeps_outages=True)
    counter.complete_request()
    heart = Heartbeat(counter.office)
    for moment in ("17T13:00", "25T15:50"):
        counter.clock.moment = datetime.fromisoformat(f"2026-03-{moment}:00+07:00")
        heart.beat("clock")
    counter.clock.moment = datetime.fromisoformat("2026-03-25T16:00:00+07:00")
    counter.work()
    out = call("case", counter.case["id"], counter=counter).out
    assert "clock: promise-breach" in out
    assert "did not work from 17 Mar 13:00 to 25 Mar 15:50: clock" in out
