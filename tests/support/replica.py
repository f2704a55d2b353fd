"""What a fresh counter holds after the same first mail as another's: its rows and files, copied instead of worked for once more.

Only between counters that nothing tells apart but their directory. The copy keeps its own database file, marker and identity, so that it is no
database that was put back.
"""

import shutil
import sqlite3
from contextlib import closing
from pathlib import Path

from mailflow.store import marker

_OWN = ("identity", "identity-before", "identity-marked")
"""Settings that say which database it is."""
_FOLDERS = ("inbox", "sent")


def keep(directory: Path, place: Path) -> None:
    """Keep what is there after the mail was worked off."""
    for folder in _FOLDERS:
        shutil.copytree(directory / folder, place / folder)
    with (
        closing(sqlite3.connect(directory / "mailflow.db")) as there,
        closing(sqlite3.connect(place / "mailflow.db")) as here,
    ):
        there.backup(here)
    (place / "directory").write_text(str(directory))


def bring(place: Path, directory: Path) -> None:
    """Bring it into the directory of a counter that has been opened, and has had no mail."""
    for folder in _FOLDERS:
        shutil.copytree(place / folder, directory / folder, dirs_exist_ok=True)
    path = directory / "mailflow.db"
    with closing(sqlite3.connect(path, isolation_level=None)) as database:
        database.execute("PRAGMA foreign_keys = OFF")
        database.execute("ATTACH ? AS kept", (str(place / "mailflow.db"),))
        database.execute("BEGIN IMMEDIATE")
        own = dict(database.execute("SELECT name, value FROM setting"))
        tables = database.execute(
            "SELECT name FROM kept.sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%'"
        ).fetchall()
        for (table,) in tables:
            database.execute(f'DELETE FROM main."{table}"')  # noqa: S608 - our own names
            database.execute(f'INSERT INTO main."{table}" SELECT * FROM kept."{table}"')  # noqa: S608
        database.executemany(
            "REPLACE INTO setting (name, value) VALUES (?, ?)",
            [(name, own[name]) for name in _OWN if name in own],
        )
        before, now = (place / "directory").read_text(), str(directory)
        database.execute("UPDATE mailbox SET name = replace(name, ?, ?)", (before, now))
        database.execute("UPDATE message SET mailbox = replace(mailbox, ?, ?)", (before, now))
        given = dict(
            database.execute("SELECT substr(name, 8), value FROM setting WHERE name LIKE 'ticket:%'")
        )
        database.execute("COMMIT")
    marker.write_numbers(path, {year: int(number) for year, number in given.items()})
