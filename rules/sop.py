"""The schema of an SOP file: a list of the signed table's own rows, as frozen values.

The file is laid beside the signed SOP by the official who signed it, so the rows keep its order, numbers and sentences.
What a row *is* follows from what it has (`Step.kind`); the machine is derived from the rows and never written down.
An unknown key is an error: a misspelt rule must not be a rule that silently does nothing.
"""

import json
from collections.abc import Mapping
from datetime import date
from functools import cached_property
from hashlib import sha256
from typing import Annotated, Any, Literal

from pydantic import AfterValidator, BeforeValidator, Field, model_validator

from parsers.facts import DocumentKind
from rules.case import Text, Value
from rules.hearing import frames
from rules.span import SpanText
from rules.step import WAITS_FOR_APPLICANT, Kind, Name, Sentence, Step

__all__ = ["ENDINGS", "Kind", "Sop", "Step"]

ENDINGS = ("rejected", "lapsed", "cancelled")
"""Endings every SOP has without writing them."""

FieldName = Literal[
    "name", "nip", "nik", "rank", "position", "unit", "institution", "official_email",
    "phone", "letter_number", "letter_date", "reason", "changes", "persons",
]  # fmt: skip
Words = Annotated[tuple[Sentence, ...], Field(min_length=2)]
"""A keyword in each language, Indonesian first, English last."""


def _known_frame(spelled: str) -> str:
    frames.check(spelled)
    return spelled


Frames = tuple[Annotated[str, AfterValidator(_known_frame)], ...]
"""Frames as they are written, every concept of them known."""


def _as_tuple(value: object) -> object:
    return (value,) if isinstance(value, str) else value


class Need(Value):
    """Something the applicant must send: one of the `document` kinds, with the `fields` an officer will look for.

    `label` names it inside a sentence, `how` says how to get it; `short` is what a subject calls it; `draft` names the prefilled letter
    that is attached where it is asked for.
    """

    document: Annotated[tuple[DocumentKind, ...], BeforeValidator(_as_tuple), Field(min_length=1)]
    fields: tuple[FieldName, ...] = ()
    label: Text
    how: Text
    draft: Name | None = None


class Waiting(Value):
    """How long the applicant's turn lasts; each span counts from the mail before it.

    `remind`: when to remind; `close`: how long after the last reminder the case lapses; `reopen`: how long after its end new
    documents open it again; `rounds`: how often one row may ask back before somebody must decide.
    """

    remind: Annotated[tuple[SpanText, ...], Field(min_length=1)]
    close: SpanText
    reopen: SpanText
    rounds: Annotated[int, Field(ge=1, le=20)]


class Opens(Value):
    """Who may open a case, and at which row it begins.

    `letter`: somebody writes. `notice`: somebody answers our notice. `parent`: another SOP needs it done. `linked`: PENGADUAN about a
    case. `holder`: where somebody else writes for the certificate's holder, the holder is asked first (`confirms`), or is told at once and
    may object until an officer has decided (`told`): what cannot wait for an answer.
    """

    letter: str | None = None
    notice: str | None = None
    parent: str | None = None
    linked: str | None = None
    holder: Literal["confirms", "told"] | None = None

    @property
    def rows(self) -> dict[str, str]:
        """The rows at which a case may begin, by who opens it."""
        ways = {
            "letter": self.letter,
            "notice": self.notice,
            "parent": self.parent,
            "linked": self.linked,
        }
        return {way: row for way, row in ways.items() if row is not None}


class Recognise(Value):
    """Phrases that name this SOP in a subject or a sentence, per language.

    `means`: frames of concepts that ask for it, in whatever words (`rules.hearing.frames`). `about`: things that are at stake. An urgent reason beside one of them asks for this SOP too, in whatever words: whoever has lost a
    device with their certificate does not know what the service is called.
    """

    id: Annotated[tuple[Sentence, ...], Field(min_length=1)]
    en: Annotated[tuple[Sentence, ...], Field(min_length=1)]
    about: tuple[Sentence, ...] = ()
    means: Frames = ()


class Help(Value):
    """What an applicant may try first and how the pieces are got: dated, because AMS changes."""

    asof: date
    id: Sentence
    en: Sentence


class Reason(Value):
    """A reason as AMS lists it: its RFC 5280 §5.3.1 code, how letters spell it (`synonyms`, the name itself besides), its English name.

    `means`: frames of concepts that tell it (`rules.hearing.frames`).
    """

    code: str
    en: Sentence
    synonyms: tuple[Sentence, ...] = ()
    means: Frames = ()


class Urgent(Value):
    """A fact that raises a request's priority: it jumps the queue, `promise` replaces the SOP's, officers and official are told at once."""

    fact: Literal["reason"]
    is_: Annotated[tuple[str, ...], Field(alias="is", min_length=1)]
    promise: SpanText


