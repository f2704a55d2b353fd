"""Reasons as AMS lists them, found in what letters say. AMS's own list is not public: the SOP's file has it, with synonyms and frames."""

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass

from rules.hearing import asks, clauses
from rules.hearing.frames import Hit, hits, phrases
from rules.sop import Sop

_AT_STAKE = ("ours", "cert")
"""What the writer of an answer to us need not name."""
_NOT_THERE = "-store passphrase"
"""Who says that the passphrase was not in what is lost asks, and reports no danger."""
_FEAR = "worry"
"""Who is worried and does not say about what is read by a person at once."""
_SETTLED = ("revoke", "status", "done", "solved", "mended")
_LOST = frozenset({"lose", "hilang", "kehilangan", "lost", "missing"})


@dataclass(frozen=True)
class Danger:
    """An urgent reason that a text gives ("" for none), in which words; `sure` where it is said as it is."""

    reason: str = ""
    words: str = ""
    sure: bool = False


def reason_in(sop: Sop, text: str, among: Iterable[str] | None = None) -> str:
    """Return the first of the SOP's reasons (or of those `among` them) that a text names, "" for none; a denied one does not count."""
    return next((name for name, hit in _named(sop, text, among) if _is_said(hit)), "")


def danger_in(sop: Sop, text: str, *, in_conversation: bool = False) -> Danger:
    """Return the urgent reason a text gives, beside what is at stake; `in_conversation`: an answer to us, which need not name that."""
    urgent = [name for each in sop.urgent for name in each.is_]
    heard = clauses.read(text)
    if not urgent or not (in_conversation or _is_at_stake(sop, heard)):
        return Danger()
    given = _AT_STAKE if in_conversation else ()
    found = list(_named(sop, text, urgent, given))
    doubt = asks.against(asks.Letter(clauses.read(""), heard))
    kept_elsewhere = any(True for _ in hits(heard, [_NOT_THERE]))
    for name, hit in found:
        if (
            hit.plain
            and not (hit.long_ago and _is_settled(heard, hit))
            and (not doubt or _is_personal(heard, hit))
            and not (kept_elsewhere and _is_loss(hit))
        ):
            return Danger(name, hit.words, sure=True)
    unsure = next(((name, hit) for name, hit in found if not hit.denied), None)
    if unsure is not None:
        return Danger(unsure[0], unsure[1].words)
    fears = next((hit for hit in hits(heard, [_FEAR]) if not hit.denied), None)
    return Danger(urgent[0], fears.words) if fears and not doubt else Danger()


def _named(
    sop: Sop, text: str, among: Iterable[str] | None, given: Collection[str] = ()
) -> Iterator[tuple[str, Hit]]:
    heard = clauses.read(text)
    wanted = set(sop.reasons if among is None else among)
    for name, reason in sop.reasons.items():
        if name in wanted:
            for hit in (
                *hits(heard, reason.means, given),
                *phrases(heard, (name, reason.en, *reason.synonyms)),
            ):
                yield name, hit


def _is_said(hit: Hit) -> bool:
    return hit.plain and not hit.long_ago


def _is_at_stake(sop: Sop, heard: clauses.Text) -> bool:
    return heard.has(*_AT_STAKE) or any(True for _ in phrases(heard, sop.recognise.about))


def _is_personal(heard: clauses.Text, hit: Hit) -> bool:
    return any(
        heard.clauses[each.clause].sentence == hit.sentence for each in heard.by_concept.get("self", ())
    )


def _is_loss(hit: Hit) -> bool:
    return bool(_LOST.intersection(hit.frame.split()))


def _is_settled(heard: clauses.Text, hit: Hit) -> bool:
    """Whether the sentence also says what was done about it: a theft of last month that nobody has acted on is a danger today."""
    return any(
        heard.clauses[each.clause].sentence == hit.sentence and not each.denied
        for concept in _SETTLED
        for each in heard.by_concept.get(concept, ())
    )
