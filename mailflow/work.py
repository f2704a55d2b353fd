"""One unit of work: a session with its transaction, and the office it is done in."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from sqlmodel import Session

from mailflow.office import Office
from mailflow.store.tables import Drawn


@dataclass(frozen=True)
class Work:
    """What everything that touches the database within one transaction is given.

    `repeats`: it works off a message that may have been answered before (`mailflow.histories`); every letter because of it says so.
    `cause`: the `message.id` that is worked off; `drawn`: how far its writer is proven. Every letter because of it keeps both.
    """

    session: Session
    office: Office
    repeats: bool = False
    cause: int | None = None
    drawn: Drawn = Drawn.NOBODY


@contextmanager
def writing(office: Office) -> Iterator[Work]:
    """Begin a transaction that is committed at the end, or rolled back whole; raises `StoreError` when locked or full."""
    with office.database.writing() as session:
        yield Work(session, office)


@contextmanager
def reading(office: Office) -> Iterator[Work]:
    """Look at a snapshot; never blocks a writer."""
    with office.database.reading() as session:
        yield Work(session, office)
