"""What an officer asks the counter for in a mail of their own: the first word of the new text, or of the subject where the text is empty.

Officers write of other business to the same mailbox, so a word counts only where what follows it fits: `LAYANAN` wants a number,
`BANTUAN` nothing. What looks like a try is answered too: the word in capitals with few words behind it, or one that is nearly right in a
mail that says hardly more.
"""

import re
from dataclasses import dataclass

from rules import keywords
from rules.keywords import normal, tokens
from rules.language.tolerance import nearest
from rules.opening import Said, first_word, meanings

_WORDS = meanings(keywords.OWN_MAIL_WORDS)
_PREFIX = re.compile(r"^(?:(?:re|fw|fwd|bls|balas|trs|terusan)\s*:\s*)+", re.IGNORECASE)
_IDLE = keywords.POLITE | {"terima", "kasih", "terimakasih", "hari", "ini", "tugas", "mohon", "tolong", "please", "my", "today", "thanks",
                           "minta", "daftar", "pak", "bu", "bapak", "ibu", "now", "sekarang", "thank"}  # fmt: skip
_OF_ONE = frozenset({"case", "note", "take"})
_SHORTEST_NEAR = 5
"""Shorter words are near too many others (`Noted` is no NOTE)."""
_SHORT_MAIL = 4
"""Words of a first line beside the keyword that still look like an errand."""
_FEW = 2
_LONGEST_SEARCH = 8


@dataclass(frozen=True, kw_only=True)
class Errand:
    """`kind` is one of `keywords.OWN_MAIL_WORDS`, or `nearly`; `word` as written, `meant` the word it is nearly; then the rest."""

    kind: str
    word: str
    rest: str = ""
    more: str = ""
    meant: str = ""


def errand(new_text: str, subject: str, *, about_one: bool = False) -> Errand | None:
    """Return what an officer's own mail asks for, None for a mail about something else.

    `about_one`: the mail answers a letter about one request, which needs no number then.
    """
    said = first_word(
        new_text if new_text.strip() else _PREFIX.sub("", subject.strip()), keywords.OWN_MAIL_WORDS
    )
    if said is None:
        return None
    kind = _WORDS.get(normal(said.word))
    if kind is not None:
        fits = _fits(kind, said) or (about_one and kind in _OF_ONE) or _is_try(kind, said)
        return (
            Errand(kind=kind, word=said.word, rest=said.rest.strip(), more=said.more.strip())
            if fits
            else None
        )
    meant = nearly(said.word, tuple(_WORDS))
    if meant and len(tokens(normal(said.rest))) <= _SHORT_MAIL and _fits(_WORDS[meant], said):
        return Errand(kind="nearly", word=said.word, rest=said.rest.strip(), meant=meant.upper())
    return None


def nearly(word: str, known: tuple[str, ...]) -> str:
    """Return the known word (comparable form) that `word`, which is none, was probably meant for, "" if there is none."""
    spelled = normal(word)
    if len(spelled) < _SHORTEST_NEAR:
        return ""
    return nearest(spelled, [each for each in known if len(each) >= _SHORTEST_NEAR])


def _fits(kind: str, said: Said) -> bool:
    rest = [token.group() for token in tokens(normal(said.rest))]
    if kind in {"queue", "help"}:
        return set(rest) <= _IDLE
    if kind in _OF_ONE:
        return not rest or bool(re.search(r"\d", said.rest))
    return kind != "find" or len(rest) <= _LONGEST_SEARCH


def _is_try(kind: str, said: Said) -> bool:
    """Tell whether somebody tries the word though what follows does not fit it; a mail all in capitals is not one for its first word."""
    rest = tokens(said.rest)
    few = len(rest) <= _FEW or (len(rest) <= _SHORT_MAIL and not said.rest.isupper())
    if kind == "note":
        return said.word.isupper() or len(rest) <= _FEW
    return kind != "register" and said.word.isupper() and few
