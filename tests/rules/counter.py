"""A counter for tests: one SOP, one case, a clock that is set, and events said in short."""

from datetime import datetime, timedelta
from hashlib import sha256
from zoneinfo import ZoneInfo

from parsers.facts import DocumentFacts
from rules.beginning import Beginning
from rules.calendar import WEEKDAYS, Calendar
from rules.case import CaseDocument, News, State, Text
from rules.decide import decide, open_case
from rules.effects import Decision, Mail, Open, Signal, Task
from rules.events import Bounced, ChildEnded, Confirmed, Event, Opened, Said, Supplied, Woke, Word
from rules.load import load_rules
from rules.sop import Sop

ZONE = ZoneInfo("Asia/Jakarta")
CALENDAR = Calendar("Asia/Jakarta", dict.fromkeys(WEEKDAYS[:5], "08:00-16:00"))
SOPS = load_rules().sops
PASSPHRASE_LOSS = SOPS["passphrase-loss"]
APPLICANT = "siti.rahmawati@contohkota.go.id"
LIBRARY_CARD = """\
id = "library-card"
decree = "000/1 Tahun 2026"
promise = "3 working days"
fee = "none"
word = ["KARTU", "CARD"]
rows = 4

[title]
id = "Penerbitan Kartu Perpustakaan"
en = "Issue of a library card"

[service]
id = "kartu perpustakaan"
en = "library card"

[opens]
letter = "ask"

[recognise]
id = ["kartu perpustakaan"]
en = ["library card"]

[needs.form]
document = ["other", "data-change-form"]
[needs.form.label]
id = "formulir"
en = "form"
[needs.form.how]
id = "Isi formulir."
en = "Fill in the form."

[waiting]
remind = ["2 working days"]
close = "2 working days"
reopen = "10 days"
rounds = 2

[help]
asof = 2026-11-01
id = "Tanyakan kepada petugas."
en = "Ask an officer."

[steps.ask]
no = 1
performer = "applicant"
action = "Mengajukan"
action_en = "Applies"
needs = ["form"]
outcomes.complete = "check"

[steps.check]
no = 2
performer = "officer"
action = "Memeriksa"
action_en = "Checks"
approvals = 2
outcomes.approve = "print"
outcomes.done = "handed-over"
outcomes.incomplete = "ask"
outcomes.reject = "rejected"

[steps.print]
no = 3
performer = "official"
action = "Menandatangani"
action_en = "Signs"
no_return = true
text = ["done"]
outcomes.done = "handed-over"
outcomes.reject = "rejected"

[steps.handed-over]
no = 4
performer = "officer"
action = "Menyerahkan"
action_en = "Hands over"
tell = "card-ready"
ends = "fulfilled"

[[examples]]
says = ["form", "SELESAI"]
then = "handed-over"
"""
"""An SOP of another department, to show that nothing is made for one service only."""
RINA = "rina@contohkota.go.id"
BAYU = "bayu@contohkota.go.id"


def at(text: str) -> datetime:
    """A moment in the office's zone, `2026-03-10 09:12`."""
    return datetime.fromisoformat(text).replace(tzinfo=ZONE)


def document(kind: str, content: str = "", **facts: object) -> DocumentFacts:
    digest = sha256(f"{kind}:{content}".encode()).hexdigest()
    return DocumentFacts.model_validate(
        {
            "name": f"{kind}.pdf",
            "media_type": "application/pdf",
            "size": 100,
            "digest": digest,
            "kind": kind,
            **facts,
        }
    )


STATEMENT = document("passphrase-loss-statement")
CSR = document("csr")
NEW_CSR = document("csr", "made again")
FORM = document("data-change-form")
DECREE = document("other", "decree")
LETTER = document("revocation-letter")
RECOMMENDATION = document("recommendation-letter")
PHOTO = document("unreadable", readable_by_person=True)


