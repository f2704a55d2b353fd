"""A department with its mailbox on disk and a clock set by hand: mail in, mail out, as transcripts read it.

Everything is the shipped program; only mailbox and way out are Maildirs and the clock is ours. `Counter.receive` puts one message into the
mailbox and works off all that waits; what was sent since is in the returned list and in `sent`.
"""

import asyncio
import base64
import json
from contextlib import ExitStack
from datetime import datetime, timedelta
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default
from email.utils import format_datetime, formataddr
from hashlib import sha256
from pathlib import Path
from secrets import token_hex

from cryptography.x509.oid import NameOID
from sqlmodel import col, select

from mailflow import acts, views
from mailflow.clock import HandClock
from mailflow.config import load
from mailflow.once import work_off
from mailflow.store import blobs
from mailflow.store.tables import MessageRow, TaskRow
from tests.support import letters, replica, requests, shared
from tests.support.letters import SITI, Person

APPLICANT = "siti.rahmawati@contohkota.go.id"
OFFICER = "rina.kusuma@contohkota.go.id"
OTHER_OFFICER = "budi.hartono@contohkota.go.id"
OFFICIAL = "dewi.lestari@contohkota.go.id"
ADMIN = "admin@contohkota.go.id"
COUNTER = "layanan@contohkota.go.id"
BEGIN = datetime.fromisoformat("2026-03-17T09:12:00+07:00")

KEY = base64.urlsafe_b64encode(b"kunci" * 6 + b"CK").decode()


def officer(name: str, email: str, *, role="officer", aliases=()) -> str:
    """One officer's table."""
    return f'\n[[officers]]\nname = "{name}"\nemail = "{email}"\nrole = "{role}"\naliases = {list(aliases)}\n'


RINA, BUDI = officer("Rina Kusuma", OFFICER), officer("Budi Hartono", OTHER_OFFICER)
DEWI = officer("Dewi Lestari", OFFICIAL, role="official")


def configuration(
    directory: Path,
    *,
    mode="token-only",
    officers=RINA + DEWI,
    undo=0,
    baseline="false",
    intake="serve",
    keys=None,
) -> str:
    """A configuration file's text; `keys` are further lines by the name of their table."""
    authserv = 'authserv_id = "mx.contohkota.go.id"' if mode == "authenticated" else ""
    text = f"""
[department]
name = "Dinas Komunikasi dan Informatika Kota Contohkota"
address = "{COUNTER}"
domain = "contohkota.go.id"
phone = "(0281) 555-0100"
complaints_contact = "Bapak Bagus Santoso"
complaints_phone = "0812-5550-0101"
ticket_prefix = "CK"
[administrators]
emails = ["{ADMIN}"]
[mailbox]
url = "maildir://{directory}/inbox"
[intake]
mode = "{intake}"
baseline = {baseline}
[smtp]
url = "maildir://{directory}/sent"
[store]
url = "sqlite:///{directory}/mailflow.db"
key = "{KEY}"
[tasks]
undo_minutes = {undo}
[trust]
mode = "{mode}"
{authserv}
[limits]
{officers}
"""
    for table, lines in (keys or {}).items():
        text = text.replace(f"[{table}]\n", f"[{table}]\n{lines}\n")
    return text


def staff_table(directory: Path, *persons: Person) -> dict[str, str]:
    """Write a table of staff beside the configuration; return the `keys` that name it."""
    lines = [f'"{each.name}",{each.nip},{each.email}' for each in persons]
    (directory / "pegawai.csv").write_text("\n".join(("name,nip,email", *lines)) + "\n")
    return {"trust": 'staff_table = "pegawai.csv"'}


