"""`mailflow case`: one request with its timeline, and what a person may do to it by hand."""

from collections.abc import Iterator
from datetime import datetime
from typing import Annotated, Any

import typer

from mailflow.cli.options import AsJson, ConfigFile, emit, pairs, plain, refuse

NAME = "case"
ACTIONS = ("note", "assign", "close")
_AND_TEXT = 3


def command(
    words: Annotated[
        list[str],
        typer.Argument(
            metavar="ID | note ID TEXT | assign ID OFFICER | close ID REASON",
            help="The ticket, or what to do.",
        ),
    ],
    config: ConfigFile = None,
    as_json: AsJson = False,
) -> None:
    """Show a request, or act on it.

    `note` writes into its timeline, `assign` gives its open task to an officer, `close` ends it without writing to anybody.
    """
    from mailflow import acts, views

    acting = words[0] in ACTIONS
    if acting and len(words) < _AND_TEXT:
        raise typer.BadParameter(f"say `mailflow case {words[0]} ID …`, with what to put there")
    with views.opened(config) as office:
        if acting:
            print(acts.on_case(office, words[0], words[1], " ".join(words[2:])))
            return
        data = views.case(office, " ".join(words))
        if data is None:
            raise refuse(f"no request {' '.join(words)}: see `mailflow cases`")
    emit(data, as_json=as_json, lines=_lines(data))


def _lines(data: dict[str, Any]) -> Iterator[str]:
    ending = f" ({data['ending']})" if data["ending"] else f", step {data['step']}"
    yield f"{data['id']}: {data['sop']}, {data['state']}{ending}"
    yield from pairs(
        [
            ("applicant", f"{data['applicant']} <{data['address']}>"),
            ("holder", data["holder"] if data["holder"] != data["applicant"] else ""),
            ("opened", data["opened"]),
            ("due", None if data["closed"] else data["due"]),
            ("closed", data["closed"]),
            ("parent", data["parent"]),
            ("messages", data["messages"]),
        ]
    )
    day = None
    for at, what in sorted(_happened(data), key=lambda pair: pair[0]):
        if at.date() != day:
            day = at.date()
            yield f"\n{at:%A %d %B %Y}"
        yield f"  {at:%H:%M}  {what}"


def _happened(data: dict[str, Any]) -> Iterator[tuple[datetime, str]]:
    """Every event, then the letters and tasks of the same moment below it."""
    for event in data["timeline"]:
        where = f"{event['to']} ({event['to_state']})"
        note = f": {plain(event['note'])}" if event["note"] else ""
        yield event["at"], f"{event['actor']}: {event['event']}, now {where}{note}"
        for away in event["outages"]:
            span = f"{away['began']:%d %b %H:%M} to {away['ended']:%d %b %H:%M}"
            yield event["at"], f"  did not work from {span}: {', '.join(away['loops'])}"
    for task in reversed(data["tasks"]):
        decided = f"{task['decision']} by {task['decided_by']}" if task["decision"] else task["state"]
        due = f", due {task['due']:%d %b %H:%M}" if task["due"] and not task["decision"] else ""
        yield (
            task["opened"],
            f"  task {task['id']} ({task['step']}) for {', '.join(task['officers'])}: {decided}{due}",
        )
    for letter in reversed(data["letters"]):
        yield (
            letter["created"],
            f"  letter {letter['id']} to {letter['to']}, {letter['state']}: {plain(letter['subject'])}",
        )
