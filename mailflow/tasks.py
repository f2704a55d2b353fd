"""Tasks in the database: put before officers by rotation, closed, decided by compare-and-set."""

import hashlib
import json
from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from sqlalchemy import update
from sqlmodel import Session, col, func, select

from mailflow import audit, cases, generations
from mailflow.cases import Happening
from mailflow.config import Officer
from mailflow.dossier import Matter
from mailflow.evidence import examine
from mailflow.letters.keywords import answered, word_of
from mailflow.letters.task import Further, Notice, task_letter, task_notice
from mailflow.staff.presence import present
from mailflow.store.tables import CaseRow, MessageRow, TaskRow, TaskState
from mailflow.trust.tokens import draw_salt
from mailflow.work import Work
from rules.checks.choices import offered
from rules.effects import CloseTask, HandOn, TakeBack, Task
from rules.events import Word
from rules.needs import counts

LIVE = (TaskState.OPEN, TaskState.TAKEN)
ASKED = "asked"
"""Why a task is put before one more officer: they asked for it."""
ASSIGNED = "assigned"
"""Settings `assigned:<task>` count how often a person put a task before an officer of their choice."""


def put(matter: Matter, effect: Task) -> TaskRow:
    """Write the task and, unless it is quiet, one letter with a token of its own to each officer it is put before."""
    officers = _choose(matter, effect)
    findings = examine(matter, effect.step)
    task = TaskRow(
        case_id=matter.number,
        key=effect.key,
        step=effect.step,
        performer=effect.performer,
        outcomes=list(effect.outcomes),
        officers=[each.email for each in officers],
        remedies=json.dumps(
            [each.remedy.model_dump() for each in offered(findings) if each.remedy], ensure_ascii=False
        ),
        evidence=evidence_digest(matter, effect.key),
        salt=draw_salt(generations.name(matter.work.session)),
        state=TaskState.OPEN,
        quiet=effect.quiet,
        note=effect.note,
        opened_at=matter.now,
        due_at=effect.due,
    )
    matter.work.session.add(task)
    matter.work.session.flush()
    if not effect.quiet:
        for officer in officers:
            task_letter(matter, task, officer, findings)
    return task


def evidence_digest(matter: Matter, key: str) -> str:
    """Return the digest of what the officer decides upon: documents that are evidence, and task key. It is part of the token."""
    there = (each.facts.digest for each in matter.case.documents if counts(matter.sop, each))
    parts = [key, *sorted(there)]
    return hashlib.sha256("\n".join(parts).encode()).hexdigest()


def close(session: Session, row: CaseRow, effect: CloseTask) -> TaskRow | None:
    """Make a task void, also one whose word still waits out its undo time; a decided one stays as it is. Return it if it became void."""
    task = by_key(session, row.id or 0, effect.key)
    if task is None or not (task.state in LIVE or task.effective_at is not None):
        return None
    task.state, task.effective_at, task.note = TaskState.VOID, None, effect.why
    session.add(task)
    session.flush()
    return task


def by_key(session: Session, case_id: int, key: str) -> TaskRow | None:
    """Return the task with this key."""
    return session.exec(select(TaskRow).where(TaskRow.case_id == case_id, TaskRow.key == key)).first()


def open_of(session: Session, officer: Officer) -> list[TaskRow]:
    """Return the tasks that wait for this officer and were put before them by letter, the oldest first."""
    query = select(TaskRow).where(
        col(TaskRow.state).in_([state.value for state in LIVE]), col(TaskRow.quiet).is_(False)
    )
    rows = session.exec(query.order_by(col(TaskRow.id)))
    return [each for each in rows if officer.addresses & {email.lower() for email in each.officers}]


def claim(session: Session, task: TaskRow, word: Word, *, now: datetime, effective_at: datetime) -> bool:
    """Decide a task by an officer's word if nobody has: the row count of a conditional update is the answer."""
    changed = session.connection().execute(
        update(TaskRow)
        .where(col(TaskRow.id) == task.id, col(TaskRow.state).in_([state.value for state in LIVE]))
        .values(
            state=TaskState.DECIDED.value,
            decision=word.outcome,
            decided_by=word.officer,
            decided_at=now,
            said=word.model_dump_json(),
            effective_at=effective_at,
        )
    )
    session.refresh(task)
    return changed.rowcount == 1


def unclaim(session: Session, task: TaskRow, *, officer: Officer, arrived: datetime) -> bool:
    """Take a word back that still waits, by a message that arrived within its undo time, whenever it is read."""
    changed = session.connection().execute(
        update(TaskRow)
        .where(
            col(TaskRow.id) == task.id,
            col(TaskRow.state) == TaskState.DECIDED.value,
            col(TaskRow.decided_by) == officer.email,
            col(TaskRow.effective_at) > arrived,
        )
        .values(
            state=TaskState.OPEN.value,
            decision=None,
            decided_by=None,
            decided_at=None,
            said=None,
            effective_at=None,
        )
    )
    session.refresh(task)
    return changed.rowcount == 1