class Counter:
    """A case under way; every event is decided as the shell would have it decided."""

    def __init__(self, sop: Sop = PASSPHRASE_LOSS, now: str = "2026-03-10 09:12") -> None:
        self.sop, self.now = sop, at(now)
        self.decisions: list[Decision] = []
        self.known: dict[str, str] = {}

    @property
    def case(self):
        return self.decisions[-1].case

    @property
    def last(self) -> Decision:
        return self.decisions[-1]

    @property
    def mails(self) -> list[str]:
        """`audience-kind` of the last decision's letters."""
        return [f"{each.audience}-{each.kind}" for each in self.last.effects if isinstance(each, Mail)]

    @property
    def tasks(self) -> list[Task]:
        return [each for each in self.last.effects if isinstance(each, Task)]

    @property
    def opened(self) -> list[Open]:
        """The cases that the last decision opens."""
        return [each for each in self.last.effects if isinstance(each, Open)]

    @property
    def signals(self) -> list[Signal]:
        """What the last decision tells other cases."""
        return [each for each in self.last.effects if isinstance(each, Signal)]

    def said(self, kind: str) -> dict[str, tuple[str, ...]]:
        return next(each.said for each in self.last.effects if isinstance(each, Mail) and each.kind == kind)

    def open(self, *documents: DocumentFacts, text: str = "", word: str = "", **beginning) -> Decision:
        beginning = Beginning(
            ticket="PL-26-0147-K",
            address=APPLICANT,
            received=self.now,
            applicant="Siti Rahmawati",
            holder="Siti Rahmawati",
            **beginning,
        )
        opened = Opened(documents=self._came(documents), text=text, word=word)
        decision = open_case(self.sop, beginning, opened, self.now, CALENDAR, known=self.known)
        self.decisions.append(decision)
        return decision

    def happen(self, event: Event, **later: int) -> Decision:
        self.now += timedelta(**later)
        decision = decide(self.sop, self.case, event, self.now, CALENDAR, known=self.known)
        self.decisions.append(decision)
        return decision

    def send(self, *documents: DocumentFacts, text: str = "", **later: int) -> Decision:
        self.now += timedelta(**later)
        return self.happen(Supplied(documents=self._came(documents), text=text))

    def say(self, word: str, text: str = "", *documents: DocumentFacts, **later: int) -> Decision:
        self.now += timedelta(**later)
        return self.happen(Said(word=word, text=text, documents=self._came(documents)))

    def word(
        self,
        outcome: str,
        text: str = "",
        *,
        officer: str = RINA,
        official: bool = False,
        task: str | None = None,
        remedies: tuple[Text, ...] = (),
        besides: tuple[int, ...] = (),
        **later: int,
    ) -> Decision:
        event = Word(
            task=task or self.case.task or "",
            officer=officer,
            official=official,
            outcome=outcome,
            text=text,
            remedies=remedies,
            besides=besides,
        )
        return self.happen(event, **later)

    def wake(self) -> Decision:
        """Let the case's alarm go off, at its time."""
        alarm = self.case.alarm
        self.now = max(self.now, alarm.at)
        return self.happen(Woke(alarm=alarm.name, round=alarm.round))

    def silence(self) -> Decision:
        """Let the applicant's reminders pass."""
        while self.case.state is State.APPLICANT:
            self.wake()
        return self.last

    def child(self, ending: str, *sentences: str, **later: int) -> Decision:
        """Let the child that is waited for end."""
        self.now += timedelta(**later)
        news = tuple(News(sentence=Text(id=each, en=each), at=self.now) for each in sentences)
        return self.happen(ChildEnded(child=self.case.child or "", ending=ending, news=news))

    def confirm(self, *, theirs: bool, **later: int) -> Decision:
        """Let the holder answer from their own address."""
        return self.happen(Confirmed(theirs=theirs), **later)

    def bounce(self, recipient: str = APPLICANT) -> Decision:
        return self.happen(Bounced(recipient=recipient, reason="550 5.1.1"))

    def approved(self) -> "Counter":
        """Walk to where the revocation is waited for."""
        self.open(STATEMENT, CSR)
        self.word("approve", hours=1)
        return self

    def revoked(self) -> "Counter":
        """Walk to the applicant's step in AMS."""
        self.approved().child("revoked")
        return self

    def _came(self, documents: tuple[DocumentFacts, ...]) -> tuple[CaseDocument, ...]:
        return tuple(CaseDocument(need=None, facts=each, message=1, received=self.now) for each in documents)
