"""The registry: whose certificates are in force, which were replaced, and what a request of ours that ended means for them."""

from collections.abc import Iterable

from sqlalchemy import ColumnElement, exists
from sqlalchemy.orm import aliased
from sqlmodel import col, select

from mailflow.cases import address_key, value_of
from mailflow.dossier import Matter
from mailflow.office import Office
from mailflow.store.tables import CaseRow, CertificateRow
from mailflow.work import Work
from parsers.facts import MessageFacts
from parsers.identity import fold_name
from rules.case import State

SCOPE = "certificate:"
"""How the scope of a certificate's letters begins; its row's id follows."""
REVOKES = frozenset({"certificate-revoked", "old-revoked-new-issued"})
"""Letters at the end of a request that say: the old certificate is revoked. By the letter, so that no SOP is known by name."""
ISSUES = frozenset({"certificate-issued", "old-revoked-new-issued"})
"""Letters at the end of a request that say: there is a new certificate."""


def person_key(office: Office, nip: str, address: str) -> str:
    """Return the keyed hash a person is known by: as `CaseRow.person_key` where there is a NIP, else of the address."""
    return office.keyring.index(f"nip:{nip}") if nip else address_key(office, address)


def name_key(office: Office, name: str) -> str:
    """Return the keyed hash a name is found by, written in whatever way; "" for none."""
    folded = fold_name(name)
    return office.keyring.index(f"name:{folded}") if folded else ""


def owns(work: Work, person: str) -> bool:
    """Tell whether a certificate of this person (`person_key`) is on file that is neither revoked nor expired."""
    if not person:
        return False
    query = select(CertificateRow.id).where(
        CertificateRow.person_key == person,
        col(CertificateRow.revoked_at).is_(None),
        col(CertificateRow.not_after) > work.office.now(),
    )
    return work.session.exec(query).first() is not None


def known_as(work: Work, scope: str, facts: MessageFacts) -> MessageFacts:
    """Return an answer to a notice (of this scope) as written by its certificate's holder: mail programs need not give a name."""
    number = scope.removeprefix(SCOPE)
    row = work.session.get(CertificateRow, int(number)) if number.isdigit() else None
    if row is None or facts.sender is None:
        return facts
    return facts.model_copy(update={"sender": facts.sender.model_copy(update={"name": row.name})})


def replaced() -> ColumnElement[bool]:
    """The certificates in whose place a newer one is: by a request of ours, or because the registry has it."""
    newer = aliased(CertificateRow)
    other = exists().where(
        col(newer.person_key) == col(CertificateRow.person_key),
        col(newer.not_before) > col(CertificateRow.not_before),
        col(newer.revoked_at).is_(None),
    )
    return col(CertificateRow.renewed_at).is_not(None) | other


def learn(matter: Matter) -> None:
    """Note what a request that has just ended says of its persons' certificates: those it found in force when it was opened."""
    ending = matter.sop.steps.get(matter.case.ending or "")
    if matter.case.closed != matter.now or ending is None:
        return
    for row in _of(matter) if ending.tell in REVOKES | ISSUES else ():
        if ending.tell in REVOKES:
            row.revoked_at = row.revoked_at or matter.now
        if ending.tell in ISSUES:
            row.renewed_at = row.renewed_at or matter.now
        matter.work.session.add(row)


def in_force(matter: Matter) -> list[CertificateRow]:
    """Return the certificates on file of the persons a request is about that are neither revoked, replaced nor expired, newest first."""
    now, query = matter.now, select(CertificateRow).where(_whose(matter), ~replaced())
    valid = query.where(col(CertificateRow.revoked_at).is_(None), col(CertificateRow.not_after) > now)
    return list(matter.work.session.exec(valid.order_by(col(CertificateRow.not_before).desc())))


def _of(matter: Matter) -> Iterable[CertificateRow]:
    query = select(CertificateRow).where(_whose(matter), col(CertificateRow.not_before) < matter.case.opened)
    return matter.work.session.exec(query).all()


def _whose(matter: Matter) -> ColumnElement[bool]:
    """Whose certificates a request is about; its writer's as long as no letter names a person."""
    people = persons_of(matter.office, matter.row)
    if people:
        return col(CertificateRow.person_key).in_(people)
    return col(CertificateRow.address_key) == matter.row.address_key


def persons_of(office: Office, row: CaseRow) -> set[str]:
    """Return the persons (`person_key`) a request is about; none where no letter of it has named one yet."""
    named = {office.keyring.index(f"nip:{each.nip}") for each in value_of(row).persons if each.nip}
    return named or ({row.person_key} if row.person_key else set())


def _is_still_asked(work: Work, row: CaseRow) -> bool:
    """Whether a request waits for the very answer that a notice asks for: free words began it, and nothing is decided by them."""
    sop = work.office.rules.sops.get(row.sop)
    step = sop.steps.get(row.step) if sop else None
    return step is not None and bool(step.asks) and row.state == State.APPLICANT


class UnderWay:
    """Whose renewal is under way: by person where the request names one, else by its address."""

    def __init__(self, work: Work) -> None:
        services = [sop.id for sop in work.office.rules.sops.values() if sop.opens.notice]
        query = select(CaseRow).where(
            col(CaseRow.sop).in_(services),
            CaseRow.state != State.CLOSED.value,
            col(CaseRow.root_id).is_(None),
        )
        self._by_person: dict[str, str] = {}
        self._by_address: dict[str, str] = {}
        for row in work.session.exec(query):
            if _is_still_asked(work, row):
                continue
            persons = persons_of(work.office, row)
            self._by_person |= dict.fromkeys(persons, row.ticket)
            if not persons:
                self._by_address[row.address_key] = row.ticket

    def ticket(self, person: str, address: str) -> str:
        """Return the number of the request (keyed hashes of person and address are given), "" where there is none."""
        return self._by_person.get(person) or self._by_address.get(address, "")
