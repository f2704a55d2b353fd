"""The one way to read a stranger's bytes: in a child that can be killed. The daemon itself parses none of them."""

import hashlib
import math
import threading
import time
from collections.abc import Iterable, Mapping
from collections.abc import Set as AbstractSet
from dataclasses import asdict
from types import TracebackType
from typing import Self, TypeVar

from pydantic import BaseModel, TypeAdapter, ValidationError

from mailflow.errors import WorkerError
from mailflow.sandbox import calls, fallback
from mailflow.sandbox.limits import Confinement
from mailflow.sandbox.process import Zygote
from mailflow.sandbox.protocol import Request
from parsers.facts import Box, DkimResult
from parsers.reading import Budget, Reading, Unreadable

T = TypeVar("T")
_CONFINEMENT = TypeAdapter(Confinement)
_READING = TypeAdapter(calls.ReadingAnswer)


class Reader:
    """Reads messages and documents, each in a process of its own; safe to share between threads, one reading at a time.

    `budget` bounds what is read and returned, `seconds` is the wall clock of one reading (of processor time: four fifths),
    `own_addresses` are the department's, to know its own mail by. `functions` puts other functions (`module:name`) in the place
    of the readers, by call (`calls.CALLS`): for tests and for widening.
    Every reading raises WorkerError (`timeout`, `crashed`, `too-large`) or Unreadable.
    """

    def __init__(
        self,
        budget: Budget,
        seconds: float,
        own_addresses: Iterable[str],
        *,
        functions: Mapping[str, str] | None = None,
    ) -> None:
        self._budget = budget
        self._seconds = float(seconds)
        self._own = frozenset(own_addresses)
        self._limits = calls.Limits(**asdict(budget))
        self._limit = budget.message_bytes + budget.part_bytes
        self._lock = threading.Lock()
        self._zygote = Zygote(functions or {})
        self._zygote.start()

    def read(self, raw: bytes) -> Reading:
        """Read one message. When that kills the worker, the documents are tried one by one and the guilty ones are named."""
        with self._lock:
            started = time.monotonic()
            try:
                return self._message(raw, frozenset(), self._seconds)
            except WorkerError as death:
                return self._without_the_guilty(raw, death, time.monotonic() - started)

    def read_document(self, data: bytes, name: str) -> Reading:
        """Read a bare file as if it were the only attachment of a message."""
        arguments = calls.DocumentArguments(name=name, limits=self._limits)
        with self._lock:
            return self._reading("document", arguments, data, self._seconds)

    def picture(self, data: bytes, media_type: str, page: int, boxes: list[Box]) -> bytes | None:
        """Draw a document for the officer (`parsers.picture`): page `page` from 1 with `boxes` framed, or a photo made small.

        None where that is not possible, whatever the reason: the officer has the original.
        """
        arguments = calls.PictureArguments(media_type=media_type, page=page, boxes=tuple(boxes))
        with self._lock:
            try:
                _, blobs = self._ask("picture", arguments, data, self._seconds)
            except (WorkerError, Unreadable):
                return None
        return blobs[0] if blobs else None

    def signatures(self, raw: bytes, keys: Mapping[str, str], at: int) -> tuple[DkimResult, ...]:
        """Verify the DKIM signatures of a message with these keys (`parsers.dkim_signatures`); () where that is not possible."""
        with self._lock:
            try:
                said, _ = self._ask(
                    "signatures", calls.KeyArguments(keys=dict(keys), at=at), raw, self._seconds
                )
                return _validated(calls.SIGNATURES, said)
            except (WorkerError, Unreadable):
                return ()

    def verdicts_with(self, raw: bytes, mark: str) -> tuple[str, ...]:
        """Return the Authentication-Results fields of a message that have a mark in them, wherever they stand."""
        with self._lock:
            said, _ = self._ask("verdicts", calls.MarkArguments(mark=mark), raw, self._seconds)
        return _validated(calls.FIELDS, said)

    @property
    def zygote_pid(self) -> int | None:
        """The process id of the zygote, for whoever watches; None when it has ended."""
        return self._zygote.pid

    def capabilities(self) -> Confinement:
        """Tell what holds a child on this machine, as a child found it."""
        with self._lock:
            said, _ = self._ask("capabilities", self._limits, b"", self._seconds)
        return _validated(_CONFINEMENT, said)

    def close(self) -> None:
        """End the zygote; a reading under way is waited for."""
        with self._lock:
            self._zygote.stop()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def _without_the_guilty(self, raw: bytes, death: WorkerError, spent: float) -> Reading:
        said, _ = self._ask("parts", self._limits, raw, self._seconds)
        parts = _validated(calls.PART_COUNT, said)
        if not parts and death.outcome != "crashed":
            raise death  # it would be the same reading once more; a crash may have been the zygote's

        def attempt(skip: AbstractSet[int], seconds: float) -> Reading:
            return self._message(raw, skip, seconds)

        return fallback.one_by_one(attempt, parts, seconds=self._seconds, spent=spent)

    def _message(self, raw: bytes, skip: AbstractSet[int], seconds: float) -> Reading:
        arguments = calls.MessageArguments(own_addresses=self._own, limits=self._limits, skip=frozenset(skip))
        return self._reading("message", arguments, raw, seconds)

    def _reading(self, call: str, arguments: BaseModel, data: bytes, seconds: float) -> Reading:
        said, blobs = self._ask(call, arguments, data, seconds)
        answer = _validated(_READING, said)
        if len(blobs) != len(answer.digests) + answer.redacted:
            raise _malformed()
        parts = dict(zip(answer.digests, blobs, strict=False))
        if any(hashlib.sha256(content).hexdigest() != digest for digest, content in parts.items()):
            raise _malformed()
        redacted = blobs[-1] if answer.redacted else None
        return Reading(facts=answer.facts, parts=parts, redacted=redacted, authored=answer.authored)

    def _ask(self, call: str, arguments: BaseModel, data: bytes, seconds: float) -> tuple[bytes, list[bytes]]:
        request = Request(call=call, seconds=seconds, cpu_seconds=math.ceil(seconds * 0.8))
        head, blobs = self._zygote.ask(request, arguments.model_dump_json().encode(), data, limit=self._limit)
        if head.outcome == "unreadable":
            raise Unreadable(head.said)
        if head.outcome != "ok":
            raise WorkerError(f"Reading failed: {head.said}.", head.outcome)
        if not blobs:
            raise _malformed()
        return blobs[0], blobs[1:]


def _validated(shape: TypeAdapter[T], said: bytes) -> T:
    try:
        return shape.validate_json(said)
    except ValidationError:
        raise _malformed() from None


def _malformed() -> WorkerError:
    return WorkerError("The reader's answer is not what it must be.", "crashed")
