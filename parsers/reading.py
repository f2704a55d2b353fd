"""What goes into a reading and what comes out of it, without the readers themselves: the shell imports this freely."""

from dataclasses import dataclass

from parsers.facts import MessageFacts


class Unreadable(Exception):  # noqa: N818 - it is a verdict on the message, not a fault of the program
    """A message that cannot be taken apart: it goes to quarantine with its bytes. `reason` is one sentence without personal data."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


@dataclass(frozen=True, kw_only=True)
class Budget:
    """Limits of one reading: bytes, MIME parts, nesting depth, pages, and bytes of one decoded part."""

    message_bytes: int = 25 * 1024 * 1024
    parts: int = 100
    depth: int = 20
    pages: int = 30
    part_bytes: int = 30 * 1024 * 1024


@dataclass(frozen=True, kw_only=True)
class Reading:
    """Facts, the decoded bytes of each document by its digest, and the raw message with secrets cut out (None: none found).

    `authored` is the digest of what its author wrote (`parsers.authored`), "" for a file. It is no fact: it may tell a secret to whoever
    guesses, so that the shell keeps its keyed hash alone.
    """

    facts: MessageFacts
    parts: dict[str, bytes]
    redacted: bytes | None = None
    authored: str = ""
