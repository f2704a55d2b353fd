"""A request opens another one, waits for its end, and tells both in one letter; nobody is left behind when either of them ends."""

import pytest

from rules.case import News, Person, State, Text
from rules.effects import Mail, Open, Signal, Task
from rules.events import ChildEnded, Opened, ParentEnded, Said, Stopped, Supplied, Woke, Word
from rules.turns.family import LEFT_OUT
from tests.rules.counter import (
    CSR,
    DECREE,
    FORM,
    LETTER,
    PHOTO,
    RINA,
    SOPS,
    STATEMENT,
    Counter,
    at,
    document,
)
from tests.rules.papers import paper
from tests.rules.world import World


class Family(World):
    """A family in short: `say`, `word`, `send` to a case by its number."""

    def begin(self, sop, *documents, **beginning):
        self.root = self.open(sop, Opened(documents=came(documents, self.now)), **beginning).id
        return self

    def word(self, outcome, number="", text="alasan", **more):
        number = number or self.root
        event = Word(
            task=self.cases[number].task or "",
            officer=more.pop("officer", RINA),
            outcome=outcome,
            text=text,
            **more,
        )
        return self.happen(number, event, hours=1)

    def say(self, word, number="", text=""):
        return self.happen(number or self.root, Said(word=word, text=text), hours=1)

    def send(self, *documents, number="", text=""):
        event = Supplied(documents=came(documents, self.now), text=text)
        return self.happen(number or self.root, event, hours=1)

    @property
    def child(self):
        return self.cases[self.cases[self.root].child]

    @property
    def letters(self):
        """Who was written to in the latest move: (number, kind), the applicant only."""
        return [
            (moment.case.id, each.kind)
            for moment in self.moments
            for each in moment.decision.effects
            if isinstance(each, Mail) and each.audience == "applicant"
        ]


def came(documents, now):
    counter = Counter()
    counter.now = now
    return counter._came(documents)


@pytest.fixture
def family():
    return Family(sops=SOPS, now=at("2026-03-10 09:12"))


@pytest.fixture
def waiting(family):
    """A forgotten passphrase, approved: its revocation is waited for."""
    family.begin("passphrase-loss", STATEMENT, CSR)
    family.word("approve")
    return family


def test_the_child_has_its_parents_number_documents_and_reason_and_no_letter_of_its_own(waiting):
    child, parent = waiting.child, waiting.cases[waiting.root]
    assert waiting.letters == [(waiting.root, "request-approved")]
    assert (child.id, child.sop, child.step) == (f"{waiting.root}.1", "revocation", "apply-in-ams")
    assert (child.parent, child.relation, child.root, child.number) == (
        parent.id,
        "child",
        parent.id,
        parent.id,
    )
    assert child.facts == {"reason": "lupa passphrase", "requester": "owner"}
    assert {each.facts.kind for each in child.documents} == {"passphrase-loss-statement", "csr"}
    assert child.state is State.APPLICANT
    assert (child.task, child.alarm.name) == ("apply-in-ams#1.1", "remind")
    assert (parent.state, parent.alarm, parent.promise_since) == (State.CHILD, None, None)


def test_old_revoked_and_new_issued_stand_in_one_letter(waiting):
    child = waiting.child.id
    waiting.say("finished", number=child)
    assert waiting.letters == [(child, "step-noted")]
    waiting.word("done", number=child)
    assert waiting.letters == [(waiting.root, "step-next")], "the child holds its news, the parent tells it"
    assert waiting.cases[child].ending == "revoked"
    assert waiting.cases[waiting.root].facts["revoke-old"] == "revoked"
    waiting.say("finished")
    last = waiting.word("done")
    assert waiting.letters == [(waiting.root, "old-revoked-new-issued")]
    (letter,) = [each for each in last.decision.effects if isinstance(each, Mail)]
    assert letter.said["news"] == ("0", "1"), "the closing letter tells all of it"


def test_an_ending_that_is_not_held_is_told_by_the_child_and_followed_up_by_an_officer(waiting):
    child = waiting.child.id
    waiting.word("reject", number=child, text="Subject DN berbeda")
    assert waiting.letters == [(child, "request-rejected")]
    parent = waiting.cases[waiting.root]
    assert (parent.step, parent.state, parent.child) == ("not-revoked", State.OFFICER, None)
    waiting.word("incomplete")
    assert waiting.child.id == f"{waiting.root}.2", "asked again, it is another case"
    assert waiting.cases[waiting.root].visits["revoke-old"] == 2


