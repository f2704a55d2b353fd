"""Folders as the server names them: its hierarchy separator, its namespace, modified UTF-7 (RFC 3501 §5.1, RFC 2342)."""

import re
from dataclasses import dataclass

from imap_tools.utils import encode_folder

from mailflow.errors import MailboxError
from mailflow.mailbox.connect import Connection
from mailflow.mailbox.session import RefusedError, Session

_PERSONAL = re.compile(rb'\(\("((?:[^"\\]|\\.)*)" (?:"(\\?.)"|NIL)')


@dataclass(frozen=True)
class Namespace:
    """Where a user's own folders lie: a prefix every name carries (`INBOX.` on some servers, mostly ""), and the separator."""

    prefix: str = ""
    separator: str = "/"

    def server_name(self, name: str) -> str:
        """The configured `name` (levels parted by `/`) as this server spells it."""
        if name.upper() == "INBOX":
            return "INBOX"
        spelt = name.replace("/", self.separator) if self.separator else name
        return spelt if spelt.startswith(self.prefix) else self.prefix + spelt


def quoted(name: str) -> str:
    """A folder name as it stands in a command."""
    encoded: bytes = encode_folder(name)
    return encoded.decode("ascii")


def find_namespace(connection: Connection, session: Session) -> Namespace:
    """The personal namespace (NAMESPACE); of a server without it, what LIST "" "" tells."""
    if session.can("NAMESPACE"):
        data = session.ask("NAMESPACE", connection.client.namespace)
        if data and isinstance(data[-1], bytes) and (found := _PERSONAL.match(data[-1])):
            separator = (found[2] or b"")[-1:]
            return Namespace(found[1].decode("ascii", "replace"), separator.decode("ascii", "replace"))
    listed = session.ask("LIST", lambda: ("OK", connection.folder.list("", "")))
    return Namespace("", listed[0].delim if listed and listed[0].delim != "NIL" else "/")


def ensure_folder(connection: Connection, session: Session, name: str, key: str) -> None:
    """Create and subscribe folder `name` (the server's spelling) unless it is there; `key` names the setting in errors."""
    if exists(connection, session, name):
        return
    try:
        session.ask("CREATE", connection.folder.create, name)
    except RefusedError as error:
        if exists(connection, session, name):
            return  # another instance was faster
        raise MailboxError(
            f"{error}. The folder {name!r} cannot be created; create it by hand or name another one in [mailbox] {key}"
        ) from error
    try:
        session.ask("SUBSCRIBE", connection.folder.subscribe, name, True)
    except RefusedError:
        return  # the folder works all the same; it may be missing from the view of people's mail programs


def exists(connection: Connection, session: Session, name: str) -> bool:
    """Whether the server shows the folder `name` (its own spelling)."""
    try:
        session.ask("STATUS", connection.client.status, quoted(name), "(UIDVALIDITY)")
    except RefusedError:
        return False
    return True
