"""Backups of a counter's database, put back as people do it: the file alone, or with everything that lies beside it."""

import shutil
import sqlite3
from contextlib import closing, contextmanager

from mailflow.store import marker


@contextmanager
def stopped(counter):
    """The counter, closed for as long as somebody is at its files; gives the path of its database."""
    counter.__exit__(None, None, None)
    yield counter.directory / "mailflow.db"
    counter.__enter__()


def backup(counter, name="backup"):
    """Copy the database and what belongs to it; return the directory."""
    place = counter.directory / name
    place.mkdir()
    with stopped(counter) as database:
        for file in _together(database):
            shutil.copy2(file, place)
    return place


def put_back(counter, place, *, over=False, whole=False):
    """Put a backup back: `over` the file that is there, or as a new one; `whole` with the marker beside it."""
    with stopped(counter) as database:
        for file in _together(database):
            if not over and (whole or file == database):
                file.unlink()
        for file in _together(place / database.name):
            if whole or file.name == database.name:
                shutil.copy2(file, database.parent)


def as_by_a_snapshot(counter):
    """Let the files pass for untouched, as they are when a whole machine is put back."""
    with stopped(counter) as database, closing(sqlite3.connect(database)) as connection, connection:
        (identity,) = connection.execute("SELECT value FROM setting WHERE name = 'identity'").fetchone()
        touched = f"{identity} {marker.touched(database)}"
        connection.execute("UPDATE setting SET value = ? WHERE name = 'identity-marked'", (touched,))


def _together(database):
    return [each for each in database.parent.glob(f"{database.name}*") if not each.name.endswith(".lock")]
