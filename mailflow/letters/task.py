"""The officer's letter about a task: first what needs a person's eye, then what agrees, then what to compare in AMS."""

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from urllib.parse import quote

from mailflow.cases import address_key
from mailflow.certificates.registry import in_force
from mailflow.config import Officer
from mailflow.dossier import Dossier, Matter
from mailflow.evidence import messages
from mailflow.letters import overheard
from mailflow.letters.about import case_letter, current, submitter
from mailflow.letters.keywords import besides_for, words_aside, words_for
from mailflow.letters.post import Post, blob_attachment, post, thread_of
from mailflow.letters.quoted import found_below, readable, written
from mailflow.letters.returned import came_back
from mailflow.letters.standing import note_in_words, topic_in_words
from mailflow.office import Office
from mailflow.outbox.compose import Attachment
from mailflow.outbox.dates import plain_day
from mailflow.outbox.letter import Letter, Word
from mailflow.store import blobs
from mailflow.store.sealed import Keyring
from mailflow.store.tables import Blob, OutboxRow, TaskRow
from mailflow.trust.tokens import subaddress, task_token
from parsers.facts import DocumentFacts
from parsers.identity import format_nip
from rules.case import Case, Finding, Person, Remedy, Text
from rules.checks.choices import Choice, agreed, offered
from rules.decide import choices
from rules.sop import Step
from rules.turns.family import LEFT_OUT

_CERTIFICATES = 3
"""At most so many certificates on file are shown beside a task."""
_ADDED = 6
"""At most so many things that mail programs added are named, the latest."""
_NO_QUESTION = frozenset({"bounced", "done-after-all"})
"""Notes of tasks beside that are about no message of the applicant."""
_BY_HOLDER = frozenset({"denied", "holder-wrote", "holder-objects"})
"""Notes of tasks that are about a message of the holder, for whom somebody else wrote."""
QUOTE = 600
"""Characters of the applicant's words that a letter shows, the latest."""
ATTACHMENTS_BYTES = 15 * 1024 * 1024
"""Together; more than that many servers refuse, so the rest is named and kept."""


@dataclass(frozen=True)
class Further:
    """A further letter about a task: its effect key, and why this officer gets it (`standing.NOTES`)."""

    effect: str
    why: str = ""


def task_letter(
    matter: Matter,
    task: TaskRow,
    officer: Officer,
    findings: Sequence[Finding],
    further: Further | None = None,
) -> OutboxRow:
    """Write one officer's letter about one task, with a token of its own; `further` names another letter about the same task."""
    token = task_token(matter.office.keyring, task, officer.email)
    attachments = attachments_of(matter, task)
    names = tuple(each.name for each in attachments)
    words = task_words(matter, task, findings, token=token)
    why = note_in_words(further.why, words.language) if further else ""
    return post(
        matter.work,
        Post(
            scope=matter.scope,
            effect=further.effect if further else task.key,
            recipient=officer.email,
            template="officer-task-assigned",
            letter=replace(
                words,
                name=officer.name,
                attachments=names,
                note=" ".join(filter(None, (why, words.note))),
            ),
            case_id=matter.row.id,
            task_id=task.id,
            reply_to=reply_address(matter.office, token),
            references=thread_of(
                matter.work.session, matter.number, address_key(matter.office, officer.email)
            ),
            attachments=attachments,
        ),
    )


@dataclass(frozen=True)
class Notice:
    """A letter about a task beside its own: the template, its effect key, whom it names (`by`), what it is unique within if not the case.

    `undo_minutes`: for how long a word can still be taken back, where it is about one that was given; None where it asks for one.
    """

    template: str
    effect: str
    by: str
    scope: str = ""
    said: dict[str, tuple[str, ...]] = field(default_factory=dict)
    undo_minutes: int | None = None


def task_notice(matter: Matter, task: TaskRow, officer: Officer, notice: Notice) -> None:
    """Tell an officer or the official about a task; with a token of their own, so that the letter can be answered like the task's."""
    token = task_token(matter.office.keyring, task, officer.email)
    letter = task_words(matter, task, (), token=token)
    if notice.undo_minutes is not None:
        letter = replace(letter, undo_minutes=notice.undo_minutes)
    post(
        matter.work,
        Post(
            scope=notice.scope or matter.scope,
            effect=notice.effect,
            recipient=officer.email,
            template=notice.template,
            letter=replace(letter, name=officer.name, by=notice.by, said={**letter.said, **notice.said}),
            case_id=matter.row.id,
            task_id=task.id,
            reply_to=reply_address(matter.office, token),
            references=thread_of(
                matter.work.session, matter.number, address_key(matter.office, officer.email)
            ),
        ),
    )


