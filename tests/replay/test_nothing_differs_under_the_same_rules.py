import dataclasses

import pytest

from mailflow.trust.staff_table import Member, StaffTable
from rules.load import BUILTIN, load_rules
from tests.replay.days import Days
from tests.support.letters import SITI


@pytest.fixture
def another_fee(tmp_path):
    """Every SOP with other words where no decision looks: other versions, which decide the same."""
    drafts = tmp_path / "drafts"
    drafts.mkdir()
    for file in BUILTIN.iterdir():
        if file.name.endswith(".toml"):
            text = file.read_text("utf-8")
            assert '\nfee = "none"' in text
            (drafts / file.name).write_text(text.replace('\nfee = "none"', '\nfee = "no fee at all"'))
    return load_rules(overrides=drafts)


@pytest.mark.parametrize("seed", [2, 3, 4])
def test_whatever_happens_in_a_department_happens_again_as_it_did(counter, replay, another_fee, seed):
    Days(counter, seed).pass_by(60)
    everything = {each["id"] for each in counter.cases}
    assert len(everything) > 5, "so many that it says something"
    for again in (replay(), replay(another_fee), replay(reread=True)):
        assert not again["differs"], (again["courses"], again["matching"], again["readings"])
        assert again["not_replayed"] == []
        assert set(again["cases"]["same"]) == everything


def test_an_angry_mail_of_its_own_is_the_complaint_it_was(counter, replay):
    counter.complete_request()
    counter.receive(counter.mail(text="Pelayanan payah, sudah seminggu tidak ada kabar!", subject="Halo"))
    assert {each["sop"] for each in counter.cases} == {"passphrase-loss", "complaint"}
    again = replay()
    assert not again["differs"], again["courses"]
    assert len(again["cases"]["same"]) == 2


def test_what_others_write_and_a_theft_told_in_an_answer_are_what_they_were(counter, replay):
    counter.receive(counter.mail(text="Mohon bantuan, saya lupa passphrase.", files=(counter.letter(),)))
    ours = counter.letter_to()
    counter.receive(
        counter.mail("kadis@contohkota.go.id", "Mohon ditunda.", answers=ours, files=(counter.csr(),))
    )
    asked = counter.letter_to()
    counter.receive(counter.mail(text="BENAR", answers=asked))
    counter.receive(counter.mail(text="Laptop saya dicuri!", answers=ours, files=(counter.csr(key=2),)))
    assert [each["sop"] for each in counter.cases] == ["revocation", "passphrase-loss"]
    for again in (replay(), replay(reread=True)):
        assert not again["differs"], (again["courses"], again["matching"], again["readings"])
        assert again["not_replayed"] == []


@pytest.mark.parametrize("files", [("letter", "csr"), ("csr", "letter")])
def test_a_holder_who_was_asked_is_asked_again_though_the_table_has_changed_since(counter, replay, files):
    aide, siti = "ajudan@contohkota.go.id", Member(name=SITI.name, nip=SITI.nip, email=SITI.email)
    counter.office = dataclasses.replace(counter.office, staff_table=StaffTable((siti,)))
    first, second = (getattr(counter, each)() for each in files)
    counter.receive(counter.mail(aide, "Mohon bantuan, saya lupa passphrase.", files=(first,)))
    counter.receive(counter.mail(aide, "Ini berkasnya.", answers=counter.letter_to(aide), files=(second,)))
    counter.receive(counter.mail(SITI.email, "BENAR", answers=counter.letter_to(SITI.email)))
    assert counter.case["state"] == "waiting_for_officer"
    counter.office = dataclasses.replace(counter.office, staff_table=StaffTable())
    again = replay()
    assert not again["differs"], again["courses"]
