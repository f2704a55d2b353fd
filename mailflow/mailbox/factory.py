"""Chooses the mailbox for a URL."""

from mailflow.mailbox.contract import Mailbox
from mailflow.mailbox.imap import ImapMailbox
from mailflow.mailbox.maildir import MaildirMailbox
from mailflow.mailbox.settings import MailboxSettings, check_folders
from mailflow.mailbox.tls import client_context


def open_mailbox(settings: MailboxSettings) -> Mailbox:
    """The mailbox these settings describe, not yet connected: call its `open()`.

    Raises `ConfigurationError` for settings that cannot work or must not (an unprotected line to another machine).
    """
    check_folders(settings)
    if settings.url.startswith("maildir:"):
        return MaildirMailbox(settings)
    client_context(settings.ca_file)
    return ImapMailbox(settings)
