"""`LAYANAN` number: how one request stands, whom it waits for, its family and what has happened, for officers only."""

from dataclasses import replace

from sqlmodel import col, select

from mailflow.dossier import Matter
from mailflow.letters.about import case_letter
from mailflow.letters.history import history
from mailflow.letters.lists import case_table, due_in_words, names_of
from mailflow.letters.staff import OwnMail
from mailflow.letters.standing import for_officers
from mailflow.letters.task import class_of, persons_of
from mailflow.outbox.letter import Letter
from mailflow.staff.numbers import ask_number, named_case
from mailflow.staff.queue import live_tasks
from mailflow.store.tables import CaseRow, TaskRow

_LABELS = (
    ("Keadaan", "Tugas pada", "Batas waktu", "Golongan", "Mendesak karena", "E-mail pemohon"),
    ("Standing", "Task with", "Due", "Class", "Urgent because of", "Applicant's e-mail"),
)
_FAMILY = ("PERMOHONAN YANG BERKAITAN", "RELATED REQUESTS")
_MOST = 20


def answer(mail: OwnMail) -> str:
    """Send the request."""
    row = named_case(mail)
    if row is None:
        return ask_number(mail)
    matter = Matter.of(mail.work, row)
    letter = replace(
        case_letter(matter, mail.language, to_applicant=False),
        rows=(("", ""), *_facts(matter, mail.language)),
        urgent=bool(matter.case.urgent),
        persons=persons_of(matter.case.persons),
        tables=case_table(mail.work, _FAMILY[mail.language == "en"], _family(matter), _MOST),
        said={"events": history(matter, mail.language)},
    )
    mail.say("officer-request-shown", letter=_counted(letter), quote="")
    return f"own mail: {row.ticket} shown"


def _counted(letter: Letter) -> Letter:
    """The due time stands among the facts, also where it has passed."""
    return replace(letter, due=None, due_because="")


def _facts(matter: Matter, language: str) -> list[tuple[str, str]]:
    waiting = [task for task in _tasks(matter) if not task.quiet]
    case, office = matter.case, matter.office
    values = (
        for_officers(matter, language),
        "; ".join(names_of(office, task.officers) for task in waiting),
        due_in_words(office, case.due, language) if case.promise_since else "",
        class_of(matter, language),
        case.urgent,
        case.address,
    )
    return [(label, value) for label, value in zip(_LABELS[language == "en"], values, strict=True) if value]


def _tasks(matter: Matter) -> list[TaskRow]:
    return [task for task, _ in live_tasks(matter.work.session) if task.case_id == matter.row.id]


def _family(matter: Matter) -> list[CaseRow]:
    """Its parent, children, complaints and siblings: all that hang together by a parent, itself left out."""
    row, session = matter.row, matter.work.session
    heads = {number for number in (row.id, row.parent_id, row.root_id) if number is not None}
    query = select(CaseRow).where(
        col(CaseRow.id).in_(heads) | col(CaseRow.parent_id).in_(heads) | col(CaseRow.root_id).in_(heads)
    )
    return [each for each in session.exec(query.order_by(col(CaseRow.id))) if each.id != row.id]
