"""The one door into this ring: raw bytes of a message, or a bare document, to facts.

`read_message` is what a worker calls. It never raises for bad input; what cannot be read is said in `problems`.
"""

from dataclasses import dataclass

from parsers.facts import MessageFacts


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
    """Facts, the decoded bytes of each document by its digest, and the raw message with secrets cut out (None: none found)."""

    facts: MessageFacts
    parts: dict[str, bytes]
    redacted: bytes | None = None
