"""The letter that came back: to which address, which letter it was, and why, as far as the mail server says (RFC 3463)."""

import re

from sqlmodel import col, select

from mailflow.cases import address_key
from mailflow.dossier import Matter
from mailflow.outbox.filters import shorten
from mailflow.store.tables import OutboxRow, OutboxState

_LONGEST = 240
_CODE = re.compile(r"\b[45]\.\d{1,3}\.\d{1,3}\b")
_PROTOCOL = re.compile(r"^(?:smtp|x-unix|dns)\s*;\s*", re.IGNORECASE)
_REASONS = {
    "5.1.1": ("alamat itu tidak dikenal server penerima", "the receiving server does not know this address"),
    "5.1.2": ("domain alamat itu tidak ada", "the domain of this address does not exist"),
    "5.1.10": ("domain itu tidak menerima e-mail", "the domain takes no e-mail"),
    "5.1": ("alamat itu tidak benar", "the address is not right"),
    "5.2.1": ("kotak surat itu tidak aktif", "the mailbox is not active"),
    "5.2.2": ("kotak surat itu penuh", "the mailbox is full"),
    "5.2.3": ("e-mail kami terlalu besar untuk kotak surat itu", "our e-mail is too large for the mailbox"),
    "5.3.4": (
        "e-mail kami terlalu besar untuk server penerima",
        "our e-mail is too large for the receiving server",
    ),
    "5.4": ("server penerima tidak tercapai", "the receiving server could not be reached"),
    "4.4": ("server penerima tidak tercapai", "the receiving server could not be reached"),
    "5.7": ("server penerima menolak e-mail kami", "the receiving server refuses our e-mail"),
}
"""What a status code means, by as much of it as is known."""


def came_back(matter: Matter) -> tuple[str, ...]:
    """Return address, subject, reason and the server's own words (either may be empty) of the latest letter to the applicant that came back."""
    query = select(OutboxRow).where(
        OutboxRow.case_id == matter.number,
        OutboxRow.recipient_key == address_key(matter.office, matter.case.address),
        col(OutboxRow.state).in_([OutboxState.BOUNCED.value, OutboxState.FAILED.value]),
    )
    letter = matter.work.session.exec(query.order_by(col(OutboxRow.id).desc())).first()
    if letter is None:
        return ()
    said = _words(letter.error or "")
    reason = _reason(letter.error or "", matter.office.config.department.language)
    return letter.recipient, letter.subject, reason, shorten(said, _LONGEST) if said else ""


def _reason(error: str, language: str) -> str:
    found = _CODE.search(error)
    known = [code for code in _REASONS if found and f"{found[0]}.".startswith(f"{code}.")]
    return _REASONS[max(known, key=len)][language == "en"] if known else ""


def _words(error: str) -> str:
    """What the server answered, without the code that stands before it and the name of the protocol."""
    code = _CODE.match(error)
    words = error[code.end() :].strip() if code else error.strip()
    return _PROTOCOL.sub("", words)
