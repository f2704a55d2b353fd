"""What a request asks for beside its name and key: the extensions and attributes of PKCS#10 (RFC 2985 5.4, RFC 5280 4.2).

A certificate authority decides on extensions itself; these are read only to see what was asked. The value of a
challengePassword (RFC 2985 5.4.1) is a secret of the applicant: it is never looked at.
"""

from collections import Counter
from dataclasses import dataclass
from typing import ClassVar

from asn1crypto import core, csr, x509

from parsers.csr.subject import safe_text

_EXTENSION_REQUEST = frozenset(
    {"1.2.840.113549.1.9.14", "1.3.6.1.4.1.311.2.1.14"}
)  # PKCS#9 and Microsoft's own
_CHALLENGE_PASSWORD = "1.2.840.113549.1.9.7"  # noqa: S105 - an object identifier
_BASIC_CONSTRAINTS = "2.5.29.19"
_SUBJECT_ALT_NAME = "2.5.29.17"
_KEY_USAGE = "2.5.29.15"
_EXTENDED_KEY_USAGE = "2.5.29.37"
_SERVER = {"dns_name", "ip_address", "uniform_resource_identifier"}
_NO_PERSONS = {"code_signing", "time_stamping", "ocsp_signing"}
_KNOWN = frozenset(
    {
        _BASIC_CONSTRAINTS,
        _SUBJECT_ALT_NAME,
        _KEY_USAGE,
        "2.5.29.14",
        "2.5.29.32",
        _EXTENDED_KEY_USAGE,
        "1.2.840.113549.1.9.15",
    }
)
_MAX_EMAILS = 10


class _Extension(core.Sequence):  # type: ignore[misc]  # the library is untyped
    """An extension whose value stays bytes: the library's own type parses it unasked, and one bad value spoils them all."""

    _fields: ClassVar = [
        ("extn_id", core.ObjectIdentifier),
        ("critical", core.Boolean, {"default": False}),
        ("extn_value", core.OctetString),
    ]


class _Extensions(core.SequenceOf):  # type: ignore[misc]  # the library is untyped
    _child_spec = _Extension


@dataclass(frozen=True, kw_only=True)
class Requested:
    """E-mail addresses of the subjectAltName, and `weaknesses` as stable ids."""

    emails: tuple[str, ...] = ()
    weaknesses: tuple[str, ...] = ()


def _value_faults(oid: str, value: bytes) -> list[str]:
    if oid == _BASIC_CONSTRAINTS and x509.BasicConstraints.load(value, strict=True)["ca"].native:
        return ["ca-true"]
    if oid == _KEY_USAGE and {"key_cert_sign", "crl_sign"} & x509.KeyUsage.load(value, strict=True).native:
        return ["certificate-signing-usage"]
    if oid == _SUBJECT_ALT_NAME:
        names = x509.GeneralNames.load(value, strict=True)
        return ["server-name"] if any(name.name in _SERVER for name in names) else []
    if oid == _EXTENDED_KEY_USAGE:
        usages = set(x509.ExtKeyUsageSyntax.load(value, strict=True).native)
        return [
            *(["server-usage"] if "server_auth" in usages else []),
            *(["other-usage"] if usages & _NO_PERSONS else []),
        ]
    return []


def _emails(value: bytes) -> list[str]:
    names = x509.GeneralNames.load(value, strict=True)
    found = [name.chosen.contents.decode("utf-8", "replace") for name in names if name.name == "rfc822_name"]
    return [safe_text(email) for email in found[:_MAX_EMAILS]]


def _extensions(extensions: _Extensions) -> tuple[list[str], list[str]]:
    emails: list[str] = []
    faults: list[str] = []
    seen: Counter[str] = Counter()
    for extension in extensions:
        oid, value = extension["extn_id"].dotted, extension["extn_value"].native
        seen[oid] += 1
        if oid not in _KNOWN and extension["critical"].native:
            faults.append("unknown-critical-extension")
        try:
            faults += _value_faults(oid, value)
            emails += _emails(value) if oid == _SUBJECT_ALT_NAME else []
        except (ValueError, TypeError, KeyError, RecursionError):
            faults.append("unreadable-extension")
    if any(times > 1 for times in seen.values()):
        faults.append("duplicate-extension")
    return emails, faults


def _attribute(attribute: csr.CRIAttribute) -> tuple[list[str], list[str]]:
    oid = attribute["type"].dotted
    if oid == _CHALLENGE_PASSWORD:
        return [], ["challenge-password"]
    if oid not in _EXTENSION_REQUEST:
        return [], []
    emails: list[str] = []
    faults: list[str] = []
    for value in core.SetOf.load(attribute["values"].dump(), spec=core.Any):
        more, wrong = _extensions(_Extensions.load(value.dump(), strict=True))
        emails += more
        faults += wrong
    return emails, faults


def read_requested(info: csr.CertificationRequestInfo) -> Requested:
    """Return what the attributes of `info` ask for; whatever cannot be read is the weakness `unreadable-attributes`."""
    emails: list[str] = []
    faults: list[str] = []
    kinds: list[str] = []
    try:
        attributes = info["attributes"]
        for attribute in attributes if isinstance(attributes, csr.CRIAttributes) else ():
            more, wrong = _attribute(attribute)
            kinds.append(attribute["type"].dotted)
            emails += more
            faults += wrong
    except (ValueError, TypeError, KeyError, RecursionError):
        faults.append("unreadable-attributes")
    if len(_EXTENSION_REQUEST.intersection(kinds)) + len(kinds) > len(set(kinds)) + 1:
        faults.append("duplicate-extension")  # two extension requests: which one is meant?
    return Requested(
        emails=tuple(dict.fromkeys(emails[:_MAX_EMAILS])), weaknesses=tuple(dict.fromkeys(faults))
    )
