"""Spellings of a hurry and words of Javanese and Sundanese, put into the Indonesian words they stand for.

The tables are `data/spellings/*.toml`, by the Indonesian word: a list of what is written for it, each of one word or several.
"""

import tomllib
import unicodedata
from collections.abc import Iterator, Sequence
from functools import lru_cache
from importlib.resources import files

_SHORTEST_DOUBLED = 3
Spelling = tuple[str, ...]


def plain(words: Sequence[str]) -> Iterator[str]:
    """Yield words (lower case) without accents, known spellings as the words they stand for, the longest first."""
    table = spellings()
    bare = [part for word in words for part in _bare(word)]
    at = 0
    while at < len(bare):
        for written, meant in table.get(bare[at], ()):
            if tuple(bare[at : at + len(written)]) == written:
                yield from meant
                at += len(written)
                break
        else:
            yield bare[at]
            at += 1


@lru_cache(maxsize=1)
def spellings() -> dict[str, tuple[tuple[Spelling, Spelling], ...]]:
    """Return what is written and what it stands for by the first word written, the longest first."""
    found: dict[str, list[tuple[Spelling, Spelling]]] = {}
    for file in sorted((files(__package__) / "data" / "spellings").iterdir(), key=lambda each: each.name):
        for meant, written in tomllib.loads(file.read_text("utf-8"))["words"].items():
            for each in written:
                parts = tuple(each.split())
                found.setdefault(parts[0], []).append((parts, tuple(meant.split())))
    return {first: tuple(sorted(pairs, key=lambda pair: -len(pair[0]))) for first, pairs in found.items()}


def _bare(word: str) -> tuple[str, ...]:
    """Return a word without accents; one that is doubled with a 2 (`bisa2`) twice."""
    plainly = word if word.isascii() else _without_accents(word)
    doubled = plainly[-1:] == "2" and len(plainly) > _SHORTEST_DOUBLED and plainly[:-1].isalpha()
    return (plainly[:-1],) * 2 if doubled else (plainly,)


def _without_accents(word: str) -> str:
    return "".join(char for char in unicodedata.normalize("NFKD", word) if not unicodedata.combining(char))
