"""Reasons as AMS lists them, found in what letters say. AMS's own list is not public: the SOP's file has it, with synonyms."""

from collections.abc import Iterable

from rules.phrases import find_phrase, words_of
from rules.sop import Sop


def reason_in(sop: Sop, text: str, among: Iterable[str] | None = None) -> str:
    """Return the first of the SOP's reasons (or of those `among` them) that a text names, "" for none; a denied one does not count."""
    words = words_of(text)
    wanted = set(sop.reasons if among is None else among)
    for name, reason in sop.reasons.items():
        if name in wanted and any(
            find_phrase(words, phrase) for phrase in (name, reason.en, *reason.synonyms)
        ):
            return name
    return ""
