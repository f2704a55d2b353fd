"""What would happen to a message, without anything happening: `mailflow try`, and the heart of `observe` mode."""

import json
from collections.abc import Sequence
from typing import Any

from mailflow import applicants, officers
from mailflow.dossier import Dossier
from mailflow.errors import WorkerError
from mailflow.evidence import judge
from mailflow.letters.case import worded
from mailflow.letters.task import task_words
from mailflow.office import Office
from mailflow.store.tables import CaseRow, MessageRow, MessageState, TaskRow, TaskState
from mailflow.trust.authentication import authenticate
from mailflow.work import Work, reading
from parsers.facts import DocumentFacts, MessageFacts, Origin
from parsers.reading import Unreadable
from rules.case import CaseDocument, Decision, Finding, Mail, Opened, Task
from rules.decide import open_case
from rules.match import match
from rules.sop import Sop


def file(office: Office, name: str, data: bytes) -> dict[str, Any]:
    """Explain a message or a bare document."""
    try:
        found = (
            office.reader.read(data) if looks_like_mail(data) else office.reader.read_document(data, name)
        ).facts
    except (Unreadable, WorkerError) as fault:
        found = MessageFacts(origin=Origin(kind="person", reason="not read"), problems=(str(fault),))
    with reading(office) as work:
        return explained(work, found)


def looks_like_mail(data: bytes) -> bool:
    """Tell a message from a bare document: a message begins with header fields (RFC 5322 §2.2), among them From or Received."""
    head = data.lstrip()[:8192].replace(b"\r\n", b"\n").partition(b"\n\n")[0].lower()
    first = head.partition(b"\n")[0]
    if first.startswith(b"from ") or (b":" in first and b" " not in first.partition(b":")[0]):
        return any(
            b"\n" + field + b":" in b"\n" + head
            for field in (b"from", b"received", b"subject", b"to", b"date")
        )
    return False


def explained(work: Work, facts: MessageFacts) -> dict[str, Any]:
    """Return what the contract of `try` names (design §6)."""
    office = work.office
    proof = authenticate(facts, office.config)
    data: dict[str, Any] = {
        "origin": facts.origin.model_dump(),
        "sender": {
            "address": facts.sender.address if facts.sender else None,
            "authenticated": proof.passed,
            "method": proof.method,
            "defect": facts.from_defect,
        },
        "case": None,
        "sop": None,
        "match": {"score": 0.0, "reasons": []},
        "documents": [_document(each) for each in facts.documents],
        "checks": [],
        "effects": [],
        "problems": list(facts.problems),
    }
    if facts.origin.kind != "person":
        data["match"]["reasons"] = [f"{facts.origin.kind}: never answered ({facts.origin.reason})"]
        return data
    if (row := _case_of(work, facts)) is not None:
        data["case"], data["sop"] = row.ticket, row.sop
        data["match"]["reasons"] = [f"answers {row.ticket}"]
        return data
    found = match(facts, office.rules.sops)
    data["match"] = {"score": found.score, "reasons": list(found.reasons)}
    data["sop"] = found.sop
    if found.sop is not None and facts.sender is not None:
        _open(work, office.rules.sops[found.sop], facts, data)
    elif found.sop is not None:
        data["problems"].append(facts.from_defect or "a bare document has no sender: nothing would be sent")
        _judge_only(work, office.rules.sops[found.sop], facts, data)
    return data


def _case_of(work: Work, facts: MessageFacts) -> CaseRow | None:
    if (found := officers.find_task(work, facts)) is not None:
        return work.session.get(CaseRow, found.task.case_id)
    now = work.office.now()
    unsaved = MessageRow(
        mailbox="",
        uidvalidity=0,
        uid=0,
        size=0,
        received_at=now,
        recorded_at=now,
        state=MessageState.RECEIVED,
    )
    return applicants.case_of(work, unsaved, facts)


def _open(work: Work, sop: Sop, facts: MessageFacts, data: dict[str, Any]) -> None:
    decision = _opening(work.office, sop, facts, facts.sender.address if facts.sender else "")
    dossier = Dossier(work.office, sop, decision.case)
    task = next((each for each in decision.effects if isinstance(each, Task)), None)
    findings = judge(work, dossier, task.step if task else _first_task(sop), facts)
    data["checks"] = [_finding(each, work.office.config.department.language) for each in findings]
    for effect in decision.effects:
        if isinstance(effect, Mail):
            template, recipient, letter = worded(dossier, effect)
            rendered = work.office.renderer.render(template, letter)
            data["effects"].append(_mail(template, recipient, rendered.subject, rendered.text))
        elif isinstance(effect, Task):
            data["effects"].append(_task(dossier, effect, findings))


