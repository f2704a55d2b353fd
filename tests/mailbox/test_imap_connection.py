"""Reaching the server: what goes wrong is named, with the next step and without the password; and it works again afterwards."""

import pytest

from mailflow.errors import ConfigurationError, MailboxError
from tests.support.certificates import make_certificate
from tests.support.places import ImapPlace
from tests.support.plain import plain_letter as letter
from tests.support.scripted import scripted_server
from tests.support.server import PASSWORD, free_port


@pytest.fixture
def secure(start_dovecot, certificate):
    dovecot = start_dovecot(certificate=certificate, extra="disable_plaintext_auth = yes")
    return ImapPlace(dovecot, url=f"imaps://localhost:{dovecot.tls_port}", ca_file=certificate.authority)


def opens(place, **changes):
    mailbox = place.mailbox(**changes)
    try:
        return mailbox.open() > 0
    finally:
        mailbox.close()


def test_tls_with_the_right_authority_is_accepted(secure):
    assert opens(secure)


def test_starttls_with_the_right_authority_is_accepted(secure):
    assert opens(secure, url=f"imap://localhost:{secure.dovecot.port}")


@pytest.mark.parametrize("scheme", ["imaps", "imap"])
def test_an_unknown_authority_is_refused_and_the_setting_named(secure, scheme):
    port = secure.dovecot.tls_port if scheme == "imaps" else secure.dovecot.port
    with pytest.raises(
        MailboxError, match=r"certificate of localhost:\d+ is not accepted.*ca_file"
    ) as refused:
        opens(secure, url=f"{scheme}://localhost:{port}", ca_file=None)
    assert refused.value.temporary


def test_a_certificate_for_another_host_is_refused(start_dovecot, tmp_path):
    foreign = make_certificate(tmp_path, names=("mail.example.go.id",))
    dovecot = start_dovecot(certificate=foreign)
    place = ImapPlace(dovecot, url=f"imaps://localhost:{dovecot.tls_port}", ca_file=foreign.authority)
    with pytest.raises(MailboxError, match=r"not accepted: Hostname mismatch.*host name"):
        opens(place)


def test_a_server_without_starttls_never_gets_the_password(imap):
    with pytest.raises(MailboxError, match="offers no STARTTLS"):
        opens(imap, tls="starttls")
    assert "Login" not in imap.dovecot.log()


def test_answers_injected_before_tls_begins_are_refused(tmp_path):
    def script(line, tag, send):
        if line.endswith(b"STARTTLS"):
            send(tag + b" OK go on\r\n* OK injected\r\n")
        elif line.endswith(b"CAPABILITY"):
            send(b"* CAPABILITY IMAP4rev1 STARTTLS\r\n" + tag + b" OK\r\n")
        else:
            send(None)
        return True

    with scripted_server(script) as port, pytest.raises(MailboxError):
        opens(ImapPlace(_At(port), tls="starttls"))


class _At:
    """Only a port, where a `Dovecot` is expected."""

    def __init__(self, port):
        self.port = port

    def address(self, user):
        return user


@pytest.mark.parametrize(
    "host", ["192.0.2.1", "mail.contohkota.go.id", "127.0.0.1.contohkota.go.id", "[2001:db8::1]"]
)
def test_an_unprotected_line_to_another_machine_is_refused_before_anything_is_dialled(imap, host):
    with pytest.raises(ConfigurationError, match=r'tls = "none".*loopback.*imaps'):
        imap.mailbox(url=f"imap://{host}:143")


@pytest.mark.parametrize(
    ("changes", "named"),
    [
        ({"url": "pop3://localhost"}, "url must begin with"),
        ({"url": "imaps://localhost:70000"}, "valid host and port"),
        ({"url": "imaps://layanan:x@localhost"}, "nothing more"),
        ({"url": "imaps://localhost/INBOX"}, "nothing more"),
        ({"url": "maildir://tmp/mail"}, "absolute path"),
        ({"username": ""}, "both needed"),
        ({"password": ""}, "mailbox.password"),
        ({"password": "a\r\nb"}, "control character"),
        ({"ca_file": "/nowhere/ca.pem"}, "ca_file"),
        ({"processed_folder": ""}, "processed_folder"),
        ({"quarantine_folder": "a*"}, "quarantine_folder"),
    ],
)
def test_settings_that_cannot_work_are_named(imap, changes, named):
    with pytest.raises(ConfigurationError, match=named):
        imap.mailbox(**changes)


