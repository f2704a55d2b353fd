"""Signed mail: keys, their records, and signatures as dkimpy writes them (Ed25519 by hand: dkimpy wants another library for it)."""

import base64
import hashlib
from functools import lru_cache

import dkim
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.asymmetric.rsa import generate_private_key
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
    PublicFormat,
)
from dkim.canonicalization import CanonicalizationPolicy

DOMAIN = "contohkota.go.id"
RELAXED = (b"relaxed", b"relaxed")


@lru_cache
def rsa(bits=2048):
    """The one test key of this length."""
    return generate_private_key(65537, bits)


@lru_cache
def ed25519():
    return Ed25519PrivateKey.generate()


def pem(key):
    return key.private_bytes(Encoding.PEM, PrivateFormat.TraditionalOpenSSL, NoEncryption())


def record(key=None, flags=""):
    """What the domain publishes."""
    key = key or rsa()
    if key is ed25519():
        data, kind = key.public_key().public_bytes(Encoding.Raw, PublicFormat.Raw), "ed25519"
    else:
        data = key.public_key().public_bytes(Encoding.DER, PublicFormat.SubjectPublicKeyInfo)
        kind = "rsa"
    return f"v=DKIM1; k={kind}; {flags}p={base64.b64encode(data).decode()}"


def signed(raw, *, domain=DOMAIN, selector="pos", key=None, form=RELAXED, **options):
    """The message with a signature on top; `options` as dkimpy's (`include_headers`, `length`, `signature_algorithm`)."""
    raw = raw.replace(b"\r\n", b"\n").replace(b"\n", b"\r\n")
    names = (selector.encode(), domain.encode())
    return dkim.sign(raw, *names, pem(key or rsa()), canonicalize=form, **options) + raw


def signed_ed25519(raw, *, domain=DOMAIN, selector="ed", more=""):
    """The message with a signature of RFC 8463 on top; `more`: further tags."""
    raw = raw.replace(b"\r\n", b"\n").replace(b"\n", b"\r\n")
    headers, body = dkim.rfc822_parse(raw)
    form = CanonicalizationPolicy.from_c_value(b"relaxed/relaxed")
    hashed = base64.b64encode(hashlib.sha256(form.canonicalize_body(body)).digest()).decode()
    value = f" v=1; a=ed25519-sha256; c=relaxed/relaxed; d={domain}; s={selector}; h=from:to:subject:date; {more}bh={hashed}; b="
    digest = hashlib.sha256()
    own = (b"DKIM-Signature", value.encode() + b"\r\n")
    dkim.hash_headers(
        digest, form, form.canonicalize_headers(headers), [b"from", b"to", b"subject", b"date"], own, {}
    )
    given = base64.b64encode(ed25519().sign(digest.digest())).decode()
    return b"DKIM-Signature:" + value.encode() + given.encode() + b"\r\n" + raw
