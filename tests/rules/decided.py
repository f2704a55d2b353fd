"""What must hold of a single decision, whatever came before it."""

from rules.case import Alarm, Case, State
from rules.effects import HandOn, Mail, Open, Signal, Task
from rules.events import ChildEnded, Confirmed, Overheard, ParentEnded, Said, Stopped, Supplied, Woke, Word
from rules.needs import judge
from rules.sop import ENDINGS
from rules.turns import promise
from tests.rules.counter import CALENDAR
from tests.rules.world import Moment

OFFICES = frozenset({State.OFFICER, State.OFFICIAL})
_TOLD = {
    "promise-half": "task-reminder",
    "promise-four-fifths": "task-reminder",
    "promise-breach": "task-overdue",
}


def mails(moment: Moment, audience: str = "") -> list[str]:
    """Kinds of the letters of a decision (to one audience)."""
    letters = [each for each in moment.decision.effects if isinstance(each, Mail)]
    return [each.kind for each in letters if audience in {"", each.audience}]


def course(case: Case) -> Case:
    """The case without what any event may change: its number, and tasks beside."""
    beside = {"side_tasks": (), "asides": {}, "alarm": own_alarm(case), "row_alarm": None, "events": 0}
    return case.model_copy(update=beside)


def own_alarm(case: Case) -> Alarm | None:
    """The alarm of the case's own course."""
    return case.row_alarm if case.alarm is not None and case.alarm.name == "aside" else case.alarm


def is_open(case: Case) -> bool:
    return case.state is not State.CLOSED


# --- letters ---------------------------------------------------------------------------------------------------------------


def one_letter_each(moment: Moment) -> None:
    for audience in ("applicant", "holder"):
        assert len(mails(moment, audience)) <= 1, f"two letters at once: {mails(moment, audience)}"
    if isinstance(moment.event, Stopped):
        assert not mails(moment), "nobody is written to"


def thresholds_are_told(moment: Moment) -> None:
    name = moment.decision.event
    if name in _TOLD:
        assert mails(moment, "official" if name == "promise-breach" else "officers") == [_TOLD[name]]
        handed = any(isinstance(each, HandOn) for each in moment.decision.effects)
        assert moment.before is not None
        free = name == "promise-half" and moment.before.taken_by is None
        assert handed == free, "half the promise without a word hands the task on, once"
        assert moment.before.due is not None
        assert moment.before.promise_since is not None
        news = name == "promise-breach" and moment.before.promise_since < moment.before.due
        late = ["request-late"] if news else []
        assert mails(moment, "applicant") == late, "a broken promise is told to whom it was made, once"


def news_is_passed_on(moment: Moment) -> None:
    before, case = moment.before, moment.case
    for effect in moment.decision.effects:
        if isinstance(effect, Signal) and isinstance(effect.event, ChildEnded):
            untold = case.news[case.news_told :]
            assert effect.event.news[len(effect.event.news) - len(untold) :] == untold, (
                "what is untold goes to the parent"
            )
            also = effect.event.news[: len(effect.event.news) - len(untold)]
            assert not also or case.ending in case.holds, "only a held ending is told once more"
            if moment.case.ending in moment.case.holds:
                held = moment.sop.steps[moment.case.ending or ""].news
                kept = {each.sentence for each in effect.event.news}
                assert held is None or held in kept, "a held ending is the parent's to tell"
        if isinstance(effect, Mail) and effect.audience == "applicant" and before is not None:
            told = [int(each) for each in effect.said.get("news", ())]
            again = effect.kind == moment.sop.steps[case.step].tell and not is_open(case)
            assert again or all(each >= before.news_told for each in told), "told before"
            assert not again or told == list(range(len(case.news))), "the end tells all of it"
    if isinstance(moment.event, ChildEnded) and before is not None:
        there = (*before.news, *moment.event.news)
        assert case.news[: len(there)] == there, "news of a child is kept"
        assert case.news_told == len(case.news) or is_open(case) or case.relation == "child"


# --- alarms ----------------------------------------------------------------------------------------------------------------


