"""Which messages and requests are replayed, by what is read of them, and what is said of those that cannot be."""

from dataclasses import replace
from datetime import timedelta

from sqlalchemy import text
from sqlmodel import select

from mailflow.store.tables import Transition
from parsers.reading import Reading
from tests.replay.test_changed_rules import alarm, asks, officer
from tests.support import forms


class Misreads:
    """A reader that takes every letter for something else, as an earlier version may have."""

    def __init__(self, reader) -> None:
        self.reader = reader

    def read(self, raw):
        found = self.reader.read(raw)
        documents = tuple(
            each.model_copy(update={"kind": "other", "fields": {}}) if each.kind != "csr" else each
            for each in found.facts.documents
        )
        return Reading(facts=found.facts.model_copy(update={"documents": documents}), parts=found.parts)

    def picture(self, *words):
        return None


def change(counter, statement, **values):
    with counter.office.database.writing() as session:
        session.connection().execute(text(statement), values)


def test_requests_and_messages_are_chosen_by_number(counter, call):
    first, second = asks(counter), asks(counter, forms.AGUS)
    officer(counter, "SETUJU")
    everything = call("replay", "--json", counter=counter).data
    assert set(everything["cases"]["same"]) == {first, second, f"{second}.1"}
    one = call("replay", first.lower().replace("-", " "), "--json", counter=counter).data
    assert (one["cases"]["same"], one["messages"]["looked_at"]) == ([first], 1)
    part = call("replay", f"{second}.1", "--json", counter=counter).data
    assert part["cases"]["same"] == [second, f"{second}.1"]
    message = call("replay", "1", "--json", counter=counter).data
    assert (message["cases"]["same"], message["messages"]) == (
        [first],
        {"looked_at": 1, "left_out": 0, "matched": 1},
    )


def test_a_number_nobody_knows_is_refused(counter, call):
    answer = call("replay", "4711", counter=counter)
    assert answer.code == 1
    assert "no request and no message 4711" in answer.err


def test_how_many_were_left_out_is_said(counter, call):
    for person in (forms.SITI, forms.AGUS, forms.MAYA):
        asks(counter, person)
    answer = call("replay", "--newest", "2", counter=counter)
    assert "1 older ones left out (--newest 0: all)" in answer.out
    assert call("replay", "--newest", "0", "--json", counter=counter).data["messages"]["left_out"] == 0


def test_what_is_no_longer_kept_is_named_and_stops_nothing_else(counter, call):
    gone, there = asks(counter), asks(counter, forms.AGUS)
    change(counter, "update message set facts = null where id = 1")
    answer = call("replay", "--json", counter=counter).data
    assert answer["cases"]["same"] == [there]
    assert {each["id"] for each in answer["not_replayed"]} == {"message 1", gone}
    assert all("not kept" in each["why"] for each in answer["not_replayed"])
    assert answer["differs"] is False


def test_a_record_this_program_would_not_write_is_laid_to_the_program(counter, call):
    case = asks(counter)
    officer(counter, "SETUJU")
    change(counter, "update transition set to_step = 'issuance' where event = 'approve'")
    answer = call("replay", "--json", counter=counter)
    assert answer.code == 3
    (found,) = answer.data["courses"]
    assert (found["case"], found["cause"], found["row"]) == (case, "program", "verify")
    assert answer.data["cases"]["not_followed_further"] == [f"{case}.1"]


def test_read_again_a_letter_that_was_not_recognised_completes_its_request(counter, call):
    counter.office = replace(counter.office, maybe_reader=Misreads(counter.office.reader))
    case = asks(counter)
    assert call("replay", counter=counter).code == 0
    answer = call("replay", "--reread", "--json", counter=counter)
    assert answer.code == 3
    (reading,) = answer.data["readings"]
    assert "surat-pernyataan.pdf: other, now passphrase-loss-statement" in reading["otherwise"]
    (found,) = answer.data["courses"]
    assert (found["case"], found["recorded"]["step"], found["now"]["step"]) == (case, "apply", "verify")
    assert forms.SITI.nip not in call("replay", "--reread", counter=counter).out


def test_what_cannot_be_read_again_is_taken_as_it_was_read(counter, call):
    asks(counter)
    change(counter, "update message set raw_key = null")
    answer = call("replay", "--reread", "--json", counter=counter)
    assert answer.code == 0
    assert [each["why"] for each in answer.data["not_reread"]] == ["its bytes are not kept"]


def test_the_moment_between_deciding_and_writing_down_changes_nothing(counter, call):
    asks(counter, csr=False)
    for _ in range(3):
        alarm(counter)
    with counter.office.database.writing() as session:
        for row in session.exec(select(Transition)):
            row.at += timedelta(milliseconds=300 if row.actor == "applicant" else 10)
            session.add(row)
    answer = call("replay", "--json", counter=counter)
    assert (answer.code, len(answer.data["cases"]["same"])) == (0, 1)
