"""The audit trail: append-only and hash-chained, so that a change or a gap shows.

The chain covers a salted digest of the personal detail, not the detail: erasing it later (UU 27/2022) keeps the chain whole.
"""

import hashlib
import json
import os
from datetime import datetime

from sqlmodel import Session, col, select

from mailflow.store.tables import AuditEntry

GENESIS = "0" * 64


def record(
    session: Session,
    *,
    at: datetime,
    actor: str,
    action: str,
    subject: str,
    detail: dict[str, str] | None = None,
) -> None:
    """Append one entry within the caller's transaction (which holds the write lock, so the chain has no forks)."""
    last = (
        session.exec(select(AuditEntry.digest).order_by(col(AuditEntry.id).desc()).limit(1)).first()
        or GENESIS
    )
    salted = json.dumps({"salt": os.urandom(8).hex(), **(detail or {})}, ensure_ascii=False, sort_keys=True)
    detail_digest = hashlib.sha256(salted.encode()).hexdigest()
    session.add(
        AuditEntry(
            at=at,
            actor=actor,
            action=action,
            subject=subject,
            detail=salted,
            detail_digest=detail_digest,
            previous=last,
            digest=link(last, at, actor, action, subject, detail_digest),
        )
    )
    session.flush()


def link(previous: str, at: datetime, actor: str, action: str, subject: str, detail_digest: str) -> str:
    """Return the digest that ties an entry to the one before."""
    text = "\x1f".join(
        (previous, at.isoformat(timespec="microseconds"), actor, action, subject, detail_digest)
    )
    return hashlib.sha256(text.encode()).hexdigest()
