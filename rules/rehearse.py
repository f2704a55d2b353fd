"""Plays the examples of an SOP through `decide`: a few lines of words, and where they must lead.

Proofs alone miss outcomes that were swapped; an example catches them, and it is what an official understands first.
"""

from datetime import UTC, datetime, timedelta

from parsers.facts import DocumentFacts
from rules.beginning import Beginning
from rules.calendar import WEEKDAYS, Calendar
from rules.case import Case, CaseDocument, State
from rules.decide import decide, open_case
from rules.effects import Decision
from rules.events import ChildEnded, Event, Opened, Said, Supplied, Woke, Word
from rules.sop import Example, Sop
from rules.unsound import Place, Problem
from rules.words import applicant_word, declared_words, free_outcomes, officer_word

_BEGIN = datetime(2026, 2, 2, 2, 0, tzinfo=UTC)
_PATIENCE = 20
"""Alarms after which silence has led nowhere."""


class Lost(Exception):  # noqa: N818 - the example lost its way
    """A line of an example that nobody in that row can say."""


def rehearse(sop: Sop, place: Place) -> list[Problem]:
    """Return a problem for each example that does not end where it says."""
    problems = []
    for number, example in enumerate(sop.examples):
        path = ("examples", str(number))
        try:
            case = play(sop, example)
        except Lost as lost:
            problems.append(place.problem((*path, "says"), str(lost), "correct the example, or the rows"))
            continue
        if (found := case.ending or case.step) != example.then:
            said = ", ".join(example.says)
            problems.append(
                place.problem(
                    (*path, "then"),
                    f'"{said}" leads to {found}, not {example.then}',
                    "correct the rows, or the example",
                )
            )
    return problems


def play(sop: Sop, example: Example) -> Case:
    """Play one example with fictional documents and return the case at its end."""
    play_ = _Play(sop, example.opens or next(iter(sop.opens.rows)))
    if example.opens and example.opens != "letter":
        play_.begin()
    for said in example.says:
        play_.say(said)
    if play_.case is None:
        raise Lost("the example says nothing")
    return play_.case


class _Play:
    def __init__(self, sop: Sop, opens: str) -> None:
        self.sop, self.opens, self.now, self.sent = sop, opens, _BEGIN, 0
        self.case: Case | None = None
        self.calendar = Calendar("Asia/Jakarta", dict.fromkeys(WEEKDAYS[:5], "08:00-16:00"))

    def say(self, said: str) -> None:
        self.now += timedelta(hours=1)
        names = said.split()
        if all(name in self.sop.needs for name in names):
            self._send(tuple(self._document(name) for name in names))
        elif said == "text":
            self._send((), "keterangan dari pemohon")
        elif self.case is None:
            raise Lost(f'"{said}" opens nothing: begin with text, {", ".join(self.sop.needs)}')
        elif said == "silence":
            self._be_silent(self.case)
        elif names[0] == "child":
            self._end_child(self.case, names[-1])
        elif not self._officer(self.case, said) and not self._applicant(self.case, said):
            raise Lost(f'nobody can say "{said}" at {self.case.step}')

    def begin(self, documents: tuple[CaseDocument, ...] = (), text: str = "") -> None:
        """Open the case as the example says."""
        beginning = Beginning(
            ticket="EXAMPLE", address="pemohon@example.go.id", received=self.now, at=self.opens
        )
        opened = Opened(documents=documents, text=text)
        self._keep(open_case(self.sop, beginning, opened, self.now, self.calendar))

    def _send(self, documents: tuple[CaseDocument, ...], text: str = "") -> None:
        if self.case is None:
            self.begin(documents, text)
        else:
            self._happen(Supplied(documents=documents, text=text))

    def _end_child(self, case: Case, ending: str) -> None:
        if case.child is None:
            raise Lost(f"no child is open at {case.step}")
        self._happen(ChildEnded(child=case.child, ending=ending))

    def _officer(self, case: Case, said: str) -> bool:
        step = self.sop.steps[case.step]
        free = free_outcomes(self.sop, case.step, own=True)
        spoken = officer_word(said, {} if step.asks else declared_words(self.sop, case.step), free=free)
        if spoken.outcome is None or case.task is None:
            return False
        event = Word(
            task=case.task,
            officer=f"petugas{len(case.approvals) + 1}@example.go.id",  # where two must approve, two do
            official=case.state is State.OFFICIAL,
            outcome=spoken.outcome,
            text=spoken.text or "alasan",
        )
        return self._happen(event).event != "refused"

    def _applicant(self, case: Case, said: str) -> bool:
        step = self.sop.steps[case.step]
        spoken = applicant_word(said, dict(step.words) if step.asks else {})
        if spoken.outcome is None:
            return False
        self._happen(Said(word=spoken.outcome))
        return True

    def _be_silent(self, case: Case) -> None:
        """Let the applicant's reminders pass until the turn changes."""
        for _ in range(_PATIENCE):
            if case.state is not State.APPLICANT or case.alarm is None:
                return
            self.now = case.alarm.at
            case = self._happen(Woke(alarm=case.alarm.name, round=case.alarm.round)).case
        raise Lost(f"silence at {case.step} leads nowhere")

    def _happen(self, event: Event) -> Decision:
        if self.case is None:
            raise Lost("nothing is open yet")
        return self._keep(decide(self.sop, self.case, event, self.now, self.calendar))

    def _keep(self, decision: Decision) -> Decision:
        self.case = decision.case
        return decision

    def _document(self, need: str) -> CaseDocument:
        self.sent += 1
        kind = self.sop.needs[need].document[0]
        facts = DocumentFacts(
            name=need, media_type="application/octet-stream", size=1, digest=f"{self.sent:064x}", kind=kind
        )
        return CaseDocument(need=None, facts=facts, message=self.sent, received=self.now)