def alarms_mean_one_thing(moment: Moment) -> None:
    event, before, case = moment.event, moment.before, moment.case
    if not isinstance(event, Woke) or before is None:
        return
    own = own_alarm(before)
    if event.alarm != "aside" and (
        own is None or (own.name, own.round) != (event.alarm, event.round) or moment.now < own.at
    ):
        assert course(case) == course(before), "an alarm that was set anew means nothing"
    elif event.alarm == "aside":
        assert case.asides != before.asides or moment.decision.event == "stale-alarm", "somebody is told"
    else:
        alarm = own_alarm(case)
        used_up = case.urgent and alarm is not None and alarm.name == "promise-breach"
        assert alarm is None or alarm.at > moment.now or used_up, "an alarm that rang is over"
    waits = any(key.startswith("help@") for key in before.side_tasks)
    if waits and before.state is State.APPLICANT:
        hurried = {"reminded", "lapsed", "silent"}
        assert moment.decision.event not in hurried, "nobody is hurried who waits for our answer"


# --- the promise -----------------------------------------------------------------------------------------------------------


def promise_goes_forward(moment: Moment) -> None:
    before, case = moment.before, moment.case
    if before is None or before.due is None:
        return
    assert case.due is not None, "a promise is never taken back"
    changed = (before.urgent, before.sort) != (case.urgent, case.sort)
    rested = bool(case.urgent) and (before.promise_since is None or case.promise_from != before.promise_from)
    assert case.due >= before.due or changed or rested, "a promise runs backwards"


def time_used_is_kept(moment: Moment) -> None:
    before, case = moment.before, moment.case
    if before is None or before.promise_since is None or case.promise_since is not None:
        return
    used = CALENDAR.office_seconds(before.promise_since, moment.now)
    if case.promise_from == before.promise_from:
        assert case.promise_spent == before.promise_spent + used, "the time that was used is kept"


def classes_count_from_the_beginning(moment: Moment) -> None:
    before, case = moment.before, moment.case
    if before is None or before.sort == case.sort or case.urgent or case.promise_from is None:
        return
    assert case.due == CALENDAR.add(case.promise_from, moment.sop.classes[case.sort].promise)
    assert mails(moment, "applicant") == ["request-reclassified"]


def priority_shortens_the_promise(moment: Moment) -> None:
    before, case = moment.before, moment.case
    old = before.urgent if before is not None else ""
    assert old in {"", case.urgent}, "a priority once raised stays"
    raised = bool(case.urgent) and not old and is_open(case)
    assert mails(moment).count("task-urgent") == raised, "the official is told once, at once"
    if raised:
        tasks = [each for each in moment.decision.effects if isinstance(each, Task) and not each.quiet]
        assert tasks, "an officer has a task that says so"
    if raised and before is not None and before.due is not None and case.due is not None:
        assert case.due <= max(before.due, CALENDAR.add(moment.now, promise.promised(moment.sop, case)))
        if before.state in OFFICES and before.promise_since == before.promise_from:
            assert case.due <= before.due, "urgency never gives more time"
            assert case.due <= CALENDAR.add(moment.now, promise.promised(moment.sop, case))


# --- words -----------------------------------------------------------------------------------------------------------------


def stale_words_change_nothing(moment: Moment) -> None:
    before, event = moment.before, moment.event
    if not isinstance(event, Word) or before is None:
        return
    ours = event.task == before.task
    if not ours and event.task not in before.side_tasks:
        assert course(moment.case) == course(before), "a word on a task that is gone"
        own = "@" not in event.task
        if own and not is_open(before) and event.outcome == "done" and before.ending in ENDINGS:
            assert len(moment.case.side_tasks) == len(before.side_tasks) + 1, "a fact of the world is told"
    if ours and before.taken_by not in {None, event.officer} and not event.official:
        assert moment.decision.event == "refused", "taken by one, answered by another"
    if moment.decision.event == "incomplete" and ours:
        assert moment.case.rounds == before.rounds + 1, "KURANG is counted"
    if moment.decision.event == "escalate" and ours:
        assert moment.case.taken_by is None
        performers = [each.performer for each in moment.decision.effects if isinstance(each, Task)]
        assert performers in ([], ["official"]), "what is escalated goes to the official"
    if moment.decision.event == event.outcome and ours:
        step, passed = moment.sop.steps[before.step], (before.step,)
        if event.outcome == "done":
            passed = (before.step, *moment.sop.between(before.step, step.outcomes["done"]))
        left = event.outcome in {"done", "approve", *step.words}
        final = left and any(moment.sop.steps[each].no_return for each in passed)
        assert moment.case.committed or not final, "after this row BATAL is too late"