def _judge_only(work: Work, sop: Sop, facts: MessageFacts, data: dict[str, Any]) -> None:
    dossier = Dossier(work.office, sop, _opening(work.office, sop, facts, "").case)
    findings = judge(work, dossier, _first_task(sop), facts)
    data["checks"] = [_finding(each, work.office.config.department.language) for each in findings]


def _opening(office: Office, sop: Sop, facts: MessageFacts, address: str) -> Decision:
    now = office.now()
    documents = tuple(
        CaseDocument(need=None, facts=each, message=0, received=now)
        for each in facts.documents
        if each.digest
    )
    return open_case(
        sop,
        ticket=f"{office.config.department.ticket_prefix}-00-0000-0",
        address=address,
        applicant=applicants.name_in(facts),
        holder=applicants.name_in(facts),
        language=facts.language or office.config.department.language,
        event=Opened(documents=documents, text=facts.new_text),
        now=now,
        received=now,
        calendar=office.calendar,
    )


def _first_task(sop: Sop) -> str:
    """The row at which the checks of this SOP are shown to an officer."""
    return next((step.id for step in sop.steps.values() if step.checks), "")


def _task(dossier: Dossier, effect: Task, findings: Sequence[Finding]) -> dict[str, Any]:
    remedies = json.dumps([each.remedy.model_dump() for each in findings if each.remedy], ensure_ascii=False)
    shown = TaskRow(
        case_id=0,
        key=effect.key,
        step=effect.step,
        performer=effect.performer,
        outcomes=list(effect.outcomes),
        officers=[],
        evidence="",
        state=TaskState.OPEN,
        opened_at=dossier.now,
        due_at=effect.due,
        note=effect.note,
        remedies=remedies,
    )
    words = task_words(dossier, shown, findings, token="a.0." + "x" * 32)
    rendered = dossier.office.renderer.render("officer-task", words)
    staff = ", ".join(each.email for each in dossier.office.staff(effect.performer, dossier.sop.id))
    return {
        **_mail("officer-task", staff, rendered.subject, rendered.text),
        "type": "task",
        "step": effect.step,
        "due": effect.due,
    }


def _mail(template: str, to: str, subject: str, body: str) -> dict[str, Any]:
    return {"type": "mail", "to": to, "template": template, "subject": subject, "body": body}


def _finding(finding: Finding, language: str) -> dict[str, Any]:
    return {
        "id": finding.check,
        "verdict": finding.verdict,
        "message": finding.message.in_(language),
        "authority": finding.authority,
    }


def _document(document: DocumentFacts) -> dict[str, Any]:
    keep = ("value", "raw", "confidence", "certain", "page", "box", "method", "note")
    csr = document.csr
    return {
        "name": document.name,
        "media_type": document.media_type,
        "kind": document.kind,
        "score": document.score,
        "pages": document.pages,
        "method": document.method,
        "outcome": document.outcome,
        "evidence": list(document.evidence),
        "fields": {
            name: {key: value for key, value in field.model_dump().items() if key in keep}
            for name, field in document.fields.items()
        },
        "signatures": [each.model_dump() for each in document.signatures],
        "problems": list(document.problems),
        "csr": csr.model_dump(exclude={"pem"}) if csr else None,
    }


def in_words(data: dict[str, Any]) -> list[str]:
    """Return the explanation for a person."""
    sender = data["sender"]
    lines = [
        f"origin: {data['origin']['kind']} ({data['origin']['reason']})",
        f"sender: {sender['address'] or 'none: ' + (sender['defect'] or 'a bare document')}"
        + f", authenticated: {sender['authenticated']} {sender['method']}".rstrip(),
        f"SOP: {data['sop'] or 'none'}, score {data['match']['score']:g}"
        + (f", case {data['case']}" if data["case"] else ""),
        *(f"  because: {reason}" for reason in data["match"]["reasons"]),
    ]
    for document in data["documents"]:
        lines.append(
            f"document: {document['name']}: {document['kind']} (score {document['score']:g}, {document['method']}, {document['pages']} pages)"
        )
        for name, field in document["fields"].items():
            box = field["box"]
            place = f"page {field['page']}" + (f" at {box['x0']:.0f},{box['y0']:.0f}" if box else "")
            lines.append(
                f"  {name}: {field['value']}  [{place}; {field['method']}; certain: {field['certain']}]"
                + (f" {field['note']}" if field["note"] else "")
            )
        lines += [f"  problem: {problem}" for problem in document["problems"]]
    lines += [
        f"check {each['verdict']:<7} {each['id']}: {each['message']} ({each['authority']})"
        for each in data["checks"]
    ]
    for effect in data["effects"]:
        lines += ["", f"--- {effect['type']} to {effect['to']}: {effect['subject']}", effect["body"]]
    lines += [f"problem: {problem}" for problem in data["problems"]]
    return lines
