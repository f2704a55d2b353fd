r"""FETCH responses, read by what they say and not by where they stand (RFC 3501 §7.4.2).

imaplib gives each response as tuples `(text before a literal, literal)` closed by one `bytes`: also a flag change somebody else
made meanwhile. UID, size and time are looked for in the text only, never inside a literal, and after flags (which anybody may
name `UID`) are cut out.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime

_FLAGS = re.compile(rb"\bFLAGS \([^)]*\)")
_UID = re.compile(rb"\bUID (\d+)")
_SIZE = re.compile(rb"\bRFC822\.SIZE (\d+)")
_ARRIVAL = re.compile(rb'\bINTERNALDATE "([^"]+)"')
_QUOTED = re.compile(rb'\bBODY\[(?:HEADER)?\](?:<\d+>)? (?:NIL|"((?:[^"\\]|\\.)*)")')
_ESCAPED = re.compile(rb"\\(.)")


@dataclass(frozen=True)
class Fetched:
    """One FETCH response: the values it carries, None for those it does not."""

    uid: int | None
    size: int | None
    received: datetime | None
    body: bytes | None


def responses(data: Iterable[bytes | tuple[bytes, bytes] | None]) -> Iterator[Fetched]:
    """The responses in what imaplib returns for a FETCH."""
    text: list[bytes] = []
    literal: bytes | None = None
    for piece in data:
        if isinstance(piece, tuple):
            text.append(piece[0])
            literal = piece[1]
        elif piece is not None:
            text.append(piece)
            yield _response(_FLAGS.sub(b"", b" ".join(text)), literal)
            text, literal = [], None


def _response(text: bytes, literal: bytes | None) -> Fetched:
    uid, size, arrival = _UID.search(text), _SIZE.search(text), _ARRIVAL.search(text)
    if literal is None and (quoted := _QUOTED.search(text)):
        literal = _ESCAPED.sub(rb"\1", quoted[1] or b"")
    return Fetched(
        uid=int(uid[1]) if uid else None,
        size=int(size[1]) if size else None,
        received=_moment(arrival[1]) if arrival else None,
        body=literal,
    )


def _moment(text: bytes) -> datetime | None:
    try:
        moment = parsedate_to_datetime(text.decode("ascii").strip())
    except ValueError:
        return None
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)
