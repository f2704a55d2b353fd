"""Waiting: the server's word is heard in time, silence and the end of the line are told apart."""

import os
import threading

import pytest

from mailflow.errors import MailboxError
from mailflow.mailbox.wire import Wire
from tests.support.places import ImapPlace
from tests.support.plain import plain_letter as letter
from tests.support.scripted import scripted_mailbox


@pytest.fixture
def when_idle(monkeypatch):
    """Do something, in a thread, as soon as the server has confirmed IDLE."""
    threads = []
    ready_line = Wire.ready_line

    def begin(act):
        def listening(wire):
            line = ready_line(wire)
            if line and line.startswith(b"+") and not threads:
                threads.append(threading.Thread(target=act))
                threads[0].start()
            return line

        monkeypatch.setattr(Wire, "ready_line", listening)

    yield begin
    for thread in threads:
        thread.join()


def test_a_delivery_during_idle_wakes(imap, inbox, when_idle):
    inbox.uids()
    when_idle(lambda: imap.deliver(letter()))
    assert inbox.wait(3600) is True
    assert inbox.uids() == [1]


def test_the_same_over_tls(start_dovecot, certificate, when_idle):
    dovecot = start_dovecot(certificate=certificate)
    place = ImapPlace(dovecot, url=f"imaps://localhost:{dovecot.tls_port}", ca_file=certificate.authority)
    inbox = place.mailbox()
    inbox.open()
    inbox.uids()
    when_idle(lambda: place.deliver(letter()))
    assert inbox.wait(3600) is True
    inbox.close()


def test_a_stop_during_idle_ends_it_and_the_connection_stays_usable(imap, inbox, when_idle, wake):
    inbox.uids()
    when_idle(lambda: os.write(wake[1], b"!"))
    assert inbox.wait(3600, wake[0]) is False
    imap.deliver(letter())
    assert inbox.uids() == [1]


def test_another_clients_flag_change_does_not_wake(imap, inbox, when_idle, wake):
    imap.deliver(letter())
    inbox.uids()

    def flag_then_stop():
        with imap.other_client() as client:
            client.client.uid("STORE", "1", "+FLAGS", r"(\Flagged)")
        os.write(wake[1], b"!")

    when_idle(flag_then_stop)
    assert inbox.wait(3600, wake[0]) is False


def test_idle_is_renewed_before_firewalls_forget_the_connection(imap, inbox, monkeypatch):
    monkeypatch.setattr("mailflow.mailbox.imap.LONGEST", 0.01)
    said = []
    send = Wire.send
    monkeypatch.setattr(Wire, "send", lambda wire, data: (said.append(data), send(wire, data))[1])
    inbox.uids()
    assert inbox.wait(0.2) is False
    assert said.count(b"idle IDLE\r\n") > 1
    assert said.count(b"idle IDLE\r\n") == said.count(b"DONE\r\n")


def test_a_connection_cut_during_idle_is_an_error_and_no_busy_loop(imap, inbox, when_idle, monkeypatch):
    looks = []
    drain = Wire.drain
    monkeypatch.setattr(Wire, "drain", lambda wire: (looks.append(1), drain(wire))[1])
    inbox.uids()
    when_idle(imap.dovecot.kick)
    with pytest.raises(MailboxError, match="connection was lost"):
        inbox.wait(3600)
    assert len(looks) < 20


def test_a_server_without_idle_is_looked_at_from_time_to_time(start_dovecot, wake):
    place = ImapPlace(start_dovecot(capability="IMAP4rev1 UIDPLUS MOVE NAMESPACE"))
    inbox = place.mailbox()
    inbox.open()
    inbox.uids()
    assert inbox.wait(0.01) is True
    os.write(wake[1], b"!")
    assert inbox.wait(3600, wake[0]) is False


def _idle_script(*answers):
    """A server that answers IDLE with `answers`, each its own segment, and DONE with OK."""

    def serve(line, tag, send):
        if b" IDLE" in line:
            for answer in answers:
                send(answer)
        elif line == b"DONE":
            send(b"idle OK done\r\n")
        else:
            return False
        return True

    return serve


@pytest.mark.parametrize(
    "answers",
    [
        (b"+ idling\r\n* 1 EXISTS\r\n",),
        (b"+ idl", b"ing\r\n* 1 EX", b"ISTS\r", b"\n"),
        (b"* 1 EXISTS\r\n+ \r\n",),
        (b"+ idling\r\n", b"* OK still here\r\n", b"* 1 EXISTS\r\n* 1 RECENT\r\n"),
    ],
)
def test_news_is_heard_however_the_segments_are_cut(answers):
    with scripted_mailbox(_idle_script(*answers)) as mailbox:
        assert mailbox.wait(3600) is True


@pytest.mark.parametrize(
    "answer", [b"idle NO not now\r\n", b"idle BAD what?\r\n", b"+ idling\r\nidle OK enough\r\n"]
)
def test_a_server_that_refuses_idle_is_polled(answer):
    with scripted_mailbox(_idle_script(answer)) as mailbox:
        assert mailbox.wait(0.01) is True
        assert mailbox.wait(0.01) is True


def test_a_farewell_during_idle_is_an_error():
    with (
        scripted_mailbox(_idle_script(b"+ idling\r\n* BYE restarting\r\n", None)) as mailbox,
        pytest.raises(MailboxError, match="connection was lost"),
    ):
        mailbox.wait(3600)


def test_a_silent_server_does_not_hold_up_a_stop(wake, monkeypatch):
    monkeypatch.setattr("mailflow.mailbox.idle._HURRY", 0.01)
    os.write(wake[1], b"!")
    monkeypatch.setattr("mailflow.mailbox.imap._readable", lambda *_: False)
    with scripted_mailbox(_idle_script()) as mailbox, pytest.raises(MailboxError):
        mailbox.wait(3600, wake[0])


def test_waiting_on_a_mailbox_that_is_not_open_is_an_error(imap):
    with pytest.raises(MailboxError, match="not open"):
        imap.mailbox().wait(1)
