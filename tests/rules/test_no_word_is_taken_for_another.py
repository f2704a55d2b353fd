"""Over every word of the lists, every form that rules make of their roots, and every word that is looked for: none is taken for another."""

from collections.abc import Iterator

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from rapidfuzz import process
from rapidfuzz.distance import OSA

from rules import keywords, temper
from rules.language.lexemes import hears
from rules.language.lexicon import is_word, lexicon, parts
from rules.language.slips import cost
from rules.language.spellings import spellings
from rules.language.tolerance import Hearing, corrected, is_slip, nearest
from rules.phrases import words_of
from tests.rules.counter import SOPS

NASALS = {"p": "m", "t": "n", "s": "ny", "k": "ng", "b": "m", "f": "m", "d": "n", "c": "n", "j": "n", "z": "n", "g": "ng", "h": "ng"}  # fmt: skip
SWALLOWED = frozenset("ptsk")
UNSWALLOWED = {"p": "m", "t": "n", "s": "n", "k": "ng"}
VERBS = ("", "kan", "i")
TOGETHER = {"": (*VERBS, "an"), "me": VERBS, "di": VERBS, "memper": VERBS, "pe": ("", "an"), "per": (*VERBS, "an"), "ter": VERBS,
            "ber": ("", "an", "kan"), "ke": ("", "an")}  # fmt: skip
REACH = 3  # slips, however cheap


def looked_for() -> frozenset[str]:
    """Every word of every phrase: of the SOPs, their reasons, and of anger."""
    phrases = [*temper._UPSET]
    for sop in SOPS.values():
        phrases += [*sop.recognise.id, *sop.recognise.en, *sop.recognise.about]
        phrases += [
            each for name, reason in sop.reasons.items() for each in (name, reason.en, *reason.synonyms)
        ]
    return frozenset(word for phrase in phrases for word in words_of(phrase) if word.isalpha())


def keyword_list() -> tuple[str, ...]:
    lists = (keywords.OFFICER_WORDS, keywords.APPLICANT_WORDS, keywords.OWN_MAIL_WORDS)
    own = [word for sop in SOPS.values() for word in sop.word]
    return tuple(
        keywords.normal(word) for words in (*lists, {"": own}) for some in words.values() for word in some
    )


def made_of(root: str, affixes: frozenset[str]) -> Iterator[str]:
    """The forms of a root with the affixes that it takes, put together here and not taken apart."""
    first, swallows = root[0], root[0] in SWALLOWED and root[1] in "aeiou"
    nasal = (
        NASALS.get(first, "ng" if first in "aeiou" else "")
        if swallows or first not in SWALLOWED
        else UNSWALLOWED[first]
    )
    with_nasal = nasal + (root[1:] if swallows else root)
    fronts = {"": root, "me": f"me{with_nasal}", "di": f"di{root}", "pe": f"pe{with_nasal}", "per": f"per{root}", "ter": f"ter{root}",
              "ber": f"ber{root}", "ke": f"ke{root}", "memper": f"memper{root}"}  # fmt: skip
    taken = affixes | ({"di"} if "me" in affixes else set())
    for prefix, front in fronts.items():
        for suffix in TOGETHER[prefix]:
            twice = suffix == "i" and root[-1] == "i"
            if not twice and (not prefix or prefix in taken) and (not suffix or f"-{suffix}" in affixes):
                yield front + suffix


@pytest.fixture(scope="module")
def words() -> list[str]:
    """Listed words and made ones that are within reach of a word that is looked for, in either way of looking."""
    known = lexicon()
    made = {form for root, affixes in known.affixes.items() for form in made_of(root, affixes)}
    every = sorted(known.indonesian | known.english | made)
    near = {
        word
        for wanted in looked_for()
        for word, _, _ in process.extract(wanted, every, scorer=OSA.distance, score_cutoff=REACH, limit=None)
    }
    return sorted(near)


