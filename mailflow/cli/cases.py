"""`mailflow cases`: every request."""

from typing import Annotated

import typer

from mailflow.cli.options import AsJson, ConfigFile, emit, table

NAME = "cases"


def command(
    config: ConfigFile = None,
    as_json: AsJson = False,
    only_open: Annotated[bool, typer.Option("--open", help="Only those not yet closed.")] = False,
) -> None:
    """List requests, the newest first."""
    from mailflow import views

    with views.opened(config) as office:
        rows = views.cases(office, only_open=only_open)
    columns = ("id", "sop", "state", "step", "applicant", "opened", "due")
    emit(rows, as_json=as_json, lines=table(rows, columns, "no requests"))
