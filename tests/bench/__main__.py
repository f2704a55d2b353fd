"""`make bench`: mailflow beside `steady`, from a local Dovecot to a local sink, in one run.

The time of an empty mailbox (start, migration, login) is measured too and taken off both, so that a figure is that of a program at work.
"""
# ruff: noqa: T201 - a program that prints

import argparse
import base64
import platform
import shutil
import sqlite3
import statistics
import sys
import tempfile
from collections.abc import Callable
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

from tests.bench import mails, profiled
from tests.bench.measured import Measured, measure
from tests.bench.sink import Sink
from tests.support.servers import PASSWORD, Dovecot, ServerMissingError

KINDS: dict[str, Callable[[int], bytes]] = {"tiny": mails.tiny, "letter + CSR": mails.complete}
CONFIGURATION = """\
[department]
name = "Dinas Komunikasi dan Informatika Kota Contohkota"
address = "{address}"
domain = "contohkota.go.id"
[mailbox]
url = "imap://127.0.0.1:{imap}"
tls = "none"
username = "{user}"
password = "{password}"
[intake]
baseline = false
unmatched = "sort"
[smtp]
url = "smtp://127.0.0.1:{smtp}"
tls = "none"
[store]
url = "sqlite:///{directory}/mailflow.db"
key = "{key}"
[trust]
mode = "token-only"
[[officers]]
name = "Rina Kusuma"
email = "rina.kusuma@contohkota.go.id"
"""


@dataclass
class Ground:
    """Servers and a directory; every run gets a database of its own, and the next of Dovecot's users `run1`, `run2`, …"""

    directory: Path
    dovecot: Dovecot
    sink: Sink
    users: int = 0

    def mailbox(self, raws: list[bytes]) -> str:
        """A fresh user with these messages in the inbox."""
        self.users += 1
        user = f"run{self.users}"
        self.dovecot.deliver_many(
            raws, user, sender="penulis@contohkota.go.id"
        )  # an empty one would say: automatic
        return user

    def mailflow(self, raws: list[bytes], *, profile: Path | None = None) -> Measured:
        """`mailflow run --once`; raise when anything is left undone."""
        user = self.mailbox(raws)
        place = self.directory / user
        place.mkdir()
        file = place / "mailflow.toml"
        file.write_text(
            CONFIGURATION.format(
                address=mails.COUNTER,
                imap=self.dovecot.port,
                user=self.dovecot.address(user),
                password=PASSWORD,
                smtp=self.sink.port,
                directory=place,
                key=base64.urlsafe_b64encode(bytes(range(32))).decode(),
            )
        )
        watched = ["-m", "cProfile", "-o", str(profile)] if profile else []
        command = [sys.executable, *watched, "-m", "mailflow", "run", "--once", "--config", str(file)]
        taken = measure(command, log=place / "log")
        if raws:
            _prove(place / "mailflow.db", len(raws))
        return taken

    def steady(self, raws: list[bytes]) -> Measured:
        """The reference on the same messages."""
        user = self.mailbox(raws)
        where = [str(self.dovecot.port), self.dovecot.address(user), PASSWORD, str(self.sink.port)]
        command = [sys.executable, "-m", "tests.bench.steady", *where, str(self.directory / f"{user}.db")]
        log = self.directory / f"{user}.log"
        taken = measure(command, log=log)
        if log.read_text().strip() != str(len(raws)):
            raise RuntimeError(f"steady left messages behind: {log.read_text()[-2000:]}")
        return taken


def _prove(database: Path, count: int) -> None:
    """Raise when a message was not worked off, or a letter not sent."""
    with closing(sqlite3.connect(database)) as connection:
        messages, letters = (
            dict(connection.execute(f"SELECT state, count(*) FROM {table} GROUP BY state"))  # noqa: S608 - our own names
            for table in ("message", "outbox")
        )
    done = sum(messages.get(state, 0) for state in ("filed", "unmatched"))
    if done != count or letters.get("sent", 0) < count or set(letters) != {"sent"}:
        raise RuntimeError(
            f"{count} messages were to be worked off and answered, all letters sent: {messages}, {letters}"
        )


