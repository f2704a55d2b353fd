"""A transcript, mail by mail: who writes what, and exactly which letters that brings about.

Everything is the shipped program over Maildir with a clock set by hand (`tests.support.counter`). A transcript is played in Indonesian and
in English: keywords and openings are translated, the SOP's rows are not. Letters are named `who template`, as `siti request-received`.
"""

import re

from mailflow import timers, views
from tests.support import forms, letters
from tests.support.counter import APPLICANT, OFFICER, OFFICIAL, OTHER_OFFICER, Counter, text_of

PDF = "application/pdf"
PEOPLE = {"siti": APPLICANT, "rina": OFFICER, "budi": OTHER_OFFICER, "dewi": OFFICIAL}
OPENINGS = {
    "passphrase-loss": {
        "id": (
            "Lupa passphrase sertifikat elektronik",
            "Mohon bantuan, saya lupa passphrase sertifikat saya.",
        ),
        "en": ("Forgotten passphrase", "Please help, I have forgotten the passphrase of my certificate."),
    },
    "data-change": {
        "id": ("Perubahan data sertifikat", "Mohon perubahan data jabatan saya, formulir terlampir."),
        "en": ("Change of data", "Please change my data in the certificate, I have attached the form."),
    },
    "revocation": {
        "id": ("Pencabutan sertifikat elektronik", "Mohon sertifikat saya dicabut karena saya mutasi."),
        "en": (
            "Certificate revocation",
            "Please revoke my certificate, I have been moved to another office.",
        ),
    },
    "renewal": {
        "id": ("Pembaruan sertifikat elektronik", "Mohon pembaruan sertifikat elektronik saya."),
        "en": ("Certificate renewal", "Please help me with the renewal of my certificate."),
    },
    "complaint": {
        "id": ("Pengaduan layanan", "Saya kecewa dengan pelayanan: telepon tidak pernah dijawab."),
        "en": ("Complaint", "I am disappointed with the service: nobody answers your telephone."),
    },
}
ENGLISH = {
    "SETUJU": "APPROVE", "TOLAK": "REJECT", "KURANG": "INCOMPLETE", "SELESAI": "DONE", "PEJABAT": "ESCALATE", "AMBIL": "TAKE",
    "KECUALI": "EXCEPT", "KABULKAN": "GRANT", "SUDAH": "FINISHED", "KENDALA": "PROBLEM", "BENAR": "CONFIRM", "BATAL": "CANCEL",
    "PENGADUAN": "COMPLAINT", "ADA": "OWNS", "NIHIL": "NONE", "PEMILIK": "OWNER", "LAIN": "OTHER", "BELUM": "UNAPPLIED",
    "TAK-SELESAI": "UNSOLVED", "UBAH": "CHANGE", "LAPANGAN": "FIELD", "BUKAN": "NOT",
}  # fmt: skip
INDONESIAN = {"TAK-SELESAI": "BELUM"}
GREETS = {"id": "Yth. Bapak/Ibu", "en": "Dear "}


ASIDE = {"officer-word-receipt", "officer-digest-morning"}
"""Letters to officers that every word, or every morning, brings."""


