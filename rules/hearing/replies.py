"""What a reply in a request's conversation means, with how sure that is and by which words.

Order of weight: who denies the request, complains, or calls it off is heard before who asks or has trouble, and that before what is said to be
done; thanks and promises are quiet only where nothing else is said. What fits nothing is `unclear`: a person reads it.
"""

import tomllib
from functools import cache
from importlib.resources import files

from rules.hearing import clauses
from rules.hearing.frames import Hit, hits
from rules.hearing.intent import Degree, Intent
from rules.keywords import has_kind_sign

QUIET = ("thanks", "promise")
"""What asks for nothing."""
_DEGREES: tuple[Degree, ...] = ("sure", "likely")
_SHOWN = 12
"""Words of what is not understood that are told."""
_GOES_ON = "go_on"
_SPEAKS = frozenset({"question", "problem", "correction", "denies", "complaint", "status"})
_LOUD = (
    "trouble", "complaining", "upset", "wrong", "denial", "cancel", "inquire", "change", "renew", "moved", "different", "revoke",
    "steal", "leak", "misuse", "hack", "unsigned", "unknown_to_me", "lose", "wish", "first", "retired", "freeze", "forget passphrase",
    "lock", "reset", "no", "far",
)  # fmt: skip
"""Concepts that are no thanks, where they are said as they are."""
_DEEDS = frozenset({"inquire", "revoke", "freeze", "change", "renew", "no"})
_STILL = (
    "thank",
    "polite",
    "agree",
    "will",
    "received",
    "solved",
    "go_on",
    "answer_no",
    "service",
    "mended",
    "once",
    "past",
)
_STRANGE_CLAUSES, _STRANGE_WORDS, _NAME = 1, 4, 2
_THINGS = frozenset({"field", "cert", "passphrase", "paper", "device", "data", "account", "key", "another"})
"""What thanks do not speak of in a clause of their own."""


def reply(text: str) -> Intent:
    """Return what a reply means, whatever its request waits for."""
    heard = clauses.read(text)
    if heard.words in {(), ("-",)}:
        return Intent(name="supplies", degree="unclear")
    nothing = Intent(name="unclear", degree="unclear", evidence=(" ".join(heard.words[:_SHOWN]),))
    return next((found for way in _WAYS if (found := way(text, heard))), nothing)


def speaks(text: str) -> bool:
    """Whether words beside documents want an answer of their own."""
    return reply(text).name in _SPEAKS


def _automatic(_text: str, heard: clauses.Text) -> Intent | None:
    found = next(hits(heard, ["robot", "away until"]), None)
    personal = heard.has("trouble", "complaining") or any(each.asked for each in heard.clauses)
    if found is None or (personal and found.frame != "robot"):
        return None
    return Intent(name="automatic", degree="likely", evidence=(found.words,))


def _weighty(_text: str, heard: clauses.Text) -> Intent | None:
    return next((found for name in ("denies", "complaint", "cancel") if (found := _found(heard, name))), None)


def _surely_done(_text: str, heard: clauses.Text) -> Intent | None:
    found = None if _asking(heard) else _found(heard, "done")
    return found if found and found.degree == "sure" else None


def _question(_text: str, heard: clauses.Text) -> Intent | None:
    asks = _asking(heard)
    if asks is None:
        return None
    status = any(_said(heard, "status", degree, asked=True) for degree in _DEGREES)
    return Intent(name="status" if status else "question", degree="likely", evidence=(" ".join(asks.words),))


def _else(_text: str, heard: clauses.Text) -> Intent | None:
    solved, inquires = _is_solved(heard), heard.has("inquire")
    for name in ("correction", "problem", "done", "status", "works", "supplies"):
        passed = (name == "problem" and solved) or (name == "status" and not inquires)
        if not passed and (found := _found(heard, name)):
            return found
    return None


def _asking(heard: clauses.Text) -> clauses.Clause | None:
    return next((clause for clause in heard.clauses if clause.asked), None)


