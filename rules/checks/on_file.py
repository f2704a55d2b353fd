"""What independent sources hold of a person, and whom of them a letter means.

A writer's own claims (From line, letter, CSR) agree among each other whenever the writer wants them to: only what somebody else has put on
record says whether they are true.
"""

import re
from collections.abc import Iterable, Sequence
from typing import Literal

from parsers.facts import CsrFacts, DocumentFacts
from parsers.identity import bare_digits, same_address, same_name
from rules.case import Value

Source = Literal["staff", "certificate", "request"]
STRONG = frozenset({"staff", "certificate"})
"""Sources that answer a row by themselves. An earlier request was proven by an officer's judgement of another letter: it is shown, and warns."""
_ORDER = ("staff", "certificate", "request")
_IN_SUBJECT = re.compile(r"(?<!\d)\d{8}[ .]?\d{6}[ .]?\d[ .]?\d{3}(?!\d)")
_SLIP = 2  # digits: with the same name, a NIP that differs in so few is the same person's, misread or bent


class OnFile(Value):
    """A person as a source knows them: `staff` (the department's table), `certificate`, or `request` (an earlier one that was fulfilled).

    `where` says which: the end of the serial number, the ticket. NIP as bare digits, "" where there is none.
    """

    source: Source
    where: str = ""
    name: str
    nip: str = ""
    address: str


class Claim(Value):
    """Whom a letter says it is from; "" for what it does not say. `sure`: the NIP was read with certainty."""

    name: str = ""
    nip: str = ""
    sure: bool = True


def claim_of(facts: DocumentFacts) -> Claim:
    """Return whom one document says it is from: a letter by its fields, a CSR by its subject; a letter for many is from none of them."""
    if len(facts.persons) > 1:
        return Claim()
    if facts.csr is not None:
        return Claim(name=_common_name(facts.csr), nip=csr_number(facts.csr))
    name, nip = facts.fields.get("name"), facts.fields.get("nip")
    return Claim(
        name=name.value.strip() if name else "",
        nip=nip.value.strip() if nip else "",
        sure=nip is None or nip.certain,
    )


def claims_of(documents: Iterable[DocumentFacts]) -> tuple[Claim, ...]:
    """Return whom the letters say they are from, in their order; where none was read, whom the CSRs name."""
    there = list(documents)
    letters = [claim_of(each) for each in there if each.csr is None]
    named = [each for each in letters if each.name or each.nip]
    requests = [claim_of(each) for each in there if each.csr is not None]
    return tuple(dict.fromkeys(named or [each for each in requests if each.name or each.nip]))


def csr_number(csr: CsrFacts) -> str:
    """Return the NIP that a CSR's description, serial number or user id holds (`<NIP>_Tanda Tangan Digital`), "" if none."""
    for attribute in ("description", "serialNumber", "UID"):
        values = (value for name, value in csr.subject if name == attribute and value.strip())
        found = _IN_SUBJECT.search(next(values, ""))
        if found:
            return bare_digits(found[0])
    return ""


def _common_name(csr: CsrFacts) -> str:
    return next((value.strip() for name, value in csr.subject if name == "CN"), "")


def meant(claim: Claim, known: Iterable[OnFile]) -> tuple[OnFile, ...]:
    """Return what is on file of the person a letter means, the strongest source first.

    By NIP; one that was not read with certainty needs the name beside it. By name only where that leaves one person, and where the letter
    gives no NIP, or one that differs by a slip: two people may bear one name.
    """
    found = list(known)
    by_number = [each for each in found if _has_number(claim, each)]
    by_name = [each for each in found if _may_be(claim, each)]
    people = {each.nip or each.address.casefold() for each in by_name}
    chosen = by_number or (by_name if len(people) == 1 else [])
    return tuple(sorted(chosen, key=lambda each: _ORDER.index(each.source)))


def agrees(claim: Claim, record: OnFile) -> bool:
    """Tell whether a record of the person bears the very name and number of the letter, as far as both say."""
    numbers = not (claim.nip and record.nip) or bare_digits(claim.nip) == record.nip
    return numbers and same_name(claim.name, record.name)


def has_address(records: Iterable[OnFile], address: str) -> bool:
    """Tell whether one of the records has this address."""
    return any(same_address(each.address, address) for each in records)


def holder(claims: Sequence[Claim], known: Sequence[OnFile], sender: str) -> str:
    """Return the address on file of the person for whom somebody else writes, the newest letter first; "" where the writer may be that person."""
    for claim in reversed(claims):
        records = meant(claim, known)
        if records and not has_address(records, sender):
            return records[0].address
    return ""


def _has_number(claim: Claim, record: OnFile) -> bool:
    same = bool(record.nip) and bare_digits(claim.nip) == record.nip
    return same and (claim.sure or same_name(claim.name, record.name))


def _may_be(claim: Claim, record: OnFile) -> bool:
    if not same_name(claim.name, record.name):
        return False
    one, other = bare_digits(claim.nip), record.nip
    if not one or not other:
        return True
    return len(one) == len(other) and sum(a != b for a, b in zip(one, other, strict=True)) <= _SLIP
