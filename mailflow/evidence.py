"""What the rules' checks are given: the case's documents, who sent them, and what is known from before."""

from sqlmodel import Session, col, select

from mailflow import cases
from mailflow.store.tables import CaseRow, MessageRow
from mailflow.trust.authentication import Authentication, authenticate
from mailflow.work import Work
from parsers.facts import MessageFacts
from rules.case import Case, Finding
from rules.checks import Evidence, run
from rules.sop import Sop


def examine(work: Work, sop: Sop, row: CaseRow, case: Case, step: str) -> list[Finding]:
    """Return what the checks of a row find in a case; nothing for a row without checks."""
    letters = _messages(work.session, row)
    last = letters[-1] if letters else None
    proof = authenticate(last, work.office.config) if last else Authentication(passed=None)
    return _run(work, sop, case, step, proof, besides=row.id, secrets=sum(each.secrets for each in letters))


def judge(work: Work, sop: Sop, case: Case, step: str, facts: MessageFacts) -> list[Finding]:
    """Return what the checks of a row would find if this message opened a case."""
    return _run(
        work,
        sop,
        case,
        step,
        authenticate(facts, work.office.config),
        besides=None,
        secrets=facts.secrets,
    )


def _run(
    work: Work,
    sop: Sop,
    case: Case,
    step: str,
    proof: Authentication,
    *,
    besides: int | None,
    secrets: int,
) -> list[Finding]:
    row = sop.steps.get(step)
    if row is None or not row.checks:
        return []
    seen: dict[str, str] = {}
    for document in case.documents:
        if document.facts.csr is not None:
            tickets = cases.tickets_with_key(work, document.facts.csr.spki_sha256, besides)
            if tickets:
                seen[document.facts.csr.spki_sha256] = tickets[0]
    evidence = Evidence(
        now=work.office.now(),
        documents=case.documents,
        needs=sop.needs,
        ticket=case.id,
        sender=case.address,
        authenticated=proof.passed,
        method=proof.method,
        domain=work.office.config.department.domain,
        spki_seen=seen,
        secrets=secrets,
    )
    return run(row.checks, evidence)


def _messages(session: Session, row: CaseRow) -> list[MessageFacts]:
    """The applicant's messages of this case, the oldest first."""
    query = (
        select(MessageRow.facts)
        .where(
            MessageRow.case_id == row.id,
            MessageRow.sender_key == row.address_key,
            col(MessageRow.facts).is_not(None),
        )
        .order_by(col(MessageRow.id))
    )
    return [MessageFacts.model_validate_json(facts) for facts in session.exec(query) if facts]
