"""A rendered letter becomes the bytes of a message, and always the same bytes.

Everything that a mail library would choose by chance or by the clock (boundaries, Message-ID, Date) is given by the caller. A letter is
kept as a `Frame`: all of its bytes but those of the attachments, which stand in the blob store once, however many officers get them.
"""

import base64
import hashlib
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from email.headerregistry import Address
from email.message import EmailMessage
from email.utils import format_datetime
from typing import Literal, NotRequired, Required, TypedDict, Unpack

from pydantic import BaseModel, ConfigDict

from mailflow.errors import StoreError
from mailflow.outbox.esmtp import deliverable
from mailflow.outbox.headers import identifiers, letter_policy, one_line, plain_name
from mailflow.outbox.render import Rendered

_MEDIA_TYPE = re.compile(r"(application|audio|font|image|model|text|video)/[A-Za-z0-9][A-Za-z0-9.+-]{0,80}")
_OURS = frozenset(
    {
        "from",
        "to",
        "cc",
        "bcc",
        "sender",
        "reply-to",
        "subject",
        "date",
        "message-id",
        "in-reply-to",
        "references",
    }
    | {"mime-version", "precedence", "auto-submitted", "return-path", "delivered-to"}
)


@dataclass(frozen=True, kw_only=True)
class Attachment:
    """A file that goes with a letter; `key` names its bytes in the blob store (default: their SHA-256 in hex)."""

    name: str
    media_type: str
    data: bytes
    key: str = ""

    @property
    def blob(self) -> str:
        """The name by which `assemble` asks for the bytes."""
        return self.key or hashlib.sha256(self.data).hexdigest()


class Posting(TypedDict):
    """What `compose` and `detach` need beside the words.

    `in_reply_to` and `references` take message ids as received: what is no id is left out. `boundary_seed` must be the same for a
    repetition and different between letters (the Message-ID will do). `headers` may add fields, not replace ours.
    `auto_submitted` (RFC 3834 §5) is `auto-replied` for an answer and `auto-generated` otherwise, unless said.
    """

    from_name: NotRequired[str]
    from_address: Required[str]
    to: Required[str]
    to_name: NotRequired[str]
    reply_to: NotRequired[str]
    message_id: Required[str]
    date: Required[datetime]
    in_reply_to: NotRequired[str]
    references: NotRequired[Sequence[str]]
    attachments: NotRequired[Sequence[Attachment]]
    boundary_seed: Required[str]
    headers: NotRequired[Mapping[str, str]]
    auto_submitted: NotRequired[Literal["auto-replied", "auto-generated"]]


