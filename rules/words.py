"""What a reply says: the keyword that is the first word of its new text, after greetings.

Half a word decides nothing. A reply that negates, asks, sets a condition or says two things is asked back, and so is one that
cannot be understood; `problem` says which, for the officer to read.
"""

import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from rules import approval, keywords
from rules.besides import LeftOut, left_out
from rules.case import Person, Text
from rules.keywords import normal, tokens
from rules.opening import Said, Words, first_word, meanings, only_thanks
from rules.sop import Sop

NOT_UNDERSTOOD = Text(
    id="kata kunci tidak ditemukan di awal balasan", en="no keyword at the beginning of the reply"
)
EMPTY = Text(id="balasan tidak berisi teks baru", en="the reply has no new text")
NEGATED = Text(id="balasan diawali dengan kata yang meniadakan", en="the reply begins by saying no")
AMBIGUOUS = Text(id="kata itu dapat berarti dua hal", en="that word can mean two things")
CONFLICT = Text(id="ada lebih dari satu kata kunci", en="there is more than one keyword")
CONDITION = Text(
    id="di samping katanya ada syarat, pengecualian, atau tambahan yang dapat mengubah maksudnya; cukup tulis katanya saja",
    en="beside the word stands a condition, an exception or an addition that may change it; the word alone is enough",
)
WHOM = Text(
    id="siapa yang dikecualikan belum jelas; tulis nomornya (atau nama lengkapnya), bila perlu diikuti karena dan alasannya",
    en="it is not clear who is left out; write the number (or the whole name), if need be with because and the reason",
)
QUESTION = Text(id="kata itu ditulis sebagai pertanyaan", en="the word is written as a question")

_DECISIONS = frozenset({"approve", "reject", "incomplete", "done"})
_FILLERS = frozenset({"eh", "maaf", "oh", "aduh", "ups", "mohon", "sorry", "oops"})
"""What people begin a line with when they correct themselves."""
_OPENERS = frozenset({"saya", "kami", "ok", "oke", "okay", "ya", "iya", "i"})
"""Words that an officer may put right before a keyword: `Oke setuju`."""
_PUTS_OFF = frozenset(
    {"nanti", "besok", "lusa", "dulu", "dahulu", "jangan", "jgn", "atau", "or", "later", "don't", "dont"}
)
_BUSY = frozenset({"sedang", "lagi", "masih", "akan", "sudah", "is"})
"""After PEJABAT: it is said of the official, not to hand the task over."""
_UNSURE = frozenset({"yakin", "tahu", "tau", "paham", "mengerti", "ngerti", "apa", "lebih", "sreg", "sure"})
"""After KURANG: `kurang yakin` is no list of what is missing."""
YES_WORDS = ("BENAR", "BETUL", "YA", "IYA", "YES", "CONFIRM")
"""How people answer a question of ours that asks for BENAR."""
_YES = frozenset(
    {"benar", "betul", "ya", "iya", "yes", "confirm", "sudah", "selesai", "beres", "finished", "solved"}
)
_TROUBLE = frozenset({
    "tapi", "tetapi", "namun", "gagal", "belum", "blm", "ditolak", "error", "eror", "galat", "kendala", "terkunci", "tidak", "tdk",
    "gabisa", "gak", "ga", "nggak", "but", "failed", "fails", "rejected", "locked", "cannot", "can't", "not",
})  # fmt: skip
"""After SUDAH: it is not simply done."""
_FORWARDS = frozenset({"teruskan", "diteruskan", "forward"})
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


def officer_word(
    new_text: str,
    declared: Words | None = None,
    persons: Sequence[Person] = (),
    free: Collection[str] = (),
) -> Spoken:
    """Read an officer's reply to a task.

    `declared` are the SOP row's own words, by outcome; `persons` those the letter lists; `free` the outcomes after which the task takes
    a text (a solution, an answer to the applicant).
    """
    words = {**keywords.OFFICER_WORDS, **(declared or {})}
    said, known = first_word(new_text, words, _OPENERS), meanings(words)
    if said is None:
        return _refused(NOT_UNDERSTOOD if new_text.strip() else EMPTY, "")
    outcome, strict = known.get(normal(said.word)), (_STRICT | set(declared or ())) - set(free)
    without = left_out(said, persons) if outcome == "approve" else None
    said = without.said if without else said
    problem = _exception_doubt(without, known, listed=len(persons) > 1) if without else None
    if problem is None:
        doubt = None if outcome is None else _officer_doubt(outcome, said, known, strict)
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


def declared_words(sop: Sop, step: str) -> dict[str, tuple[str, ...]]:
    """Return the words that only this row takes: its own, and the classes of its SOP."""
    row = sop.steps.get(step)
    classes = {name: tuple(kind.words) for name, kind in sop.classes.items()}
    return {**classes, **(dict(row.words) if row else {})}


def free_outcomes(sop: Sop, step: str, *, own: bool) -> frozenset[str]:
    """Return the outcomes after which a task takes a text: a solution, or beside the request's own task the answer to somebody."""
    row = sop.steps.get(step)
    return frozenset(row.text) if own and row else frozenset({"done"})


