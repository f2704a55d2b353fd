"""What a reply says: the keyword that is the first word of its new text, after greetings.

Half a word decides nothing. A reply that negates, asks, sets a condition or says two things is asked back, and so is one that
cannot be understood; `problem` says which, for the officer to read.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass

from rules import keywords
from rules.case import Text
from rules.keywords import normal, tokens

Words = Mapping[str, tuple[str, ...]]

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
QUESTION = Text(id="kata itu ditulis sebagai pertanyaan", en="the word is written as a question")

_STRICT = {"approve", "done", "undo", "grant", "take"}
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

    `word` is the first word as written, `text` what was written after it, `numbers` those given right after TOLAK or KURANG.
    """

    outcome: str | None
    word: str = ""
    text: str = ""
    numbers: tuple[int, ...] = ()
    problem: str = ""
    problem_en: str = ""


@dataclass(frozen=True, kw_only=True)
class _Said:
    """The first word that is not a greeting, the rest of its line, and the lines after."""

    word: str
    rest: str
    more: str


def officer_word(new_text: str, declared: Words | None = None) -> Spoken:
    """Read an officer's reply to a task; `declared` are the SOP row's own words, by outcome."""
    words = {**keywords.OFFICER_WORDS, **(declared or {})}
    said, meanings = _first_word(new_text, words), _meanings(words)
    if said is None:
        return _refused(NOT_UNDERSTOOD if new_text.strip() else EMPTY, "")
    outcome = meanings.get(normal(said.word))
    if outcome is None:
        return _refused(_why_nothing(said), said.word)
    problem = _officer_doubt(outcome, said, meanings, set(declared or ()))
    if problem is not None:
        return _refused(problem, said.word)
    text = _join(said)
    numbers: tuple[int, ...] = ()
    if outcome in {"reject", "incomplete"}:
        numbers, text = _numbers(text)
    return Spoken(outcome=outcome, word=said.word, text=text, numbers=numbers)


def applicant_word(new_text: str, declared: Words | None = None) -> Spoken:
    """Read an applicant's reply; a free sentence is no word and no problem. `thanks` is a reply that only thanks."""
    if _only_thanks(new_text):
        return Spoken(outcome="thanks", text=new_text.strip())
    words = {**keywords.APPLICANT_WORDS, **(declared or {})}
    said = _first_word(new_text, words)
    meanings = _meanings(words)
    outcome = meanings.get(normal(said.word)) if said else None
    if said is None or outcome is None:
        return Spoken(outcome=None, word=said.word if said else "")
    if outcome not in {"status", "problem", "complaint"}:
        line = [normal(token.group()) for token in tokens(normal(said.rest))]
        if "?" in said.rest:
            return _refused(QUESTION, said.word)
        if any(meanings.get(token, outcome) != outcome for token in line):
            return _refused(CONFLICT, said.word)
        if outcome != "finished" and (line[:1] and line[0] in keywords.NEGATIONS | {"atau", "or"}):
            return _refused(CONDITION, said.word)
    return Spoken(outcome=outcome, word=said.word, text=_join(said))


# --- the first word ------------------------------------------------------------------------------------------------------


def _first_word(new_text: str, words: Words) -> _Said | None:
    """Return the first word that greets nobody, from the first line that has one."""
    meant = set(_meanings(words))
    lines = [line.translate(keywords.FOLD) for line in _own_lines(new_text)]
    for index, line in enumerate(lines):
        found = tokens(line)
        at = _after_greetings(line, found, meant)
        if at < len(found):
            rest = line[found[at].end() :]
            return _Said(word=found[at].group(), rest=rest, more="\n".join(lines[index + 1 :]))
    return None


def _own_lines(new_text: str) -> list[str]:
    """Return the lines that are no quotation: the reader has cut quotes away; a leak here would be fatal, so it is cut twice."""
    return [line for line in new_text.splitlines() if not line.lstrip().startswith((">", "|"))]


def _after_greetings(line: str, found: list[re.Match[str]], meant: set[str]) -> int:
    """Return the index of the first token that belongs to no greeting."""
    spelled = [normal(token.group()) for token in found]
    at = 0
    while at < len(spelled) and spelled[at] not in meant:
        length = _greeting_at(spelled, at)
        if not length:
            break
        at += length
        if spelled[at - 1] in keywords.VOCATIVES:
            at = _after_name(line, found, spelled, at, meant)
    return at


