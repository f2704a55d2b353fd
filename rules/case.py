"""The values a decision is made of: case, events, effects. Nothing here acts.

States are named by whose turn it is. A case value is stored as one sealed JSON document; what must be looked up
(ticket, state, step, due, alarm) stands in columns beside it.
"""

from datetime import datetime
from enum import StrEnum
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field

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
    """A document of a case: the need it serves (None: none), when it came and with which message (ledger id)."""

    need: str | None
    facts: DocumentFacts
    message: int
    received: datetime


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
    `facts` are words said of the world (an officer's `owns`, a child's ending). `ending` is the last step's id, or
    `rejected`, `lapsed`, `cancelled`; `closed` when it came.
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


# --- events -------------------------------------------------------------------------------------------------------------


class Opened(Value):
    """A letter opened the case."""

    type: Literal["opened"] = "opened"
    documents: tuple[CaseDocument, ...] = ()
    text: str = ""


class Supplied(Value):
    """The applicant's verified address sent documents or text without a keyword."""

    type: Literal["supplied"] = "supplied"
    documents: tuple[CaseDocument, ...] = ()
    text: str = ""


class Said(Value):
    """The applicant's word: `status`, `finished`, `problem`, `confirm`, `cancel`, `complaint`, `thanks`, or one a row declares."""

    type: Literal["said"] = "said"
    word: str
    text: str = ""
    documents: tuple[CaseDocument, ...] = ()


class Word(Value):
    """An officer's proven word on a task: an outcome (`approve`, `reject`, `incomplete`, `done`, `escalate`, `take`, a row's own).

    `remedies` are the sentences of the numbers that were given, `text` what was written freely.
    """

    type: Literal["word"] = "word"
    task: str
    officer: str
    official: bool = False
    outcome: str
    text: str = ""
    remedies: tuple[Text, ...] = ()


class Woke(Value):
    """The alarm of the case went off."""

    type: Literal["woke"] = "woke"
    alarm: str
    round: int = 0


class Bounced(Value):
    """A mail to the applicant could not be delivered."""

    type: Literal["bounced"] = "bounced"
    recipient: str
    reason: str = ""


Event = Annotated[Opened | Supplied | Said | Word | Woke | Bounced, Field(discriminator="type")]


# --- effects ------------------------------------------------------------------------------------------------------------


class Mail(Value):
    """One letter to one audience: `kind` names the template (`outbox_templates/<lang>/<audience>-<kind>/`).

    `audience` is `applicant`, `officers` (those of the open task), `official` or `officer:<address>`.
    `said` carries the sentences the template shows: missing needs, remedies, a reason.
    """

    type: Literal["mail"] = "mail"
    key: str
    audience: str
    kind: str
    said: dict[str, tuple[str, ...]] = {}
    attach: tuple[str, ...] = ()


class Task(Value):
    """A task for an officer or the official: put one before them by rotation; `key` is also the case's task key.

    `quiet`: it stands in the queue, no mail is sent yet. `outcomes` are the words it takes. `due` as promised.
    """

    type: Literal["task"] = "task"
    key: str
    step: str
    performer: Literal["officer", "official"]
    outcomes: tuple[str, ...]
    due: datetime | None = None
    quiet: bool = False
    note: str = ""


class CloseTask(Value):
    """The task with this key no longer waits: decided, or void because the evidence changed or the case ended."""

    type: Literal["close-task"] = "close-task"
    key: str
    why: str


class TakeBack(Value):
    """An officer's word on the task with this key that still waits out its undo time no longer counts: the task is open again."""

    type: Literal["take-back"] = "take-back"
    key: str
    why: str


Effect = Annotated[Mail | Task | CloseTask | TakeBack, Field(discriminator="type")]


class Decision(Value):
    """What a pure decision yields: the next case value, effects with stable keys, and the name of what happened."""

    case: Case
    effects: tuple[Effect, ...] = ()
    event: str = ""
    note: str = ""
