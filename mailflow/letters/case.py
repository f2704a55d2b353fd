"""A mail effect of a decision becomes letters: one for the applicant, or one for each officer or official it concerns."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import datetime

from sqlmodel import col, select

from mailflow import outages, proofs
from mailflow.cases import address_key
from mailflow.config import Officer
from mailflow.dossier import Dossier, Matter
from mailflow.evidence import examine, messages
from mailflow.family import members
from mailflow.letters.about import asked, case_letter
from mailflow.letters.drafts import draft_names, prefilled
from mailflow.letters.overheard import is_about_others
from mailflow.letters.post import Post, post, thread_of
from mailflow.letters.quoted import written
from mailflow.letters.said import with_news, with_question
from mailflow.letters.standing import HELD, SECRET, standing, urgent_in_words
from mailflow.letters.task import QUOTE, attachments_of, reply_address, task_keywords, task_words
from mailflow.outbox.letter import Letter
from mailflow.store.tables import MessageRow, MessageState, TaskRow, TaskState
from mailflow.trust.tokens import task_token, without_tokens
from parsers.facts import MessageFacts
from rules.case import Case, State
from rules.effects import Mail
from rules.sop import Sop
from rules.turns.priority import REASON

HOLDER_ASKED = "applicant-holder-asked"
"""The letter that asks the holder whether a request made for them is theirs."""
HOLDER_TOLD = "applicant-holder-told"
"""The letter that tells the holder of a request made for them, which does not wait for their answer."""
HOLDER_NOTED = "applicant-holder-noted"
"""What the holder is told after answering it."""
LATE = "request-late"
"""The letter that tells the applicant that the promised time has passed."""
STEPS = frozenset({"request-approved", "step-next"})
"""Letters that ask the applicant for steps in AMS."""
STATUS = "request-status"
"""The letter that says where a request stands."""
PROMISED = "promise-noted"
"""The letter that shows the writer's words: so they see how they were understood."""
REMINDER = "request-reminder"
"""The letter that reminds the applicant of what is waited for."""
WISH = "task-cancellation-wished"
"""The letter about an applicant's wish to cancel: it shows the message, not only what stands after BATAL."""
LIVE = (TaskState.OPEN, TaskState.TAKEN)


def case_letters(matter: Matter, mail: Mail, *, reaction: bool, moved: bool) -> None:
    """Write the letters of one effect; `reaction`: it answers a message of the applicant; `moved`: the case is elsewhere now."""
    if mail.audience in {"applicant", "holder"}:
        _to_applicant(matter, mail, reaction=reaction, moved=moved)
        return
    language = matter.office.config.department.language
    task = _waiting_task(matter, mail)
    letter = _say(_of_task(matter, task, language), matter.sop, matter.case, mail)
    if mail.kind == WISH and (wrote := messages(matter)):
        letter.said["answer"] = (written(wrote[-1], language)[:QUOTE],)
    if mail.audience == "official":
        letter.said.update(outages.said(matter, mail.kind, language))
    files = attachments_of(matter, task) if task is not None and is_about_others(task.key) else ()
    letter = replace(letter, attachments=tuple(each.name for each in files))
    for officer in _staff(matter, mail.audience, task):
        answerable = task is not None and officer.email in task.officers
        token = task_token(matter.office.keyring, task, officer.email) if task and answerable else ""
        words = task_keywords(matter, task, token) if task and answerable else ()
        post(
            matter.work,
            Post(
                scope=matter.scope,
                effect=mail.key,
                recipient=officer.email,
                template=f"{'official' if mail.audience == 'official' else 'officer'}-{mail.kind}",
                letter=replace(letter, name=officer.name, words=words),
                case_id=matter.row.id,
                task_id=task.id if task and answerable else None,
                reply_to=reply_address(matter.office, token) if token else "",
                references=thread_of(
                    matter.work.session, matter.number, address_key(matter.office, officer.email)
                ),
                attachments=files,
            ),
        )


def _of_task(matter: Matter, task: TaskRow | None, language: str) -> Letter:
    """What a letter about a waiting task begins with: all that the task's own letter shows, and whose task it is."""
    if task is None:
        return case_letter(matter, language, to_applicant=False)
    known = (matter.office.config.officer_by_address(email) for email in task.officers)
    letter = task_words(matter, task, examine(matter, task.step), token="")
    return replace(letter, by=", ".join(each.name for each in known if each))


