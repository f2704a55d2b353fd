"""What a message is and what would become of it, without anything happening: `mailflow try`, and the heart of `observe` mode."""

import re
from datetime import datetime
from typing import Any

from mailflow import cases, openings, proofs
from mailflow.dossier import Dossier
from mailflow.errors import WorkerError
from mailflow.evidence import judge
from mailflow.office import Office
from mailflow.received import as_received
from mailflow.rehearsal import Rehearsed, checked_row, rehearse
from mailflow.store import blobs
from mailflow.trust import own_verification
from mailflow.trust.authentication import authenticate
from mailflow.work import Work, writing
from parsers.facts import DocumentFacts, MessageFacts, Origin
from parsers.reading import Reading, Unreadable
from rules.beginning import Beginning
from rules.case import CaseDocument, Finding, State
from rules.decide import open_case
from rules.events import Opened
from rules.hearing import meaning
from rules.hearing.intent import Intent
from rules.match import match
from rules.sop import Sop

_FIELD = re.compile(
    rb"(?i)^(from|received|return-path|delivered-to|subject|to|date|message-id|mime-version):", re.MULTILINE
)
BELOW = "nothing stands above the quotation; what was found below it or between its lines is read instead, and is no officer's word"
_CHANGE = {"what", "before", "after"}
_SHOWN = {"value", "raw", "confidence", "certain", "page", "box", "method", "note"}


def file(office: Office, name: str, data: bytes) -> dict[str, Any]:
    """Explain a message or a bare document."""
    mail = looks_like_mail(data)
    try:
        found = (
            own_verification.verified(office, office.reader.read(data), data, office.now())
            if mail
            else office.reader.read_document(data, name)
        )
    except (Unreadable, WorkerError) as fault:
        unread = MessageFacts(origin=Origin(kind="person", reason="not read"), problems=(str(fault),))
        return _answer(office, unread)
    with writing(office) as work:
        try:
            return document(work, found.facts) if not mail else _message(work, found)
        finally:
            work.session.rollback()


def looks_like_mail(data: bytes) -> bool:
    """Tell a message from a bare document: it begins with header fields (RFC 5322 §2.2), one of them a usual one."""
    head = re.split(rb"\r?\n\r?\n", data.lstrip()[:65536], maxsplit=1)[0]
    first = head.partition(b"\n")[0]
    begins = first.startswith(b"From ") or re.match(rb"[!-9;-~]+:", first) is not None
    return begins and _FIELD.search(head) is not None


def _message(work: Work, found: Reading) -> dict[str, Any]:
    now = work.office.now()
    for part in found.parts.values():
        blobs.put(
            work.session, work.office.keyring, part, now
        )  # taken back with the rest: letters attach them
    return explained(work, as_received(work, found.facts), now)


def explained(work: Work, facts: MessageFacts, received: datetime) -> dict[str, Any]:
    """Return what the contract of `try` names (design §6) for a message whose documents are stored."""
    data = _answer(work.office, facts)
    proof = proofs.of_mail(work, facts, facts.sender.address if facts.sender else "")
    for each in data["documents"]:
        each["proof"] = proof.model_dump()
    came = rehearse(work, facts, received)
    language = work.office.config.department.language
    data["checks"] = [_finding(each, language) for each in came.findings]
    data["effects"] = list(came.effects)
    data["sop"] = came.sop
    data["intent"] = _intent(work, facts, came).model_dump()
    if came.known:
        data["case"] = came.ticket
        data["match"]["reasons"] = [f"belongs to {came.ticket}", came.reason]
    elif facts.origin.kind != "person":
        data["match"]["reasons"] = [came.reason]
    else:
        found = match(facts, work.office.rules.sops)
        reasons = [*found.reasons, *([] if came.reason in "; ".join(found.reasons) else [came.reason])]
        data["match"] = {"score": found.score, "reasons": reasons}
        data["sop"] = found.sop
    return data


