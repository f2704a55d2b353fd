"""Days of a department as chance would have them: requests of every kind, answers, officers' words, time, hands on the command line."""

import random
from datetime import timedelta

from sqlmodel import col, select

from mailflow import timers
from mailflow.cases import sop_of
from mailflow.errors import MailflowError
from mailflow.letters.keywords import word_of
from mailflow.store.tables import CaseRow, OutboxRow, TaskRow
from mailflow.work import reading
from tests.support import forms
from tests.support.counter import APPLICANT, OFFICER, OFFICIAL, OTHER_OFFICER, Counter
from tests.support.letters import SITI

PDF = "application/pdf"
SUBJECTS = {
    "passphrase-loss": ("Lupa passphrase", "Saya lupa passphrase sertifikat saya, mohon bantuan."),
    "data-change": ("Perubahan data sertifikat", "Mohon perubahan data jabatan saya."),
    "revocation": ("Pencabutan sertifikat elektronik", "Mohon sertifikat saya dicabut."),
    "renewal": ("Pembaruan sertifikat elektronik", "Mohon pembaruan sertifikat elektronik saya."),
    "complaint": ("Pengaduan layanan", "Saya kecewa dengan pelayanan: telepon tidak pernah dijawab."),
    "anger": ("Halo", "Pelayanan payah, sudah seminggu tidak ada kabar!"),
    "nothing": ("Undangan rapat", "Rapat besok pukul sembilan."),
}
SENTENCES = ("SUDAH", "KENDALA", "STATUS", "BATAL", "PENGADUAN telepon tidak dijawab", "BENAR", "Terima kasih.", "YA", "BUKAN", "ADA", "NIHIL",
             "Bagaimana kelanjutannya?", "Berikut kami kirim.", "PERPANJANG", "TIDAK")  # fmt: skip
STAFF = (OFFICER, OTHER_OFFICER, OFFICIAL)
PEOPLE = {APPLICANT: SITI, forms.AGUS.email: forms.AGUS, forms.MAYA.email: forms.MAYA}


class Days:
    """A department and what chance does to it; the same seed does the same."""

    def __init__(self, counter: Counter, seed: int) -> None:
        self.counter, self.chance, self.key = counter, random.Random(seed), 1  # noqa: S311 - chance, not a secret

    def pass_by(self, moves: int) -> None:
        """Let so many things happen."""
        deeds = (
            self.request,
            self.answer,
            self.answer,
            self.word,
            self.word,
            self.word,
            self.time,
            self.alarm,
            self.hand,
        )
        for _ in range(moves):
            self.chance.choice(deeds)()

    def request(self) -> None:
        who = self.chance.choice(list(PEOPLE))
        subject, text = SUBJECTS[self.chance.choice(list(SUBJECTS))]
        mail = self.counter.mail(who, text, subject=subject, files=self.papers(who))
        self.counter.receive(mail)

    def papers(self, who: str) -> tuple:
        person = PEOPLE[self.chance.choice([who, who, who, *PEOPLE])]
        self.key = self.chance.choice([self.key, self.key % 3 + 1])
        makers = (
            lambda: self.counter.letter(person),
            lambda: self.counter.csr(person, self.key),
            lambda: ("formulir.pdf", forms.data_change_form(person), PDF),
            lambda: ("sk.pdf", forms.supporting_document(), PDF),
            lambda: ("pencabutan.pdf", forms.revocation_letter(person, reason=self.chance.choice(["Mutasi", "Passphrase bocor"])), PDF),
            lambda: ("sr.pdf", forms.recommendation_letter(), PDF),
            lambda: ("banyak.pdf", forms.revocation_form(), PDF),
        )  # fmt: skip
        return tuple(each() for each in self.chance.sample(makers, self.chance.choice([0, 1, 1, 2, 2])))

    def answer(self) -> None:
        who = self.chance.choice(list(PEOPLE))
        letters = [each for each in self.counter.sent if who in str(each["To"])]
        if letters:
            files = self.papers(who) if self.chance.random() < 0.4 else ()
            answers = self.chance.choice(letters[-3:])
            self.counter.receive(
                self.counter.mail(who, self.chance.choice(SENTENCES), answers=answers, files=files)
            )

    def word(self) -> None:
        """Somebody of the staff says one of the words a task takes, or takes back what was said."""
        with reading(self.counter.office) as work:
            query = (
                select(OutboxRow, TaskRow, CaseRow)
                .join(TaskRow, col(TaskRow.id) == col(OutboxRow.task_id))
                .join(CaseRow, col(CaseRow.id) == col(TaskRow.case_id))
                .where(
                    OutboxRow.template == "officer-task-assigned",
                    col(TaskRow.state).in_(["open", "taken", "decided"]),
                )
                .order_by(col(OutboxRow.id).desc())
                .limit(4)
            )
            found = list(work.session.exec(query))
            if not found:
                return
            letter, task, case = self.chance.choice(found)
            outcome = self.chance.choice(task.outcomes)
            sop = sop_of(work, case.sop_digest, case.sop)
            text = f"{word_of(outcome, 'id', sop, task.step)} {self.chance.choice(['1', 'mohon dilengkapi', ''])}"
            message_id, to = letter.message_id, letter.recipient
        if self.chance.random() < 0.15:
            text = "BATAL"
        sent = next((each for each in self.counter.sent if str(each["Message-ID"]) == message_id), None)
        if sent is not None:
            self.counter.receive(self.counter.mail(to, text, answers=sent))

    def time(self) -> None:
        self.counter.later(minutes=self.chance.choice([3, 11, 60, 300, 1500]))

    def alarm(self) -> None:
        """The next time that something waits for."""
        moment = timers.next_alarm(self.counter.office)
        if moment is not None:
            zone = self.counter.clock.moment.tzinfo
            late = timedelta(minutes=self.chance.choice([0, 0, 1, 700]))
            self.counter.clock.moment = max(self.counter.clock.moment, moment.astimezone(zone)) + late
            self.counter.work()

    def hand(self) -> None:
        """An administrator notes, gives a task to somebody, or (seldom) closes."""
        open_ = [each for each in self.counter.cases if each["state"] != "closed"]
        if not open_:
            return
        case = self.chance.choice(open_)["id"]
        deed = self.chance.choice(["note", "note", "assign", "assign", "close"])
        text = self.chance.choice(STAFF) if deed == "assign" else "dari pengelola"
        try:
            self.counter.act("case", deed, case, text)
        except MailflowError:
            return  # no task to give
        self.counter.work()
