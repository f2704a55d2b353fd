"""What is on file of a person, from sources that no writer of a letter fills: certificates, the staff table, requests that were fulfilled.

A request speaks for its person only if its papers were proven to come from its address, nothing on file spoke against it, and an officer let it
be fulfilled; those of the first releases do not, for officers were told then that one claim of a writer proves another.
"""

from collections.abc import Iterable, Iterator

from sqlalchemy import ColumnElement
from sqlmodel import col, or_, select

from mailflow import proofs
from mailflow.cases import address_key, value_of
from mailflow.certificates.registry import name_key
from mailflow.dossier import Matter
from mailflow.store.tables import CaseRow, CertificateRow
from mailflow.work import Work
from parsers.facts import DocumentFacts
from parsers.identity import same_name
from rules.case import Case
from rules.checks.on_file import Claim, OnFile, claims_of, holder

_LIKE = 50
"""At most so many records are compared: a name that more people bear tells nothing."""


def on_file(
    work: Work, claims: Iterable[Claim], address: str, *, besides: int | None = None
) -> tuple[OnFile, ...]:
    """Return what is known of the persons of these claims, and of whoever has this address; the request `besides` does not speak for itself."""
    there = list(claims)
    nips = {each.nip for each in there if each.nip}
    names = {each.name for each in there if each.name}
    found = [*_staff(work, nips, names, address), *_certificates(work, nips, names, address)]
    return tuple(dict.fromkeys([*found, *_requests(work, nips, besides)]))


def holder_of(work: Work, documents: Iterable[DocumentFacts], sender: str) -> str:
    """Return the address on file of whom somebody else writes for, "" where the writer may be that person or nothing is known."""
    claims = claims_of(documents)
    return holder(claims, on_file(work, claims, sender), sender) if claims else ""


def vouch(matter: Matter) -> None:
    """Let a request that has just been fulfilled speak for its person from now on, if it may."""
    case, ending = matter.case, matter.sop.steps.get(matter.case.ending or "")
    if case.closed != matter.now or ending is None or ending.ends != "fulfilled":
        return
    matter.row.vouched = _may_speak(matter, case)
    matter.work.session.add(matter.row)


def _may_speak(matter: Matter, case: Case) -> bool:
    claims = claims_of(each.facts for each in case.documents)
    judged = any(step.checks for step in matter.sop.steps.values())
    if (
        matter.row.root_id
        or case.persons
        or case.holder_address
        or not (judged and claims and matter.row.person_key)
    ):
        return False
    if not proofs.all_vouched_for(matter):
        return False
    known = on_file(matter.work, claims, case.address, besides=matter.row.id)
    return not holder(claims, known, case.address)


def _staff(work: Work, nips: set[str], names: set[str], address: str) -> Iterator[OnFile]:
    for each in work.office.staff_table.find(nips=nips, names=names, addresses=(address,)):
        yield OnFile(source="staff", name=each.name, nip=each.nip, address=each.email)


def _certificates(work: Work, nips: set[str], names: set[str], address: str) -> Iterator[OnFile]:
    """The newest certificate of each person: an older one may name an address that has passed on."""
    keys = {work.office.keyring.index(f"nip:{nip}") for nip in nips}
    spelled = {key for name in names if (key := name_key(work.office, name))}
    wanted = or_(
        col(CertificateRow.person_key).in_(keys),
        CertificateRow.address_key == address_key(work.office, address),
        col(CertificateRow.name_key).in_(spelled),
    )
    seen: set[str] = set()
    for row in (*_newest(work, wanted), *_of_earlier_imports(work, names)):
        if row.person_key not in seen:
            seen.add(row.person_key)
            yield OnFile(
                source="certificate",
                where=f"…{row.serial[-4:]}",
                name=row.name,
                nip=row.nip,
                address=row.address,
            )


def _newest(work: Work, wanted: ColumnElement[bool]) -> Iterator[CertificateRow]:
    """The matching certificates, each followed up to its person's newest."""
    found = work.session.exec(select(CertificateRow).where(wanted).limit(_LIKE)).all()
    people = {row.person_key for row in found}
    if not people:
        return
    query = select(CertificateRow).where(col(CertificateRow.person_key).in_(people))
    yield from work.session.exec(query.order_by(col(CertificateRow.not_before).desc()))


def _of_earlier_imports(work: Work, names: set[str]) -> Iterator[CertificateRow]:
    """Rows of an earlier release have no key of the name; the next import gives them one."""
    if not names:
        return
    query = select(CertificateRow).where(CertificateRow.name_key == "")
    for row in work.session.exec(query.order_by(col(CertificateRow.not_before).desc())):
        if any(same_name(name, row.name) for name in names):
            yield row


def _requests(work: Work, nips: set[str], besides: int | None) -> Iterator[OnFile]:
    keys = {work.office.keyring.index(f"nip:{nip}"): nip for nip in nips}
    query = select(CaseRow).where(
        col(CaseRow.person_key).in_(keys), col(CaseRow.vouched), CaseRow.id != (besides or 0)
    )
    rows = work.session.exec(query.order_by(col(CaseRow.id).desc())).all() if keys else ()
    for row in rows[:_LIKE]:
        case = value_of(row)
        yield OnFile(
            source="request",
            where=row.ticket,
            name=case.holder,
            nip=keys[row.person_key],
            address=case.address,
        )
