"""Compiles the word lists of `rules/language/data` from those of wordfreq (`make lexicon`); `data/NOTICE` has its licence and sources.

Writes `id.txt` and `en.txt`, words by falling frequency, and `roots.txt`, Indonesian roots by falling size of their family: a root is
what at least two different affixes stand around, or three where it is never written alone (`aju`: mengajukan, diajukan, pengajuan);
after it the affixes it is written with, and `verb` where it is one by itself.
"""

import re
from collections import defaultdict
from collections.abc import Iterable
from pathlib import Path

from wordfreq import top_n_list

from rules.language.affixes import Analysis, analyses

_DATA = Path(__file__).parents[2] / "rules" / "language" / "data"
_ALL, _ENGLISH = 60_000, 20_000
_WORD = re.compile(r"[a-z]+")
_SYLLABLES = re.compile(
    r"(?:(?:ny|ng|sy|kh|[bcdfghjklmnprstvwyz])?[rl]?[aeiou]{1,2}(?:ng|kh|[bdfghklmnprst])?)+"
)
_ROUNDS = 3
_VERB = {("me", ""), ("di", "")}
"""A root that takes me- and di- without a suffix is a verb by itself (mencabut, dicabut: cabut; not membaru, dibaru)."""

Families = dict[str, set[tuple[str, str]]]


def families(words: Iterable[str]) -> Families:
    """Return roots with the affixes they are written with; each word gives its voice to the best supported of its roots."""
    known = {word: _parts(word) for word in words}
    chosen = known
    for _ in range(_ROUNDS):
        support = _support(chosen)
        chosen = {
            word: [max(parts, key=lambda each: (len(support[each.root]), each.root in known, len(each.root)))]
            for word, parts in known.items()
            if parts
        }
    return {root: forms for root, forms in _support(chosen).items() if _is_root(root, forms, known)}


def _parts(word: str) -> list[Analysis]:
    return [
        each
        for each in analyses(word)
        if each.root == word or (_SYLLABLES.fullmatch(each.root) and len(each.root) > 2)
    ]


def _support(chosen: dict[str, list[Analysis]]) -> defaultdict[str, set[tuple[str, str]]]:
    found: defaultdict[str, set[tuple[str, str]]] = defaultdict(set)
    for parts in chosen.values():
        for root, prefix, suffix in parts:
            found[root].add((prefix, suffix))
    return found


def _is_root(root: str, forms: set[tuple[str, str]], known: dict[str, list[Analysis]]) -> bool:
    affixed = len(forms - {("", "")})
    return affixed >= 1 and len(forms) >= 2 if root in known else affixed >= 3


def _line(root: str, forms: set[tuple[str, str]]) -> str:
    prefixes, suffixes = ({form[at] for form in forms} - {""} for at in (0, 1))
    verb = ["verb"] if forms >= _VERB else []
    return " ".join([root, *sorted(prefixes), *(f"-{each}" for each in sorted(suffixes)), *verb])


def main() -> None:
    """Write the three files."""
    indonesian = [word for word in top_n_list("id", _ALL) if _WORD.fullmatch(word)]
    english = [word for word in top_n_list("en", _ENGLISH) if _WORD.fullmatch(word)]
    found = families(indonesian)
    roots = [_line(root, found[root]) for root in sorted(found, key=lambda root: (-len(found[root]), root))]
    for name, lines in (("id", indonesian), ("en", english), ("roots", roots)):
        (_DATA / f"{name}.txt").write_text("\n".join(lines) + "\n", encoding="ascii")


if __name__ == "__main__":
    main()
