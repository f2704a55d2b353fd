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
    """Play a whole request on this machine alone.

    Each mail as it is sent, the timeline at the end, and what to try next. Nothing leaves this machine.
    """
    from mailflow.demo.play import play

    play(directory)
