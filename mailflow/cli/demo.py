"""`mailflow demo`: a whole request from mailbox to closing, on this machine alone."""

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
) -> None:
    """Play a fictional request through: each mail as it is sent, the timeline, and what to try next."""
    from mailflow.demo.play import play

    play(directory)
