"""The walk: a request without its CSR, completed, verified, approved, done in AMS, closed."""

import asyncio
import base64
import os
import sys
import tempfile
from datetime import datetime, timedelta
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default
from pathlib import Path

from mailflow import bootstrap, views
from mailflow.clock import HandClock
from mailflow.config import load
from mailflow.demo import cast
from mailflow.demo.show import Stage
from mailflow.office import Office
from mailflow.once import work_off

_BEGIN = datetime.fromisoformat("2026-03-17T09:12:00+07:00")


class Play:
    """One department with its mailbox on disk, and a clock set by hand."""

    def __init__(self, directory: Path, office: Office, clock: HandClock, stage: Stage) -> None:
        self.directory, self.office, self.clock, self.stage = directory, office, clock, stage
        self._seen: set[str] = set()
        self.sent: list[EmailMessage] = []

    def arrives(self, raw: bytes) -> None:
        """Put a message into the mailbox, and let the counter work."""
        self.stage.letter(message_from_bytes(raw, policy=default), incoming=True)
        (
            self.directory / "inbox" / "new" / f"{len(self._seen)}.{self.clock.moment.timestamp():.0f}"
        ).write_bytes(raw)
        self.works()

    def works(self) -> None:
        """Work off what waits, and show what was sent."""
        asyncio.run(work_off(self.office))
        for file in sorted((self.directory / "sent" / "new").iterdir()):
            if file.name not in self._seen:
                self._seen.add(file.name)
                sent = message_from_bytes(file.read_bytes(), policy=default)
                self.sent.append(sent)
                self.stage.letter(sent, incoming=False)

    def later(self, **by: int) -> datetime:
        """Let time pass."""
        self.clock.moment += timedelta(**by)
        return self.clock.moment

    def last_to(self, address: str, subject: str = "") -> EmailMessage:
        """The latest letter to somebody."""
        return next(
            each
            for each in reversed(self.sent)
            if address in str(each["To"]) and subject in str(each["Subject"])
        )


def play(directory: Path | None) -> None:
    """Play the demonstration into `directory` and leave its files there."""
    place = (directory or Path(tempfile.mkdtemp(prefix="mailflow-demo-"))).resolve()
    for folder in ("inbox", "sent"):
        for part in ("new", "cur", "tmp"):
            (place / folder / part).mkdir(parents=True, exist_ok=True)
    (place / "credentials").mkdir(exist_ok=True)
    (place / "credentials" / "store.key").write_text(base64.urlsafe_b64encode(os.urandom(32)).decode())
    (place / "mailflow.toml").write_text(cast.CONFIGURATION.format(directory=place), encoding="utf-8")
    clock, stage = HandClock(_BEGIN), Stage(sys.stdout)
    with bootstrap.open_office(load(place / "mailflow.toml"), clock=clock) as office:
        ticket = _walk(Play(place, office, clock, stage))
        stage.timeline(views.case(office, ticket) or {})
    stage.next_steps(place, ticket)


def _walk(demo: Play) -> str:
    stage, counter = demo.stage, cast.SITI[1]
    stage.scene("1", "Siti asks for help, but forgets the CSR")
    words = "Selamat pagi,\n\nMohon bantuan, saya lupa passphrase sertifikat elektronik saya. Surat pernyataan terlampir.\n\nTerima kasih,\nSiti Rahmawati"
    letter = (("surat-pernyataan.pdf", cast.letter()),)
    demo.arrives(
        cast.mail(cast.SITI, "Lupa passphrase sertifikat elektronik", words, demo.clock.moment, files=letter)
    )
    stage.scene("2", "She answers with the CSR; the request is complete and goes to an officer")
    request = (("siti.csr", cast.csr()),)
    demo.arrives(
        cast.mail(
            cast.SITI,
            "",
            "Berikut CSR-nya, Pak/Bu.",
            demo.later(minutes=35),
            answers=demo.last_to(counter),
            files=request,
        )
    )
    stage.scene("3", "Rina reads the evidence and answers with one word")
    task = demo.last_to(cast.RINA[1], "Tugas")
    demo.arrives(
        cast.mail(cast.RINA, "", "Selamat pagi, mohon izin. Acc", demo.later(minutes=50), answers=task)
    )
    stage.scene("4", "The ten minutes in which she could have taken it back are over")
    demo.later(minutes=11)
    demo.works()
    stage.scene("5", "Siti has done her steps in AMS and says so")
    demo.arrives(cast.mail(cast.SITI, "", "SUDAH", demo.later(hours=2), answers=demo.last_to(counter)))
    stage.scene("6", "Rina looks in AMS: the old certificate is revoked, the new one issued")
    task = demo.last_to(cast.RINA[1], "Tugas")
    demo.arrives(cast.mail(cast.RINA, "", "SELESAI", demo.later(minutes=20), answers=task))
    stage.scene("7", "The request is closed")
    demo.later(minutes=11)
    demo.works()
    return str(views.cases(demo.office, only_open=False)[0]["id"])
