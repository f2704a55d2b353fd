"""Public keys weighed: what a certificate authority must refuse to certify, found without a table of known keys.

Authorities: RFC 8017 (RSA), SP 800-56B and BR 6.1.6 (exponent, small factors), Fermat's method (BR 6.1.1.3, CVE-2022-26320),
ROCA (CVE-2017-15361), RFC 5480 2.1.1 (only named curves). Shared primes and lists of known keys need history: not here.
"""

import functools
import math
from dataclasses import dataclass, field
from itertools import count

from asn1crypto import core, keys

RSA_BITS = (2048, 3072, 4096)
RSA_EXPONENT = 65537
_SMALL_PRIMES_BELOW = 1 << 14
_FERMAT_ROUNDS = 100  # BR 6.1.1.3 asks for 100
_ROCA_PRIMES_BELOW = 168
_NAMES = {
    "2.16.840.1.101.3.4.3.17": "ML-DSA-44",
    "2.16.840.1.101.3.4.3.18": "ML-DSA-65",
    "2.16.840.1.101.3.4.3.19": "ML-DSA-87",
    "1.3.101.110": "X25519",
    "1.3.101.111": "X448",
    "1.3.101.112": "Ed25519",
    "1.3.101.113": "Ed448",
    **{f"2.16.840.1.101.3.4.3.{number}": "SLH-DSA" for number in range(20, 32)},
}
"""Kinds of keys whose algorithm says all (RFC 8410; FIPS 204, 205), by object identifier."""
_CURVES = {"secp256r1": 256, "secp384r1": 384, "secp521r1": 521}


@dataclass(frozen=True, kw_only=True)
class Key:
    """A public key as far as it could be read; `loadable` says that a library may be given it without surprise."""

    type: str
    bits: int = 0
    exponent: int | None = None
    curve: str = ""
    weaknesses: tuple[str, ...] = field(default=())
    loadable: bool = True


@functools.cache
def _primes(below: int) -> tuple[int, ...]:
    sieve = bytearray([1]) * below
    sieve[:2] = b"\0\0"
    for p in range(2, math.isqrt(below) + 1):
        if sieve[p]:
            sieve[p * p :: p] = bytes(len(range(p * p, below, p)))
    return tuple(n for n in range(below) if sieve[n])


@functools.cache
def _primorial() -> int:
    return math.prod(_primes(_SMALL_PRIMES_BELOW))


@functools.cache
def _roca_residues() -> tuple[tuple[int, frozenset[int]], ...]:
    """Return, per small odd prime, the residues that powers of 65537 reach: a ROCA modulus has no other (Nemec et al., 2017)."""
    table = []
    for prime in _primes(_ROCA_PRIMES_BELOW)[1:]:
        powers: set[int] = set()
        for exponent in count():
            power = pow(RSA_EXPONENT, exponent, prime)
            if power in powers:
                break
            powers.add(power)
        table.append((prime, frozenset(powers)))
    return tuple(table)


def has_small_factor(modulus: int) -> bool:
    """Tell whether a prime below 2^14 divides `modulus`."""
    return modulus <= 0 or math.gcd(modulus, _primorial() % modulus) != 1


def has_close_primes(modulus: int) -> bool:
    """Tell whether a hundred rounds of Fermat's method factor `modulus`, which they do where p and q are near each other."""
    if modulus <= 0 or modulus % 2 == 0:
        return False
    a = math.isqrt(modulus - 1) + 1
    for step in range(a, a + _FERMAT_ROUNDS):
        square = step * step - modulus
        # A square is 0, 1, 4 or 9 modulo 16: three quarters of the roots need not be taken.
        if square & 15 in (0, 1, 4, 9) and math.isqrt(square) ** 2 == square:
            return True
    return False


def is_roca(modulus: int) -> bool:
    """Tell whether `modulus` carries the fingerprint of the Infineon library's primes; by chance about one key in 2^27 does."""
    return modulus > 0 and all(modulus % prime in residues for prime, residues in _roca_residues())


def _rsa(info: keys.PublicKeyInfo, name: str) -> Key:
    public = info["public_key"].parsed
    modulus, exponent = int(public["modulus"].native), int(public["public_exponent"].native)
    bits = modulus.bit_length()
    found = []
    if bits not in RSA_BITS:
        found.append(f"rsa-{bits}")
    if exponent != RSA_EXPONENT:
        found.append(f"exponent-{exponent}" if 0 <= exponent < 1 << 32 else "exponent-out-of-range")
    if bits <= 2 * max(RSA_BITS):  # arithmetic on absurd moduli is not paid for: the size is finding enough
        tests = (
            ("small-factor", has_small_factor),
            ("fermat-close-primes", has_close_primes),
            ("roca", is_roca),
        )
        found += [weakness for weakness, test in tests if test(modulus)]
    sane = bits <= 2 * max(RSA_BITS) and 0 < exponent < 1 << 32
    return Key(type=name, bits=bits, exponent=exponent, weaknesses=tuple(found), loadable=sane)


def _ec(info: keys.PublicKeyInfo) -> Key:
    parameters = info["algorithm"]["parameters"]
    if parameters.name != "named":
        kind = "explicit-curve" if parameters.name == "specified" else "implicit-curve"
        return Key(type="EC", weaknesses=(kind,), loadable=False)
    curve = str(parameters.chosen.native)
    if curve not in _CURVES:
        return Key(type="EC", curve=curve, weaknesses=("unusual-curve",))
    return Key(type="EC", bits=_CURVES[curve], curve=curve)


def weigh(info: keys.PublicKeyInfo) -> Key:
    """Return what `info` (SubjectPublicKeyInfo, RFC 5280 4.1.2.7) says of its key. Raises ValueError and the like on garbage."""
    oid = core.Sequence.load(core.Sequence.load(info.dump())[0].dump())[0].dotted
    if oid in _NAMES:  # the library knows none of these parameters, and raises
        kind = _NAMES[oid]
        bits = {"Ed25519": 256, "Ed448": 456}.get(kind, 0)
        return Key(type=kind, bits=bits, weaknesses=() if bits else ("unusual-key-type",))
    name = str(info["algorithm"]["algorithm"].native)
    if name in ("rsa", "rsassa_pss"):
        return _rsa(info, "RSA" if name == "rsa" else "RSA-PSS")
    if name == "ec":
        return _ec(info)
    return Key(type="DSA" if name == "dsa" else name, weaknesses=("unusual-key-type",))
