"""What every mailbox promises, IMAP with and without MOVE, and Maildir."""

import os
from datetime import UTC, datetime, timedelta

import pytest

from mailflow.errors import ConfigurationError
from mailflow.mailbox.factory import open_mailbox
from tests.support.places import ImapPlace
from tests.support.plain import plain_letter as letter


def test_an_empty_mailbox_shows_nothing(mailbox):
    assert mailbox.uids() == []
    assert list(mailbox.listed([])) == []
    assert list(mailbox.fetch([])) == []
    assert mailbox.move([], "processed") == set()
    assert mailbox.discard([]) == set()


def test_fetching_returns_the_delivered_bytes_and_changes_nothing(place, mailbox):
    place.deliver(letter(1, "satu"), letter(2, "dua"))
    before = place.bodies()
    fetched = dict(mailbox.fetch(mailbox.uids()))
    assert sorted(fetched.values()) == sorted(before)
    assert all(letter(number, body) in raw for number, body, raw in [(1, "satu", before[0])])
    assert place.bodies() == before
    assert sorted(fetched) == mailbox.uids()


def test_fetching_leaves_mail_unread(place, mailbox):
    place.deliver(letter())
    list(mailbox.fetch(mailbox.uids()))
    mailbox.headers(mailbox.uids()[0])
    if isinstance(place, ImapPlace):
        with place.other_client() as client:
            assert client.uids("UNSEEN") == ["1"]
    else:
        assert [path.parent.name for path in place.files()] == ["new"]


def test_what_was_filed_after_a_moment_is_seen_and_the_inbox_is_as_before(place, mailbox):
    start = datetime.now(UTC)
    place.deliver(letter(1), letter(2))
    first, second = mailbox.uids()
    assert not mailbox.filed_after(start - timedelta(seconds=5)), "it lies in the inbox"
    mailbox.move([first], "processed")
    assert mailbox.filed_after(start - timedelta(seconds=5))
    assert not mailbox.filed_after(start + timedelta(seconds=60))
    assert mailbox.uids() == [second]
    assert mailbox.move([second], "processed") == {second}, "it can be written to again"


def test_listing_tells_size_and_an_aware_time_of_arrival(place, mailbox):
    start = datetime.now(UTC) - timedelta(seconds=2)
    place.deliver(letter(size=50_000))
    (seen,) = mailbox.listed(mailbox.uids())
    assert seen.size == len(place.bodies()[0])
    assert start <= seen.received <= datetime.now(UTC) + timedelta(seconds=1)


def test_headers_come_without_the_body(place, mailbox):
    place.deliver(letter(7, "isi surat"))
    headers = mailbox.headers(mailbox.uids()[0])
    assert b"Subject: Surat 7\r\n" in headers
    assert b"isi surat" not in headers


def test_headers_of_a_vanished_message_are_empty(mailbox):
    assert mailbox.headers(4711) == b""


@pytest.mark.parametrize(("folder", "name"), [("processed", "Processed"), ("quarantine", "Quarantine")])
def test_moving_takes_the_named_messages_and_leaves_the_others(place, mailbox, folder, name):
    place.deliver(*(letter(number) for number in range(1, 5)))
    uids = mailbox.uids()
    bodies = dict(mailbox.fetch(uids))
    assert mailbox.move(uids[:2], folder) == set(uids[:2])
    assert mailbox.uids() == uids[2:]
    assert sorted(place.bodies(name)) == sorted(bodies[uid] for uid in uids[:2])


def test_moving_twice_or_what_has_vanished_reports_it_gone(place, mailbox):
    place.deliver(letter(1), letter(2))
    first, second = mailbox.uids()
    place.vanish(first)
    assert mailbox.move([first, second], "processed") == {first, second}
    assert mailbox.move([first, second], "processed") == {first, second}
    assert len(place.bodies("Processed")) == 1


def test_a_vanished_message_is_left_out_of_lists_and_fetches(place, mailbox):
    place.deliver(letter(1), letter(2), letter(3))
    uids = mailbox.uids()
    place.vanish(uids[1])
    assert [seen.uid for seen in mailbox.listed(uids)] == [uids[0], uids[2]]
    assert [uid for uid, _ in mailbox.fetch(uids)] == [uids[0], uids[2]]


def test_discarding_deletes_these_and_only_these(place, mailbox):
    place.deliver(letter(1), letter(2), letter(3))
    uids = mailbox.uids()
    assert mailbox.discard([uids[1], 987654]) == {uids[1], 987654}
    assert mailbox.uids() == [uids[0], uids[2]]


def test_uids_stay_the_same_when_the_mailbox_is_opened_again(place, mailbox):
    place.deliver(letter(1), letter(2))
    uids, validity = mailbox.uids(), mailbox.open()
    assert mailbox.uids() == uids
    assert mailbox.open() == validity


def test_waiting_ends_when_the_time_is_over(mailbox):
    mailbox.uids()
    assert mailbox.wait(0.01) is False


def test_waiting_notices_mail_that_came_since_the_last_look(place, mailbox):
    mailbox.uids()
    place.deliver(letter())
    assert mailbox.wait(3600) is True
    assert len(mailbox.uids()) == 1


def test_waiting_notices_mail_that_came_during_the_other_commands(place, mailbox):
    place.deliver(letter(1))
    (uid,) = mailbox.uids()
    place.deliver(letter(2))
    list(mailbox.fetch([uid]))
    mailbox.move([uid], "processed")
    assert mailbox.wait(3600) is True


def test_waiting_ends_at_once_when_a_stop_is_asked(mailbox, wake):
    mailbox.uids()
    os.write(wake[1], b"!")
    assert mailbox.wait(3600, wake[0]) is False


def test_a_closed_mailbox_can_be_closed_again_and_opened(place, mailbox):
    mailbox.close()
    mailbox.close()
    place.deliver(letter()) if isinstance(place, ImapPlace) else None
    mailbox.open()
    assert mailbox.uids() is not None


def test_two_thousand_messages_come_whole_and_move_whole(place, mailbox):
    place.deliver(*(letter(number) for number in range(2000)))
    uids = mailbox.uids()
    assert len(uids) == 2000
    assert {uid for uid, raw in mailbox.fetch(uids) if b"Mohon bantuan" in raw} == set(uids)
    assert mailbox.move(uids, "processed") == set(uids)
    assert len(place.bodies("Processed")) == 2000
    assert mailbox.uids() == []


def test_the_three_folders_must_differ(place):
    with pytest.raises(ConfigurationError, match="three different folders"):
        place.mailbox(processed_folder="quarantine")


def test_the_name_in_the_ledger_holds_no_password(place):
    assert "rahasia" not in open_mailbox(place.settings).name
    assert "rahasia" not in repr(place.settings)
