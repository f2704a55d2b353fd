"""The schema of an SOP file: a list of the signed table's own rows, as frozen values.

The file is laid beside the signed SOP by the official who signed it, so the rows keep its order, numbers and sentences.
What a row *is* follows from what it has (`Step.kind`); the machine is derived from the rows and never written down.
An unknown key is an error: a misspelt rule must not be a rule that silently does nothing.
"""

import json
from datetime import date
from functools import cached_property
from hashlib import sha256
from typing import Annotated, Any, Literal

from pydantic import BeforeValidator, Field, StringConstraints, model_validator

from parsers.facts import DocumentKind
from rules.case import Text, Value
from rules.span import SpanText

ENDINGS = ("rejected", "lapsed", "cancelled")
"""Endings every SOP has without writing them."""

Kind = Literal["needs", "task", "ams", "tell", "pass"]
Name = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9]*(-[a-z0-9]+)*$")]
Sentence = Annotated[str, StringConstraints(min_length=1, strip_whitespace=True)]
FieldName = Literal[
    "name", "nip", "nik", "rank", "position", "unit", "institution", "official_email",
    "phone", "letter_number", "letter_date", "reason", "changes", "persons",
]  # fmt: skip


def _as_tuple(value: object) -> object:
    return (value,) if isinstance(value, str) else value


class Need(Value):
    """Something the applicant must send: one of the `document` kinds, with the `fields` an officer will look for.

    `label` names it inside a sentence, `how` says how to get it.
    """

    document: Annotated[tuple[DocumentKind, ...], BeforeValidator(_as_tuple), Field(min_length=1)]
    fields: tuple[FieldName, ...] = ()
    label: Text
    how: Text


class Waiting(Value):
    """How long the applicant's turn lasts; each span counts from the mail before it.

    `remind`: when to remind; `close`: how long after the last reminder the case lapses; `reopen`: how long after its end new
    documents open it again; `rounds`: how often one officer's row may ask back before somebody must decide.
    """

    remind: Annotated[tuple[SpanText, ...], Field(min_length=1)]
    close: SpanText
    reopen: SpanText
    rounds: Annotated[int, Field(ge=1, le=20)]


class Opens(Value):
    """Who may open a case, and at which row it begins."""

    letter: str


class Recognise(Value):
    """Phrases that name this SOP in a subject or a sentence, per language."""

    id: Annotated[tuple[Sentence, ...], Field(min_length=1)]
    en: Annotated[tuple[Sentence, ...], Field(min_length=1)]


class Help(Value):
    """What an applicant may try first and how the pieces are got: dated, because AMS changes."""

    asof: date
    id: Sentence
    en: Sentence


class Example(Value):
    """A few words and where they lead; the loader plays it.

    `says`: ids of needs (one mail), officers' and applicants' keywords, `silence`. `then`: a row or an ending.
    """

    says: Annotated[tuple[Sentence, ...], Field(min_length=1)]
    then: str


