"""The trial of the mail server: its letter leaves, comes back, and what it says goes on record."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from mailflow import audit
from mailflow.border.letter import STYLES, Mark, find_mark, is_timely, send
from mailflow.border.standing import Tried, is_due, remember, standing, tried
from mailflow.letters import notices
from mailflow.office import Office, log
from mailflow.outbox.contract import Transport
from mailflow.store.tables import MessageRow, MessageState
from mailflow.trust.authentication import is_by
from mailflow.work import Work, reading, writing
from parsers.facts import MessageFacts, Origin

TRY_AGAIN = timedelta(minutes=15)
_LEFT = frozenset({"sent", "unknown"})
REMEDY = (
    'set the mail server to remove such fields from what comes in (README, "The mail server\'s word"), then restart mailflow, which tries '
    "it again; until then only DKIM signatures prove who wrote"
)


@dataclass(frozen=True)
class Returned:
    """A test letter in the mailbox, and the forged fields that are still in it."""

    mark: Mark
    kept: tuple[str, ...]


class Trial:
    """Sends the letters when they are due; belongs to the thread of the sender."""

    def __init__(self, office: Office, transport: Transport) -> None:
        self._office, self._transport = office, transport
        self._starting, self._not_before = True, office.now().replace(microsecond=0)
        self._trouble = ""

    async def send_if_due(self) -> bool:
        """Send the letters if they are due; return whether one left. Raises `StoreError`."""
        office, now = self._office, self._office.now().replace(microsecond=0)
        with reading(office) as work:
            known = tried(work.session, office.config)
        if now < self._not_before or not is_due(office, known, starting=self._starting):
            return False
        self._not_before = now + TRY_AGAIN
        with writing(office) as work:
            _begin(work, now)  # first: a letter may be back before the next line
        refused = [style for style in STYLES if not await self._leaves(now, style)]
        with writing(office) as work:
            _left(work, known, refused, self._trouble)
        self._starting = self._starting and len(refused) == len(STYLES)
        return len(refused) < len(STYLES)

    async def _leaves(self, now: datetime, style: str) -> bool:
        delivery = await send(self._office.config, self._office.keyring, self._transport, now, style)
        log.info("border-letter", style=style, result=delivery.result, reply=delivery.reply)
        self._trouble = "" if delivery.result in _LEFT else f"{delivery.phase}: {delivery.reply}"[:300]
        return delivery.result in _LEFT


def _begin(work: Work, now: datetime) -> None:
    """Record that letters leave now; those before them that never came back are told to the administrators."""
    known = tried(work.session, work.office.config)
    silent = known.sent is not None and now - known.sent >= timedelta(days=1) and known.awaits
    remember(
        work,
        known.model_copy(update={"sent": now, "awaits": STYLES, "clean": (), "depth_seen": None}),
    )
    if silent:
        audit.record(work, actor="program", action="border-silent", subject=known.authserv_id)
        said = (
            f"a letter that tests the mail server did not come back within a day ({', '.join(known.awaits)}); while that goes on, only DKIM "
            "signatures prove who wrote. Does mail to the department's own address arrive, or does a filter keep it? The server's log says"
        )
        notices.alert(work, f"border:silent:{known.at.isoformat() if known.at else 'never'}", "", said)


def _left(work: Work, before: Tried, refused: Sequence[str], trouble: str) -> None:
    """Record which letters the server did not take: the others are what it is judged by. Where it took none, none is awaited."""
    known = tried(work.session, work.office.config)
    if len(refused) == len(STYLES):
        same = {"sent": before.sent, "awaits": before.awaits, "clean": before.clean}
        remember(work, known.model_copy(update={**same, "trouble": trouble}))
    else:
        _judge(work, known.model_copy(update={"awaits": _without(known.awaits, *refused), "trouble": ""}))


def recognised(office: Office, raw: bytes, facts: MessageFacts) -> Returned | None:
    """Return a test letter of ours that came back, None for any other message."""
    name = office.config.trust.authserv_id
    mark = find_mark(office.keyring, name, facts) if name else None
    if mark is None:
        return None
    fields = office.reader.verdicts_with(raw, mark.mac)
    return Returned(mark, tuple(each for each in fields if is_by(each, name)))


def file(work: Work, row: MessageRow, facts: MessageFacts, returned: Returned) -> str:
    """File a test letter, and let it count if it is newer than the last one; return the reason for the ledger."""
    row.state, row.place, row.placed = MessageState.FILED, "processed", False
    if work.office.is_observing:
        row.place, row.placed = "inbox", True
    known = tried(work.session, work.office.config)
    latest = known.sent == returned.mark.sent and returned.mark.style in known.awaits
    if not latest or not is_timely(returned.mark, work.office.now()):
        return "a letter of ours that tests the mail server; too old to say anything"
    if returned.kept:
        refuted = {"result": "refuted", "at": returned.mark.sent, "tested": (returned.mark.style,)}
        _record(work, known, known.model_copy(update={**refuted, "depth": None}), len(returned.kept))
        return f"a letter of ours that tests the mail server: {returned.mark.style}, refuted"
    clean: dict[str, Any] = {
        "clean": (*known.clean, returned.mark.style),
        "awaits": _without(known.awaits, returned.mark.style),
    }
    own = facts.authentication_results.partition("\n")[0]
    if returned.mark.style == "stranger" and is_by(own, known.authserv_id):
        clean["depth_seen"] = facts.authentication_depth
    _judge(work, known.model_copy(update=clean))
    return f"a letter of ours that tests the mail server: {returned.mark.style}, as it should be"


def _judge(work: Work, known: Tried) -> None:
    """Let the server be proven once all letters that it took are back as they should be."""
    if known.awaits or not known.clean or known.at == known.sent:
        remember(work, known)
        return
    proven = {"result": "proven", "at": known.sent, "tested": known.clean, "depth": known.depth_seen}
    _record(work, known, known.model_copy(update=proven), 0)


def _without(styles: Sequence[str], *gone: str) -> tuple[str, ...]:
    return tuple(each for each in styles if each not in gone)


def _record(work: Work, then: Tried, known: Tried, kept: int) -> None:
    before = standing(work.office.config, then, work.office.now())
    remember(work, known)
    detail = {"kept": str(kept), "sent": known.at.isoformat() if known.at else "", "depth": str(known.depth)}
    audit.record(
        work, actor="program", action=f"border-{known.result}", subject=known.authserv_id, detail=detail
    )
    log.info("border", result=known.result, kept=kept, depth=known.depth)
    if known.result == "refuted" and before != "refuted":
        said = (
            f"the mail server lets forged Authentication-Results fields of {known.authserv_id} pass: a letter with {kept} of them came back "
            f"with them. It is not believed any more: {REMEDY}"
        )
        notices.alert(work, f"border:refuted:{known.at.isoformat() if known.at else ''}", "", said)


def as_own(facts: MessageFacts) -> MessageFacts:
    """Return the facts of a test letter as what it is."""
    return facts.model_copy(
        update={"origin": Origin(kind="own", reason="our own letter that tests the mail server")}
    )
