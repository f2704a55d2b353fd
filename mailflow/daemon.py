"""The loops: one thread each for mailbox, work, sending and clock, with connections of their own.

A mail server or database that is away is a degraded mode: the loop reports it and tries again. A loop that ends otherwise ends the process,
and the service manager starts it anew.
"""

import asyncio
import signal
import threading
import time
from collections.abc import Callable, Coroutine
from contextlib import suppress
from datetime import timedelta
from types import FrameType

from mailflow import histories, leave, looks, notify, timers
from mailflow.bell import Bell
from mailflow.bootstrap import make_mailbox, make_transport
from mailflow.border.trial import Trial
from mailflow.certificates import notices as certificate_notices
from mailflow.clock_watch import ClockWatch
from mailflow.errors import MailboxError, MailflowError, StoreError
from mailflow.heartbeat import Heartbeat
from mailflow.intake import Intake
from mailflow.mailbox.backoff import Backoff
from mailflow.office import Office, log
from mailflow.reading import Desk
from mailflow.sender import Sender, recover
from mailflow.watch import Watchdog

LOOPS = ("mailbox", "work", "sender", "clock")
IDLE_SECONDS = 20.0
"""Longest silence of a loop; well under the service manager's WatchdogSec."""
GRACE_SECONDS = 3.0
"""What a letter under way is given to be finished when the end has been asked for."""
LAST_SECONDS = 30.0
"""After so long an orderly end is given up: a server that does not answer must not hold us. A crash here does no harm either."""
_LOOK_SECONDS = 0.5


