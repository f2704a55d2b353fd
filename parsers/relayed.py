"""What lists and groups write into a header: which of them a message came through, and who wrote it where From no longer says so.

Google Groups: List-ID, Mailing-list, List-Post, X-Original-From, X-Original-Sender. Mailman: List-Id, List-Post, X-BeenThere, X-MailFrom.
Sympa: List-Id, X-Original-From. Zimbra: X-Zimbra-DL. All of it is anybody's to write: it tells what a message is, never who sent it.
"""

import re
from typing import Any

from parsers.addresses import addresses, bare_addresses
from parsers.facts import Address
from parsers.headers import Headers

_MOST = 20
_LIST_ADDRESSES = ("x-beenthere", "x-zimbra-dl")
_WRITERS = ("x-original-from", "reply-to", "x-original-sender", "x-mailfrom")
"""Fields that name the writer, the ones with a display name first."""
_ID = re.compile(r"<([^<>\s@]{1,255})>")
_NAMED = re.compile(r"(?:mailto:|^list )\s*([^\s<>;,?@]{1,64}@[^\s<>;,?@]{1,255})", re.IGNORECASE)
_VIA = re.compile(r"^['\"]?(?P<name>.{1,200}?)['\"]?\s+(?:via|melalui|lewat)\s+\S.*$", re.IGNORECASE)


def relay_facts(headers: Headers) -> dict[str, Any]:
    """Return `lists` and `writers` by their names in `MessageFacts`."""
    return {"lists": _lists(headers), "writers": _writers(headers)}


def without_via(name: str) -> str:
    """Return the writer's name of a display name that a group made (`'Ratna Kusuma' via Layanan`)."""
    found = _VIA.match(name)
    return found["name"].strip() if found else name


def _lists(headers: Headers) -> tuple[str, ...]:
    """Addresses of lists, and what a List-Id calls them (RFC 2919: the address with a dot for its at)."""
    found = [each.lower() for each in bare_addresses(headers, _LIST_ADDRESSES)]
    for name in ("list-post", "mailing-list"):
        found += [match.lower() for each in headers.all(name) for match in _NAMED.findall(each.value)]
    found += [match.lower() for each in headers.all("list-id") for match in _ID.findall(each.value)]
    return tuple(dict.fromkeys(found))[:_MOST]


def _writers(headers: Headers) -> tuple[Address, ...]:
    found = (each for name in _WRITERS for each in addresses(headers, name))
    return tuple({each.address.lower(): each for each in reversed(list(found))}.values())[::-1][:_MOST]
