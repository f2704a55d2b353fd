"""The real daemon (`mailflow run`) as a process of its own, and looks at what it has done; ended by its process id, whatever happens."""

import base64
import os
import shutil
import signal
import sqlite3
import subprocess
import sys
import time
from collections import Counter
from contextlib import closing, suppress
from dataclasses import replace
from datetime import UTC, datetime

from mailflow.store import marker
from mailflow.store.birth import birth_of
from tests.support.server import DOMAIN, PASSWORD
from tests.support.warm import Warm

DEPARTMENT, APPLICANT, OFFICER = (f"{user}@{DOMAIN}" for user in ("layanan", "siti.rahmawati", "rina.kusuma"))
ADMIN = f"admin@{DOMAIN}"
AUTHSERV_ID = f"mx.{DOMAIN}"
PATIENCE = 25.0
"""Seconds until what is waited for has failed to come; nothing here takes a tenth of it on an idle machine."""

_CONFIGURATION = """
[department]
name = "Dinas Komunikasi dan Informatika Kota Contohkota"
address = "{department}"
domain = "{domain}"
phone = "(0281) 555-0100"
complaints_contact = "Bapak Bagus Santoso"
complaints_phone = "0812-5550-0101"
ticket_prefix = "CK"
closing_days = [{closed}]
[administrators]
emails = ["{admin}"]
[mailbox]
url = "{mailbox}"
tls = "none"
username = "{department}"
[intake]
baseline = {baseline}
poll_seconds = 1
[smtp]
url = "{smtp}"
tls = "none"
[store]
url = "sqlite:///{store}"
[tasks]
undo_minutes = 0
[trust]
authserv_id = "{authserv}"
border = "asserted"
subaddressing = {subaddressing}
[[officers]]
name = "Rina Kusuma"
email = "{officer}"
"""


def _some_leave():
    """A day off in this year and those to come: no year without collective leave to write to the administrators about."""
    return ", ".join(f"{datetime.now(UTC).year + more}-12-31" for more in range(3))


class Daemon:
    """One instance in a directory of its own; `with` ends its process. Start it as often as need be."""

    def __init__(self, directory, *, mailbox, smtp, store=None, baseline=False, subaddressing=False):
        self.directory, self.process = directory, None
        self.database = (store or directory) / "mailflow.db"
        self.config = directory / "mailflow.toml"
        (directory / "credentials").mkdir()
        (directory / "credentials" / "store.key").write_text(
            base64.urlsafe_b64encode(os.urandom(32)).decode()
        )
        (directory / "credentials" / "mailbox.password").write_text(PASSWORD)
        self.config.write_text(
            _CONFIGURATION.format(
                department=DEPARTMENT,
                closed=_some_leave(),
                domain=DOMAIN,
                admin=ADMIN,
                officer=OFFICER,
                mailbox=mailbox,
                smtp=smtp,
                store=self.database,
                authserv=AUTHSERV_ID,
                baseline=str(baseline).lower(),
                subaddressing=str(subaddressing).lower(),
            )
        )

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.kill()

    def take_over(self, directory):
        """Begin with the database and key of an instance that has ended, as if it had always been here."""
        shutil.copy(directory / "mailflow.db", self.database)
        known = marker.read(directory / "mailflow.db")
        marker.write(self.database, replace(known, database=birth_of(self.database)))
        with closing(sqlite3.connect(self.database)) as database, database:
            database.execute("DELETE FROM setting WHERE name = 'identity-marked'")
        shutil.copy(directory / "credentials" / "store.key", self.directory / "credentials" / "store.key")

    # --- the process ----------------------------------------------------------------------------------------------------

    def _command(self, *words):
        return [sys.executable, "-m", "mailflow", *words, "--config", str(self.config)]

    def _environment(self, **more):
        kept = {name: value for name, value in os.environ.items() if not name.startswith("MAILFLOW_")}
        return kept | more

    def start(self, *, kill_at="", words=("run",)):
        """Start it; with `kill_at` it dies at that checkpoint, as in a power cut."""
        environment = self._environment(**({"MAILFLOW_KILL_AT": kill_at} if kill_at else {}))
        with (self.directory / "log").open("ab") as log:
            self.process = Warm([*words, "--config", str(self.config)], log=log, environment=environment)
        return self

    def command(self, *words):
        """Run one command beside the daemon; its exit code, what it printed, what it complained of."""
        return subprocess.run(
            self._command(*words),
            capture_output=True,
            text=True,
            env=self._environment(),
            timeout=PATIENCE * 2,
            check=False,
        )

    def ended(self):
        """Wait for its end; the exit code, negative for a signal."""
        process, self.process = self.process, None
        try:
            return process.wait(PATIENCE)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()
            raise AssertionError(f"the daemon did not end\n{self.log()[-4000:]}") from None

    def terminate(self):
        """Ask for an orderly end; the exit code."""
        self.process.send_signal(signal.SIGTERM)
        return self.ended()

    def kill(self):
        """End it as a power cut does."""
        if self.process is not None:
            process, self.process = self.process, None
            process.kill()
            process.wait()

    def log(self):
        path = self.directory / "log"
        return path.read_text(errors="replace") if path.exists() else ""

    def until(self, condition, what="what was waited for"):
        """Look until `condition()` holds, while the daemon lives; return its value."""
        deadline = time.monotonic() + PATIENCE
        while not (found := condition()):
            if time.monotonic() > deadline:
                raise AssertionError(f"{what} did not come about\n{self.states()}\n{self.log()[-6000:]}")
            if self.process is not None:
                with suppress(subprocess.TimeoutExpired):
                    code = self.process.wait(0.03)
                    raise AssertionError(f"the daemon ended ({code})\n{self.log()[-6000:]}")
        return found

    def until_logged(self, word, times=1):
        """Wait until the log says `word` so many times."""
        return self.until(lambda: self.log().count(word) >= times, f"{word!r} in the log")

    # --- what it has recorded -------------------------------------------------------------------------------------------

    def rows(self, query, *values):
        """Rows of the database, read beside the daemon; none as long as there is no database."""
        try:
            with closing(sqlite3.connect(f"file:{self.database}?mode=ro", uri=True, timeout=5)) as connection:
                return connection.execute(query, values).fetchall()
        except sqlite3.OperationalError:
            return []

    def count(self, table):
        """How many rows of a table stand in which state."""
        return Counter(dict(self.rows(f'SELECT state, count(*) FROM "{table}" GROUP BY state')))  # noqa: S608 - our own names

    def states(self):
        return {table: dict(self.count(table)) for table in ("message", "case", "task", "outbox")}

    def at_rest(self, messages):
        """True when so many messages are recorded, all of them worked off and in their place, and every letter has left."""
        return (
            sum(self.count("message").values()) >= messages
            and not self.rows("SELECT 1 FROM message WHERE state = 'received' OR NOT placed")
            and not self.rows("SELECT 1 FROM task WHERE effective_at IS NOT NULL")
            and not self.rows("SELECT 1 FROM outbox WHERE state IN ('queued', 'sending')")
        )

    def until_at_rest(self, messages):
        """Wait until nothing moves any more."""
        return self.until(lambda: self.at_rest(messages), f"rest after {messages} messages")
