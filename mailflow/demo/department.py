"""The demonstration's department: its mailbox and outgoing mail on disk, its clock set by hand, and who writes to it."""

import asyncio
import base64
import os
from datetime import datetime, timedelta
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default
from pathlib import Path

from mailflow.clock import HandClock
from mailflow.demo import cast
from mailflow.demo.cast import STAFF, Person
from mailflow.demo.show import Stage
from mailflow.demo.writing import mail, text_of
from mailflow.office import Office
from mailflow.once import work_off

CONFIGURATION = "mailflow.toml"
_TASK = "[Tugas]"


def prepare(directory: Path) -> Path:
    """Make the department's folders, key and configuration; return the configuration's file."""
    for folder in ("inbox", "sent"):
        for part in ("new", "cur", "tmp"):
            (directory / folder / part).mkdir(parents=True, exist_ok=True)
    for folder in ("credentials", "messages"):
        (directory / folder).mkdir(exist_ok=True)
    key = base64.urlsafe_b64encode(os.urandom(32)).decode()
    (directory / "credentials" / "store.key").write_text(key, encoding="utf-8")
    (directory / "pegawai.csv").write_text(cast.STAFF_TABLE, encoding="utf-8")
    configuration = directory / CONFIGURATION
    configuration.write_text(cast.CONFIGURATION.format(directory=directory), encoding="utf-8")
    return configuration


class Department:
    """What the walks move: people write, time passes, and the counter does what it does."""

    def __init__(self, directory: Path, office: Office, clock: HandClock, stage: Stage) -> None:
        self.directory, self.office, self.clock, self.stage = directory, office, clock, stage
        self.sent: list[EmailMessage] = []
        self._seen: set[str] = set()
        self._number = 0

    def scene(self, title: str, narration: str = "", *, closing: bool = False, **later: int) -> None:
        """Let time pass, and say what happens now. `closing`: what the applicant is sent is shown whole."""
        self.clock.moment += timedelta(**later)
        self.stage.scene(self.clock.moment, title, narration, closing=closing)

    def begin(self, moment: str) -> None:
        """Set the clock; it never goes back."""
        self.clock.moment = max(self.clock.moment, datetime.fromisoformat(moment))

    def writes(self, who: Person, subject: str, text: str, *files: tuple[str, bytes]) -> None:
        """Somebody writes a new mail to the counter."""
        self._arrives(mail(who, subject, text, self.clock.moment, files=files))

    def answers(self, who: Person, text: str, *files: tuple[str, bytes], about: str = "") -> None:
        """Somebody replies to the latest letter they got, an officer to the latest task; `about` stands in the letter meant."""
        letter = self._letter_to(who, _TASK if who in STAFF else "", about)
        self._arrives(mail(who, "", text, self.clock.moment, answers=letter, files=files))

    def decides(self, who: Person, text: str, *, about: str = "") -> None:
        """An officer answers a task, and the ten minutes pass in which the answer can be taken back."""
        self.answers(who, text, about=about)
        self.clock.moment += timedelta(minutes=11)
        self.works()

    def works(self) -> None:
        """Work off what waits, and show what was sent."""
        asyncio.run(work_off(self.office))
        for file in sorted((self.directory / "sent" / "new").iterdir()):
            if file.name not in self._seen:
                self._seen.add(file.name)
                letter = message_from_bytes(file.read_bytes(), policy=default)
                self.sent.append(letter)
                self.stage.sent(letter)

    def _letter_to(self, who: Person, subject: str, about: str) -> EmailMessage:
        """The latest letter to somebody."""
        return next(
            each
            for each in reversed(self.sent)
            if who.email in str(each["To"]) and subject in str(each["Subject"]) and about in text_of(each)
        )

    def _arrives(self, message: EmailMessage) -> None:
        self.stage.arrives(message)
        self._number += 1
        raw = message.as_bytes()
        (self.directory / "messages" / f"{self._number}.eml").write_bytes(raw)
        (self.directory / "inbox" / "new" / f"{self._number:06d}.demo").write_bytes(raw)
        self.works()
