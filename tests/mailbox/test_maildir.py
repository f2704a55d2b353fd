"""What is particular to a Maildir."""

import pytest

from mailflow.errors import MailboxError
from mailflow.mailbox.maildir import UID_VALIDITY, stable_uid
from tests.support.places import MaildirPlace
from tests.support.plain import plain_letter as letter


@pytest.fixture
def maildir(tmp_path):
    return MaildirPlace(tmp_path / "Maildir")


@pytest.fixture
def box(maildir):
    box = maildir.mailbox()
    assert box.open() == UID_VALIDITY
    return box


def read_by_a_person(path, flags="S"):
    return path.rename(path.parent.parent / "cur" / f"{path.name}:2,{flags}")


def test_opening_makes_the_maildir_and_its_folders(maildir, box):
    for folder in (maildir.path, maildir.path / ".Processed", maildir.path / ".Quarantine"):
        assert all((folder / part).is_dir() for part in ("tmp", "new", "cur"))
    assert (maildir.path / ".Processed" / "maildirfolder").exists()


def test_a_missing_parent_is_named_and_not_made(tmp_path):
    with pytest.raises(MailboxError, match=r"directory .*nowhere.* is missing"):
        MaildirPlace(tmp_path / "nowhere" / "Maildir").mailbox().open()
    assert not (tmp_path / "nowhere").exists()


def test_the_uid_does_not_change_with_the_flags():
    assert stable_uid("1.M2P3.mail,S=12") == stable_uid("1.M2P3.mail,S=12:2,FRS")
    assert stable_uid("1.M2P3.mail") != stable_uid("1.M2P4.mail")
    assert 0 < stable_uid("") < 2**63


def test_a_message_that_a_mail_program_reads_meanwhile_is_still_found(maildir, box):
    maildir.deliver(letter(1), letter(2))
    uids = box.uids()
    for path in maildir.files():
        read_by_a_person(path)
    assert [uid for uid, _ in box.fetch(uids)] == uids
    assert len(list(box.listed(uids))) == 2
    assert box.move(uids, "processed") == set(uids)
    assert all(path.name.endswith(":2,S") for path in maildir.files("Processed"))


def test_moving_never_overwrites_a_message_of_the_same_name(maildir, box):
    maildir.deliver(letter(1, "yang satu"))
    (path,) = maildir.files()
    (maildir.path / ".Processed" / "new" / path.name).write_bytes(b"yang lain")
    assert len(box.move(box.uids(), "processed")) == 1
    assert len(maildir.bodies("Processed")) == 2


def test_symbolic_links_are_no_messages(maildir, box, tmp_path):
    secret = tmp_path / "secret"
    secret.write_bytes(b"not for mail")
    (maildir.path / "new" / "1.M1P1.mail").symlink_to(secret)
    assert box.uids() == []
    assert list(box.fetch([stable_uid("1.M1P1.mail")])) == []


def test_a_message_exchanged_for_a_link_is_not_followed(maildir, box, tmp_path):
    maildir.deliver(letter())
    uids = box.uids()
    (path,) = maildir.files()
    path.unlink()
    path.symlink_to(tmp_path / "elsewhere")
    (tmp_path / "elsewhere").write_bytes(b"not for mail")
    with pytest.raises(MailboxError):
        list(box.fetch(uids))
    assert list(box.listed(uids)) == []


def test_a_folder_that_is_a_link_is_refused(maildir, box, tmp_path):
    (tmp_path / "elsewhere").mkdir()
    (maildir.path / ".Keluar").symlink_to(tmp_path / "elsewhere")
    with pytest.raises(MailboxError, match="symbolic link"):
        maildir.mailbox(processed_folder="Keluar").open()
    assert list((tmp_path / "elsewhere").iterdir()) == []


def test_half_written_and_hidden_files_are_no_messages(maildir, box):
    (maildir.path / "tmp" / "1.M1P1.mail").write_bytes(b"half")
    (maildir.path / "new" / ".hidden").write_bytes(b"x")
    (maildir.path / "new" / "directory").mkdir()
    assert box.uids() == []


def test_a_maildir_that_vanishes_is_an_error_and_not_an_empty_mailbox(maildir, box):
    maildir.path.rename(maildir.path.with_name("away"))
    with pytest.raises(MailboxError, match="is its disk mounted"):
        box.uids()
    with pytest.raises(MailboxError):
        box.wait(3600)


def test_a_processed_folder_that_vanished_is_an_error_and_the_message_stays(maildir, box):
    maildir.deliver(letter())
    uids = box.uids()
    (maildir.path / ".Processed" / "new").rmdir()
    with pytest.raises(MailboxError, match="folder missing"):
        box.move(uids, "processed")
    assert box.uids() == uids


def test_folder_names_follow_maildir_plus_plus(maildir):
    maildir.mailbox(processed_folder="Selesai/Tahun é").open()
    assert (maildir.path / ".Selesai.Tahun &AOk-" / "cur").is_dir()


def test_headers_end_at_the_first_empty_line_with_either_line_end(maildir, box):
    maildir.deliver(b"Subject: a\n\nbody\r\n\r\n", b"Subject: b\r\n\r\nbody\n\n", b"Subject: c\n")
    headers = sorted(box.headers(uid) for uid in box.uids())
    assert headers == [b"Subject: a\n\n", b"Subject: b\r\n\r\n", b"Subject: c\n"]
