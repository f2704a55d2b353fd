"""Cases in the database: opening, loading, storing; the pure value goes in and out, the columns follow it."""

import json
from dataclasses import dataclass
from datetime import datetime

from sqlmodel import Session, col, select

from mailflow import audit, generations
from mailflow.office import Office
from mailflow.store.tables import CaseRow, KeySeen, Setting, SopVersion, Transition
from mailflow.tickets import make_ticket
from mailflow.work import Work
from rules.case import Case, State
from rules.load import load_kept
from rules.sop import Sop


def next_number(session: Session, name: str) -> int:
    """Count up a named counter within the transaction."""
    row = session.get(Setting, name) or Setting(name=name, value="0")
    row.value = str(int(row.value) + 1)
    session.add(row)
    session.flush()
    return int(row.value)


def new_ticket(work: Work) -> str:
    """Return the next ticket of this year in the department's zone."""
    year = work.office.now().year
    number = next_number(work.session, f"ticket:{year}")
    generations.set_aside(work.office.database, year, number)
    return make_ticket(work.office.config.department.ticket_prefix, year, number)


def value_of(row: CaseRow) -> Case:
    """Return the case as the rules know it."""
    return Case.model_validate_json(row.value)


def sop_of(work: Work, digest: str, name: str) -> Sop:
    """Return the SOP version a case runs under: today's file if it means the same, else the text kept when the case began."""
    today = work.office.rules.sops.get(name)
    if today is not None and today.digest == digest:
        return today
    kept = work.session.get(SopVersion, digest)
    if kept is None:
        raise LookupError(
            f"SOP {name} version {digest[:12]} is not in the database; restore it from a backup"
        )
    return load_kept(kept.text, name, kept.children)


def keep_version(work: Work, sop: Sop) -> None:
    """Keep the SOP version a case begins with, and those of the SOPs it opens."""
    if work.session.get(SopVersion, sop.digest) is None:
        version = SopVersion(
            digest=sop.digest,
            sop=sop.id,
            text=sop.text,
            stored_at=work.office.now(),
            children=dict(sop.children),
        )
        work.session.add(version)
        work.session.flush()
    for name, digest in sop.children.items():
        child = work.office.rules.sops.get(name)
        if child is not None and child.digest == digest:
            keep_version(work, child)


def insert(session: Session, case: Case, sop: Sop, keyring_index: str) -> CaseRow:
    """Add the row of a new case."""
    row = CaseRow(
        ticket=case.id,
        sop=case.sop,
        sop_digest=sop.digest,
        state=case.state.value,
        step=case.step,
        value=case.model_dump_json(),
        address_key=keyring_index,
        opened_at=case.opened,
    )
    session.add(row)
    session.flush()
    return row


def store(work: Work, row: CaseRow, case: Case) -> None:
    """Write the value and the columns that mirror it."""
    now = work.office.now()
    row.value, row.version = case.model_dump_json(), row.version + 1
    row.state, row.step, row.due_at, row.ending = case.state.value, case.step, case.due, case.ending
    row.wake_at = case.alarm.at if case.alarm else None
    row.urgent = bool(case.urgent) and case.state is not State.CLOSED
    row.closed_at = (row.closed_at or now) if case.state is State.CLOSED else None
    nip = next((d.facts.fields["nip"].value for d in case.documents if "nip" in d.facts.fields), "")
    row.person_key = work.office.keyring.index(f"nip:{nip}") if nip else ""
    work.session.add(row)
    for document in case.documents:
        if document.facts.csr:
            _remember_key(work, row, document.facts.csr.spki_sha256, now)
    work.session.flush()


def _remember_key(work: Work, row: CaseRow, spki: str, now: datetime) -> None:
    key = work.office.keyring.index(f"spki:{spki}")
    if (
        work.session.exec(select(KeySeen).where(KeySeen.spki_key == key, KeySeen.case_id == row.id)).first()
        is None
    ):
        work.session.add(KeySeen(spki_key=key, case_id=row.id or 0, seen_at=now))


def tickets_with_key(work: Work, spki: str, besides: int | None) -> list[str]:
    """Return the tickets of other cases whose CSR holds this public key."""
    key = work.office.keyring.index(f"spki:{spki}")
    query = (
        select(CaseRow.ticket)
        .join(KeySeen, col(KeySeen.case_id) == col(CaseRow.id))
        .where(KeySeen.spki_key == key)
    )
    if besides is not None:
        query = query.where(CaseRow.id != besides)
    return list(work.session.exec(query))


def by_ticket(session: Session, ticket: str) -> CaseRow | None:
    """Return the case with this ticket."""
    return session.exec(select(CaseRow).where(CaseRow.ticket == ticket)).first()


def open_cases_of(work: Work, address: str) -> list[CaseRow]:
    """Return the open cases of one address, newest first."""
    query = (
        select(CaseRow)
        .where(CaseRow.address_key == address_key(work.office, address), CaseRow.state != State.CLOSED.value)
        .order_by(col(CaseRow.id).desc())
    )
    return list(work.session.exec(query))


def all_open(work: Work) -> list[CaseRow]:
    """Return every open case, newest first."""
    query = select(CaseRow).where(CaseRow.state != State.CLOSED.value).order_by(col(CaseRow.id).desc())
    return list(work.session.exec(query))


def address_key(office: Office, address: str) -> str:
    """Return the keyed hash under which an address is looked up."""
    return office.keyring.index("address:" + address.lower())


@dataclass(frozen=True, kw_only=True)
class Happening:
    """Who did something to a case, with which message, and where the case stood before."""

    actor: str
    message_id: int | None = None
    step: str = ""
    state: str = ""


def write_transition(
    work: Work, row: CaseRow, before: Happening, *, event: str, detail: dict[str, str]
) -> None:
    """A transition is a row and an audit entry: who, what, from where to where."""
    now = work.office.now()
    work.session.add(
        Transition(
            case_id=row.id or 0,
            at=now,
            actor=before.actor,
            event=event,
            from_step=before.step,
            to_step=row.step,
            from_state=before.state,
            to_state=row.state,
            message_id=before.message_id,
            detail=json.dumps(detail, ensure_ascii=False) if detail else None,
        )
    )
    audit.record(
        work, actor=before.actor, action=event, subject=row.ticket, detail={"to": row.step, **detail}
    )
