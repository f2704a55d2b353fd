"""What happened, as the ledger keeps it: the cases that belong together, and every event of theirs in its order."""

import json
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from sqlmodel import Session, col, select

from mailflow.cases import value_of
from mailflow.office import Office
from mailflow.store.tables import CaseRow, TaskRow, TaskState, Transition
from rules.case import State

BESIDES = frozenset({"note", "assigned", "handed-on", "reassigned", "registered"})
"""What is recorded beside a case and moves it nowhere: nothing the rules decided."""


_BY_WORD = ("decided: ", "refused: ")
"""How the note of a task begins that its own word made void: it had been put before somebody else while the word waited."""


@dataclass(frozen=True, kw_only=True)
class Standing:
    """What an event did to a case: its name, and the row and state the case was in afterwards."""

    case: str
    event: str
    step: str
    state: str


@dataclass(frozen=True, kw_only=True)
class Move:
    """One event of a case as recorded. `message` is the ledger's number of the message that brought it, None where none did."""

    number: int
    at: datetime
    actor: str
    case: str
    event: str
    came_from: str
    step: str
    state: str
    message: int | None
    note: str

    @property
    def standing(self) -> Standing:
        """What it did to the case."""
        return Standing(case=self.case, event=self.event, step=self.step, state=self.state)

    @property
    def opens(self) -> bool:
        """Whether the case began with it."""
        return not self.came_from and self.event not in BESIDES

    @property
    def officer(self) -> str:
        """The officer's address, "" where it was somebody else's doing."""
        kind, _, who = self.actor.partition(":")
        return who if kind == "officer" else ""


@dataclass(frozen=True)
class Story:
    """Cases that belong together (a request, its children, siblings, complaints about it) and what happened to them.

    `words` are the tasks whose kept word (`TaskRow.said`) made a move, by the move's number.
    """

    cases: dict[str, CaseRow]
    moves: tuple[Move, ...]
    words: dict[int, TaskRow]
    tasks: tuple[TaskRow, ...]

    def belonging(self, parent: str, relation: str) -> list[str]:
        """Return the cases that another one opened, by how they belong to it, the oldest first."""
        number = self.cases[parent].id if parent in self.cases else None
        return [
            ticket
            for ticket, row in self.cases.items()
            if number is not None and row.parent_id == number and value_of(row).relation == relation
        ]

    def moves_by(self, message: int) -> list[Move]:
        """Return what one message brought about by itself."""
        return [each for each in self.moves if each.message == message and each.event not in BESIDES]

    def next_of(self, case: str, after: int) -> Move | None:
        """Return what was recorded next of a case."""
        return next(
            (
                each
                for each in self.moves
                if each.case == case and each.number >= after and each.event not in BESIDES
            ),
            None,
        )


def groups(session: Session) -> list[list[int]]:
    """Return the ids of cases that belong together, the oldest first."""
    root: dict[int, int] = {}
    members: dict[int, list[int]] = {}
    for number, parent in session.exec(select(CaseRow.id, CaseRow.parent_id).order_by(col(CaseRow.id))):
        first = root.get(parent or 0, number or 0)
        root[number or 0] = first
        members.setdefault(first, []).append(number or 0)
    return list(members.values())


def story(office: Office, session: Session, numbers: Iterable[int]) -> Story:
    """Load what happened to these cases."""
    ids = list(numbers)
    rows = list(session.exec(select(CaseRow).where(col(CaseRow.id).in_(ids)).order_by(col(CaseRow.id))))
    tickets = {row.id or 0: row.ticket for row in rows}
    query = select(Transition).where(col(Transition.case_id).in_(ids)).order_by(col(Transition.id))
    moves = tuple(_move(office, each, tickets[each.case_id]) for each in session.exec(query))
    tasks = tuple(
        session.exec(select(TaskRow).where(col(TaskRow.case_id).in_(ids)).order_by(col(TaskRow.id)))
    )
    return Story({row.ticket: row for row in rows}, moves, _words(moves, tasks, tickets), tasks)


def _move(office: Office, row: Transition, ticket: str) -> Move:
    detail = json.loads(row.detail) if row.detail else {}
    return Move(
        number=row.id or 0,
        at=row.at.astimezone(office.config.department.zone),
        actor=row.actor,
        case=ticket,
        event=row.event,
        came_from=row.from_step,
        step=row.to_step,
        state=row.to_state,
        message=row.message_id,
        note=str(detail.get("note", "")),
    )


def _words(moves: Iterable[Move], tasks: Iterable[TaskRow], tickets: dict[int, str]) -> dict[int, TaskRow]:
    """Match each officer's move that no message stands beside with its task: a word that waited out its undo time is kept there."""
    waiting = sorted(
        (each for each in tasks if each.said and each.decided_at and each.effective_at is None),
        key=lambda task: (task.decided_at, task.id),
    )
    waiting = [each for each in waiting if each.state == TaskState.DECIDED or each.note.startswith(_BY_WORD)]
    found: dict[int, TaskRow] = {}
    for move in moves:
        if not move.officer or move.opens or move.message is not None or move.event in BESIDES:
            continue
        fitting = [
            task
            for task in waiting
            if tickets[task.case_id] == move.case
            and task.decided_by == move.officer
            and task.decided_at is not None
            and task.decided_at <= move.at
        ]
        best = next(
            (task for task in fitting if task.step == move.came_from), fitting[0] if fitting else None
        )
        if best is not None:
            found[move.number] = best
            waiting.remove(best)
    return found


def is_open(row: CaseRow) -> bool:
    """Tell whether a case is under way."""
    return row.state != State.CLOSED
