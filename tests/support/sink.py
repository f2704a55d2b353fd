"""A submission server that keeps what it is given, and can be away or slow (aiosmtpd, in a thread of the test)."""

import threading
from collections import defaultdict
from email import message_from_bytes
from email.policy import default

from aiosmtpd.controller import Controller

from tests.support.server import free_port


class Sink:
    """Letters in the order in which they came; `with` starts and ends it, `start` and `stop` do so in between."""

    def __init__(self):
        self.port = free_port()
        self.url = f"smtp://127.0.0.1:{self.port}"
        self.envelopes = []
        self.arrived = threading.Event()
        self._hold = threading.Event()
        self._hold.set()
        self._controller = None

    def __enter__(self):
        return self.start()

    def __exit__(self, *_):
        self._hold.set()
        self.stop()

    def start(self):
        self._controller = Controller(self, hostname="127.0.0.1", port=self.port)
        self._controller.start()
        return self

    def stop(self):
        controller, self._controller = self._controller, None
        if controller is not None:
            controller.stop()

    async def handle_DATA(self, server, session, envelope):  # noqa: N802 - aiosmtpd calls it so
        self.envelopes.append(
            (envelope.mail_from, tuple(envelope.rcpt_tos), bytes(envelope.original_content))
        )
        self.arrived.set()
        await server.loop.run_in_executor(None, self._hold.wait, 30)
        return "250 accepted"

    def hold(self):
        """From now on take letters, but do not say so until `release`."""
        self._hold.clear()

    def release(self):
        self._hold.set()

    @property
    def letters(self):
        """Every letter, parsed."""
        return [message_from_bytes(raw, policy=default) for _, _, raw in self.envelopes]

    def copies(self):
        """By Message-ID: the bytes of each copy that came."""
        found = defaultdict(list)
        for letter, (_, _, raw) in zip(self.letters, self.envelopes, strict=True):
            found[str(letter["Message-ID"])].append(raw)
        return found

    def to(self, address):
        """The letters to one recipient."""
        return [
            letter
            for letter, (_, recipients, _) in zip(self.letters, self.envelopes, strict=True)
            if address in recipients
        ]