class Daemon:
    """Everything that runs until it is told to stop."""

    def __init__(self, office: Office) -> None:
        self.office = office
        self.bells = {name: Bell() for name in LOOPS}
        self.watchdog = Watchdog(LOOPS)
        self.heartbeat, self.clock_watch = Heartbeat(office), ClockWatch(office)
        self.stop, self.failed = threading.Event(), threading.Event()
        self._first_login, self._main = threading.Event(), Bell()
        self._asked_to_end = False

    def run(self) -> int:
        """Run until SIGTERM or SIGINT; return the exit code."""
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, self._on_signal)
        histories.begin(self.office)
        repeated = recover(self.office)
        looks.began(self.office)
        log.info("started", letters_of_unknown_fate=repeated)
        bodies: dict[str, Callable[[], None]] = {
            "mailbox": self._mailbox,
            "work": self._work,
            "sender": lambda: asyncio.run(self._sender()),
            "clock": self._clock,
        }
        threads = [
            threading.Thread(target=self._guard, args=(name, body), name=name, daemon=True)
            for name, body in bodies.items()
        ]
        for thread in threads:
            thread.start()
        self._watch()
        notify.stopping("finishing what is under way")
        until = time.monotonic() + LAST_SECONDS
        for thread in threads:
            thread.join(max(0.0, until - time.monotonic()))
        hanging = [thread.name for thread in threads if thread.is_alive()]
        log.info("stopped", failed=self.failed.is_set(), left_behind=hanging)
        return 1 if self.failed.is_set() else 0

    def ring(self, *names: str) -> None:
        """Wake loops that may have something to do."""
        for name in names or LOOPS:
            self.bells[name].ring()

    def _watch(self) -> None:
        mode = "serving" if self.office.config.intake.mode == "serve" else "observing: answers nobody"
        ready = False
        while not self.stop.is_set():
            self._main.wait(1.0)
            if self._asked_to_end:
                self._end()
            elif not ready and self._first_login.is_set():
                ready = True
                notify.ready(mode)
            if self.watchdog.due():
                notify.alive()

    def _on_signal(self, number: int, frame: FrameType | None) -> None:
        del number, frame
        self._asked_to_end = True  # no lock is touched here: this thread may be holding it
        self._main.ring()

    def _end(self) -> None:
        self.stop.set()
        self.ring()
        self._main.ring()

    def _guard(self, name: str, body: Callable[[], None]) -> None:
        try:
            body()
        except Exception:  # noqa: BLE001 - whatever it is: a dead loop ends the process, it never lives on crippled
            log.exception("loop-died", loop=name)
            self.failed.set()
        finally:
            self._end()

    def _turned(self, name: str, *, succeeded: bool = True, reached: bool = True) -> None:
        self.watchdog.turned(name)
        if succeeded and not self.clock_watch.holds():  # else a jump would stand on record as an outage
            self.heartbeat.beat(name, reached=reached)

    # --- the loops ------------------------------------------------------------------------------------------------------

    def _mailbox(self) -> None:
        backoff = Backoff()
        mailbox = make_mailbox(self.office.config)
        intake, connected = Intake(self.office, mailbox), False
        while not self.stop.is_set():
            try:
                if not connected:
                    intake.connect()
                    connected = True
                self._tried_to_log_in()
                more = intake.collect()
                self.ring("work" if more else "clock")
                more = intake.place() or more
                backoff.succeeded()
                self._turned("mailbox")
                if not more and not self.stop.is_set():
                    mailbox.wait(
                        min(IDLE_SECONDS, self.office.config.intake.poll_seconds),
                        self.bells["mailbox"].descriptor,
                    )
                    self.bells["mailbox"].silence()
            except (MailboxError, StoreError) as trouble:
                if isinstance(trouble, MailboxError):
                    connected = False
                    mailbox.close()
                    with suppress(StoreError):
                        looks.away(self.office)
                self._tried_to_log_in()
                self._degraded("mailbox", trouble, backoff.failed(time.monotonic()))
        mailbox.close()

    def _tried_to_log_in(self) -> None:
        if not self._first_login.is_set():
            self._first_login.set()
            self._main.ring()

    def _work(self) -> None:
        desk = Desk(self.office)
        self._turn_until_stopped(
            "work",
            lambda: not self.clock_watch.holds() and (desk.work_one() or desk.answer_parked()),
            lambda: timedelta(seconds=IDLE_SECONDS),
            ("mailbox", "sender", "clock"),
        )
        with suppress(StoreError):  # counted as begun, then: read alone at the next start
            desk.close()

    def _clock(self) -> None:
        office = self.office

        def turn() -> bool:
            return not self.clock_watch.holds() and (
                timers.apply_one_word(office)
                or timers.ring_one_alarm(office)
                or timers.reassign_one(office)
                or timers.list_unmatched(office)
                or timers.send_digests(office)
                or leave.look(office)
                or certificate_notices.send_one(office)
            )

        def pause() -> timedelta:
            if timers.wants_a_look(office):
                self.ring("mailbox")
            return timers.until(office, timers.next_alarm(office), timedelta(seconds=IDLE_SECONDS))

        self._turn_until_stopped("clock", turn, pause, ("sender",))

    def _turn_until_stopped(
        self, name: str, turn: Callable[[], bool], pause: Callable[[], timedelta], tell: tuple[str, ...]
    ) -> None:
        backoff = Backoff()
        while not self.stop.is_set():
            try:
                more = turn()
                backoff.succeeded()
                self._turned(name)
                if more:
                    self.ring(*tell)
                else:
                    self.bells[name].wait(pause().total_seconds())
            except StoreError as trouble:
                self._degraded(name, trouble, backoff.failed(time.monotonic()))

    async def _sender(self) -> None:
        transport = make_transport(self.office.config)
        sender, trial, backoff = Sender(self.office, transport), Trial(self.office, transport), Backoff()
        while not self.stop.is_set():
            try:
                more = not self.clock_watch.holds() and (
                    await self._finished(sender.send_one()) or await self._finished(trial.send_if_due())
                )
                backoff.succeeded()
                self._turned("sender", succeeded=not sender.is_cut_off, reached=sender.has_reached)
                if sender.is_cut_off:
                    self.heartbeat.ail("sender", sender.trouble)
                if not more:
                    due = timers.next_letter(self.office)
                    limit = timedelta(seconds=IDLE_SECONDS)
                    left = max(timers.until(self.office, due, limit), min(sender.pause(), limit))
                    await asyncio.to_thread(self.bells["sender"].wait, left.total_seconds())
            except StoreError as trouble:
                seconds = backoff.failed(time.monotonic())
                await asyncio.to_thread(self._degraded, "sender", trouble, seconds)
        await transport.close()

    async def _finished(self, sending: Coroutine[None, None, bool]) -> bool:
        """Wait for a letter under way, however long its server takes; once the end was asked for, only a little longer.

        Given up before the final dot it is still queued; after it, its fate is unknown (`sender.recover`).
        """
        task, left = asyncio.ensure_future(sending), GRACE_SECONDS
        while not task.done() and left > 0:
            await asyncio.wait({task}, timeout=_LOOK_SECONDS)
            self.watchdog.turned("sender")
            left -= _LOOK_SECONDS if self.stop.is_set() else 0
        if not task.done():
            task.cancel()
        try:
            return await task
        except asyncio.CancelledError:
            return False

    def _degraded(self, name: str, trouble: MailflowError, seconds: float) -> None:
        log.warning("degraded", loop=name, trouble=str(trouble), again_in=round(seconds, 1))
        notify.status(f"{name}: {trouble}")
        self.heartbeat.ail(name, str(trouble))
        until = time.monotonic() + seconds
        while (left := until - time.monotonic()) > 0 and not self.stop.wait(min(left, IDLE_SECONDS)):
            self.watchdog.turned(name)
        self.watchdog.turned(name)