def test_every_listed_and_every_made_form_is_a_word(words):
    assert [word for word in words if not is_word(word)] == []


def test_no_word_is_heard_as_one_of_another_root(words):
    heard = Hearing(words)
    taken = {
        (words[at], wanted)
        for wanted in looked_for()
        for at in heard.places(wanted)
        if words[at] != wanted and not one_root(words[at], wanted)
    }
    assert taken == set()


def one_root(written: str, wanted: str) -> bool:
    """Whether a common beginning says that they are forms of one: a root they share, or, in English, the letters before the ending."""
    shared = {each.root for each in parts(written)} & {each.root for each in parts(wanted)}
    return bool(shared) or written.startswith(wanted) or _stem(written) == _stem(wanted)


def _stem(word: str) -> str:
    for ending, instead in (
        ("ies", "y"),
        ("ing", ""),
        ("ed", ""),
        ("es", ""),
        ("s", ""),
        ("e", ""),
        ("en", ""),
    ):
        if word.endswith(ending) and len(word) - len(ending) > 2:
            stem = word.removesuffix(ending) + instead
            return stem[:-1] if stem[-1] == stem[-2] else stem
    return word


def test_no_word_is_a_misspelt_keyword(words):
    wanted = keyword_list()
    near = {
        word
        for each in wanted
        for word, _, _ in process.extract(each, words, scorer=OSA.distance, score_cutoff=2, limit=None)
    }
    assert [(word, nearest(word, wanted)) for word in sorted(near) if nearest(word, wanted)] == []


@settings(deadline=None)
@given(st.data())
def test_what_is_taken_for_a_word_is_no_other_and_lies_nowhere_nearer_to_one(data):
    wanted = data.draw(st.sampled_from(sorted(looked_for())))
    at = data.draw(st.integers(0, len(wanted) - 1))
    letter = data.draw(st.sampled_from("abcdefghijklmnopqrstuvwxyz"))
    kept = data.draw(st.integers(0, 1))
    written = wanted[:at] + letter + wanted[at + kept :]
    if is_slip(written, wanted):
        assert not is_word(written)
        slips = cost(written, wanted)
        every = sorted(lexicon().indonesian | lexicon().english)
        near = [
            word
            for word, _, _ in process.extract(written, every, scorer=OSA.distance, score_cutoff=2, limit=None)
        ]
        assert all(
            cost(written, word) > slips or hears(wanted) & hears(word) or one_root(word, wanted)
            for word in near
        )


def test_nine_of_ten_single_slips_are_forgiven():
    words = sorted(word for word in looked_for() if len(word) > 8)
    slips = [
        (word[:at] + word[at] * 2 + word[at + 1 :], word) for word in words for at in range(0, len(word), 3)
    ]
    slips += [
        (word[:at] + word[at + 1] + word[at] + word[at + 2 :], word)
        for word in words
        for at in range(1, len(word) - 1, 3)
    ]
    slips += [(word[:at] + word[at + 1 :], word) for word in words for at in range(1, len(word), 3)]
    heard = [is_slip(written, word) for written, word in slips if written != word]
    assert sum(heard) > 0.9 * len(heard)


def test_among_many_words_the_one_that_is_misspelt_is_named():
    wanted = tuple(sorted(looked_for()))
    assert corrected("sertifkat", wanted) == "sertifikat"
    assert corrected("pengadan", wanted) == ""
    assert corrected("pengadaan", wanted) == ""


def test_a_spelling_stands_for_one_thing_and_is_no_word_that_is_looked_for():
    seen: dict[tuple[str, ...], set[tuple[str, ...]]] = {}
    for pairs in spellings().values():
        for written, meant in pairs:
            seen.setdefault(written, set()).add(meant)
    assert {written for written, meant in seen.items() if len(meant) > 1} == set()
    assert {" ".join(written) for written in seen if len(written) == 1} & looked_for() == set()
