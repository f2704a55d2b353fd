"""`mailflow try`: explains a message or a bare document; changes and sends nothing."""

from pathlib import Path
from typing import Annotated

import typer

from mailflow.cli.options import AsJson, ConfigFile, emit

NAME = "try"


def command(
    file: Annotated[
        Path,
        typer.Argument(
            exists=True, dir_okay=False, readable=True, help="A message (.eml) or a document (PDF, CSR, …)."
        ),
    ],
    config: ConfigFile = None,
    as_json: AsJson = False,
) -> None:
    """Explain a message or a document.

    What it is, what was read and where, which SOP it meets and why, what is checked, and the letters it would send. Changes and sends
    nothing; needs no database.
    """
    from mailflow import bootstrap, explain
    from mailflow.cli.explained import in_words
    from mailflow.config import load

    if not file.is_file():
        raise typer.BadParameter(f"{file}: no regular file; save the message or document and name that file")
    settings = load(config)
    with bootstrap.open_office(settings, database="if-there") as office:
        data = explain.file(office, file.name, file.read_bytes())
    emit(data, as_json=as_json, lines=in_words(data))