class Desk:
    """One department, one applicant, and what was sent since the last move."""

    def __init__(self, counter: Counter, language: str) -> None:
        self.counter, self.language = counter, language
        self._known = {each["id"] for each in counter.outbox}

    # --- moves ------------------------------------------------------------------------------------------------------------

    def asks_for(self, sop: str, *papers: str, text: str = "", who: str = "siti", name: str = "") -> "Desk":
        """A new mail that asks for a service, with papers by name (`paper`)."""
        subject, words = OPENINGS[sop][self.language]
        mail = self.counter.mail(
            PEOPLE.get(who, who), text or words, subject=subject, files=self._files(papers), name=name
        )
        return self._after(mail)

    def answers(self, text: str, *papers: str, who: str = "siti") -> "Desk":
        """The applicant replies to the latest letter."""
        address = PEOPLE.get(who, who)
        letter = self.counter.letter_to(address)
        mail = self.counter.mail(address, self._said(text), answers=letter, files=self._files(papers))
        return self._after(mail)

    def officer(self, text: str, who: str = "rina") -> "Desk":
        """An officer (or the official) replies to the latest task."""
        letter = self.counter.task_letter(PEOPLE[who])
        return self._after(self.counter.mail(PEOPLE[who], self._said(text), answers=letter))

    def alarm(self) -> "Desk":
        """Let the time of the next alarm come."""
        moment = timers.next_alarm(self.counter.office)
        assert moment is not None, "nothing waits for a time"
        self.counter.clock.moment = max(
            self.counter.clock.moment, moment.astimezone(self.counter.clock.moment.tzinfo)
        )
        self.counter.work()
        return self

    def later(self, **by: int) -> "Desk":
        self.counter.later(**by)
        return self

    # --- what came of it --------------------------------------------------------------------------------------------------

    def sends(self, *letters_: str) -> "Desk":
        """Exactly these letters were written since the last look, receipts and the officers' morning list aside; the applicant's in their language."""
        fresh = sorted(
            (each for each in self.counter.outbox if each["id"] not in self._known),
            key=lambda each: each["id"],
        )
        self._known |= {each["id"] for each in fresh}
        told = [self._named(each) for each in fresh if each["template"] not in ASIDE]
        assert sorted(told) == sorted(letters_), f"sent: {told}"
        for each in fresh:
            if each["template"].startswith("applicant-"):
                assert GREETS[self.language] in self.text(each["to"], each["subject"]), each["template"]
        return self

    def stands(self, sop: str, step: str, state: str) -> "Desk":
        """The newest case of this SOP stands there."""
        row = self.case(sop)
        assert (row["step"], row["state"]) == (step, state)
        return self

    def ends(self, sop: str, ending: str) -> "Desk":
        row = self.case(sop)
        assert (row["state"], row["ending"]) == ("closed", ending)
        return self

    def quiet(self) -> None:
        """Nothing waits any more: no task, no time, no letter."""
        assert all(each["state"] in {"decided", "void"} for each in self.counter.tasks)
        assert timers.next_alarm(self.counter.office) is None
        assert all(each["state"] == "sent" for each in self.counter.outbox)

    def case(self, sop: str) -> dict:
        return next(each for each in views.cases(self.counter.office, only_open=False) if each["sop"] == sop)

    def text(self, who: str, subject: str = "") -> str:
        """The latest letter to somebody, subject first, wrapped lines joined."""
        address = PEOPLE.get(who, who)
        letter = next(
            each
            for each in reversed(self.counter.sent)
            if address in each["To"] and (not subject or each["Subject"] == subject)
        )
        return " ".join(f"{letter['Subject']} {text_of(letter)}".split())

    def attached(self, who: str = "siti") -> list[str]:
        letter = self.counter.letter_to(PEOPLE.get(who, who))
        return [part.get_filename() for part in letter.iter_attachments()]

    # --- inside -----------------------------------------------------------------------------------------------------------

    def _after(self, mail: bytes) -> "Desk":
        self.counter.receive(mail)
        return self

    def _said(self, text: str) -> str:
        words = ENGLISH if self.language == "en" else INDONESIAN
        return re.sub(r"^[A-Z-]+|(?<= )KECUALI", lambda found: words.get(found[0], found[0]), text)

    def _named(self, letter: dict) -> str:
        who = next((name for name, address in PEOPLE.items() if address == letter["to"]), letter["to"])
        return f"{who} {letter['template'].partition('-')[2]}"

    def _files(self, papers: tuple[str, ...]) -> tuple:
        return tuple(self._paper(each) for each in papers)

    def _paper(self, name: str) -> tuple:
        makers = {
            "statement": self.counter.letter,
            "csr": self.counter.csr,
            "other csr": lambda: self.counter.csr(key=2),
            "form": lambda: ("formulir.pdf", forms.data_change_form(), PDF),
            "form again": lambda: (
                "formulir-baru.pdf",
                forms.data_change_form(changes=(("Jabatan", "Staf", "Kepala Seksi"),)),
                PDF,
            ),
            "support": lambda: ("sk.pdf", forms.supporting_document(), PDF),
            "letter": lambda: ("surat.pdf", forms.revocation_letter(), PDF),
            "letter again": lambda: ("surat-baru.pdf", forms.revocation_letter(reason="Pensiun"), PDF),
            "leak": lambda: ("surat.pdf", forms.revocation_letter(reason="Passphrase bocor"), PDF),
            "many": lambda: ("formulir.pdf", forms.revocation_form(), PDF),
            "recommendation": lambda: ("sr.pdf", forms.recommendation_letter(), PDF),
            "recommendation again": lambda: ("sr-baru.pdf", forms.renewal_letter(), PDF),
            "recommendation of three": lambda: (
                "sr.pdf",
                forms.renewal_letter(persons=(letters.SITI, forms.AGUS, forms.MAYA)),
                PDF,
            ),
        }
        return makers[name]()
