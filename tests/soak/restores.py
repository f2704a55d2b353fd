"""A busy day in whose middle an older backup is put back, again and again: who asked, who decided, and who was answered is compared each time.

People ask, answer any letter they ever had, and officers any task letter ever written, of this history or a lost one. After each mail only
the requests of the person whom it is about may have changed; a number belongs to one request for ever; and whoever is told of a new
request for a mail that had one before is told so.
"""

import os
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default
from pathlib import Path
from random import Random

from sqlmodel import Session, col, select

from mailflow.cases import value_of
from mailflow.store.tables import CaseRow, MessageRow, OutboxRow, TaskRow, TaskState, Transition
from parsers.facts import MessageFacts
from tests.support.backups import backup, put_back
from tests.support.counter import BUDI, DEWI, RINA, Counter, text_of
from tests.support.letters import SITI, Person

_TOLD = "mungkin sudah pernah kami jawab"
_WAYS: tuple[dict[str, bool], ...] = ({}, {"over": True}, {"whole": True}, {"over": True, "whole": True})
"""How a backup is put back: file alone or with its marker, as a new file or over the old one."""
_WORDS = ("SETUJU", "TOLAK surat belum ditandatangani", "KURANG CSR", "PEJABAT")
_REPLIES = ("STATUS", "BATAL", "SUDAH", "BENAR", "Mohon kabarnya, terima kasih.", "KENDALA saya bingung")
_GIVEN = ("Agus", "Bayu", "Citra", "Dian", "Eka", "Fajar", "Gita", "Hendra", "Indah", "Joko")


def _people() -> list[Person]:
    return [
        replace(
            SITI,
            name=f"{given} Contoh",
            nip=f"19{80 + number}0101201001{1 + number % 2}{number:03d}",
            nik=f"99990101{80 + number}000{number:01d}{number:02d}1"[:16],
            email=f"{given.lower()}@contohkota.go.id",
        )
        for number, given in enumerate(_GIVEN)
    ]


@dataclass
class Tally:
    """What a day had in it."""

    restores: int = 0
    mails: int = 0
    words_on_lost: int = 0
    repeated: int = 0

    def __str__(self) -> str:
        """The day in a line."""
        return (
            f"{self.restores} restores in a day of {self.mails} mails: {self.words_on_lost} answers to lost letters decided nothing, "
            f"{self.repeated} mails worked off once more were told so"
        )


