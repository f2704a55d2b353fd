"""Cases that share one number: a request and its children. Whose turn it is, and how far the whole has come."""

from sqlmodel import col, select

from mailflow import cases
from mailflow.dossier import Dossier, Matter
from mailflow.store.tables import CaseRow
from mailflow.work import Work
from rules.case import State
from rules.effects import Open
from rules.sop import Sop


def root_of(work: Work, row: CaseRow) -> CaseRow:
    """Return the case whose number the applicant knows."""
    return (work.session.get(CaseRow, row.root_id) if row.root_id else None) or row


def members(work: Work, row: CaseRow) -> list[CaseRow]:
    """Return the request and all its children, the request first."""
    root = root_of(work, row)
    children = select(CaseRow).where(CaseRow.root_id == root.id).order_by(col(CaseRow.id))
    return [root, *work.session.exec(children)]


def whose_turn(work: Work, row: CaseRow) -> CaseRow:
    """Return the case of a family that a message of the applicant is for: the child that is waited for, whichever letter was answered.

    A child that outlived its request stays its own; after all has ended it is the request again.
    """
    there = root_of(work, row)
    if there.state == State.CLOSED:
        alive = [each for each in members(work, row) if each.state != State.CLOSED]
        return alive[-1] if alive else there
    while there.state == State.CHILD:
        child = cases.by_ticket(work.session, cases.value_of(there).child or "")
        if child is None or child.state == State.CLOSED:
            break
        there = child
    return there


def sop_for(matter: Matter, effect: Open) -> Sop:
    """Return the SOP a case is opened by: a child's and a sibling's as its parent began with, a complaint's as it is today."""
    if effect.relation == "sibling":
        return matter.sop
    digest = matter.sop.children.get(effect.sop)
    if digest is not None:
        return cases.sop_of(matter.work, digest, effect.sop)
    return matter.office.rules.sops[effect.sop]


def stage(dossier: Dossier) -> tuple[int, int] | None:
    """Return which of how many stages the request as a whole is in; None where there is only one."""
    sop, step = dossier.sop, dossier.case.step
    if isinstance(dossier, Matter) and dossier.row.root_id:
        root = root_of(dossier.work, dossier.row)
        sop, step = cases.sop_of(dossier.work, root.sop_digest, root.sop), root.step
    stage_ = sop.stage(step)
    return stage_ if stage_[1] > 1 else None
