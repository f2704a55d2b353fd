"""The database behind one door: `reading()` and `writing()` give a session, writing ones hold SQLite's write lock from the start.

Durability before the outside world is touched: WAL with `synchronous=FULL`, so that a commit survives a power cut before a message is
moved on the server or a letter is sent (NORMAL may lose the last commits).
"""

import fcntl
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from alembic import command
from alembic.config import Config as AlembicConfig
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, Engine, create_engine, event
from sqlalchemy.exc import DataError, DBAPIError, IntegrityError, ProgrammingError
from sqlmodel import Session

from mailflow.errors import ConfigurationError, StoreError
from mailflow.store.sealed import Keyring
from mailflow.store.tables import Setting

BUSY_MILLISECONDS = 5_000
MIGRATIONS = Path(__file__).parent / "migrations"
_OURS = (IntegrityError, DataError, ProgrammingError)
"""Faults of the program, not of the disk: trying again would not help, so they are never taken for an outage."""


class Database:
    """One database with its keyring. Threads share it; each session belongs to one thread."""

    def __init__(self, url: str, keyring: Keyring, *, busy_milliseconds: int = BUSY_MILLISECONDS) -> None:
        self.url, self.keyring = url, keyring
        self._busy = busy_milliseconds
        self.engine = self._engine()

    @property
    def file(self) -> Path:
        """The SQLite file."""
        return Path(self.url.removeprefix("sqlite:///"))

    def _engine(self) -> Engine:
        engine = create_engine(
            self.url, connect_args={"timeout": self._busy / 1000, "check_same_thread": False}
        )
        engine.dialect.keyring = self.keyring  # type: ignore[attr-defined]  # see store.sealed: the sealed columns find it there

        @event.listens_for(engine, "connect")
        def _prepare(connection: Any, _record: Any) -> None:
            connection.isolation_level = None  # transactions are begun by us, below
            for pragma in (
                "journal_mode=WAL",
                "synchronous=FULL",
                "foreign_keys=ON",
                f"busy_timeout={self._busy}",
            ):
                connection.execute(f"PRAGMA {pragma}")

        @event.listens_for(engine, "begin")
        def _begin(connection: Any) -> None:
            connection.exec_driver_sql(
                "BEGIN" if connection.get_execution_options().get("reading") else "BEGIN IMMEDIATE"
            )

        return engine

    @contextmanager
    def writing(self) -> Iterator[Session]:
        """A transaction that is committed at the end, or rolled back whole. Raises `StoreError` when locked or full.

        A broken constraint is raised as it is (`IntegrityError`).
        """
        try:
            with Session(self.engine, expire_on_commit=False) as session:
                yield session
                session.commit()
        except _OURS:
            raise
        except DBAPIError as trouble:
            raise _fault(trouble, self.file) from trouble

    @contextmanager
    def reading(self) -> Iterator[Session]:
        """A snapshot; never blocks a writer."""
        try:
            with (
                self.engine.connect().execution_options(reading=True) as connection,
                Session(connection) as session,
            ):
                yield session
        except DBAPIError as trouble:
            raise _fault(trouble, self.file) from trouble

    def upgrade(self) -> None:
        """Create the database or bring it to today's schema (Alembic), whole or not at all.

        SQLite cannot alter most of a table, so a migration makes a new one in its place; while references are watched, a table that others
        refer to cannot be replaced. They are not watched meanwhile, and proven afterwards (sqlite.org/lang_altertable.html, section 7).
        """
        self._make_room()
        try:
            with self.engine.connect() as connection:
                _watch_references(connection, on=False)  # SQLite heeds this outside of a transaction only
                try:
                    with connection.begin():
                        command.upgrade(_alembic(connection), "head")
                        _prove_references(connection, self.file)
                finally:
                    _watch_references(connection, on=True)
        except DBAPIError as trouble:
            raise _fault(trouble, self.file) from trouble
        if self.file.is_file():
            self.file.chmod(0o600)

    def _make_room(self) -> None:
        try:
            self.file.parent.mkdir(parents=True, exist_ok=True)
        except OSError as trouble:
            raise StoreError(
                f"store.url: cannot create {self.file.parent}: {trouble.strerror}; {_WRITABLE}"
            ) from None

    def pending(self) -> bool:
        """True when the schema is older than this program. Raises `StoreError` for what is no database or cannot be opened."""
        try:
            with self.engine.connect() as connection:
                current = MigrationContext.configure(connection).get_current_revision()
        except DBAPIError as trouble:
            raise _fault(trouble, self.file) from trouble
        return current != ScriptDirectory.from_config(_alembic(None)).get_current_head()

    def prove_key(self) -> None:
        """Raise `ConfigurationError` when this database was made with another `store.key`; remember the key of a new one."""
        mine = self.keyring.identifier.hex()
        with self.reading() as session:
            known = session.get(Setting, "store-key")
        if known is None:
            with self.writing() as session:
                session.add(Setting(name="store-key", value=mine))
        elif known.value != mine:
            raise ConfigurationError(
                f"store.key: {self.file} was made with another key; put back the key it was made with (from your backup of the credentials)"
            )

    def close(self) -> None:
        """Let go of every connection."""
        self.engine.dispose()

    @contextmanager
    def sole_instance(self) -> Iterator[None]:
        """Hold the lock beside the database: a second daemon on the same database is refused."""
        self._make_room()
        path = self.file.with_name(self.file.name + ".lock")
        try:
            handle = path.open("a")
        except OSError as trouble:
            raise StoreError(f"store.url: cannot write {path}: {trouble.strerror}; {_WRITABLE}") from None
        with handle:
            try:
                fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                raise StoreError(
                    f"another mailflow works on {self.file}; stop it first (systemctl status mailflow)"
                ) from None
            yield