_NOISE = 0.1
"""Below this share of the whole, the start is not taken off: the figure would be noise."""


@dataclass(frozen=True)
class Figures:
    """Of one run, without the start where that can be told apart: messages per second, milliseconds of processor per message, peak memory in MiB."""

    rate: float
    cpu: float
    peak: float

    @classmethod
    def of(cls, taken: Measured, start: Measured, count: int) -> "Figures":
        wall, cpu = taken.wall - start.wall, taken.cpu - start.cpu
        if (
            wall < _NOISE * taken.wall or cpu < _NOISE * taken.cpu
        ):  # too few messages: the start's own spread hides the work
            wall, cpu = taken.wall, taken.cpu
        return cls(count / wall, 1000 * cpu / count, taken.peak)


def spread(values: list[float], digits: int = 1) -> str:
    """Return min / median / max."""
    three = (min(values), statistics.median(values), max(values))
    return " / ".join(f"{value:.{digits}f}" for value in three)


def compare(ground: Ground, kind: str, raws: list[bytes], starts: list[tuple[Measured, Measured]]) -> None:
    """Print the figures of one kind of mail, both programs in turns; `starts` are those of both, one for each run."""
    ours, theirs = [], []
    for start, reference_start in starts:
        theirs.append(Figures.of(ground.steady(raws), reference_start, len(raws)))
        ours.append(Figures.of(ground.mailflow(raws), start, len(raws)))
    print(f"\n{kind}: {len(raws)} messages, {len(starts)} runs (min / median / max)")
    print(f"  {'':<18}{'mailflow':>26}{'steady':>26}{'ratio':>26}")
    for label, name in (("messages/s", "rate"), ("CPU ms/message", "cpu"), ("peak memory MiB", "peak")):
        mine, other = ([getattr(each, name) for each in some] for some in (ours, theirs))
        ratios = [one / two for one, two in zip(mine, other, strict=True)]
        print(f"  {label:<18}{spread(mine):>26}{spread(other):>26}{spread(ratios, 2):>26}")
    begun = [spread([each.wall for each in some], 2) for some in zip(*starts, strict=True)]
    print(f"  {'start, s (apart)':<18}{begun[0]:>26}{begun[1]:>26}")


def main() -> int:
    """Measure and print."""
    options = argparse.ArgumentParser(prog="python -m tests.bench", description=__doc__)
    options.add_argument("--messages", type=int, default=200, help="of each kind, in each run")
    options.add_argument("--runs", type=int, default=3)
    chosen = options.parse_args()
    directory = Path(tempfile.mkdtemp(prefix="mailflow-bench-"))
    print(
        f"{platform.machine()}, Python {platform.python_version()}; making {chosen.messages} mails of each kind",
        flush=True,
    )
    posts = {kind: mails.many(make, chosen.messages) for kind, make in KINDS.items()}
    try:
        users = [f"run{number}" for number in range(1, 2 * (len(KINDS) + 1) * chosen.runs + 2)]
        with Dovecot(users=users) as dovecot, Sink() as sink:
            ground = Ground(directory, dovecot, sink)
            starts = [(ground.mailflow([]), ground.steady([])) for _ in range(chosen.runs)]
            for kind, raws in posts.items():
                compare(ground, kind, raws, starts)
            dump = directory / "profile"
            ground.mailflow(posts["letter + CSR"], profile=dump)
            print("\nwhere the time of the main process goes (letter + CSR, under cProfile, start included):")
            print("\n".join(f"  {row}" for row in profiled.table(dump)))
    except ServerMissingError as missing:
        print(missing, file=sys.stderr)
        return 1
    finally:
        shutil.rmtree(directory, ignore_errors=True)
    return 0


if __name__ == "__main__":
    sys.exit(main())
