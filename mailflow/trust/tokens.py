"""Reply tokens and Message-IDs: unguessable names that only our own letters carry.

A task token is bound to one officer, one task and the digest of the evidence shown. It may come back in an address
(`department+a.<task>.<mac>@`, RFC 5233), in the subject of a one-word button, or as the Message-ID a reply refers to: the MAC is the
proof, not the place.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass

from mailflow.store.sealed import Keyring

_SHAPE = re.compile(r"(?<![0-9a-z])([ab])\.(\d{1,12})\.([a-z2-7]{32})(?![0-9a-z])", re.IGNORECASE)


@dataclass(frozen=True)
class Token:
    """A token as found: `a` answers a task, `b` returns a bounce."""

    kind: str
    number: int
    mac: str


def task_token(keyring: Keyring, task: int, officer: str, evidence: str) -> str:
    """Return the token of one officer's letter about one task."""
    return f"a.{task}.{keyring.token('task', task, officer.lower(), evidence)}"


def bounce_token(keyring: Keyring, outbox_message_id: str) -> str:
    """Return the part of an envelope sender that proves a bounce is about this letter."""
    return f"b.0.{keyring.token('bounce', outbox_message_id)}"


def subaddress(address: str, detail: str) -> str:
    """Return `local+detail@domain`."""
    local, _, domain = address.rpartition("@")
    return f"{local}+{detail}@{domain}"


def find_tokens(texts: Iterable[str]) -> list[Token]:
    """Return every token in addresses and subjects, each once."""
    found: dict[Token, None] = {}
    for text in texts:
        for kind, number, mac in _SHAPE.findall(text):
            found[Token(kind.lower(), int(number), mac.lower())] = None
    return list(found)


def without_tokens(text: str) -> str:
    """Return what somebody wrote as others may read it: without the tokens in it."""
    return _SHAPE.sub("\N{HORIZONTAL ELLIPSIS}", text)


def message_id(keyring: Keyring, domain: str, scope: str, effect: str, recipient: str) -> str:
    """Return the Message-ID of a letter: the same effect to the same recipient always has the same one."""
    return f"<{keyring.token('message', scope, effect, recipient.lower())}@{domain}>"