@pytest.mark.parametrize("password", ["salah-sekali", "salah-é", 'salah" "'])
def test_a_refused_login_can_be_tried_again_and_does_not_tell_the_password(imap, password):
    with pytest.raises(MailboxError, match=r"refused the login of layanan@contohkota.go.id") as refused:
        opens(imap, password=password)
    assert refused.value.temporary
    assert "salah" not in str(refused.value)
    assert refused.value.__suppress_context__


def test_a_password_with_quotes_and_signs_beyond_ascii_logs_in(imap):
    with (imap.dovecot.directory / "users").open("a") as users:
        users.write('kata@contohkota.go.id:sandi "é\\\\:::::\n'.replace("\\\\", "\\"))
    assert opens(imap, username="kata@contohkota.go.id", password='sandi "é\\')


def test_an_unknown_host_is_named(imap):
    with pytest.raises(MailboxError, match=r"mail\.invalid:993 has no address"):
        opens(imap, tls=None, url="imaps://mail.invalid")


def test_a_server_that_is_not_there_is_named(imap):
    with pytest.raises(MailboxError, match=r"127.0.0.1:\d+ cannot be reached \(Connection refused\)"):
        opens(imap, url=f"imap://127.0.0.1:{free_port()}")


def test_a_port_that_speaks_something_else_is_named(imap):
    with pytest.raises(MailboxError, match="does not speak IMAP"):
        opens(imap, url=f"imap://127.0.0.1:{imap.dovecot.lmtp_port}")
    with pytest.raises(MailboxError, match=r"TLS with .* failed"):
        opens(imap, tls=None, url=f"imaps://127.0.0.1:{imap.dovecot.port}")


def test_a_server_that_never_answers_is_given_up(imap):
    with scripted_server(greeting=b"") as port, pytest.raises(MailboxError, match="did not answer within"):
        opens(imap, url=f"imap://127.0.0.1:{port}", timeout=0.05)


@pytest.mark.parametrize("hard", [False, True])
def test_after_the_server_was_ended_and_started_the_mailbox_opens_again(imap, inbox, hard):
    imap.deliver(letter())
    validity, uids = inbox.open(), inbox.uids()
    imap.dovecot.stop(hard=hard)
    with pytest.raises(MailboxError, match="connection was lost"):
        inbox.uids()
    with pytest.raises(MailboxError, match="cannot be reached"):
        inbox.open()
    imap.dovecot.start()
    assert inbox.open() == validity
    assert inbox.uids() == uids


def test_a_cut_connection_is_an_error_for_every_command(imap, inbox):
    imap.deliver(letter())
    for act in (
        inbox.uids,
        lambda: list(inbox.listed([1])),
        lambda: list(inbox.fetch([1])),
        lambda: inbox.headers(1),
        lambda: inbox.move([1], "processed"),
        lambda: inbox.discard([1]),
        lambda: inbox.wait(3600),
    ):
        inbox.open()
        imap.dovecot.kick()
        with pytest.raises(MailboxError, match="connection was lost") as lost:
            act()
        assert lost.value.temporary
    inbox.open()
    assert inbox.uids() == [1]


def test_no_message_text_reaches_an_error(imap):
    def script(line, tag, send):
        if b"UID FETCH" in line:
            send(b"rahasia NIP 198001012010011001\r\n")
            return True
        return False

    with scripted_server(script) as port:
        mailbox = imap.mailbox(url=f"imap://127.0.0.1:{port}")
        mailbox.open()
        with pytest.raises(MailboxError) as lost:
            list(mailbox.listed([1]))
        assert "1980" not in str(lost.value)
        assert lost.value.__suppress_context__
        mailbox.close()


def test_the_password_is_in_no_representation(imap):
    assert PASSWORD not in repr(imap.settings)
    assert PASSWORD not in imap.mailbox().name
