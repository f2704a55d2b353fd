"""Commands that look: one JSON document with the promised keys, or text for a person."""

from datetime import datetime
from email import message_from_string

import pytest
from sqlmodel import select

from mailflow.store.tables import MessageRow, MessageState, OutboxRow, OutboxState
from tests.support.counter import APPLICANT, OFFICER

KEYS = {
    "cases": "id sop state step applicant holder opened due parent messages",
    "tasks": "id case step officers state due decision",
    "outbox": "id case to template state message_id attempts next error",
}


@pytest.mark.parametrize("command", KEYS)
def test_a_list_is_one_json_document_with_the_promised_keys(call, desk, command):
    said = call(command, "--json", counter=desk)
    assert (said.code, said.err) == (0, "")
    assert said.data
    for row in said.data:
        assert set(KEYS[command].split()) <= set(row)


def test_quarantine_has_its_keys(call, counter):
    counter.receive(counter.mail(text="Halo"))
    _set(counter, MessageRow, state=MessageState.QUARANTINED, reason="its reading died three times: timeout")
    said = call("quarantine", "--json", counter=counter)
    assert {"id", "reason", "sender", "subject", "received", "attempts"} <= set(said.data[0])
    assert "its reading died three times" in call("quarantine", counter=counter).out


def test_a_case_has_its_timeline_in_the_order_of_what_happened(call, desk):
    said = call("case", desk.case["id"], "--json", counter=desk)
    assert {"at", "actor", "event", "from", "to"} <= set(said.data["timeline"][0])
    assert [each["event"] for each in said.data["timeline"]] == ["opened"]
    assert said.data["messages"] == [1]


def test_times_are_iso_8601_with_the_offset_of_the_department(call, desk):
    data = call("case", desk.case["id"], "--json", counter=desk).data
    opened = datetime.fromisoformat(data["opened"])
    assert opened.isoformat() == data["opened"] == data["timeline"][0]["at"]
    assert data["opened"].endswith("+07:00")


@pytest.mark.parametrize(
    "write", [str.lower, lambda ticket: ticket.replace("-", " "), lambda ticket: ticket.replace("-", "")]
)
def test_a_ticket_is_understood_as_people_write_it(call, desk, write):
    ticket = desk.case["id"]
    assert call("case", write(ticket), "--json", counter=desk).data["id"] == ticket


def test_a_case_reads_as_a_story(call, desk):
    out = call("case", desk.case["id"], counter=desk).out
    assert f"{desk.case['id']}: passphrase-loss, waiting_for_officer, step verify" in out
    assert "Tuesday 17 March 2026" in out
    assert (
        out.index("applicant: opened")
        < out.index(f"for {OFFICER}: open, due 25 Mar 16:00")
        < out.index(f"to {APPLICANT}, sent")
    )


def test_lists_can_be_narrowed_to_what_is_open(call, desk):
    assert len(call("cases", "--open", "--json", counter=desk).data) == 1
    assert len(call("tasks", "--open", "--json", counter=desk).data) == 1
    assert call("outbox", "--open", "--json", counter=desk).data == []


def test_a_letter_is_shown_as_its_receiver_reads_it_or_byte_by_byte(call, desk):
    number = str(next(each["id"] for each in desk.outbox if each["template"] == "officer-task-assigned"))
    shown = call("outbox", "show", number, counter=desk).out
    assert f"To: {OFFICER}" in shown
    assert "SETUJU" in shown
    assert "Attachments: " in shown
    raw = message_from_string(call("outbox", "show", number, "--raw", counter=desk).out)
    assert raw["Message-ID"] == call("outbox", "show", number, "--json", counter=desk).data["message_id"]


def test_the_status_counts_by_state_and_tells_when_each_loop_succeeded(call, desk):
    data = call("status", "--json", counter=desk).data
    assert data["cases"] == {"waiting_for_officer": 1}
    assert data["messages"] == {"filed": 1, "unmatched": 1}
    assert data["quarantine"] == {}
    assert set(data["loops"]) == {"mailbox", "work", "sender", "clock"}
    assert all(datetime.fromisoformat(when).tzinfo for when in data["loops"].values())


def test_in_the_morning_the_status_says_first_what_needs_a_person(call, counter):
    counter.complete_request()
    _set(counter, MessageRow, state=MessageState.QUARANTINED)
    _set(counter, OutboxRow, state=OutboxState.UNKNOWN)
    lines = call("status", counter=counter).out.splitlines()
    assert "layanan@contohkota.go.id" in lines[0]
    needs = "\n".join(lines[lines.index("Needs you:") :])
    assert "1 message(s) in quarantine: `mailflow quarantine`" in needs
    assert "2 letter(s) of which nobody knows whether they arrived" in needs
    assert "1 task(s) past the promised time" in needs
    assert "no success since 17 Mar 09:12 in clock, mailbox, sender, work" in needs


def test_what_a_stranger_wrote_cannot_steer_the_terminal(call, counter):
    counter.receive(counter.mail(text="Halo", subject="=?utf-8?q?a=1B[2J=0Ab?="))
    _set(counter, MessageRow, state=MessageState.QUARANTINED)
    assert "\x1b" not in call("quarantine", counter=counter).out


def _set(counter, table, **values):
    with counter.office.database.writing() as session:
        for row in session.exec(select(table)):
            for name, value in values.items():
                setattr(row, name, value)
            session.add(row)
