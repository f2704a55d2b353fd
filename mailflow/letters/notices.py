"""Letters that belong to no case: alerts to the administrators, the officers' list of unmatched mail, what was too large."""

from collections.abc import Sequence
from dataclasses import replace
from math import ceil

from sqlmodel import select

from mailflow.cases import value_of
from mailflow.config import Officer
from mailflow.letters.about import office_card, whose
from mailflow.letters.post import Post, post
from mailflow.letters.quoted import written
from mailflow.letters.sorting import SHOWN, is_too_much
from mailflow.office import Office
from mailflow.outbox.dates import in_list
from mailflow.outbox.letter import Letter
from mailflow.staff import choices
from mailflow.store.tables import CaseRow, MessageRow, OutboxRow, TaskRow
from mailflow.trust.authentication import authenticate
from mailflow.trust.tokens import without_tokens
from mailflow.work import Work
from parsers.facts import MessageFacts

_MEGABYTE = 1024 * 1024
_TASKS_LISTED = 30
_LOST = {
    "id": "E-mail yang dijawab tidak ada dalam catatan kami; mungkin basis data pernah dipulihkan dari cadangan. Isi jawabannya tidak "
    "diterapkan pada permohonan mana pun; berkasnya tetap ada di dalamnya.",
    "en": "The e-mail that is answered is not on our record; maybe the database was put back from a backup. The answer was applied to "
    "no request; its files are still in it.",
}


def alert(work: Work, effect: str, ticket: str, what: str) -> None:
    """Tell the administrators, once per `effect`: what fails again after a release is told already."""
    known = select(OutboxRow.id).where(OutboxRow.scope == "alert", OutboxRow.effect_key == effect)
    if work.session.exec(known).first() is not None:
        return
    letter = replace(
        bare(work.office, work.office.config.department.language),
        ticket=ticket,
        said={"alerts": (what,)},
    )
    for address in work.office.config.administrators.emails:
        post(
            work,
            Post(
                scope="alert", effect=effect, recipient=address, template="admin-problem-alert", letter=letter
            ),
        )


def unmatched_list(work: Work, rows: Sequence[MessageRow]) -> None:
    """Show every officer what fitted nothing since the last list."""
    language, zone = work.office.config.department.language, work.office.config.department.timezone
    heading = ("Diterima", "Dari", "Subjek") if language == "id" else ("Received", "From", "Subject")
    table = (
        heading,
        *((in_list(row.received_at, language, zone), row.sender or "", row.subject or "") for row in rows),
    )
    letter = replace(bare(work.office, language), rows=table)
    for officer in work.office.config.officers:
        if officer.role == "officer":
            what = Post(
                scope=f"day:{work.office.now().date().isoformat()}",
                effect="unmatched",
                recipient=officer.email,
                template="officer-digest-unmatched",
                letter=replace(letter, name=officer.name),
            )
            post(work, what)


def no_task(  # noqa: PLR0913 - one letter, with what it shows
    work: Work,
    message: MessageRow,
    facts: MessageFacts,
    officer: Officer,
    waiting: Sequence[TaskRow],
    *,
    lost: bool = False,
) -> None:
    """Tell an officer that a message belongs to no task, and which tasks wait; `lost`: it answers a letter that is not known."""
    language, zone = work.office.config.department.language, work.office.config.department.timezone
    heading = (
        ("Nomor layanan", "Atas nama", "Batas waktu") if language == "id" else ("Number", "Holder", "Due")
    )
    rows = []
    for task in waiting[:_TASKS_LISTED]:
        case = work.session.get(CaseRow, task.case_id)
        holder = whose(value_of(case)) if case else ""
        due = in_list(task.due_at, language, zone) if task.due_at else "-"
        rows.append((value_of(case).number if case else "", holder, due))
    letter = replace(
        bare(work.office, language),
        name=officer.name,
        quote=written(facts, language)[:600],
        note=_LOST[language] if lost else "",
        rows=(heading, *rows) if rows else (),
    )
    what = Post(
        scope=f"message:{message.id}",
        effect="no-task",
        recipient=officer.email,
        template="officer-word-without-task",
        letter=letter,
        in_reply_to=facts.message_id,
        reaction=True,
    )
    post(work, what)


def to_sort(
    work: Work, message: MessageRow, facts: MessageFacts, *, lost: bool = False, note: str = ""
) -> bool:
    """Put a mail that fits nothing before the officers at once (`unmatched = "sort"`); whether it was, or waits for the daily list.

    `lost`: it answers a letter of ours that is not known (`mailflow.lost`), and the letter says so. `note`: what else is known of it.
    """
    officers = work.office.staff("officer", "")
    if not officers or is_too_much(work, message, officers):
        return False
    language = work.office.config.department.language
    words = ("Dari", "Subjek") if language == "id" else ("From", "Subject")
    sender = facts.sender.address if facts.sender else ""
    letter = replace(
        bare(work.office, language),
        received=message.received_at.astimezone(work.office.config.department.zone),
        rows=(("", ""), (words[0], sender), (words[1], facts.subject)),
        quote=without_tokens(written(facts, language))[:600],
        note=note or (_LOST[language] if lost else ""),
        words=choices.offered(work.office, language, ignore=True) if facts.sender else (),
    )
    for officer in officers:
        what = Post(
            scope=f"message:{message.id}",
            effect="sort",
            recipient=officer.email,
            template=SHOWN,
            letter=replace(letter, name=officer.name),
        )
        post(work, what)
    return True


def too_large(work: Work, message: MessageRow, facts: MessageFacts) -> None:
    """Tell the sender of a message over the limit what the limit is; only its headers were read. A forged address is told nothing."""
    if facts.sender is None or authenticate(facts, work.office.config).passed is False:
        return
    language = facts.language or work.office.config.department.language
    limit, size = work.office.config.limits.message_bytes / _MEGABYTE, message.size / _MEGABYTE
    letter = replace(
        bare(work.office, language),
        name=facts.sender.name,
        received=message.received_at.astimezone(work.office.config.department.zone),
        said={"limit": (f"{limit:.0f} MB",), "size": (f"{ceil(size)} MB",)},
    )
    what = Post(
        scope=f"message:{message.id}",
        effect="too-large",
        recipient=facts.sender.address,
        template="applicant-message-too-large",
        letter=letter,
        in_reply_to=facts.message_id,
        reaction=True,
    )
    post(work, what)


def bare(office: Office, language: str) -> Letter:
    """Return the letter that every letter without a case starts from."""
    return Letter(language=language, office=office_card(office.config.department, language), now=office.now())
