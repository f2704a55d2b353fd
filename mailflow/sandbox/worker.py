"""The life of a child: forked from the zygote for one document, and gone after its answer.

1. own session, no descriptor but the question and the answer's socket; 2. limits; 3. the question; 4. the answer; 5. exit.
Nothing of the failure but its type and place is told: the text of an exception may quote the letter.
"""

import json
import os
import socket
import traceback
from collections.abc import Callable
from dataclasses import asdict
from typing import Any, NamedTuple, NoReturn

from mailflow.sandbox import limits, protocol
from mailflow.sandbox.calls import Answer
from parsers.reading import Unreadable

_HIGHEST = 1024
"""Above every descriptor a zygote ever holds: it starts with one and opens a handful."""

_ASIDE = 100


class Pipes(NamedTuple):
    """Descriptors of a child: the question (sealed memory), the answer's socket, the Landlock ruleset if there is one."""

    question: int
    answer: int
    ruleset: int | None


Ask = Callable[[bytes, bytes], Answer]


def live(request: protocol.Request, pipes: Pipes, ask: Ask | None, *, parent: int) -> NoReturn:
    """Answer one question and end; never returns into the zygote's code. Without `ask`, tell what holds this process."""
    try:
        os.setsid()
        limits.die_with(parent)
        question, answer, *ruleset = _keep_only(pipes)
        held = limits.confine(cpu_seconds=request.cpu_seconds, ruleset=ruleset[0] if ruleset else None)
        with socket.socket(fileno=answer) as out:
            protocol.send_answer(out, *_answered(ask or _telling(held), question))
    finally:
        os._exit(0)


def _telling(held: limits.Confinement) -> Ask:
    said = json.dumps(asdict(held)).encode()
    return lambda _arguments, _data: (said, [])


def _keep_only(pipes: Pipes) -> list[int]:
    """Move what is needed to 3 and above, and close everything else."""
    needed = [descriptor for descriptor in pipes if descriptor is not None]
    aside = [os.dup2(descriptor, _ASIDE + place) for place, descriptor in enumerate(needed)]
    kept = [os.dup2(descriptor, 3 + place, inheritable=False) for place, descriptor in enumerate(aside)]
    os.closerange(3 + len(kept), _HIGHEST)
    return kept


def _answered(ask: Ask, question: int) -> tuple[protocol.Head, list[bytes]]:
    """Ask, and turn every way of failing into a head."""
    try:
        result, blobs = ask(*protocol.unpack_question(question))
    except Unreadable as error:
        return protocol.Head(outcome="unreadable", said=str(error)), []
    except MemoryError:
        return protocol.Head(outcome="too-large", said="it needs more memory than one reading may take"), []
    except BaseException as error:  # noqa: BLE001 - whatever a hostile file provokes ends here, SystemExit included
        return protocol.Head(outcome="crashed", said=_place(error)), []
    if len(result) > protocol.RESULT_BYTES:
        return protocol.Head(outcome="too-large", said="its facts are larger than one reading may answer"), []
    return protocol.Head(outcome="ok", sizes=(len(result), *map(len, blobs))), [result, *blobs]


def _place(error: BaseException) -> str:
    frames: list[Any] = [frame for frame, _ in traceback.walk_tb(error.__traceback__)]
    module = frames[-1].f_globals.get("__name__", "?")
    return f"{type(error).__name__} in {module}"
