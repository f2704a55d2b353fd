"""The words that change what a clause means, from `data/marks.toml`."""

import tomllib
from collections.abc import Mapping, Sequence
from functools import lru_cache
from importlib.resources import files

from rules.language.spellings import plain

Mark = Mapping[str, tuple[tuple[str, ...], ...]]
"""Expressions by their first word, the longest first."""


@lru_cache(maxsize=1)
def marks() -> dict[str, Mark]:
    """Return every list by its name, read once, in the words that `spellings.plain` makes of it."""
    table = tomllib.loads((files(__package__) / "data" / "marks.toml").read_text("utf-8"))
    return {name: _by_first(expressions) for name, expressions in table.items()}


def at_any(words: Sequence[str], at: int, mark: Mark) -> int:
    """Return how many words the longest of a mark's expressions has that stands at an index, 0 where none does."""
    for expression in mark.get(words[at], ()):
        if tuple(words[at : at + len(expression)]) == expression:
            return len(expression)
    return 0


def _by_first(expressions: Sequence[str]) -> Mark:
    found: dict[str, set[tuple[str, ...]]] = {}
    for each in expressions:
        parts = tuple(plain(each.split()))
        found.setdefault(parts[0], set()).add(parts)
    return {first: tuple(sorted(some, key=lambda one: (-len(one), one))) for first, some in found.items()}
