"""`mailflow status`: how the counter stands."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Annotated, Any

import typer

from mailflow.cli.options import AsJson, ConfigFile, emit, pairs

NAME = "status"
_MINUTE, _HOUR, _DAY = timedelta(minutes=1), timedelta(hours=1), timedelta(days=1)


ClockIsRight = Annotated[
    bool,
    typer.Option("--clock-is-right", help="After a jump of the clock: say that it is right now, and go on."),
]


def command(config: ConfigFile = None, clock_is_right: ClockIsRight = False, as_json: AsJson = False) -> None:
    """How the counter stands, what needs you."""
    from mailflow import clock_watch, views

    with views.opened(config) as office:
        if clock_is_right:
            clock_watch.trust(office)
        data = views.status(office)
    emit(data, as_json=as_json, lines=_lines(data))


def _lines(data: dict[str, Any]) -> Iterator[str]:
    yield f"{data['department']}, {data['at']:%A %d %B %Y %H:%M %Z}"
    if data["mode"] == "observe":
        yield 'It only observes: nobody is answered until intake.mode = "serve".'
    yield ""
    if data["attention"]:
        yield "Needs you:"
        yield from (f"  - {each}" for each in data["attention"])
    else:
        yield "Nothing needs you."
    yield ""
    from mailflow.border.told import in_a_line

    yield from pairs(
        [
            ("requests", _counts(data["cases"])),
            ("tasks", _counts(data["tasks"])),
            ("letters", _counts(data["outbox"])),
            ("messages", _counts(data["messages"])),
            ("mail server", in_a_line(data["border"])),
            ("loops", ", ".join(_loops(data["loops"], data["at"])) or "have not run yet"),
        ]
    )


def _counts(counts: dict[str, int]) -> str:
    return ", ".join(f"{count} {state}" for state, count in counts.items()) or "none"


def _loops(loops: dict[str, datetime], now: datetime) -> Iterator[str]:
    for name, when in sorted(loops.items()):
        yield f"{name} {_ago(now - when)}"


def _ago(since: timedelta) -> str:
    if since < _MINUTE:
        return "just now"
    for unit, word in ((_DAY, "days"), (_HOUR, "hours"), (_MINUTE, "minutes")):
        if since >= unit:
            count = since // unit
            return f"{count} {word if count > 1 else word[:-1]} ago"
    return "just now"
