"""Which task a message is about: the one whose token it carries, or whose letter it answers.

Links differ in strength. A token in To, Cc or the subject was put there by the writer; one that only the delivery shows (Delivered-To and
its kin) or a Message-ID of ours may have been put on by whoever handed the mail in. A stronger link that is wrong is never replaced by a
weaker one, and links of one strength must agree: else the message is about no task, and its officer is told.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from sqlmodel import col, select

from mailflow.config import Officer
from mailflow.store.tables import OutboxRow, TaskRow
from mailflow.trust.recipients import is_ours
from mailflow.trust.tokens import Token, find_tokens, is_task_token
from mailflow.work import Work
from parsers.facts import MessageFacts


@dataclass(frozen=True)
class Addressed:
    """The task a reply is about, and the officer the token was made for."""

    task: TaskRow
    officer: Officer


def find_task(work: Work, facts: MessageFacts) -> Addressed | None:
    """Return the task a message is about; None for none, and where a token is refuted or links name different tasks."""
    written = _by_tokens(work, [facts.subject], [each.address for each in (*facts.to, *facts.cc)])
    if written:
        return _one(written)
    letters, carried = _by_letters(work, facts), _by_tokens(work, [], facts.delivered_to)
    if carried and facts.in_reply_to and not letters:
        return None  # it answers somebody else's mail
    return _one([*carried, *letters])


def has_token(facts: MessageFacts) -> bool:
    """Tell whether a message carries what looks like a task's token, right or wrong."""
    addresses = (each.address for each in (*facts.to, *facts.cc))
    return any(each.kind == "a" for each in find_tokens([facts.subject, *addresses, *facts.delivered_to]))


def answered(facts: MessageFacts) -> tuple[str, ...]:
    """Return the Message-IDs of what a message answers: the end of References only where nothing else says it (RFC 5322 §3.6.4)."""
    return facts.in_reply_to or facts.references[-1:]


def _one(links: Iterable[Addressed | None]) -> Addressed | None:
    """What all links agree on, None where one is refuted or two differ."""
    found = list(links)
    known = [each for each in found if each is not None]
    tasks = {each.task.id for each in known}
    return known[0] if len(known) == len(found) and len(tasks) == 1 else None


def _by_tokens(work: Work, texts: Iterable[str], addresses: Iterable[str]) -> list[Addressed | None]:
    """Return what each token proves, None for a refuted one; wrong ones in other people's addresses are none of ours."""
    config, addresses = work.office.config, list(addresses)
    ours = find_tokens([*texts, *(each for each in addresses if is_ours(each, config))])
    others = find_tokens(each for each in addresses if not is_ours(each, config))
    proven = [_of_token(work, each) for each in others if each.kind == "a"]
    return [
        *(_of_token(work, each) for each in ours if each.kind == "a"),
        *(each for each in proven if each is not None),
    ]


def _of_token(work: Work, token: Token) -> Addressed | None:
    task, config = work.session.get(TaskRow, token.number), work.office.config
    if task is None:
        return None
    everybody = (address for each in config.officers for address in (each.email, *each.addresses))
    for email in dict.fromkeys((*task.officers, *everybody)):
        officer = config.officer_by_address(email)
        if officer and is_task_token(work.office.keyring, token, task, email):
            return Addressed(task, officer)
    return None


def _by_letters(work: Work, facts: MessageFacts) -> list[Addressed | None]:
    query = select(OutboxRow).where(
        col(OutboxRow.message_id).in_(answered(facts)), col(OutboxRow.task_id).is_not(None)
    )
    found: list[Addressed | None] = []
    for letter in work.session.exec(query):
        task = work.session.get(TaskRow, letter.task_id)
        officer = work.office.config.officer_by_address(letter.recipient)
        if task and officer:
            found.append(Addressed(task, officer))
    return found