def test_a_child_that_lapses_says_nothing_its_parent_goes_on_and_says_how(family):
    family.begin("renewal", at="notice")
    family.say("change")
    assert family.letters == [(f"{family.root}.1", "request-incomplete")], "the child asks for the form"
    for _ in range(3):
        family.now = family.child.alarm.at
        alarm = family.child.alarm
        family.happen(family.child.id, _woke(alarm))
    assert family.letters == []
    assert family.cases[family.root].step == "not-changed"
    family.word("approve")
    assert family.letters == [(family.root, "request-incomplete")]


def test_three_generations_under_one_number(family):
    family.begin("renewal", at="notice")
    family.known["owns_certificate"] = "owns"
    family.say("change")
    change = family.child.id
    family.send(FORM, DECREE, number=change)
    family.word("approve", number=change)
    last = family.word("done", number=change)
    assert family.letters == [(change, "step-next")], "one letter: the data are changed, and what to do next"
    assert [each.said["news"] for each in last.decision.effects if isinstance(each, Mail)] == [("0",)]
    grandchild = family.cases[family.cases[change].child]
    assert (grandchild.id, grandchild.number, grandchild.parent) == (f"{change}.1", family.root, change)
    family.word("done", number=grandchild.id)
    assert family.letters == [(family.root, "request-incomplete")], (
        "data changed: the renewal asks for its letter"
    )
    assert [each.sentence.en for each in family.cases[family.root].news] == [
        "Your data in AMS have been changed.",
        "The certificate has been revoked.",
    ]
    assert family.cases[family.root].step == "recommend"


def test_a_letter_beside_a_child_is_filed_and_words_get_a_person(waiting):
    waiting.send(PHOTO)
    assert waiting.letters == [(waiting.root, "documents-added")]
    waiting.send(text="Kapan sertifikat saya dicabut?")
    assert waiting.letters == [(waiting.root, "question-noted")]
    parent = waiting.cases[waiting.root]
    assert [each.partition("@")[0] for each in parent.side_tasks] == ["help"]
    assert parent.state is State.CHILD


def test_cancelling_the_request_cancels_a_child_that_is_not_committed(waiting):
    child = waiting.child.id
    waiting.say("cancel")
    assert (waiting.cases[waiting.root].ending, waiting.cases[child].ending) == ("cancelled", "cancelled")
    assert waiting.letters == [(waiting.root, "request-cancelled")], "one letter for both"


def test_a_committed_child_goes_on_alone_and_tells_its_own_news(family):
    revocation = Counter(SOPS["revocation"])
    revocation.open(
        LETTER, at="letter", parent="CK-26-0009", relation="child", root="CK-26-0009", holds=("revoked",)
    )
    for word in ("owner", "approve", "approve"):
        revocation.word(word)
    assert revocation.case.step == "revoke"
    revocation.happen(ParentEnded(ending="rejected"))
    assert not revocation.case.committed, "the row of no return commits when it is left"
    assert revocation.case.ending == "cancelled"
    change = Counter(SOPS["data-change"])
    change.open(FORM, DECREE, parent="CK-26-0009", relation="child", root="CK-26-0009", holds=("changed",))
    change.word("approve")
    change.word("done")
    assert change.case.committed
    change.happen(ParentEnded(ending="cancelled"))
    assert (change.last.event, change.case.step, change.case.relation) == ("goes-on-alone", "ownership", None)
    assert [(task.key, task.note) for task in change.tasks] == [("ownership#1.1.alone4", "parent-ended")], (
        "its officer is told, under a key of its own"
    )
    change.word("none")
    assert change.mails == ["applicant-data-changed"], "nobody else tells it now"
    assert change.signals == []


def test_news_of_a_child_that_nobody_waits_for_any_more_is_told_all_the_same(waiting):
    waiting.happen(waiting.root, Stopped(reason="dicatat di tempat lain"))
    late = ChildEnded(child=f"{waiting.root}.1", ending="revoked", news=_news())
    waiting.happen(waiting.root, late)
    assert waiting.letters == [(waiting.root, "request-status")]
    assert waiting.moments[0].decision.note.endswith("was not waited for: revoked")
    assert waiting.cases[waiting.root].state is State.CLOSED


def test_closed_by_hand_nobody_is_written_to_and_nothing_waits(waiting):
    child = waiting.child.id
    waiting.say("problem", text="mohon bantuan")
    waiting.happen(waiting.root, Stopped(reason="ganda"))
    assert waiting.letters == []
    for number in (waiting.root, child):
        case = waiting.cases[number]
        assert (case.state, case.task, case.alarm, case.side_tasks) == (State.CLOSED, None, None, ())
    assert waiting.happen(waiting.root, Stopped(reason="lagi")).decision.note == "closed already"


def test_a_child_closed_by_hand_lets_its_parent_go_on(waiting):
    waiting.happen(waiting.child.id, Stopped(reason="ganda"))
    assert waiting.cases[waiting.root].step == "not-revoked"


