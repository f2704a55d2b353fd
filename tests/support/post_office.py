"""The whole circuit: everybody's mail is submitted to Postfix, which delivers to Dovecot; what cannot be delivered comes back."""

import time
from contextlib import ExitStack

from tests.support.dovecot import Dovecot
from tests.support.postfix import Postfix
from tests.support.server import DOMAIN

AUTHSERV_ID = f"mx.{DOMAIN}"
"""Who signs the Authentication-Results header (RFC 8601) that this post office puts on top of its own users' mail."""


class PostOffice:
    """Department, officers and applicants as users of one Dovecot; `submit` is anybody's way to send.

    Mail whose envelope sender is a user carries `Authentication-Results: AUTHSERV_ID; dmarc=pass`; other senders' mail none.
    An address nobody has bounces to the envelope sender, with `+detail` kept.
    """

    def __init__(self, department="layanan", officers=("sari", "budi"), applicants=("andi", "dewi")):
        self.department = department
        self.users = (department, *officers, *applicants)
        self.dovecot = Dovecot(self.users)
        self._stack = ExitStack()
        self.postfix = None

    def __enter__(self):
        with ExitStack() as stack:
            stack.enter_context(self.dovecot)
            passed = {
                self.address(user): f"Authentication-Results: {AUTHSERV_ID}; dmarc=pass header.from={DOMAIN}"
                for user in self.users
            }
            transport = f"lmtp:inet:[127.0.0.1]:{self.dovecot.lmtp_port}"
            self.postfix = stack.enter_context(Postfix(transport, authenticated=passed))
            self._stack = stack.pop_all()
        return self

    def __exit__(self, *exc_info):
        self._stack.close()

    @property
    def smtp_url(self):
        return f"smtp://127.0.0.1:{self.postfix.port}"

    @property
    def imap_url(self):
        return f"imap://127.0.0.1:{self.dovecot.port}"

    def address(self, user):
        return self.dovecot.address(user)

    def submit(self, raw, sender, recipient):
        """Send one message; `sender` and `recipient` are users or whole addresses, `sender` may be ""."""
        self.postfix.submit(raw, self.address(sender) if sender else "", [self.address(recipient)])

    def await_mail(self, user, count=1, folder="INBOX", seconds=30.0):
        """The raw messages in a user's folder as soon as there are `count`."""
        until = time.monotonic() + seconds
        while len(found := self.dovecot.messages(folder, user)) < count:
            if time.monotonic() > until:
                raise AssertionError(
                    f"{len(found)} of {count} messages for {user} after {seconds} s\n{self.postfix.log()[-3000:]}"
                )
            self.postfix.pause()
        return found
