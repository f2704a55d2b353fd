"""What became of each line: what was opened, answered and shown, as it can be seen from outside."""

import json
import re
from dataclasses import dataclass
from email.message import EmailMessage
from email.utils import parseaddr
from pathlib import Path
from tempfile import TemporaryDirectory

from tests.hears import stages
from tests.hears.department import Department
from tests.hears.files import file, writer
from tests.hears.lines import Line
from tests.support.counter import ADMIN, OFFICER, OFFICIAL, text_of
from tests.support.letters import Person

_OFFICE = (OFFICER, OFFICIAL, ADMIN)
_SHOWN = 6
"""So many first words of a message, in a letter to the office, are the message shown to a person."""


@dataclass(frozen=True, kw_only=True)
class Outcome:
    line: Line
    reached: bool
    """The thread came into its state; else the line says nothing."""
    opened: frozenset[str]
    """SOPs of new requests."""
    answered: bool
    told: tuple[str, ...]
    """Subjects of letters to the office about the writer."""
    shown: bool
    """A person reads the words, or of the new sender."""
    urgent: bool
    left: bool
    """The message stays in the mailbox."""
    closed: bool
    decision: str


def play(state: str, lines: list[Line]) -> list[Outcome]:
    """Play all lines of one state in one department."""
    with TemporaryDirectory(prefix="hears-") as directory:
        return _Play(Department(Path(directory)), state, lines).outcomes()


class _Play:
    def __init__(self, department: Department, state: str, lines: list[Line]) -> None:
        self._department, self._state, self._lines = department, state, lines
        self._letters = stages.before(department, state, len(lines))
        new = state in stages.NEW
        self._before = set[str]() if new else {each["id"] for each in department.look("cases")}

    def outcomes(self) -> list[Outcome]:
        addresses = [self._address(number, line) for number, line in enumerate(self._lines)]
        ids = [self._write(number, address) for number, address in enumerate(addresses)]
        self._sent = self._department.run()
        self._cases, self._tasks = self._department.look("cases"), self._department.look("tasks")
        left = self._department.left()
        return [
            self._outcome(number, line, addresses[number], left=ids[number] in left)
            for number, line in enumerate(self._lines)
        ]

    def _address(self, number: int, line: Line) -> str:
        if line.writer == "other":
            return f"orang{number}@perusahaan.example"
        if line.writer == "applicant":
            return writer(number).email
        task = self._letters[number]
        return OFFICER if task is None else parseaddr(str(task["To"]))[1]

    def _write(self, number: int, address: str) -> str:
        line = self._lines[number]
        name = "Rina Kusuma" if line.writer == "officer" else writer(number).name
        files = tuple(file(each, number) for each in line.attach)
        letter = self._letters[number]
        return self._department.deliver((name, address), line.subject, line.body, files=files, answers=letter)

    def _outcome(self, number: int, line: Line, address: str, *, left: bool) -> Outcome:
        who = writer(number)
        office = [each for each in self._sent if _to(each, *_OFFICE)]
        about = [each for each in office if _about(each, who, line)]
        theirs = [each for each in self._cases if who.name in json.dumps(each)]
        old = [each for each in theirs if each["id"] in self._before]
        return Outcome(
            line=line,
            reached=self._state in stages.NEW or self._letters[number] is not None,
            opened=frozenset(each["sop"] for each in self._cases if self._is_new(each, who, address)),
            answered=any(
                _to(each, address) and (line.writer != "officer" or _about(each, who, line))
                for each in self._sent
            ),
            told=tuple(str(each["Subject"]) for each in about),
            shown=any(_shows(each, line) for each in office) or (self._state == "fresh" and bool(about)),
            urgent=any("mendesak" in str(each["Subject"]).lower() for each in about),
            left=left,
            closed=any(each["state"] == "closed" for each in old),
            decision=self._decision({each["id"] for each in old}),
        )

    def _is_new(self, case: dict, who: Person, address: str) -> bool:
        theirs = case["address"] == address or who.name in json.dumps(case)
        return case["id"] not in self._before and theirs

    def _decision(self, cases: set[str]) -> str:
        decided = (each.get("decision") for each in self._tasks if each["case"] in cases)
        return next((str(each) for each in decided if each), "")


def _to(letter: EmailMessage, *addresses: str) -> bool:
    return any(each in str(letter["To"]).lower() for each in addresses)


def _words(text: str) -> list[str]:
    return re.sub(r"[^\w\s]", " ", text).lower().split()


def first_words(line: Line) -> str:
    """By what a line is known again in a letter."""
    return " ".join(_words(line.body)[:_SHOWN])


def _shows(letter: EmailMessage, line: Line) -> bool:
    first = first_words(line)
    return bool(first) and first in " ".join(_words(text_of(letter)))


def _about(letter: EmailMessage, who: Person, line: Line) -> bool:
    return " ".join(_words(who.name)) in " ".join(_words(text_of(letter))) or _shows(letter, line)
