"""The checks, in the order in which an officer reads them. To add one: a file with `RULE` and `judge`, and its line here."""

from collections.abc import Callable, Iterator, Sequence
from types import ModuleType
from typing import cast

from rules.case import Finding
from rules.checks import (
    csr_encoding,
    csr_extensions,
    csr_key,
    csr_key_reuse,
    csr_possession,
    csr_signature_hash,
    csr_single,
    csr_subject,
    csr_weak_key,
    documents_present,
    documents_readable,
    fields_read,
    institution,
    letter_date,
    letter_number,
    letter_signature,
    name,
    nip,
    nip_nik,
    official_domain,
    other_case,
    persons,
    private_key_sent,
    registered,
    same_person,
    sender_address,
    sender_authentication,
)
from rules.checks.evidence import Evidence
from rules.checks.finding import Rule

_COMPLETENESS = (documents_present, documents_readable, fields_read)
_IDENTITY = (
    same_person,
    other_case,
    sender_authentication,
    registered,
    sender_address,
    official_domain,
    name,
    nip,
    nip_nik,
    persons,
    institution,
    letter_number,
    letter_date,
    letter_signature,
)
_CSR = (
    private_key_sent,
    csr_single,
    csr_encoding,
    csr_signature_hash,
    csr_possession,
    csr_key,
    csr_weak_key,
    csr_key_reuse,
    csr_subject,
    csr_extensions,
)
_ALL = (*_COMPLETENESS, *_IDENTITY, *_CSR)


def _id(check: ModuleType) -> str:
    return cast("Rule", check.RULE).id


_CHECKS = {_id(check): cast("Callable[[Evidence], Iterator[Finding]]", check.judge) for check in _ALL}
GROUPS = {
    "completeness": tuple(map(_id, _COMPLETENESS)),
    "identity": tuple(map(_id, _IDENTITY)),
    "csr": tuple(map(_id, _CSR)),
}
"""Names an SOP may write for several checks."""


def known() -> frozenset[str]:
    """Return every name an SOP may write under `checks`: checks and groups."""
    return frozenset(_CHECKS) | frozenset(GROUPS)


def expand(ids: Sequence[str]) -> tuple[str, ...]:
    """Return the checks that `ids` mean, each once, in order. Raises KeyError naming a check that does not exist."""
    wanted: dict[str, None] = {}
    for name_ in ids:
        for check in GROUPS.get(name_, (name_,)):
            if check not in _CHECKS:
                raise KeyError(f"no check named {check!r}; known: {', '.join(sorted(known()))}")
            wanted[check] = None
    return tuple(wanted)


def run(ids: Sequence[str], evidence: Evidence) -> list[Finding]:
    """Return the findings of the checks and groups named, in their order; a check with nothing to judge says nothing.

    Raises KeyError for an unknown name, which the loader has refused before.
    """
    return [finding for check in expand(ids) for finding in _CHECKS[check](evidence)]
