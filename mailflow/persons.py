"""The papers of several persons in one mail: each person's are a request of their own, whose holder is asked.

Only where one kind of letter is there twice, for different persons: a form and its proof may spell one person in two ways.
"""

from collections.abc import Iterable

from parsers.facts import DocumentFacts, MessageFacts
from parsers.identity import same_address, same_name
from rules.needs import MACHINE_READ
from rules.sop import Sop


def by_person(facts: MessageFacts, sop: Sop) -> list[MessageFacts]:
    """Return a mail as one for each person, the writer's own papers first; the mail itself where there is one person, or the SOP takes many."""
    wanted = {kind for need in sop.needs.values() for kind in need.document} - MACHINE_READ - {"other"}
    letters = [each for each in facts.documents if each.kind in wanted and _named(each)]
    groups: list[list[DocumentFacts]] = []
    for letter in letters:
        theirs = next((each for each in groups if is_same_person(each[0], letter)), None)
        if theirs is None:
            groups.append([letter])
        else:
            theirs.append(letter)
    kinds = [letter.kind for group in groups for letter in group[:1]]
    if sop.persons == "many" or len(groups) < 2 or len(set(kinds)) == len(kinds):  # noqa: PLR2004 - two persons
        return [facts]
    groups.sort(key=lambda group: not _is_writer(facts, group[0]))
    for document in facts.documents:
        if document not in letters:
            _place(document, groups).append(document)
    none = {"secrets": 0, "passphrases": 0}
    parts = [facts.model_copy(update={"documents": tuple(group), **none}) for group in groups]
    told = {"secrets": facts.secrets, "passphrases": facts.passphrases}
    return [parts[0].model_copy(update=told), *parts[1:]]  # told once


def is_same_person(one: DocumentFacts, other: DocumentFacts) -> bool:
    """Whether two letters are about the same person, by NIP or by name."""
    first, second = _field(one, "nip"), _field(other, "nip")
    names = _field(one, "name"), _field(other, "name")
    return (bool(first) and first == second) or (all(names) and same_name(*names))


def _place(document: DocumentFacts, groups: list[list[DocumentFacts]]) -> list[DocumentFacts]:
    """Whose a paper without a person of its own kind is: a CSR names its person, the rest is the writer's."""
    for group in groups:
        address, name = _field(group[0], "official_email"), _field(group[0], "name")
        if document.csr is not None and (
            any(address and same_address(address, each) for each in _addresses(document))
            or any(name and same_name(name, each) for each in _names(document))
        ):
            return group
        if document.csr is None and _named(document) and is_same_person(group[0], document):
            return group
    return groups[0]


def _addresses(document: DocumentFacts) -> Iterable[str]:
    return document.csr.emails if document.csr else ()


def _names(document: DocumentFacts) -> Iterable[str]:
    return (value for kind, value in document.csr.subject if kind == "CN") if document.csr else ()


def _is_writer(facts: MessageFacts, letter: DocumentFacts) -> bool:
    sender = facts.sender
    if sender is None:
        return False
    address, name = _field(letter, "official_email"), _field(letter, "name")
    return bool(address and same_address(address, sender.address)) or bool(
        name and sender.name and same_name(name, sender.name)
    )


def _named(document: DocumentFacts) -> bool:
    return bool(_field(document, "nip") or _field(document, "name"))


def _field(document: DocumentFacts, name: str) -> str:
    return document.fields[name].value if name in document.fields else ""
