"""`mailflow quarantine`: messages that could not be worked off, with their bytes."""

import sys
from typing import Annotated

import typer

from mailflow.cli.options import AsJson, ConfigFile, emit, table

NAME = "quarantine"


def command(
    words: Annotated[list[str] | None, typer.Argument(metavar="[show ID | release ID | drop ID]")] = None,
    config: ConfigFile = None,
    as_json: AsJson = False,
) -> None:
    """List parked messages; `show` prints the raw message, `release` works it off again, `drop` takes it out for good."""
    from mailflow import acts, views

    with views.opened(config) as office:
        if words:
            if words[0] not in {"show", "release", "drop"} or len(words) != 2:
                raise typer.BadParameter("say `mailflow quarantine show|release|drop ID`")
            if words[0] == "show":
                sys.stdout.buffer.write(views.raw_message(office, words[1]))
            else:
                print(acts.on_message(office, words[0], words[1]))
            return
        rows = views.quarantine(office)
    columns = ("id", "received", "sender", "subject", "attempts", "reason")
    emit(rows, as_json=as_json, lines=table(rows, columns, "nothing is in quarantine"))