def rows_begin_fresh(moment: Moment) -> None:
    before, case = moment.before, moment.case
    if before is not None and case.visits != before.visits and is_open(case):
        fresh = (case.taken_by, case.escalated, case.wish, case.approvals)
        assert fresh == (None, False, None, ()), "what belonged to the row before is forgotten"
    old = before.visits if before is not None else {}
    for name, times in case.visits.items():
        step = moment.sop.steps[name]
        passed = step.kind == "task" and times > old.get(name, 0) and name != case.step
        if passed and not (before is not None and before.step == name):
            known = case.facts.get(step.fact or "") or moment.known.get(step.fact or "", "")
            assert known in step.sure, "a row is passed only by what is sure"


def cancelling_has_its_time(moment: Moment) -> None:
    before = moment.before
    if not isinstance(moment.event, Said) or moment.event.word != "cancel" or before is None:
        return
    if not is_open(before):
        return
    ended = not is_open(moment.case)
    assert not (before.committed and ended), "after the point of no return BATAL is too late"
    if before.state in OFFICES:
        assert not ended, "the case is not torn from the officer's hand"
    elif not before.committed:
        assert ended, "in the applicant's turn BATAL counts at once"


def rounds_are_counted(moment: Moment) -> None:
    rounds = moment.sop.waiting.rounds
    assert moment.case.rounds <= rounds, "asked back more often than the SOP allows"
    for effect in moment.decision.effects:
        if isinstance(effect, Task) and effect.key == moment.case.task and moment.case.rounds >= rounds:
            assert "incomplete" not in effect.outcomes


# --- evidence --------------------------------------------------------------------------------------------------------------


def evidence_renews_the_task(moment: Moment) -> None:
    before, case = moment.before, moment.case
    digests = [each.facts.digest for each in case.documents]
    assert len(digests) == len(set(digests)), "the same document is filed once"
    assert "private-key" not in {each.facts.kind for each in case.documents}
    if before is None or before.state not in OFFICES or case.state not in OFFICES:
        return
    if case.evidence > before.evidence:
        assert case.task != before.task, "new evidence voids the old token"
        assert case.approvals == (), "approvals begin anew"
    elif isinstance(moment.event, Supplied) and before.urgent == case.urgent:
        assert (case.task, case.due) == (before.task, before.due), "bare words void no task"


def persons_stay_together(moment: Moment) -> None:
    opened = [each for each in moment.decision.effects if isinstance(each, Open)]
    for effect in opened:
        if effect.relation == "sibling" and moment.before is not None:
            numbers = sorted(each.number for each in (*moment.case.persons, *effect.persons))
            assert numbers == sorted(each.number for each in moment.before.persons), "each person in one case"
            assert moment.case.persons, "somebody stays"
            assert effect.persons, "somebody goes"
            assert effect.at == moment.before.step, "undecided, at the same row"
        if effect.relation == "linked" and isinstance(moment.event, Said):
            sent = [each.facts.digest for each in moment.event.documents]
            assert [each.facts.digest for each in effect.documents] == sent, "a complaint has its documents"
            assert effect.text == moment.event.text


def bystanders_change_nothing(moment: Moment) -> None:
    case, before = moment.case, moment.before
    if isinstance(moment.event, Overheard) and before is not None:
        assert course(case) == course(before)
        assert not mails(moment, "applicant"), "nor is the applicant told"


