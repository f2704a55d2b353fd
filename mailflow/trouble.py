"""What a loop is in trouble with, while it lasts: since when and why, for `mailflow status` in another process.

The mailbox, the sender and whoever else meets a server that is away note it here; the loop's next success takes it back. What cannot be
noted because the disk is full, or only read, is looked at by `status` itself.
"""

import json
import os
import shutil
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

from sqlmodel import Session, col, select

from mailflow.office import Office
from mailflow.store.tables import Setting
from mailflow.work import writing

_PREFIX = "trouble:"
_LOOPS = {"mailbox": "no mail comes in", "sender": "no letter goes out"}
LEAST_FREE = 32 * 1024 * 1024
"""Octets on the database's disk below which nothing can be relied on to be recorded."""
_MEGABYTE = 1024 * 1024


def note(office: Office, loop: str, what: str) -> None:
    """Record that a loop is in trouble, from the first time on; raises `StoreError`."""
    with writing(office) as work:
        row = work.session.get(Setting, _PREFIX + loop)
        since = json.loads(row.value)["since"] if row is not None else office.now().isoformat()
        row = row or Setting(name=_PREFIX + loop, value="")
        row.value = json.dumps({"since": since, "what": what})
        work.session.add(row)


def over(session: Session, loop: str) -> None:
    """Take back that a loop is in trouble."""
    row = session.get(Setting, _PREFIX + loop)
    if row is not None:
        session.delete(row)


def lasting(session: Session) -> dict[str, tuple[datetime, str]]:
    """Return the loops in trouble, each since when and why."""
    rows = session.exec(select(Setting).where(col(Setting.name).startswith(_PREFIX)))
    found = {row.name.removeprefix(_PREFIX): json.loads(row.value) for row in rows}
    return {loop: (datetime.fromisoformat(each["since"]), each["what"]) for loop, each in found.items()}


def in_words(office: Office, session: Session) -> Iterator[str]:
    """Yield what needs the administrator, a line for each trouble."""
    if full := of_disk(office.database.file.parent):
        yield full
    zone = office.config.department.zone
    for loop, (since, what) in sorted(lasting(session).items()):
        effect = _LOOPS.get(loop, f"the loop {loop} stands still")
        yield f"{effect} since {since.astimezone(zone):%d %b %H:%M}: {what}; `mailflow check --live` tries it now"


def of_disk(directory: Path) -> str:
    """What is wrong with the disk that holds the database, "" for nothing."""
    if os.statvfs(directory).f_flag & os.ST_RDONLY:
        return f"the disk of {directory} can only be read: nothing is recorded; mount it writable again"
    free = shutil.disk_usage(directory).free
    if free >= LEAST_FREE:
        return ""
    return f"the disk of {directory} is full ({free / _MEGABYTE:.1f} MB free): mail waits in the mailbox and letters stay; free some space"