def _intent(work: Work, facts: MessageFacts, came: Rehearsed) -> Intent:
    """What the message means: in its request's row, or as a mail of its own."""
    sops = work.office.rules.sops
    row = cases.by_ticket(work.session, came.ticket) if came.known and came.ticket else None
    if row is None:
        return meaning.of_first_mail(facts, sops)
    sop = cases.sop_of(work, row.sop_digest, row.sop)
    step = None if row.state == State.CLOSED else sop.steps.get(row.step)
    return meaning.of_answer(facts, sops, dict(step.words) if step and step.asks else {}, step)


def document(work: Work, facts: MessageFacts) -> dict[str, Any]:
    """Return the same for a bare document: matched and checked, but nobody sent it."""
    office = work.office
    data, found = _answer(office, facts), match(facts, office.rules.sops)
    data["match"] = {"score": found.score, "reasons": list(found.reasons)}
    data["sop"] = found.sop
    data["intent"] = meaning.of_first_mail(facts, office.rules.sops).model_dump()
    data["problems"].append("a bare document has no sender: nothing would be sent")
    if found.sop is not None:
        dossier = _opening(office, office.rules.sops[found.sop], facts)
        findings = judge(work, dossier, checked_row(dossier.sop, dossier.case.step), facts)
        data["checks"] = [_finding(each, office.config.department.language) for each in findings]
    return data


def _answer(office: Office, facts: MessageFacts) -> dict[str, Any]:
    proof = authenticate(facts, office.config)
    return {
        "origin": facts.origin.model_dump(),
        "sender": {
            "address": facts.sender.address if facts.sender else None,
            "authenticated": proof.passed,
            "method": proof.method,
            "defect": facts.from_defect or facts.from_doubt,
        },
        "case": None,
        "sop": None,
        "match": {"score": 0.0, "reasons": []},
        "intent": Intent(name="unclear", degree="unclear").model_dump(),
        "documents": [
            *(_document(each) for each in facts.documents),
            *({**_document(each), "added": True} for each in facts.additions),
        ],
        "checks": [],
        "effects": [],
        "passed_over": list(facts.passed_over),
        "problems": [*facts.problems, *([BELOW] if facts.below_text.strip() else [])],
    }


def _opening(office: Office, sop: Sop, facts: MessageFacts) -> Dossier:
    now, holder = office.now(), openings.name_in(facts)
    documents = tuple(
        CaseDocument(need=None, facts=each, message=0, received=now)
        for each in facts.documents
        if each.digest
    )
    beginning = Beginning(
        ticket=f"{office.config.department.ticket_prefix}-00-0000-0",
        address="",
        received=now,
        applicant=holder,
        holder=holder,
        language=facts.language or office.config.department.language,
    )
    opened = Opened(documents=documents, text=facts.new_text or facts.below_text)
    decision = open_case(sop, beginning, opened, now, office.calendar)
    return Dossier(office, sop, decision.case)


def _finding(finding: Finding, language: str) -> dict[str, Any]:
    return {
        "id": finding.check,
        "verdict": finding.verdict,
        "message": finding.message.in_(language),
        "authority": finding.authority,
    }


def _fields(found: DocumentFacts) -> dict[str, Any]:
    """Return the fields as read; changes and persons as the lists that they are, instead of in a line."""
    fields = {name: field.model_dump(include=_SHOWN) for name, field in found.fields.items()}
    if "changes" in fields:
        fields["changes"]["value"] = [each.model_dump(include=_CHANGE) for each in found.changes]
    if "persons" in fields:
        fields["persons"]["value"] = [each.model_dump() for each in found.persons]
    return fields


def _document(found: DocumentFacts) -> dict[str, Any]:
    return {
        "name": found.name,
        "media_type": found.media_type,
        "kind": found.kind,
        "score": found.score,
        "pages": found.pages,
        "method": found.method,
        "outcome": found.outcome,
        "evidence": list(found.evidence),
        "fields": _fields(found),
        "signatures": [each.model_dump() for each in found.signatures],
        "doubtful": found.doubtful,
        "added": False,
        "problems": list(found.problems),
        "proof": {"sender": None, "authenticated": None, "method": ""},
        "csr": found.csr.model_dump(exclude={"pem"}) if found.csr else None,
    }