def _greeting_at(spelled: list[str], at: int) -> int:
    return max(
        (len(each) for each in keywords.GREETINGS if tuple(spelled[at : at + len(each)]) == each), default=0
    )


def _after_name(line: str, found: list[re.Match[str]], spelled: list[str], at: int, meant: set[str]) -> int:
    """Skip a name after `Pak`, `Yth.`: words up to a comma or the end of the line, none of them a keyword."""
    for index in range(at, len(found)):
        if spelled[index] in meant | keywords.AMBIGUOUS | keywords.NEGATIONS:
            return at
        after = line[found[index].end() : found[index + 1].start() if index + 1 < len(found) else len(line)]
        if index + 1 == len(found) or "," in after or ":" in after:
            return index + 1
    return at


def _meanings(words: Words) -> dict[str, str]:
    return {normal(word): outcome for outcome, spellings in words.items() for word in spellings}


# --- doubts --------------------------------------------------------------------------------------------------------------


def _why_nothing(said: _Said) -> Text:
    word = normal(said.word)
    if word in keywords.NEGATIONS:
        return NEGATED
    return AMBIGUOUS if word in keywords.AMBIGUOUS else NOT_UNDERSTOOD


def _officer_doubt(outcome: str, said: _Said, meanings: Mapping[str, str], declared: set[str]) -> Text | None:
    line = [normal(token.group()) for token in tokens(normal(said.rest))]
    if outcome == "incomplete":
        # "kurang setuju" says no politely; what else stands after KURANG is free
        return NEGATED if line[:1] and meanings.get(line[0]) == "approve" else None
    if outcome not in _STRICT | declared:
        return None
    if said.rest.lstrip().startswith("?"):
        return QUESTION
    openings = _first_words_of_lines(said.more)
    if any(meanings.get(token, outcome) != outcome or token == "teruskan" for token in (*line, *openings)):
        return CONFLICT
    if outcome == "approve" and (
        keywords.CONDITIONS & {*line, *openings} or (keywords.NEGATIONS | {"tunda"}) & {*line}
    ):
        return CONDITION
    if outcome == "done" and any(token in {"belum", "blm", "bukan", "gagal", "not"} for token in line):
        return CONDITION
    return QUESTION if "?" in said.rest else None


def _first_words_of_lines(more: str) -> list[str]:
    """Return the words that open the later lines: two lines may hold two decisions."""
    return [found[0].group() for line in more.splitlines() if (found := tokens(normal(line)))]


def _refused(problem: Text, word: str) -> Spoken:
    return Spoken(outcome=None, word=word, problem=problem.id, problem_en=problem.en)


# --- what follows the word -----------------------------------------------------------------------------------------------


def _join(said: _Said) -> str:
    return f"{said.rest}\n{said.more}".strip().lstrip("*_.,:;!-–—)\"' \t").strip()


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
    return numbers, rest.lstrip(".,:;)-–— \t\n").strip()


def _only_thanks(new_text: str) -> bool:
    """Tell whether a reply says nothing but thanks or `baik`, with greetings and a name below it."""
    lines = [line for line in new_text.splitlines() if line.strip()]
    grateful = False
    for number, line in enumerate(lines):
        text = normal(line)
        spelled = [token.group() for token in tokens(text)]
        if "?" in line:
            return False
        if grateful and number and _is_a_name(line):
            continue
        joined = f" {' '.join(spelled)} "
        grateful = grateful or any(
            f" {phrase} " in joined for phrase in keywords.THANKS | keywords.ACKNOWLEDGEMENTS
        )
        if not _all_polite(text, spelled):
            return False
    return grateful


def _all_polite(text: str, spelled: list[str]) -> bool:
    known = {
        word for phrase in keywords.THANKS | keywords.ACKNOWLEDGEMENTS for word in phrase.split()
    } | keywords.POLITE
    found, at = tokens(text), 0
    while at < len(spelled):
        length = _greeting_at(spelled, at)
        if not length and spelled[at] not in known:
            return False
        at += length or 1
        if length and spelled[at - 1] in keywords.VOCATIVES:
            at = _after_name(text, found, spelled, at, known)
    return True


def _is_a_name(line: str) -> bool:
    """Tell whether a line looks like the writer's name below the letter."""
    words = line.replace(",", " ").replace(".", " ").split()
    return 0 < len(words) <= 6 and all(
        word[:1].isupper() and (word[1:].islower() or len(word) == 1) for word in words
    )  # noqa: PLR2004
