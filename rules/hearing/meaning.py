"""What a message means as a whole, by one of the counter's intents: what `mailflow try` tells, and what every consumer acts on by its parts."""

from collections.abc import Mapping

from parsers.facts import MessageFacts
from rules.hearing import asks, clauses
from rules.hearing.intent import Degree, Intent
from rules.hearing.replies import reply
from rules.hearing.said import meaning
from rules.match import DECIDES, match
from rules.reasons import danger_in
from rules.sop import Sop
from rules.step import Step
from rules.words import applicant_word

_SURE = 90
"""Points from which a service is surely meant: a letter, or a subject that asks for it."""
_WORDS = {"finished": "done", "confirm": "agrees", "right": "agrees", "change": "changed", "applied": "done"}
"""Keywords and rows' own words by the intent they say, where it has another name."""
_NO_REQUESTS = {"asks where a request stands": "status", "asks about what has not happened": "question"}
_AUTOMATIC = frozenset({"was written by a program", "tells of an absence"})


def of_first_mail(facts: MessageFacts, sops: Mapping[str, Sop]) -> Intent:
    """Return what a mail that belongs to no request means."""
    if facts.origin.kind != "person":
        return Intent(name="automatic", degree="sure", evidence=(facts.origin.reason,))
    text = f"{facts.subject}.\n\n{facts.new_text or facts.below_text}"
    if danger := _danger(text, sops, in_conversation=False):
        return danger
    found = match(facts, sops)
    if found.sop is not None:
        degree: Degree = "sure" if found.score >= _SURE else "likely"
        return Intent(name=found.sop, degree=degree, evidence=found.reasons)
    return _without_service(facts, found.reasons, found.score)


def of_answer(
    facts: MessageFacts, sops: Mapping[str, Sop], words: Mapping[str, tuple[str, ...]], step: Step | None
) -> Intent:
    """Return what a mail in a request's conversation means; `words`: the row's own."""
    text = facts.new_text or facts.below_text
    if danger := _danger(text, sops, in_conversation=True):
        return danger
    spoken = applicant_word(facts.new_text, words).outcome
    heard = meaning(text, words, step)
    if spoken and not (spoken == "finished" and heard.name in {"thanks", "promise"}):
        said = (facts.new_text.strip().splitlines()[0],)
        return Intent(name=_WORDS.get(spoken, spoken), degree="sure", evidence=said)
    if facts.documents and heard.degree == "unclear":
        return Intent(name="supplies", degree="sure", evidence=tuple(each.name for each in facts.documents))
    return _named(heard)


def _danger(text: str, sops: Mapping[str, Sop], *, in_conversation: bool) -> Intent | None:
    found = {name: danger_in(sop, text, in_conversation=in_conversation) for name, sop in sops.items()}
    name = next((name for name, each in found.items() if each.sure), "")
    if not name:
        name = next((name for name, each in found.items() if each.reason), "")
    if not name:
        return None
    degree: Degree = "sure" if found[name].sure else "unclear"
    return Intent(name=name, degree=degree, evidence=(found[name].words,), protection=found[name].sure)


def _without_service(facts: MessageFacts, reasons: tuple[str, ...], score: float) -> Intent:
    letter = asks.letter(facts.subject, facts.new_text)
    against, heard = asks.against(letter), reply(facts.new_text or facts.below_text)
    if against in _AUTOMATIC:
        return Intent(name="automatic", degree="likely", evidence=(against,))
    if against:
        name = _NO_REQUESTS.get(against, "other-business")
        return Intent(name=name, degree="likely", evidence=(against,))
    if _is_elsewhere(letter):
        return Intent(name="other-business", degree="likely", evidence=reasons)
    if heard.name in {"question", "status", "thanks", "complaint", "problem"}:
        return _named(heard)
    return Intent(name="unclear", degree="unclear", evidence=reasons if score < DECIDES else heard.evidence)


def _is_elsewhere(letter: asks.Letter) -> bool:
    """Whether it speaks of what is no business of this counter, and of nothing that is."""
    texts: tuple[clauses.Text, ...] = (letter.subject, letter.text)
    return any(each.has("other") for each in texts) and not any(each.has("ours") for each in texts)


def _named(heard: Intent) -> Intent:
    """A promise is thanks to the world outside, and what works again is done."""
    name = {"promise": "thanks", "works": "done"}.get(heard.name, heard.name)
    return heard.model_copy(update={"name": name})
