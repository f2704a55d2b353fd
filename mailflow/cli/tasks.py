"""`mailflow tasks`: what officers have before them."""

from typing import Annotated

import typer

from mailflow.cli.options import AsJson, ConfigFile, emit, table

NAME = "tasks"


def command(
    config: ConfigFile = None,
    as_json: AsJson = False,
    only_open: Annotated[bool, typer.Option("--open", help="Only those that wait.")] = False,
) -> None:
    """List officers' tasks, the newest first."""
    from mailflow import views

    with views.opened(config) as office:
        rows = views.tasks(office, only_open=only_open)
    columns = ("id", "case", "step", "officers", "state", "due", "decision")
    emit(rows, as_json=as_json, lines=table(rows, columns, "no tasks"))