def applicant_word(new_text: str, declared: Words | None = None) -> Spoken:
    """Read an applicant's reply; a free sentence is no word and no problem. `thanks` is a reply that only thanks."""
    words = {**keywords.APPLICANT_WORDS, **(declared or {})}
    said, known = first_word(new_text, words), meanings(words)
    outcome = known.get(normal(said.word)) if said else None
    if outcome is None and only_thanks(new_text):  # "SUDAH, terima kasih" is SUDAH
        return Spoken(outcome="thanks", text=new_text.strip())
    if said is None or outcome is None:
        return Spoken(outcome=None, word=said.word if said else "")
    problem = _applicant_doubt(outcome, said, known, declared or ())
    if problem is not None:
        return _refused(problem, said.word)
    if outcome == "finished" and _TROUBLE.intersection(_spelled(f"{said.rest}\n{said.more}")):
        outcome = "problem"  # "sudah saya coba, tapi gagal" wants a person, not a look into AMS
    return Spoken(outcome=outcome, word=said.word, text=_join(said))


# --- doubts --------------------------------------------------------------------------------------------------------------


def _why_nothing(said: Said) -> Text:
    word = normal(said.word)
    if word in keywords.NEGATIONS:
        return NEGATED
    return AMBIGUOUS if word in keywords.AMBIGUOUS else NOT_UNDERSTOOD


def _officer_doubt(outcome: str, said: Said, known: Mapping[str, str], strict: set[str]) -> Text | None:
    """Return why an officer's word cannot be taken as it stands."""
    line = _spelled(said.rest)
    if any(_decides_else(each, outcome, known) for each in said.more.splitlines()):
        return CONFLICT
    if outcome not in strict:
        return _free_doubt(outcome, said, known, line[:1])
    if any(known.get(each, outcome) != outcome or each in _FORWARDS for each in line):
        return CONFLICT
    if outcome not in {"undo", "take"} and _half_taken_back(outcome, said):
        return CONDITION
    return QUESTION if "?" in said.rest else None


def _decides_else(line: str, outcome: str, known: Mapping[str, str]) -> bool:
    """Tell whether a later line holds another decision: two lines may hold two. A title below the name (`Pejabat Fungsional`) is none."""
    words = _spelled(line)
    while words and words[0] in _FILLERS:
        words = words[1:]
    if not words:
        return False
    other = known.get(words[0], outcome)
    return words[0] in _FORWARDS or (other != outcome and (other in _DECISIONS or len(words) == 1))


def _free_doubt(outcome: str, said: Said, known: Mapping[str, str], first: Sequence[str]) -> Text | None:
    """Return what speaks against a word after which the text is free: reasons deny, ask and name other words as they like."""
    opening = first[0] if first else ""
    if said.rest.lstrip(" *_\"'").startswith("?"):
        return QUESTION
    if outcome == "incomplete" and known.get(opening) == "approve":
        return NEGATED  # "kurang setuju" is a polite no
    if outcome == "incomplete" and opening in _UNSURE:
        return NOT_UNDERSTOOD
    if opening in _PUTS_OFF or (outcome == "escalate" and opening in _BUSY | keywords.NEGATIONS):
        return CONDITION
    retracted = approval.is_retracted(f"{said.rest}\n{said.more}")
    return CONFLICT if retracted or known.get(opening, outcome) in _DECISIONS - {outcome} else None


def _exception_doubt(without: LeftOut, known: Mapping[str, str], *, listed: bool) -> Text | None:
    """Return why an exception to an approval cannot be taken; `listed`: there is a list to choose from."""
    if not without.understood:
        return WHOM if listed else CONDITION
    reason = _spelled(without.because)
    if any(known.get(each) in _NO_REASON or each in _FORWARDS for each in reason):
        return CONFLICT
    return QUESTION if "?" in without.because else None


def _half_taken_back(outcome: str, said: Said) -> bool:
    beside = "approve" if outcome == "approve" else "done"
    more = approval.is_taken_back(said.more) or approval.is_retracted(said.more)
    return more or not approval.is_plain(said.rest, beside)


def _applicant_doubt(
    outcome: str, said: Said, known: Mapping[str, str], declared: Collection[str]
) -> Text | None:
    """Return why an applicant's word cannot be taken; a word that only calls a person or asks is always taken."""
    line = _spelled(said.rest)
    if outcome in {"status", "problem", "complaint"}:
        return None
    if "?" in said.rest:
        return QUESTION
    agrees = normal(said.word) in _YES and (outcome in declared or outcome == "confirm")
    other = known.get(line[0], outcome) if line else outcome
    if other != outcome and not (agrees and other in {"finished", "confirm"} - set(declared)):
        return CONFLICT  # further on the line, `sudah` and `benar` are everyday words
    if agrees and line[:1] and line[0] in {"sesuai", "cocok"} and known.get("benar", outcome) != outcome:
        return CONFLICT  # "sudah sesuai" says that the data are right, not that it is done
    if agrees and not (approval.is_plain(said.rest, "agreed") and not approval.is_taken_back(said.more)):
        return CONDITION  # a yes with anything beside it is no yes
    turns = line[:1] and line[0] in keywords.NEGATIONS | {"atau", "or"} and known.get(line[0]) != outcome
    return CONDITION if turns and outcome != "finished" else None


def _spelled(line: str) -> list[str]:
    return [token.group() for token in tokens(normal(line))]


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