def _watch_references(connection: Connection, *, on: bool) -> None:
    driver = connection.connection.driver_connection
    assert driver is not None  # noqa: S101 - the connection is open
    driver.execute(f"PRAGMA foreign_keys={'ON' if on else 'OFF'}")


def _prove_references(connection: Connection, file: Path) -> None:
    broken = connection.exec_driver_sql("PRAGMA foreign_key_check").first()
    if broken is not None:
        raise StoreError(
            f"database {file}: a row of {broken[0]} refers to a row of {broken[2]} that is missing, so the database was left as it was; "
            "restore it from the backup, then run `mailflow db upgrade`"
        )


def _alembic(connection: Any) -> AlembicConfig:
    config = AlembicConfig()
    config.set_main_option("script_location", str(MIGRATIONS))
    config.attributes["connection"] = connection
    return config


_WRITABLE = "the directory must be there and writable by the user mailflow runs as; it is tried again"
_PASSING = {
    "database is locked": "another program holds it; it is tried again",
    "database or disk is full": "make room on the disk; nothing is lost, it is tried again",
    "unable to open": _WRITABLE,
    "readonly": _WRITABLE,
    "disk I/O error": "look after the disk; it is tried again",
}
_LASTING = {
    "no such table": "run `mailflow db upgrade`",
    "file is not a database": "restore it from the backup; or, if it never was one, move it away or correct store.url, "
    "and `mailflow db upgrade` makes a new one",
    "malformed": "the file is damaged; stop mailflow, keep a copy and restore it from the backup",
}


def _fault(trouble: DBAPIError, file: Path) -> StoreError:
    """What SQLite says and the next step; what lies around the file (its directory, a mount, room, a lock) passes without anybody editing one."""
    text = str(trouble.orig).splitlines()[0] if trouble.orig else type(trouble).__name__
    otherwise = "look after disk and file rights, then restore it from the backup"
    hint = next((remedy for words, remedy in {**_PASSING, **_LASTING}.items() if words in text), otherwise)
    temporary = any(words in text for words in _PASSING)
    return StoreError(f"database {file}: {text}: {hint}", temporary=temporary)