class Step(Value):
    """One row of the signed table, or one that the source lacks (`added`: why).

    `action`, `completeness`, `time`, `output` are the source's own words; `source_says` and `we_read` keep a row that is read
    otherwise than it is printed. `where = "ams"`: done in BSrE's application, where this program sees nothing. `instruct` tells
    the applicant what to do there, `look_in_ams` tells the officer what to compare. `no_return`: from here BATAL is too late.
    `text`: words that want a sentence after them. `words`: a row's own keywords, by the outcome they mean. `explain`: what a
    word means in this row, for the officer's letter, where the general sentence is not enough.
    """

    id: Name
    no: Annotated[int, Field(ge=1)] | None = None
    added: Sentence | None = None
    performer: Literal["applicant", "officer", "official"]
    action: Sentence
    action_en: Sentence
    completeness: str = ""
    time: SpanText | None = None
    output: str = ""
    source_says: str = ""
    we_read: str = ""
    needs: tuple[str, ...] = ()
    checks: tuple[str, ...] = ()
    outcomes: dict[str, str] = Field(default_factory=dict)
    words: dict[str, tuple[Sentence, ...]] = Field(default_factory=dict)
    explain: dict[str, Text] = Field(default_factory=dict)
    where: Literal["ams"] | None = None
    instruct: Text | None = None
    no_return: bool = False
    look_in_ams: Text | None = None
    text: tuple[str, ...] = ()
    tell: Name | None = None
    next: str | None = None
    ends: Literal["fulfilled", "moot"] | None = None
    approvals: Annotated[int, Field(ge=1, le=3)] = 1

    @property
    def kind(self) -> Kind:
        """What kind of row it is, from what it has."""
        if self.needs:
            return "needs"
        if self.where == "ams":
            return "ams"
        if self.performer != "applicant" and self.outcomes:
            return "task"
        return "tell" if self.tell or self.ends else "pass"

    def says(self, language: str) -> str:
        """Return the row's action in a language of the letters."""
        return self.action_en if language == "en" else self.action

    def target(self, outcome: str) -> str | None:
        """Return the row or ending an outcome leads to. `KURANG` at a row in AMS asks the applicant the same again."""
        if outcome == "incomplete" and self.kind == "ams":
            return self.outcomes.get(outcome, self.id)
        return self.outcomes.get(outcome)

    @property
    def edges(self) -> dict[str, str]:
        """Every way out of this row, by outcome; `next` where the row is left in the same breath."""
        ways = {"next": self.next} if self.next else {}
        if self.kind == "ams":
            ways["incomplete"] = self.id
        return ways | self.outcomes


class Sop(Value):
    """One SOP. `title` as it is signed, `service` as a sentence names it (`permohonan <service>`).

    `steps` keeps the order of the table; `rows` is how many numbered rows the signed table has.

    `text` is the file it was read from, so that a case can keep the version it began under.
    """

    id: Name
    decree: Sentence
    promise: SpanText
    fee: Sentence
    rows: Annotated[int, Field(ge=1)]
    title: Text
    service: Text
    opens: Opens
    needs: dict[Name, Need] = Field(default_factory=dict)
    waiting: Waiting
    steps: Annotated[dict[str, Step], Field(min_length=1)]
    recognise: Recognise
    help: Help
    examples: Annotated[tuple[Example, ...], Field(min_length=1)]
    text: str = Field(default="", repr=False)

    @model_validator(mode="before")
    @classmethod
    def _name_the_steps(cls, data: Any) -> Any:
        """Give each row its table's name, so that a row knows its id."""
        if not isinstance(data, dict) or not isinstance(data.get("steps"), dict):
            return data
        named = {
            key: {**row, "id": key} if isinstance(row, dict) else row for key, row in data["steps"].items()
        }
        return {**data, "steps": named}

    @cached_property
    def digest(self) -> str:
        """Lower-case hex SHA-256 of the meaning: comments, layout and examples do not change it, the order of rows does."""
        meaning = self.model_dump(mode="json", exclude={"examples", "text"})
        meaning["steps"] = list(meaning["steps"].values())
        return sha256(json.dumps(meaning, sort_keys=True, ensure_ascii=False).encode()).hexdigest()

    def steps_ahead(self, step: str) -> tuple[str, ...]:
        """Return the rows in AMS that lie ahead of the applicant, from `step` on without a break."""
        order = list(self.steps)
        ahead: list[str] = []
        for name in order[order.index(step) :]:
            if self.steps[name].kind != "ams":
                break
            ahead.append(name)
        return tuple(ahead)

    def between(self, step: str, target: str) -> tuple[str, ...]:
        """Return the rows that a step from `step` to `target` passes over, in the order of the table."""
        order = list(self.steps)
        if target not in self.steps:
            return ()
        return tuple(order[order.index(step) + 1 : order.index(target)])
