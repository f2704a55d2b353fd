"""A mail effect of a decision becomes letters: one for the applicant, or one for each officer or official it concerns."""

from dataclasses import replace
from datetime import datetime

from sqlmodel import col, select

from mailflow.cases import address_key
from mailflow.config import Officer
from mailflow.dossier import Dossier, Matter
from mailflow.letters.about import asked, case_letter
from mailflow.letters.post import Post, post, thread_of
from mailflow.letters.standing import standing
from mailflow.letters.task import reply_address, task_keywords
from mailflow.outbox.letter import Letter
from mailflow.store.tables import MessageRow, TaskRow, TaskState
from mailflow.trust.tokens import task_token
from parsers.facts import MessageFacts
from rules.case import Mail
from rules.sop import Sop

LIVE = (TaskState.OPEN, TaskState.TAKEN)


def case_letters(matter: Matter, mail: Mail, *, reaction: bool) -> None:
    """Write the letters of one effect; `reaction`: it answers a message of the applicant."""
    if mail.audience == "applicant":
        _to_applicant(matter, mail, reaction=reaction)
        return
    language = matter.office.config.department.language
    letter = _say(case_letter(matter, language, to_applicant=False), matter.sop, mail)
    row = matter.sop.steps.get(matter.case.step)
    task = _waiting_task(matter)
    for officer in _staff(matter, mail.audience):
        answerable = task is not None and officer.email in task.officers
        token = (
            task_token(matter.office.keyring, task.id or 0, officer.email, task.evidence)
            if task and answerable
            else ""
        )
        words = task_keywords(matter, task, token) if task and answerable else ()
        post(
            matter.work,
            Post(
                scope=matter.scope,
                effect=mail.key,
                recipient=officer.email,
                template=f"{'official' if mail.audience == 'official' else 'officer'}-{mail.kind}",
                letter=replace(
                    letter, name=officer.name, task=row.says(language) if row else "", words=words
                ),
                case_id=matter.row.id,
                task_id=task.id if task and answerable else None,
                reply_to=reply_address(matter.office, token) if token else "",
                references=thread_of(
                    matter.work.session, matter.number, address_key(matter.office, officer.email)
                ),
            ),
        )


def _waiting_task(matter: Matter) -> TaskRow | None:
    """The case's task that is before officers now, so that a letter about it can be answered like the task's own."""
    query = select(TaskRow).where(
        TaskRow.case_id == matter.row.id,
        TaskRow.key == (matter.case.task or ""),
        col(TaskRow.state).in_([each.value for each in LIVE]),
    )
    return matter.work.session.exec(query).first()


def _to_applicant(matter: Matter, mail: Mail, *, reaction: bool) -> None:
    template, recipient, letter = worded(matter, mail)
    received = _messages_of(matter)
    thread = thread_of(matter.work.session, matter.number, address_key(matter.office, recipient))
    post(
        matter.work,
        Post(
            scope=matter.scope,
            effect=mail.key,
            recipient=recipient,
            template=template,
            letter=letter,
            case_id=matter.row.id,
            in_reply_to=received[-1] if received else "",
            references=(*received[:1], *thread),
            reaction=reaction,
        ),
    )


def worded(dossier: Dossier, mail: Mail) -> tuple[str, str, Letter]:
    """Return template, recipient and content of a letter to the applicant."""
    case = dossier.case
    letter = _say(case_letter(dossier, case.language, to_applicant=True), dossier.sop, mail)
    if mail.kind == "status":
        letter = replace(letter, said={**letter.said, "status": (standing(dossier, case.language),)})
    tell = mail.said.get("tell", ())
    return f"applicant-{tell[0] if mail.kind == 'closed' and tell else mail.kind}", case.address, letter


def _say(letter: Letter, sop: Sop, mail: Mail) -> Letter:
    """Turn ids of needs and rows into their sentences, and hand the rest over as it is."""
    said, language = dict(mail.said), letter.language
    there, wanted = said.pop("have", ()), said.pop("missing", ())
    have = [need for need in sop.needs if need in there]
    missing = [need for need in sop.needs if need in wanted]
    steps = (sop.steps[step].instruct for step in said.pop("steps", ()) if step in sop.steps)
    closes = said.pop("closes", ())
    if "text" in said:
        said["answer"] = said.pop("text")
    return replace(
        letter,
        have=tuple(sop.needs[need].label.in_(language) for need in have) or letter.have,
        missing=tuple(asked(sop, need, language) for need in missing) or letter.missing,
        steps=tuple(step.in_(language) for step in steps if step is not None),
        said=said,
        closes=datetime.fromisoformat(closes[0]) if closes else letter.closes,
    )


def _staff(matter: Matter, audience: str) -> tuple[Officer, ...]:
    config = matter.office.config
    if audience == "official":
        return matter.office.staff("official", matter.row.sop)
    if audience.startswith("officer:"):
        one = config.officer_by_address(audience.partition(":")[2])
        return (one,) if one else ()
    return holders(matter)


def holders(matter: Matter) -> tuple[Officer, ...]:
    """Return who has the case's task now, else who had the last one."""
    config = matter.office.config
    query = select(TaskRow).where(TaskRow.case_id == matter.row.id).order_by(col(TaskRow.id).desc())
    tasks = matter.work.session.exec(query).all()
    chosen = next((each for each in tasks if each.state in LIVE), tasks[0] if tasks else None)
    known = [config.officer_by_address(email) for email in chosen.officers] if chosen else []
    return tuple(each for each in known if each) or matter.office.staff("officer", matter.row.sop)[:1]


def _messages_of(matter: Matter) -> list[str]:
    """The Message-IDs of the applicant's messages of this case, the oldest first."""
    query = (
        select(MessageRow.facts)
        .where(
            MessageRow.case_id == matter.row.id,
            MessageRow.sender_key == address_key(matter.office, matter.case.address),
            col(MessageRow.facts).is_not(None),
        )
        .order_by(col(MessageRow.id))
    )
    found = (
        MessageFacts.model_validate_json(facts).message_id
        for facts in matter.work.session.exec(query)
        if facts
    )
    return [each for each in found if each]
