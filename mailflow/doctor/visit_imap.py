"""A visit to the mailbox's server, as the daemon's: dial, log in, look for the folders. Only looks (STATUS, EXAMINE)."""

import ssl
from dataclasses import replace

from mailflow.doctor.visit import Folder, Visit
from mailflow.errors import LineError, MailboxError
from mailflow.mailbox import folders
from mailflow.mailbox.connect import Connection, dial, hang_up, log_in
from mailflow.mailbox.session import RefusedError, Session
from mailflow.mailbox.settings import MailboxSettings, imap_server


def visit_imap(settings: MailboxSettings) -> Visit:
    """Return what was seen; raises only for an unsound configuration."""
    server = imap_server(settings)
    seen = Visit(where=f"IMAP {server}", section="[mailbox]", is_protected=server.security != "none")
    try:
        connection = dial(settings)
    except LineError as fault:
        return replace(seen, failed="tls", what=fault.what, next=fault.step)
    except MailboxError as fault:
        return replace(seen, failed="connect", what=fault.what, next=fault.step)
    try:
        return _inside(connection, settings, seen)
    finally:
        hang_up(connection.client)


def _inside(connection: Connection, settings: MailboxSettings, seen: Visit) -> Visit:
    socket = connection.client.sock
    certificate = socket.getpeercert() if isinstance(socket, ssl.SSLSocket) else None
    seen = replace(seen, certificate=certificate)
    try:
        log_in(connection, settings)
    except MailboxError as fault:
        return replace(seen, failed="login", what=fault.what, next=fault.step)
    seen = replace(seen, offered=dict.fromkeys(connection.client.capabilities, ""))
    session = Session(connection.client, seen.where)
    try:
        return replace(seen, folders=_folders(connection, session, settings))
    except MailboxError as fault:
        step = fault.step or "look into the server's log, then try again"
        return replace(seen, failed="folders", what=fault.what, next=step)
    except Exception as fault:  # noqa: BLE001 - what one server answers must not keep the other from being visited
        what = f"the answer about the folders could not be understood ({type(fault).__name__})"
        return replace(
            seen, failed="folders", what=what, next="please report it, with the server's name and version"
        )


def _folders(connection: Connection, session: Session, settings: MailboxSettings) -> tuple[Folder, ...]:
    namespace = folders.find_namespace(connection, session)
    keys = ("folder", "processed_folder", "quarantine_folder")
    names = {key: namespace.server_name(getattr(settings, key)) for key in keys}
    return tuple(_folder(connection, session, key, name) for key, name in names.items())


def _folder(connection: Connection, session: Session, key: str, name: str) -> Folder:
    try:
        if key == "folder":
            session.select(lambda: connection.folder.set(name, readonly=True))
        else:
            session.ask("STATUS", connection.client.status, folders.quoted(name), "(UIDVALIDITY)")
    except RefusedError as fault:
        return Folder(key=key, name=name, is_there=False, said=fault.what)
    return Folder(key=key, name=name, is_there=True)
