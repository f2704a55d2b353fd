"""One DER value read as a certification request (PKCS#10, RFC 2986): a checklist whose findings are facts.

The order is deliberate: structure, signature hash, key, and only then proof of possession. A library that is given a SHA-1
request answers "bad signature", and one that is given an explicit curve takes it silently: both are found before it is asked.
"""

import base64
import hashlib
import textwrap

from asn1crypto import csr
from cryptography import x509
from cryptography.hazmat.primitives.asymmetric.types import CertificatePublicKeyTypes
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from parsers.csr.keys import Key, weigh
from parsers.csr.requested import read_requested
from parsers.csr.subject import read_subject
from parsers.facts import CsrFacts

_STRONG = frozenset({"sha256", "sha384", "sha512"})
_INTRINSIC = {"ed25519": "sha512", "ed448": "shake256"}  # RFC 8032: the hash is part of the scheme
_EDWARDS_STRONG = frozenset(_INTRINSIC)


def _signature_hash(request: csr.CertificationRequest) -> tuple[str, tuple[str, ...]]:
    """Return the name of the hash that is signed, and the weakness it is, if any."""
    algorithm = request["signature_algorithm"]
    name = str(algorithm["algorithm"].native)
    if name in _EDWARDS_STRONG:
        return _INTRINSIC[name], ()
    try:
        used = str(algorithm.hash_algo)
    except (ValueError, KeyError, TypeError):
        return name, ("unknown-signature-algorithm",)
    return used, () if used in _STRONG else (used,)


def _load(der: bytes) -> x509.CertificateSigningRequest | None:
    """Return the request as a strict DER reader takes it, or None where it refuses."""
    try:
        return x509.load_der_x509_csr(der)
    except Exception:  # noqa: BLE001 - hostile bytes: the library documents ValueError and raises others
        return None


def _public_key(request: x509.CertificateSigningRequest | None, key: Key) -> CertificatePublicKeyTypes | None:
    if request is None or not key.loadable:
        return None
    try:
        return request.public_key()
    except Exception:  # noqa: BLE001 - raised after a good load: unsupported curve, point off the curve, bad modulus
        return None


def _possession(request: x509.CertificateSigningRequest) -> bool | None:
    try:
        return bool(request.is_signature_valid)
    except Exception:  # noqa: BLE001 - unsupported algorithm or parameters: not checked is not false
        return None


def _spki(raw: bytes, key: CertificatePublicKeyTypes | None) -> bytes:
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
    public = _public_key(loaded, key)
    found: list[str] = [f"version-{version + 1}"] if version else []
    if loaded is None and not version:
        found.append("not-strict-der")
    found += [*weak_hash, *key.weaknesses]
    if loaded is not None and key.loadable and public is None and not key.weaknesses:
        found.append("unusable-key")
    found += [*subject.weaknesses, *requested.weaknesses]
    checkable = loaded is not None and public is not None and not weak_hash
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
        proof_of_possession=_possession(loaded) if checkable and loaded else None,
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
