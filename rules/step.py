"""One row of an SOP's table, as a frozen value. What a row *is* follows from what it has (`Step.kind`)."""

from typing import Annotated, Literal

from pydantic import Field, StringConstraints

from rules.case import Text, Value
from rules.span import SpanText

Kind = Literal["needs", "task", "ams", "ask", "child", "tell", "pass"]
Name = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9]*(-[a-z0-9]+)*$")]
Sentence = Annotated[str, StringConstraints(min_length=1, strip_whitespace=True)]

WAITS_FOR_APPLICANT = frozenset({"needs", "ask", "ams", "child"})
"""Kinds of rows in which the applicant has something to do: the stages of a request (`langkah 2 dari 3`)."""
SILENT, LETTER, LIMIT, OTHERWISE = "silent", "letter", "limit", "otherwise"
"""Outcomes that are no word: no answer to any reminder, a letter without a keyword, the rounds used up, any ending not named."""


class Step(Value):
    """One row of the signed table, or one that the source lacks (`added`: why).

    `action`, `conditions` (the lines below it), `completeness`, `time`, `output` are the source's own words; `source_says` and
    `we_read` keep a row that is read otherwise than it is printed. `where = "ams"`: done in BSrE's application, where this program
    sees nothing. `instruct` tells the applicant what to do there, `look_in_ams` tells the officer what to compare. `no_return`: from
    here BATAL is too late. `text`: words that want a sentence after them. `words`: a row's own keywords, by the outcome they mean.
    `explain`: what a word means in this row, for the letter that offers it. `question`: what the applicant is asked in a row of words.
    `fact`: what is known from elsewhere may answer for the officer, but only with a value of `sure`. `child`: the SOP that is opened
    and waited for; it begins with the facts it `gives`, and the endings it `holds` are told by our next letter instead of its own.
    `reopens`: the row at which a letter opens this ending again, in the time of `waiting.reopen`. `news`: how another letter tells of this ending, or of what is told in passing, in one sentence. `drafts`: prefilled letters attached to what the applicant gets
    in this row. `approvals`: how many officers must approve.
    """

    id: Name
    no: Annotated[int, Field(ge=1)] | None = None
    added: Sentence | None = None
    performer: Literal["applicant", "officer", "official"]
    action: Sentence
    action_en: Sentence
    conditions: tuple[Sentence, ...] = ()
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
    question: Text | None = None
    where: Literal["ams"] | None = None
    instruct: Text | None = None
    no_return: bool = False
    look_in_ams: Text | None = None
    text: tuple[str, ...] = ()
    fact: Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9_-]*$")] | None = None
    sure: tuple[Name, ...] = ()
    child: Name | None = None
    gives: dict[str, str] = Field(default_factory=dict)
    holds: tuple[Name, ...] = ()
    drafts: tuple[Name, ...] = ()
    tell: Name | None = None
    news: Text | None = None
    next: str | None = None
    ends: Literal["fulfilled", "moot"] | None = None
    reopens: str | None = None
    approvals: Annotated[int, Field(ge=1, le=3)] = 1

    @property
    def kind(self) -> Kind:
        """What kind of row it is, from what it has."""
        if self.child:
            return "child"
        if self.needs:
            return "needs"
        if self.where == "ams":
            return "ams"
        if self.outcomes:
            return "ask" if self.performer == "applicant" else "task"
        return "tell" if self.tell or self.ends else "pass"

    @property
    def asks(self) -> bool:
        """Whether the applicant may answer this row with a word of its own."""
        return self.kind in {"needs", "ask"} and bool(self.words)

    def says(self, language: str) -> str:
        """Return the row's action in a language of the letters."""
        return self.action_en if language == "en" else self.action

    def target(self, outcome: str) -> str | None:
        """Return the row or ending an outcome leads to. `KURANG` at a row in AMS asks the applicant the same again."""
        return self.edges.get(outcome)

    @property
    def edges(self) -> dict[str, str]:
        """Every way out of this row, by outcome; `next` where the row is left in the same breath."""
        ways = {"next": self.next} if self.next else {}
        if self.kind == "ams":
            ways["incomplete"] = self.id
        return ways | self.outcomes
