"""How a thread comes into the state its line meets: one request, or one certificate, per line, walked there by everyday mail."""

from email.message import EmailMessage
from email.utils import parseaddr

from tests.hears.department import Department
from tests.hears.files import file, writer
from tests.support.counter import text_of
from tests.support.letters import Person

NEW = ("fresh", "own")
"""States with nothing before them."""
Letters = list[EmailMessage | None]
"""By line: the letter that it answers; nothing where none came."""
_OFFICER = "Rina Kusuma"
_WALKS = 2
"""Turns of the applicant and the officer from the approval to the closing: the old certificate's, and the new one's."""


def before(department: Department, state: str, count: int) -> Letters:
    """Bring `count` threads into a state; person n writes line n."""
    people = [writer(number) for number in range(count)]
    if state in NEW:
        return [None] * count
    if state == "notice":
        department.register(people)
        return _latest(department.run(), people, [None] * count)
    return _Threads(department, people).until(state)


class _Threads:
    def __init__(self, department: Department, people: list[Person]) -> None:
        self._department, self._people = department, people

    def until(self, state: str) -> Letters:
        sent = self._request(with_csr=state != "incomplete")
        letters = _latest(sent, self._people, [None] * len(self._people))
        if state in ("incomplete", "waiting"):
            return letters
        tasks = [_task(sent, who, who.nip) for who in self._people]
        if state == "task":
            return tasks
        letters = _latest(self._officer("SETUJU", tasks), self._people, letters)
        for _ in range(_WALKS if state == "closed" else 0):
            sent = self._done(letters)
            tasks = [_task(sent, who, "SELESAI") for who in self._people]
            letters = _latest(sent + self._officer("SELESAI", tasks), self._people, letters)
        return letters

    def _request(self, *, with_csr: bool) -> list[EmailMessage]:
        names = ("statement.pdf", "csr") if with_csr else ("statement.pdf",)
        for number, who in enumerate(self._people):
            self._department.deliver(
                (who.name, who.email),
                "Permohonan lupa passphrase",
                "Mohon bantuan, saya lupa passphrase sertifikat elektronik. Terlampir surat pernyataan.",
                files=tuple(file(name, number) for name in names),
            )
        return self._department.run()

    def _done(self, letters: Letters) -> list[EmailMessage]:
        for who, letter in zip(self._people, letters, strict=True):
            if letter is not None:
                self._department.deliver((who.name, who.email), "", "SUDAH", answers=letter)
        return self._department.run()

    def _officer(self, word: str, tasks: Letters) -> list[EmailMessage]:
        for task in tasks:
            if task is not None:
                self._department.deliver((_OFFICER, parseaddr(str(task["To"]))[1]), "", word, answers=task)
        return self._department.run()


def _latest(sent: list[EmailMessage], people: list[Person], known: Letters) -> Letters:
    """The last letter to each; the known one where nothing came."""
    received = {str(each["To"]).lower(): each for each in sent}
    return [
        next((letter for to, letter in received.items() if who.email in to), old)
        for who, old in zip(people, known, strict=True)
    ]


def _task(sent: list[EmailMessage], who: Person, word: str) -> EmailMessage | None:
    """The first letter to somebody else that is about a person and holds this word, blanks apart."""
    for each in sent:
        text = text_of(each)
        if who.email in str(each["To"]).lower() or word not in text.replace(" ", ""):
            continue
        if word == who.nip or who.name in text:
            return each
    return None
