"""Dialling and logging in: imap-tools over our wire, every failure named with its next step and without a secret."""

import imaplib
import socket
import ssl
from contextlib import suppress

from imap_tools.errors import ImapToolsError
from imap_tools.mailbox import BaseMailBox

from mailflow.errors import LineError, MailboxError
from mailflow.mailbox.settings import ImapServer, MailboxSettings, imap_server
from mailflow.mailbox.tls import client_context, refusal
from mailflow.mailbox.wire import Wire


class Connection(BaseMailBox):
    """imap-tools' mailbox (login, folders) on a `Wire`."""

    client: Wire

    def __init__(self, server: ImapServer, context: ssl.SSLContext, timeout: float) -> None:
        self._server = server
        self._context = context
        self._timeout = timeout
        super().__init__()

    def _get_mailbox_client(self) -> Wire:
        server = self._server
        implicit = self._context if server.security == "implicit" else None
        wire = Wire(server.host, server.port, self._timeout, implicit)
        if server.security != "starttls":
            return wire
        try:
            wire.starttls(self._context)
        except BaseException:
            hang_up(wire)
            raise
        return wire


def hang_up(wire: Wire) -> None:
    """Close the socket without a word; never raises."""
    with suppress(OSError, ValueError):  # it may have been closed already
        wire.shutdown()


def connect(settings: MailboxSettings) -> Connection:
    """A logged-in connection without a selected folder; raises `MailboxError`, `ConfigurationError` for what is unsound."""
    connection = dial(settings)
    try:
        log_in(connection, settings)
    except BaseException:
        hang_up(connection.client)
        raise
    return connection


def dial(settings: MailboxSettings) -> Connection:
    """A connection inside TLS as configured, nobody logged in; raises `LineError` where TLS is what fails."""
    server, context = imap_server(settings), client_context(settings.ca_file)
    try:
        return Connection(server, context, settings.timeout)
    except socket.gaierror as error:
        raise MailboxError(
            f"The mail server {server} has no address",
            step="check the host name in [mailbox] url and this machine's name service",
        ) from error
    except ssl.SSLError as error:
        what, step = refusal(error, str(server))
        raise LineError(what, step=step) from error
    except TimeoutError as error:
        what = f"The mail server {server} did not answer within {settings.timeout:.0f} s"
        raise MailboxError(what, step="check port and firewall") from error
    except OSError as error:
        what = f"The mail server {server} cannot be reached ({error.strerror or type(error).__name__})"
        raise MailboxError(what, step="is it running, is the port right?") from error
    except (imaplib.IMAP4.error, ImapToolsError) as error:
        if server.security == "starttls":
            what = f"The mail server {server} offers no STARTTLS or does not speak IMAP there"
            raise LineError(what, step="try imaps:// in [mailbox] url") from error
        what = f"The mail server {server} does not speak IMAP there"
        raise MailboxError(what, step="check port and tls in [mailbox]") from error


def log_in(connection: Connection, settings: MailboxSettings) -> None:
    """Log in and learn what the server can do; raises `MailboxError`."""
    wire, server = connection.client, imap_server(settings)
    if "LOGINDISABLED" in wire.capabilities:
        raise MailboxError(
            f"{server} accepts no password on an unprotected line", step="use imaps:// or STARTTLS"
        )
    plain = f"{settings.username}{settings.password}".isascii()
    try:
        # The chain is cut everywhere below: what imaplib says may quote what was sent.
        (connection.login if plain else connection.login_utf8)(
            settings.username, settings.password, initial_folder=None
        )
        # Before the login a server shows a few capabilities only; MOVE and IDLE come with it (RFC 3501 §6.2.3).
        _, data = wire.capability()
    except (wire.abort, OSError):
        raise MailboxError(
            f"The connection to {server} was lost during the login", step="will be tried again"
        ) from None
    except (imaplib.IMAP4.error, ImapToolsError):
        raise MailboxError(
            f"{server} refused the login of {settings.username}",
            step="check [mailbox] username and password (has the password been changed?) and that the account may use IMAP",
        ) from None
    wire.capabilities = tuple(b" ".join(filter(None, data)).decode("ascii", "replace").upper().split())
