"""`mailflow run --once`: work off all that waits now until nothing moves any more."""

import asyncio
from collections.abc import Callable

from sqlmodel import func, select

from mailflow import histories, leave, looks, timers
from mailflow.bootstrap import make_mailbox, make_transport
from mailflow.border.trial import Trial
from mailflow.certificates import notices as certificate_notices
from mailflow.clock_watch import ClockWatch
from mailflow.errors import MailboxError
from mailflow.heartbeat import Heartbeat
from mailflow.intake import Intake
from mailflow.office import Office, log
from mailflow.reading import Desk
from mailflow.sender import Sender, recover
from mailflow.store.tables import MessageRow, MessageState, OutboxRow, OutboxState

TRY_AGAIN = 75
"""EX_TEMPFAIL of sysexits.h."""


def run_once(office: Office) -> int:
    """Return 0, or 75 when something waits for another try."""
    return asyncio.run(work_off(office))


async def work_off(office: Office) -> int:
    """Turn every loop until none has anything left to do."""
    histories.begin(office)
    recover(office)
    mailbox, transport = make_mailbox(office.config), make_transport(office.config)
    intake, desk, sender, heartbeat = (
        Intake(office, mailbox),
        Desk(office),
        Sender(office, transport),
        Heartbeat(office),
    )
    trial, clock_watch = Trial(office, transport), ClockWatch(office)
    try:
        reachable = _held(office, heartbeat, intake.connect) is not None
        moved = True
        while moved:
            collected = _held(office, heartbeat, intake.collect) if reachable else None
            moved = bool(collected)
            if clock_watch.holds():
                return TRY_AGAIN
            while desk.work_one() or desk.answer_parked():
                moved = True
            while (
                timers.apply_one_word(office)
                or timers.ring_one_alarm(office)
                or timers.reassign_one(office)
                or timers.list_unmatched(office)
                or timers.send_digests(office)
                or leave.look(office)
                or certificate_notices.send_one(office)
            ):
                moved = True
            while await sender.send_one() or await trial.send_if_due():
                moved = True
            placed = _held(office, heartbeat, intake.place) if collected is not None else None
            reachable, moved = placed is not None, bool(placed) or moved
        if sender.is_cut_off:
            heartbeat.ail("sender", sender.trouble)
        for loop in (
            "work",
            "clock",
            *([] if sender.is_cut_off else ["sender"]),
            *(["mailbox"] if reachable else []),
        ):
            heartbeat.beat(loop, reached=loop != "sender" or sender.has_reached)
    finally:
        mailbox.close()
        await transport.close()
    return 0 if reachable and not _waiting(office) else TRY_AGAIN


def _held(office: Office, heartbeat: Heartbeat, turn: Callable[[], bool | None]) -> bool | None:
    """Do something with the mailbox; None when it is away, and the rest goes on without it."""
    try:
        return bool(turn())
    except MailboxError as trouble:
        log.warning("degraded", loop="mailbox", trouble=str(trouble))
        looks.away(office)
        heartbeat.ail("mailbox", str(trouble))
        return None


def _waiting(office: Office) -> bool:
    with office.database.reading() as session:
        letters = select(func.count()).where(OutboxRow.state == OutboxState.QUEUED)
        messages = select(func.count()).where(MessageRow.state == MessageState.RECEIVED)
        return bool(session.exec(letters).one() or session.exec(messages).one())
