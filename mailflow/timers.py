"""What happens by itself when its time has come: words whose undo time has passed, alarms of cases, what officers are told daily.

Each function does one thing and returns whether it did.
"""

from collections.abc import Callable, Sequence
from datetime import datetime, timedelta

from sqlmodel import col, exists, func, select

from mailflow import cases, engine, looks, officers
from mailflow.errors import StoreError
from mailflow.letters import notices
from mailflow.letters.post import sendable
from mailflow.office import Office, log
from mailflow.staff import digest, reassign
from mailflow.store.tables import CaseRow, MessageRow, MessageState, OutboxRow, Setting, TaskRow
from mailflow.work import Work, reading, writing
from rules.events import Woke

_SHORTEST = timedelta(seconds=0.05)
_PUT_OFF = timedelta(hours=1)
_DIGEST = "digest"
_ANSWERED = exists().where(col(TaskRow.case_id) == col(CaseRow.id), col(TaskRow.effective_at).is_not(None))
"""An officer's word on the case waits for its undo time: nobody is reminded of, or told late, what has been answered."""


def apply_one_word(office: Office) -> bool:
    """Apply the oldest officer's word whose undo time has passed, when all mail is read that could have taken it back."""
    if office.is_observing:
        return False
    with reading(office) as work:
        due = _due_words(work)
        number = next((each.id for each in due if not _waits_for_mail(work, each)), None)
    if number is None:
        return False

    def apply(work: Work) -> None:
        task = work.session.get(TaskRow, number)
        if task is None or task.effective_at is None or task.effective_at > office.now():
            return
        if not _waits_for_mail(work, task):
            officers.apply_word(work, task)

    def put_off(work: Work, later: datetime) -> str:
        task = work.session.get(TaskRow, number)
        if task is not None and task.effective_at is not None:
            task.effective_at = later
            work.session.add(task)
        return f"the word on task {number} cannot be applied"

    _alone(office, apply, put_off)
    return True


def wants_a_look(office: Office) -> bool:
    """Whether a word whose undo time has passed waits for the mailbox to be looked at."""
    with reading(office) as work:
        return any(looks.lacks_a_look(work, _settled(each)) for each in _due_words(work))


def _due_words(work: Work) -> Sequence[TaskRow]:
    query = select(TaskRow).where(col(TaskRow.effective_at) <= work.office.now())
    return work.session.exec(query.order_by(col(TaskRow.effective_at))).all()


def _settled(task: TaskRow) -> datetime:
    """Until when mail counts that speaks against a word: to the end of its undo time, and until it was read itself."""
    return max(each for each in (task.effective_at, task.decided_at) if each is not None)


def _waits_for_mail(work: Work, task: TaskRow) -> bool:
    return looks.lacks_a_look(work, _settled(task)) or looks.is_unread(work, _settled(task))


def ring_one_alarm(office: Office) -> bool:
    """Wake the case whose alarm is the most overdue."""
    if office.is_observing:
        return False
    with reading(office) as work:
        query = (
            select(CaseRow.id)
            .where(col(CaseRow.wake_at) <= office.now(), ~_ANSWERED)
            .order_by(col(CaseRow.wake_at))
            .limit(1)
        )
        number = work.session.exec(query).first()
    if number is None:
        return False

    def ring(work: Work) -> None:
        row = work.session.get(CaseRow, number)
        if row is not None and row.wake_at is not None and row.wake_at <= office.now():
            alarm = cases.value_of(row).alarm
            assert alarm is not None  # noqa: S101 - the column mirrors it
            engine.happen(work, row, Woke(alarm=alarm.name, round=alarm.round), actor="clock")

    def put_off(work: Work, later: datetime) -> str:
        row = work.session.get(CaseRow, number)
        if row is not None and row.wake_at is not None:
            row.wake_at = later
            work.session.add(row)
        return f"the alarm of case {row.ticket if row else number} cannot be worked off"

    _alone(office, ring, put_off)
    return True


