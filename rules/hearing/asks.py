"""Which service a letter's words ask for: the frames of each SOP, weighed by how they are meant.

What is denied, asked about, supposed, past, told by others, or names a form or a procedure is no request. What speaks against a request
altogether (an offer, an invitation, a copy for the files, a question where a request stands) is said by vetoes.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from rules.hearing import clauses
from rules.hearing.frames import Hit, hits, phrases

SUBJECT, TITLE, TEXT, PAST, ASKING, DENIED = 70, 60, 50, 10, 25, -60
"""Points of a hundred; `TITLE`: a subject of which the text says nothing."""
BEGINNING = 200
"""Words of the text in which a request says what it is."""
_FRAMES_AGAINST = {
    "offer": "offers something",
    "invite": "is an invitation, or news",
    "robot": "was written by a program",
    "for_file": "asks for nothing to be done",
    "happened_to_nobody": "asks about what has not happened",
    "away until": "tells of an absence",
    "first": "is about a first certificate",
    "status request": "asks where a request stands",
    "inquire status": "asks where a request stands",
}
"""Frames that speak against every request, with the reason as it is told."""
_DEEDS = ("revoke", "renew", "reset", "change")
_OUTWEIGHED = frozenset({"invite"})
"""Against which a request said by the writer of themselves holds."""


@dataclass(frozen=True)
class Asked:
    """What words ask for: points 0 to 100, reasons as they are told."""

    points: float = 0
    reasons: tuple[str, ...] = ()
    own: bool = False
    """Said by the writer of themselves, and nothing speaks against it that would hold."""
    said: bool = False
    """Said as it is, by whomever."""


@dataclass(frozen=True)
class Letter:
    """A letter's words, as they are heard."""

    subject: clauses.Text
    text: clauses.Text


def letter(subject: str, text: str) -> Letter:
    """Read a subject and the beginning of a text."""
    return Letter(clauses.read(subject), clauses.read(beginning(text)))


def asked(words: Letter, frames: Sequence[str], spelled: Sequence[str] = ()) -> Asked:
    """Return how far a letter asks for the service that these frames mean, or that is spelled out in these phrases."""
    given = [each for each in ("ours", "cert") if words.text.has(each) or words.subject.has(each)]
    elsewhere = "ours" not in given and (words.text.has("other") or words.subject.has("other"))
    above, below = (
        [
            each
            for each in (*hits(text, frames, given), *phrases(text, spelled))
            if not (_of_others(text, each) or (elsewhere and not _names_ours(text, each)))
        ]
        for text in (words.subject, words.text)
    )
    said = [each for each in below if _is_said(words.text, each)]
    titled = [each for each in above if _is_said(words.subject, each)]
    denied = [each for each in below if each.denied and not (each.asked or each.supposed)]
    if not (above or below):
        return Asked()
    reasons: list[str] = []
    points = 0.0
    if titled:
        alone = not below and len(words.text.words) > 1
        points, reasons = TITLE if alone else SUBJECT, [f"subject says: {titled[0].words}"]
    if said and not titled:
        points, reasons = TEXT, [f"text says: {said[0].words}"]
    if not (said or titled):
        points, reasons = PAST, [f"only mentions: {(above + below)[0].words}"]
    if denied and not said:
        points, reasons = points + DENIED, [*reasons, f"denies it: {denied[0].words}"]
    elif below and not said and titled and not any(each.plain for each in below):
        points, reasons = points - ASKING, [*reasons, f"only asks about it: {below[0].words}"]
    personal = any(_is_own(words.text, each) for each in said)
    if (said and personal) or words.text.has("ask") or words.subject.has("ask"):
        points, reasons = points + ASKING, [*reasons, "asks for it"]
    standing = [each for each in _against(words) if not (personal and each in _OUTWEIGHED)]
    for each in standing[:1]:
        points, reasons = points + DENIED, [*reasons, _FRAMES_AGAINST[each]]
    return Asked(
        max(0.0, min(points, 100.0)), tuple(reasons), own=personal and not standing, said=bool(said or titled)
    )


def _against(words: Letter) -> list[str]:
    return [
        frame
        for frame in _FRAMES_AGAINST
        if any(
            each.plain or "status" in each.frame
            for text in (words.subject, words.text)
            for each in hits(text, [frame])
        )
    ]


def _is_said(text: clauses.Text, hit: Hit) -> bool:
    """Whether it is said as it is, of now, by the writer; not done already, and no name of a form, a procedure or of those whom it concerns."""
    if not hit.plain or hit.past or hit.reported or _is_done(text, hit) or _is_of_whom(text, hit):
        return False
    named = any(hit.first - _BEFORE <= each.at < hit.last for each in text.by_concept.get("form", ()))
    return not named or _attached(text, hit)


def _is_done(text: clauses.Text, hit: Hit) -> bool:
    """Whether its deed is said to be done: `sudah dicabut`, `sudah kami ajukan perubahannya`."""
    deeds = [
        each.at
        for deed in _DEEDS
        for each in text.by_concept.get(deed, ())
        if hit.first <= each.at < hit.last
    ]
    already = [each.at for each in text.by_concept.get("already", ())]
    return any(0 < deed - at <= _BEFORE for deed in deeds for at in already)


def _is_of_whom(text: clauses.Text, hit: Hit) -> bool:
    """Whether it only says which persons are meant: `pegawai yang lupa passphrase`."""
    clause = text.clauses[text.clause_at(hit.first)]
    here = range(clause.start, clause.start + len(clause.words))
    own = any(each.at in here for each in text.by_concept.get("self", ()))
    return hit.first > 0 and text.words[hit.first - 1] == "yang" and not own


def _of_others(text: clauses.Text, hit: Hit) -> bool:
    """Whether something that is no business of this counter stands in the same clause, and nothing in the sentence that is."""
    here = {text.clause_at(hit.first), text.clause_at(hit.last - 1)}
    others = [each for each in text.by_concept.get("other", ()) if not hit.first <= each.at < hit.last]
    ours = any(text.clauses[each.clause].sentence == hit.sentence for each in text.by_concept.get("ours", ()))
    return any(each.clause in here for each in others) and not ours


def _names_ours(text: clauses.Text, hit: Hit) -> bool:
    """Whether the very words name a thing: then what else the letter is about does not matter."""
    things = ("ours", "cert", "passphrase", "other", "complaining")
    return any(hit.first <= each.at < hit.last for thing in things for each in text.by_concept.get(thing, ()))


def _attached(text: clauses.Text, hit: Hit) -> bool:
    return any(
        text.clauses[each.clause].sentence == hit.sentence for each in text.by_concept.get("attach", ())
    )


def _is_own(text: clauses.Text, hit: Hit) -> bool:
    return any(hit.first - _NEAR <= each.at < hit.last + _NEAR for each in text.by_concept.get("self", ()))


def beginning(text: str) -> str:
    """Return the lines of a text in which a request says what it is."""
    kept, count = [], 0
    for line in text.split("\n"):
        kept.append(line)
        count += len(line.split())
        if count > BEGINNING:
            break
    return "\n".join(kept)


def against(words: Letter) -> str:
    """Why a letter asks for nothing at all, "" where nothing speaks against it."""
    return next((_FRAMES_AGAINST[each] for each in _against(words)), "")


_BEFORE, _NEAR = 3, 4
