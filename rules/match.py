"""Which SOP a letter asks for: hard evidence first, then words; and an honest "undecided".

A document of a kind only one service asks for decides. Words count where the writer asks for something: a newsletter or an invitation
that mentions a service asks for nothing. A CSR alone decides nothing (departments also get them for web servers); a photo alone neither.
"""

from collections.abc import Mapping

from parsers.facts import DocumentFacts, MessageFacts
from rules.case import Value
from rules.needs import MACHINE_READ
from rules.phrases import Words, find_phrase, words_of
from rules.reasons import reason_in
from rules.sop import Sop

DECIDES = 60
"""Points (of 100) from which a letter opens a case."""
CLEARLY = 15
"""Points by which the best must lead the second."""

_LETTER, _SUBJECT, _TEXT, _SUPPORT, _ASKING, _OTHER_BUSINESS = 95, 70, 50, 40, 25, 60
_TWO = 2
_BEGINNING = 200
"""Words of the text in which a request says what it is."""

_ASKS = frozenset(
    {"mohon", "memohon", "permohonan", "minta", "meminta", "bantu", "bantuan", "bantuannya", "dibantu", "tolong", "mengajukan",
     "pengajuan", "ajukan", "bagaimana", "please", "help", "request", "requesting", "apply", "application", "assist", "assistance"}
)  # fmt: skip
_FORBIDDING = frozenset({"jangan", "jgn", "janganlah"})
_SELF = frozenset({"saya", "aku", "kami", "i", "my", "we", "our"})
_ANNOUNCES = frozenset(
    {"undangan", "mengundang", "sosialisasi", "bimtek", "pelatihan", "webinar", "seminar", "workshop", "lokakarya", "newsletter",
     "buletin", "berita", "tips", "edukasi", "narasumber", "peserta", "invitation", "invite", "training", "webinars", "unsubscribe",
     "bulletin"}
)  # fmt: skip


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
    scored = {name: _score(facts, sop) for name, sop in _meant(facts, sops).items()}
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
    points, reasons = _words(facts, sop)
    if support:
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


def _words(facts: MessageFacts, sop: Sop) -> tuple[float, tuple[str, ...]]:
    subject, text = words_of(facts.subject), words_of(facts.new_text, _BEGINNING)
    phrases = (*sop.recognise.id, *sop.recognise.en)
    in_subject = next((phrase for phrase in phrases if find_phrase(subject, phrase)), None)
    in_text, personal = _best_in_text(text, phrases)
    danger = _feared(sop, _beginning(facts))
    if in_subject is None and in_text is None and not danger:
        return 0, ()
    if danger:
        points, reasons = _SUBJECT, [f"urgent: {danger}"]
    elif in_subject:
        points, reasons = _SUBJECT, [f"subject says: {in_subject}"]
    else:
        points, reasons = _TEXT, [f"text says: {in_text}"]
    if _forbids(text, phrases):
        points, reasons = points - _OTHER_BUSINESS, [*reasons, "forbids it instead of asking for it"]
    if personal or _ASKS.intersection(subject) or _ASKS.intersection(text):
        points, reasons = points + _ASKING, [*reasons, "asks for it"]
    if _ANNOUNCES.intersection(subject) or (not personal and _ANNOUNCES.intersection(text)):
        points, reasons = points - _OTHER_BUSINESS, [*reasons, "reads like an invitation or a newsletter"]
    return points, tuple(reasons)


def feared(facts: MessageFacts, sops: Mapping[str, Sop]) -> str:
    """Return the SOP for which a mail gives an urgent reason, "" for none.

    For a mail in a conversation with us: there everybody knows what is at stake, and the words need not name it.
    """
    urgent = (
        name for name, sop in sops.items() if sop.opens.letter and _urgent_reason(sop, _beginning(facts))
    )
    return next(urgent, "")


def _feared(sop: Sop, text: str) -> str:
    """An urgent reason that stands beside what is at stake, "" for none."""
    words = words_of(text)
    if not any(find_phrase(words, thing) for thing in sop.recognise.about):
        return ""
    return _urgent_reason(sop, text)


def _urgent_reason(sop: Sop, text: str) -> str:
    return reason_in(sop, text, [name for each in sop.urgent for name in each.is_]) if sop.urgent else ""


def _beginning(facts: MessageFacts) -> str:
    return f"{facts.subject}.\n{' '.join((facts.new_text or facts.below_text).split()[:_BEGINNING])}"


def _forbids(text: Words, phrases: tuple[str, ...]) -> bool:
    """Whether the writer wants it not done (`jangan dicabut`): a passive of this service's own words, or `diproses`."""
    own = {word for phrase in phrases for word in phrase.split()} | {"diproses", "dilanjutkan"}
    return any(
        word in _FORBIDDING and any(each.startswith("di") and each in own for each in text[at + 1 : at + 3])
        for at, word in enumerate(text)
    )


def _best_in_text(text: Words, phrases: tuple[str, ...]) -> tuple[str | None, bool]:
    """Return a phrase the text holds, and whether some phrase is said by the writer of himself."""
    found = [(phrase, hit) for phrase in phrases if (hit := find_phrase(text, phrase))]
    personal = [
        phrase for phrase, hit in found if _SELF.intersection((*hit.before[-4:], *text[hit.at : hit.at + 4]))
    ]
    if personal:
        return personal[0], True
    return (found[0][0] if found else None), False
