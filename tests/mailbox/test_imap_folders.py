"""Folders: the server's own spelling, and what happens when they change under us."""

import pytest

from mailflow.errors import MailboxError
from mailflow.mailbox.folders import Namespace
from tests.support.places import ImapPlace
from tests.support.plain import plain_letter as letter


def test_missing_folders_are_created_and_existing_ones_kept(imap, inbox):
    assert set(imap.dovecot.folders()) == {"INBOX", "Processed", "Quarantine"}
    imap.deliver(letter())
    inbox.move(inbox.uids(), "processed")
    inbox.open()
    assert imap.dovecot.folders() == {"INBOX": 0, "Processed": 1, "Quarantine": 0}


def test_folders_below_inbox_with_a_dot_between(start_dovecot):
    dovecot = start_dovecot(prefix="INBOX.", separator=".")
    place = ImapPlace(dovecot, processed_folder="Mailflow/Selesai")
    place.deliver(letter(1), letter(2))
    mailbox = place.mailbox()
    mailbox.open()
    mailbox.move([1], "processed")
    mailbox.move([2], "quarantine")
    mailbox.close()
    folders = dovecot.folders()
    assert folders["INBOX.Mailflow.Selesai"] == 1
    assert folders["INBOX.Quarantine"] == 1


def test_a_name_already_spelt_as_the_server_does_is_taken_as_it_is():
    namespace = Namespace("INBOX.", ".")
    assert namespace.server_name("INBOX.Selesai") == "INBOX.Selesai"
    assert namespace.server_name("inbox") == "INBOX"
    assert Namespace("", "").server_name("a/b") == "a/b"


def test_names_beyond_ascii_and_with_blanks_and_ampersands(imap):
    names = {"processed_folder": "Sudah dibéréskan & rapi", "quarantine_folder": "Karantina/受付"}
    mailbox = imap.mailbox(**names)
    mailbox.open()
    imap.deliver(letter(1), letter(2))
    mailbox.move([1], "processed")
    mailbox.move([2], "quarantine")
    mailbox.open()
    mailbox.close()
    folders = imap.dovecot.folders()
    assert folders["Sudah dibéréskan & rapi"] == 1
    assert folders["Karantina/受付"] == 1


def test_a_missing_source_folder_is_named(imap):
    with pytest.raises(MailboxError, match=r"\[mailbox\] folder"):
        imap.mailbox(folder="Masuk").open()


def test_a_folder_that_cannot_be_created_is_named(imap):
    with pytest.raises(MailboxError, match=r"cannot be created.*\[mailbox\] processed_folder"):
        imap.mailbox(processed_folder="a//b").open()


def test_a_folder_made_anew_is_noticed_and_has_another_uidvalidity(imap, monkeypatch):
    monkeypatch.setattr("mailflow.mailbox.imap.RESELECT", 0)
    user = imap.settings.username
    imap.dovecot.doveadm("mailbox", "create", "-u", user, "Masuk")
    mailbox = imap.mailbox(folder="Masuk")
    before = mailbox.open()
    assert mailbox.uids() == []
    imap.dovecot.doveadm("mailbox", "delete", "-u", user, "Masuk")
    imap.dovecot.doveadm("mailbox", "create", "-u", user, "Masuk")
    with pytest.raises(MailboxError, match="replaced by a new one"):
        mailbox.uids()
    assert mailbox.open() != before
    mailbox.close()


def test_a_folder_that_vanishes_is_an_error_and_not_an_empty_mailbox(imap):
    user = imap.settings.username
    imap.dovecot.doveadm("mailbox", "create", "-u", user, "Masuk")
    mailbox = imap.mailbox(folder="Masuk")
    mailbox.open()
    imap.dovecot.doveadm("mailbox", "delete", "-u", user, "Masuk")
    with pytest.raises(MailboxError):
        mailbox.uids()
    mailbox.close()


def test_a_renumbered_folder_is_noticed_while_connected(imap, inbox):
    imap.deliver(letter())
    before = inbox.open()
    imap.dovecot.doveadm("mailbox", "update", "-u", imap.settings.username, "--uid-validity", "4711", "INBOX")
    with pytest.raises(MailboxError):
        inbox.uids()
    assert inbox.open() == 4711 != before


def test_a_processed_folder_that_vanished_is_made_again_on_opening(imap, inbox):
    imap.deliver(letter())
    imap.dovecot.doveadm("mailbox", "delete", "-u", imap.settings.username, "Processed")
    with pytest.raises(MailboxError, match="refused UID MOVE"):
        inbox.move([1], "processed")
    assert inbox.uids() == [1]
    inbox.open()
    assert inbox.move([1], "processed") == {1}