def _alone(office: Office, what: Callable[[Work], None], put_off: Callable[[Work, datetime], str]) -> bool:
    """Do one thing in its own transaction; a fault of this program puts it off and tells the administrators, and stops no other case.

    Return whether it was done.
    """
    try:
        with writing(office) as work:
            what(work)
    except StoreError:
        raise
    except Exception as fault:  # noqa: BLE001 - as the docstring says
        log.exception("timer-failed")
        now = office.now()
        with writing(office) as work:
            why = put_off(work, now + _PUT_OFF)
            notices.alert(
                work, f"timer:{why}:{now.isoformat()}", "", f"{why}: {type(fault).__name__}; see the log"
            )
        return False
    return True


def list_unmatched(office: Office) -> bool:
    """Once per working day, list for the officers what fitted nothing and was left in the inbox."""
    now = office.now()
    midnight = now.replace(hour=0, minute=0, second=0, microsecond=0)
    if office.is_observing or office.calendar.office_seconds(midnight, now) <= 0:
        return False
    with reading(office) as work:
        known = work.session.get(Setting, "unmatched-listed")
        if known is not None and known.value == now.date().isoformat():
            return False
    with writing(office) as work:
        done = work.session.get(Setting, "unmatched-listed") or Setting(name="unmatched-listed", value="")
        query = (
            select(MessageRow)
            .where(MessageRow.state == MessageState.UNMATCHED, col(MessageRow.listed).is_(False))
            .order_by(col(MessageRow.id))
            .limit(200)
        )
        rows = work.session.exec(query).all()
        done.value = now.date().isoformat()
        work.session.add(done)
        if rows:
            notices.unmatched_list(work, rows)
            for row in rows:
                row.listed = True
                work.session.add(row)
    return bool(rows)


def reassign_one(office: Office) -> bool:
    """Put one task anew that stands before somebody who is no longer in the configuration, or no longer for that service."""
    if office.is_observing:
        return False
    with reading(office) as work:
        number = reassign.find(work)
    if number is None:
        return False

    def put_off(work: Work, later: datetime) -> str:
        reassign.put_off(work, number, later)
        return f"task {number} stands before nobody and cannot be put anew"

    return _alone(office, lambda work: reassign.reassign(work, number), put_off)


def send_digests(office: Office) -> bool:
    """Once per working day, when the office has opened, tell each officer what waits; the first start only begins to count."""
    opening = None if office.is_observing else digest.opening_of(office)
    if opening is None:
        return False
    with reading(office) as work:
        last = work.session.get(Setting, _DIGEST)
        since = datetime.fromisoformat(last.value) if last else None
    if since is not None and since >= opening:
        return False
    sent = 0

    def send(work: Work) -> None:
        nonlocal sent
        _remember(work, office.now())
        sent = digest.send(digest.Morning(work, opening, since)) if since else 0

    def put_off(work: Work, later: datetime) -> str:
        del later
        _remember(work, office.now())
        return "the morning's digest cannot be written"

    _alone(office, send, put_off)
    return sent > 0


def _remember(work: Work, now: datetime) -> None:
    row = work.session.get(Setting, _DIGEST) or Setting(name=_DIGEST, value="")
    row.value = now.isoformat()
    work.session.add(row)


def next_alarm(office: Office) -> datetime | None:
    """The nearest moment at which a word takes effect or a case wakes; None when nothing waits but for mail to be read."""
    if office.is_observing:
        return None
    with reading(office) as work:
        words = select(func.min(col(TaskRow.effective_at)))
        moments = [
            work.session.exec(select(func.min(col(CaseRow.wake_at))).where(~_ANSWERED)).one(),
            work.session.exec(words.where(col(TaskRow.effective_at) > office.now())).one(),
        ]
    return min((each for each in moments if each is not None), default=None)


def next_letter(office: Office) -> datetime | None:
    """The nearest moment at which a letter is to be sent; None when none waits."""
    with reading(office) as work:
        query = select(func.min(col(OutboxRow.next_at))).where(sendable(office))
        return work.session.exec(query).one()


def until(office: Office, due: datetime | None, limit: timedelta) -> timedelta:
    """How long to wait for `due`: at most `limit`, and never no time at all."""
    left = limit if due is None else min(limit, due - office.now())
    return max(left, _SHORTEST)