@dataclass
class _Day:
    counter: Counter
    random: Random
    tally: Tally = field(default_factory=Tally)
    backups: list[Path] = field(default_factory=list)
    letters: dict[str, tuple[EmailMessage, str, bool]] = field(default_factory=dict)
    """Every letter about a request that was ever sent, by its Message-ID: itself, whose request, whether it puts a task."""
    owners: dict[str, tuple[str, str]] = field(default_factory=dict)
    """By number: whose request it is, and by which mail it was opened."""
    opened_by: dict[str, set[str]] = field(default_factory=dict)
    trace: list[str] = field(default_factory=list)

    # --- what happens ---------------------------------------------------------------------------------------------------

    def ask(self) -> None:
        """Somebody's complete request."""
        person, counter = self.random.choice(_PEOPLE), self.counter
        files = (counter.letter(person), counter.csr(person))
        raw = counter.mail(
            person.email, "Mohon bantuan, saya lupa passphrase.", files=files, name=person.name
        )
        self.mail(raw, person.email)

    def decide(self) -> None:
        """An officer answers a task letter, of any history; now and then from a program that drops the Reply-To."""
        asked = [each for each in self.letters.values() if each[2]]
        if asked:
            letter, whose, _ = self.random.choice(asked)
            raw = self.counter.mail(
                str(letter["To"]), self.random.choice(_WORDS), answers=self._maybe_plain(letter)
            )
            self.mail(raw, whose, letter)

    def reply(self) -> None:
        """An applicant answers a letter, of any history."""
        had = [each for each in self.letters.values() if not each[2]]
        if had:
            letter, whose, _ = self.random.choice(had)
            raw = self.counter.mail(str(letter["To"]), self.random.choice(_REPLIES), answers=letter)
            self.mail(raw, whose, letter)

    def keep(self) -> None:
        """A backup."""
        self.backups.append(backup(self.counter, f"backup-{len(self.backups)}"))
        self._reopened()

    def restore(self) -> None:
        """A backup of any earlier time is put back; sometimes its mail too, as the administrators are asked to."""
        if not self.backups:
            return self.keep()
        way = self.random.choice(_WAYS)
        which = self.random.randrange(len(self.backups))
        self.trace.append(f"restore {which} {way}")
        put_back(self.counter, self.backups[which], **way)
        self._reopened()
        self.tally.restores += 1
        self.note(self.counter.later(minutes=self.random.randrange(2, 40)))
        if self.random.random() < 0.5:
            self.mail_again()
        return None

    def mail_again(self) -> None:
        """What lies in the folder of worked off mail is put back into the inbox."""
        inbox = self.counter.directory / "inbox"
        for each in sorted((inbox / ".Processed").glob("*/*")):
            if each.name not in {".", ".."} and each.is_file():
                each.rename(inbox / "new" / f"{self.random.getrandbits(64):016x}.{each.name}")
        self.note(self.counter.work())

    # --- what must hold -------------------------------------------------------------------------------------------------

    def mail(self, raw: bytes, whose: str, answers: EmailMessage | None = None) -> None:
        """Let a mail come that is about one person's requests, and compare what changed."""
        self.tally.mails += 1
        mail = message_from_bytes(raw, policy=default)
        lost = answers is not None and not self._is_known(str(answers["Message-ID"]))
        self.trace.append(f"{mail['From']} about {whose}{' (lost)' if lost else ''}: {text_of(mail)[:20]!r}")
        before = self._standing()
        new = self.counter.directory / "inbox" / "new"
        there, moment = set(new.iterdir()), self.counter.clock.moment.timestamp()
        self.counter.deliver(raw)
        for each in set(new.iterdir()) - there:
            os.utime(each, (moment, moment))
        sent = self.counter.work()
        after = self._standing()
        changed = {ticket for ticket in before | after if before.get(ticket) != after.get(ticket)}
        others = {ticket for ticket in changed if (after.get(ticket) or before[ticket])[0] != whose}
        assert not others, self._told(f"a mail about {whose} changed {others}")
        if lost:
            self.tally.words_on_lost += 1
            assert not changed, self._told(f"an answer to a lost letter changed {changed}")
            assert sent or self.counter.status["messages"].get("unmatched"), self._told("nobody was told")
        self.note(sent)

    def note(self, sent: list[EmailMessage]) -> None:
        """Remember the letters of this step, and compare the numbers and second answers in them."""
        with self.counter.office.database.reading() as session:
            for letter in sent:
                row = session.exec(
                    select(OutboxRow).where(OutboxRow.message_id == str(letter["Message-ID"]))
                ).first()
                case = session.get(CaseRow, row.case_id) if row and row.case_id else None
                if row is None or case is None:
                    continue
                address = value_of(case).address
                self.letters[row.message_id] = (letter, address, row.template == "officer-task-assigned")
                opening = _opened_by(session, case)
                self._keeps_its_number(case.ticket, address, opening)
                if row.template == "applicant-request-received" and str(letter["In-Reply-To"]) == opening:
                    self._received(letter, case.ticket, opening)

    def _keeps_its_number(self, ticket: str, address: str, opening: str) -> None:
        known = self.owners.setdefault(ticket, (address, opening))
        assert known == (address, opening), self._told(f"{ticket} is {known} and {(address, opening)}")

    def _received(self, letter: EmailMessage, ticket: str, mail: str) -> None:
        before = self.opened_by.setdefault(mail, set())
        if before - {ticket}:
            self.tally.repeated += 1
            assert _TOLD in text_of(letter), self._told(
                f"{mail} opened {before} and then {ticket}, and nobody was told"
            )
        before.add(ticket)

    def _standing(self) -> dict[str, tuple[str, ...]]:
        """By number: whose request, where it stands, what was decided."""
        with self.counter.office.database.reading() as session:
            decided = {
                task.case_id: f"{task.key} {task.decision}"
                for task in session.exec(select(TaskRow).where(col(TaskRow.state) == TaskState.DECIDED))
            }
            return {
                row.ticket: (value_of(row).address, row.state, row.step, decided.get(row.id or 0, ""))
                for row in session.exec(select(CaseRow))
            }

    def _is_known(self, message_id: str) -> bool:
        with self.counter.office.database.reading() as session:
            return (
                session.exec(select(OutboxRow.id).where(OutboxRow.message_id == message_id)).first()
                is not None
            )

    def _maybe_plain(self, letter: EmailMessage) -> EmailMessage:
        if self.random.random() < 0.7:
            return letter
        plain = message_from_bytes(letter.as_bytes(), policy=default)
        del plain["Reply-To"]
        return plain

    def _reopened(self) -> None:
        self.counter.office = replace(self.counter.office, clock_is_set=False)

    def _told(self, what: str) -> str:
        return "\n".join([what, *self.trace[-25:]])


def _opened_by(session: Session, case: CaseRow) -> str:
    """The Message-ID of the mail that a request, or the one it belongs to, began with."""
    query = select(Transition.message_id).where(Transition.case_id == (case.root_id or case.id))
    number = session.exec(query.order_by(col(Transition.id))).first()
    row = session.get(MessageRow, number) if number else None
    return MessageFacts.model_validate_json(row.facts).message_id if row and row.facts else ""


_PEOPLE = _people()


def busy_day(directory: Path, seed: int, restores: int) -> Tally:
    """Play one day until so many backups have been put back; raises AssertionError with the last moves."""
    keys = {"trust": "subaddressing = true", "limits": "replies_per_sender = 100000"}
    with Counter(directory, officers=RINA + BUDI + DEWI, keys=keys) as counter:
        day = _Day(counter, Random(seed))  # noqa: S311 - a day that can be played again
        counter.office = replace(counter.office, clock_is_set=False)
        counter.work()
        while day.tally.restores < restores:
            moves: list[Callable[[], None]] = [day.ask, day.decide, day.reply, day.keep, day.restore]
            move = day.random.choices(moves, weights=(5, 5, 4, 2, 2))[0]
            move()
            day.note(counter.later(minutes=day.random.randrange(1, 15)))
        return day.tally
