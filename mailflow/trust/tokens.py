"""Reply tokens and Message-IDs: unguessable names that only our own letters carry.

A task token is bound to one officer, one task, the digest of the evidence shown, and the salt that was drawn for this task. It may come
back in an address (`department+a.<task>.<mac>@`, RFC 5233), in the subject of a one-word button, or as the Message-ID a reply refers to:
the MAC is the proof, not the place.

Numbers of rows begin again where an older database is put back, so no name is made of them alone: salts and Message-IDs are drawn by
chance and bear the generation of the database (`mailflow.generations`). A Message-ID proves by itself that it is ours, also to a database
that has never seen its letter.
"""

import base64
import re
import secrets
from collections.abc import Container, Iterable
from dataclasses import dataclass

from mailflow.store.sealed import Keyring
from mailflow.store.tables import TaskRow

_SHAPE = re.compile(r"(?<![0-9a-z])([abct])\.(\d{1,12})\.([a-z2-7]{32})(?![0-9a-z])", re.IGNORECASE)
_WRITTEN = re.compile(
    r"(?:(?<![0-9a-z])|(?<=%[0-9a-f]{2}))([abct])\.(\d{1,12})\.([a-z2-7]{32})(?![0-9a-z])", re.IGNORECASE
)
"""A token as it may stand in a text: also in the target of a link."""
_OURS = re.compile(r"<([a-z2-7]{6})\.([a-z2-7]{26})\.([a-z2-7]{16})@[^<>@\s]+>")
_EARLIER = re.compile(r"<[a-z2-7]{32}@([^<>@\s]+)>")
"""What the first releases wrote: nothing in it can be proven without its letter."""
_MAC = 16


@dataclass(frozen=True)
class Token:
    """A token as found: `a` answers a task, `b` returns a bounce, `c` confirms a message (its number in the ledger), `t` marks a test of the mail server."""

    kind: str
    number: int
    mac: str


def task_token(keyring: Keyring, task: TaskRow, officer: str) -> str:
    """Return the token of one officer's letters about one task."""
    return f"a.{task.id or 0}.{keyring.token(*_bound_to(task, officer))}"


def is_task_token(keyring: Keyring, token: Token, task: TaskRow, officer: str) -> bool:
    """Tell, in constant time, whether a token is this officer's for this task."""
    return keyring.is_token(token.mac, *_bound_to(task, officer))


def confirmation_token(keyring: Keyring, message: int, task: TaskRow, officer: str) -> str:
    """Return the token that only the letter to the officer's own address carries, for one unproven message about one task."""
    return f"c.{message}.{keyring.token('confirm', message, *_bound_to(task, officer))}"


def is_confirmation(keyring: Keyring, token: Token, task: TaskRow, officer: str) -> bool:
    """Tell, in constant time, whether a token confirms the message it names, as this officer's word on this task as it stands."""
    return token.kind == "c" and keyring.is_token(
        token.mac, "confirm", token.number, *_bound_to(task, officer)
    )


def _bound_to(task: TaskRow, officer: str) -> tuple[object, ...]:
    """What is MACed; tasks of the first releases have no salt, and their letters go on counting."""
    return ("task", task.id or 0, officer.lower(), task.evidence, *filter(None, (task.salt,)))


def draw_salt(generation: str) -> str:
    """Return a salt for a new task: 128 random bits under the generation of the database."""
    return f"{generation}.{_random(26)}"


def draw_generation() -> str:
    """Return the name of a new generation of the database (30 random bits)."""
    return _random(6)


def _random(characters: int) -> str:
    return base64.b32encode(secrets.token_bytes(characters)).decode().lower()[:characters]


def bounce_token(keyring: Keyring, outbox_message_id: str, number: int = 0) -> str:
    """Return the mark that proves a bounce to be about this letter; `number`, where it is known already, is its row in the outbox."""
    return f"b.{number}.{keyring.token('bounce', outbox_message_id)}"


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


def without_tokens(text: str, keep: Container[Token] = ()) -> str:
    """Return what somebody wrote as others may read it: without the tokens in it, but those to `keep`."""
    return _WRITTEN.sub(lambda found: found[0] if _named(found) in keep else "\N{HORIZONTAL ELLIPSIS}", text)


def tokens_within(text: str) -> set[Token]:
    """Return the tokens in a text, those in the targets of its links too."""
    return {_named(found) for found in _WRITTEN.finditer(text)}


def _named(found: re.Match[str]) -> Token:
    return Token(found[1].lower(), int(found[2]), found[3].lower())


def new_message_id(keyring: Keyring, generation: str, domain: str) -> str:
    """Draw the Message-ID of a letter: 128 random bits, and a MAC over them and the generation."""
    drawn = _random(26)
    return f"<{generation}.{drawn}.{keyring.token('message', generation, drawn)[:_MAC]}@{domain}>"


def generation_of(keyring: Keyring, message_id: str) -> str:
    """Return under which generation of a database with these keys a Message-ID was drawn, "" for one that is not proven to be ours."""
    found = _OURS.fullmatch(message_id)
    if found is None:
        return ""
    mac = keyring.token("message", found[1], found[2])[:_MAC]
    return found[1] if secrets.compare_digest(mac, found[3]) else ""


def is_like_ours(message_id: str, domain: str) -> bool:
    """Tell whether a Message-ID has the shape of the first releases', which prove nothing by themselves."""
    found = _EARLIER.fullmatch(message_id)
    return found is not None and found[1].lower() == domain.lower()
