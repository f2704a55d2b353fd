"""What a message is once more is known than its bytes say: a letter of ours that came back or is repeated, a mail through our groups.

A reader knows no secrets: to it whatever bears our address in From is ours. Ours is only what bears a Message-ID we gave; anything else was
written by somebody, and is never answered at our own address. What came through a group is its writer's mail (`facts.relay`): a group of
our own domain may vouch for what it passes on, so that only the writer's own signature proves anything then.
"""

from typing import Literal

from sqlmodel import select

from mailflow import automatic, threads
from mailflow.border.standing import is_believed
from mailflow.config import Config
from mailflow.repeated import without_our_letter
from mailflow.store.tables import OutboxRow
from mailflow.trust.recipients import is_ours
from mailflow.trust.tokens import find_tokens, generation_of
from mailflow.work import Work
from parsers.facts import Address, MessageFacts, Origin
from parsers.relayed import without_via
from rules.match import match

NULL_PATH = "Return-Path: <>"
"""The only sign of an automatic mail in what Exchange's groups pass on: they take the writer's address from the envelope."""
_LOOP = "Received"


def as_received(work: Work, facts: MessageFacts) -> MessageFacts:
    """Return the facts as the counter has to take them."""
    facts = facts.model_copy(update={"border": is_believed(work, facts)})
    return automatic.recognised(work, without_our_letter(work, _as_written(work, facts)))


def _as_written(work: Work, facts: MessageFacts) -> MessageFacts:
    config = work.office.config
    if facts.origin.kind == "own" or (facts.sender is not None and is_ours(facts.sender.address, config)):
        if facts.origin.kind in {"own", "person", "list"} and not _is_our_letter(work, facts):
            return _in_our_name(facts, config)
        return facts
    if _is_of_group(facts, config):
        rewritten = facts.sender is not None and _is_group(facts.sender.address, config)
        writer = _writer(facts, config) if rewritten else facts.sender
        relay: Literal["group", "rewritten"] = "rewritten" if rewritten else "group"
        return _from_person(facts, writer or facts.sender, relay, "it came through a group of the department")
    return facts


def is_in_our_name(facts: MessageFacts, config: Config) -> bool:
    """Whether nothing names another writer than ourselves: such a message is put before a person, never answered."""
    return facts.sender is not None and (
        is_ours(facts.sender.address, config) or _is_group(facts.sender.address, config)
    )


def asks_something(work: Work, facts: MessageFacts) -> str:
    """Return what a list's mail would ask of us if a person had written it, "" for nothing: then officers find it in the daily list."""
    person = Origin(kind="person", reason=facts.origin.reason)
    written = facts.model_copy(update={"origin": person})
    if found := match(written, work.office.rules.sops).sop:
        return f"asks for {found}"
    theirs = threads.request_of(work, facts)
    return f"goes on with {theirs.ticket}" if theirs else ""


def _is_our_letter(work: Work, facts: MessageFacts) -> bool:
    """Whether it bears a Message-ID that we gave, or returned to us by the path that only that letter has."""
    known, keyring = select(OutboxRow.id).where(OutboxRow.message_id == facts.message_id), work.office.keyring
    if facts.message_id and (
        generation_of(keyring, facts.message_id) or work.session.exec(known).first() is not None
    ):
        return True
    return any(
        each.kind == "b" and keyring.is_token(each.mac, "bounce", facts.message_id)
        for each in find_tokens([facts.return_path or ""])
    )


def _in_our_name(facts: MessageFacts, config: Config) -> MessageFacts:
    """A message that only says that it is ours."""
    automatic = facts.auto_submitted.partition(";")[0].strip().lower()
    if automatic not in {"", "no"}:
        origin = Origin(kind="auto-reply", reason=f"Auto-Submitted: {automatic[:40]}, in our own name")
        return facts.model_copy(update={"origin": origin})
    writer = _writer(facts, config)
    if writer is not None:
        return _from_person(
            facts, writer, "rewritten", "From is our own address, another field names who wrote"
        )
    return _from_person(
        facts, facts.sender, "rewritten", "From is our own address, and nothing names who wrote"
    )


def _from_person(
    facts: MessageFacts, writer: Address | None, relay: Literal["group", "rewritten"], reason: str
) -> MessageFacts:
    origin = Origin(kind="person", reason=reason)
    return facts.model_copy(update={"origin": origin, "sender": writer, "relay": relay})


def _writer(facts: MessageFacts, config: Config) -> Address | None:
    """Return whom the header names as the writer beside the group; the group's own From may still have their name."""
    named = (each for each in facts.writers if not _is_group(each.address, config))
    writer = next((each for each in named if not is_ours(each.address, config)), None)
    if writer is None or writer.name or facts.sender is None:
        return writer
    name = without_via(facts.sender.name)
    return writer.model_copy(update={"name": "" if name == facts.sender.name else name})


def _is_of_group(facts: MessageFacts, config: Config) -> bool:
    """Whether a message that is no person's by its header is one that a group of the department passed on."""
    kind, reason = facts.origin.kind, facts.origin.reason
    if kind == "list" and _LOOP not in reason:
        named = facts.sender is not None and _is_group(facts.sender.address, config)
        return named or any(_is_list_of_ours(each, config) for each in facts.lists)
    if kind == "person":
        return facts.sender is not None and _is_group(facts.sender.address, config)
    if kind == "auto-reply" and reason == NULL_PATH:
        return any(_is_group(each.address, config) for each in (*facts.to, *facts.cc))
    return False


def _is_group(address: str, config: Config) -> bool:
    return address.lower() in config.intake.groups


def _is_list_of_ours(name: str, config: Config) -> bool:
    """Whether a list, by its address or its List-Id, is one of the department's groups; its own address may be one."""
    department = config.department
    ours = {*config.intake.groups, department.address.lower(), *(each.lower() for each in department.aliases)}
    return name in ours or name in {each.replace("@", ".") for each in ours}