# --- complaints and siblings -----------------------------------------------------------------------------------------------


@pytest.mark.parametrize("closed", [False, True])
def test_a_complaint_becomes_a_case_of_its_own_tied_to_the_request(family, closed):
    family.complaints = "complaint"
    family.begin("passphrase-loss", STATEMENT, CSR)
    if closed:
        family.word("reject", text="CSR berbeda")
    before = family.cases[family.root]
    family.say("complaint", text="layanan lambat")
    complaint = family.cases["CK-26-0002"]
    assert (complaint.sop, complaint.parent, complaint.relation) == ("complaint", family.root, "linked")
    assert (complaint.step, complaint.text, complaint.number) == ("answer", "layanan lambat", "CK-26-0002")
    assert family.letters == [("CK-26-0002", "request-received")]
    after = family.cases[family.root]
    assert (after.step, after.state, after.task) == (before.step, before.state, before.task)
    family.word("done", number="CK-26-0002", text="Sudah kami percepat.")
    family.say("solved", number="CK-26-0002")
    assert family.cases["CK-26-0002"].ending == "closed-solved"
    assert not [
        each for moment in family.moments for each in moment.decision.effects if isinstance(each, Signal)
    ]


def test_without_an_sop_for_it_a_complaint_goes_to_the_official(family):
    family.begin("passphrase-loss", STATEMENT, CSR)
    family.say("complaint", text="layanan lambat")
    assert len(family.cases) == 1
    aside = family.cases[family.root].asides
    assert [each.performer for each in aside.values()] == ["official"]


@pytest.fixture
def collective(family):
    """One letter of recommendation, three persons."""
    family.begin("renewal", paper("recommendation-letter", 5))
    return family


def test_setuju_kecuali_puts_the_excepted_person_into_a_case_of_their_own_at_the_same_row(collective):
    assert [each.number for each in collective.cases[collective.root].persons] == [1, 2, 3]
    moment = collective.word("approve", besides=(2,))
    (opened,) = [each for each in moment.decision.effects if isinstance(each, Open)]
    assert (opened.relation, opened.at) == ("sibling", "verify")
    assert moment.decision.note == "without 2"
    here, there = collective.cases[collective.root], collective.cases["CK-26-0002"]
    assert ([each.number for each in here.persons], here.step) == ([1, 3], "issue")
    assert ([each.number for each in there.persons], there.step, there.state) == (
        [2],
        "verify",
        State.OFFICER,
    )
    assert collective.letters == [("CK-26-0002", "request-split")]
    assert [each.note for each in _tasks(collective, "CK-26-0002")] == ["split"]
    assert there.due is not None
    collective.word("reject", number="CK-26-0002", text="pensiun bulan depan")
    assert collective.cases["CK-26-0002"].ending == "rejected"
    assert collective.cases[collective.root].ending is None


def test_why_somebody_was_left_out_is_on_record_and_goes_on_with_their_case_alone(collective):
    moment = collective.word("approve", besides=(2, 3), because="NIP keliru")
    assert moment.decision.note == "without 2, 3: NIP keliru"
    assert collective.cases["CK-26-0002"].facts[LEFT_OUT] == "NIP keliru"
    assert LEFT_OUT not in collective.cases[collective.root].facts
    collective.word("approve", number="CK-26-0002", besides=(3,))
    assert LEFT_OUT not in collective.cases["CK-26-0003"].facts


@pytest.mark.parametrize("besides", [(4,), (1, 2, 3)])
def test_nobody_and_everybody_cannot_be_left_out(collective, besides):
    moment = collective.word("approve", besides=besides)
    assert (moment.decision.event, moment.decision.note) == ("refused", "no-such-person")
    assert len(collective.cases) == 1


def test_persons_are_left_out_of_an_approval_only(collective):
    assert collective.word("reject", besides=(1,)).decision.note == "no-such-person"


def test_a_newer_list_of_persons_replaces_the_older_one():
    counter = Counter(SOPS["renewal"])
    counter.open(paper("recommendation-letter", 5))
    counter.send(paper("recommendation-letter", 3))
    assert counter.case.persons == (Person(number=1, name="Siti Rahmawati"),)
    counter.send(document("other", "no list"))
    assert len(counter.case.persons) == 1


def _woke(alarm):
    return Woke(alarm=alarm.name, round=alarm.round)


def _news():
    return (News(sentence=Text(id="Sertifikat telah dicabut.", en="Revoked."), at=at("2026-03-11 09:00")),)


def _tasks(world, number):
    return [
        each
        for moment in world.moments
        if moment.case.id == number
        for each in moment.decision.effects
        if isinstance(each, Task)
    ]
