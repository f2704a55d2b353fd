"""`mailflow quarantine`: messages that could not be worked off, with their bytes."""

import sys
from typing import Annotated

import typer

from mailflow.cli.options import AsJson, ConfigFile, emit, table

NAME = "quarantine"
ACTIONS = ("show", "release", "drop")
_ACTION_AND_ID = 2


def command(
    words: Annotated[list[str] | None, typer.Argument(metavar="[show ID | release ID | drop ID]")] = None,
    config: ConfigFile = None,
    as_json: AsJson = False,
) -> None:
    """List parked messages, or act on one.

    `show` prints the message as it came, `release` works it off again, `drop` takes it out for good.
    """
    from mailflow import acts, views

    if words and (words[0] not in ACTIONS or len(words) != _ACTION_AND_ID):
        raise typer.BadParameter(f"say `mailflow quarantine {'|'.join(ACTIONS)} ID`")
    with views.opened(config) as office:
        if words and words[0] == "show":
            data = views.raw_message(office, words[1])
            if as_json:
                emit({"id": int(words[1]), "raw": data.decode("utf-8", "replace")}, as_json=True, lines=())
            else:
                sys.stdout.buffer.write(data)
        elif words:
            print(acts.on_message(office, words[0], words[1]))
        else:
            rows = views.quarantine(office)
            columns = ("id", "received", "sender", "subject", "attempts", "reason")
            emit(rows, as_json=as_json, lines=table(rows, columns, "nothing is in quarantine"))
