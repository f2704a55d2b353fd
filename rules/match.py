"""Which SOP a letter asks for: hard evidence first, then words; and an honest "undecided".

A document of a kind only one service asks for decides. Words count where the writer asks for something: a newsletter or an invitation
that mentions a service asks for nothing. A CSR alone decides nothing (departments also get them for web servers); a photo alone neither.
"""

from collections.abc import Mapping

from parsers.facts import DocumentFacts, MessageFacts
from rules.case import Value
from rules.hearing import asks
from rules.needs import MACHINE_READ
from rules.reasons import danger_in
from rules.sop import Sop

DECIDES = 60
"""Points (of 100) from which a letter opens a case."""
CLEARLY = 15
"""Points by which the best must lead the second."""

_LETTER, _SUPPORT, _DANGER = 95, 40, 95
_TWO = 2


class Match(Value):
    """What a letter matches: the SOP's id or None for undecided, points 0..100, why, and every SOP with points."""

    sop: str | None
    score: float
    reasons: tuple[str, ...] = ()
    candidates: tuple[tuple[str, float], ...] = ()


def match(facts: MessageFacts, sops: Mapping[str, Sop]) -> Match:
    """Match a message against the SOPs in force. Only a person's letter opens a case."""
    if facts.origin.kind != "person":
        return Match(sop=None, score=0, reasons=(f"written by no person: {facts.origin.kind}",))
    against = asks.against(asks.letter(facts.subject, facts.new_text))
    if against and not _asks_itself(facts, sops):
        return Match(sop=None, score=0, reasons=(against,))
    scored = _complaint_first({name: _score(facts, sop) for name, sop in _meant(facts, sops).items()}, sops)
    return _best(scored, sops)


def _best(scored: Mapping[str, tuple[float, tuple[str, ...]]], sops: Mapping[str, Sop]) -> Match:
    ranked = sorted(
        ((name, score) for name, (score, _) in scored.items() if score > 0), key=lambda each: -each[1]
    )
    if not ranked:
        return Match(sop=None, score=0, reasons=("neither a document nor words of any service",))
    best, points = ranked[0]
    reasons = scored[best][1]
    if points < DECIDES:
        reasons = (*reasons, f"not enough to decide: {points:g} of {DECIDES} points")
        return Match(sop=None, score=points, reasons=reasons, candidates=tuple(ranked))
    if len(_asked_for(ranked, sops)) == 1:
        best = _asked_for(ranked, sops)[0]
        return Match(sop=best, score=points, reasons=scored[best][1], candidates=tuple(ranked))
    if len(ranked) > 1 and points - ranked[1][1] < CLEARLY:
        reasons = (*reasons, f"undecided between {best} and {ranked[1][0]}")
        return Match(sop=None, score=points, reasons=reasons, candidates=tuple(ranked))
    return Match(sop=best, score=points, reasons=reasons, candidates=tuple(ranked))


def _asks_itself(facts: MessageFacts, sops: Mapping[str, Sop]) -> bool:
    """Whether the writer asks for a service for themselves in so many words, or reports a danger, whatever else the letter is."""
    return any(_words(facts, sop).own for sop in sops.values())


def _complaint_first(
    scored: Mapping[str, tuple[float, tuple[str, ...]]], sops: Mapping[str, Sop]
) -> Mapping[str, tuple[float, tuple[str, ...]]]:
    """Who complains names the service complained about: that is no request for it. A danger goes before a complaint."""
    if any(points >= _DANGER for points, _ in scored.values()):
        return scored
    complaints = {
        name: each for name, each in scored.items() if sops[name].opens.linked and each[0] >= DECIDES
    }
    return complaints or scored


def requests_in(facts: MessageFacts, sops: Mapping[str, Sop]) -> dict[str, tuple[DocumentFacts, ...]]:
    """Return the requests a mail holds by its letters, each with its documents: two in one mail are two requests.

    What serves no letter's SOP goes with the first. A letter of an SOP that another one opens anyway is part of that one.
    """
    if facts.origin.kind != "person":
        return {}
    names = list(_with_letters(facts, sops)) or _by_words(facts, sops)
    parts: dict[str, list[DocumentFacts]] = {name: [] for name in names}
    for document in facts.documents:
        takes = [
            name
            for name in names
            if any(document.kind in need.document for need in sops[name].needs.values())
        ]
        for name in takes[:1] or names[:1]:
            parts[name].append(document)
    return {name: tuple(documents) for name, documents in parts.items()}


