"""DKIM signatures in the sender's own name (RFC 6376, 8301, 8463): which there are, and whether they hold.

Keys are passed in as values. Tags, canonical forms and the selection of fields are dkimpy's; what it lets pass is refused here before a key
is asked for: SHA-1, `l=` (words can be added below), keys under 1024 bits or in test mode, a signature that leaves out From, Subject, or a
To, Cc or other signed field that is there twice. Both see the same header: dkimpy is given the fields as this ring took them apart.
"""

import base64
import hashlib
import re
from collections.abc import Mapping

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
from cryptography.hazmat.primitives.asymmetric.padding import PKCS1v15
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPublicKey
from cryptography.hazmat.primitives.asymmetric.utils import Prehashed
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import load_der_public_key
from dkim import hash_headers
from dkim.canonicalization import CanonicalizationPolicy, InvalidCanonicalizationPolicyError
from dkim.util import InvalidTagValueList, parse_tag_value

from parsers.addresses import senders
from parsers.facts import DkimResult
from parsers.headers import BLANK_BEFORE_COLON, Field, Headers, split

MOST = 5
"""Signatures in the sender's name that are looked at; a real mail has one or two."""
_MOST_OCTETS = 8192
"""Of a signature's field; one with a 4096-bit key has about 1500."""
_BITS = range(1024, 8193)
_LATE = 3600
"""Seconds that a signature is taken after its expiry (`x=`): clocks differ."""
_MANDATORY = (b"v", b"a", b"b", b"bh", b"d", b"h", b"s")
_ALGORITHMS = {b"rsa-sha256": b"rsa", b"ed25519-sha256": b"ed25519"}
_SIGNED = ("from", "subject")
_ALL_SIGNED = ("from", "subject", "to", "cc")
"""Fields a word is taken from, or by which it is for us: none may stand there unsigned."""
_NAME = re.compile(r"(?=.{1,253}\Z)[a-z0-9_](?:[a-z0-9_-]{0,62})(?:\.[a-z0-9_-]{1,63})*")
_BLANKS = re.compile(rb"[ \t]{4096}")
_LINE_END = re.compile(rb"\r?\n")

_Tags = dict[bytes, bytes]


class _Refused(Exception):  # noqa: N818 - a verdict, not a fault
    """Why a signature proves nothing, without looking whether it holds."""


def signatures(headers: Headers) -> tuple[DkimResult, ...]:
    """Return the signatures of the sender's domain, or of one above it: `refused`, or `unverified` for want of the key."""
    return tuple(_judged(headers, field, tags) for field, tags in _of_sender(headers))


def key_name(signature: DkimResult) -> str:
    """Return the name in the DNS under which a signature's key lies (RFC 6376 §3.6.2.1), "" for one that is not worth asking for."""
    return f"{signature.selector}._domainkey.{signature.domain}" if signature.result == "unverified" else ""


def verified(raw: bytes, keys: Mapping[str, str], at: int) -> tuple[DkimResult, ...]:
    """Return the same with what the keys say; `keys` has the TXT record by `key_name`, `at` is when it arrived (seconds since 1970 UTC)."""
    headers, start = split(raw)
    found, body = [], _LINE_END.sub(b"\r\n", raw[start:])
    for field, tags in _of_sender(headers):
        facts = _judged(headers, field, tags)
        record = keys.get(key_name(facts), "")
        given = (record, body, at)
        found.append(_held(headers, field, tags, facts, given) if key_name(facts) and record else facts)
    return tuple(found)


def _of_sender(headers: Headers) -> list[tuple[Field, _Tags]]:
    everyone, defect = senders(headers)
    if defect or not everyone:
        return []
    domain = everyone[0].address.rpartition("@")[2].lower()
    found = []
    for field in headers.all("dkim-signature"):
        tags = _tags(field.sent[:_MOST_OCTETS])
        signer = _text(tags, b"d")
        if signer and (domain == signer or domain.endswith("." + signer)):
            found.append((field, tags))
    return found[:MOST]


def _judged(headers: Headers, field: Field, tags: _Tags) -> DkimResult:
    facts = DkimResult(
        domain=_text(tags, b"d"), selector=_text(tags, b"s")[:253], result="unverified", why="no key"
    )
    try:
        _prove_tags(tags, field)
        _prove_fields(headers, _names(tags))
    except _Refused as refused:
        return facts.model_copy(update={"result": "refused", "why": str(refused)})
    return facts


def _prove_tags(tags: _Tags, field: Field) -> None:
    if len(field.sent) > _MOST_OCTETS or any(not tags.get(each) for each in _MANDATORY) or tags[b"v"] != b"1":
        raise _Refused("the signature is not well formed")
    if tags[b"a"] not in _ALGORITHMS:
        raise _Refused("the algorithm is not taken: only rsa-sha256 and ed25519-sha256 are")
    if b"l" in tags:
        raise _Refused("it covers only a part of the text (l=)")
    names, identity = (_text(tags, each) for each in (b"d", b"i"))
    if (
        not _NAME.fullmatch(names)
        or not _NAME.fullmatch(_text(tags, b"s"))
        or tags.get(b"q", b"dns/txt") != b"dns/txt"
    ):
        raise _Refused("the signature names no key that can be asked for")
    if identity and not ("." + identity.rpartition("@")[2]).endswith("." + names):
        raise _Refused("its identity (i=) is of another domain than its key")
    if not tags.get(b"x", b"0").isdigit():
        raise _Refused("the signature is not well formed")
    try:
        CanonicalizationPolicy.from_c_value(tags.get(b"c", b"simple/simple"))
    except InvalidCanonicalizationPolicyError:
        raise _Refused("its canonical form (c=) is not known") from None


