"""What it takes to send, and the proof that it makes sense before anything is dialled."""

from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal
from urllib.parse import SplitResult, unquote, urlsplit

from mailflow.errors import ConfigurationError
from mailflow.mailbox.settings import is_loopback

Security = Literal["implicit", "starttls", "none"]

_PORTS = {"implicit": 465, "starttls": 587, "none": 25}


@dataclass(frozen=True, kw_only=True)
class SmtpSettings:
    """The configuration section `[smtp]`.

    `url`: `smtps://host:465`, `smtp://host:587` (then `tls` counts: STARTTLS unless told otherwise) or `maildir:///path`.
    `ca_file`: PEM file of the authorities to trust instead of the system's. `hostname`: what we call ourselves in EHLO
    (RFC 5321 §4.1.1.1), best a name of the department's domain.
    """

    url: str
    tls: Security | None = None
    username: str = ""
    password: str = field(default="", repr=False)
    ca_file: Path | None = None
    hostname: str = ""


@dataclass(frozen=True, kw_only=True)
class SmtpServer:
    """A submission server's address, how the line to it is protected (RFC 8314 §3.3), and the name we greet it with."""

    host: str
    port: int
    security: Security
    greeting: str

    def __str__(self) -> str:
        """`host:port`, as error messages show it."""
        return f"[{self.host}]:{self.port}" if ":" in self.host else f"{self.host}:{self.port}"


def smtp_server(settings: SmtpSettings) -> SmtpServer:
    """The server of an `smtps:` or `smtp:` URL; raises `ConfigurationError` for what cannot be or must not be dialled."""
    parts = _split(settings.url)
    if not parts.hostname or parts.username or parts.path.strip("/") or parts.query:
        raise ConfigurationError(
            f"[smtp] url must be {parts.scheme}://host:port and nothing more; put the account into username and password"
        )
    security = _security(parts.scheme, settings.tls)
    if security == "none" and not is_loopback(parts.hostname):
        raise ConfigurationError(
            f'[smtp] tls = "none" would send letters and password readable to {parts.hostname}; it is allowed for '
            'loopback addresses only. Use smtps:// or tls = "starttls"'
        )
    if bool(settings.username) != bool(settings.password):
        raise ConfigurationError(
            "[smtp] username and password belong together: give both, the password as the credential smtp.password, "
            "or neither where the server asks for no login"
        )
    if any(ord(sign) < ord(" ") for sign in settings.username + settings.password):
        raise ConfigurationError(
            "[smtp] username or password holds a control character (a line end copied along?)"
        )
    return SmtpServer(
        host=parts.hostname,
        port=parts.port or _PORTS[security],
        security=security,
        greeting=_greeting(settings.hostname),
    )


def maildir_path(settings: SmtpSettings) -> Path:
    """The directory of a `maildir:///path` URL."""
    parts = _split(settings.url)
    if parts.netloc or not parts.path.startswith("/"):
        raise ConfigurationError(
            "[smtp] url for a Maildir needs an absolute path: maildir:///var/lib/mailflow/out"
        )
    return Path(unquote(parts.path))


def _security(scheme: str, tls: Security | None) -> Security:
    if scheme == "smtps":
        if tls not in {None, "implicit"}:
            raise ConfigurationError(
                f'[smtp] url smtps:// and tls = "{tls}" contradict each other; remove tls'
            )
        return "implicit"
    if tls == "implicit":
        raise ConfigurationError('[smtp] for tls = "implicit" write the url as smtps://host:port')
    return tls or "starttls"


def _greeting(hostname: str) -> str:
    """A name that may stand in EHLO; the loopback literal where none was given."""
    if not hostname:
        return "[127.0.0.1]"
    try:
        name = hostname.encode("idna").decode("ascii")
    except UnicodeError:
        name = ""
    if not name or any(not (sign.isalnum() or sign in ".-[]:") for sign in name):
        raise ConfigurationError(
            f"{hostname!r} cannot stand in EHLO; set [department] domain to a valid domain name"
        )
    return name


def _split(url: str) -> SplitResult:
    try:
        parts = urlsplit(url)
        _ = parts.port  # read for its proof: raises ValueError when it is no number below 65536
    except ValueError:
        parts = urlsplit("")
    if parts.scheme not in {"smtps", "smtp", "maildir"}:
        raise ConfigurationError(
            "[smtp] url must begin with smtps://, smtp:// or maildir:// and have a valid host and port"
        )
    return parts
