"""`make hears`: does the counter hear what people mean? Plays a corpus of mails through the program and counts what became of them.

`python -m tests.hears [--file FILE] [--show]`. A file whose name ends in `-b` is kept apart: its failing lines are named with `--show` only,
for whoever builds on what a line says has spoilt it for measuring.
"""

import argparse
import sys
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from tests.hears.judged import VERDICTS, falsely_opened, unprotected, verdict
from tests.hears.lines import Line, read
from tests.hears.played import Outcome, play

FILES = tuple(Path(__file__).with_name(f"people-{half}.jsonl") for half in "ab")
_HEAD = ("right", "person", "wrong", "unreached", "false opening", "unprotected")


def main(arguments: Sequence[str]) -> int:
    """Play the files; return 0, for a figure is no failure."""
    parser = argparse.ArgumentParser(prog="tests.hears", description=__doc__)
    parser.add_argument("--file", type=Path, action="append", help="a corpus; otherwise both of this folder")
    parser.add_argument(
        "--show", action="store_true", help="name the failing lines of a file kept apart, too"
    )
    parser.add_argument("--processes", type=int, default=2, help="states played at a time")
    options = parser.parse_args(arguments)
    for file in options.file or FILES:
        outcomes = played(read(file), options.processes)
        told = options.show or not file.stem.endswith("-b")
        sys.stdout.write(
            "\n".join([file.name, *table(outcomes), *(failing(outcomes) if told else ())]) + "\n\n"
        )
    return 0


def played(lines: Sequence[Line], at_once: int = 1) -> list[Outcome]:
    """What became of all lines, state by state."""
    states = defaultdict(list)
    for line in lines:
        states[line.state].append(line)
    with ThreadPoolExecutor(at_once) as pool:
        return [outcome for some in pool.map(play, states, states.values()) for outcome in some]


def table(outcomes: Sequence[Outcome]) -> Iterator[str]:
    """A row per state, one for all, and the shares of what was reached."""
    yield f"{'':12}{'lines':>6}" + "".join(f"{each:>15}" for each in _HEAD)
    states = dict.fromkeys(each.line.state for each in outcomes)
    for state in states:
        yield _row(state, [each for each in outcomes if each.line.state == state])
    yield _row("all", outcomes)
    count = Counter(verdict(each) for each in outcomes)
    reached = max(1, len(outcomes) - count["unreached"])
    right, person, wrong = (100 * count[each] / reached for each in VERDICTS[:3])
    yield f"heard right {right:.1f} %, left to a person {person:.1f} %, wrong or silent {wrong:.1f} % of {reached}"


def _row(name: str, outcomes: Sequence[Outcome]) -> str:
    count = Counter(verdict(each) for each in outcomes)
    figures = [*(count[each] for each in VERDICTS), sum(map(falsely_opened, outcomes))]
    missed = f"{sum(map(unprotected, outcomes))} of {sum(each.line.protection for each in outcomes)}"
    return f"{name:12}{len(outcomes):6}" + "".join(f"{each:>15}" for each in (*figures, missed))


def failing(outcomes: Sequence[Outcome]) -> Iterator[str]:
    """The lines that were not heard right, with what they mean and what they opened."""
    for outcome in outcomes:
        told = verdict(outcome)
        if told != "right":
            opened = ", ".join(sorted(outcome.opened)) or "-"
            yield f"{outcome.line.id}  {told:9}  {outcome.line.state}: {outcome.line.hears}; opened {opened}"


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
