"""What somebody else writes about a holder's expiry notice: a unit forwards it, a colleague answers all. It is tied to the notice's holder.

Nothing of it is the holder's word, and their notices go on. A renewal that is asked for is opened in the holder's name, unless its
writer is refuted; other words are read by a person, who is told whose notice it is about.
"""

import re
from collections.abc import Iterable, Iterator

from sqlmodel import col, select

from mailflow import bystanders, cases, proofs
from mailflow.certificates import registry
from mailflow.invited import COPY, NOTICE, begun_by_notice
from mailflow.letters import notices
from mailflow.openings import file, open_request
from mailflow.store.tables import CertificateRow, MessageRow, MessageState, OutboxRow
from mailflow.threads import answered
from mailflow.whose import by_letters
from mailflow.work import Work
from parsers.facts import Address, MessageFacts
from parsers.identity import fold_words
from rules.hearing.said import is_quiet
from rules.match import match

OPENED = "opened {} for the holder of a notice"
"""The ledger's reason: a replay looks for the holder again."""
_ADDRESS = re.compile(r"[A-Za-z0-9.!#$%&'+/=?^_`{|}~-]{1,64}@[A-Za-z0-9.-]{1,250}\.[A-Za-z]{2,20}")
_ENDING = re.compile(r"(?<![0-9A-Za-z])[0-9A-Fa-f]{4}(?![0-9A-Za-z])")
_LINES = 60
"""Of a forward: our letter begins with whom it is to."""
_NOTES = (
    "E-mail ini tentang pemberitahuan kami kepada {name} ({address}) bahwa sertifikatnya akan berakhir; pengirimnya orang lain.",
    "This e-mail is about our notice to {name} ({address}) that a certificate expires; somebody else wrote it.",
)


def handle(work: Work, message: MessageRow, facts: MessageFacts) -> str:
    """Work off a mail of somebody else about a notice; return the reason for the ledger, "" for any other mail."""
    holder = holder_of(work, facts) if not by_letters(work, facts) else None
    sop = begun_by_notice(work)
    if holder is None or sop is None:
        return ""
    under_way = next((row for row in cases.open_cases_of(work, holder.address) if row.sop == sop.id), None)
    if under_way is not None:
        return bystanders.handle(work, message, facts, under_way) or ""
    if is_quiet(facts.new_text):
        file(message)
        return "somebody else's thanks for a notice"
    asked = match(facts.model_copy(update={"subject": ""}), work.office.rules.sops).sop
    if asked == sop.id and not proofs.is_refuted(work, message, facts):
        return OPENED.format(open_request(work, message, facts, sop, holder=holder).ticket)
    note = _NOTES[work.office.config.department.language == "en"]
    note = note.format(name=holder.name, address=holder.address)
    message.listed = notices.to_sort(work, message, facts, note=note)
    message.state, message.place, message.placed = MessageState.UNMATCHED, "inbox", True
    return "somebody else about a notice; " + (
        "shown to an officer" if message.listed else "in the next daily list"
    )


def holder_of(work: Work, facts: MessageFacts) -> Address | None:
    """Return the holder of the notice that a mail of somebody else answers, attaches or repeats, None for none."""
    sender = cases.address_key(work.office, facts.sender.address if facts.sender else "")
    row = next(_certificates(work, _by_message_id(work, facts)), None) or _repeated(work, facts)
    return Address(name=row.name, address=row.address) if row and row.address_key != sender else None


def _certificates(work: Work, scopes: Iterable[str]) -> Iterator[CertificateRow]:
    for scope in scopes:
        number = scope.removeprefix(registry.SCOPE)
        row = work.session.get(CertificateRow, int(number)) if number.isdigit() else None
        if row is not None:
            yield row


def _repeated(work: Work, facts: MessageFacts) -> CertificateRow | None:
    """The certificate whose notice the quotation repeats: it names the end of the serial number, and the holder by address or name."""
    words = facts.quoted_text.casefold()
    if "sertifikat" not in words and "certificate" not in words:
        return None
    endings = {each.upper() for each in _ENDING.findall(words)}
    meant = (row for row in _certificates(work, _by_address(work, facts)) if row.serial[-4:] in endings)
    return next(meant, None) or _by_words(work, facts, endings)


def _by_message_id(work: Work, facts: MessageFacts) -> Iterator[str]:
    named = {*answered(facts), *(each.message_id for each in facts.forwarded if each.message_id)}
    query = select(OutboxRow.scope).where(
        col(OutboxRow.message_id).in_(named), col(OutboxRow.template).in_((NOTICE, COPY))
    )
    yield from work.session.exec(query)


def _by_address(work: Work, facts: MessageFacts) -> list[str]:
    """A forward as text repeats to whom we wrote."""
    keys = {cases.address_key(work.office, each) for each in _ADDRESS.findall(facts.quoted_text)}
    query = (
        select(OutboxRow.scope)
        .where(col(OutboxRow.recipient_key).in_(keys), OutboxRow.template == NOTICE)
        .order_by(col(OutboxRow.id).desc())
    )
    return list(work.session.exec(query)) if keys else []


def _by_words(work: Work, facts: MessageFacts, endings: set[str]) -> CertificateRow | None:
    """Some programs repeat names without addresses."""
    said = f" {' '.join(map(fold_words, facts.quoted_text.splitlines()[:_LINES]))} "
    query = select(CertificateRow).where(col(CertificateRow.last_notice).is_not(None))
    told = work.session.exec(query.order_by(col(CertificateRow.last_notice_at).desc())) if endings else ()
    return next(
        (row for row in told if row.serial[-4:] in endings and f" {fold_words(row.name)} " in said), None
    )