def take_back(work: Work, row: CaseRow, effect: TakeBack) -> None:
    """Something came that a task's officer must know first: a word that still waits out its undo time is taken back, one on its way too.

    So both end alike, whichever of two messages is read first.
    """
    task = by_key(work.session, row.id or 0, effect.key)
    if task is None or not (task.state in LIVE or task.effective_at is not None):
        return
    if task.effective_at is not None:
        _reopen(task)
        task.note = effect.why
    task.news, task.news_at = effect.why, work.office.now()
    task.news_after = work.session.exec(select(func.max(MessageRow.id))).one()
    work.session.add(task)
    work.session.flush()


def knew_the_news(task: TaskRow, message: MessageRow) -> bool:
    """Whether who wrote a word could know what came last about its task."""
    if task.news_at is None:
        return True
    return message.arrived >= task.news_at and (message.id or 0) > (task.news_after or 0)


def _choose(matter: Matter, effect: Task) -> tuple[Officer, ...]:
    """By rotation, passing over who is away; who already works on this case keeps it, unless they have approved and another must."""
    work, row = matter.work, matter.row
    staff = _others(matter, _not_approved(matter, work.office.staff(effect.performer, row.sop)))
    if work.office.config.tasks.assignment == "all" or effect.performer == "official":
        return staff
    there = present(work, staff) or staff
    before = work.session.exec(
        select(TaskRow).where(TaskRow.case_id == row.id).order_by(col(TaskRow.id).desc())
    ).first()
    if before is not None:
        worked_on_it = [before.decided_by, *before.officers]
        known = next((each for email in worked_on_it for each in there if each.email == email), None)
        if known is not None:
            return (known,)
    return (_next(work, row.sop, there),)


def _not_approved(matter: Matter, staff: tuple[Officer, ...]) -> tuple[Officer, ...]:
    """Those of the staff who have not approved in this row yet; the official where there is nobody else, for two must be two."""
    if not matter.case.approvals:
        return staff
    officials = matter.office.staff("official", matter.row.sop)
    others = tuple(each for each in staff if each.email not in matter.case.approvals)
    return others or tuple(each for each in officials if each.email not in matter.case.approvals) or staff


def is_own_request(matter: Matter, officer: Officer) -> bool:
    """Whether an officer is the one who asks, or the holder: nobody decides about themselves."""
    given = (each.facts.fields.get("official_email") for each in matter.case.documents)
    concerned = {matter.case.address, matter.case.holder_address, *(each.value for each in given if each)}
    return bool(officer.addresses & {each.lower() for each in concerned if each})


def somebody_else(matter: Matter, task: TaskRow) -> bool:
    """Whether anybody but whom the request is about could decide a task."""
    able = (
        *matter.office.staff(task.performer, matter.row.sop),
        *matter.office.staff("official", matter.row.sop),
    )
    return any(not is_own_request(matter, each) for each in able)


def _others(matter: Matter, staff: tuple[Officer, ...]) -> tuple[Officer, ...]:
    """The staff without whom the request is about; an official where no officer is left."""
    others = tuple(each for each in staff if not is_own_request(matter, each))
    if others or not staff:
        return others
    officials = matter.office.staff("official", matter.row.sop)
    return tuple(each for each in officials if not is_own_request(matter, each)) or staff


def _next(work: Work, sop: str, officers: Sequence[Officer]) -> Officer:
    turn = cases.next_number(work.session, f"rotation:{sop}")
    return officers[(turn - 1) % len(officers)]


def colleague(matter: Matter, task: TaskRow) -> Officer | None:
    """Return the next who may do a task, is not away and does not have it; None where there is nobody."""
    staff = _others(matter, _not_approved(matter, matter.office.staff(task.performer, matter.row.sop)))
    having = {email.lower() for email in task.officers}
    others = [each for each in present(matter.work, staff) if not each.addresses & having]
    return _next(matter.work, matter.row.sop, others) if others else None


def hand_on(matter: Matter, effect: HandOn) -> bool:
    """Put an open task before a colleague too: both tokens count, the first word decides. Whether there was a colleague."""
    task = by_key(matter.work.session, matter.number, effect.key)
    if task is None or task.state != TaskState.OPEN or matter.office.config.tasks.assignment == "all":
        return False
    other = colleague(matter, task)
    if other is None:
        return False
    _put_before_too(matter, task, other, effect.why)
    return True


