"""The trial of the mail server: its letter leaves, comes back, and what it says goes on record."""

from dataclasses import dataclass
from datetime import timedelta

from mailflow import audit
from mailflow.border.letter import Mark, find_mark, is_timely, send
from mailflow.border.standing import Standing, Tried, is_due, remember, standing, tried
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
    'set the mail server to remove such fields from what comes in (README, "The mail server\'s word"), then restart or '
    "`mailflow check --live`; until then only DKIM signatures prove who wrote"
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
        self._starting, self._not_before = True, office.now()

    async def send_if_due(self) -> bool:
        """Send a letter if one is due; return whether one left. Raises `StoreError`."""
        office, now = self._office, self._office.now()
        with reading(office) as work:
            known = tried(work.session, work.office.config)
        if now < self._not_before or not is_due(office, known, starting=self._starting):
            return False
        delivery = await send(office.config, office.keyring, self._transport, now)
        log.info("border-letter", result=delivery.result, phase=delivery.phase, reply=delivery.reply)
        left = delivery.result in _LEFT
        self._starting, self._not_before = self._starting and not left, now + TRY_AGAIN
        with writing(office) as work:
            _left(work, trouble="" if left else f"{delivery.phase}: {delivery.reply}"[:300])
        return left


def _left(work: Work, *, trouble: str) -> None:
    """Record that a letter left, or why not; one before it that never came back is told to the administrators."""
    known, now = tried(work.session, work.office.config), work.office.now()
    silent = known.sent is not None and (known.at is None or known.at < known.sent)
    if trouble:
        remember(work, known.model_copy(update={"trouble": trouble}))
        return
    remember(work, known.model_copy(update={"sent": now, "trouble": ""}))
    if silent and known.sent is not None and now - known.sent >= timedelta(days=1):
        audit.record(work, actor="program", action="border-silent", subject=known.authserv_id)
        said = (
            "the letter that tests the mail server did not come back within a day; while that goes on, only DKIM signatures prove who "
            "wrote. Does mail to the department's own address arrive, or does a filter keep it? The server's log says"
        )
        notices.alert(work, f"border:silent:{known.at.isoformat() if known.at else 'never'}", "", said)


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
    known, config = tried(work.session, work.office.config), work.office.config
    newer = known.at is None or returned.mark.sent > known.at
    if not newer or not is_timely(returned.mark, work.office.now()):
        return "a letter of ours that tests the mail server; too old to say anything"
    before = standing(config, known, work.office.now())
    own = facts.authentication_results.partition("\n")[0]
    stands = is_by(own, known.authserv_id) and not returned.kept
    result = "refuted" if returned.kept else "proven"
    changes = {
        "result": result,
        "at": returned.mark.sent,
        "sent": max(filter(None, (known.sent, returned.mark.sent))),
        "depth": facts.authentication_depth if stands else None,
        "trouble": "",
    }
    _record(work, known.model_copy(update=changes), before, len(returned.kept))
    return f"a letter of ours that tests the mail server: {result}"


def _record(work: Work, known: Tried, before: Standing, kept: int) -> None:
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
