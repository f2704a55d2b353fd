"""Messages as the mail programs of the demonstration's people write them, and what is new in one."""

from collections.abc import Sequence
from datetime import UTC, datetime
from email.message import EmailMessage
from email.utils import format_datetime

from mailflow.demo.cast import COUNTER, Person

_QUOTED = "\n\nPada "
"""What begins the quotation below an answer."""


def mail(  # noqa: PLR0913 - a mail has that many parts
    sender: Person,
    subject: str,
    text: str,
    at: datetime,
    *,
    answers: EmailMessage | None = None,
    files: Sequence[tuple[str, bytes]] = (),
) -> EmailMessage:
    """A message to the counter; `answers` is quoted and threaded."""
    message = EmailMessage()
    message["From"], message["To"] = f"{sender.name} <{sender.email}>", f"{COUNTER.name} <{COUNTER.email}>"
    message["Subject"], message["Date"] = subject, format_datetime(at.astimezone(UTC))
    message["Message-ID"] = f"<{at.strftime('%Y%m%d%H%M%S')}.{sender.email}>"
    if answers is not None:
        message["In-Reply-To"] = message["References"] = str(answers["Message-ID"])
        message.replace_header("Subject", f"Re: {answers['Subject']}")
        quoted = "\n".join(f"> {line}" for line in text_of(answers).splitlines())
        text = f"{text}{_QUOTED}{at:%d/%m/%Y %H.%M}, {COUNTER.name} menulis:\n{quoted}"
    message.set_content(text)
    for name, data in files:
        kind = ("application", "pdf") if name.endswith(".pdf") else ("application", "pkcs10")
        message.add_attachment(data, maintype=kind[0], subtype=kind[1], filename=name)
    return message


def text_of(message: EmailMessage) -> str:
    """The text of a message."""
    body = message.get_body(("plain",))
    return str(body.get_content()).replace("\r\n", "\n").strip() if body else ""


def new_in(message: EmailMessage) -> str:
    """The text of somebody's message without what it quotes."""
    return text_of(message).partition(_QUOTED)[0]


def files_of(message: EmailMessage) -> list[str]:
    """The names of what is attached."""
    return [str(part.get_filename()) for part in message.iter_attachments() if part.get_filename()]
