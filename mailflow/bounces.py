"""A bounce about one of our letters: believed only with the proof that it is about a letter we really sent."""

from mailflow import audit, engine, lost, returns
from mailflow.certificates import registry, undeliverable
from mailflow.letters import notices
from mailflow.office import log
from mailflow.store.tables import CaseRow, MessageRow, OutboxRow, OutboxState
from mailflow.work import Work
from parsers.facts import BounceFacts, MessageFacts
from rules.events import Bounced


def handle(work: Work, message: MessageRow, facts: MessageFacts, bounce: BounceFacts) -> str:
    """Match a delivery status notification (RFC 3464) to its letter; "delayed" is not "failed"."""
    letter = returns.proven(work, facts, bounce)
    if letter is None:
        return _hearsay(work, message, facts, bounce)
    message.case_id = letter.case_id
    if bounce.action and bounce.action.lower() != "failed":
        return f"delivery {bounce.action}: letter {letter.id} is still under way"
    return fail(
        work,
        letter,
        reason=bounce.status or "undeliverable",
        detail=bounce.diagnostic,
        message_id=message.id,
    )


def _hearsay(work: Work, message: MessageRow, facts: MessageFacts, bounce: BounceFacts) -> str:
    """A bounce without proof changes nothing; where it names a letter as failed, the administrators look at it, once for each letter."""
    letter = returns.pointed_at(work.session, facts, bounce)
    if letter is None:
        return _of_lost_letter(work, message, bounce) or "bounce of no letter of ours"
    if not letter.template.startswith("admin-") and bounce.action.lower() in {"", "failed"}:
        case = work.session.get(CaseRow, letter.case_id) if letter.case_id else None
        said = in_words(bounce.status, bounce.diagnostic)[:300] or "no reason given"
        notices.alert(
            work,
            f"bounce-unproven:{letter.id}",
            case.ticket if case else "",
            f"message {message.id}, left in the inbox, says that letter {letter.id} ({letter.template}) to {letter.recipient} came back "
            f"({said}), but bears no mark of that letter: anybody may have written it, and nothing was changed. If it is true, reach the "
            "recipient in another way; `trust.subaddressing` lets every bounce be proven",
        )
    log.warning("bounce-unproven", outbox=letter.id)
    return f"bounce without proof that it is about letter {letter.id}: nothing was changed"


def _named(bounce: BounceFacts) -> tuple[str, str]:
    """The Message-IDs by which a bounce names the letter, "" for none."""
    return bounce.original_message_id, bounce.envelope_id and f"<{bounce.envelope_id}>"


def _of_lost_letter(work: Work, message: MessageRow, bounce: BounceFacts) -> str:
    """Tell the administrators of a letter that came back and is not on record; "" where it is not proven to be ours."""
    if not any(lost.is_lost(work, each) for each in _named(bounce)):
        return ""
    whom = bounce.recipient or "-"
    what = f"a letter to {whom} came back that is not on record: the database was put back from a backup; message {message.id}"
    notices.alert(work, f"bounced-lost:{message.id}", "", what)
    return "bounce of a letter of ours that this database does not know; told to the administrators"


def fail(
    work: Work,
    letter: OutboxRow,
    *,
    reason: str,
    detail: str,
    message_id: int | None = None,
) -> str:
    """Mark a letter undeliverable and tell who must act: an officer for an applicant's letter, else the administrators."""
    if letter.state == OutboxState.BOUNCED:
        return f"bounce of letter {letter.id}, known already"
    why = in_words(reason, detail)
    letter.state, letter.error, letter.next_at = OutboxState.BOUNCED, why[:500], None
    work.session.add(letter)
    audit.record(
        work,
        actor="program",
        action="bounced",
        subject=f"outbox:{letter.id}",
        detail={"reason": reason},
    )
    log.warning("bounced", outbox=letter.id, template=letter.template, reason=reason)
    case = work.session.get(CaseRow, letter.case_id) if letter.case_id else None
    if case is not None and letter.template.startswith("applicant-"):
        event = Bounced(recipient=letter.recipient, reason=why[:300])
        engine.happen(work, case, event, actor="program", message_id=message_id)
    elif not letter.template.startswith("admin-"):
        what = f"{letter.template}: {why}"[:300]
        if letter.scope.startswith(registry.SCOPE):
            what = f"{what}: {undeliverable.tell(work, letter, why)}"
        notices.alert(work, f"bounced:{letter.id}", case.ticket if case else "", what)
    return f"letter {letter.id} bounced: {reason}"


def in_words(status: str, said: str) -> str:
    """Return why a letter came back: the server's own sentence, with the status code before it where the sentence lacks one that tells anything."""
    if not said or status in said or status.endswith(".0.0"):
        return said or status
    return f"{status} {said}"
