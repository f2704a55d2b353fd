"""What a gateway wrote above or below a mail: warnings of mail from outside, notices of confidentiality.

They stand at the very top or bottom of what a person wrote, and never within. `notices.toml` holds their words; a sentence that has
another word is a person's. What is passed over is returned, for whoever wants to see it: nothing is lost.
"""

import re
import tomllib
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from importlib.resources import files

from parsers.quotation import is_signature

_DATA = tomllib.loads((files("parsers") / "notices.toml").read_text("utf-8"))
_BANNER, _FOOTER = _DATA["banner"], _DATA["footer"]


def _pattern(*alternatives: str, whole: bool = False) -> re.Pattern[str]:
    joined = "|".join(each.replace("\n", "") for each in alternatives)
    return re.compile(rf"(?:{joined})\Z" if whole else joined)


_LABEL = _pattern(_BANNER["labels"], whole=True)
_TAG = _pattern(_BANNER["tags"], whole=True)
_LEADS, _ADVICE = _pattern(*_BANNER["leads"]), _pattern(*_BANNER["advice"])
_WORDS, _NEVER = frozenset(_BANNER["words"].split()), frozenset(_DATA["never"]["words"].split())
_BEFORE_NAMES = frozenset(_BANNER["before_names"])
_FOOTER_LEADS, _TERMS = _pattern(*_FOOTER["leads"]), _pattern(_FOOTER["terms"])
_FOOTER_LINES = _pattern(*_FOOTER["lines"], whole=True)
_BETWEEN = [(start, end) for start, end in _BANNER["between"]]

_MOST_LINES, _MOST = 24, 2000
"""Lines and characters of a notice at the top; those that gateways write have a few hundred."""
_MOST_BELOW = 8000
"""Characters of the notices below, from the end; those of banks and law firms fill a page."""
_LINES_BELOW, _TRIED = 40, 8
"""Lines at the end among which a notice is sought, and how many beginnings of one are tried, and notices taken."""
_WRAPPED = range(45, 100)
"""Characters of a line that a program may have broken within a sentence."""
_INVISIBLE = re.compile("[\u00ad\u034f\u200b-\u200f\u2060\ufe0f\ufeff]")
_MARKS = " \t*_=~#|\u2022\u26a0\u2757\u203c\u26d4\u2013\u2014\u2500-!.,:;[](){}\"'\U0001f6a8\U0001f6d1\U0001f512<>\u27a1\u25b6/\\"
_SENTENCES = re.compile(r"(?<=[.!?:])\s+|\s+[|\u2013\u2014-]+\s+|\t+")
_BRACKETED = re.compile(
    r"\s*(\[([^\[\]]{2,800})\]|\{([^{}]{2,800})\}|\*{2,}([^*]{2,800})\*{2,})[ \t]*:?[ \t]*"
)
_TOKEN = re.compile(r"<?https?://[^\s<>]+>?|[^\s,;/()<>\[\]\"]+")
_LINK = re.compile(
    r"<?(?:https?://\S+|[^\s@<>]{1,64}@[^\s@<>]{1,255}|@?[\w-]{1,63}(?:\.[\w-]{2,63}){1,6})>?\Z"
)
_NAMES = 6
"""Words of an office's name behind `outside`."""


@dataclass(frozen=True)
class Passed:
    """A text without the notices at one end, and these, each in one line."""

    text: str
    notices: tuple[str, ...] = ()


def above(text: str) -> Passed:
    """Pass over what a gateway wrote at the top of a text."""
    notices: list[str] = []
    while len(notices) < _TRIED and (
        found := _between(text) or _in_brackets(text) or _block(text, marked=bool(notices))
    ):
        notice, text = found
        notices.append(" ".join(notice.split()))
    return Passed(text, tuple(notices))


def below(text: str) -> Passed:
    """Pass over what a gateway wrote at the bottom of a text: paragraph by paragraph from the end, while they are nothing else."""
    notices: list[str] = []
    while len(notices) < _TRIED and (found := _last(text.rstrip())):
        text, notice = found
        notices.append(" ".join(notice.split()))
    return Passed(text, tuple(reversed(notices)))


def _between(text: str) -> tuple[str, str] | None:
    lead = text[:_MOST].lstrip()
    for start, end in _BETWEEN:
        if lead.lower().startswith(start) and (at := text.lower().find(end, 0, 2 * _MOST)) >= 0:
            return text[: at + len(end)], text[at + len(end) :].lstrip("\n")
    return None


def _in_brackets(text: str) -> tuple[str, str] | None:
    """A notice within brackets or stars; what stands behind it on its line is the writer's."""
    found = _BRACKETED.match(text[:_MOST])
    if found is None:
        return None
    inner = found[2] or found[3] or found[4]
    kinds = [_kind(each) for each in _sentences(inner.splitlines())]
    told = _TAG.match(_compared(inner)) or ("lead" in kinds or {"label", "advice"} <= set(kinds))
    return (found[1], text[found.end() :].lstrip("\n")) if told and "" not in kinds else None


def _block(text: str, *, marked: bool) -> tuple[str, str] | None:
    """The longest run of lines at the top that is wholly a notice; `marked`: one stands above it."""
    lines = text.split("\n", _MOST_LINES)
    shown = lines[:_MOST_LINES]
    end = next((at for at, line in enumerate(shown) if line.lstrip().startswith(">")), len(shown))
    kinds: list[str] = ["label"] if marked else []
    best = at = 0
    while at < end and sum(map(len, shown[:at])) < _MOST:
        taken, found = _line(shown, at, end)
        if not taken:
            break
        kinds, at = kinds + found, at + taken
        best = at if _is_notice(kinds, shown, at) else best
    rest = "\n".join(lines[best:]).lstrip("\n")
    return ("\n".join(lines[:best]), rest) if best else None


