"""The officer's letter about a task: first what needs a person's eye, then what agrees, then what to compare in AMS."""

import json
from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from urllib.parse import quote

from mailflow.cases import address_key
from mailflow.config import Officer
from mailflow.letters.about import case_letter
from mailflow.letters.keywords import words_for
from mailflow.letters.post import Post, blob_attachment, post, thread_of
from mailflow.letters.standing import note_in_words
from mailflow.office import Office
from mailflow.outbox.compose import Attachment
from mailflow.outbox.letter import Letter, Word
from mailflow.store import blobs
from mailflow.store.tables import Blob, CaseRow, OutboxRow, TaskRow
from mailflow.trust.tokens import subaddress, task_token
from mailflow.work import Work
from rules.case import Case, Finding, Remedy, Text
from rules.sop import Sop

EYE = {"fail": 0, "warn": 1, "unknown": 2}
"""What needs a person's eye, the gravest first."""
ATTACHMENTS_BYTES = 15 * 1024 * 1024
"""Together; more than that many servers refuse, so the rest is named and kept."""


def task_letter(
    work: Work,
    sop: Sop,
    row: CaseRow,
    case: Case,
    task: TaskRow,
    officer: Officer,
    findings: Sequence[Finding],
    now: datetime,
    *,
    effect: str = "",
) -> OutboxRow:
    """Write one officer's letter about one task, with a token of its own; `effect` names a further letter about the same task."""
    token = task_token(work.office.keyring, task.id or 0, officer.email, task.evidence)
    letter = task_words(work.office, sop, case, task, findings, now, token=token)
    attachments = _attachments(work, case)
    key = address_key(work.office, officer.email)
    return post(
        work,
        Post(
            scope=f"case:{row.id}",
            effect=effect or task.key,
            recipient=officer.email,
            template="officer-task",
            letter=replace(letter, name=officer.name, attachments=tuple(each.name for each in attachments)),
            case_id=row.id,
            task_id=task.id,
            reply_to=reply_address(work.office, token),
            references=thread_of(work.session, row.id or 0, key),
            attachments=attachments,
        ),
        now,
    )


def task_words(
    office: Office,
    sop: Sop,
    case: Case,
    task: TaskRow,
    findings: Sequence[Finding],
    now: datetime,
    *,
    token: str,
) -> Letter:
    """Return what an officer is told about a task."""
    language = office.config.department.language
    step = sop.steps.get(task.step)
    eye = sorted((each for each in findings if each.verdict in EYE), key=lambda each: EYE[each.verdict])
    base = case_letter(office, sop, case, language=language, now=now, to_applicant=False)
    return replace(
        base,
        due=task.due_at.astimezone(office.config.department.zone) if task.due_at else None,
        task=((step.action if language == "id" else step.action_en) if step else ""),
        row=str(step.no) if step and step.no else "",
        note=note_in_words(task.note, language),
        look_at=tuple(each.message.in_(language) for each in eye),
        agrees=tuple(each.message.in_(language) for each in findings if each.verdict == "pass"),
        compare=_compare(case, sop, task.step, language),
        remedies=tuple(each.choice.in_(language) for each in remedies_kept(task)),
        words=_words(office, sop, case, task, token, language),
        undo_minutes=office.config.tasks.undo_minutes,
        quote=case.text[:600],
    )


def remedies_kept(task: TaskRow) -> list[Remedy]:
    """Return the numbered remedies this task's letter offered."""
    return [Remedy.model_validate(each) for each in json.loads(task.remedies or "[]")]


def remedies_of(task: TaskRow, numbers: Sequence[int]) -> tuple[Text, ...] | None:
    """Return the sentences of the given numbers; None when one of them was not offered."""
    offered = remedies_kept(task)
    if any(not 1 <= number <= len(offered) for number in numbers):
        return None
    return tuple(offered[number - 1].request for number in numbers)


def _compare(case: Case, sop: Sop, step: str, language: str) -> tuple[tuple[str, str], ...]:
    rows: list[tuple[str, str]] = []
    look = sop.steps[step].look_in_ams if step in sop.steps else None
    if look is not None:
        rows.append(("Lihat di AMS" if language == "id" else "Look in AMS", look.in_(language)))
    for document in case.documents:
        if document.facts.csr is not None:
            rows.append(("Subject DN (CSR)", document.facts.csr.subject_dn))
            key = document.facts.csr
            rows.append(
                ("Kunci" if language == "id" else "Key", f"{key.key_type} {key.key_bits or key.curve}")
            )
    return tuple(rows)


def _words(
    office: Office, sop: Sop, case: Case, task: TaskRow, token: str, language: str
) -> tuple[Word, ...]:
    return tuple(
        Word(word=word, meaning=meaning, mailto=_mailto(office, token, word, case.id))
        for word, meaning in words_for(sop, task.step, task.outcomes, language)
    )


def reply_address(office: Office, token: str) -> str:
    address = office.config.department.address
    return subaddress(address, token) if office.config.trust.subaddressing else ""


def _mailto(office: Office, token: str, word: str, ticket: str) -> str:
    """Return the address of a one-word button; without subaddressing the token stands in the subject."""
    address = reply_address(office, token) or office.config.department.address
    subject = f"{word} {ticket}" if office.config.trust.subaddressing else f"{word} {ticket} [{token}]"
    return f"mailto:{quote(address, safe='@+.')}?subject={quote(subject)}&body={quote(word)}"


def _attachments(work: Work, case: Case) -> tuple[Attachment, ...]:
    """The marked pages first, then the originals, each once, as far as a mail server carries them."""
    found: list[Attachment] = []
    room = ATTACHMENTS_BYTES
    for document in case.documents:
        facts = document.facts
        marked = work.session.get(Blob, picture_key(work.office, facts.digest)) if facts.digest else None
        pieces = (
            [
                Attachment(
                    name=f"dibaca-{facts.name}.png", media_type="image/png", data=marked.data, key=marked.key
                )
            ]
            if marked
            else []
        )
        if facts.digest and work.session.get(Blob, blobs.key_of(work.office.keyring, facts.digest)):
            pieces.append(
                blob_attachment(work, name=facts.name, media_type=facts.media_type, digest=facts.digest)
            )
        for piece in pieces:
            if len(piece.data) <= room and piece.blob not in {each.blob for each in found}:
                room -= len(piece.data)
                found.append(piece)
    return tuple(found)


def picture_key(office: Office, digest: str) -> str:
    """Return the blob name of the marked picture of a document."""
    return office.keyring.index(f"picture:{digest}")
