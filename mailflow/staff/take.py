"""`AMBIL` number: a colleague's task is put before this officer too, and the first word counts. Without a number: the queue, to choose from."""

import re

from sqlmodel import col, select

from mailflow import tasks
from mailflow.dossier import Matter
from mailflow.letters.lists import names_of
from mailflow.letters.staff import OwnMail
from mailflow.staff import queue
from mailflow.staff.help_words import answer_unclear
from mailflow.staff.numbers import ask_number, named_case
from mailflow.store.tables import CaseRow, TaskRow

_NONE_OPEN = (
    "permohonan itu tidak mempunyai tugas yang menunggu petugas",
    "that request has no task that waits for an officer",
)
_WHY_NOT = {
    "theirs": (
        "tugas itu sudah pada Bapak/Ibu; mohon balas e-mail tugasnya",
        "you have that task already; please reply to its e-mail",
    ),
    "taken": (
        "tugas itu sudah diambil {who}; mohon bicarakan dengan {who} atau pejabat",
        "{who} has taken that task; please speak with {who} or the official",
    ),
    "own-request": (
        "permohonan itu menyangkut Bapak/Ibu sendiri; tugasnya pada {who}",
        "that request is about yourself; its task is with {who}",
    ),
    "not-theirs": (
        "tugas itu bukan bagian Bapak/Ibu; tugasnya pada {who}",
        "that task is not among your services; it is with {who}",
    ),
}


def answer(mail: OwnMail) -> str:
    """Put the tasks of the request before the officer; the answer is the task's own letter."""
    row = named_case(mail)
    if row is None:
        written = re.search(r"\d", f"{mail.asked.rest}\n{mail.asked.more}")
        return ask_number(mail) if written else queue.answer(mail)
    waiting = _waiting(mail, row)
    if not waiting:
        return answer_unclear(mail, *_NONE_OPEN)
    refused = [(task, _join(mail, task)) for task in waiting]
    if any(not why for _, why in refused):
        return f"own mail: a task of {row.ticket} taken from a colleague"
    task, why = refused[0]
    who = names_of(mail.work.office, task.officers)
    indonesian, english = (each.format(who=who) for each in _WHY_NOT[why])
    return answer_unclear(mail, indonesian, english)


def _waiting(mail: OwnMail, row: CaseRow) -> list[TaskRow]:
    """The tasks under this number, those of its parts too, that wait for an officer."""
    family = select(CaseRow.id).where((col(CaseRow.id) == row.id) | (col(CaseRow.root_id) == row.id))
    numbers = set(mail.work.session.exec(family))
    found = (task for task, _ in queue.live_tasks(mail.work.session))
    return [task for task in found if task.case_id in numbers and not task.quiet]


def _join(mail: OwnMail, task: TaskRow) -> str:
    row = mail.work.session.get(CaseRow, task.case_id)
    assert row is not None  # noqa: S101 - a task's case is a foreign key
    return tasks.join(Matter.of(mail.work, row), task, mail.officer, message_id=mail.message.id)