def _found(heard: clauses.Text, name: str) -> Intent | None:
    for degree in _DEGREES:
        if hit := _said(heard, name, degree, asked=name == "denies"):
            doubt = degree == "sure" and name in {"cancel", "done"} and _is_doubtful(heard, hit, name)
            return Intent(name=name, degree="likely" if doubt else degree, evidence=(hit.words,))
    return None


def _said(heard: clauses.Text, name: str, degree: Degree, *, asked: bool = False) -> Hit | None:
    for hit in hits(heard, _table()[name][degree]):
        if not (hit.denied or hit.supposed or hit.past or hit.reported or (hit.asked and not asked)):
            return hit
    return None


def _is_doubtful(heard: clauses.Text, hit: Hit, name: str) -> bool:
    """Whether something else in the text may take it back: going on beside calling off, trouble or a promise beside what is done."""
    if any(each.asked for each in heard.clauses):
        return True
    if name == "cancel":
        return any(
            not each.denied
            for each in heard.by_concept.get(_GOES_ON, ())
            if not hit.first <= each.at < hit.last
        )
    if any(not each.denied for each in heard.by_concept.get("no", ())):
        return True
    here = [each for each in heard.named if heard.clauses[each.clause].sentence == hit.sentence]
    return any(each.concept == "will" for each in here) or (
        heard.has("trouble", "wrong") and not _is_solved(heard)
    )


def _is_solved(heard: clauses.Text) -> bool:
    """Whether trouble is told as over: it works again after it."""
    trouble = [each.at for each in heard.by_concept.get("trouble", ()) if not each.denied]
    return any(
        each.at > at and not each.denied for each in heard.by_concept.get("solved", ()) for at in trouble
    )


def _quiet(text: str, heard: clauses.Text) -> Intent | None:
    """Thanks, or a promise: every clause says such things, or is a name; nothing in it asks for anything."""
    if any(clause.asked for clause in heard.clauses) or _is_loud(heard):
        return None
    strange = 0
    for number, clause in enumerate(heard.clauses):
        known = {each.concept for each in heard.named if each.clause == number}
        if not known.intersection(_STILL) and len(clause.words) > _NAME:
            little = len(clause.words) <= _STRANGE_WORDS and not known & (_THINGS | {"already"})
            strange += 1 if little else _STRANGE_CLAUSES + 1
    if strange > _STRANGE_CLAUSES:
        return None
    if promised := next(iter(heard.by_concept.get("will", ())), None):
        return Intent(
            name="promise", degree="likely", evidence=(" ".join(heard.clauses[promised.clause].words),)
        )
    if heard.has("thank", "agree", "received", "answer_no") or has_kind_sign(text):
        return Intent(name="thanks", degree="likely", evidence=(" ".join(heard.words[:6]),))
    return None


def _is_loud(heard: clauses.Text) -> bool:
    """Whether something is said that asks for more than thanks; what the writer is going to do does not."""
    promised = {each.clause for each in heard.by_concept.get("will", ())}
    return any(
        hit.plain and not hit.past and not (hit.frame in _DEEDS and heard.clause_at(hit.first) in promised)
        for hit in hits(heard, _LOUD)
    )


_WAYS = (_automatic, _weighty, _surely_done, _quiet, _question, _else)
"""What a reply is tried for, the weightiest first."""


@cache
def _table() -> dict[str, dict[str, list[str]]]:
    return tomllib.loads((files("rules.hearing") / "replies.toml").read_text(encoding="utf-8"))


def about_data(text: str) -> Intent:
    """Return what an answer to "are your data still right?" means: `agrees`, `changed`, or what any reply may mean."""
    heard = clauses.read(text)
    other = reply(text)
    if other.name in {"automatic", "denies", "complaint", "cancel", "question", "promise"}:
        return other
    for name in ("changed", "agrees"):
        found = _said(heard, name, "sure") or _said(heard, name, "likely")
        if found:
            sure = not any(each.asked or each.supposed for each in heard.clauses)
            return Intent(name=name, degree="sure" if sure else "likely", evidence=(found.words,))
    return other
