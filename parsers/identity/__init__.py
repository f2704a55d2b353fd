"""Who somebody is, as Indonesian civil servants are told apart: numbers, names, addresses. Pure functions, no registry."""

from parsers.identity.addresses import belongs_to, same_address
from parsers.identity.names import fold_name, fold_words, same_name, strip_titles
from parsers.identity.numbers import (
    Nik,
    Nip,
    bare_digits,
    disagreements,
    format_nip,
    nik_problems,
    nip_problems,
    read_nik,
    read_nip,
)

__all__ = [
    "Nik",
    "Nip",
    "bare_digits",
    "belongs_to",
    "disagreements",
    "fold_name",
    "fold_words",
    "format_nip",
    "nik_problems",
    "nip_problems",
    "read_nik",
    "read_nip",
    "same_address",
    "same_name",
    "strip_titles",
]
