"""What it takes to reach a mailbox, and the proof that it makes sense before anything is dialled."""

from dataclasses import dataclass, field
from ipaddress import ip_address
from pathlib import Path
from typing import Literal
from urllib.parse import SplitResult, quote, unquote, urlsplit

from mailflow.errors import ConfigurationError

Security = Literal["implicit", "starttls", "none"]

_PORTS = {"imaps": 993, "imap": 143}


@dataclass(frozen=True, kw_only=True)
class MailboxSettings:
    """The configuration section `[mailbox]`.

    `url`: `imaps://host:993`, `imap://host:143` (then `tls` counts: STARTTLS unless told otherwise) or `maildir:///path`.
    `ca_file`: PEM file of the authorities to trust instead of the system's. In folder names `/` separates levels, whatever the server uses.
    `timeout`: seconds a server may take over one answer.
    """

    url: str
    tls: Security | None = None
    username: str = ""
    password: str = field(default="", repr=False)
    ca_file: Path | None = None
    folder: str = "INBOX"
    processed_folder: str = "Processed"
    quarantine_folder: str = "Quarantine"
    timeout: float = 60.0


@dataclass(frozen=True, kw_only=True)
class ImapServer:
    """An IMAP server's address and how the line to it is protected (RFC 8314 §3: `implicit` is preferred)."""

    host: str
    port: int
    security: Security

    def __str__(self) -> str:
        """`host:port`, as error messages show it."""
        return f"[{self.host}]:{self.port}" if ":" in self.host else f"{self.host}:{self.port}"


def is_loopback(host: str) -> bool:
    """Whether `host` names this machine by its loopback address (RFC 1122 §3.2.1.3, RFC 6761 §6.3)."""
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return host.rstrip(".").lower() == "localhost"


def imap_server(settings: MailboxSettings) -> ImapServer:
    """The server of an `imaps:` or `imap:` URL; raises `ConfigurationError` for what cannot be or must not be dialled."""
    parts = _split(settings.url)
    if not parts.hostname or parts.username or parts.path.strip("/") or parts.query:
        raise ConfigurationError(
            f"[mailbox] url must be {parts.scheme}://host:port and nothing more; "
            "put the account into username and password, the folder into folder"
        )
    security = _security(parts.scheme, settings.tls)
    if security == "none" and not is_loopback(parts.hostname):
        raise ConfigurationError(
            f'[mailbox] tls = "none" would send the password readable to {parts.hostname}; it is allowed for '
            'loopback addresses only. Use imaps:// or tls = "starttls"'
        )
    if not settings.username or not settings.password:
        raise ConfigurationError(
            "[mailbox] username and password are both needed for IMAP; "
            "give the password as the credential mailbox.password"
        )
    if any(ord(sign) < ord(" ") for sign in settings.username + settings.password):
        raise ConfigurationError(
            "[mailbox] username or password holds a control character (a line end copied along?)"
        )
    return ImapServer(host=parts.hostname, port=parts.port or _PORTS[parts.scheme], security=security)


def maildir_path(settings: MailboxSettings) -> Path:
    """The directory of a `maildir:///path` URL."""
    parts = urlsplit(settings.url)
    if parts.netloc or not parts.path.startswith("/"):
        raise ConfigurationError(
            "[mailbox] url for a Maildir needs an absolute path: maildir:///var/mail/counter"
        )
    return Path(unquote(parts.path))


def check_folders(settings: MailboxSettings) -> None:
    """The three folders must be three, and have plain names; raises `ConfigurationError`."""
    names = (settings.folder, settings.processed_folder, settings.quarantine_folder)
    for key, name in zip(("folder", "processed_folder", "quarantine_folder"), names, strict=True):
        if not name.strip("/") or any(ord(sign) < ord(" ") or sign in '*%"\\' for sign in name):
            raise ConfigurationError(
                f'[mailbox] {key} = {name!r} is no folder name: it is empty or holds one of * % " \\'
            )
    if len({name.casefold() for name in names}) < len(names):
        raise ConfigurationError(
            "[mailbox] folder, processed_folder and quarantine_folder must be three different folders"
        )


def mailbox_name(settings: MailboxSettings) -> str:
    """The mailbox's name in the ledger, without credentials: `imap://user@host/INBOX`, `maildir:///path`."""
    parts = _split(settings.url)
    if parts.scheme == "maildir":
        folder = "" if settings.folder.upper() == "INBOX" else f";folder={quote(settings.folder)}"
        return f"maildir://{parts.path}{folder}"
    folder = "INBOX" if settings.folder.upper() == "INBOX" else settings.folder
    return f"imap://{quote(settings.username, safe='')}@{parts.hostname}/{quote(folder)}"


def _security(scheme: str, tls: Security | None) -> Security:
    if scheme == "imaps":
        if tls not in {None, "implicit"}:
            raise ConfigurationError(
                f'[mailbox] url imaps:// and tls = "{tls}" contradict each other; remove tls'
            )
        return "implicit"
    if tls == "implicit":
        raise ConfigurationError('[mailbox] for tls = "implicit" write the url as imaps://host:993')
    return tls or "starttls"


def _split(url: str) -> SplitResult:
    try:
        parts = urlsplit(url)
        _ = parts.port  # read for its proof: raises ValueError when it is no number below 65536
    except ValueError:
        parts = urlsplit("")
    if parts.scheme not in {*_PORTS, "maildir"}:
        raise ConfigurationError(
            "[mailbox] url must begin with imaps://, imap:// or maildir:// and have a valid host and port"
        )
    return parts
