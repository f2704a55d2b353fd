"""Commands that act: one transaction each, on record, and refused where the thing is not in a state for it."""

from sqlmodel import select

from mailflow.store.tables import AuditEntry, MessageRow, MessageState, OutboxRow, OutboxState


def test_a_note_stands_in_the_timeline_with_who_wrote_it(call, counter):
    counter.complete_request()
    said = call("case", "note", counter.case["id"], "Telepon:", "minta dipercepat", counter=counter)
    assert (said.code, said.out) == (0, f"{counter.case['id']}: noted\n")
    last = counter.case["timeline"][-1]
    assert (last["event"], last["note"]) == ("note", "Telepon: minta dipercepat")
    assert last["actor"].startswith("admin:")


def test_a_case_closed_by_hand_is_closed_and_writes_to_nobody(call, counter):
    counter.complete_request()
    assert call("case", "close", counter.case["id"], "double", counter=counter).code == 0
    assert counter.case["state"] == "closed"
    assert [each["state"] for each in counter.tasks] == ["void"]
    assert counter.work() == []
    again = call("case", "close", counter.case["id"], "double", counter=counter)
    assert (again.code, "is closed already" in again.err) == (1, True)


def test_a_task_is_only_given_to_officers(call, counter):
    counter.complete_request()
    said = call("case", "assign", counter.case["id"], "orang@example.go.id", counter=counter)
    assert (said.code, "known: rina.kusuma@contohkota.go.id" in said.err) == (1, True)


def test_a_letter_of_unknown_fate_is_settled_or_sent_again_with_the_same_bytes(call, counter):
    (before, *_) = counter.receive(counter.mail(text="Saya lupa passphrase", files=(counter.letter(),)))
    number = str(counter.outbox[0]["id"])
    _set(counter, OutboxRow, OutboxState.UNKNOWN)
    assert call("outbox", "settle", number, counter=counter).out == f"letter {number} counts as sent\n"
    assert call("outbox", "settle", number, counter=counter).code == 1
    _set(counter, OutboxRow, OutboxState.UNKNOWN)
    assert call("outbox", "retry", number, counter=counter).code == 0
    sent = counter.later(days=999)  # the command set the letter's time by the real clock
    again = [each.as_bytes() for each in sent if each["Message-ID"] == before["Message-ID"]]
    assert again == [before.as_bytes()]


def test_a_sent_letter_cannot_be_cancelled(call, counter):
    counter.complete_request()
    said = call("outbox", "cancel", "1", counter=counter)
    assert (said.code, said.err) == (1, "mailflow: letter 1 is sent: cannot cancel it\n")


def test_a_quarantined_message_is_worked_off_again_when_released(call, counter):
    raw = counter.mail(text="Saya lupa passphrase", files=(counter.letter(),))
    counter.receive(raw)
    counter.receive(counter.mail("lain@contohkota.go.id", "Rapat", subject="Rapat"))
    _set(counter, MessageRow, MessageState.QUARANTINED)
    assert call("quarantine", "show", "1", counter=counter).out.encode() == raw
    assert call("quarantine", "release", "2", counter=counter).code == 0
    counter.work()
    assert [each["id"] for each in counter.quarantine] == [1]
    assert call("quarantine", "drop", "1", counter=counter).code == 0
    assert counter.quarantine == []


def test_every_act_is_in_the_audit(call, counter):
    counter.complete_request()
    _set(counter, OutboxRow, OutboxState.UNKNOWN)
    call("outbox", "settle", "1", counter=counter)
    call("case", "close", counter.case["id"], "double", counter=counter)
    with counter.office.database.reading() as session:
        acts = [each.action for each in session.exec(select(AuditEntry)) if each.actor.startswith("admin")]
    assert acts == ["outbox-settle", "closed-by-hand"]


def _set(counter, table, state):
    with counter.office.database.writing() as session:
        for row in session.exec(select(table)):
            row.state = state
            session.add(row)
