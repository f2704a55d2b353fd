"""The reference: what the same libraries do with the same mails in one plain process that keeps the same promise of durability.

Fetch by 50, parse, one FULL commit (received + case + outbox), send over one persistent connection, one FULL commit (sent), MOVE by 50.
It reads no more than it must (the text of PDFs, the proof of possession of CSRs), judges nothing, seals nothing and writes one short letter
to the sender of each mail. `python -m tests.bench.steady IMAP_PORT USER PASSWORD SMTP_PORT DATABASE`.
"""

import asyncio
import re
import sys
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default

import aiosmtplib
import pypdfium2
from cryptography import x509
from imap_tools import MailBoxUnencrypted
from sqlalchemy import Engine, create_engine, event
from sqlmodel import Field, Session, SQLModel

BATCH = 50
PAIR = re.compile(r"^\s*(Nama|NIP|NIK|Unit Kerja|Instansi)[^:]*:\s*(.+?)\s*$", re.MULTILINE)


class Received(SQLModel, table=True):
    """A message."""

    id: int | None = Field(default=None, primary_key=True)
    uid: int
    sender: str
    raw: bytes


class Request(SQLModel, table=True):
    """A case."""

    id: int | None = Field(default=None, primary_key=True)
    message: int
    state: str
    facts: str


class Letter(SQLModel, table=True):
    """An outbox row."""

    id: int | None = Field(default=None, primary_key=True)
    case: int
    recipient: str
    text: bytes
    state: str


def database(file: str) -> Engine:
    """SQLite as mailflow has it: WAL, synchronous=FULL."""
    engine = create_engine(f"sqlite:///{file}")

    @event.listens_for(engine, "connect")
    def _prepare(connection, _record):
        connection.execute("PRAGMA journal_mode=WAL")
        connection.execute("PRAGMA synchronous=FULL")

    SQLModel.metadata.create_all(engine, tables=[each.__table__ for each in (Received, Request, Letter)])
    return engine


def facts_of(message: EmailMessage) -> str:
    """What the attachments say, as one text."""
    found = []
    for part in message.iter_attachments():
        data = part.get_content()
        data = data.encode() if isinstance(data, str) else data
        if data.startswith(b"%PDF"):
            document = pypdfium2.PdfDocument(data)
            text = "\n".join(page.get_textpage().get_text_bounded() for page in document)
            found += [f"{label}={value}" for label, value in PAIR.findall(text.replace("\r\n", "\n"))]
        elif b"CERTIFICATE REQUEST" in data:
            csr = x509.load_pem_x509_csr(data)
            found.append(f"csr={csr.subject.rfc4514_string()} valid={csr.is_signature_valid}")
    return "\n".join(found)


def answer(message: EmailMessage, facts: str) -> EmailMessage:
    """A short letter to the sender."""
    letter = EmailMessage()
    letter["From"], letter["To"] = str(message["To"]), str(message["From"])
    letter["Subject"] = f"Re: {message['Subject']}"
    letter["In-Reply-To"] = str(message["Message-ID"])
    letter.set_content(f"Permohonan Bapak/Ibu telah kami terima.\n\n{facts}\n")
    return letter


async def one(engine: Engine, smtp: aiosmtplib.SMTP, uid: int, raw: bytes) -> None:
    """Parse, commit, send, commit."""
    message = message_from_bytes(raw, policy=default)
    facts = facts_of(message)
    reply = answer(message, facts)
    with Session(engine, expire_on_commit=False) as session:
        received = Received(uid=uid, sender=str(message["From"]), raw=raw)
        session.add(received)
        session.flush()
        case = Request(message=received.id, state="open", facts=facts)
        session.add(case)
        session.flush()
        letter = Letter(case=case.id, recipient=str(message["From"]), text=reply.as_bytes(), state="queued")
        session.add(letter)
        session.commit()
    await smtp.send_message(reply)
    with Session(engine) as session:
        letter.state = "sent"
        session.add(letter)
        session.commit()


async def work(imap_port: int, user: str, password: str, smtp_port: int, file: str) -> int:
    """Work the inbox off; return how many messages there were."""
    engine, done = database(file), 0
    mailbox = MailBoxUnencrypted("127.0.0.1", imap_port).login(user, password, initial_folder="INBOX")
    if not mailbox.folder.exists("Processed"):
        mailbox.folder.create("Processed")
    smtp = aiosmtplib.SMTP(hostname="127.0.0.1", port=smtp_port)
    await smtp.connect()
    while uids := [int(uid) for uid in mailbox.uids()][:BATCH]:
        _, data = mailbox.client.uid("FETCH", ",".join(map(str, uids)), "(UID BODY.PEEK[])")
        for head, raw in (each for each in data if isinstance(each, tuple)):
            await one(engine, smtp, int(re.search(rb"UID (\d+)", head)[1]), raw)
        mailbox.client.uid("MOVE", ",".join(map(str, uids)), "Processed")
        done += len(uids)
    await smtp.quit()
    mailbox.logout()
    return done


if __name__ == "__main__":
    print(asyncio.run(work(int(sys.argv[1]), sys.argv[2], sys.argv[3], int(sys.argv[4]), sys.argv[5])))  # noqa: T201
