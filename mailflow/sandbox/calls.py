"""What a child can be asked, and how each answer becomes JSON and blobs: this side runs in the child.

Adding a call: one adapter here, its function in `CALLS`, and a method of `reader.Reader` that validates the answer.
"""

from collections.abc import Callable
from typing import Annotated, Any

from pydantic import Field, TypeAdapter

from mailflow.sandbox.protocol import Packet
from parsers.facts import Box, DkimResult, MessageFacts
from parsers.reading import Budget, Reading

Answer = tuple[bytes, list[bytes]]
"""The JSON of an answer, and the bytes it speaks of in order."""


class Limits(Packet):
    """`parsers.read.Budget` on its way."""

    message_bytes: int
    parts: int
    depth: int
    pages: int
    part_bytes: int

    def budget(self) -> Budget:
        """Return the ring's own value."""
        return Budget(**self.model_dump())


class MessageArguments(Packet):
    """How to read a message."""

    own_addresses: frozenset[str]
    limits: Limits
    skip: frozenset[int] = frozenset()


class DocumentArguments(Packet):
    """How to read a bare document."""

    name: str
    limits: Limits


class PictureArguments(Packet):
    """Which page of a document to draw, and what to mark on it."""

    media_type: str
    page: int
    boxes: tuple[Box, ...]


class KeyArguments(Packet):
    """The DNS records of the keys that a message's signatures name, and when it arrived (seconds since 1970 UTC)."""

    keys: dict[str, str]
    at: int


class MarkArguments(Packet):
    """Which Authentication-Results fields are wanted: those with this in them."""

    mark: str


class ReadingAnswer(Packet):
    """Facts; the digests of the blobs that follow; whether one more blob, the redacted message, comes last; what its author wrote."""

    facts: MessageFacts
    digests: tuple[str, ...]
    redacted: bool
    authored: str


PART_COUNT = TypeAdapter(Annotated[int, Field(ge=0)])


def _answered(reading: Reading) -> Answer:
    redacted = [] if reading.redacted is None else [reading.redacted]
    said = ReadingAnswer(
        facts=reading.facts,
        digests=tuple(reading.parts),
        redacted=bool(redacted),
        authored=reading.authored,
    )
    return said.model_dump_json().encode(), [*reading.parts.values(), *redacted]


def _message(function: Callable[..., Any], arguments: bytes, data: bytes) -> Answer:
    asked = MessageArguments.model_validate_json(arguments)
    budget = asked.limits.budget()
    return _answered(function(data, own_addresses=asked.own_addresses, budget=budget, skip_parts=asked.skip))


def _document(function: Callable[..., Any], arguments: bytes, data: bytes) -> Answer:
    asked = DocumentArguments.model_validate_json(arguments)
    return _answered(function(data, asked.name, budget=asked.limits.budget()))


def _parts(function: Callable[..., Any], arguments: bytes, data: bytes) -> Answer:
    return PART_COUNT.dump_json(function(data, Limits.model_validate_json(arguments).budget())), []


def _picture(function: Callable[..., Any], arguments: bytes, data: bytes) -> Answer:
    asked = PictureArguments.model_validate_json(arguments)
    drawn = function(data, asked.media_type, asked.boxes, asked.page)
    return b"null", [] if drawn is None else [drawn]


SIGNATURES = TypeAdapter(tuple[DkimResult, ...])
FIELDS = TypeAdapter(tuple[str, ...])


def _signatures(function: Callable[..., Any], arguments: bytes, data: bytes) -> Answer:
    asked = KeyArguments.model_validate_json(arguments)
    return SIGNATURES.dump_json(function(data, asked.keys, asked.at)), []


def _verdicts(function: Callable[..., Any], arguments: bytes, data: bytes) -> Answer:
    return FIELDS.dump_json(function(data, MarkArguments.model_validate_json(arguments).mark)), []


CALLS: dict[str, tuple[str, Callable[[Callable[..., Any], bytes, bytes], Answer]]] = {
    "message": ("parsers.read:read_message", _message),
    "document": ("parsers.read:read_document", _document),
    "parts": ("parsers.read:list_parts", _parts),
    "signatures": ("parsers.dkim_signatures:verified", _signatures),
    "verdicts": ("parsers.authentication:fields_with", _verdicts),
    "picture": ("parsers.picture:picture_of", _picture),
}
"""By call: the reading function as `module:name`, and its adapter."""
