"""An officer's reply becomes a decision only if all of it holds: token, sender, authentication, one clear word, an open task.

What does not count is answered with why, to the officer's own address, and changes nothing; the token stays valid. A reply with a valid
token from somebody else is answered to nobody: it is kept, logged and told to the administrators.
"""

from dataclasses import dataclass
from datetime import timedelta

from sqlmodel import col, select

from mailflow import audit, cases, engine, tasks
from mailflow.config import Officer
from mailflow.dossier import Matter
from mailflow.letters import notices
from mailflow.letters.answers import IMMEDIATE, Answer
from mailflow.letters.task import remedies_of
from mailflow.office import Office, log
from mailflow.store.tables import CaseRow, MessageRow, OutboxRow, TaskRow, TaskState
from mailflow.trust.authentication import authenticate
from mailflow.trust.tokens import find_tokens
from mailflow.work import Work
from parsers.facts import MessageFacts
from rules.case import Word
from rules.decide import objection
from rules.words import Spoken, officer_word

NO_SUCH_NUMBER = ("nomor itu tidak ada dalam daftar pilihan", "that number is not among those offered")
OBJECTIONS = {
    "official-decides": (
        "tugas ini sudah diserahkan kepada pejabat",
        "this task has been handed to the official",
    ),
    "taken-by-another": ("tugas ini sedang ditangani petugas lain", "another officer has taken this task"),
    "no-such-outcome": ("kata itu bukan pilihan untuk tugas ini", "that word is not offered for this task"),
    "text-wanted": (
        "alasan atau kekurangannya belum ditulis setelah kata itu",
        "the reason, or what is missing, is not written after the word",
    ),
    "another-must": (
        "Anda sudah menyetujui; persetujuan kedua harus dari petugas lain",
        "you have approved; the second approval must be another officer's",
    ),
}
"""Why a proven word cannot count, in words (`rules.decide.objection`)."""


@dataclass(frozen=True)
class Addressed:
    """The task a reply is about, and the officer the token was made for."""

    task: TaskRow
    officer: Officer


def find_task(work: Work, facts: MessageFacts) -> Addressed | None:
    """Find the task whose token this message carries: in an address, the subject, or as the letter it refers to."""
    addresses = [*facts.delivered_to, *(each.address for each in (*facts.to, *facts.cc))]
    for token in find_tokens([*addresses, facts.subject]):
        task = work.session.get(TaskRow, token.number) if token.kind == "a" else None
        for email in task.officers if task else []:
            officer = work.office.config.officer_by_address(email)
            if (
                task
                and officer
                and work.office.keyring.is_token(token.mac, "task", task.id, email.lower(), task.evidence)
            ):
                return Addressed(task, officer)
    referred = {*facts.in_reply_to, *facts.references[-1:]}
    query = select(OutboxRow).where(
        col(OutboxRow.message_id).in_(referred), col(OutboxRow.task_id).is_not(None)
    )
    for letter in work.session.exec(query):
        task, officer = (
            work.session.get(TaskRow, letter.task_id),
            work.office.config.officer_by_address(letter.recipient),
        )
        if task and officer:
            return Addressed(task, officer)
    return None


def handle(work: Work, message: MessageRow, facts: MessageFacts, found: Addressed) -> str:
    """Work off a reply to a task; return the reason that goes into the ledger."""
    task, officer = found.task, found.officer
    case = work.session.get(CaseRow, task.case_id)
    assert case is not None  # noqa: S101 - a task's case is a foreign key
    message.case_id = case.id
    answer = Answer(Matter.of(work, case), message, facts)
    if facts.sender is None or facts.sender.address.lower() not in officer.addresses:
        why = facts.from_defect or "token of a task in a message that is not from its officer"
        log.warning("token-misused", task=task.id, reason=why)
        audit.record(
            work,
            actor="program",
            action="token-misused",
            subject=case.ticket,
            detail={"why": why},
        )
        notices.alert(work, f"token-misused:{message.id}", case.ticket, why)
        return f"not counted: {why}"
    proof = authenticate(facts, work.office.config)
    if work.office.config.trust.mode == "authenticated" and proof.passed is not True:
        answer.to_officer("officer-not-counted", officer, task)
        log.warning("unproven-officer", task=task.id)
        return "not counted: the sender is not authenticated"
    spoken = officer_word(facts.new_text, _declared(work, case, task))
    if spoken.outcome is None:
        answer.to_officer(
            "officer-not-understood",
            officer,
            task,
            not_understood=_in(work.office, spoken.problem, spoken.problem_en),
        )
        return f"not understood: {spoken.problem}"
    if spoken.outcome == "undo":
        return _undo(work, task, officer, answer)
    return _decide(work, case, task, officer, spoken, answer, message)