def _waiting_task(matter: Matter, mail: Mail) -> TaskRow | None:
    """The task before officers that a letter is about, so that the letter can be answered like the task's own."""
    query = select(TaskRow).where(
        TaskRow.case_id == matter.row.id,
        col(TaskRow.key).in_(mail.said.get("task") or (matter.case.task or "",)),
        col(TaskRow.state).in_([each.value for each in LIVE]),
    )
    return matter.work.session.exec(query).first()


def _to_applicant(matter: Matter, mail: Mail, *, reaction: bool, moved: bool) -> None:
    template, recipient, letter = worded(matter, mail)
    letters = messages(matter)
    drafts = _drafts(matter, mail, letters)
    letter = replace(letter, drafts=draft_names(matter, drafts))
    if mail.drafts and not drafts and mail.kind != STATUS:
        letter.said["drafts"] = ("later",)
    received = [each.message_id for each in letters if each.message_id]
    if letters and mail.kind == PROMISED:
        letter = replace(letter, quote=without_tokens(written(letters[-1], letter.language))[:QUOTE])
    if letters and letters[-1].secrets:
        letter = replace(letter, note=SECRET[0 if letter.language == "id" else 1])
    family = [each.id or 0 for each in members(matter.work, matter.row)]
    if mail.kind == REMINDER:
        held = HELD[0 if letter.language == "id" else 1] if _holds_a_mail(matter, family) else ""
        letter = replace(letter, note=held)
    thread = thread_of(matter.work.session, family, address_key(matter.office, recipient))
    post(
        matter.work,
        Post(
            scope=matter.scope,
            effect=mail.key,
            recipient=recipient,
            template=template,
            letter=letter,
            case_id=matter.row.id,
            in_reply_to=received[-1] if received and mail.audience == "applicant" else "",
            references=(*received[:1], *thread) if mail.audience == "applicant" else thread,
            attachments=prefilled(matter, drafts),
            reaction=reaction,
            owed=moved,
        ),
    )


def _drafts(matter: Matter, mail: Mail, letters: Sequence[MessageFacts]) -> tuple[str, ...]:
    """The drafts that go with a letter; a stranger gets none before the address is known to be read, then with an answer to STATUS."""
    if not mail.drafts or not proofs.is_known_to_read(matter, letters):
        return ()
    unsent = proofs.is_strangers(matter) and proofs.is_first_heard(matter)
    return mail.drafts if mail.kind != STATUS or unsent else ()


def _holds_a_mail(matter: Matter, family: list[int]) -> bool:
    """Whether a mail about the request or its children waits for the applicant's BENAR."""
    query = select(MessageRow.id).where(
        col(MessageRow.case_id).in_(family), MessageRow.state == MessageState.HELD
    )
    return matter.work.session.exec(query).first() is not None


def worded(dossier: Dossier, mail: Mail) -> tuple[str, str, Letter]:
    """Return template, recipient and content of a letter to the applicant."""
    case = dossier.case
    letter = _say(case_letter(dossier, case.language, to_applicant=True), dossier.sop, case, mail)
    letter = replace(letter, drafts=draft_names(dossier, mail.drafts))
    letter = replace(letter, said={**letter.said, **_known_here(dossier, mail, letter)})
    if mail.kind == STATUS:
        letter = _status(letter, dossier)
    if mail.kind == "question-answered" and case.state is State.CLOSED:
        letter = replace(letter, missing=(), steps=())  # nothing is waited for any more
    if case.urgent and case.state is not State.CLOSED:
        by_phone = f" {'Telepon' if letter.language == 'id' else 'Telephone'}: {letter.office.phone}."
        hurry = urgent_in_words(letter.language, official=dossier.office.has_official(dossier.sop.id))
        letter = replace(letter, note=hurry + (by_phone if letter.office.phone else ""))
    if mail.audience == "holder":
        said = {**letter.said, "submitter": (case.applicant or case.address,)}
        letter = replace(letter, name=case.holder, said=said, missing=(), steps=())
        return f"applicant-{mail.kind}", case.holder_address, letter
    return f"applicant-{mail.kind}", case.address, letter


