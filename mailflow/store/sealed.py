"""Sealed values and keyed names: what the database file shows to somebody who steals it.

Personal data is encrypted and authenticated (AES-256-GCM; Permenkominfo 20/2016 asks for encryption of stored personal data); the first
bytes name format and key, so that a key can be changed. Look-ups by NIP or address go over a keyed hash (HMAC-SHA-256).
"""

import base64
import binascii
import hashlib
import hmac
import os
import zlib
from dataclasses import dataclass, field
from typing import Any

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from sqlalchemy import Dialect, LargeBinary
from sqlalchemy.types import TypeDecorator

KEY_BYTES = 32
_FORMAT = b"\x01"
_NONCE_BYTES = 12
_COMPRESS_FROM = 200
_LEVEL = 3
_SAMPLE = 4096
_GAIN = 0.9


def _is_worth_packing(plain: bytes) -> bool:
    """Pictures and most PDFs are compressed already: a sample from the middle tells, and saves packing all of it in vain."""
    if len(plain) < _COMPRESS_FROM:
        return False
    middle = len(plain) // 2
    sample = plain[middle : middle + _SAMPLE] if len(plain) > 2 * _SAMPLE else plain
    return len(zlib.compress(sample, 1)) < _GAIN * len(sample)


@dataclass(frozen=True)
class Keyring:
    """The keys derived from `store.key` (HKDF, RFC 5869): one for sealing, one for look-ups, one for tokens and Message-IDs."""

    identifier: bytes
    _seal: AESGCM = field(repr=False)
    _index: bytes = field(repr=False)
    _token: bytes = field(repr=False)

    @classmethod
    def from_text(cls, text: str) -> "Keyring":
        """Read a key of 32 bytes in url-safe base64; raise ValueError with the remedy."""
        try:
            master = base64.urlsafe_b64decode(text.strip() + "=" * (-len(text.strip()) % 4))
        except (binascii.Error, ValueError):
            master = b""
        if len(master) != KEY_BYTES:
            raise ValueError("store.key: needs 32 bytes in url-safe base64; `mailflow init` makes one")
        if len(set(master)) == 1:
            raise ValueError(
                "store.key: 32 equal bytes are a stand-in, no secret; `mailflow init` makes a random one"
            )

        def derive(purpose: bytes) -> bytes:
            return HKDF(algorithm=SHA256(), length=KEY_BYTES, salt=None, info=b"mailflow/" + purpose).derive(
                master
            )

        return cls(
            hashlib.sha256(b"id" + derive(b"id")).digest()[:4],
            AESGCM(derive(b"seal")),
            derive(b"index"),
            derive(b"token"),
        )

    def seal(self, plain: bytes) -> bytes:
        """Encrypt and authenticate, compressed where that helps."""
        packed = zlib.compress(plain, _LEVEL) if _is_worth_packing(plain) else b""
        marked = b"z" + packed if packed and len(packed) < len(plain) else b"-" + plain
        nonce = os.urandom(_NONCE_BYTES)
        head = _FORMAT + self.identifier
        return head + nonce + self._seal.encrypt(nonce, marked, head)

    def open(self, sealed: bytes) -> bytes:
        """Decrypt; raise ValueError when the key is another or the bytes were altered."""
        head, nonce, body = sealed[:5], sealed[5 : 5 + _NONCE_BYTES], sealed[5 + _NONCE_BYTES :]
        if head != _FORMAT + self.identifier:
            raise ValueError("sealed with another key: restore the store.key this database was made with")
        try:
            marked = self._seal.decrypt(nonce, body, head)
        except InvalidTag:
            raise ValueError("sealed value was altered: restore the database from a backup") from None
        return zlib.decompress(marked[1:]) if marked[:1] == b"z" else marked[1:]

    def index(self, value: str | bytes) -> str:
        """Keyed hash for look-ups and blob names: 64 hex digits."""
        data = value.encode() if isinstance(value, str) else value
        return hmac.new(self._index, data, hashlib.sha256).hexdigest()

    def token(self, *parts: object) -> str:
        """Unguessable name (160 bit, base32, lower case) bound to `parts`: reply tokens, Message-IDs, envelope senders."""
        data = "\x1f".join(str(part) for part in parts).encode()
        digest = hmac.new(self._token, data, hashlib.sha256).digest()[:20]
        return base64.b32encode(digest).decode().lower()

    def is_token(self, given: str, *parts: object) -> bool:
        """Compare in constant time."""
        return hmac.compare_digest(given.lower().encode(), self.token(*parts).encode())


def _keyring(dialect: Dialect) -> Keyring:
    keyring: Keyring = dialect.keyring  # type: ignore[attr-defined]  # the store hangs it there: one key per engine, no global
    return keyring


class Sealed(TypeDecorator[str]):
    """A text column that is encrypted at rest."""

    impl = LargeBinary
    cache_ok = True

    def process_bind_param(self, value: str | None, dialect: Dialect) -> bytes | None:
        """Seal on the way in."""
        return None if value is None else _keyring(dialect).seal(value.encode())

    def process_result_value(self, value: Any, dialect: Dialect) -> str | None:
        """Open on the way out."""
        return None if value is None else _keyring(dialect).open(value).decode()


class SealedBytes(TypeDecorator[bytes]):
    """A binary column that is encrypted at rest."""

    impl = LargeBinary
    cache_ok = True

    def process_bind_param(self, value: bytes | None, dialect: Dialect) -> bytes | None:
        """Seal on the way in."""
        return None if value is None else _keyring(dialect).seal(value)

    def process_result_value(self, value: Any, dialect: Dialect) -> bytes | None:
        """Open on the way out."""
        return None if value is None else _keyring(dialect).open(value)
