"""One letter into the outbox, within the caller's transaction: rendered, composed, with its final bytes and Message-ID."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta

from sqlalchemy import ColumnElement
from sqlmodel import Session, col, func, select

from mailflow import generations
from mailflow.cases import address_key
from mailflow.letters.own_tokens import without_tokens_of_others
from mailflow.office import Office, log
from mailflow.outbox.compose import Attachment, Frame, assemble, detach
from mailflow.outbox.letter import Letter
from mailflow.store import blobs
from mailflow.store.tables import CaseRow, Drawn, OutboxRow, OutboxState
from mailflow.trust.tokens import bounce_token, new_message_id, subaddress
from mailflow.work import Work

FIRST, USUAL, UNASKED, LAST = range(4)
"""Ranks of letters, where many wait: protection and alarms; what proven mail or our own work asks for; notices to many, and what anybody
may have asked for; mere answers to the latter."""
REPLY_WINDOW = timedelta(hours=24)
MARK = "Mailflow-Letter"
"""The field by which a letter that came back is known (`returns.py`)."""


@dataclass(frozen=True, kw_only=True)
class Post:
    """A letter on its way into the outbox.

    `scope` and `effect` with the recipient make it unique: writing it twice aborts the transaction. `reaction`: it answers a message, so
    `limits.replies_per_sender` may keep it back (a loop or a mail bomb ends there), unless it is `owed`: it tells of a case that moved.
    """

    scope: str
    effect: str
    recipient: str
    template: str
    letter: Letter
    case_id: int | None = None
    task_id: int | None = None
    reply_to: str = ""
    in_reply_to: str = ""
    references: tuple[str, ...] = ()
    attachments: tuple[Attachment, ...] = field(default=())
    reaction: bool = False
    owed: bool = False


def post(work: Work, what: Post) -> OutboxRow:
    """Write the letter; the sender picks it up after the commit."""
    now = work.office.now()
    department = work.office.config.department
    letter = (
        replace(what.letter, said={**what.letter.said, "twice": ("yes",)}) if work.repeats else what.letter
    )
    rendered = work.office.renderer.render(what.template, letter)
    rendered = without_tokens_of_others(work, rendered, what.recipient, what.reply_to, what.task_id)
    identifier = new_message_id(work.office.keyring, generations.name(work.session), department.domain)
    mark = bounce_token(work.office.keyring, identifier)
    frame = detach(
        rendered,
        from_name=department.name,
        from_address=department.address,
        to=what.recipient,
        reply_to=what.reply_to,
        message_id=identifier,
        date=now,
        in_reply_to=what.in_reply_to,
        references=what.references,
        attachments=what.attachments,
        boundary_seed=identifier,
        auto_submitted="auto-replied" if what.reaction or what.in_reply_to else "auto-generated",
        headers={MARK: mark},
    )
    sender = department.address
    if work.office.config.trust.subaddressing:
        sender = subaddress(sender, mark)
    row = OutboxRow(
        scope=what.scope,
        effect_key=what.effect,
        recipient=what.recipient,
        recipient_key=address_key(work.office, what.recipient),
        case_id=what.case_id,
        task_id=what.task_id,
        template=what.template,
        subject=rendered.subject,
        frame=frame.model_dump_json(),
        digest=frame.digest,
        message_id=identifier,
        envelope_sender=sender,
        state=OutboxState.QUEUED,
        unknown=rendered.unknown,
        created_at=now,
        next_at=now,
        cause=work.cause,
        drawn=work.drawn,
        rank=_rank(work, what),
    )
    if what.reaction and not what.owed and _too_many(work, row, now):
        row.state, row.next_at, row.error = OutboxState.CANCELLED, None, "limits.replies_per_sender: not sent"
        log.warning("rate-limited", template=what.template)
    work.session.add(row)
    work.session.flush()
    return row


def _too_many(work: Work, row: OutboxRow, now: datetime) -> bool:
    """Whether the allowance that this answer is counted in is used up.

    Proven mail has one of its own, and so has what anybody may have written: no forged flood uses up another's answers. Between them stand
    answers to our letters; with them counts what nobody's mail drew, and steps of a request whoever asked for them: a loop has an end.
    All letters to an outsider count; to our own staff, who get many, only those of the same kind that are no receipts.
    """
    counted = {
        Drawn.PROVEN: col(OutboxRow.drawn) == Drawn.PROVEN,
        Drawn.UNPROVEN: col(OutboxRow.drawn) == Drawn.UNPROVEN,
    }.get(row.drawn, (col(OutboxRow.drawn) != Drawn.PROVEN) & (col(OutboxRow.rank) < LAST))
    query = select(func.count()).where(
        OutboxRow.recipient_key == row.recipient_key,
        OutboxRow.created_at > now - REPLY_WINDOW,
        OutboxRow.state != OutboxState.CANCELLED,
        counted,
    )
    if work.office.config.officer_by_address(row.recipient) is not None:
        if row.template == "officer-word-receipt":
            return False
        query = query.where(OutboxRow.template == row.template)
    return work.session.exec(query).one() >= work.office.config.limits.replies_per_sender


def _rank(work: Work, what: Post) -> int:
    """Protection goes first: urgent requests, unless only an unproven writer hears of them, and what needs a technician."""
    anybody = work.drawn == Drawn.UNPROVEN
    case = work.session.get(CaseRow, what.case_id) if what.case_id else None
    to_staff = not what.template.startswith(("applicant-", "unit-"))
    if what.template.startswith("admin-") or (case is not None and case.urgent and (to_staff or not anybody)):
        return FIRST
    if anybody:
        return LAST if what.reaction and not what.owed else UNASKED
    return UNASKED if what.scope.startswith("certificate:") else USUAL


def sendable(office: Office) -> ColumnElement[bool]:
    """The letters that wait to be sent; while observing, those to the administrators only."""
    queued = col(OutboxRow.state) == OutboxState.QUEUED
    return queued & col(OutboxRow.template).startswith("admin-") if office.is_observing else queued


def assembled(session: Session, row: OutboxRow) -> bytes:
    """Return the bytes of a letter, the same each time."""
    return assemble(Frame.model_validate_json(row.frame), lambda key: blobs.get(session, key))


def blob_attachment(work: Work, *, name: str, media_type: str, digest: str) -> Attachment:
    """Return a stored document as an attachment that is kept by reference."""
    key = blobs.key_of(work.office.keyring, digest)
    return Attachment(name=name, media_type=media_type, data=blobs.get(work.session, key), key=key)


def thread_of(session: Session, case_ids: Sequence[int] | int, recipient_key: str) -> tuple[str, ...]:
    """Return the Message-IDs of the first and the latest letter of a case (or its family) to one recipient: what a reader's program threads by."""
    numbers = [case_ids] if isinstance(case_ids, int) else list(case_ids)
    query = (
        select(OutboxRow.message_id)
        .where(col(OutboxRow.case_id).in_(numbers), OutboxRow.recipient_key == recipient_key)
        .order_by(col(OutboxRow.id))
    )
    known = list(session.exec(query))
    return tuple(dict.fromkeys((*known[:1], *known[-1:])))
