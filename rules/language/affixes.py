"""Indonesian affixes by rule: what a written form may be made of. Knows no words: whether a root exists is for `lexicon` to say.

The nasal of me- and pe- assimilates to the root and swallows p, t, s and k (Tata Bahasa Baku Bahasa Indonesia, ch. 5): men-cabut,
mem-ohon or me-mohon, peng-adu or peng-kadu. Borrowed roots keep their letter (mem-proses), everyday speech drops the me- (ng-ajuin).
"""

from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple

_VOWELS = frozenset("aeiou")
_SHORTEST = 3
"""Letters of the shortest root that is looked for."""
_PARTICLES = ("lah", "kah", "tah", "pun")
_OWNERS = ("nya", "ku", "mu")
_SUFFIXES = ("kan", "in", "an", "i")
_PLAIN = ("diper", "diber", "keber", "ber", "ter", "per", "kau", "di", "ke", "se", "ku", "be", "te", "pe")
_VERBAL = frozenset({"", "kan", "i", "in"})
_TOGETHER = {
    **dict.fromkeys(("me", "di", "memper", "diper", "member", "diber", "ku", "kau"), _VERBAL),
    "ber": frozenset({"", "an", "kan"}),
    "ter": frozenset({"", "kan", "i"}),
    **dict.fromkeys(("pe", "ke", "se", "keber", "pember"), frozenset({"", "an"})),
}
"""Suffixes that a prefix takes: there is no me-...-an."""
_NASALS = (("meny", "s"), ("meng", "k"), ("men", "t"), ("mem", "p"))
_EVERYDAY = (("nge", ""), ("ng", "k"), ("ng", ""), ("ny", "s"))


class Analysis(NamedTuple):
    """One way to take a form apart. `prefix` without its nasal ("me" for mem-, men-, meny-); particles and owners are left out."""

    root: str
    prefix: str = ""
    suffix: str = ""


@lru_cache(maxsize=1024)
def analyses(form: str) -> tuple[Analysis, ...]:
    """Return every way to take a form apart by rule, the form itself first; most of their roots are no words."""
    found = {Analysis(stem): None for stem in _without_clitics(form)}
    for stem in tuple(each.root for each in found):
        for rest, suffix in _without_suffix(stem):
            found.update(dict.fromkeys(_with_roots(rest, suffix)))
    return tuple(
        each for each in found if each.root == form or (len(each.root) >= _SHORTEST and _goes_together(each))
    )


def _goes_together(part: Analysis) -> bool:
    return part.prefix not in _TOGETHER or part.suffix in _TOGETHER[part.prefix]


def without_clitics(form: str) -> tuple[str, ...]:
    """Return a form, and what is left of it without particles (-lah, -kah) and owners (-nya, -ku, -mu)."""
    return tuple(_without_clitics(form))


def _without_clitics(form: str) -> Iterator[str]:
    yield form
    bare = _cut(form, _PARTICLES)
    if bare != form:
        yield bare
    owned = _cut(bare, _OWNERS)
    if owned != bare:
        yield owned


def _cut(form: str, endings: tuple[str, ...]) -> str:
    for ending in endings:
        if form.endswith(ending) and len(form) - len(ending) >= _SHORTEST:
            return form[: -len(ending)]
    return form


def _without_suffix(stem: str) -> Iterator[tuple[str, str]]:
    yield stem, ""
    for suffix in _SUFFIXES:
        rest = stem.removesuffix(suffix)
        if (
            rest != stem and len(rest) >= _SHORTEST and not (rest[-1] == suffix == "i")
        ):  # no root in -i takes another
            yield rest, suffix


def _with_roots(rest: str, suffix: str) -> Iterator[Analysis]:
    if suffix:
        yield Analysis(rest, "", suffix)
    for prefix in _PLAIN:
        if rest.startswith(prefix):
            yield Analysis(rest[len(prefix) :], prefix, suffix)
    yield from _verbs(rest, suffix)
    if rest.startswith("pe"):
        for root in _behind_nasal(f"m{rest[1:]}"):
            yield Analysis(root, "pe", suffix)
            if root.startswith("ber"):
                yield Analysis(root[3:], "pember", suffix)


def _verbs(rest: str, suffix: str) -> Iterator[Analysis]:
    for root in _behind_nasal(rest):
        yield Analysis(root, "me", suffix)
        if root[:3] in {"per", "ber"}:
            yield Analysis(root[3:], f"mem{root[:3]}", suffix)
    for prefix, swallowed in _EVERYDAY:
        if rest.startswith(prefix) and (not swallowed or rest[len(prefix) :][:1] in _VOWELS):
            yield Analysis(swallowed + rest[len(prefix) :], "me", suffix)


def _behind_nasal(rest: str) -> Iterator[str]:
    """Yield what may stand behind me- and its nasal."""
    if not rest.startswith("me"):
        return
    yield rest[2:]
    for nasal, swallowed in _NASALS:
        if rest.startswith(nasal):
            behind = rest[len(nasal) :]
            if nasal == "meng" or (nasal != "meny" and behind[:1] not in _VOWELS):
                yield behind
            if behind[:1] in _VOWELS:
                yield swallowed + behind
    if rest.startswith("menge"):
        yield rest[5:]
