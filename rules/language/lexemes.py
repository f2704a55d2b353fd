"""Which forms say the same: one verb in its voices and its noun of action, a word with its particles, an English word inflected.

mengajukan, diajukan, ajukan, pengajuan are one; so are memperpanjang, diperpanjang, perpanjangan. Other affixes make other words: pengadu
is a person, lupakan is not lupa, memasuki not memasukkan. A phrase word that is a verb's bare root (`cabut`) hears all forms of the verb;
the root alone is not heard for a derived one (`adu` is no pengaduan). Some forms stand alone (`data/alone.txt`: meninggal).

Each form has keys; two forms are one where what is heard for the one (`hears`) and the other's `keys` have one in common.
"""

from collections.abc import Iterator
from functools import lru_cache

from rules.language.affixes import Analysis, without_clitics
from rules.language.lexicon import lexicon, parts

_VOICES = frozenset({"me", "di", "ku", "kau"})
_CAUSATIVE = frozenset({"memper", "diper"})
_SHORTEST = 3


@lru_cache(maxsize=8192)
def keys(written: str) -> frozenset[str]:
    """Return what a written word may be heard as."""
    known = lexicon()
    alone = written in known.roots or written in known.alone
    forms = (written,) if alone else without_clitics(written)
    return frozenset({*forms, *_verbs(written), *_stems(written)})


@lru_cache(maxsize=4096)
def hears(wanted: str) -> frozenset[str]:
    """Return the keys under which a wanted word is heard."""
    known = lexicon()
    bare = {_key(wanted, "")} if wanted in known.verbs else set[str]()
    english = (
        _stems(wanted) if wanted not in known.indonesian else frozenset({f"{wanted}|en"} & _stems(wanted))
    )
    return frozenset({wanted, *bare, *_verbs(wanted), *english})


def same_lexeme(written: str, wanted: str) -> bool:
    """Tell whether a written word is a form of the wanted one, as far as rules can tell."""
    return not hears(wanted).isdisjoint(keys(written))


def related(one: str, other: str) -> bool:
    """Tell whether two forms have a root in common, however far their meanings are apart."""
    return same_lexeme(one, other) or not _roots(one).isdisjoint(_roots(other))


def _verbs(form: str) -> frozenset[str]:
    """Return keys of the verbs of which a form is a voice, or the noun of its action."""
    return frozenset(key for each in parts(form) for key in _acts(each))


def _acts(part: Analysis) -> Iterator[str]:
    root, prefix, suffix = part
    if prefix in _VOICES or (not prefix and suffix and suffix != "an"):
        yield from _keys(root, suffix)
    elif prefix in _CAUSATIVE or (prefix == "per" and suffix != "an" and _is_causative(part)):
        yield from _keys(root, suffix, "per")
    elif suffix == "an" and (prefix == "pe" or (prefix == "per" and not _makes_causatives(root))):
        yield from (_key(root, each) for each in ("", "kan", "i"))
    elif suffix == "an" and prefix == "per":
        yield from (_key(root, each, "per") for each in ("", "kan", "i"))


def _keys(root: str, suffix: str, stem: str = "") -> Iterator[str]:
    """Yield the keys of a verb; -in is everyday speech for -kan and -i, and a verb by itself takes -kan for `for somebody` (cabutkan)."""
    yield from (_key(root, each, stem) for each in (("kan", "i") if suffix == "in" else (suffix,)))
    known = lexicon()
    if suffix in {"kan", "in"} and root in known.verbs and "-kan" not in known.affixes[root]:
        yield _key(root, "", stem)


def _key(root: str, suffix: str, stem: str = "") -> str:
    return f"{stem}-{root}-{suffix}"


def _makes_causatives(root: str) -> bool:
    return "memper" in lexicon().affixes[root]


def _is_causative(part: Analysis) -> bool:
    """Whether per- makes a verb (perpanjang: memperpanjang), not a thing (perangkat)."""
    return f"diper{part.root}{part.suffix}" in lexicon().indonesian


@lru_cache(maxsize=2048)
def _roots(form: str) -> frozenset[str]:
    return frozenset(each.root for each in parts(form)) | frozenset(without_clitics(form))


@lru_cache(maxsize=2048)
def _stems(word: str) -> frozenset[str]:
    """Return keys of what an English word may be an inflection of: itself, and itself without -s, -ed, -ing."""
    known = lexicon()
    if word not in known.english and word in known.indonesian:
        return frozenset()
    found = {word}
    if word.endswith("s") and not word.endswith("ss"):
        found |= {word[:-1], word.removesuffix("es")} | ({f"{word[:-3]}y"} if word.endswith("ies") else set())
    for ending in ("ed", "ing"):
        stem = word.removesuffix(ending)
        if stem != word and len(stem) >= _SHORTEST:
            found |= {stem, f"{stem}e"}
            if stem[-1:] == stem[-2:-1]:
                found.add(stem[:-1])
            if stem[-1:] == "i":
                found.add(f"{stem[:-1]}y")
    if word not in known.english:
        found = {word} | (found & known.english)
    return frozenset(f"{each}|en" for each in found if len(each) >= _SHORTEST)
