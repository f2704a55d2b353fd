"""Replies to letters of ours that name a Message-ID which none of our letters has: a mail server on the way out writes its own.

Amazon SES and some relays do. A reply belongs to a letter by that name or by its token (RFC 5322 §3.6.4), so there one without the token
belongs to nothing, and neither its writer nor anybody else can see why. One such reply may answer a colleague's mail about the request;
several, with none between that names a letter of ours, are told to the administrators, once.
"""

import re
from datetime import datetime, timedelta

from pydantic import BaseModel, ConfigDict
from sqlmodel import Session, col, select

from mailflow import addressed, cases, lost, threads
from mailflow.family import members
from mailflow.letters import notices
from mailflow.office import log
from mailflow.store.tables import MessageRow, OutboxRow, Setting
from mailflow.tickets import find_tickets
from mailflow.trust.authentication import authenticate
from mailflow.trust.tokens import is_like_ours
from mailflow.work import Work
from parsers.facts import MessageFacts

ENOUGH = 2
"""Replies in a row after which it is no accident."""
_QUIET = timedelta(days=30)
"""The administrators are not told again so soon; `status` shows it meanwhile."""
_NAME = "message-ids"
_HOST = re.compile(r"@([A-Za-z0-9](?:[A-Za-z0-9.-]{0,98}[A-Za-z0-9])?)>?\Z")


class Replies(BaseModel):
    """The replies since the last that named a letter of ours: how many, the latest (its number in the ledger), the `host` in their names."""

    model_config = ConfigDict(frozen=True, extra="ignore")

    count: int = 0
    latest: int | None = None
    host: str = ""
    told: datetime | None = None


def watch(work: Work, row: MessageRow, facts: MessageFacts) -> None:
    """Count a reply that names no letter of ours, and forget them all at one that does."""
    known, named = _known(work.session), threads.answered(facts)
    if not named or known.latest == row.id:
        return
    if _letters(work, named):
        if known.count:
            _remember(work, Replies(told=known.told))
    elif _answers_us(work, facts) and not _is_explained(work, named):
        host = _HOST.search(named[0])
        now = Replies(
            count=known.count + 1, latest=row.id, host=host[1].lower() if host else "", told=known.told
        )
        _remember(work, _told(work, now) if now.count >= ENOUGH else now)


def needs(work: Work) -> str:
    """Return what an administrator must do about it, "" for nothing."""
    known = _known(work.session)
    return _said(work, known) if known.count >= ENOUGH else ""


def _answers_us(work: Work, facts: MessageFacts) -> bool:
    """Whether a mail bears the token of a task, or the number of a request in its Subject whose letters went to its writer."""
    config = work.office.config
    if facts.sender is None or authenticate(facts, config).passed is False:
        return False
    if addressed.find_task(work, facts) is not None:
        return True
    key = cases.address_key(work.office, facts.sender.address)
    for ticket in find_tickets(facts.subject, config.department.ticket_prefix):
        case = cases.by_ticket(work.session, ticket)
        family = [each.id for each in members(work, case)] if case else []
        sent = select(OutboxRow.id).where(col(OutboxRow.case_id).in_(family), OutboxRow.recipient_key == key)
        if work.session.exec(sent).first() is not None:
            return True
    return False


def _is_explained(work: Work, named: tuple[str, ...]) -> bool:
    """Whether these names are of a mail that we have, or of a letter that a restored database has lost."""
    keys = [threads.name_key(work.office.keyring, each) for each in named]
    known = select(MessageRow.id).where(col(MessageRow.name_key).in_(keys))
    if work.session.exec(known).first() is not None:
        return True
    domain = work.office.config.department.domain
    return any(is_like_ours(each, domain) or lost.is_lost(work, each) for each in named)


def _letters(work: Work, named: tuple[str, ...]) -> bool:
    query = select(OutboxRow.id).where(col(OutboxRow.message_id).in_(named))
    return work.session.exec(query).first() is not None


def _told(work: Work, now: Replies) -> Replies:
    at = work.office.now()
    if now.told is not None and at - now.told < _QUIET:
        return now
    notices.alert(work, f"{_NAME}:{at.date().isoformat()}", "", _said(work, now))
    log.warning("message-ids-rewritten", replies=now.count)
    return now.model_copy(update={"told": at})


def _said(work: Work, known: Replies) -> str:
    which = f" (…@{known.host})" if known.host else ""
    remedy = (
        "Replies to the address with the token count all the same"
        if work.office.config.trust.subaddressing
        else "Or set trust.subaddressing = true where the server delivers name+anything@: replies then carry their token in the address"
    )
    return (
        f"the last {known.count} replies to letters of ours name a Message-ID that none of them has{which}: a mail server on the way out "
        "replaces it. A reply belongs to its letter by that Message-ID or by its token, so those without a token do not count. "
        f'Have the server behind smtp.url keep the Message-ID, or send by another. {remedy}. README, "Replies that belong to nothing"'
    )


def _known(session: Session) -> Replies:
    row = session.get(Setting, _NAME)
    return Replies.model_validate_json(row.value) if row else Replies()


def _remember(work: Work, known: Replies) -> None:
    work.session.merge(Setting(name=_NAME, value=known.model_dump_json()))
