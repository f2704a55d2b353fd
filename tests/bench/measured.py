"""A command measured from outside: time, processor time of it and its children, peak memory of all together."""

import os
import subprocess
import threading
import time
from dataclasses import dataclass
from pathlib import Path

PAGE = os.sysconf("SC_PAGE_SIZE")
EVERY = 0.05
"""Seconds between two looks at the memory."""


@dataclass(frozen=True)
class Measured:
    """What one run took: `wall` and `cpu` in seconds, `peak` in MiB (sum of the resident sets, so shared pages count in each)."""

    wall: float
    cpu: float
    peak: float


def measure(command: list[str], *, log: Path, accepted: tuple[int, ...] = (0,)) -> Measured:
    """Run a command to its end; raise when it fails."""
    with log.open("ab") as out:
        begin = time.perf_counter()
        process = subprocess.Popen(command, stdout=out, stderr=out, stdin=subprocess.DEVNULL)
        peak, done = [0.0], threading.Event()
        watcher = threading.Thread(target=_watch, args=(process.pid, peak, done))
        watcher.start()
        _, status, usage = os.wait4(process.pid, 0)
        wall = time.perf_counter() - begin
        process.returncode = os.waitstatus_to_exitcode(status)
        done.set()
        watcher.join()
    if process.returncode not in accepted:
        raise RuntimeError(f"{' '.join(command)} ended with {process.returncode}: {log.read_text()[-2000:]}")
    return Measured(wall, usage.ru_utime + usage.ru_stime, peak[0])


def _watch(root: int, peak: list[float], done: threading.Event) -> None:
    while not done.wait(EVERY):
        peak[0] = max(peak[0], sum(_resident(each) for each in _family(root)) / 2**20)


def _family(root: int) -> list[int]:
    found = [root]
    for pid in found:
        for task in Path(f"/proc/{pid}/task").glob("*/children"):
            try:
                found += [int(child) for child in task.read_text().split()]
            except OSError:
                continue
    return found


def _resident(pid: int) -> int:
    try:
        return int(Path(f"/proc/{pid}/statm").read_text().split()[1]) * PAGE
    except (OSError, IndexError):
        return 0
