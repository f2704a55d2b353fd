"""Binary forms of private keys, told by their own structure: never by a file's name.

PKCS#8 and its encrypted form (RFC 5958), PKCS#1 (RFC 8017 A.1.2), SEC 1 (RFC 5915), DSA as OpenSSL writes it,
PKCS#12 (RFC 7292, BER allowed), Java key stores, OpenSSH's binary form.
"""

from typing import Literal

from asn1crypto import parser

BinaryKind = Literal["pkcs8", "encrypted-pkcs8", "pkcs1", "ec", "dsa", "pkcs12", "java-keystore", "openssh"]

_JAVA = (b"\xfe\xed\xfe\xed", b"\xce\xce\xce\xce")
_OPENSSH = b"openssh-key-v1\0"
_PKCS7 = bytes.fromhex("2a864886f70d0107")  # 1.2.840.113549.1.7: data, signed data
_PASSWORD_SCHEMES = (
    bytes.fromhex("2a864886f70d0105"),  # 1.2.840.113549.1.5: PKCS#5
    bytes.fromhex("2a864886f70d010c01"),  # 1.2.840.113549.1.12.1: PKCS#12
)
_SEQUENCE, _INTEGER, _OCTETS, _OID, _TAG0, _TAG1, _TAG1_PRIMITIVE = 0x30, 0x02, 0x04, 0x06, 0xA0, 0xA1, 0x81
_MAX_ITEMS = 12
_RSA_INTEGERS = 9  # version, n, e, d, p, q, and three of the Chinese remainder
_DSA_INTEGERS = 6  # version, p, q, g, y, x
_PKCS12_VERSION = b"\x03"

Item = tuple[int, bytes]


def _items(content: bytes) -> list[Item]:
    """Return (identifier octet, content) of the BER values in `content`, at most a dozen; [] where it is no BER."""
    found: list[Item] = []
    at = 0
    try:
        while at < len(content) and len(found) < _MAX_ITEMS:
            value = parser.parse(content[at:])
            found.append((content[at], value[4]))
            at += sum(len(part) for part in value[3:])
    except (ValueError, TypeError, IndexError, RecursionError):
        return []
    return found


def _is_pkcs12(items: list[Item]) -> bool:
    if [tag for tag, _ in items[:2]] != [_INTEGER, _SEQUENCE] or items[0][1] != _PKCS12_VERSION:
        return False
    inner = _items(items[1][1])
    return bool(inner) and inner[0][0] == _OID and inner[0][1].startswith(_PKCS7)


def _is_encrypted_pkcs8(items: list[Item]) -> bool:
    if [tag for tag, _ in items] != [_SEQUENCE, _OCTETS]:
        return False
    inner = _items(items[0][1])
    return bool(inner) and inner[0][0] == _OID and inner[0][1].startswith(_PASSWORD_SCHEMES)


def _asn1_kind(items: list[Item]) -> BinaryKind | None:
    tags = [tag for tag, _ in items]
    if _is_pkcs12(items):
        return "pkcs12"
    if _is_encrypted_pkcs8(items):
        return "encrypted-pkcs8"
    return _plain_kind(items, tags) if tags and tags[0] == _INTEGER and len(items[0][1]) == 1 else None


def _plain_kind(items: list[Item], tags: list[int]) -> BinaryKind | None:
    """Return the kind of an unencrypted key: a version of one octet, then what belongs to it and nothing else."""
    if tags[1:3] == [_SEQUENCE, _OCTETS] and all(tag in (_TAG0, _TAG1, _TAG1_PRIMITIVE) for tag in tags[3:]):
        inner = _items(items[1][1])
        return "pkcs8" if inner and inner[0][0] == _OID else None
    if tags[1:2] == [_OCTETS] and all(tag in (_TAG0, _TAG1) for tag in tags[2:]):
        return "ec" if items[0][1] == b"\x01" else None
    if set(tags[:_DSA_INTEGERS]) == {_INTEGER} and len(tags) in (
        _DSA_INTEGERS,
        _RSA_INTEGERS,
        _RSA_INTEGERS + 1,
    ):
        return "dsa" if len(tags) == _DSA_INTEGERS else "pkcs1"
    return None


def binary_kind(data: bytes) -> BinaryKind | None:
    """Return what kind of private key `data` as a whole is, None if none: a CSR, a certificate or a public key is none."""
    if data.startswith(_JAVA) and len(data) > 2 * len(_JAVA[0]):
        return "java-keystore"
    if data.startswith(_OPENSSH):
        return "openssh"
    if data[:1] != bytes([_SEQUENCE]):
        return None
    try:
        content = parser.parse(data)[4]
    except (ValueError, TypeError, IndexError, RecursionError):
        return None
    return _asn1_kind(_items(content))
