"""A department on disk, known by its outside contracts alone: mail in, mail out, the command line and its JSON."""

import csv
import json
import subprocess
import sys
from datetime import datetime, timedelta
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import SMTP, default
from email.utils import format_datetime, formataddr, parseaddr
from pathlib import Path

from tests.hears.files import File
from tests.support.counter import COUNTER, configuration, text_of
from tests.support.letters import Person

BEGIN = datetime.fromisoformat("2026-03-09T09:00:00+07:00")
_KEYS = {"intake": 'unmatched = "leave"', "limits": "replies_per_sender = 200"}
"""All lines of a state reach one department in one morning; what is nobody's request stays in its mailbox."""
_PASSES = timedelta(minutes=5)
_DEFERRED = 75
"""EX_TEMPFAIL: mail still waits for its time."""


def reply_address(letter: EmailMessage) -> str:
    """Where a mail program sends the answer to."""
    return parseaddr(str(letter["Reply-To"] or letter["From"]))[1]


class Department:
    """`now` is its clock; it moves on at each `run`."""

    def __init__(self, directory: Path) -> None:
        self.now, self._directory, self._number, self._known = BEGIN, directory, 0, set[str]()
        for folder in ("inbox", "sent"):
            for part in ("new", "cur", "tmp"):
                (directory / folder / part).mkdir(parents=True)
        (directory / "mailflow.toml").write_text(configuration(directory, keys=_KEYS))

    def command(self, *words: str, fine: tuple[int, ...] = (0,)) -> str:
        """What `mailflow` prints; raise when it ends otherwise than `fine`."""
        command = [
            sys.executable,
            "-m",
            "mailflow",
            *words,
            "--config",
            str(self._directory / "mailflow.toml"),
        ]
        done = subprocess.run(command, capture_output=True, text=True, check=False)
        if done.returncode not in fine:
            raise RuntimeError(
                f"mailflow {' '.join(words)} ends with {done.returncode}: {done.stderr[-1500:]}"
            )
        return done.stdout

    def look(self, what: str) -> list[dict]:
        """`mailflow cases` or `tasks`, read."""
        return json.loads(self.command(what, "--json"))

    def deliver(
        self,
        sender: tuple[str, str],
        subject: str,
        body: str,
        *,
        files: tuple[File, ...] = (),
        answers: EmailMessage | None = None,
    ) -> str:
        """Put a message into the mailbox, `answers` quoted below; return its Message-ID."""
        self._number += 1
        message = EmailMessage()
        message["From"], message["To"], message["Subject"] = formataddr(sender), COUNTER, subject
        message["Date"] = format_datetime(self.now)
        message["Message-ID"] = f"<{self._number}.{self._directory.name}@penulis.example>"
        if answers is not None:
            message.replace_header("To", reply_address(answers))
            message.replace_header("Subject", f"Re: {answers['Subject']}")
            message["In-Reply-To"] = message["References"] = str(answers["Message-ID"])
            quoted = "\n".join(f"> {line}" for line in text_of(answers).splitlines())
            body = f"{body}\n\nPada Sen, 9 Mar 2026 pukul 09.10 Layanan <{COUNTER}> menulis:\n{quoted}\n"
        message.set_content(body)
        for name, data, media in files:
            main, _, sub = media.partition("/")
            message.add_attachment(data, maintype=main, subtype=sub, filename=name)
        place = self._directory / "inbox" / "new" / f"{self._number:06d}.penulis"
        place.write_bytes(message.as_bytes(policy=SMTP))
        return str(message["Message-ID"])

    def run(self) -> list[EmailMessage]:
        """Work off what waits; return what was sent."""
        self.now += _PASSES
        self.command("run", "--once", "--at", self.now.isoformat(), fine=(0, _DEFERRED))
        files = sorted((self._directory / "sent" / "new").iterdir())
        fresh = [each for each in files if each.name not in self._known]
        self._known |= {each.name for each in fresh}
        return [_read(each) for each in fresh]

    def left(self) -> set[str]:
        """The Message-IDs that are still in the mailbox, for people to see."""
        inbox = self._directory / "inbox"
        return {
            str(_read(each)["Message-ID"]) for part in ("new", "cur") for each in (inbox / part).iterdir()
        }

    def register(self, people: list[Person]) -> None:
        """Tell of certificates that run out in 30 days."""
        self.command("db", "upgrade")
        table = self._directory / "certificates.csv"
        with table.open("w", newline="") as out:
            rows = csv.writer(out)
            rows.writerow(("serial", "name", "nip", "email", "not_before", "not_after"))
            end = self.now + timedelta(days=30)
            for number, who in enumerate(people, 4096):
                rows.writerow((f"{number:X}", who.name, who.nip, who.email, "2024-04-08", f"{end:%Y-%m-%d}"))
        self.command("certificates", "import", str(table))


def _read(file: Path) -> EmailMessage:
    return message_from_bytes(file.read_bytes(), policy=default)
