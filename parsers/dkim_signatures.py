"""DKIM signatures (RFC 6376, 8301, 8463) of a message, verified with keys that are passed in: nothing here asks the network.

dkimpy checks the mathematics; what a signature is worth is checked here, for it also takes what proves little: rsa-sha1, a body length
(`l=`), a key in test mode (`t=y`), a signature that covers neither From nor Subject.
"""

import re
from collections.abc import Iterator, Mapping
from contextlib import suppress

import dkim
from dkim.util import InvalidTagValueList, parse_tag_value

from parsers.facts import DkimResult
from parsers.headers import Headers, split

MOST = 5
"""Signatures that are looked at, from the top: a real message has one to three."""
LARGEST = 10 * 2**20
"""Bytes of a message whose signatures are verified."""
_SMALLEST_KEY = 1024  # bits (RFC 8301 §3.2)
_ALGORITHMS = frozenset([b"rsa-sha256", b"ed25519-sha256"])
_COVERED = frozenset(["from", "subject"])
_NAME = re.compile(r"(?=.{1,253}$)(?:[a-z0-9_](?:[a-z0-9_-]{0,61}[a-z0-9_])?\.)+[a-z0-9-]{2,63}")
_SELECTOR = re.compile(r"[a-z0-9_](?:[a-z0-9_.-]{0,100}[a-z0-9_])?")


def signatures(headers: Headers) -> tuple[DkimResult, ...]:
    """Return the signatures of a header, from the top, none of them verified; one whose tags cannot be read says so."""
    return tuple(_unverified(each.value) for each in headers.all("dkim-signature")[:MOST])


def key_name(signature: DkimResult) -> str:
    """Return the name in the DNS under which a signature's key lies (RFC 6376 §3.6.2.1), "" for one that is not worth asking for."""
    asks = signature.result == "unverified" and not signature.why
    return f"{signature.selector}._domainkey.{signature.domain}" if asks else ""


def verified(raw: bytes, keys: Mapping[str, str]) -> tuple[DkimResult, ...]:
    """Return the same signatures with what became of each; `keys` has the TXT record by `key_name`. Never raises for strange bytes."""
    headers, _ = split(raw)
    found = signatures(headers)
    if len(raw) > LARGEST:
        return tuple(each.model_copy(update={"why": "the message is too large"}) for each in found)
    return tuple(_verified(raw, index, each, keys) for index, each in enumerate(found))


def _verified(raw: bytes, index: int, signature: DkimResult, keys: Mapping[str, str]) -> DkimResult:
    record = keys.get(key_name(signature), "") if key_name(signature) else ""
    why = signature.why or ("" if record else "no key") or _weakness_of(record)
    if why:
        return signature.model_copy(update={"why": why})
    try:
        holds = dkim.DKIM(raw, minkey=_SMALLEST_KEY).verify(
            index,
            dnsfunc=lambda _name, timeout=5: record.encode("ascii", "replace"),  # noqa: ARG005 - dkimpy passes a timeout
        )
    except dkim.DKIMException as fault:
        return signature.model_copy(update={"result": "fail", "why": type(fault).__name__})
    except Exception as fault:  # noqa: BLE001 - a stranger's signature: whatever it provokes in the library proves nothing
        return signature.model_copy(update={"why": type(fault).__name__})
    return signature.model_copy(update={"result": "pass" if holds else "fail"})


def _weakness_of(record: str) -> str:
    """Return why a key proves nothing, "" where it may."""
    try:
        tags = parse_tag_value(record.encode("ascii", "replace"))
    except InvalidTagValueList:
        return "the key cannot be read"
    flags = tags.get(b"t", b"").replace(b" ", b"").split(b":")
    hashes = tags.get(b"h", b"sha256").replace(b" ", b"").split(b":")
    if b"y" in flags:
        return "the key is only on trial (t=y)"
    if not tags.get(b"p", b"").strip():
        return "the key was revoked"
    return "" if b"sha256" in hashes else "the key is for another hash"


def _unverified(value: str) -> DkimResult:
    tags: dict[bytes, bytes] = {}
    with suppress(InvalidTagValueList, UnicodeError):
        tags = parse_tag_value(value.encode("ascii"))
    domain, selector = (_text(tags.get(name, b"")) for name in (b"d", b"s"))
    return DkimResult(domain=domain, selector=selector, why=next(_weaknesses(tags, domain, selector), ""))


def _weaknesses(tags: Mapping[bytes, bytes], domain: str, selector: str) -> Iterator[str]:
    """Yield why a signature proves nothing whatever its key says."""
    if not (_NAME.fullmatch(domain) and _SELECTOR.fullmatch(selector)):
        yield "no domain and selector"
    if b"".join(tags.get(b"a", b"").split()).lower() not in _ALGORITHMS:
        yield "an algorithm that proves nothing"
    if b"l" in tags:
        yield "only a part of the text is signed (l=)"
    covered = {name.strip().lower() for name in _text(tags.get(b"h", b"")).split(":")}
    if not covered >= _COVERED:
        yield "From or Subject is not signed"


def _text(value: bytes) -> str:
    return "".join(value.decode("ascii", "replace").lower().split())
