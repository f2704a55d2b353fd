"""How a reply begins: the first word that greets nobody, and replies that do nothing but thank."""

import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass

from rules import keywords
from rules.keywords import normal, tokens

Words = Mapping[str, tuple[str, ...]]
"""Spellings by the outcome they mean."""

_LONGEST_NAME = 6
_PLAIN_THANKS = {word for phrase in keywords.THANKS | keywords.ACKNOWLEDGEMENTS for word in phrase.split()}


@dataclass(frozen=True, kw_only=True)
class Said:
    """The first word that is no greeting, the rest of its line, and the lines after."""

    word: str
    rest: str
    more: str


def meanings(words: Words) -> dict[str, str]:
    """Return outcomes by the comparable form of their words."""
    return {normal(word): outcome for outcome, spellings in words.items() for word in spellings}


def first_word(new_text: str, words: Words, openers: Collection[str] = ()) -> Said | None:
    """Return the first word that greets nobody, from the first line that has one; `openers` are skipped right before a known word."""
    meant = set(meanings(words))
    lines = [line.translate(keywords.FOLD) for line in _own_lines(new_text)]
    for index, line in enumerate(lines):
        found = tokens(line)
        at = _after_greetings(line, found, meant)
        if (
            at + 1 < len(found)
            and normal(found[at].group()) in openers
            and normal(found[at + 1].group()) in meant
        ):
            at += 1
        if at < len(found):
            return Said(
                word=found[at].group(), rest=line[found[at].end() :], more="\n".join(lines[index + 1 :])
            )
    return None


def only_thanks(new_text: str) -> bool:
    """Tell whether a reply says nothing but thanks or `baik`, with greetings and a name below it."""
    lines = [line.translate(keywords.FOLD) for line in _own_lines(new_text) if line.strip()]
    grateful = False
    for line in lines:
        if keywords.is_kind_sign(line):
            grateful = True
            continue
        if grateful and _is_a_name(line):
            continue
        if "?" in line or not _all_polite(line):
            return False
        spelled = f" {' '.join(normal(token.group()) for token in tokens(line))} "
        grateful = grateful or any(
            f" {phrase} " in spelled for phrase in keywords.THANKS | keywords.ACKNOWLEDGEMENTS
        )
    return grateful


def _own_lines(new_text: str) -> list[str]:
    """Return the lines that are no quotation: the reader has cut quotes away; a leak would be fatal, so it is cut twice."""
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
            at = _after_name(line, found, at, meant)
    return at


def _greeting_at(spelled: list[str], at: int) -> int:
    """Return how many tokens the greeting at this place has, 0 where there is none."""
    return max(
        (len(each) for each in keywords.GREETINGS if tuple(spelled[at : at + len(each)]) == each), default=0
    )


def _after_name(line: str, found: list[re.Match[str]], at: int, meant: set[str]) -> int:
    """Skip a name after `Pak`, `Yth.`: capitalised words up to a comma or the end of the line, none of them a keyword."""
    for index in range(at, min(at + _LONGEST_NAME, len(found))):
        word = found[index].group()
        known = normal(word) in meant | keywords.AMBIGUOUS | keywords.NEGATIONS
        if known or not (word[0].isupper() or normal(word) in keywords.VOCATIVES):
            return at
        after = line[found[index].end() : found[index + 1].start() if index + 1 < len(found) else len(line)]
        if index + 1 == len(found) or "," in after or ":" in after:
            return index + 1
    return at


def _all_polite(line: str) -> bool:
    found, at = tokens(line), 0
    spelled = [normal(token.group()) for token in found]
    while at < len(found):
        length = _greeting_at(spelled, at)
        if not length and spelled[at] not in _PLAIN_THANKS | keywords.POLITE:
            return False
        at += length or 1
        if length and spelled[at - 1] in keywords.VOCATIVES:
            at = _after_name(line, found, at, _PLAIN_THANKS)
    return True


def _is_a_name(line: str) -> bool:
    """Tell whether a line looks like the writer's name below the letter."""
    words = line.replace(",", " ").replace(".", " ").split()
    named = all(word[0].isupper() and (word[1:].islower() or len(word) == 1) for word in words)
    return named and 0 < len(words) <= _LONGEST_NAME
