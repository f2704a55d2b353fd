"""The concepts, and where a word or a fixed expression names one. Data: `concepts.toml` and `spellings.toml` beside this module."""

import tomllib
from functools import cache
from importlib.resources import files
from typing import Any

from rules.hearing.forms import bare, forms_of
from rules.language.spellings import plain
from rules.language.tolerance import corrected

_LONG = 5
Table = dict[str, list[tuple[tuple[str, ...], str]]]
"""Expressions with their concept by their first word, the longest first."""


@cache
def spellings() -> dict[str, str]:
    """Return how a chat, Javanese or Sundanese spelling is written in full, by the spelling."""
    found: dict[str, str] = {}
    for full, written in _data("spellings.toml")["spellings"].items():
        found |= dict.fromkeys(written.split(), full)
    return found


@cache
def table() -> Table:
    """Return the expressions of all concepts."""
    found: Table = {}
    for concept, entry in _data("concepts.toml").items():
        said = [tuple(each.split()) for each in entry.get("words", ())]
        said += [(form,) for root in entry.get("roots", ()) for form in forms_of(root)]
        for words in said:
            found.setdefault(words[0], []).append((words, concept))
    for expressions in found.values():
        expressions.sort(key=lambda each: (-len(each[0]), each[1]))
    return found


@cache
def names() -> frozenset[str]:
    """Return the names of all concepts."""
    return frozenset(_data("concepts.toml"))


def full(word: str) -> str:
    """Return a word as it is written in full."""
    return spellings().get(word) or " ".join(plain([word]))


@cache
def starts(word: str) -> tuple[tuple[tuple[str, ...], str], ...]:
    """Return the expressions that begin with this word, whatever is grown onto its end."""
    found = table().get(word, [])
    if found:
        return tuple(found)
    grown = next((tuple(table()[each]) for each in bare(word) if each in table()), ())
    return grown or (tuple(table().get(corrected(word, _wanted()), ())) if len(word) >= _LONG else ())


@cache
def _wanted() -> tuple[str, ...]:
    """The words long enough that a slip leaves them knowable."""
    return tuple(each for each in table() if len(each) >= _LONG)


@cache
def same(word: str, wanted: str) -> bool:
    """Whether a word is the wanted one, but for what is grown onto its end."""
    return word == wanted or wanted in bare(word)


def _data(name: str) -> dict[str, Any]:
    return tomllib.loads((files("rules.hearing") / name).read_text(encoding="utf-8"))
