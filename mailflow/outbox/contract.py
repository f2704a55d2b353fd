"""What carries a finished message away. Implemented by `smtp.SmtpTransport` and `maildir.MaildirTransport`.

One recipient per transaction (RFC 5321 lets one `RCPT` fail and another pass). The caller claims the row in `claim`, which the
transport calls after the recipient was accepted and before DATA: if it returns False the transaction is reset and nothing is sent.
"""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Literal, Protocol

Result = Literal["sent", "temporary", "permanent", "unknown", "skipped"]
Claim = Callable[[], Awaitable[bool]]


@dataclass(frozen=True, kw_only=True)
class Envelope:
    """Sender (`""` is the null path, RFC 5321 §4.5.5), one recipient, and an envelope id for bounces (RFC 3461 ENVID)."""

    sender: str
    recipient: str
    envid: str = ""


@dataclass(frozen=True, kw_only=True)
class Delivery:
    """What became of a transaction.

    `sent`: the server took it; `temporary`: try again (4xx, no connection, before the final dot); `permanent`: 5xx;
    `unknown`: the final dot was sent and no answer came; `skipped`: the claim was refused. `phase` is the last command
    (`connect`, `mail`, `rcpt`, `data`), `reply` the server's code and text, one line, without secrets.
    """

    result: Result
    phase: str
    reply: str = ""


class Transport(Protocol):
    """Keeps its connection between messages; lives in one event loop."""

    async def send(self, envelope: Envelope, message: bytes, claim: Claim) -> Delivery:
        """Carry one message. Never raises for what a server or network does."""

    async def close(self) -> None:
        """QUIT and let go; never raises."""
