"""Random walks, a hundred times as far as the suite goes: `make soak`, or `python -m tests.soak --walks 1000 --minutes 15`.

Every run begins at another place, which is printed: `--base` walks the same way again. A walk that fails is told move by move. Before the
walks an older backup is put back 50 times in the middle of busy days (`restores`).
"""

import argparse
import sys
import time
from collections import defaultdict
from collections.abc import Iterator, Sequence
from contextlib import redirect_stdout
from io import StringIO
from math import inf
from multiprocessing import Pool
from pathlib import Path
from random import SystemRandom
from tempfile import TemporaryDirectory

from tests.rules.test_random_walks_never_get_stuck import SOPS
from tests.rules.walking import walk
from tests.rules.walks import Tally
from tests.soak.restores import busy_day

_RESTORES_A_DAY = 5
_AT_ONCE = 100
"""Walks that one process takes before it reports."""
_TOLD = 5
"""Walks that failed, told move by move."""


def main(arguments: Sequence[str]) -> int:
    """Walk; return 1 if a walk failed."""
    options = _options(arguments)
    sys.stderr.write(f"{options.walks} walks over each of {len(SOPS)} SOPs, base {options.base}\n")
    begin = time.monotonic()
    tallies: defaultdict[str, Tally] = defaultdict(Tally)
    days, failures = _busy_days(options.base, options.restores)
    with Pool(options.processes) as pool:
        for name, tally, failed in pool.imap_unordered(_some, _portions(options)):
            tallies[name].add(tally)
            failures += failed
            sys.stderr.writelines(f"\n{each}\n" for each in failed[:_TOLD])
            _progress(tallies, options.walks, time.monotonic() - begin, len(failures))
    sys.stderr.write("\n")
    lines = [*days, *(_line(name, tallies[name]) for name in sorted(tallies))]
    lines.append(_closing(tallies, time.monotonic() - begin, failures))
    sys.stdout.write("\n".join([*lines, *failures[:_TOLD]]) + "\n")
    return int(bool(failures))


def _options(arguments: Sequence[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="tests.soak", description=__doc__)
    parser.add_argument("--walks", type=int, default=100_000, help="walks over each SOP")
    parser.add_argument("--minutes", type=float, default=None, help="begin no further walks after this time")
    parser.add_argument(
        "--restores", type=int, default=50, help="backups put back in the middle of busy days"
    )
    parser.add_argument("--processes", type=int, default=2)
    parser.add_argument(
        "--base", type=int, default=SystemRandom().randrange(10**9), help="number of the first walk"
    )
    return parser.parse_args(arguments)


def _busy_days(base: int, restores: int) -> tuple[list[str], list[str]]:
    """Play days with five restores each until there were enough; return what each had in it, and what failed."""
    told, failed = [], []
    for seed in range(base, base + -(-restores // _RESTORES_A_DAY)):
        with TemporaryDirectory() as directory, redirect_stdout(StringIO()):
            try:
                told.append(f"day {seed}: {busy_day(Path(directory), seed, _RESTORES_A_DAY)}")
            except AssertionError as error:
                failed.append(f"day {seed}: {error}")
    return told, failed


_Portion = tuple[str, int, int, float]


def _portions(options: argparse.Namespace) -> Iterator[_Portion]:
    """Yield (SOP, first walk, how many, until when), all SOPs alike, so that a run that is cut short has walked each as far."""
    until = inf if options.minutes is None else time.monotonic() + options.minutes * 60
    for first in range(0, options.walks, _AT_ONCE):
        for name in SOPS:
            yield name, options.base + first, min(_AT_ONCE, options.walks - first), until


def _some(portion: _Portion) -> tuple[str, Tally, list[str]]:
    name, first, count, until = portion
    tally, failed = Tally(), []
    for seed in range(first, first + (count if time.monotonic() < until else 0)):
        try:
            walk(SOPS, name, seed, tally)
        except AssertionError as error:
            failed.append(str(error))
    return name, tally, failed


def _progress(tallies: dict[str, Tally], walks: int, seconds: float, failed: int) -> None:
    done = sum(each.walks for each in tallies.values())
    share = done / (walks * len(SOPS))
    sys.stderr.write(f"\r{done} walks ({share:.0%}), {done / seconds:.0f} a second, {failed} failed")


def _line(name: str, tally: Tally) -> str:
    own = {
        ending.partition(": ")[2]: times
        for ending, times in tally.endings.items()
        if ending.startswith(f"{name}: ")
    }
    others = sum(tally.endings.values()) - sum(own.values())
    endings = ", ".join(
        f"{ending} {times}" for ending, times in sorted(own.items(), key=lambda each: -each[1])
    )
    return f"{name}: {tally.walks} walks, {tally.events} events; {endings}; {others} cases beside"


def _closing(tallies: dict[str, Tally], seconds: float, failures: list[str]) -> str:
    walks, events = (sum(getattr(each, what) for each in tallies.values()) for what in ("walks", "events"))
    verdict = f"{len(failures)} FAILED" if failures else "every one came to its end"
    return f"{walks} walks, {events} events in {seconds / 60:.1f} minutes: {verdict}"


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
