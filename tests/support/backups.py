"""Backups of a counter's database, put back as people do it: the file alone, or with everything that lies beside it."""

import shutil
from contextlib import contextmanager


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


def _together(database):
    return [each for each in database.parent.glob(f"{database.name}*") if not each.name.endswith(".lock")]