def task_words(matter: Matter, task: TaskRow, findings: Sequence[Finding], *, token: str) -> Letter:
    """Return what an officer is told about a task."""
    department = matter.office.config.department
    language = department.language
    step = matter.sop.steps.get(task.step)
    own = is_own(matter, task)
    alone = task.note == "escalated" and not matter.office.has_official(matter.sop.id)
    seen = findings if own else ()
    return replace(
        case_letter(matter, language, to_applicant=False),
        due=task.due_at.astimezone(department.zone) if task.due_at else None,
        task=_asked(step, language) if own else "",
        topic="" if own else topic_in_words(task.note, language),
        row=str(step.no) if own and step and step.no else "",
        note=note_in_words(f"{task.note}:alone" if alone else task.note, language),
        urgent=bool(matter.case.urgent),
        parent=origin_of(matter.case),
        persons=persons_of(matter.case.persons),
        sort=class_of(matter, language),
        look_at=tuple(_together(each, language) for each in offered(seen)),
        agrees=agreed(seen, language),
        compare=(*_compare(matter, language), *_on_file(matter, step, language)) if own else (),
        words=task_keywords(matter, task, token),
        undo_minutes=matter.office.config.tasks.undo_minutes,
        said={**_also(matter, task, own=own), "added": _added(matter)},
        quote=_told(matter, language) if own else _said(matter, task, language),
    )


def origin_of(case: Case) -> str:
    """Return the number of the request that a complaint is about, or that this one was split from; "" for one of its own."""
    return case.parent or "" if case.relation in {"linked", "sibling"} else ""


def class_of(dossier: Dossier, language: str) -> str:
    """Return the class an officer sorted the request into, "" for none."""
    kind = dossier.sop.classes.get(dossier.case.sort)
    return kind.label.in_(language) if kind else ""


def persons_of(persons: Sequence[Person]) -> tuple[tuple[str, ...], ...]:
    """Return those a collective letter names, as officers see them: number, name, NIP in full, note."""
    return tuple(
        (str(each.number), each.name, format_nip(each.nip) if each.nip else "", each.note) for each in persons
    )


def is_own(dossier: Dossier, task: TaskRow) -> bool:
    """Tell whether a task is the case's own, not one beside it (help, a letter that came back)."""
    return task.key == dossier.case.task


def _together(choice: Choice, language: str) -> str:
    return " ".join(each.message.in_(language) for each in choice.findings)


def _said(matter: Matter, task: TaskRow, language: str) -> str:
    """What a task beside is about: the last message of the applicant, the holder or somebody else, nothing where it is about none."""
    if overheard.is_about_others(task.key):
        return overheard.words(matter, language)[:QUOTE]
    if task.note in _BY_HOLDER:
        letters = messages(matter, address_key(matter.office, matter.case.holder_address))
    else:
        letters = messages(matter) if task.note not in _NO_QUESTION else []
    return written(letters[-1], language)[:QUOTE] if letters else ""


def _also(matter: Matter, task: TaskRow, *, own: bool) -> dict[str, tuple[str, ...]]:
    """What was answered before, where it comes back; why persons were left out; which letter came back; whether the holder's message is shown."""
    if own:
        why = matter.case.facts.get(LEFT_OUT, "")
        known = {"answer": matter.case.solution, "left_out": why, "submitter": submitter(matter.case)}
        return {name: (sentence,) for name, sentence in known.items() if sentence}
    if overheard.is_about_others(task.key):
        return overheard.said(matter, matter.office.config.department.language)
    if task.note == "bounced":
        return {"returned": came_back(matter)}
    return {"holder": (matter.case.holder_address,)} if task.note in _BY_HOLDER else {}


def _added(matter: Matter) -> tuple[str, ...]:
    """The names of what mail programs put into the applicant's messages: the officer sees that there was something else."""
    names = dict.fromkeys(each.name for letter in messages(matter) for each in letter.additions)
    return tuple(names)[-_ADDED:]


def _told(matter: Matter, language: str) -> str:
    """What the applicant wrote, as a letter shows it; where the last of it was found below a quotation, it says so."""
    told = _latest(readable(matter.case.text, language))
    wrote = messages(matter)[-1:] if told else []
    return found_below(told, wrote[0], language) if wrote else told


def _latest(text: str) -> str:
    """The end of all that the applicant wrote, from the beginning of a line on."""
    if len(text) <= QUOTE:
        return text
    return text[-QUOTE:].partition("\n")[2] or text[-QUOTE:]


def remedies_kept(task: TaskRow) -> list[Remedy]:
    """Return the numbered remedies this task's letter offered."""
    return [Remedy.model_validate(each) for each in json.loads(task.remedies or "[]")]


def remedies_of(task: TaskRow, numbers: Sequence[int]) -> tuple[Text, ...] | None:
    """Return the sentences of the given numbers; None when one of them was not offered."""
    kept = remedies_kept(task)
    if any(not 1 <= number <= len(kept) for number in numbers):
        return None
    return tuple(kept[number - 1].request for number in numbers)


