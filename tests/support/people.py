"""Applicants and officers at their own mailboxes."""

from tests.support.server import DOMAIN
from tests.support.writing import mail, parsed, reply_address


class Person:
    """Somebody with a mailbox in the post office; `copies`: how often each of their mails is delivered."""

    def __init__(self, post_office, address, *, copies=1):
        self.post_office, self.address, self.copies = post_office, address, copies
        self.user = address.removesuffix(f"@{DOMAIN}")

    def inbox(self):
        """All letters, parsed, in order of arrival."""
        return [parsed(text) for text in self.post_office.dovecot.messages("INBOX", self.user)]

    def receives(self, subject, *, beside=None, count=1):
        """Wait for letters with this in the subject, others than `beside`; the one, or the list when several are wanted."""
        known = str(beside["Message-ID"]) if beside is not None else ""
        while True:
            inbox = self.inbox()
            found = [
                letter
                for letter in inbox
                if subject.lower() in str(letter["Subject"]).lower() and str(letter["Message-ID"]) != known
            ]
            if len(found) >= count:
                return found[-1] if count == 1 else found
            self.post_office.await_mail(self.user, len(inbox) + 1)

    def writes(self, raw, to=""):
        """Send a mail."""
        for _ in range(self.copies):
            self.post_office.submit(raw, self.user, to or "layanan")

    def replies(self, letter, text, *, files=()):
        """Answer a letter as mail programs do."""
        raw = mail(text, sender=self.address, answers=letter, files=files)
        self.writes(raw, reply_address(letter))
