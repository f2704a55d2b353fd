"""The one word by which an officer says which service a mail is for, or that it is for none."""

from dataclasses import dataclass

from mailflow.office import Office
from mailflow.outbox.letter import Word
from rules.errands import nearly
from rules.keywords import IGNORE_WORDS, NEGATIONS, normal, tokens
from rules.opening import Words, first_word, meanings

IGNORE = "ignore"


@dataclass(frozen=True)
class Choice:
    """What an officer chose: an SOP's id, `ignore`, or "" where it cannot be told; `nearly` is the word that was probably meant."""

    what: str
    nearly: str = ""


def offered(office: Office, language: str, *, ignore: bool) -> tuple[Word, ...]:
    """Return the words with what they do, for a letter."""
    english = language == "en"
    found = [
        Word(word=sop.word[-1 if english else 0], meaning=sop.service.in_(language))
        for sop in office.rules.sops.values()
    ]
    if ignore:
        meaning = (
            "other business; the e-mail stays in the inbox"
            if english
            else "urusan lain; e-mailnya tetap di kotak masuk"
        )
        found.append(Word(word=IGNORE_WORDS[english], meaning=meaning))
    return tuple(found)


def choose(office: Office, text: str) -> Choice:
    """Return what the first word of a text chooses; a second choice, a `bukan` or a question on its line leaves it undecided."""
    words = _words(office)
    said, known = first_word(text, words), meanings(words)
    if said is None:
        return Choice("")
    what = known.get(normal(said.word))
    if what is None:
        return Choice("", nearly(said.word, tuple(known)).upper())
    rest = [token.group() for token in tokens(normal(said.rest))]
    doubtful = "?" in said.rest or any(known.get(each, what) != what or each in NEGATIONS for each in rest)
    return Choice("" if doubtful else what)


def _words(office: Office) -> Words:
    return {**{sop.id: tuple(sop.word) for sop in office.rules.sops.values()}, IGNORE: IGNORE_WORDS}
