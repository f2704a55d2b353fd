"""The message inside a message: attached whole, or repeated as text below the forward's own header lines."""

import re

from parsers.facts import Address, Forwarded
from parsers.headers import message_ids, words
from parsers.mime import ENVELOPES, Part
from parsers.text import one_line
from parsers.writer import writer

MAX_FORWARDED = 10
_MAX_SUBJECT = 500
_LINES = 200
"""Of the quotation: a forward's header lines stand at its beginning."""
_MARGIN = r"^[>|*_\s]{0,12}"
_FROM = re.compile(_MARGIN + r"(?:from|dari|pengirim|daripada)[*_]{0,2}\s{0,3}:[*_\s]*(.*)$", re.IGNORECASE)
_SUBJECT = re.compile(
    _MARGIN + r"(?:subject|subjek|subyek|perihal|judul)[*_]{0,2}\s{0,3}:[*_\s]*(.*)$", re.IGNORECASE
)
_ADDRESS = re.compile(r"[A-Za-z0-9.!#$%&'+/=?^_`{|}~-]{1,64}@[A-Za-z0-9.-]{1,250}\.[A-Za-z]{2,20}")
_BESIDE = 12
"""Lines below the sender's within which the subject stands."""


def find_forwarded(root: Part, quoted: str) -> tuple[Forwarded, ...]:
    """Return the messages a message brings with it: the attached ones, else the one its quotation repeats."""
    attached = tuple(_attached(root))[:MAX_FORWARDED]
    return attached or tuple(_repeated(quoted))


def _attached(part: Part) -> list[Forwarded]:
    """The attached messages; what is attached to those belongs to them."""
    if part.media_type not in ENVELOPES:
        return [found for child in part.children for found in _attached(child)]
    if not part.children:
        return []
    headers = part.children[0].headers
    ids = message_ids(headers, "message-id")
    return [
        Forwarded(
            message_id=ids[0] if ids else "",
            sender=writer(headers).sender,
            subject=words(headers.first("subject"))[:_MAX_SUBJECT],
        )
    ]


def _repeated(quoted: str) -> list[Forwarded]:
    """The first sender that the quotation names, with the subject beside it."""
    lines = quoted.split("\n", _LINES)[:_LINES]
    for at, line in enumerate(lines):
        found = _FROM.match(line[:1000])
        if found is None:
            continue
        value = f"{found[1]} {lines[at + 1][:1000] if at + 1 < len(lines) else ''}"
        address = _ADDRESS.search(found[1]) or _ADDRESS.search(value)
        if address is None:
            return []
        name = value[: address.start()].split("[", maxsplit=1)[0].strip(" \"'*_<(")
        local, _, domain = address[0].rpartition("@")
        return [
            Forwarded(
                sender=Address(name=one_line(name)[:200], address=f"{local}@{domain.lower()}"),
                subject=_subject_near(lines, at),
            )
        ]
    return []


def _subject_near(lines: list[str], at: int) -> str:
    for line in lines[max(0, at - _BESIDE) : at + _BESIDE]:
        if found := _SUBJECT.match(line[:1000]):
            return one_line(found[1]).strip(" *_")[:_MAX_SUBJECT]
    return ""
