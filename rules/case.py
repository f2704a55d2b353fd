"""The value of a request, and the small values it is made of. Nothing here acts.

States are named by whose turn it is. A case value is stored as one sealed JSON document; what must be looked up
(ticket, state, step, due, alarm) stands in columns beside it.
"""

from datetime import datetime
from enum import StrEnum
from typing import Literal

from pydantic import BaseModel, ConfigDict

from parsers.facts import DocumentFacts


class Value(BaseModel):
    """Base of the values of this ring: frozen, no unknown keys."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class State(StrEnum):
    """Whose turn it is."""

    APPLICANT = "waiting_for_applicant"
    OFFICER = "waiting_for_officer"
    OFFICIAL = "waiting_for_official"
    CHILD = "waiting_for_child"
    CLOSED = "closed"


class Text(Value):
    """A short sentence in each language of the mails."""

    id: str
    en: str

    def in_(self, language: str) -> str:
        """Return the sentence in `language` (`id` or `en`), Indonesian for anything else."""
        return self.en if language == "en" else self.id


Verdict = Literal["pass", "warn", "fail", "unknown"]


class Remedy(Value):
    """What an applicant is asked to do about a finding: the officer's short choice and the courteous sentence it becomes."""

    choice: Text
    request: Text


class Finding(Value):
    """The result of one check: verdict, a sentence an officer understands, its authority (SOP row, RFC, law), a remedy.

    `brief` is what agrees, in a word or two, for the officer's list of what needs no eye; None for what goes without saying.
    """

    check: str
    verdict: Verdict
    message: Text
    authority: str
    remedy: Remedy | None = None
    brief: Text | None = None


class CaseDocument(Value):
    """A document of a case: the need it serves (None: none), when it came and with which message (ledger id).

    `beside`: its writer said that the letter itself comes later, so that a picture is not taken for it.
    """

    need: str | None
    facts: DocumentFacts
    message: int
    received: datetime
    beside: bool = False

    @property
    def unread(self) -> bool:
        """Whether a person must look what it is."""
        return self.facts.kind == "unreadable"


class Person(Value):
    """One of the persons a letter names; `number` is the row of its table, by which an officer excepts one (`SETUJU KECUALI 3`)."""

    number: int
    name: str
    nip: str = ""
    note: str = ""


class News(Value):
    """What an ending of a child case says to the applicant, kept until our next letter tells it."""

    sentence: Text
    at: datetime


Relation = Literal["child", "linked", "sibling"]
"""How a case belongs to its `parent`: it is waited for, it is a complaint about it, or it was split off (`SETUJU KECUALI 3`)."""


class Alarm(Value):
    """The one time at which a case must be looked at again, and why (`remind`, `close`, `promise-half`, ...)."""

    at: datetime
    name: str
    round: int = 0


class Aside(Value):
    """A task beside the case's own: who must answer, since when, until when (the promise's span), who was told that it is late.

    `told` counts: 0 nobody yet, 1 the officer was reminded, 2 the official was told. `letters` were sent about it on the day of
    `mailed`; `unseen`: something was added since that no letter has shown.
    """

    performer: Literal["officer", "official"]
    since: datetime
    due: datetime
    told: int = 0
    mailed: datetime
    letters: int = 1
    unseen: bool = False


class Case(Value):
    """A request under way.

    `visits` counts how often each step was entered; `evidence` counts the evidence (the task key holds both, so that new
    evidence voids old tokens by itself). `due` is the promise (None while the applicant's turn has not ended for the first time);
    `promise_spent` are the seconds of office time used before `promise_since`.
    `promise_total` is the whole promise in seconds of office time. While it rests (`promise_since` is None) `due` keeps the
    time last promised.
    `asked` (numbered remedies) and `asked_text` (free) are what an officer last asked with KURANG; `unclear` counts letters in this row that brought nothing.
    `side_tasks` are the keys of open tasks beside the case's own (`help`, `bounced`): they never hold the case up; `asides` holds their
    times. `alarm` is the nearest of all; where that is an aside's, `row_alarm` keeps the one of the case's own course.
    `facts` are words said of the world (an officer's `owns`, a child's ending, what the parent gave). `ending` is the last step's id, or
    `rejected`, `lapsed`, `cancelled`; `closed` when it came.
    `parent` is the case this one belongs to by its `relation`, `root` the number the applicant knows (a child's is its parent's). `child`
    is the open child that is waited for, `children` counts them. `holds`: endings that the parent tells. `news`: what children told, `news_told` of them to the applicant.
    `solution`: the text an officer gave with the word that settled a row (`Step.text`). `promise_from`: when the promise first began.
    `persons`: those a collective letter names. `urgent`: the fact's value that raised the priority. `sort`: the class an officer gave.
    `holder_address`: the holder's own official address where somebody else wrote for them; `holder_says` is True once they confirmed,
    False once they denied.
    """

    id: str
    sop: str
    digest: str
    step: str
    state: State
    opened: datetime
    address: str
    applicant: str = ""
    holder: str = ""
    language: str = "id"
    visits: dict[str, int] = {}
    evidence: int = 0
    documents: tuple[CaseDocument, ...] = ()
    text: str = ""
    task: str | None = None
    approvals: tuple[str, ...] = ()
    taken_by: str | None = None
    escalated: bool = False
    rounds: int = 0
    asked: tuple[str, ...] = ()
    asked_text: str = ""
    unclear: int = 0
    side_tasks: tuple[str, ...] = ()
    asides: dict[str, Aside] = {}
    due: datetime | None = None
    promise_spent: float = 0.0
    promise_since: datetime | None = None
    promise_total: float = 0.0
    alarm: Alarm | None = None
    row_alarm: Alarm | None = None
    facts: dict[str, str] = {}
    committed: bool = False
    wish: str | None = None
    ending: str | None = None
    closed: datetime | None = None
    events: int = 0
    parent: str | None = None
    relation: Relation | None = None
    root: str = ""
    child: str | None = None
    children: int = 0
    holds: tuple[str, ...] = ()
    news: tuple[News, ...] = ()
    news_told: int = 0
    solution: str = ""
    promise_from: datetime | None = None
    persons: tuple[Person, ...] = ()
    urgent: str = ""
    sort: str = ""
    holder_address: str = ""
    holder_says: bool | None = None

    @property
    def number(self) -> str:
        """The number the applicant knows: one for a request and its children."""
        return self.root or self.id
