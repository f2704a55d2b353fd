"""What an alarm does: remind, put before an officer, lapse; or tell of a promise that runs out."""

from rules.case import Alarm, State
from rules.effects import HandOn
from rules.events import Woke
from rules.needs import HOLDER
from rules.step import SILENT
from rules.turns import aside, evidence, promise, rows, telling
from rules.turns.turn import ASIDE, Said, Turn


def woke(turn: Turn, event: Woke) -> None:
    """Answer the alarm of a case; one that was set anew since means nothing. After the end only tasks beside still wait."""
    alarm = turn.case.alarm
    if event.alarm == ASIDE:
        if not aside.late(turn):
            turn.happened("stale-alarm")
    elif (
        turn.case.state is State.CLOSED
        or alarm is None
        or (alarm.name, alarm.round) != (event.alarm, event.round)
        or turn.now < alarm.at
    ):
        turn.happened("stale-alarm")
    elif not turn.is_applicants:
        _promise_runs_out(turn)
    elif aside.is_waited_for(turn):
        _help_is_late(turn, alarm)
    elif alarm.name == "remind":
        _remind(turn, alarm)
    else:
        _silence(turn)


def _remind(turn: Turn, alarm: Alarm) -> None:
    """Remind, and say beforehand when a silent request will lapse; a step in AMS never lapses."""
    turn.happened("reminded")
    said: Said = {"round": (str(alarm.round + 1),), **telling.asked(turn)}
    if turn.step.asks or turn.step.kind == "ask":
        said |= {"question": (turn.case.step,), "missing": telling.judge(turn).missing}
        if turn.case.solution:
            said["answer"] = (turn.case.solution,)
        said["closes"] = (promise.closes_at(turn, alarm.round).isoformat(),)
    elif turn.step.kind == "ams":
        said |= {"steps": turn.sop.steps_ahead(turn.case.step)}
    else:
        judged = telling.judge(turn)
        said |= {
            "have": judged.have,
            "missing": judged.missing,
            "closes": (promise.closes_at(turn, alarm.round).isoformat(),),
        }
    turn.tell("request-reminder", said, key=turn.alarm_key(alarm))
    if HOLDER in telling.judge(turn).missing and turn.case.holder_says is None:
        turn.write("holder", "holder-asked", {"reminder": ("yes",)})
    promise.remind_next(turn, alarm.round + 1)


def _silence(turn: Turn) -> None:
    """No answer to any reminder. Silence is not "done": a step in AMS is put before an officer to look; a row may say what else it means."""
    if SILENT in turn.step.outcomes:
        turn.happened("silent")
        rows.leave(turn, SILENT)
    elif turn.step.kind == "ams":
        turn.happened("silent")
        evidence.look(turn, note="silent")
    else:
        turn.happened("lapsed")
        rows.end(turn, "lapsed")
        if turn.case.relation != "child":  # its parent goes on, and says how
            turn.tell("request-lapsed", key=turn.entry("lapsed"))


def _help_is_late(turn: Turn, alarm: Alarm) -> None:
    """The applicant waits for us: no reminder, no lapse; the officer is reminded instead."""
    turn.happened("help-is-late")
    tasks = tuple(key for key in turn.case.side_tasks if key.startswith("help@"))
    turn.write("officers", "task-reminder", {"task": tasks})
    promise.remind_next(turn, alarm.round)


def _promise_runs_out(turn: Turn) -> None:
    """Tell of the nearest threshold only, also after an outage; at the end the official and the applicant are told."""
    passed = [name for name, share in promise.THRESHOLDS if promise.threshold_at(turn, share) <= turn.now]
    name = passed[-1] if passed else turn.case.alarm.name if turn.case.alarm else ""
    turn.happened(name)
    key = _promise_key(turn, name)
    task = (turn.case.task,) if turn.case.task else ()
    turn.change(alarm=None)
    if name == "promise-breach":
        case = turn.case
        # counted anew after its end, by urgency or a class, it is no news to the applicant
        first = case.due is not None and case.promise_since is not None and case.promise_since < case.due
        turn.write(
            "official", "task-overdue", {"task": task, **({"told": ("yes",)} if first else {})}, key=key
        )
        if first:
            turn.tell("request-late", key=f"{key}:told")
    else:
        turn.write("officers", "task-reminder", {"task": task, "threshold": (name,)}, key=key)
        if name == "promise-half" and turn.case.task and turn.case.taken_by is None:
            turn.effects.append(HandOn(key=turn.case.task, why=name))
        promise.watch(turn)


def _promise_key(turn: Turn, name: str) -> str:
    """Key of what a promise's alarm causes: one that a class or urgency counted anew may pass the same threshold again."""
    since = turn.case.promise_since
    return f"{turn.alarm_key(Alarm(at=turn.now, name=name))}@{since:%y%m%d%H%M%S}"
