"""What a mail of the applicant's is to its request: a keyword, else what the words mean, else documents and words for a person to read."""

from collections.abc import Mapping

from rules.case import CaseDocument
from rules.events import Said, Supplied
from rules.hearing import clauses
from rules.hearing.intent import Intent
from rules.hearing.replies import QUIET, about_data, reply
from rules.keywords import APPLICANT_WORDS
from rules.step import Step
from rules.words import Spoken, applicant_word

Words = Mapping[str, tuple[str, ...]]
_CALLS = frozenset({"problem", "complaint", "status"})
"""Words that only call a person or ask: they count below the quotation too, where many mail programs put the answer."""
_BESIDE_PAPERS = frozenset({"cancel", "complaint"})
"""What counts also in a mail that brings documents."""
_AFTER = {"works": "thanks"}
"""What it comes to after the request's end."""
_AS_THE_ROW_SAYS = {"agrees": "BENAR", "changed": "UBAH", "done": "SUDAH"}
"""Which of a row's own words an answer in other words means."""


def heard(
    text: str, below: str, documents: tuple[CaseDocument, ...], step: Step | None, words: Words | None = None
) -> Said | Supplied:
    """Return what a mail says to a request that stands in this row (None: it has ended); `words` take the place of the row's own."""
    own = words if words is not None else dict(step.words) if step and step.asks else {}
    spoken = applicant_word(text, own)
    if not text.strip():
        called = applicant_word(below).outcome
        if called in _CALLS:
            return Said(word=called, text=below.strip(), documents=documents)
    elif spoken.outcome is None or spoken.outcome == "finished":
        meant = _meant(text, spoken, own, step, with_documents=bool(documents))
        if meant:
            return Said(word=meant, text=text.strip(), documents=documents)
    if spoken.outcome is not None:  # the words as they were written: half of a sentence may say the opposite
        return Said(word=spoken.outcome, text=text.strip(), documents=documents)
    return Supplied(documents=documents, text=text or below)


def is_quiet(text: str) -> bool:
    """Whether words ask for nothing: thanks, or a promise."""
    agrees = clauses.read(text).has("agree")  # "benar" from somebody else may be meant as a word
    return applicant_word(text).outcome == "thanks" or (reply(text).name in QUIET and not agrees)


def meaning(text: str, own: Words, step: Step | None) -> Intent:
    """Return what words without a keyword mean in this row."""
    return about_data(text) if _answer(own, "BENAR") and step else reply(text)


def _meant(text: str, spoken: Spoken, own: Words, step: Step | None, *, with_documents: bool) -> str:
    """The word that a mail in other words means, "" where a person has to read it."""
    intent = meaning(text, own, step)
    if spoken.outcome == "finished":  # "sudah saya baca, besok saya ajukan" begins with a keyword
        return intent.name if intent.name in QUIET and not with_documents else ""
    if intent.name == "automatic" and not spoken.problem:
        return "automatic"
    if with_documents or (spoken.problem and intent.name not in QUIET):
        return (
            intent.name
            if intent.name in _BESIDE_PAPERS and intent.degree == "sure" and not spoken.problem
            else ""
        )
    if intent.degree == "sure":
        return _of_row(intent.name, own, step) or (
            intent.name
            if intent.name in _BESIDE_PAPERS
            else _AFTER.get(intent.name, "")
            if step is None
            else ""
        )
    return intent.name if intent.name in {*QUIET, "status"} else ""


def _of_row(name: str, own: Words, step: Step | None) -> str:
    """The row's own word for it, or SUDAH where the row is a step in AMS."""
    if name in _AS_THE_ROW_SAYS and (word := _answer(own, _AS_THE_ROW_SAYS[name])):
        return word
    return "finished" if name == "done" and step is not None and step.kind == "ams" else ""


def _answer(own: Words, spelled: str) -> str:
    """The outcome of the row that is answered with this keyword, "" for none; in a row of BENAR it is that row's question."""
    if spelled in APPLICANT_WORDS["finished"] and not any(spelled in words for words in own.values()):
        return ""
    return next((outcome for outcome, words in own.items() if spelled in words), "")
