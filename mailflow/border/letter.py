"""The test letter: from us to our own address, with Authentication-Results fields that only our mail server may write.

There are two, for filters treat them differently (OpenDKIM that also signs removes forged fields from strangers' mail and keeps those of
mail it signs): one as a stranger's mail is, with a null envelope sender and From of a domain that does not exist (RFC 6761), one in our own
name. Each is known by its MAC alone, which also stands in its forged fields.
"""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from secrets import token_hex

from mailflow.config import Config
from mailflow.outbox.contract import Delivery, Envelope, Transport
from mailflow.store.sealed import Keyring
from mailflow.trust.tokens import find_tokens
from parsers.facts import MessageFacts

STRANGER = "uji-batas@mailflow.invalid"
STYLES = ("stranger", "own")
_RETURNS_WITHIN = timedelta(days=2)
_TEXT = """\
Surat uji otomatis dari layanan ini kepada dirinya sendiri; tidak perlu dijawab.
An automatic test letter of this service to itself; it needs no answer.
"""


@dataclass(frozen=True)
class Mark:
    """What proves a test letter to be one: its style, when it was sent (seconds since 1970 UTC), the MAC over that and the server's name."""

    style: str
    epoch: int
    mac: str

    @property
    def sent(self) -> datetime:
        """When the letter was made."""
        return datetime.fromtimestamp(self.epoch, UTC)


def mark_of(keyring: Keyring, authserv_id: str, now: datetime, style: str) -> Mark:
    """Return the mark of a letter that is sent now."""
    epoch = int(now.timestamp())
    return Mark(style, epoch, keyring.token("border", authserv_id, style, epoch))


def find_mark(keyring: Keyring, authserv_id: str, facts: MessageFacts) -> Mark | None:
    """Return the mark of a message that is a test letter of ours, None for any other."""
    for each in find_tokens([facts.subject]):
        for style in STYLES if each.kind == "t" else ():
            if keyring.is_token(each.mac, "border", authserv_id, style, each.number):
                return Mark(style, each.number, each.mac)
    return None


def is_timely(mark: Mark, now: datetime) -> bool:
    """Tell whether a letter came back while it could still say something."""
    return -timedelta(hours=1) <= now - mark.sent <= _RETURNS_WITHIN


def write(config: Config, mark: Mark, sender: str) -> bytes:
    """Return the letter's bytes; the forged fields are spelt in the ways our own reader would take them."""
    name, domain = config.trust.authserv_id, config.department.domain
    forged = f"dkim=pass header.d={domain} header.s={mark.mac}; dmarc=pass header.from={domain}"
    lines = [
        f"Authentication-Results: {name}; {forged}",
        f"Authentication-Results: {name.upper()} 1; {forged}",
        f"authentication-results:\r\n\t{name}; {forged}",
        f"From: {sender}",
        f"To: {config.department.address}",
        f"Subject: Uji otomatis / automatic test [t.{mark.epoch}.{mark.mac}]",
        f"Date: {format_datetime(mark.sent)}",
        f"Message-ID: <uji.{token_hex(12)}@{domain}>",
        "Auto-Submitted: auto-generated",
        "MIME-Version: 1.0",
        "Content-Type: text/plain; charset=us-ascii",
        "",
        *_TEXT.splitlines(),
        "",
    ]
    return "\r\n".join(lines).encode()


async def send(config: Config, keyring: Keyring, transport: Transport, now: datetime, style: str) -> Delivery:
    """Send one; never raises for what a server does."""
    mark = mark_of(keyring, config.trust.authserv_id, now, style)
    address = config.department.address
    path, sender = ("", STRANGER) if style == "stranger" else (address, address)

    async def claim() -> bool:
        return True

    return await transport.send(Envelope(sender=path, recipient=address), write(config, mark, sender), claim)
