"""What is otherwise where the course is the same: letters, tasks, the promise, the findings an officer is shown."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import replace

from mailflow.dossier import Matter
from mailflow.evidence import examine
from mailflow.replay.difference import What
from mailflow.replay.lane import Lane, Step
from mailflow.work import Work
from rules.effects import Mail, Task


def differing(then: Step, now: Step) -> Iterator[tuple[What, str]]:
    """Name what one event brings about otherwise under the rules to be tried than under those of then."""
    before, after = (
        Counter(f"{each.audience} {each.kind}" for each in step.decision.effects if isinstance(each, Mail))
        for step in (then, now)
    )
    if before != after:
        yield "letters", _less_and_more(list((before - after).elements()), list((after - before).elements()))
    words_before, words_after = (
        [_task(each) for each in step.decision.effects if isinstance(each, Task)] for step in (then, now)
    )
    if words_before != words_after:
        yield "tasks", _less_and_more(words_before, words_after)
    due, due_now = then.decision.case.due, now.decision.case.due
    if due != due_now:
        yield (
            "promise",
            f"due {due.isoformat() if due else '-'}, now {due_now.isoformat() if due_now else '-'}",
        )


def findings_differ(
    work: Work, lanes: tuple[Lane, Lane], steps: tuple[Step, Step], *, read_anew: bool
) -> str:
    """Tell what the checks of the tasks that were put find otherwise, "" where nothing; both are asked today, about the case as it was."""
    then, now = (lane.sops[step.case] for lane, step in zip(lanes, steps, strict=True))
    for task in (each for each in steps[1].decision.effects if isinstance(each, Task)):
        before, after = then.steps.get(task.step), now.steps.get(task.step)
        if before is None or after is None or not (before.checks or after.checks):
            continue
        if not read_anew and before.checks == after.checks and then.needs == now.needs:
            continue
        found = [_findings(work, lane, step, task.step) for lane, step in zip(lanes, steps, strict=True)]
        less, more = ([each for each in one if each not in other] for one, other in (found, found[::-1]))
        if less or more:
            return _less_and_more(less, more)
    return ""


def _findings(work: Work, lane: Lane, step: Step, row: str) -> list[str]:
    office = replace(work.office, clock=lambda: step.at)
    ledger = lane.row_of(step.case)
    matter = Matter(office, lane.sops[step.case], step.decision.case, Work(work.session, office), ledger)
    return [f"{each.check} {each.verdict}: {each.message.en}" for each in examine(matter, row)]


def _task(task: Task) -> str:
    return f"{task.performer} at {task.step}: {' '.join(task.outcomes)}"


def _less_and_more(less: list[str], more: list[str]) -> str:
    return f"then {', '.join(less) or 'none'}; now {', '.join(more) or 'none'}"