def _known_here(dossier: Dossier, mail: Mail, letter: Letter) -> dict[str, tuple[str, ...]]:
    """What the rules cannot say: whether there is an official, and when the applicant is reminded of a step in AMS.

    In a child's row the child's SOP reminds. Who asks for something urgent is not given days.
    """
    case, sop, office = dossier.case, dossier.sop, dossier.office
    if mail.kind == LATE and office.has_official(sop.id):
        return {"official": ("yes",)}
    waits = case.state in {State.APPLICANT, State.CHILD} and not case.urgent
    if mail.kind not in STEPS or not letter.steps or not waits:
        return {}
    reminding = office.rules.sops.get(sop.steps[case.step].child or "", sop).waiting
    return {"remind": (office.calendar.add(dossier.now, reminding.remind[0]).isoformat(),)}


def _status(letter: Letter, dossier: Dossier) -> Letter:
    """Where a request stands, with what the applicant is to do, if it is the applicant's turn."""
    case, sop = dossier.case, dossier.sop
    said = {**letter.said, "status": (standing(dossier, case.language),)}
    if case.state is not State.APPLICANT:
        return replace(letter, said=said, have=(), missing=())
    said |= {"requests": case.asked, "reason": (case.asked_text,) if case.asked_text else ()}
    return replace(letter, said=said, steps=_steps(sop, case, sop.steps_ahead(case.step), case.language))


def _steps(sop: Sop, case: Case, names: Iterable[str], language: str) -> tuple[str, ...]:
    """Return what to do in AMS; where the case has a reason that AMS lists, the reason to choose there."""
    rows = (sop.steps[name].instruct for name in names if name in sop.steps)
    reason = sop.reasons.get(case.facts.get(REASON, ""))
    chosen = (
        f" {'Alasan' if language == 'id' else 'Reason'}: \N{LEFT DOUBLE QUOTATION MARK}{case.facts[REASON]}\N{RIGHT DOUBLE QUOTATION MARK}."
        if reason
        else ""
    )
    return tuple(f"{row.in_(language)}{chosen}" for row in rows if row is not None)


def _say(letter: Letter, sop: Sop, case: Case, mail: Mail) -> Letter:
    """Turn ids of needs and rows into their sentences, and hand the rest over as it is."""
    said, language = {**letter.said, **mail.said}, letter.language
    letter = with_question(letter, sop, said.pop("question", ()), said)
    letter = with_news(letter, case, said.pop("news", ()), said)
    if mail.kind == "question-noted" or (
        mail.kind == "request-incomplete" and not said.get("have") and not said.get("onward")
    ):
        letter = replace(letter, help=getattr(sop.help, language), help_asof=sop.help.asof)
    there, wanted = said.pop("have", ()), said.pop("missing", ())
    have = [need for need in sop.needs if need in there]
    missing = [need for need in sop.needs if need in wanted]
    steps = _steps(sop, case, said.pop("steps", ()), language)
    closes = said.pop("closes", ())
    if "text" in said:
        said["answer"] = said.pop("text")
    return replace(
        letter,
        have=tuple(sop.needs[need].label.in_(language) for need in have) or letter.have,
        missing=tuple(asked(sop, need, language) for need in missing) or letter.missing,
        steps=steps,
        said=said,
        closes=datetime.fromisoformat(closes[0]) if closes else letter.closes,
    )


def _staff(matter: Matter, audience: str, task: TaskRow | None) -> tuple[Officer, ...]:
    """Return whom a letter is for: those a waiting task is put before, where it is about one."""
    config = matter.office.config
    if audience == "official":
        return matter.office.staff("official", matter.row.sop)
    if audience.startswith("officer:"):
        one = config.officer_by_address(audience.partition(":")[2])
        return (one,) if one else ()
    theirs = [config.officer_by_address(email) for email in task.officers] if task else []
    return tuple(each for each in theirs if each) or holders(matter)


def holders(matter: Matter) -> tuple[Officer, ...]:
    """Return who has the case's task now, else who had the last one."""
    config = matter.office.config
    query = select(TaskRow).where(TaskRow.case_id == matter.row.id).order_by(col(TaskRow.id).desc())
    tasks = matter.work.session.exec(query).all()
    chosen = next((each for each in tasks if each.state in LIVE), tasks[0] if tasks else None)
    known = [config.officer_by_address(email) for email in chosen.officers] if chosen else []
    return tuple(each for each in known if each) or matter.office.staff("officer", matter.row.sop)[:1]
