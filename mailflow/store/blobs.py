"""Bytes stored once, under a name that tells nothing: the keyed hash of their content."""

import hashlib
from datetime import datetime

from sqlalchemy import update
from sqlmodel import Session, col

from mailflow.errors import StoreError
from mailflow.store.sealed import Keyring
from mailflow.store.tables import Blob, MessageRow


def key_of(keyring: Keyring, digest: str) -> str:
    """Return the name of the bytes with this SHA-256 (lower-case hex), as `parsers.facts` gives it."""
    return keyring.index("blob:" + digest)


def put(session: Session, keyring: Keyring, data: bytes, at: datetime) -> str:
    """Store `data` unless it is there; return its name."""
    return put_as(session, key_of(keyring, hashlib.sha256(data).hexdigest()), data, at)


def put_as(session: Session, key: str, data: bytes, at: datetime) -> str:
    """Store `data` under a name of its own (something derived from stored bytes) unless it is there; return the name."""
    if session.get(Blob, key) is None:
        session.add(Blob(key=key, data=data, size=len(data), stored_at=at))
        session.flush()
    return key


def get(session: Session, key: str) -> bytes:
    """Return the bytes; raise `StoreError` when they were purged."""
    blob = session.get(Blob, key)
    if blob is None:
        raise StoreError(f"blob {key[:12]} is gone: purged, or the database was restored without it")
    return blob.data


def holds(session: Session, keyring: Keyring, digest: str) -> bool:
    """Tell whether the bytes with this SHA-256 are stored."""
    return session.get(Blob, key_of(keyring, digest)) is not None


def purge(session: Session, key: str) -> None:
    """Erase bytes for good: a private key that was sent to us. Rows that pointed here point to nothing."""
    blob = session.get(Blob, key)
    if blob is not None:
        session.exec(update(MessageRow).where(col(MessageRow.raw_key) == key).values(raw_key=None))
        session.delete(blob)
        session.flush()
