"""What the applicant is told in a row: what is missing, what to do in AMS, what is asked."""

from rules.needs import Completeness, unopened
from rules.needs import judge as judge_case
from rules.turns import promise
from rules.turns.turn import Said, Turn


def judge(turn: Turn) -> Completeness:
    """Judge the needs of the row against all documents of the case."""
    return judge_case(turn.sop, turn.case)


def cannot_open(turn: Turn) -> tuple[str, ...]:
    """Return the names of what was received, could not be opened and serves nothing."""
    return unopened(turn.sop, turn.step, turn.case.documents)


def ask(turn: Turn, *, key: str = "", onward: bool = False) -> None:
    """Tell the applicant what is there, what is missing, what could not be opened, what an officer asked for; `onward`: a further row wants it."""
    if turn.step.asks:
        pose(turn, key=key)
        return
    judged, closed = judge(turn), cannot_open(turn)
    closes = promise.closes_at(turn, -1).isoformat()
    said: Said = {"have": judged.have, "missing": judged.missing, "closes": (closes,), **asked(turn)}
    if onward:
        said["onward"] = (turn.case.step,)
    turn.tell(
        "request-incomplete",
        {**said, "unopened": closed} if closed else said,
        key=key,
        drafts=drafts_of(turn, judged.missing),
    )


def pose(turn: Turn, *, key: str = "") -> None:
    """Ask the applicant the row's question; beside it what an officer wrote, and the documents that answer it too."""
    said: Said = {
        "question": (turn.case.step,),
        "closes": (promise.closes_at(turn, -1).isoformat(),),
        **asked(turn),
    }
    missing = judge(turn).missing
    if turn.case.solution:
        said["answer"] = (turn.case.solution,)
    turn.tell("question-asked", {**said, "missing": missing}, key=key, drafts=drafts_of(turn, missing))


def instruct(turn: Turn, kind: str = "step-next", *, key: str = "") -> None:
    """Tell the applicant the steps in AMS that lie ahead, with the letters they need there."""
    steps = turn.sop.steps_ahead(turn.case.step)
    there = {turn.sop.needs[each.need].draft for each in turn.case.documents if each.need in turn.sop.needs}
    drafts = tuple(draft for step in steps for draft in turn.sop.steps[step].drafts if draft not in there)
    turn.tell(kind, {"steps": steps, **asked(turn)}, key=key, drafts=drafts)


def asked(turn: Turn) -> Said:
    """Return what an officer last asked for with KURANG: sentences of numbered remedies, and free text."""
    case = turn.case
    return {"requests": case.asked, "reason": (case.asked_text,) if case.asked_text else ()}


def drafts_of(turn: Turn, missing: tuple[str, ...]) -> tuple[str, ...]:
    """Return the prefilled letters that serve what is missing, and those of the row itself."""
    needed = (turn.sop.needs[need].draft for need in missing if need in turn.sop.needs)
    return tuple(dict.fromkeys(each for each in (*needed, *turn.step.drafts) if each))
