"""A mail effect of a decision becomes letters: one for the applicant, or one for each officer or official it concerns."""

from dataclasses import replace
from datetime import datetime

from sqlmodel import Session, col, select

from mailflow.cases import address_key
from mailflow.config import Officer
from mailflow.letters.about import case_letter
from mailflow.letters.post import Post, post, thread_of
from mailflow.letters.standing import standing
from mailflow.office import Office
from mailflow.outbox.letter import Asked, Letter
from mailflow.store.tables import CaseRow, MessageRow, OutboxRow, TaskRow, TaskState
from mailflow.work import Work
from parsers.facts import MessageFacts
from rules.case import Case, Mail
from rules.sop import Sop

LIVE = (TaskState.OPEN, TaskState.TAKEN)


def case_letters(
    work: Work,
    sop: Sop,
    row: CaseRow,
    case: Case,
    mail: Mail,
    now: datetime,
    *,
    reaction: bool,
) -> None:
    """Write the letters of one effect."""
    if mail.audience == "applicant":
        _to_applicant(work, sop, row, case, mail, now, reaction=reaction)
        return
    language = work.office.config.department.language
    letter = _say(
        case_letter(work.office, sop, case, language=language, now=now, to_applicant=False), sop, mail
    )
    template = f"{'official' if mail.audience == 'official' else 'officer'}-{mail.kind}"
    for officer in _staff(work, row, mail.audience):
        key = address_key(work.office, officer.email)
        post(
            work,
            Post(
                scope=f"case:{row.id}",
                effect=mail.key,
                recipient=officer.email,
                template=template,
                letter=replace(
                    letter,
                    name=officer.name,
                    task=sop.steps[case.step].action if case.step in sop.steps else "",
                ),
                case_id=row.id,
                references=thread_of(work.session, row.id or 0, key),
            ),
            now,
        )


def _to_applicant(
    work: Work,
    sop: Sop,
    row: CaseRow,
    case: Case,
    mail: Mail,
    now: datetime,
    *,
    reaction: bool,
) -> None:
    template, _, letter = worded(work.office, sop, case, mail, now)
    answered = last_message(work.session, row, case.address, work.office)
    key = address_key(work.office, case.address)
    thread = thread_of(work.session, row.id or 0, key)
    post(
        work,
        Post(
            scope=f"case:{row.id}",
            effect=mail.key,
            recipient=case.address,
            template=template,
            letter=letter,
            case_id=row.id,
            in_reply_to=answered,
            references=(first_message(work.session, row, case.address, work.office), *thread),
            reaction=reaction,
        ),
        now,
    )


def worded(office: Office, sop: Sop, case: Case, mail: Mail, now: datetime) -> tuple[str, str, Letter]:
    """Return template, recipient and content of a letter to the applicant."""
    letter = _say(
        case_letter(office, sop, case, language=case.language, now=now, to_applicant=True), sop, mail
    )
    if mail.kind == "status":
        letter = replace(
            letter, said={**letter.said, "status": (standing(office, sop, case, case.language),)}
        )
    tell = mail.said.get("tell", ())
    return f"applicant-{tell[0] if mail.kind == 'closed' and tell else mail.kind}", case.address, letter


def _say(letter: Letter, sop: Sop, mail: Mail) -> Letter:
    """Turn ids of needs and rows into their sentences, and hand the rest over as it is."""
    said = dict(mail.said)
    have = tuple(
        sop.needs[need].label.in_(letter.language) for need in said.pop("have", ()) if need in sop.needs
    )
    missing = tuple(
        next(
            (each for each in letter.missing if each.what == sop.needs[need].label.in_(letter.language)), None
        )
        or Asked(
            what=sop.needs[need].label.in_(letter.language), how=sop.needs[need].how.in_(letter.language)
        )
        for need in said.pop("missing", ())
        if need in sop.needs
    )
    steps = tuple(
        instruct.in_(letter.language)
        for step in said.pop("steps", ())
        if step in sop.steps and (instruct := sop.steps[step].instruct) is not None
    )
    closes = said.pop("closes", ())
    if "text" in said:
        said["answer"] = said.pop("text")
    return replace(
        letter,
        have=have or letter.have,
        missing=missing or letter.missing,
        steps=steps,
        said=said,
        closes=datetime.fromisoformat(closes[0]) if closes else letter.closes,
    )


def _staff(work: Work, row: CaseRow, audience: str) -> tuple[Officer, ...]:
    if audience == "official":
        return work.office.staff("official", row.sop)
    if audience.startswith("officer:"):
        one = work.office.config.officer_by_address(audience.partition(":")[2])
        return (one,) if one else ()
    query = select(TaskRow).where(TaskRow.case_id == row.id).order_by(col(TaskRow.id).desc())
    tasks = work.session.exec(query).all()
    chosen = next((each for each in tasks if each.state in LIVE), tasks[0] if tasks else None)
    known = [work.office.config.officer_by_address(email) for email in chosen.officers] if chosen else []
    return tuple(each for each in known if each) or work.office.staff("officer", row.sop)[:1]


def _messages_of(session: Session, row: CaseRow, address: str, office: Office) -> list[str]:
    query = (
        select(MessageRow.facts)
        .where(
            MessageRow.case_id == row.id,
            MessageRow.sender_key == address_key(office, address),
            col(MessageRow.facts).is_not(None),
        )
        .order_by(col(MessageRow.id))
    )
    return [MessageFacts.model_validate_json(facts).message_id for facts in session.exec(query) if facts]


def last_message(session: Session, row: CaseRow, address: str, office: Office) -> str:
    """Return the Message-ID of the applicant's latest message of this case, "" when there is none."""
    return next((each for each in reversed(_messages_of(session, row, address, office)) if each), "")


def first_message(session: Session, row: CaseRow, address: str, office: Office) -> str:
    """Return the Message-ID of the message that opened the case."""
    return next((each for each in _messages_of(session, row, address, office) if each), "")


def latest_letter(session: Session, case_id: int, recipient_key: str) -> OutboxRow | None:
    """Return the latest letter of a case to one recipient."""
    query = (
        select(OutboxRow)
        .where(OutboxRow.case_id == case_id, OutboxRow.recipient_key == recipient_key)
        .order_by(col(OutboxRow.id).desc())
        .limit(1)
    )
    return session.exec(query).first()