def holders_are_heard(moment: Moment) -> None:
    case, before, event = moment.case, moment.before, moment.event
    asks = moment.sop.opens.holder == "confirms"
    if asks and case.holder_address and not case.holder_says and case.state in OFFICES and not case.urgent:
        past = before is not None and (before.state in OFFICES or before.committed)
        assert before is None or past, "the holder has not confirmed"
    if isinstance(event, Confirmed) and before is not None:
        heard = is_open(before) and before.holder_address and event.theirs is not None
        assert case.holder_says is (event.theirs if heard else before.holder_says), (
            "they may change their mind"
        )
        denied = heard and not event.theirs
        assert not (asks and denied and is_open(case)) or before.committed, (
            "nothing goes on against the holder"
        )
        stood = denied and not asks and before.holder_says is not False and not before.committed
        if stood and before.state in OFFICES:
            assert case.task not in {None, before.task}, "whoever decides decides anew, knowing of it"
        if heard and event.theirs and not before.holder_says and not (before.asked or before.asked_text):
            step = moment.sop.steps[case.step]
            waits = case.state is State.APPLICANT and step.kind == "needs"
            assert not waits or judge(moment.sop, case).missing, "what is complete goes on"


# --- endings ---------------------------------------------------------------------------------------------------------------


def endings_reach_the_family(moment: Moment) -> None:
    before, case, event = moment.before, moment.case, moment.event
    if is_open(case) or (before is not None and not is_open(before)):
        return
    signals = [each for each in moment.decision.effects if isinstance(each, Signal)]
    to = {each.to for each in signals if isinstance(each.event, ChildEnded)}
    assert to == ({case.parent} if case.relation == "child" else set()), "its parent learns of the end"
    ended = {each.to for each in signals if isinstance(each.event, ParentEnded)}
    waited = {before.child} - {None} if before is not None else set()
    if isinstance(event, ChildEnded):
        waited -= {event.child}
    assert ended == waited, "an open child learns of its parent's end"
    step = moment.sop.steps.get(case.ending or "")
    if isinstance(event, Stopped):
        assert case.side_tasks == (), "nothing waits any more"
    elif step is not None and step.tell:
        told = step.tell in mails(moment, "applicant")
        assert told != (case.ending in case.holds), (
            "an ending has its own letter, or is held for the parent's"
        )
    elif case.relation != "child" and not isinstance(event, ParentEnded):
        assert mails(moment, "applicant"), "an end is told"
    if not isinstance(event, Stopped | ParentEnded) and case.relation != "child":
        assert case.news_told == len(case.news), "news is told at the latest with the end"


def families_part(moment: Moment) -> None:
    before, case, event = moment.before, moment.case, moment.event
    if before is None:
        return
    if isinstance(event, ParentEnded) and is_open(before):
        assert (case.relation, case.holds) == (None, ()), "it is nobody's child any more"
        assert is_open(case) == before.committed, "what is not committed ends with its parent"
    if isinstance(event, ChildEnded) and before.child != event.child:
        assert case.visits == before.visits, "only the child that is waited for moves its parent"
        assert case.child == before.child


def ends_are_undone_in_time(moment: Moment) -> None:
    before, case = moment.before, moment.case
    if before is None or is_open(before):
        return
    if is_open(case):
        row = moment.sop.steps.get(before.ending or "")
        assert moment.decision.event == "reopened"
        assert before.ending in ENDINGS or (row and row.reopens), "only what says so is opened again"
        assert before.closed is not None
        assert moment.now <= CALENDAR.add(before.closed, moment.sop.waiting.reopen), "too late"
        assert (case.ending, case.closed) == (None, None)
    else:
        assert (case.ending, case.closed, case.visits) == (before.ending, before.closed, before.visits)


DECIDED = (
    one_letter_each,
    thresholds_are_told,
    news_is_passed_on,
    alarms_mean_one_thing,
    promise_goes_forward,
    time_used_is_kept,
    classes_count_from_the_beginning,
    priority_shortens_the_promise,
    stale_words_change_nothing,
    rows_begin_fresh,
    cancelling_has_its_time,
    rounds_are_counted,
    evidence_renews_the_task,
    persons_stay_together,
    bystanders_change_nothing,
    holders_are_heard,
    endings_reach_the_family,
    families_part,
    ends_are_undone_in_time,
)
