"""One DER value read as a certification request (PKCS#10, RFC 2986): a checklist whose findings are facts.

The order is deliberate: structure, signature hash, key, and only then proof of possession. A library that is given a SHA-1
request answers "bad signature", and one that is given an explicit curve takes it silently: both are found before it is asked.
"""

import base64
import hashlib
import textwrap

from asn1crypto import csr
from cryptography import x509
from cryptography.hazmat.primitives.asymmetric.types import PublicKeyTypes
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat, load_der_public_key

from parsers.csr.keys import Key, weigh
from parsers.csr.lenient import deviations, is_signed
from parsers.csr.requested import read_requested
from parsers.csr.subject import read_subject
from parsers.facts import CsrFacts

_ACCEPTED = frozenset({"sha256", "sha384", "sha512"})
_WEAK = frozenset({"md2", "md4", "md5", "sha1"})
"""Hashes for which a signature proves nothing any more."""
_INTRINSIC = {  # RFC 8032, FIPS 204, 205: the hash is part of the scheme
    "ed25519": "sha512",
    "ed448": "shake256",
    **{f"2.16.840.1.101.3.4.3.{number}": "shake256" for number in range(17, 32)},
}
_SHA3 = {  # NIST CSOR, sigAlgs: with ECDSA 9 to 12, with RSA 13 to 16
    f"2.16.840.1.101.3.4.3.{base + at}": f"sha3-{bits}"
    for base in (9, 13)
    for at, bits in enumerate((224, 256, 384, 512))
}


def _signature_hash(request: csr.CertificationRequest) -> tuple[str, tuple[str, ...]]:
    """Return the name of the hash that is signed, and the same once more where it is not accepted."""
    algorithm = request["signature_algorithm"]
    name = str(algorithm["algorithm"].native)
    if name in _INTRINSIC:
        return _INTRINSIC[name], ()
    if name in _SHA3:
        return _SHA3[name], (_SHA3[name],)
    try:
        used = str(algorithm.hash_algo)
    except (ValueError, KeyError, TypeError):
        return name, ("unknown-signature-algorithm",)
    return used, () if used in _ACCEPTED else (used,)


def _load(der: bytes) -> x509.CertificateSigningRequest | None:
    """Return the request as a strict DER reader takes it, or None where it refuses."""
    try:
        return x509.load_der_x509_csr(der)
    except Exception:  # noqa: BLE001 - hostile bytes: the library documents ValueError and raises others
        return None


def _public_key(spki: bytes, key: Key) -> PublicKeyTypes | None:
    if not key.loadable:
        return None
    try:
        return load_der_public_key(spki)
    except Exception:  # noqa: BLE001 - unsupported curve, point off the curve, bad modulus, unknown kind of key
        return None


def _possession(
    loaded: x509.CertificateSigningRequest | None,
    request: csr.CertificationRequest,
    public: PublicKeyTypes,
    signature_hash: str,
) -> bool | None:
    """Tell whether the key signed the request; where a strict reader refuses its names, by the very bytes that were signed."""
    try:
        if loaded is not None:
            return bool(loaded.is_signature_valid)
        return is_signed(
            public,
            request["certification_request_info"].dump(),
            request["signature"].native,
            signature_hash,
            str(request["signature_algorithm"].signature_algo),
        )
    except Exception:  # noqa: BLE001 - unsupported algorithm or parameters: not checked is not false
        return None


def _spki(raw: bytes, key: PublicKeyTypes | None) -> bytes:
    """Return SubjectPublicKeyInfo in its one canonical encoding where the key loads: a re-encoded key is no new key."""
    if key is None:
        return raw
    try:
        return key.public_bytes(Encoding.DER, PublicFormat.SubjectPublicKeyInfo)
    except Exception:  # noqa: BLE001 - a key that cannot be written again is known by the bytes it came in
        return raw


def _pem(der: bytes) -> str:
    body = "\n".join(textwrap.wrap(base64.b64encode(der).decode("ascii"), 64))
    return f"-----BEGIN CERTIFICATE REQUEST-----\n{body}\n-----END CERTIFICATE REQUEST-----\n"


def _read(der: bytes, repairs: tuple[str, ...]) -> CsrFacts:
    request = csr.CertificationRequest.load(der, strict=True)
    info = request["certification_request_info"]
    version, subject, spki = int(info["version"]), read_subject(info["subject"]), info["subject_pk_info"]
    signature_hash, weak_hash = _signature_hash(request)
    key, requested = weigh(spki), read_requested(info)
    loaded = _load(der)
    public = _public_key(spki.dump(), key)
    found: list[str] = [f"version-{version + 1}"] if version else []
    if loaded is None and not version:
        found += deviations(info["subject"]) or ["not-strict-der"]
    found += [*weak_hash, *key.weaknesses]
    if key.loadable and public is None and not key.weaknesses:
        found.append("unusable-key")
    found += [*subject.weaknesses, *requested.weaknesses]
    checkable = public is not None and not _WEAK.intersection(weak_hash) and not version
    emails = [value for name, value in subject.attributes if name == "E"]
    return CsrFacts(
        subject=subject.attributes,
        subject_dn=subject.dn,
        emails=tuple(dict.fromkeys([*emails, *requested.emails])),
        key_type=key.type,
        key_bits=key.bits,
        public_exponent=key.exponent if key.exponent is None or key.loadable else None,
        curve=key.curve,
        signature_hash=signature_hash,
        proof_of_possession=_possession(loaded, request, public, signature_hash)
        if checkable and public
        else None,
        spki_sha256=hashlib.sha256(_spki(spki.dump(), public)).hexdigest(),
        der_sha256=hashlib.sha256(der).hexdigest(),
        pem="" if "challenge-password" in requested.weaknesses else _pem(der),
        weaknesses=tuple(dict.fromkeys(found)),
        repairs=repairs,
    )


def read_der(der: bytes, repairs: tuple[str, ...] = ()) -> CsrFacts | None:
    """Return the facts of the request that `der` is, None where it is none. Never raises.

    `pem` is empty where the request holds a challengePassword, which must not be copied; the original file is unchanged.
    `proof_of_possession` is None where the hash is too weak to prove anything, or the key or algorithm cannot be used.
    """
    try:
        return _read(der, repairs)
    except Exception:  # noqa: BLE001 - asn1crypto raises what its lazy parsing meets: hostile bytes end here
        return None