def _prove_fields(headers: Headers, signed: list[str]) -> None:
    """Nothing that is read may stand in the header beside what was signed."""
    if headers.problems or any(each.odd == BLANK_BEFORE_COLON for each in headers.fields):
        raise _Refused("the header is not well formed")
    if missing := [each for each in _SIGNED if each not in signed]:
        raise _Refused(f"it does not cover the field {missing[0].title()}")
    for name in dict.fromkeys((*_ALL_SIGNED, *signed)):
        if len(headers.all(name)) > signed.count(name):
            raise _Refused(f"a field {name.title()} stands beside what it covers")


def _held(
    headers: Headers, field: Field, tags: _Tags, facts: DkimResult, given: tuple[str, bytes, int]
) -> DkimResult:
    """Judge a signature by its key, the body, and when the message arrived."""
    record, body, at = given
    try:
        published = _key_tags(record, tags)
        if not published.get(b"p"):
            return facts.model_copy(update={"why": "its key was withdrawn"})
        _prove_use(tags, body, at)
        public = _public_key(published, tags)
    except _Refused as refused:
        return facts.model_copy(update={"result": "refused", "why": str(refused)})
    policy = CanonicalizationPolicy.from_c_value(tags.get(b"c", b"simple/simple"))
    hashed = base64.b64encode(hashlib.sha256(policy.canonicalize_body(body)).digest())
    if hashed != b"".join(tags[b"bh"].split()):
        return facts.model_copy(update={"result": "fail", "why": "the text is not the one that was signed"})
    if not _holds(public, tags[b"b"], _digest(headers, field, tags, policy)):
        return facts.model_copy(update={"result": "fail", "why": "the header is not the one that was signed"})
    return facts.model_copy(update={"result": "pass", "why": ""})


def _digest(headers: Headers, field: Field, tags: _Tags, policy: CanonicalizationPolicy) -> bytes:
    digest = hashlib.sha256()
    sent = [
        (each.name_sent, _LINE_END.sub(b"\r\n", each.sent).rstrip(b"\r\n") + b"\r\n")
        for each in headers.fields
    ]
    own = sent[next(place for place, each in enumerate(headers.fields) if each is field)]
    names = [name.encode() for name in _names(tags)]
    hash_headers(digest, policy, policy.canonicalize_headers(sent), names, own, tags)
    return digest.digest()


def _prove_use(tags: _Tags, body: bytes, at: int) -> None:
    if b"x" in tags and int(tags[b"x"][:20]) + _LATE < at:
        raise _Refused("it has expired (x=)")
    if _BLANKS.search(body):
        raise _Refused("the text has too long a run of blanks")


def _key_tags(record: str, tags: _Tags) -> _Tags:
    """Return a key's tags (RFC 6376 §3.6.1); raise `_Refused` for a key that is not for this."""
    published = _tags(record.encode("utf-8", "replace"))
    flags, identity = _listed(published, b"t"), _text(tags, b"i").rpartition("@")[2]
    if b"p" not in published or published.get(b"v", b"DKIM1") != b"DKIM1":
        raise _Refused("its key is not well formed")
    if published.get(b"k", b"rsa") != _ALGORITHMS[tags[b"a"]]:
        raise _Refused("its key is of another kind")
    if b"sha256" not in (_listed(published, b"h") or [b"sha256"]):
        raise _Refused("its key allows no SHA-256")
    if not {b"*", b"email"} & set(_listed(published, b"s") or [b"*"]):
        raise _Refused("its key is not for mail")
    if b"y" in flags:
        raise _Refused("its key is in test mode (t=y)")
    if b"s" in flags and identity and identity != _text(tags, b"d"):
        raise _Refused("its key is for the very domain alone (t=s)")
    return published


def _public_key(published: _Tags, tags: _Tags) -> RSAPublicKey | Ed25519PublicKey:
    try:
        data = base64.b64decode(b"".join(published[b"p"].split()), validate=True)
        if tags[b"a"] == b"ed25519-sha256":
            return Ed25519PublicKey.from_public_bytes(data)
        key = load_der_public_key(data)
    except (ValueError, TypeError):
        raise _Refused("its key cannot be read, or is too short") from None
    if not isinstance(key, RSAPublicKey) or key.key_size not in _BITS:
        raise _Refused("its key is too short or too long")
    return key


def _holds(key: RSAPublicKey | Ed25519PublicKey, signature: bytes, digest: bytes) -> bool:
    try:
        given = base64.b64decode(b"".join(signature.split()), validate=True)
        if isinstance(key, Ed25519PublicKey):
            key.verify(given, digest)  # of the digest itself (RFC 8463 §3)
        else:
            key.verify(given, digest, PKCS1v15(), Prehashed(SHA256()))
    except (InvalidSignature, ValueError):
        return False
    return True


def _tags(value: bytes) -> _Tags:
    try:
        return parse_tag_value(_LINE_END.sub(b"", value))  # type: ignore[no-any-return]
    except InvalidTagValueList:
        return {}


def _text(tags: Mapping[bytes, bytes], name: bytes) -> str:
    return tags.get(name, b"").decode("ascii", "replace").lower()


def _listed(tags: Mapping[bytes, bytes], name: bytes) -> list[bytes]:
    return [each.strip().lower() for each in tags.get(name, b"").split(b":") if each.strip()]


def _names(tags: Mapping[bytes, bytes]) -> list[str]:
    return [each.decode("ascii", "replace") for each in _listed(tags, b"h")]
