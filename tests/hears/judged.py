"""Whether a line was heard: `right`; left to a `person`, which is safe; `wrong`, that is harmful or silent; `unreached`."""

from tests.hears.played import Outcome

VERDICTS = ("right", "person", "wrong", "unreached")
_SERVICES = ("passphrase-loss", "data-change", "revocation", "renewal", "complaint")
_OPENS = {"complaint": "complaint", "agrees": "renewal", "urgent": "revocation"}
"""What a message in a thread opens when it is heard."""


def verdict(outcome: Outcome) -> str:
    """One of `VERDICTS`."""
    if not outcome.reached:
        return "unreached"
    judge = {"fresh": _fresh, "task": _task, "own": _own}.get(outcome.line.state, _thread)
    return judge(outcome)


def falsely_opened(outcome: Outcome) -> bool:
    """A first mail became a request it is not."""
    return outcome.line.state == "fresh" and bool(outcome.opened) and verdict(outcome) == "wrong"


def unprotected(outcome: Outcome) -> bool:
    """A call for protection was not heard as one, even where a person may come upon it."""
    return outcome.line.protection and verdict(outcome) in ("person", "wrong")


def _fresh(outcome: Outcome) -> str:
    hears, seen = outcome.line.hears, outcome.shown or outcome.left
    service = hears.removesuffix("-urgent")
    urgent = hears != service
    if outcome.opened:
        heard = service in _SERVICES and outcome.opened == {service}
        return _or_wrong(right=heard and (outcome.urgent or not urgent))
    if service in _SERVICES:
        return _or_wrong(person=seen and not urgent)
    if hears == "auto":
        return _or_wrong(right=not outcome.answered)
    answers = outcome.answered and hears in ("question", "status-unknown")
    return _or_wrong(right=seen or answers)


def _task(outcome: Outcome) -> str:
    hears = outcome.line.hears
    if hears in ("ask-back", "auto", "undo"):
        return _or_wrong(right=not outcome.decision)
    if outcome.decision:
        return _or_wrong(right=hears in outcome.decision)
    passed_on = hears == "escalate" and any("[Tugas]" in each for each in outcome.told)
    return _or_wrong(right=passed_on, person=True)


def _own(outcome: Outcome) -> str:
    return _or_wrong(right=outcome.answered or outcome.line.hears in ("none", "auto"), person=True)


def _thread(outcome: Outcome) -> str:
    hears, told = outcome.line.hears, bool(outcome.told)
    if hears == "thanks":
        return _or_wrong(right=not outcome.opened and not told, person=not outcome.opened)
    opens = hears.removeprefix("new-request:") if hears.startswith("new-request:") else _OPENS.get(hears)
    heard = {
        "auto": not outcome.answered,
        "cancel": outcome.closed,
        "done": outcome.shown or told,
        "urgent": outcome.urgent,
        "changed": outcome.shown or bool(outcome.opened & {"data-change", "renewal"}),
        "status": outcome.answered,
        "supplies": outcome.answered or told,
    }
    if opens is not None:
        return _or_wrong(right=opens in outcome.opened or heard.get(hears, False), person=outcome.shown)
    if hears in heard:
        return _or_wrong(right=heard[hears], person=outcome.shown and hears in ("cancel", "status"))
    return _or_wrong(right=outcome.shown, person=outcome.answered and not outcome.line.person)


def _or_wrong(*, right: bool = False, person: bool = False) -> str:
    return "right" if right else "person" if person else "wrong"