def join(matter: Matter, task: TaskRow, officer: Officer, *, message_id: int | None) -> str:
    """Put a colleague's task before an officer who asks for it; return why not, "" if it was.

    `theirs` already, `taken` by the colleague, `own-request`, `not-theirs`: of no service of theirs, or they have approved already.
    """
    official = officer.role == "official"
    able = _not_approved(matter, matter.office.staff(task.performer, matter.row.sop))
    reasons = {
        "theirs": bool(officer.addresses & {email.lower() for email in task.officers}),
        "own-request": is_own_request(matter, officer) and somebody_else(matter, task),
        "not-theirs": officer not in able and not official,
        "taken": task.state == TaskState.TAKEN and not official,
    }
    why = next((name for name, holds in reasons.items() if holds), "")
    if not why:
        _put_before_too(matter, task, officer, ASKED, message_id=message_id)
    return why


def _put_before_too(
    matter: Matter, task: TaskRow, other: Officer, why: str, *, message_id: int | None = None
) -> None:
    """Put a task before one more officer, and tell those who have it."""
    before, asked = task.officers, why == ASKED
    task.officers = [other.email, *before]
    matter.work.session.add(task)
    matter.work.session.flush()
    actor = f"officer:{other.email}" if asked else "program"
    record(matter, "handed-on", f"{why}: {other.email}", actor=actor, message_id=message_id)
    if task.quiet:
        return
    key = f"{task.key}:handed-on.{len(task.officers)}"
    task_letter(matter, task, other, examine(matter, task.step), Further(key, f"handed-on:{why}"))
    for email in before:
        if (former := matter.office.config.officer_by_address(email)) is not None:
            said: dict[str, tuple[str, ...]] = {"asked": ("yes",)} if asked else {}
            task_notice(matter, task, former, Notice("officer-task-handed-on", key, other.name, said=said))


def hand_over(
    matter: Matter, task: TaskRow, officer: Officer, *, quiet: bool = False, why: str = ASSIGNED
) -> None:
    """Put an open task before another officer alone: the earlier officers' tokens no longer count.

    `quiet`: it stays in the queue, without a letter. `why` is `ASSIGNED` where a person chose the officer. A word that has not taken effect
    is taken back.
    """
    take_word_back(matter, task, officer)
    task.officers, task.state, task.quiet = [officer.email], TaskState.OPEN, quiet
    matter.work.session.add(task)
    matter.work.session.flush()
    matter = release(matter, task, [matter.case.taken_by or ""])
    turn = cases.next_number(matter.work.session, f"{why}:{task.id}")
    if not quiet:
        findings = examine(matter, task.step)
        task_letter(matter, task, officer, findings, Further(f"{task.key}:{why}.{turn}"))


def take_word_back(matter: Matter, task: TaskRow, now_with: Officer) -> None:
    """Open a task again whose word still waits out its undo time, because it is somebody else's now; who gave the word is told."""
    decider = matter.office.config.officer_by_address(task.decided_by or "")
    if task.state != TaskState.DECIDED or task.effective_at is None or not task.said:
        return
    language = matter.office.config.department.language
    word = Word.model_validate_json(task.said)
    given = answered(word_of(word.outcome, language, matter.sop, task.step), word.besides, language)
    scope = f"task:{task.id}:{task.decided_at}"
    audit.record(
        matter.work,
        actor="program",
        action="word-taken-back",
        subject=matter.row.ticket,
        detail={"word": word.outcome, "by": word.officer, "now_with": now_with.email},
    )
    _reopen(task)
    matter.work.session.add(task)
    matter.work.session.flush()
    if decider is not None and decider != now_with:
        notice = Notice(
            "officer-word-taken-back",
            "taken-back",
            now_with.name,
            scope,
            {"understood": (given,)},
            undo_minutes=0,
        )
        task_notice(matter, task, decider, notice)


def _reopen(task: TaskRow) -> None:
    task.state = TaskState.OPEN
    task.decision = task.decided_by = task.decided_at = task.said = task.effective_at = None


def release(matter: Matter, task: TaskRow, gone: Sequence[str]) -> Matter:
    """Let a task that one of these had taken be anybody's again; return the matter as it is then."""
    if task.key != matter.case.task or matter.case.taken_by not in gone:
        return matter
    released = matter.case.model_copy(update={"taken_by": None})
    cases.store(matter.work, matter.row, released)
    task.state = TaskState.OPEN
    matter.work.session.add(task)
    return replace(matter, case=released)


def record(
    matter: Matter, event: str, note: str, *, actor: str = "program", message_id: int | None = None
) -> None:
    """Put on record what moved no case: who has its task, a note."""
    standing = Happening(actor=actor, message_id=message_id, step=matter.row.step, state=matter.row.state)
    cases.write_transition(matter.work, matter.row, standing, event=event, detail={"note": note})
