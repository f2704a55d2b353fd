"""What a reply says: the keyword that is the first word of its new text, after greetings.

Half a word decides nothing. A reply that negates, asks, sets a condition or says two things is asked back, and so is one that
cannot be understood; `problem` says which, for the officer to read.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from rules import approval, keywords
from rules.besides import LeftOut, left_out
from rules.case import Person, Text
from rules.keywords import normal, tokens
from rules.opening import Said, Words, first_word, meanings, only_thanks

NOT_UNDERSTOOD = Text(
    id="kata kunci tidak ditemukan di awal balasan", en="no keyword at the beginning of the reply"
)
EMPTY = Text(id="balasan tidak berisi teks baru", en="the reply has no new text")
NEGATED = Text(id="balasan diawali dengan kata yang meniadakan", en="the reply begins by saying no")
AMBIGUOUS = Text(id="kata itu dapat berarti dua hal", en="that word can mean two things")
CONFLICT = Text(id="ada lebih dari satu kata kunci", en="there is more than one keyword")
CONDITION = Text(
    id="persetujuan itu bersyarat atau diberi pengecualian",
    en="the word is given with a condition or an exception",
)
WHOM = Text(
    id="siapa yang dikecualikan belum jelas; tulis nomornya (atau nama lengkapnya), bila perlu diikuti karena dan alasannya",
    en="it is not clear who is left out; write the number (or the whole name), if need be with because and the reason",
)
QUESTION = Text(id="kata itu ditulis sebagai pertanyaan", en="the word is written as a question")

_FORWARDS = frozenset({"teruskan", "diteruskan", "forward"})
_UNDONE = frozenset({"belum", "blm", "bukan", "gagal", "not"})
_STRICT = {"approve", "done", "undo", "grant", "take"}
_NO_REASON = frozenset({"reject", "undo", "grant"})
"""Words of an officer that decide something else, also within the reason why somebody is left out."""
_HIGHEST_NUMBER = 20
_NUMBERS = re.compile(
    r"(?:(?:no|nomor|nomer|number|poin|point|butir|angka)\b[.:\s]*)?((?:\d{1,2}(?!\d)(?:\s*(?:,|;|&|/|\bdan\b|\band\b)\s*|\s+)?)+)",
    re.IGNORECASE,
)
_COUNTED = {
    "berkas",
    "lembar",
    "dokumen",
    "halaman",
    "foto",
    "buah",
    "hal",
    "hari",
    "jam",
    "file",
    "files",
    "page",
    "pages",
    "document",
    "documents",
    "day",
    "days",
}


@dataclass(frozen=True, kw_only=True)
class Spoken:
    """What a reply says. `outcome` is None where nothing counts; then `problem` (`problem_en`) says why, if it was a try.

    `word` is the first word as written, `text` what was written after it, `numbers` those given right after TOLAK or KURANG, `besides`
    those of the persons that SETUJU KECUALI leaves out, `because` why.
    """

    outcome: str | None
    word: str = ""
    text: str = ""
    numbers: tuple[int, ...] = ()
    besides: tuple[int, ...] = ()
    because: str = ""
    problem: str = ""
    problem_en: str = ""


def officer_word(new_text: str, declared: Words | None = None, persons: Sequence[Person] = ()) -> Spoken:
    """Read an officer's reply to a task; `declared` are the SOP row's own words, by outcome, `persons` those the letter lists."""
    words = {**keywords.OFFICER_WORDS, **(declared or {})}
    said, known = first_word(new_text, words), meanings(words)
    if said is None:
        return _refused(NOT_UNDERSTOOD if new_text.strip() else EMPTY, "")
    outcome = known.get(normal(said.word))
    without = left_out(said, persons) if outcome == "approve" else None
    said = without.said if without else said
    problem = _exception_doubt(without, known, listed=len(persons) > 1) if without else None
    if problem is None:
        doubt = None if outcome is None else _officer_doubt(outcome, said, known, set(declared or ()))
        problem = _why_nothing(said) if outcome is None else doubt
    if problem is not None:
        return _refused(problem, said.word)
    text = _join(said)
    numbers: tuple[int, ...] = ()
    if outcome in {"reject", "incomplete"}:
        numbers, text = _numbers(text)
    besides, because = (without.numbers, without.because) if without else ((), "")
    return Spoken(
        outcome=outcome, word=said.word, text=text, numbers=numbers, besides=besides, because=because
    )


def applicant_word(new_text: str, declared: Words | None = None) -> Spoken:
    """Read an applicant's reply; a free sentence is no word and no problem. `thanks` is a reply that only thanks."""
    if only_thanks(new_text):
        return Spoken(outcome="thanks", text=new_text.strip())
    words = {**keywords.APPLICANT_WORDS, **(declared or {})}
    said, known = first_word(new_text, words), meanings(words)
    outcome = known.get(normal(said.word)) if said else None
    if said is None or outcome is None:
        return Spoken(outcome=None, word=said.word if said else "")
    problem = _applicant_doubt(outcome, said, known)
    if problem is not None:
        return _refused(problem, said.word)
    return Spoken(outcome=outcome, word=said.word, text=_join(said))


