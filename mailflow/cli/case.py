"""`mailflow case`: one request with its timeline, and what a person may do to it by hand."""

from typing import Annotated

import typer

from mailflow.cli.options import AsJson, ConfigFile, emit, refuse

NAME = "case"
ACTIONS = ("note", "assign", "close")


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
    """Show a request and all that happened to it; write a note, give it to an officer, close it by hand."""
    from mailflow import acts, views

    with views.opened(config) as office:
        if words[0] in ACTIONS:
            if len(words) < 3:
                raise typer.BadParameter(f"say `mailflow case {words[0]} ID …`")
            print(acts.on_case(office, words[0], words[1], " ".join(words[2:])))
            return
        data = views.case(office, " ".join(words))
        if data is None:
            raise refuse(f"no request {words[0]}: see `mailflow cases`")
    lines = [
        f"{data['id']}  {data['sop']}  {data['state']} ({data['step']})",
        f"applicant: {data['applicant']}",
        f"due: {data['due'] or '-'}",
        "",
    ]
    lines += [
        f"{entry['at']:%Y-%m-%d %H:%M}  {entry['actor']:<28} {entry['event']:<22} {entry['from'] or '-'} -> {entry['to']}"
        + (f"  ({entry['note']})" if entry["note"] else "")
        for entry in data["timeline"]
    ]
    emit(data, as_json=as_json, lines=lines)
