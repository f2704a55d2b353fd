"""The forms an Indonesian word takes by rule: prefixes with their nasal, suffixes, the small words that grow onto its end.

Source: Tata Bahasa Baku Bahasa Indonesia, the chapters on verbs and nouns (assimilation of me- and pe- to the root's first sound).
"""

from collections.abc import Iterator

_VOWELS = "aeiou"
_SUFFIXES = ("", "kan", "i", "an", "aken", "ake", "keun")
"""The last three are Javanese and Sundanese."""
_ENCLITICS = ("nya", "ku", "mu", "lah", "kah", "pun", "ipun", "nipun", "ne")
_SHORTEST = 3


def forms_of(root: str) -> Iterator[str]:
    """Yield the forms of a root: `cabut`, `mencabut`, `dicabutkan`, `pencabutan`, ... The root's own prefix `per-` counts as its sound."""
    fronts = [
        root,
        f"di{root}",
        f"ter{root}",
        f"ber{root}",
        f"ke{root}",
        f"se{root}",
        f"nge{root}",
        f"ku{root}",
    ]
    for nasal in _nasals(root):
        fronts += [f"me{nasal}", f"pe{nasal}", nasal]
    for front in fronts:
        for suffix in _SUFFIXES:
            yield front + suffix


def bare(word: str) -> Iterator[str]:
    """Yield a word without the small words grown onto its end, the longest first: `passphrasenya` gives `passphrase`."""
    for ending in _ENCLITICS:
        if word.endswith(ending) and len(word) - len(ending) >= _SHORTEST:
            yield word[: -len(ending)]


def _nasals(root: str) -> Iterator[str]:
    """Yield the root behind `me-` or `pe-`; loan words may keep their first sound."""
    first = root[0]
    if first in "bfv":
        yield f"m{root}"
    elif first == "p":
        yield f"m{root[1:]}"
        yield f"m{root}"
    elif first in "cdjz":
        yield f"n{root}"
    elif first == "t":
        yield f"n{root[1:]}"
        yield f"n{root}"
    elif first == "s":
        yield f"ny{root[1:]}"
        yield f"n{root}"
    elif first == "k":
        yield f"ng{root[1:]}"
        yield f"ng{root}"
    elif first in _VOWELS or first in "gh":
        yield f"ng{root}"
    else:
        yield root
