"""Requests that a strict DER reader refuses although they are whole: what deviates is named, and the key is asked all the same.

node-forge writes the e-mail address as PrintableString (RFC 5280 appendix A: IA5String); pkijs puts all attributes into one SET and
does not sort it (X.690 11.6). Whoever holds the private key signed those very bytes: they are verified as they stand.
"""

from asn1crypto import core, x509
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec, ed448, ed25519, padding, rsa
from cryptography.hazmat.primitives.asymmetric.types import PublicKeyTypes

_EMAIL = "1.2.840.113549.1.9.1"
_PRINTABLE, _IA5 = 19, 22  # tags of string types, X.690
_PRINTABLE_SIGNS = frozenset(b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789 '()+,-./:=?")
_HASHES: dict[str, hashes.HashAlgorithm] = {
    "sha256": hashes.SHA256(),
    "sha384": hashes.SHA384(),
    "sha512": hashes.SHA512(),
}


def deviations(name: x509.Name) -> list[str]:
    """Return what of a subject is not standard: `address-not-ia5`, `not-printable`, `unsorted-set`, each once."""
    found = []
    for rdn in name.chosen:
        parts = [part.dump() for part in rdn]
        if parts != sorted(parts):
            found.append("unsorted-set")
        found += [fault for part in rdn for fault in _of_value(part)]
    return list(dict.fromkeys(found))


def _of_value(part: x509.NameTypeAndValue) -> list[str]:
    value = core.load(part["value"].dump())
    if value.tag == _PRINTABLE and not _PRINTABLE_SIGNS.issuperset(value.contents):
        return ["address-not-ia5" if part["type"].dotted == _EMAIL else "not-printable"]
    return ["address-not-ia5"] if part["type"].dotted == _EMAIL and value.tag != _IA5 else []


def is_signed(
    key: PublicKeyTypes, signed: bytes, signature: bytes, hash_name: str, scheme: str
) -> bool | None:
    """Tell whether `signature` over `signed` is the key's; None for schemes that are left to strict readers."""
    try:
        if isinstance(key, ed25519.Ed25519PublicKey | ed448.Ed448PublicKey):
            key.verify(signature, signed)
        elif isinstance(key, rsa.RSAPublicKey) and scheme == "rsassa_pkcs1v15":
            key.verify(signature, signed, padding.PKCS1v15(), _HASHES[hash_name])
        elif isinstance(key, ec.EllipticCurvePublicKey) and scheme == "ecdsa":
            key.verify(signature, signed, ec.ECDSA(_HASHES[hash_name]))
        else:
            return None
    except InvalidSignature:
        return False
    except KeyError:
        return None
    return True