# --- doubts --------------------------------------------------------------------------------------------------------------


def _why_nothing(said: Said) -> Text:
    word = normal(said.word)
    if word in keywords.NEGATIONS:
        return NEGATED
    return AMBIGUOUS if word in keywords.AMBIGUOUS else NOT_UNDERSTOOD


def _officer_doubt(outcome: str, said: Said, known: Mapping[str, str], declared: set[str]) -> Text | None:
    """Return why an officer's word cannot be taken as it stands. What follows TOLAK and KURANG is free."""
    line = _spelled(said.rest)
    if outcome == "incomplete" and line[:1] and known.get(line[0]) == "approve":
        return NEGATED  # "kurang setuju" is a polite no
    if outcome not in _STRICT | declared:
        return None
    openings = _first_words_of_lines(said.more)
    if any(known.get(each, outcome) != outcome or each in _FORWARDS for each in (*line, *openings)):
        return CONFLICT
    if _half_taken_back(outcome, said, set(line)):
        return CONDITION
    return QUESTION if "?" in said.rest else None


def _exception_doubt(without: LeftOut, known: Mapping[str, str], *, listed: bool) -> Text | None:
    """Return why an exception to an approval cannot be taken; `listed`: there is a list to choose from."""
    if not without.understood:
        return WHOM if listed else CONDITION
    reason = _spelled(without.because)
    if any(known.get(each) in _NO_REASON or each in _FORWARDS for each in reason):
        return CONFLICT
    return QUESTION if "?" in without.because else None


def _half_taken_back(outcome: str, said: Said, line: set[str]) -> bool:
    if outcome == "approve":
        return not approval.is_plain(said.rest) or approval.is_taken_back(said.more)
    return outcome == "done" and bool(_UNDONE & line)


def _applicant_doubt(outcome: str, said: Said, known: Mapping[str, str]) -> Text | None:
    """Return why an applicant's word cannot be taken; a word that only calls a person or asks is always taken."""
    line = _spelled(said.rest)
    if outcome in {"status", "problem", "complaint"}:
        return None
    if "?" in said.rest:
        return QUESTION
    if line[:1] and known.get(line[0], outcome) != outcome:
        return CONFLICT  # further on the line, `sudah` and `benar` are everyday words
    undecided = outcome != "finished" and line[:1] and line[0] in keywords.NEGATIONS | {"atau", "or"}
    return CONDITION if undecided else None


def _spelled(line: str) -> list[str]:
    return [token.group() for token in tokens(normal(line))]


def _first_words_of_lines(more: str) -> list[str]:
    """Return the words that open the later lines: two lines may hold two decisions."""
    return [found[0].group() for line in more.splitlines() if (found := tokens(normal(line)))]


def _refused(problem: Text, word: str) -> Spoken:
    return Spoken(outcome=None, word=word, problem=problem.id, problem_en=problem.en)


# --- what follows the word -----------------------------------------------------------------------------------------------


def _join(said: Said) -> str:
    return f"{said.rest}\n{said.more}".strip().lstrip("*_.,:;!-)\"' \t").strip()


def _numbers(text: str) -> tuple[tuple[int, ...], str]:
    """Split the numbers of offered remedies from what follows; `1 berkas` counts files and is text."""
    match = _NUMBERS.match(text)
    if match is None:
        return (), text
    rest = text[match.end() :]
    following = tokens(normal(rest))
    numbers = tuple(dict.fromkeys(int(each) for each in re.findall(r"\d+", match[1])))
    counts_things = (
        bool(following) and following[0].group() in _COUNTED and not re.match(r"\s*[-:.,;)]", rest)
    )
    if counts_things or any(not 0 < number <= _HIGHEST_NUMBER for number in numbers):
        return (), text
    return numbers, rest.lstrip(".,:;)- \t\n").strip()
