"""The Authentication-Results fields (RFC 8601) that may be our own mail server's: those of the topmost block, as they stand.

A filter writes one above the server's own Received (OpenDKIM and OpenDMARC, one field each) or right below it (rspamd, one field), with
nothing but its own marks between them. A Received field, or one that a writer's program sets, ends the block: what stands below it came with
the message. Whether the server can be believed at all is the shell's to know.
"""

from typing import Any

from parsers.headers import Headers, split

_FIELD = "authentication-results"
_MOST = 10
_MARKS = (
    "dkim-filter",
    "dmarc-filter",
    "received-spf",
    "arc-authentication-results",
    "arc-message-signature",
    "arc-seal",
)


def authentication_facts(headers: Headers) -> dict[str, Any]:
    """Return `authentication_results` and `authentication_depth` by their names in `MessageFacts`; a field oddly written is no server's."""
    block: list[str] = []
    depth = 0
    for each in headers.fields:
        if each.name == _FIELD:
            block += [] if each.odd else [each.value]
        elif block and not (each.name.startswith("x-") or each.name in _MARKS):
            break
        elif each.name == "received":
            depth += 1
    return {
        "authentication_results": "\n".join(block[:_MOST]),
        "authentication_depth": depth if block else 0,
    }


def fields_with(raw: bytes, mark: str) -> tuple[str, ...]:
    """Return the values of all such fields, wherever they stand, that have a mark in them."""
    headers, _ = split(raw)
    return tuple(field.value for field in headers.all(_FIELD) if mark in field.value)
