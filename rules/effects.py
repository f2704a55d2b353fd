"""What a decision wants done: values with a stable key each, so that a repetition changes nothing."""

from datetime import datetime
from typing import Annotated, Literal

from pydantic import Field

from rules.case import Case, CaseDocument, Person, Relation, Value
from rules.events import ChildEnded, ParentEnded


class Mail(Value):
    """One letter to one audience: `kind` names the template (`outbox_templates/<lang>/<audience>-<kind>/`).

    `audience` is `applicant`, `holder`, `officers` (those of the open task), `official` or `officer:<address>`.
    `drafts` names prefilled letters to attach. `said` carries the sentences the template shows: missing needs, remedies, a reason.
    """

    type: Literal["mail"] = "mail"
    key: str
    audience: str
    kind: str
    said: dict[str, tuple[str, ...]] = Field(default_factory=dict)
    drafts: tuple[str, ...] = ()


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


class HandOn(Value):
    """Half the promise has passed without a word: the task with this key is put before a colleague too; the first word counts."""

    type: Literal["hand-on"] = "hand-on"
    key: str
    why: str


class Open(Value):
    """Another case is opened, in the same breath. `id` is given for a child (it has its parent's number); else the shell gives one.

    `at`: how it begins, `parent` or `linked` (the SOP's opening of that name), or for a sibling the row it was split off at.
    """

    type: Literal["open"] = "open"
    key: str
    relation: Relation
    sop: str
    at: str
    id: str | None = None
    facts: dict[str, str] = Field(default_factory=dict)
    holds: tuple[str, ...] = ()
    documents: tuple[CaseDocument, ...] = ()
    persons: tuple[Person, ...] = ()
    text: str = ""
    silent: bool = False


class Signal(Value):
    """An event for another case: a child for its parent, a parent for its child."""

    type: Literal["signal"] = "signal"
    key: str
    to: str
    event: ChildEnded | ParentEnded


Effect = Annotated[Mail | Task | CloseTask | TakeBack | HandOn | Open | Signal, Field(discriminator="type")]


class Decision(Value):
    """What a pure decision yields: the next case value, effects with stable keys, and the name of what happened."""

    case: Case
    effects: tuple[Effect, ...] = ()
    event: str = ""
    note: str = ""