def _by_words(facts: MessageFacts, sops: Mapping[str, Sop]) -> list[str]:
    """The two services a mail without letters asks for in so many words; more than two are a person's to read."""
    ranked = list(match(facts, sops).candidates)
    names = _asked_for(ranked, sops)
    return names if len(names) == _TWO else []


def _asked_for(ranked: list[tuple[str, float]], sops: Mapping[str, Sop]) -> list[str]:
    """Those that decide and do not stand clearly behind the best, less what one of them opens by itself."""
    close = [name for name, points in ranked if points >= DECIDES and ranked[0][1] - points < CLEARLY]
    opened = {child for name in close for child in sops[name].opened_sops}
    return [name for name in close if name not in opened]


def _meant(facts: MessageFacts, sops: Mapping[str, Sop]) -> Mapping[str, Sop]:
    """A letter says more than any words: where there is one, only its SOPs are meant."""
    return _with_letters(facts, sops) or sops


def _with_letters(facts: MessageFacts, sops: Mapping[str, Sop]) -> dict[str, Sop]:
    """Return the SOPs that letters of this mail name, less those that one of the others opens by itself."""
    named = {name: sop for name, sop in sops.items() if _documents(facts, sop)[0]}
    opened = {child for sop in named.values() for child in sop.opened_sops}
    return {name: sop for name, sop in named.items() if name not in opened}


def _score(facts: MessageFacts, sop: Sop) -> tuple[float, tuple[str, ...]]:
    letters, support = _documents(facts, sop)
    if letters:
        return _LETTER, letters + support
    meant = _words(facts, sop)
    points, reasons = meant.points, meant.reasons
    if support and (meant.said or not meant.reasons):
        points, reasons = points + _SUPPORT, reasons + support
    return max(0.0, min(points, 100.0)), reasons


def _documents(facts: MessageFacts, sop: Sop) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Return reasons from letters that name the service, and from documents that only support it."""
    kinds = {kind for need in sop.needs.values() for kind in need.document}
    letters: list[str] = []
    support: list[str] = []
    for document in facts.documents:
        if document.kind in kinds:
            reason = f"document {document.kind}: {document.name}"
            (support if document.kind in MACHINE_READ | {"other"} else letters).append(reason)
    return tuple(letters), tuple(support)


def _words(facts: MessageFacts, sop: Sop) -> asks.Asked:
    """What the SOP's frames and phrases say, an urgent reason beside what is at stake."""
    recognise = sop.recognise
    meant = asks.asked(
        asks.letter(facts.subject, facts.new_text), recognise.means, (*recognise.id, *recognise.en)
    )
    if danger := _feared(sop, facts):
        return asks.Asked(_DANGER, (f"urgent: {danger}", *meant.reasons), own=True, said=True)
    if sop.opens.linked and not meant.own and not _is_about_us(facts):
        return asks.Asked(
            min(meant.points, DECIDES - CLEARLY), (*meant.reasons, "a complaint about somebody else")
        )
    return meant


def _is_about_us(facts: MessageFacts) -> bool:
    """Whether a letter speaks of anything of this counter's: everybody complains about something."""
    letter = asks.letter(facts.subject, facts.new_text)
    return any(each.has("ours", "cert", "service") for each in (letter.subject, letter.text))


def feared(facts: MessageFacts, sops: Mapping[str, Sop]) -> str:
    """Return the SOP for which a mail gives an urgent reason, "" for none.

    For a mail in a conversation with us: there everybody knows what is at stake, and the words need not name it.
    """
    text = _beginning(facts)
    urgent = (
        name
        for name, sop in sops.items()
        if sop.opens.letter and danger_in(sop, text, in_conversation=True).sure
    )
    return next(urgent, "")


def worried(facts: MessageFacts, sops: Mapping[str, Sop]) -> str:
    """Return what a mail says of a danger without its being certain that there is one, "" for nothing: a person reads it at once."""
    found = (danger_in(sop, _beginning(facts)) for sop in sops.values() if sop.opens.letter)
    return next((each.words for each in found if each.reason), "")


def _feared(sop: Sop, facts: MessageFacts) -> str:
    """An urgent reason that stands beside what is at stake, "" for none."""
    danger = danger_in(sop, _beginning(facts))
    return danger.reason if danger.sure else ""


def _beginning(facts: MessageFacts) -> str:
    return f"{facts.subject}.\n\n{asks.beginning(facts.new_text or facts.below_text)}"
