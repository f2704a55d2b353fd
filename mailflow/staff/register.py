"""`DAFTAR` on a forwarded mail: it becomes a request of the person who wrote it.

Where the forwarded message is in the ledger (attached whole, or the only unsorted one of that writer and subject), that message itself is
taken: it stays the evidence. Else the documents are those the officer forwarded.
"""

import re

from sqlmodel import col, select

from mailflow.cases import address_key, value_of
from mailflow.dossier import Matter
from mailflow.letters.about import case_letter
from mailflow.letters.staff import OwnMail
from mailflow.staff import choices
from mailflow.staff.adopt import ADOPTABLE, adopt
from mailflow.staff.help_words import answer_unclear
from mailflow.store.tables import CaseRow, MessageRow, MessageState
from mailflow.trust.authentication import unproven
from parsers.facts import Address, Forwarded, MessageFacts
from rules.match import match
from rules.sop import Sop

_PREFIX = re.compile(r"^(?:(?:re|fw|fwd|bls|balas|trs|terusan)\s*:\s*)+", re.IGNORECASE)
_NOT_OF_OURS = ("e-mail itu tidak memuat e-mail pemohon yang diteruskan; mohon teruskan e-mailnya, sebaiknya sebagai lampiran",
                "the e-mail brings no forwarded e-mail of an applicant; please forward it, best as an attachment")  # fmt: skip

_ONE_BY_ONE = ("e-mail itu memuat beberapa e-mail; mohon diteruskan satu per satu",
               "the e-mail brings several e-mails; please forward them one by one")  # fmt: skip


def answer(mail: OwnMail) -> str:
    """Register the forwarded mail, or ask back what is missing."""
    brought = [each for each in mail.facts.forwarded if each.sender and not _is_ours(mail, each.sender)]
    if len(brought) > 1:
        return answer_unclear(mail, *_ONE_BY_ONE)
    inner = brought[0] if brought else None
    if inner is None or inner.sender is None:
        return answer_unclear(mail, *_NOT_OF_OURS)
    original = _original(mail, inner, inner.sender)
    if original is not None and original.state not in ADOPTABLE and not _is_in_passing(mail, original):
        return _known_already(mail, original)
    message, facts = (
        (original, _facts_of(original)) if original else (mail.message, _as_written(mail.facts, inner))
    )
    sop = _service(mail, facts)
    if sop is None:
        words = choices.offered(mail.work.office, mail.language, ignore=False)
        mail.say(
            "officer-registration-unclear",
            words=words,
            rows=_shown(mail, inner),
            said={"not_understood": (mail.asked.rest,)},
        )
        return "own mail: registration asked back, no service named"
    done = adopt(mail.work, message, facts, sop, mail.officer)
    if done.known:
        return _say(mail, done.row, known=True)
    mail.message.case_id = mail.message.case_id or done.row.id
    return _say(mail, done.row, known=False)


def _say(mail: OwnMail, row: CaseRow, *, known: bool) -> str:
    letter = case_letter(Matter.of(mail.work, row), mail.language, to_applicant=False)
    value = value_of(row)
    mail.say(
        "officer-mail-registered",
        letter=letter,
        owed=True,
        quote="",
        by=value.address,
        said={"status": ("known",) if known else ()},
    )
    return f"own mail: {'belongs to' if known else 'registered as'} {row.ticket}"


def _is_ours(mail: OwnMail, sender: Address) -> bool:
    return sender.address.lower() == mail.work.office.config.department.address.lower()


def _original(mail: OwnMail, inner: Forwarded, sender: Address) -> MessageRow | None:
    """The forwarded message in the ledger: by its Message-ID; without one, if exactly one unsorted message has writer and subject."""
    query = select(MessageRow).where(
        MessageRow.sender_key == address_key(mail.work.office, sender.address),
        col(MessageRow.facts).is_not(None),
        MessageRow.id != mail.message.id,
        MessageRow.state != MessageState.DUPLICATE,
    )
    rows = mail.work.session.exec(query.order_by(col(MessageRow.id).desc()))
    if inner.message_id:
        return next((row for row in rows if _facts_of(row).message_id == inner.message_id), None)
    subject = _bare(inner.subject or mail.facts.subject)
    same = [row for row in rows if row.state in ADOPTABLE and _bare(row.subject or "") == subject]
    return same[0] if len(same) == 1 else None


def _is_in_passing(mail: OwnMail, original: MessageRow) -> bool:
    """Whether it came in somebody else's conversation: it may be a request of its writer's all the same."""
    case = mail.work.session.get(CaseRow, original.case_id) if original.case_id else None
    opened = (original.reason or "").startswith("opened ")
    return case is not None and case.address_key != original.sender_key and not opened


def _facts_of(row: MessageRow) -> MessageFacts:
    return MessageFacts.model_validate_json(row.facts or "{}")


def _bare(subject: str) -> str:
    return " ".join(_PREFIX.sub("", subject.strip()).casefold().split())


def _as_written(facts: MessageFacts, inner: Forwarded) -> MessageFacts:
    """The forward as the mail it repeats: its writer, subject and text. The officer's own words are none of it, nor what proves the officer."""
    return unproven(facts).model_copy(
        update={
            "message_id": inner.message_id,
            "in_reply_to": (),
            "references": (),
            "sender": inner.sender,
            "subject": inner.subject or _PREFIX.sub("", facts.subject),
            "new_text": facts.quoted_text,
        }
    )


def _service(mail: OwnMail, facts: MessageFacts) -> Sop | None:
    """By the officer's word; without one, as a mail of the applicant would be matched."""
    sops = mail.work.office.rules.sops
    if mail.asked.rest:
        return sops.get(choices.choose(mail.work.office, mail.asked.rest).what)
    return sops.get(match(facts, sops).sop or "")


def _known_already(mail: OwnMail, original: MessageRow) -> str:
    row = mail.work.session.get(CaseRow, original.case_id) if original.case_id else None
    if row is not None:
        return _say(mail, row, known=True)
    return answer_unclear(
        mail,
        "e-mail itu sedang menunggu di tempat lain (misalnya karantina); mohon hubungi pengelola",
        "that e-mail waits elsewhere (in quarantine, for example); please ask the administrator",
    )


def _shown(mail: OwnMail, inner: Forwarded) -> tuple[tuple[str, str], ...]:
    labels = ("From", "Subject") if mail.language == "en" else ("Dari", "Subjek")
    sender = inner.sender.address if inner.sender else ""
    return ("", ""), (labels[0], sender), (labels[1], inner.subject or "-")