class Counter:
    """The office, opened; use as a context manager. `staff`: whom the department's own table names."""

    def __init__(self, directory: Path, *, staff: tuple[Person, ...] = (), **options) -> None:
        if staff:
            options["keys"] = {**staff_table(directory, *staff), **options.get("keys", {})}
        self.directory = directory
        self.clock = HandClock(BEGIN)
        self.sent: list[EmailMessage] = []
        self._number = 0
        for folder in ("inbox", "sent"):
            for part in ("new", "cur", "tmp"):
                (directory / folder / part).mkdir(parents=True, exist_ok=True)
        self._files = {file.name for file in (directory / "sent" / "new").iterdir()}
        self.config_file = directory / "mailflow.toml"
        self.config_file.write_text(configuration(directory, **options))

    def __enter__(self):
        config = load(self.config_file)
        shared.prepare_database(config)
        self._stack = ExitStack()
        self.office = self._as_opened = shared.opened(config, self.clock, self._stack)
        return self

    def __exit__(self, *trouble) -> None:
        self._stack.close()

    # --- mail in --------------------------------------------------------------------------------------------------------

    def receive(self, raw: bytes) -> list[EmailMessage]:
        """Deliver raw bytes and work everything off; return what was sent because of it."""
        self.deliver(raw)
        return self.work()

    def deliver(self, raw: bytes) -> None:
        """Only put it into the mailbox."""
        self._number += 1
        (self.directory / "inbox" / "new" / f"{self._number:06d}.{token_hex(6)}").write_bytes(raw)

    def work(self) -> list[EmailMessage]:
        """`mailflow run --once`."""
        self.code = asyncio.run(work_off(self.office))
        fresh = self.letters_sent()
        self.sent += fresh
        return fresh

    def letters_sent(self) -> list[EmailMessage]:
        """The letters that were sent since the last look."""
        files = sorted((self.directory / "sent" / "new").iterdir())
        fresh = [each for each in files if each.name not in self._files]
        self._files |= {each.name for each in fresh}
        return [message_from_bytes(each.read_bytes(), policy=default) for each in fresh]

    def later(self, **by: int) -> list[EmailMessage]:
        """Let time pass and work off what has become due."""
        self.clock.moment += timedelta(**by)
        return self.work()

    def mail(
        self,
        sender=APPLICANT,
        text="",
        *,
        subject="Lupa passphrase sertifikat elektronik",
        answers=None,
        files=(),
        headers=(),
        name="",
    ) -> bytes:
        """A message as a mail program writes it; `answers` is quoted below and threaded; `headers` are put first, as they are."""
        self._number += 1
        message = EmailMessage()
        message["From"] = formataddr((name, sender))
        message["To"] = COUNTER
        message["Subject"] = f"Re: {answers['Subject']}" if answers is not None else subject
        message["Date"] = format_datetime(self.clock.moment)
        message["Message-ID"] = f"<{self._number}.{self.clock.moment:%H%M%S}@writer.example.go.id>"
        if answers is not None:
            message["In-Reply-To"] = message["References"] = str(answers["Message-ID"])
            if answers["Reply-To"]:
                message.replace_header("To", str(answers["Reply-To"]))
            quoted = "\n".join(f"> {line}" for line in text_of(answers).splitlines())
            text = f"{text}\n\nPada Selasa, 17 Maret 2026 pukul 10.00 {COUNTER} menulis:\n{quoted}"
        message.set_content(text)
        for file_name, data, media in files:
            main, _, sub = media.partition("/")
            message.add_attachment(data, maintype=main, subtype=sub, filename=file_name)
        return b"".join(f"{header}: {value}\r\n".encode() for header, value in headers) + message.as_bytes()

    # --- the usual pieces -----------------------------------------------------------------------------------------------

    def letter(self, person: Person = SITI):
        """A person's statement."""
        return ("surat-pernyataan.pdf", letters.letter(person), "application/pdf")

    def csr(self, person: Person = SITI, key: int = 1):
        """A person's CSR; another `key` is another key pair."""
        names = (
            (NameOID.COUNTRY_NAME, "ID"),
            (NameOID.COMMON_NAME, person.name),
            (NameOID.EMAIL_ADDRESS, person.email),
        )
        made = requests.pem(requests.request(requests.rsa_key(number=key), names))
        return ("permintaan.csr", made.encode(), "application/pkcs10")

    def complete_request(self) -> list[EmailMessage]:
        """Siti's whole request in one mail; the first mail of counters that are alike is worked off once."""
        place = self._place_of_first_request()
        if place is not None and place.exists():
            self.work()
            replica.bring(place, self.directory)
            self._number = 2
            fresh = self.letters_sent()
            self.sent += fresh
            return fresh
        fresh = self.receive(
            self.mail(text="Mohon bantuan, saya lupa passphrase.", files=(self.letter(), self.csr()))
        )
        if place is not None:
            place.mkdir()
            replica.keep(self.directory, place)
        return fresh

    def _place_of_first_request(self) -> Path | None:
        """Where the counters of this configuration keep it; None for one that has had mail, or is its own somehow."""
        usual = {"inbox", "sent", "mailflow.toml"}
        if self._number or self._files or self.clock.moment != BEGIN or self.office is not self._as_opened:
            return None
        if any(
            each.name not in usual and not each.name.startswith("mailflow.db")
            for each in self.directory.iterdir()
        ):
            return None
        alike = self.config_file.read_text().replace(str(self.directory), "")
        return shared.kept() / sha256(alike.encode()).hexdigest()

    def task_letter(self, officer=OFFICER) -> EmailMessage:
        """The latest task letter to an officer."""
        return next(
            each
            for each in reversed(self.sent)
            if officer in each["To"] and "[Tugas]" in each["Subject"] and "dipilah" not in each["Subject"]
        )

    def letter_to(self, address=APPLICANT) -> EmailMessage:
        """The latest letter to somebody."""
        return next(each for each in reversed(self.sent) if address in each["To"])

    # --- looking --------------------------------------------------------------------------------------------------------

    @property
    def case(self) -> dict:
        """The only (or latest) case that is no part of another's request, with its timeline."""
        return views.case(self.office, next(each["id"] for each in self.cases if "." not in each["id"]))

    @property
    def part(self) -> dict:
        """The latest part of a request (a child case), with its timeline."""
        return views.case(self.office, next(each["id"] for each in self.cases if "." in each["id"]))

    @property
    def cases(self) -> list:
        return views.cases(self.office, only_open=False)

    @property
    def tasks(self) -> list:
        return views.tasks(self.office, only_open=False)

    @property
    def kept(self) -> list[bytes]:
        """The bytes of every message in the ledger, in order of arrival."""
        with self.office.database.reading() as session:
            rows = session.exec(select(MessageRow).order_by(col(MessageRow.id)))
            return [blobs.get(session, row.raw_key) for row in rows if row.raw_key]

    @property
    def remedies(self) -> list:
        """What the latest task's letter offered by number."""
        with self.office.database.reading() as session:
            row = session.exec(select(TaskRow).order_by(col(TaskRow.id).desc())).first()
            return json.loads(row.remedies)

    @property
    def outbox(self) -> list:
        return views.outbox(self.office)

    @property
    def status(self) -> dict:
        return views.status(self.office)

    @property
    def quarantine(self) -> list:
        return views.quarantine(self.office)

    def act(self, what: str, *words: str) -> str:
        """Do by hand what the command line can: `letter`, `message`, `case`."""
        return getattr(acts, f"on_{what}")(self.office, *words)


def text_of(message: EmailMessage) -> str:
    """The plain text of a letter."""
    body = message.get_body(("plain",))
    return body.get_content() if body else ""
