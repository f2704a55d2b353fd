"""The audit trail: append-only and hash-chained, so that a change or a gap shows.

The chain covers a salted digest of the personal detail, not the detail: erasing it later (UU 27/2022) keeps the chain whole.
"""

import hashlib
import json
import os
from datetime import UTC

from sqlmodel import col, select

from mailflow.store.tables import AuditEntry
from mailflow.work import Work

GENESIS = "0" * 64


def record(
    work: Work, *, actor: str, action: str, subject: str, detail: dict[str, str] | None = None
) -> None:
    """Append one entry within the caller's transaction (which holds the write lock, so the chain has no forks)."""
    session, at = work.session, work.office.now()
    last = (
        session.exec(select(AuditEntry.digest).order_by(col(AuditEntry.id).desc()).limit(1)).first()
        or GENESIS
    )
    salted = json.dumps({"salt": os.urandom(8).hex(), **(detail or {})}, ensure_ascii=False, sort_keys=True)
    entry = AuditEntry(
        at=at,
        actor=actor,
        action=action,
        subject=subject,
        detail=salted,
        detail_digest=hashlib.sha256(salted.encode()).hexdigest(),
        previous=last,
        digest="",
    )
    entry.digest = link(entry)
    session.add(entry)
    session.flush()


def link(entry: AuditEntry) -> str:
    """Return the digest that ties an entry to the one before."""
    at = entry.at.astimezone(UTC).isoformat(timespec="microseconds")
    parts = (entry.previous, at, entry.actor, entry.action, entry.subject, entry.detail_digest)
    return hashlib.sha256(json.dumps(parts, ensure_ascii=False).encode()).hexdigest()
