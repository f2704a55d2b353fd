"""Messages that claim to come from a case's applicant: held until the applicant answers the very question about them.

Any other BENAR, also a proven one, is about something else ("Benar, data tersebut sudah sesuai"): it adopts nothing, and is asked back.
"""

from sqlmodel import col, select

from mailflow.dossier import Matter
from mailflow.family import members
from mailflow.letters.answers import Answer
from mailflow.office import log
from mailflow.proofs import CONFIRM
from mailflow.store.tables import CaseRow, MessageRow, MessageState, OutboxRow
from mailflow.work import Work
from parsers.facts import MessageFacts


def ask(answer: Answer, *, of_somebody_else: bool = False) -> bool:
    """Ask, at the case's own address, whether this message is theirs, and hold it until then; return whether it was asked.

    Where `[limits]` keep the question back the message waits for the daily list: nobody could answer. `of_somebody_else`: whether the papers
    somebody else sent may be used.
    """
    asked = answer.to_applicant(CONFIRM, shows_message=True, names_writer=of_somebody_else)
    answer.message.state = MessageState.HELD if asked else MessageState.UNMATCHED
    if not asked:
        answer.message.place, answer.message.placed = "inbox", True
    return asked


def is_answered(work: Work, facts: MessageFacts) -> bool:
    """Whether a message answers that very question: then any plain yes is BENAR."""
    query = select(OutboxRow.id).where(
        col(OutboxRow.message_id).in_(facts.in_reply_to), OutboxRow.template == CONFIRM
    )
    return work.session.exec(query).first() is not None


def release(work: Work, facts: MessageFacts, case: CaseRow) -> None:
    """BENAR, proven: work off the held message that the answered letter asked about; where it answers another letter, ask again."""
    family = [each.id for each in members(work, case)]
    query = select(MessageRow).where(
        col(MessageRow.case_id).in_(family), MessageRow.state == MessageState.HELD
    )
    waiting = list(work.session.exec(query.order_by(col(MessageRow.id).desc())))
    if not waiting:
        return
    asked = select(OutboxRow.scope).where(
        col(OutboxRow.case_id).in_(family),
        col(OutboxRow.message_id).in_(facts.in_reply_to),
        OutboxRow.template == CONFIRM,
    )
    meant = set(work.session.exec(asked))
    for message in waiting:
        if f"message:{message.id}" in meant:
            message.state, message.confirmed = MessageState.RECEIVED, True
            message.reason, message.attempts = "confirmed by the applicant", 0
            work.session.add(message)
    if not meant:
        _ask_again(work, waiting[0], case)


def _ask_again(work: Work, message: MessageRow, case: CaseRow) -> None:
    """Ask about the latest; the letters about the same message are numbered."""
    if message.facts is None:
        return
    before = select(OutboxRow.id).where(
        OutboxRow.scope == f"message:{message.id}", OutboxRow.template == CONFIRM
    )
    number = len(work.session.exec(before).all()) + 1
    answer = Answer(Matter.of(work, case), message, MessageFacts.model_validate_json(message.facts))
    other = message.sender_key != case.address_key
    answer.to_applicant(CONFIRM, shows_message=True, names_writer=other, effect=f"{CONFIRM}:{number}")
    log.info("asked-again", message=message.id, number=number)