def _declared(work: Work, case: CaseRow, task: TaskRow) -> dict[str, tuple[str, ...]]:
    sop = cases.sop_of(work, case.sop_digest, case.sop)
    step = sop.steps.get(task.step)
    return dict(step.words) if step else {}


def _decide(
    work: Work,
    case: CaseRow,
    task: TaskRow,
    officer: Officer,
    spoken: Spoken,
    answer: Answer,
    message: MessageRow,
) -> str:
    now, outcome = work.office.now(), spoken.outcome or ""
    if task.state == TaskState.VOID or (officer.email not in task.officers and officer.role != "official"):
        answer.to_officer("officer-void", officer, task)
        return "not counted: the task is no longer open"
    if task.state == TaskState.DECIDED:
        answer.to_officer("officer-already-decided", officer, task)
        return "not counted: already decided"
    remedies = remedies_of(task, spoken.numbers)
    if remedies is None:
        answer.to_officer(
            "officer-not-understood", officer, task, not_understood=_in(work.office, *NO_SUCH_NUMBER)
        )
        return "not understood: a number that was not offered"
    word = Word(
        task=task.key,
        officer=officer.email,
        official=officer.role == "official",
        outcome=outcome,
        text=spoken.text.strip(),
        remedies=remedies,
    )
    sop = cases.sop_of(work, case.sop_digest, case.sop)
    why = objection(sop, cases.value_of(case), word, now, work.office.calendar)
    step = sop.steps.get(task.step)
    if not why and outcome == "incomplete" and not (word.text or remedies or (step and step.kind == "ams")):
        why = "text-wanted"
    if why == "stale-task" and outcome != "done":
        answer.to_officer("officer-void", officer, task)
        return "not counted: the task is no longer open"
    if why and why != "stale-task":
        answer.to_officer(
            "officer-not-understood", officer, task, not_understood=_in(work.office, *OBJECTIONS[why])
        )
        return f"not counted: {why}"
    if outcome in IMMEDIATE:
        engine.happen(work, case, word, actor=f"officer:{officer.email}", message_id=message.id)
        answer.to_officer("officer-receipt", officer, task, decision=outcome)
        return f"{outcome} by the officer"
    effective = now + timedelta(minutes=work.office.config.tasks.undo_minutes)
    if not tasks.claim(work.session, task, word, now=now, effective_at=effective):
        answer.to_officer("officer-already-decided", officer, task)
        return "not counted: already decided"
    audit.record(work, actor=f"officer:{officer.email}", action=f"word:{outcome}", subject=case.ticket)
    answer.to_officer("officer-receipt", officer, task, decision=outcome)
    if effective <= now:
        apply_word(work, task)
    return f"{outcome} by the officer"


def apply_word(work: Work, task: TaskRow) -> None:
    """Let a decided word happen: its undo time has passed."""
    case = work.session.get(CaseRow, task.case_id)
    assert case is not None and task.said is not None  # noqa: S101, PT018 - written together by `tasks.claim`
    task.effective_at = None
    work.session.add(task)
    work.session.flush()
    word = Word.model_validate_json(task.said)
    engine.happen(work, case, word, actor=f"officer:{word.officer}")


def _in(office: Office, indonesian: str, english: str) -> str:
    return english if office.config.department.language == "en" else indonesian


def _undo(work: Work, task: TaskRow, officer: Officer, answer: Answer) -> str:
    if tasks.unclaim(work.session, task, officer=officer, now=work.office.now()):
        answer.to_officer("officer-undone", officer, task)
        return "word taken back"
    answer.to_officer("officer-undo-too-late", officer, task)
    return "not counted: too late to take the word back"
