"""A mailbox and the other side of it: who delivers, and what lies where."""

from dataclasses import replace

from imap_tools import MailBoxUnencrypted

from mailflow.mailbox.factory import open_mailbox
from mailflow.mailbox.settings import MailboxSettings
from tests.support.server import PASSWORD


class ImapPlace:
    """The mailbox of user `layanan` on a Dovecot."""

    def __init__(self, dovecot, **settings):
        self.dovecot = dovecot
        self.settings = MailboxSettings(
            **{
                "url": f"imap://127.0.0.1:{dovecot.port}",
                "tls": None if settings.get("url", "").startswith("imaps:") else "none",
                "username": dovecot.address("layanan"),
                "password": PASSWORD,
                **settings,
            }
        )

    def mailbox(self, **changes):
        return open_mailbox(replace(self.settings, **changes))

    def deliver(self, *raws):
        self.dovecot.deliver_many(raws)

    def bodies(self, folder="INBOX"):
        return [text.replace("\n", "\r\n").encode() for text in self.dovecot.messages(folder)]

    def vanish(self, uid):
        """Another client deletes a message for good."""
        with self.other_client() as client:
            client.delete([str(uid)])

    def other_client(self, folder="INBOX"):
        client = MailBoxUnencrypted("127.0.0.1", self.dovecot.port, timeout=20)
        return client.login(self.settings.username, PASSWORD, initial_folder=folder)


class MaildirPlace:
    """A Maildir in a directory of the test."""

    def __init__(self, path):
        self.path = path
        self.settings = MailboxSettings(url=f"maildir://{path}")
        self._count = 0

    def mailbox(self, **changes):
        return open_mailbox(replace(self.settings, **changes))

    def deliver(self, *raws):
        for raw in raws:
            self._count += 1
            name = f"1795000000.M{self._count}P1.mail,S={len(raw)}"
            (self.path / "tmp" / name).write_bytes(raw)
            (self.path / "tmp" / name).rename(self.path / "new" / name)

    def files(self, folder="INBOX"):
        root = self.path if folder == "INBOX" else self.path / f".{folder}"
        return [path for part in ("new", "cur") for path in sorted((root / part).iterdir())]

    def bodies(self, folder="INBOX"):
        return [path.read_bytes() for path in self.files(folder)]

    def vanish(self, uid):
        with_uid = self.mailbox()
        with_uid.open()
        with_uid.discard([uid])
