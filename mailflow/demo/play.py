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
from mailflow.errors import MailflowError
from mailflow.office import Office
from mailflow.once import work_off

BEGIN = datetime.fromisoformat("2026-03-17T09:12:00+07:00")
"""A Tuesday before Nyepi and Lebaran: the promised working day lies behind a week of holidays, and the letters say so."""


class Play:
    """One department with its mailbox on disk, and a clock set by hand."""

    def __init__(self, directory: Path, office: Office, clock: HandClock, stage: Stage) -> None:
        self.directory, self.office, self.clock, self.stage = directory, office, clock, stage
        self._seen: set[str] = set()
        self._number = 0
        self.sent: list[EmailMessage] = []

    def arrives(self, raw: bytes) -> None:
        """Put a message into the mailbox, and let the counter work."""
        self.stage.letter(message_from_bytes(raw, policy=default), incoming=True)
        self._number += 1
        (self.directory / "messages" / f"{self._number}.eml").write_bytes(raw)
        (self.directory / "inbox" / "new" / f"{self._number:06d}.demo").write_bytes(raw)
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

    def scene(self, number: int, title: str, narration: str, **later: int) -> None:
        """Let time pass, and say what happens now."""
        self.clock.moment += timedelta(**later)
        self.stage.scene(number, f"{self.clock.moment:%a %d %b %Y, %H:%M}", title)
        self.stage.say(narration, "italic")

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
    if (place / "mailflow.toml").exists():
        raise MailflowError(f"{place} holds a demonstration already; name another --directory")
    _prepare(place)
    clock, stage = HandClock(BEGIN), Stage(sys.stdout)
    stage.say(
        "A fictional request on its way through the counter. Mailbox and outgoing mail are directories on this "
        "machine, the clock is set by hand, and nothing leaves this machine. The mails are Indonesian, as the "
        "department writes them; --help of every command is English.",
    )
    with bootstrap.open_office(load(place / "mailflow.toml"), clock=clock) as office:
        _walk(Play(place, office, clock, stage))
        case = views.cases(office, only_open=False)[0]["id"]
        stage.timeline(views.case(office, case) or {})
        task = next(
            each["id"]
            for each in reversed(views.outbox(office))
            if each["template"] == "officer-task-assigned"
        )
    _farewell(stage, place, case, task)


def _prepare(place: Path) -> None:
    for folder in ("inbox", "sent"):
        for part in ("new", "cur", "tmp"):
            (place / folder / part).mkdir(parents=True, exist_ok=True)
    for folder in ("credentials", "messages"):
        (place / folder).mkdir(exist_ok=True)
    (place / "credentials" / "store.key").write_text(base64.urlsafe_b64encode(os.urandom(32)).decode())
    (place / "mailflow.toml").write_text(cast.CONFIGURATION.format(directory=place), encoding="utf-8")


def _walk(demo: Play) -> None:
    siti, rina, clock = cast.SITI, cast.RINA, demo.clock
    demo.scene(
        1,
        "Siti asks for help",
        "She sends the signed statement but forgets the CSR: one answer says what was read and what is missing.",
    )
    words = (
        "Selamat pagi,\n\nMohon bantuan, saya lupa passphrase sertifikat elektronik saya. "
        "Surat pernyataan terlampir.\n\nTerima kasih,\nSiti Rahmawati"
    )
    letter = (("surat-pernyataan.pdf", cast.letter()),)
    demo.arrives(cast.mail(siti, "Lupa passphrase sertifikat elektronik", words, clock.moment, files=letter))
    demo.scene(
        2,
        "Siti completes it",
        "The promised time begins now and is told with the holidays that explain it; an officer gets the evidence.",
        minutes=35,
    )
    asked, request = demo.last_to(siti[1]), (("siti.csr", cast.csr()),)
    demo.arrives(cast.mail(siti, "", "Berikut CSR-nya, Pak/Bu.", clock.moment, answers=asked, files=request))
    demo.scene(
        3,
        "Rina decides",
        "She reads the evidence and answers as she would answer a colleague; for ten minutes she can take it back.",
        minutes=50,
    )
    task = demo.last_to(rina[1], "[Tugas]")
    demo.arrives(cast.mail(rina, "", "Selamat pagi, mohon izin. Acc", clock.moment, answers=task))
    demo.scene(
        4, "The ten minutes are over", "Only now is Siti told, and what she has to do in AMS.", minutes=11
    )
    demo.works()
    demo.scene(
        5,
        "Siti reports",
        "She has done her steps in AMS. The program cannot look into AMS, so an officer is asked to.",
        hours=2,
    )
    approved = demo.last_to(siti[1])
    demo.arrives(cast.mail(siti, "", "SUDAH", clock.moment, answers=approved))
    demo.scene(
        6,
        "Rina looks in AMS",
        "The old certificate is revoked and the new one issued; she confirms it with one word.",
        minutes=20,
    )
    task = demo.last_to(rina[1], "[Tugas]")
    demo.arrives(cast.mail(rina, "", "SELESAI", clock.moment, answers=task))
    demo.scene(7, "The request is closed", "One closing mail tells Siti of both events.", minutes=11)
    demo.works()


def _farewell(stage: Stage, place: Path, case: str, task: int) -> None:
    program, config = _program(), ("--config", str(place / "mailflow.toml"))
    stage.say(f"All of this lies in {place}. Try next:")
    stage.commands(
        (
            ("the request and all that happened to it", (program, "case", case, *config)),
            (
                "the first task letter, byte by byte as it was sent",
                (program, "outbox", "show", str(task), *config),
            ),
            (
                "why her first mail means what it means; changes and sends nothing",
                (program, "try", str(place / "messages" / "1.eml"), *config),
            ),
            ("begin a configuration of your own", (program, "init", "my-counter")),
        )
    )


def _program() -> str:
    """Return how this program was called: words that work again from here."""
    called = Path(sys.argv[0])
    if called.name != "mailflow":
        return f"{sys.executable} -m mailflow"
    here = Path.cwd()
    return (
        str(called.relative_to(here)) if called.is_absolute() and called.is_relative_to(here) else str(called)
    )
