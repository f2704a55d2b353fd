"""`mailflow demo`: the five services, each from its first mail to its closing, on this machine alone."""

from pathlib import Path
from typing import Annotated

import typer

NAME = "demo"


def command(
    directory: Annotated[
        Path | None,
        typer.Option(
            "--directory", help="Where to keep its files; else a new directory under the temporary one."
        ),
    ] = None,
    service: Annotated[
        str, typer.Option("--service", metavar="ID", help="Play this service alone, like data-change.")
    ] = "",
    full: Annotated[
        bool, typer.Option("--full", help="Show every mail whole, as its receiver sees it.")
    ] = False,
) -> None:
    """Play all five services on this machine alone, each to its closing.

    The forgotten passphrase with every mail, the others in short; at the end what became of each request, and what to try next.
    Nothing leaves this machine.
    """
    from mailflow.demo.play import play

    play(directory, service, is_full=full)
