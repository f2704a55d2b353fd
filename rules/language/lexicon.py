"""Which written forms are words: Indonesian by a list or by affixes around a known root, English by a list.

The lists are compiled from those of wordfreq (`make lexicon`; licence and sources in `data/NOTICE`) and read when first asked for.
"""

from functools import lru_cache
from importlib.resources import files
from typing import NamedTuple

from rules.language.affixes import Analysis, analyses

_SHORTEST_BASE = 5
"""Letters of a listed word that verbs may be made of though no family of forms proves it a root: loans (divalidasi)."""
_VERBAL = frozenset({"me", "di", "ter", "ber", "se", "ke"})
_DONE_FOR_SOMEBODY = {("", "kan"), ("", "in"), ("di", "kan"), ("di", "in"), ("me", "kan"), ("me", "in")}
_VOICES = {"di": "me", "ku": "me", "kau": "me", "diper": "memper", "diber": "member"}


class Lexicon(NamedTuple):
    """Listed words of both languages; Indonesian roots by rank (0 has the largest family), with the affixes of each.

    `verbs` are roots that are verbs by themselves; `alone` forms that stand for themselves, whatever they were made of.
    """

    indonesian: frozenset[str]
    english: frozenset[str]
    roots: dict[str, int]
    affixes: dict[str, frozenset[str]]
    verbs: frozenset[str]
    alone: frozenset[str]


@lru_cache(maxsize=1)
def lexicon() -> Lexicon:
    """Return the lists, read once."""
    families = [line.split() for line in _lines("roots")]
    return Lexicon(
        indonesian=frozenset(_lines("id")),
        english=frozenset(_lines("en")),
        roots={root: rank for rank, (root, *_) in enumerate(families)},
        affixes={root: _allowed(affixes) for root, *affixes in families},
        verbs=frozenset(root for root, *affixes in families if affixes[-1] == "verb"),
        alone=frozenset(_lines("alone")),
    )


def _lines(name: str) -> list[str]:
    return (files(__package__) / "data" / f"{name}.txt").read_text("ascii").splitlines()


@lru_cache(maxsize=4096)
def _shared(affixes: tuple[str, ...]) -> frozenset[str]:
    return frozenset(affixes)


def _allowed(affixes: list[str]) -> frozenset[str]:
    return _shared(tuple(sorted({_VOICES.get(each, each) for each in affixes})))


@lru_cache(maxsize=8192)
def is_word(form: str) -> bool:
    """Tell whether a form (lower case) is a word of one of the languages: listed, or a root within affixes that it is known to take."""
    known = lexicon()
    if form in known.indonesian or form in known.english or form in known.roots:
        return True
    return any(_is_made(part, known) for part in analyses(form)[1:])


def _is_made(part: Analysis, known: Lexicon) -> bool:
    root, prefix, suffix = part
    if root in known.affixes:
        taken = known.affixes[root]
        if root in known.verbs and (prefix, suffix) in _DONE_FOR_SOMEBODY:
            return True
        return (not prefix or _VOICES.get(prefix, prefix) in taken) and (not suffix or _takes(suffix, taken))
    if not prefix and not suffix:
        return root in known.indonesian or root in known.english
    verbal = prefix in _VERBAL and suffix != "an"
    return verbal and len(root) >= _SHORTEST_BASE and root in known.indonesian


def _takes(suffix: str, taken: frozenset[str]) -> bool:
    """`-in` is everyday speech for `-kan` and `-i`."""
    return not taken.isdisjoint({"-kan", "-i", "-in"} if suffix == "in" else {f"-{suffix}"})


@lru_cache(maxsize=2048)
def parts(form: str) -> tuple[Analysis, ...]:
    """Return the analyses of a form whose root is known to be one, the root with the largest family first."""
    if form in lexicon().alone:
        return (Analysis(form),)
    roots = lexicon().roots
    return tuple(
        sorted((each for each in analyses(form) if each.root in roots), key=lambda each: roots[each.root])
    )


def lemma(form: str) -> str:
    """Return the root of a form (mengajukan, diajukan, pengajuan: aju), the form itself where none is known."""
    found = parts(form)
    return found[0].root if found else form