def _asked(step: Step | None, language: str) -> str:
    """What the officer is asked: the row's own sentence, or, for a row done by the applicant in AMS, to look there."""
    if step is None:
        return ""
    look = step.look_in_ams.in_(language) if step.look_in_ams is not None else ""
    there = f"Mohon dilihat di AMS {look}" if language == "id" else f"Please look in AMS {look}"
    if look and step.kind == "ams":
        return there
    if look:
        return f"{step.says(language)}. {there}"
    return step.says(language)


def _compare(dossier: Dossier, language: str) -> tuple[tuple[str, str], ...]:
    """The request that counts, the newest, as AMS shows it."""
    requests = [each.facts.csr for each in dossier.case.documents if each.facts.csr is not None]
    wanted = any("csr" in need.document for need in dossier.sop.needs.values())
    if not requests or not wanted:  # a child does not judge its parent's request
        return ()
    key = requests[-1]
    return (
        ("Subject DN (CSR)", key.subject_dn),
        ("Kunci" if language == "id" else "Key", f"{key.key_type} {key.key_bits or key.curve}"),
    )


def _on_file(matter: Matter, step: Step | None, language: str) -> tuple[tuple[str, str], ...]:
    """The certificates that are in force as far as we know, where a row is compared in AMS and they are few enough to be compared."""
    known = in_force(matter) if step is not None and step.look_in_ams is not None else []
    if len(known) > _CERTIFICATES:
        return ()
    label, until = (
        ("Sertifikat tercatat", "berlaku s.d.")
        if language == "id"
        else ("Certificate on file", "valid until")
    )
    zone = matter.office.config.department.timezone
    return tuple(
        (label, f"{each.serial}, {each.name}, {until} {plain_day(each.not_after, language, zone)}")
        for each in known
    )


def task_keywords(dossier: Dossier, task: TaskRow, token: str) -> tuple[Word, ...]:
    """Return the words a task takes now, each with its one-word button."""
    language = dossier.office.config.department.language
    if is_own(dossier, task):
        outcomes = choices(dossier.sop, dossier.case, dossier.now, dossier.office.calendar)
        known = [each for each in outcomes if each != "take" or len(task.officers) > 1]
        remedies = [each.choice.in_(language) for each in remedies_kept(task)]
        pairs = words_for(dossier.sop, task.step, known, language, remedies)
        if len(dossier.case.persons) > 1 and "approve" in known:
            pairs.insert(1, besides_for(language, dossier.case.persons[-1].number))
    else:
        nobody = task.note in _NO_QUESTION or overheard.is_about_others(task.key)
        whom = "holder" if task.note in _BY_HOLDER else "" if nobody else "applicant"
        pairs = words_aside(task.outcomes, language, answers=whom)
    return tuple(
        Word(word=word, meaning=meaning, mailto=_mailto(dossier.office, token, word, dossier.case.number))
        for word, meaning in pairs
    )


def reply_address(office: Office, token: str) -> str:
    """Return where a reply carries its token in the address, "" where the server knows no subaddresses."""
    address = office.config.department.address
    return subaddress(address, token) if office.config.trust.subaddressing else ""


def _mailto(office: Office, token: str, word: str, ticket: str) -> str:
    """Return the address of a one-word button; without subaddressing the token stands in the subject."""
    address = reply_address(office, token) or office.config.department.address
    subject = f"{word} {ticket}" if office.config.trust.subaddressing else f"{word} {ticket} [{token}]"
    return f"mailto:{quote(address, safe='@+.')}?subject={quote(subject)}&body={quote(word)}"


def attachments_of(matter: Matter, task: TaskRow) -> tuple[Attachment, ...]:
    """Return the files a letter about a task carries: the request's, or those somebody else sent, where the task is about them."""
    if overheard.is_about_others(task.key):
        return overheard.papers(matter, ATTACHMENTS_BYTES)
    return _attachments(matter)


def _attachments(matter: Matter) -> tuple[Attachment, ...]:
    """The marked pages first, then the originals that count, each once, as far as a mail server carries them."""
    found: list[Attachment] = []
    room = ATTACHMENTS_BYTES
    for document in current(matter.case.documents):
        for piece in _pieces(matter, document.facts):
            if len(piece.data) <= room and piece.blob not in {each.blob for each in found}:
                room -= len(piece.data)
                found.append(piece)
    return tuple(found)


def _pieces(matter: Matter, facts: DocumentFacts) -> Iterator[Attachment]:
    session, office = matter.work.session, matter.office
    marked = session.get(Blob, picture_key(office.keyring, facts.digest)) if facts.digest else None
    if marked is not None:
        name = f"{facts.name.rpartition('.')[0] or facts.name}-dibaca.jpg"
        yield Attachment(name=name, media_type="image/jpeg", data=marked.data, key=marked.key)
    if facts.digest and blobs.holds(session, office.keyring, facts.digest):
        yield blob_attachment(matter.work, name=facts.name, media_type=facts.media_type, digest=facts.digest)


def picture_key(keyring: Keyring, digest: str) -> str:
    """Return the blob name of the marked picture of a document."""
    return keyring.index(f"picture:{digest}")
