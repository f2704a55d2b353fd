"""`ANTREAN`: the tasks that wait for this officer, and those of their services that nobody has taken."""

from sqlmodel import Session, col, select

from mailflow.letters.lists import listed, task_table
from mailflow.letters.staff import OwnMail
from mailflow.store.tables import CaseRow, TaskRow, TaskState

_MOST = 30
_LIVE = (TaskState.OPEN.value, TaskState.TAKEN.value)
_HEADINGS = (
    ("TUGAS BAPAK/IBU", "YOUR TASKS"),
    ("PADA REKAN, BELUM DIAMBIL", "WITH COLLEAGUES, NOT TAKEN"),
    ("MENUNGGU PEMOHON DI AMS", "WAITING FOR APPLICANTS IN AMS"),
)

_TAKING = (
    "Mengambil tugas rekan: kirim AMBIL dan nomor layanannya.",
    "To take a colleague's task, send TAKE and its number.",
)


def answer(mail: OwnMail) -> str:
    """Send the queue."""
    office, english = mail.work.office, mail.language == "en"
    own = mail.officer.addresses
    theirs: list[TaskRow] = []
    others: list[TaskRow] = []
    quiet: list[TaskRow] = []
    for task, sop in live_tasks(mail.work.session):
        if own & {email.lower() for email in task.officers}:
            (quiet if task.quiet else theirs).append(task)
        elif (
            task.state == TaskState.OPEN
            and not task.quiet
            and mail.officer in office.staff(task.performer, sop)
        ):
            others.append(task)
    tables = tuple(
        table
        for heading, tasks in zip(_HEADINGS, (theirs, others, quiet), strict=True)
        for table in task_table(office, heading[english], listed(mail.work, tasks), _MOST)
    )
    said = {"next": (_TAKING[english],)} if others else {}
    mail.say("officer-queue-shown", quote="", tables=tables, said=said)
    return "own mail: the queue"


def live_tasks(session: Session) -> list[tuple[TaskRow, str]]:
    """Return the tasks that wait for a word, each with its SOP, the oldest first."""
    query = (
        select(TaskRow, CaseRow.sop)
        .join(CaseRow, col(CaseRow.id) == col(TaskRow.case_id))
        .where(col(TaskRow.state).in_(_LIVE))
        .order_by(col(TaskRow.id))
    )
    return [(task, sop) for task, sop in session.exec(query)]
