"""Who gets a message: by its origin first (RFC 3834: automatic mail is never answered), then by who wrote it and about what."""

from dataclasses import replace

from mailflow import (
    addressed,
    applicants,
    automatic,
    bounces,
    bystanders,
    histories,
    lost,
    officers,
    proofs,
    reactions,
    rewritten,
    threads,
    whose,
)
from mailflow.cases import address_key
from mailflow.office import Office
from mailflow.received import asks_something, is_in_our_name
from mailflow.staff import absence
from mailflow.store.tables import MessageRow, MessageState
from mailflow.work import Work
from parsers.facts import MessageFacts


def remember(office: Office, row: MessageRow, facts: MessageFacts) -> None:
    """Write what was read into the ledger row."""
    row.facts, row.origin, row.subject = facts.model_dump_json(), facts.origin.kind, facts.subject
    row.name_key = threads.name_key(office.keyring, facts.message_id)
    if facts.sender is not None:
        row.sender, row.sender_key = facts.sender.address, address_key(office, facts.sender.address)


def route(work: Work, row: MessageRow, facts: MessageFacts) -> str:
    """Work off one message within the caller's transaction; return why it is now where it is."""
    purge = row.place == "discard"
    repeats = histories.is_in_doubt(work, row)
    reason = _by_origin(replace(proofs.drawn_by(work, row, facts), repeats=repeats), row, facts)
    if purge:
        row.place, row.placed = "discard", False
    return reason


def _by_origin(work: Work, row: MessageRow, facts: MessageFacts) -> str:
    if facts.origin.kind == "person":
        return _by_person(work, row, facts)
    row.state, row.place, row.placed = MessageState.FILED, "inbox", True
    if facts.origin.kind == "list" and (asks := asks_something(work, facts)):
        row.state = MessageState.UNMATCHED
        return f"list: {facts.origin.reason}; {asks}"
    if shown := automatic.show(work, row, facts):
        return shown
    if facts.origin.kind == "bounce" and facts.bounce is not None:
        reason = bounces.handle(work, row, facts, facts.bounce)
    else:
        reason = absence.handle(work, row, facts)
    if row.case_id is not None or facts.origin.kind == "own":
        row.place, row.placed = "processed", False
    return reason


def _by_person(work: Work, row: MessageRow, facts: MessageFacts) -> str:
    reacted = reactions.handle(work, row, facts)
    if reacted is not None:
        return reacted
    rewritten.watch(work, row, facts)
    unsure = lost.is_unsure(work, row, facts)
    found = addressed.find_task(work, facts)
    if found is not None:
        row.state, row.place, row.placed = MessageState.FILED, "processed", False
        reason = officers.handle(work, row, facts, found)
        if reason is not None:
            return reason
    if is_in_our_name(facts, work.office.config):
        return bystanders.in_our_name(work, row, facts)
    if unsure or whose.proven_case(work, row, facts) is None:
        reason = officers.without_task(work, row, facts, lost=unsure)
        if reason is not None:
            return reason
    return lost.show(work, row, facts) if unsure else applicants.handle(work, row, facts)
