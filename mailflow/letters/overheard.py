"""What an officer is shown of a mail that somebody else wrote in an applicant's conversation: who, how far that is proven, words, papers."""

from collections.abc import Iterator

from sqlmodel import col, select

from mailflow.dossier import Matter
from mailflow.letters.post import blob_attachment
from mailflow.letters.quoted import written
from mailflow.outbox.compose import Attachment
from mailflow.outbox.dates import in_list
from mailflow.store import blobs
from mailflow.store.tables import MessageRow, MessageState, Transition
from mailflow.trust.authentication import authenticate
from mailflow.trust.tokens import without_tokens
from parsers.facts import MessageFacts
from rules.turns.aside import OTHERS

EVENT = "overheard"
_PROOF = {
    True: ("alamatnya terbukti", "the address is proven"),
    False: ("alamatnya tidak terbukti", "the address is not proven"),
}

_ASKED = ("belum digunakan, pemohon sudah ditanya", "not used yet, the applicant has been asked")


def is_about_others(task_key: str) -> bool:
    """Whether a task beside the request's own is about what somebody else wrote."""
    return task_key.startswith(f"{OTHERS}@")


def said(matter: Matter, language: str) -> dict[str, tuple[str, ...]]:
    """Return writer with proof, subject, time and file names of the latest such message, as `others`."""
    found = _latest(matter)
    if found is None:
        return {}
    row, facts = found
    proven = authenticate(facts, matter.office.config).passed is True
    proof = _PROOF[proven][language == "en"]
    sender = facts.sender
    address = sender.address if sender else "-"
    writer = f"{sender.name} <{address}>" if sender and sender.name else address
    received = in_list(row.received_at, language, matter.office.config.department.timezone)
    files = ", ".join(each.name for each in facts.documents if each.digest)
    if files and row.state == MessageState.HELD:
        files = f"{files} ({_ASKED[language == 'en']})"
    return {"others": (f"{writer} ({proof})", without_tokens(facts.subject).strip() or "-", received, files)}


def words(matter: Matter, language: str) -> str:
    """Return what the latest such message says."""
    found = _latest(matter)
    return written(found[1], language) if found else ""


def papers(matter: Matter, room: int) -> tuple[Attachment, ...]:
    """Return the files of the latest such message as attachments, as far as `room` (bytes) goes."""
    return tuple(_papers(matter, room))


def _papers(matter: Matter, room: int) -> Iterator[Attachment]:
    found, session, keyring = _latest(matter), matter.work.session, matter.office.keyring
    for each in found[1].documents if found else ():
        if each.digest and each.size <= room and blobs.holds(session, keyring, each.digest):
            room -= each.size
            yield blob_attachment(matter.work, name=each.name, media_type=each.media_type, digest=each.digest)


def _latest(matter: Matter) -> tuple[MessageRow, MessageFacts] | None:
    query = (
        select(MessageRow)
        .join(Transition, col(Transition.message_id) == col(MessageRow.id))
        .where(Transition.case_id == matter.row.id, Transition.event == EVENT)
        .order_by(col(Transition.id).desc())
    )
    row = matter.work.session.exec(query).first()
    return (row, MessageFacts.model_validate_json(row.facts)) if row is not None and row.facts else None
