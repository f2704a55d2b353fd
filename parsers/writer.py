"""Who wrote a message, by its From fields: read strictly, and where that fails as everybody else reads them (RFC 5322 §3.6.2, §4).

People's programs write degrees without quotation marks, encode the whole field, leave a bracket out. Where the field names one address all
the same, that is the writer, who is served and answered. A mail server may have read such a field otherwise, so that it proves nothing:
`doubt` says why. Two different addresses name nobody.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from html import unescape

from parsers.addresses import MAX_NAME, MISLEADING, addr_spec, senders, tokens
from parsers.facts import Address
from parsers.headers import Field, Headers, words
from parsers.text import one_line

_SPEC = re.compile(
    r"""(?<![\w.!\#$%&'*+/=?^`{|}~@-])
    (?P<local>[\w!\#$%&'*+/=?^`{|}~-]{1,64}(?:\.[\w!\#$%&'*+/=?^`{|}~-]{1,64}){0,20})
    \s{0,5}@\s{0,5}
    (?P<domain>[A-Za-z0-9-]{1,63}(?:\.[A-Za-z0-9-]{1,63}){1,20})
    (?![\w@-]|\s{0,5}\.\s{0,5}\w)""",
    re.VERBOSE | re.ASCII,
)
_IN_BRACKETS = re.compile(r"<[^<>\s]{1,64} [^<>]{1,300}>")
_PREFIX = re.compile(r"\s*|\s*(?:mailto|@[^<>]{0,300}):\s*", re.IGNORECASE)
_MAILTO = re.compile(r"mailto:\s*$", re.IGNORECASE)
_MARKS = " \t,;:<>()[]\"'"


@dataclass(frozen=True)
class Writer:
    """Every mailbox of From, the one that is the writer's (None where they name no single one: `defect`), and why it proves nothing."""

    everyone: tuple[Address, ...]
    sender: Address | None = None
    defect: str = ""
    doubt: str = ""


def writer(headers: Headers) -> Writer:
    """Return who wrote the message as From says."""
    everyone, defect = senders(headers)
    fields = headers.all("from")
    if not defect:
        return Writer(everyone, everyone[0], doubt=_otherwise_spelt(fields[0], everyone[0]))
    if any(field.odd in ("too long", "control characters") for field in fields):
        return Writer(everyone, defect=defect)  # what follows may name somebody else
    if defect == MISLEADING:
        return Writer(everyone, Address(address=everyone[0].address), doubt=defect)
    found = _only_address([field.value for field in fields])
    return Writer((found,), found, doubt=defect) if found else Writer(everyone, defect=defect)


def _otherwise_spelt(field: Field, sender: Address) -> str:
    """Tell of an address that does not stand there as it is read: signs that mean others in a domain (UTS 46), bytes of no known charset."""
    domain = sender.address.rpartition("@")[2]
    mapped = domain not in field.value.lower() and "xn--" not in domain
    guessed = bool(field.odd) and not sender.address.isascii()
    return "the address is not spelt in plain letters" if mapped or guessed else ""


def _only_address(values: list[str]) -> Address | None:
    """Return the one address that these values name, None for none and for several."""
    for text in _views(", ".join(values)):
        specs = {(spec := _spec(text, found)).lower(): spec for found in _SPEC.finditer(text)}
        if len(specs) > 1 or "" in specs:
            return None
        if specs:
            return Address(name=_name(text), address=next(iter(specs.values())))
    return None


def _views(value: str) -> Iterator[str]:
    """The value without comments and quoted names, then decoded, then with all that stands in it.

    A blank in brackets was an underscore, which the writer's program forgot to encode (RFC 2047 §4.2).
    """
    parts = tokens(value)
    outside = "".join(text for kind, text in parts if kind not in ("comment", "quoted"))
    yield outside
    yield _IN_BRACKETS.sub(
        lambda found: found[0].replace(" ", "_"), words(outside) if "=?" in outside else ""
    )
    yield unescape(words(value.replace('"', " ")))


def _spec(text: str, found: re.Match[str]) -> str:
    """Return the address of a match, "" for what is none after all: a number for a domain, a bracket that holds more."""
    address, defect = addr_spec(f"{found['local']}@{found['domain']}")
    before = text[: found.start()].rpartition("<")
    more = before[1] and ">" not in before[2] and not _PREFIX.fullmatch(before[2])
    number = defect and found["domain"].rpartition(".")[2].isdigit()
    return "" if more or number or "=?" in address else address


def _name(text: str) -> str:
    """What stands before the address."""
    found = _SPEC.search(text)
    before = _MAILTO.sub("", text[: found.start()] if found else "")
    return one_line(unescape(words(before))).strip(_MARKS)[:MAX_NAME]