class Frame(BaseModel):
    """A message without its attachments: `segments[0] + base64(blobs[0]) + segments[1] + …`; `digest` is SHA-256 (hex) of the whole."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    segments: tuple[str, ...]
    blobs: tuple[str, ...]
    digest: str


def compose(rendered: Rendered, **posting: Unpack[Posting]) -> bytes:
    """The whole message (RFC 5322, MIME), CRLF line ends; raises ValueError for an address that is none."""
    known = {each.blob: each.data for each in posting.get("attachments", ())}
    return assemble(detach(rendered, **posting), known.__getitem__)


def detach(rendered: Rendered, **posting: Unpack[Posting]) -> Frame:
    """The message as it is kept: `assemble` gives exactly the bytes `compose` would."""
    attachments = tuple(posting.get("attachments", ()))
    seed = hashlib.sha256(posting["boundary_seed"].encode()).hexdigest()[:32]
    message = _message(posting)
    message["Subject"] = one_line(rendered.subject)
    _fill(message, rendered, seed)
    marks = [f"=blob_{seed}_{number}=" for number in range(len(attachments))]
    if attachments:
        message.make_mixed(boundary=f"=_mixed_{seed}")
        for attachment, mark in zip(attachments, marks, strict=True):
            message.attach(_part(attachment, mark))
    segments, rest = [], message.as_bytes().decode()
    for mark in marks:
        before, _, rest = rest.partition(mark + "\r\n")
        segments.append(before)
    segments.append(rest)
    whole = _join(segments, [each.data for each in attachments])
    return Frame(
        segments=tuple(segments),
        blobs=tuple(each.blob for each in attachments),
        digest=hashlib.sha256(whole).hexdigest(),
    )


def assemble(frame: Frame, load: Callable[[str], bytes]) -> bytes:
    """The bytes of a kept message; raises `StoreError` if an attachment is no longer what it was."""
    whole = _join(frame.segments, [load(key) for key in frame.blobs])
    if hashlib.sha256(whole).hexdigest() != frame.digest:
        fault = StoreError(
            "a kept letter cannot be put together again: an attachment in the blob store differs from what was composed; "
            "restore it from a backup, or cancel the letter with `mailflow outbox cancel`"
        )
        fault.temporary = False
        raise fault
    return whole


def _message(posting: Posting) -> EmailMessage:
    addresses = (posting["from_address"], posting["to"], posting.get("reply_to", ""))
    message = EmailMessage(policy=letter_policy(utf8=not all(each.isascii() for each in addresses)))
    message["From"] = _mailbox(posting["from_address"], posting.get("from_name", ""))
    message["To"] = _mailbox(posting["to"], posting.get("to_name", ""))
    if reply_to := posting.get("reply_to"):
        message["Reply-To"] = _mailbox(reply_to)
    message["Date"] = format_datetime(posting["date"])
    message["Message-ID"] = identifiers(posting["message_id"])[0]
    answered = identifiers(posting.get("in_reply_to", ""))
    if answered:
        message["In-Reply-To"] = answered[0]
    if thread := identifiers(" ".join((*posting.get("references", ()), *answered[:1]))):
        message["References"] = " ".join(thread)
    message["Auto-Submitted"] = posting.get("auto_submitted") or (
        "auto-replied" if answered else "auto-generated"
    )
    for name, value in posting.get("headers", {}).items():
        if name.lower() in _OURS or not re.fullmatch(r"[A-Za-z][A-Za-z0-9-]{0,60}", name):
            raise ValueError(f"header {name!r} may not be added to a letter")
        message[name] = one_line(value)
    return message


def _mailbox(address: str, name: str = "") -> Address:
    """An address as a header shows it; the library itself would refuse letters beyond ASCII (RFC 6532 allows them)."""
    local, _, domain = address.rpartition("@")
    if not local or not domain or not deliverable(address):
        raise ValueError("a letter needs an address of the form name@domain, without blanks or brackets")
    if local.startswith('"'):
        return Address(plain_name(name), addr_spec=address)
    return Address(plain_name(name), username=local, domain=domain)


def _fill(message: EmailMessage, rendered: Rendered, seed: str) -> None:
    """Text and HTML; quoted-printable keeps every line short and the whole in seven bits (RFC 2045 §6.7)."""
    message.set_content(_valid(rendered.text), charset="utf-8", cte="quoted-printable")
    if rendered.html:
        message.add_alternative(
            _valid(rendered.html), subtype="html", charset="utf-8", cte="quoted-printable"
        )
        message.set_boundary(f"=_alternative_{seed}")


def _part(attachment: Attachment, mark: str) -> EmailMessage:
    """The attachment's header with a mark where its base64 lines belong; message/* and multipart/* may not be base64 (RFC 2046)."""
    part = EmailMessage(policy=letter_policy(utf8=False))
    known = _MEDIA_TYPE.fullmatch(attachment.media_type)
    part["Content-Type"] = attachment.media_type.lower() if known else "application/octet-stream"
    part["Content-Transfer-Encoding"] = "base64"
    part.add_header("Content-Disposition", "attachment", filename=plain_name(attachment.name) or "lampiran")
    part.set_payload(mark + "\n")
    return part


def _join(segments: Sequence[str], data: Sequence[bytes]) -> bytes:
    pieces = [segments[0].encode()]
    for segment, octets in zip(segments[1:], data, strict=True):
        pieces += (base64.encodebytes(octets).replace(b"\n", b"\r\n"), segment.encode())
    return b"".join(pieces)


def _valid(text: str) -> str:
    """Text that UTF-8 can carry and no reader chokes on: lone surrogates and NUL replaced."""
    return text.encode("utf-8", "replace").decode().replace("\0", "�")
