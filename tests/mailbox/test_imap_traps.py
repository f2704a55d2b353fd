"""The traps other people's mail programs and servers hold ready (each was seen with real Dovecot)."""

import threading
from itertools import count

import pytest

from mailflow.errors import MailboxError
from mailflow.mailbox import fetching
from mailflow.mailbox.wire import Wire
from tests.support.places import ImapPlace
from tests.support.plain import plain_letter as letter


@pytest.fixture
def said(monkeypatch):
    """Every command line sent to the server, without its tag."""
    lines = []
    send = Wire.send

    def record(wire, data):
        lines.append(data.split(b" ", 1)[-1].strip().decode())
        send(wire, data)

    monkeypatch.setattr(Wire, "send", record)
    return lines


@pytest.mark.parametrize("capability", ["", "IMAP4rev1 UIDPLUS IDLE NAMESPACE"])
@pytest.mark.parametrize("act", ["move", "discard"])
def test_mail_that_another_client_marked_deleted_survives(start_dovecot, capability, act):
    place = ImapPlace(start_dovecot(capability=capability))
    place.deliver(letter(1), letter(2))
    with place.other_client() as client:
        client.client.uid("STORE", "1", "+FLAGS.SILENT", r"(\Deleted)")
    mailbox = place.mailbox()
    mailbox.open()
    (mailbox.discard if act == "discard" else lambda uids: mailbox.move(uids, "processed"))([2])
    assert mailbox.uids() == [1]
    mailbox.close()
    assert len(place.bodies()) == 1


def test_move_is_used_although_it_is_announced_only_after_the_login(imap, said):
    imap.deliver(letter())
    mailbox = imap.mailbox()
    mailbox.open()
    mailbox.move(mailbox.uids(), "processed")
    assert any(line.startswith("UID MOVE 1 ") for line in said)
    assert not any("COPY" in line or "EXPUNGE" in line or "STORE" in line for line in said)


def test_a_search_above_the_last_uid_finds_nothing(imap, inbox):
    imap.deliver(letter(1), letter(2))
    assert inbox.uids(above=1) == [2]
    assert inbox.uids(above=2) == []
    assert inbox.uids(above=1000) == []


def test_the_size_is_known_before_a_body_is_asked_for(imap, inbox, said):
    imap.deliver(letter())
    list(inbox.fetch(inbox.uids()))
    fetches = [line for line in said if "FETCH" in line]
    assert "RFC822.SIZE" in fetches[0]
    assert "BODY.PEEK[]" in fetches[1]


def test_bodies_are_fetched_in_parts_of_bounded_size(imap, inbox, said, monkeypatch):
    monkeypatch.setattr(fetching, "BATCH_OCTETS", 100_000)
    imap.deliver(letter(1, size=30_000), letter(2, size=30_000), letter(3, size=200_000), letter(4))
    assert [uid for uid, _ in inbox.fetch(inbox.uids())] == [1, 2, 3, 4]
    bodies = [line.split()[2] for line in said if "BODY.PEEK[]" in line]
    assert bodies == ["1:2", "3", "4"]


def test_flags_that_another_client_changes_meanwhile_make_no_phantom_messages(imap, inbox):
    imap.deliver(*(letter(number) for number in range(300)))
    uids = inbox.uids()
    stop = threading.Event()

    def restless():
        with imap.other_client() as client:
            for turn in count():
                if stop.is_set():
                    return
                client.client.uid("STORE", "1:300", "+-"[turn % 2] + "FLAGS.SILENT", r"(\Flagged)")

    other = threading.Thread(target=restless)
    other.start()
    try:
        for _ in range(5):
            fetched = list(inbox.fetch(uids))
            assert [uid for uid, _ in fetched] == uids
            assert all(f"Subject: Surat {uid - 1}\r\n".encode() in raw for uid, raw in fetched)
    finally:
        stop.set()
        other.join()


def test_messages_that_another_client_expunges_during_a_fetch_are_left_out(imap, inbox):
    imap.deliver(*(letter(number) for number in range(120)))
    uids = inbox.uids()
    fetched = inbox.fetch(uids)
    seen = [next(fetched)[0] for _ in range(10)]
    with imap.other_client() as client:
        client.delete([str(uid) for uid in range(50, 121)])
    seen += [uid for uid, _ in fetched]
    assert seen[:49] == list(range(1, 50))
    assert set(seen) <= set(range(1, 51))  # 50 came with the first command, before it was expunged
    assert inbox.uids() == list(range(1, 50))


def test_a_server_with_neither_move_nor_uidplus_is_refused_with_the_reason(start_dovecot):
    place = ImapPlace(start_dovecot(capability="IMAP4rev1 IDLE NAMESPACE"))
    with pytest.raises(MailboxError, match=r"neither MOVE nor UIDPLUS.*stays where it is") as refused:
        place.mailbox().open()
    assert not refused.value.temporary


def test_without_uidplus_mail_is_moved_and_nothing_is_deleted(start_dovecot, said):
    place = ImapPlace(start_dovecot(capability="IMAP4rev1 MOVE NAMESPACE"))
    place.deliver(letter(1), letter(2))
    mailbox = place.mailbox()
    mailbox.open()
    assert mailbox.move([1], "processed") == {1}
    with pytest.raises(MailboxError, match="delete the message by hand"):
        mailbox.discard([2])
    assert not any("Deleted" in line for line in said)
    assert mailbox.uids() == [2]


def test_a_message_whose_file_is_damaged_does_not_hide_the_others(start_dovecot):
    dovecot = start_dovecot(extra="mail_location = maildir:~/Maildir")
    place = ImapPlace(dovecot)
    place.deliver(letter(1), letter(2), letter(3))
    mailbox = place.mailbox()
    mailbox.open()
    uids = mailbox.uids()
    home = dovecot.directory / "home" / dovecot.address("layanan") / "Maildir"
    files = sorted((*home.glob("new/*"), *home.glob("cur/*")))
    files[1].write_bytes(b"")
    fetched: set[int] = set()
    lost = 0
    for _ in range(5):  # as the daemon does: open again after every loss
        try:
            fetched |= {uid for uid, _ in mailbox.fetch(uids)}
        except MailboxError:
            lost += 1
            mailbox.open()
    assert fetched == {1, 3}
    assert lost == fetching.DEATHS


def test_a_message_moved_back_by_a_person_is_seen_again_under_a_new_uid(imap, inbox):
    imap.deliver(letter())
    inbox.move(inbox.uids(), "processed")
    with imap.other_client("Processed") as client:
        client.move(["1"], "INBOX")
    assert inbox.uids() == [2]


def test_an_empty_message_and_one_with_nul_octets_come_through(imap, inbox):
    imap.deliver(b"\r\n", b"Subject: x\r\n\r\nA\xff\x80) FLAGS (\\Seen) UID 99\r\n")
    fetched = dict(inbox.fetch(inbox.uids()))
    assert sorted(fetched) == [1, 2]
    assert fetched[2].endswith(b"A\xff\x80) FLAGS (\\Seen) UID 99\r\n")


def test_a_message_left_out_is_given_another_chance_later(imap, inbox, monkeypatch):
    imap.deliver(letter(1))
    inbox._fetching._deaths[1] = fetching.DEATHS
    assert list(inbox.fetch([1])) == []
    monkeypatch.setattr(fetching, "FORGIVEN", 0)
    assert [uid for uid, _ in inbox.fetch([1])] == [1]