class Sort(Value):
    """A class of request with a promise of its own; an officer sorts it with one of `words`."""

    label: Text
    words: Words
    promise: SpanText


class Reading(Value):
    """A reading of the source that belongs to no single row (for `Catatan penafsiran`)."""

    where: Sentence
    source_says: Sentence
    we_read: Sentence


class Identity(Value):
    """The identity block of an Indonesian SOP document (PermenPANRB 35/2012), as signed; what is empty is filled in by hand.

    `performers`: what the columns of the table are called there, where not Pemohon, Petugas, Pejabat.
    """

    number: str = ""
    made: str = ""
    revised: str = ""
    effective: str = ""
    approved_by: str = ""
    legal_basis: tuple[Sentence, ...] = ()
    qualifications: tuple[Sentence, ...] = ()
    related: tuple[Sentence, ...] = ()
    equipment: tuple[Sentence, ...] = ()
    warnings: tuple[Sentence, ...] = ()
    records: tuple[Sentence, ...] = ()
    performers: dict[Literal["applicant", "officer", "official"], Sentence] = Field(default_factory=dict)


class Example(Value):
    """A few words and where they lead; the loader plays it.

    `opens`: how the case begins. `says`: ids of needs (one mail), officers' and applicants' keywords, `silence`, `text` (a letter
    without a keyword), `child ENDING`, `alarm`. `then`: a row or an ending.
    """

    opens: Literal["letter", "notice", "parent", "linked"] | None = None
    says: tuple[Sentence, ...]
    then: str


class Sop(Value):
    """One SOP. `title` as it is signed, `service` as a sentence names it (`permohonan <service>`).

    `word` is the one word by which an officer sorts a mail to this SOP. `persons = "many"`: one letter may name many persons, who stay
    one case. `rows` is how many numbered rows the signed table has; `steps` keeps its order.
    The loader fills `text`, the file it was read from, so that a case can keep the version it began under, and `children`, the digests
    of the SOPs this one opens.
    """

    id: Name
    decree: Sentence
    promise: SpanText
    fee: Sentence
    rows: Annotated[int, Field(ge=1)]
    persons: Literal["one", "many"] = "one"
    title: Text
    service: Text
    word: tuple[Sentence, ...] = ()
    opens: Opens
    needs: dict[Name, Need] = Field(default_factory=dict)
    waiting: Waiting
    steps: Annotated[dict[str, Step], Field(min_length=1)]
    recognise: Recognise
    help: Help
    reasons: dict[str, Reason] = Field(default_factory=dict)
    urgent: tuple[Urgent, ...] = ()
    classes: dict[Name, Sort] = Field(default_factory=dict)
    identity: Identity = Identity()
    readings: tuple[Reading, ...] = ()
    examples: Annotated[tuple[Example, ...], Field(min_length=1)]
    text: str = Field(default="", repr=False)
    children: dict[str, str] = Field(default_factory=dict)

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
        """Lower-case hex SHA-256 of the meaning, children included: comments, layout and examples do not change it, the order of rows does."""
        meaning = self.model_dump(mode="json", by_alias=True, exclude={"examples", "text"})
        meaning["steps"] = list(meaning["steps"].values())
        return sha256(json.dumps(meaning, sort_keys=True, ensure_ascii=False).encode()).hexdigest()

    def with_children(self, digests: Mapping[str, str]) -> "Sop":
        """Return the SOP with the digests of those it opens; its own digest is reckoned anew."""
        copy = self.model_copy(update={"children": dict(digests)})
        copy.__dict__.pop("digest", None)
        return copy

    @property
    def opened_sops(self) -> tuple[str, ...]:
        """The SOPs that rows of this one open."""
        return tuple(dict.fromkeys(step.child for step in self.steps.values() if step.child))

    def steps_ahead(self, step: str) -> tuple[str, ...]:
        """Return the rows the applicant has to do in AMS from `step` on without a break, a child's with its own instruction among them."""
        order = list(self.steps)
        ahead: list[str] = []
        for name in order[order.index(step) :]:
            row = self.steps[name]
            if row.kind not in {"ams", "child"} or row.instruct is None:
                if row.added:
                    continue
                break
            if not row.added or name == step:
                ahead.append(name)
        return tuple(ahead)

    def stage(self, step: str) -> tuple[int, int]:
        """Return which of how many stages of the applicant a row belongs to; (1, 1) where there is only one."""
        order = list(self.steps)
        stages = [
            name for name in order if self.steps[name].kind in WAITS_FOR_APPLICANT and self.steps[name].no
        ]
        passed = [name for name in stages if order.index(name) <= order.index(step)]
        return max(1, len(passed)), max(1, len(stages))

    def between(self, step: str, target: str) -> tuple[str, ...]:
        """Return the rows that a step from `step` to `target` passes over, in the order of the table."""
        order = list(self.steps)
        if target not in self.steps:
            return ()
        return tuple(order[order.index(step) + 1 : order.index(target)])
