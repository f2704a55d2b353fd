"""`mailflow outbox`: our letters, and what a person may do to one."""

from typing import Annotated

import typer

from mailflow.cli.options import AsJson, ConfigFile, emit, table

NAME = "outbox"
ACTIONS = ("retry", "cancel", "settle")


def command(
    words: Annotated[
        list[str] | None, typer.Argument(metavar="[show ID | retry ID | cancel ID | settle ID]")
    ] = None,
    config: ConfigFile = None,
    as_json: AsJson = False,
) -> None:
    """List letters; `show` prints one as it is sent, `retry` sends it again, `cancel` withdraws it, `settle` says an unknown one arrived."""
    from mailflow import acts, views

    with views.opened(config) as office:
        if words and words[0] == "show" and len(words) == 2:
            typer.echo(views.letter(office, words[1]))
            return
        if words:
            if words[0] not in ACTIONS or len(words) != 2:
                raise typer.BadParameter("say `mailflow outbox show|retry|cancel|settle ID`")
            print(acts.on_letter(office, words[0], words[1]))
            return
        rows = views.outbox(office)
    columns = ("id", "case", "to", "template", "state", "attempts", "next", "error")
    emit(rows, as_json=as_json, lines=table(rows, columns, "no letters yet"))
