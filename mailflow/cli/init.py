"""`mailflow init`: writes a commented configuration, asks little."""

import sys
from pathlib import Path
from typing import Annotated

import typer

from mailflow.cli.options import refuse

NAME = "init"


def command(
    directory: Annotated[Path, typer.Argument(help="Where to write it.")] = Path("/etc/mailflow"),
    yes: Annotated[
        bool, typer.Option("--yes", help="Ask nothing; write example values to be edited.")
    ] = False,
) -> None:
    """Write a first configuration.

    Writes mailflow.toml and a new store.key. The mailbox is only observed until intake.mode is changed.
    """
    from mailflow import first_configuration as first

    if (directory / "mailflow.toml").exists():
        raise refuse(f"{directory / 'mailflow.toml'} is there already; edit it, or name another directory")
    try:
        answers = {
            key: default if yes else typer.prompt(question, default=default)
            for key, (question, default) in first.QUESTIONS.items()
        }
    except typer.Abort:
        if sys.stdin.isatty():  # Ctrl-C, Ctrl-D
            raise
        raise refuse(
            "there is no terminal to ask at; say --yes to write example values, then edit them"
        ) from None
    try:
        written = first.write(directory, answers)
    except OSError as trouble:
        raise refuse(f"cannot write to {directory}: {trouble.strerror}; name a directory of yours") from None
    for line in written:
        print(line)