def _line(lines: list[str], at: int, end: int) -> tuple[int, list[str]]:
    """Return how many lines from here are a gateway's (a broken sentence has two to four), and what their sentences are."""
    if len(lines[at]) > _MOST:
        return 0, []
    if not lines[at].strip(_MARKS):
        return (0 if is_signature(lines[at].strip()) else 1), []
    most = at + 1
    while most < min(end, at + 4) and _goes_on(lines[most - 1], lines[most]):
        most += 1
    for more in range(most - at, 0, -1):
        kinds = [_kind(each) for each in _sentences(lines[at : at + more])]
        if all(kinds):
            return more, kinds
    return 0, []


def _goes_on(line: str, following: str) -> bool:
    return len(line) in _WRAPPED and line.rstrip()[-1:] not in ".!?:]" and bool(following.strip(_MARKS))


def _is_notice(kinds: list[str], lines: list[str], at: int) -> bool:
    """Whether these sentences are enough: one that says nothing else than whence a mail came is a notice if it stands apart."""
    told = kinds.count("lead")
    if told > 1 or ({"tag", "tags"} & set(kinds) and len(kinds) > 1) or (told and len(kinds) > 1):
        return True
    apart = at < len(lines) and not lines[at].strip() and any(line.strip() for line in lines[at:])
    spoken = {"label", "advice"} <= set(kinds)
    return spoken or kinds == ["tags"] or (apart and (bool(told) or kinds == ["tag"]))


def _sentences(lines: list[str]) -> Iterator[str]:
    joined = " ".join(_INVISIBLE.sub("", line) for line in lines)
    yield from (each for each in _SENTENCES.split(joined) if each.strip(_MARKS))


def _compared(text: str) -> str:
    plain = unicodedata.normalize("NFKC", _INVISIBLE.sub("", text)).replace("\u2019", "'").replace("`", "'")
    return " ".join(plain.split()).strip(_MARKS).lower()


def _kind(sentence: str) -> str:
    """Return what a sentence of a gateway is (`label`, `tag`, `tags` of several words, `lead`, `advice`), "" for what a person may have written."""
    spelled = _compared(sentence)
    if _LABEL.match(spelled):
        return "label"
    if _TAG.match(spelled):
        return "tags" if " " in spelled else "tag"
    if not _all_known(sentence):
        return ""
    return "lead" if _LEADS.search(spelled) else "advice" if _ADVICE.search(spelled) else ""


def _all_known(sentence: str) -> bool:
    """Whether every word is one of a gateway's, a link, or one of an office's name where such a name may stand."""
    names, named = 0, False
    for token in _TOKEN.findall(unicodedata.normalize("NFKC", sentence).replace("\u2019", "'")):
        word = token.strip(_MARKS)
        if not word:
            continue
        spelled = word.lower()
        if spelled in _NEVER:
            return False
        if spelled in _WORDS or _LINK.match(token.strip(".,;:!")):
            named = spelled in _BEFORE_NAMES or (named and spelled in {"dan", "and"})
            names = 0 if not named else names
        elif named and word[0].isupper() and names < _NAMES:
            names += 1
        else:
            return False
    return True


def _last(text: str) -> tuple[str, str] | None:
    """Split off the last paragraph, or the last lines of it, where it is a notice and not all there is."""
    first = len(text) - _MOST_BELOW
    starts = [text.rfind("\n\n", max(0, first)) + 2]
    at = len(text)
    for _ in range(_LINES_BELOW):
        at = text.rfind("\n", max(0, first), at)
        if at < starts[0]:
            break
        starts.append(at + 1)
    likely = [at for at in sorted({*starts}) if at > 1 and _begins(text[at : at + 500])]
    begins = next((at for at in likely[:_TRIED] if _is_below(text[at:])), None)
    return (text[:begins].rstrip(), text[begins:]) if begins is not None else None


def _begins(paragraph: str) -> bool:
    """Whether a text may be a notice by its beginning."""
    line = paragraph.partition("\n")[0]
    spelled = _compared(line)
    named = _FOOTER_LINES.match(spelled) or _FOOTER_LEADS.search(_compared(paragraph))
    return bool(not spelled or named or any(map(_kind, _sentences([line]))))


def _is_below(paragraph: str) -> bool:
    if paragraph.lstrip().startswith(">"):
        return False
    sentences = list(_sentences(paragraph.splitlines()))
    spelled = [_compared(each) for each in sentences]
    if not spelled:
        return len(paragraph.strip()) > 4 and not paragraph.strip().strip("-_=*")  # noqa: PLR2004 - a rule above what was passed over
    if _FOOTER_LINES.match(_compared(paragraph)) or all(map(_FOOTER_LINES.match, spelled)):
        return True
    if any(_NEVER.intersection(_TOKEN.findall(each)) for each in spelled):
        return False
    kinds = [_kind(each) for each in sentences]
    if all(kinds) and "lead" in kinds and len(kinds) > 1:
        return True
    said = [each for each in spelled if not _LABEL.match(each)]
    led = bool(said) and (_FOOTER_LEADS.search(said[0]) or _FOOTER_LEADS.search(spelled[0])) is not None
    long = sum(len(each.split()) for each in said) >= int(_FOOTER["fewest_words"])
    return led and long and all(_TERMS.search(each) for each in said)
