"""What can happen to a case. An event is a value with what is proven of it; weighing it is `decide`'s."""

from typing import Annotated, Literal

from pydantic import Field

from rules.case import CaseDocument, News, Text, Value


class Opened(Value):
    """Something opened the case: a letter, an answer to a notice (`word`: with this word of the row), its parent, PENGADUAN.

    `silent`: the applicant has been told by the letter that opened it.
    """

    type: Literal["opened"] = "opened"
    documents: tuple[CaseDocument, ...] = ()
    text: str = ""
    word: str = ""
    silent: bool = False


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

    `remedies` are the sentences of the numbers that were given, `text` what was written freely, `besides` the persons (by number) that
    an approval leaves out, `because` why.
    """

    type: Literal["word"] = "word"
    task: str
    officer: str
    official: bool = False
    outcome: str
    text: str = ""
    remedies: tuple[Text, ...] = ()
    besides: tuple[int, ...] = ()
    because: str = ""


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


class ChildEnded(Value):
    """A child case came to its end: `ending` is its last row or one of `ENDINGS`, `news` what is still to be told to the applicant."""

    type: Literal["child-ended"] = "child-ended"
    child: str
    ending: str
    news: tuple[News, ...] = ()


class ParentEnded(Value):
    """The case this one belongs to came to its end while this one was open."""

    type: Literal["parent-ended"] = "parent-ended"
    ending: str


class Confirmed(Value):
    """The holder answered, from their own official address, whether the request made for them is theirs; None: in other words."""

    type: Literal["confirmed"] = "confirmed"
    theirs: bool | None
    text: str = ""


class Overheard(Value):
    """Somebody else wrote in the applicant's conversation: a superior in Cc, a colleague, the applicant from another address.

    It proves nothing and decides nothing. `papers`: names of the files that came with it.
    """

    type: Literal["overheard"] = "overheard"
    text: str = ""
    papers: tuple[str, ...] = ()


class Stopped(Value):
    """An administrator closed the case by hand; nobody is written to."""

    type: Literal["stopped"] = "stopped"
    reason: str


Event = Annotated[
    Opened
    | Supplied
    | Said
    | Word
    | Woke
    | Bounced
    | ChildEnded
    | ParentEnded
    | Confirmed
    | Overheard
    | Stopped,
    Field(discriminator="type"),
]
