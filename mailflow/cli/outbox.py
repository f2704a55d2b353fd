"""`mailflow outbox`: our letters, and what a person may do to one."""

import sys
from collections.abc import Iterator
from email.message import EmailMessage
from typing import Annotated

import typer

from mailflow.cli.options import AsJson, ConfigFile, emit, plain, table

NAME = "outbox"
ACTIONS = ("show", "retry", "cancel", "settle")
_ACTION_AND_ID = 2


def command(
    words: Annotated[
        list[str] | None, typer.Argument(metavar="[show ID | retry ID | cancel ID | settle ID]")
    ] = None,
    config: ConfigFile = None,
    as_json: AsJson = False,
    only_open: Annotated[bool, typer.Option("--open", help="Only those neither sent nor cancelled.")] = False,
    raw: Annotated[bool, typer.Option("--raw", help="With show: the bytes as they are sent.")] = False,
) -> None:
    """List letters, or act on one.

    `show` prints one, `retry` sends it again with the same bytes, `cancel` withdraws it, `settle` says that one of unknown fate arrived.
    """
    from mailflow import acts, views

    if words and (words[0] not in ACTIONS or len(words) != _ACTION_AND_ID):
        raise typer.BadParameter(f"say `mailflow outbox {'|'.join(ACTIONS)} ID`")
    if raw and (as_json or not words or words[0] != "show"):
        raise typer.BadParameter(
            "--raw goes with `show ID`, and without --json: it prints the bytes as they are"
        )
    with views.opened(config) as office:
        if words and words[0] == "show":
            row, message, data = views.letter(office, words[1])
            if raw:
                sys.stdout.buffer.write(data)
                return
            text = _text(message)
            emit({**row, "text": text}, as_json=as_json, lines=_lines(message, text))
        elif words:
            print(acts.on_letter(office, words[0], words[1]))
        else:
            rows = views.outbox(office, only_open=only_open)
            columns = ("id", "case", "to", "template", "state", "attempts", "next", "error")
            emit(rows, as_json=as_json, lines=table(rows, columns, "no letters"))


def _text(message: EmailMessage) -> str:
    body = message.get_body(("plain",))
    return body.get_content().replace("\r\n", "\n") if body else ""


def _lines(message: EmailMessage, text: str) -> Iterator[str]:
    for name in ("From", "To", "Reply-To", "Date", "Subject", "Message-ID"):
        if message[name]:
            yield f"{name}: {plain(str(message[name]))}"
    names = [str(part.get_filename()) for part in message.iter_attachments() if part.get_filename()]
    if names:
        yield f"Attachments: {', '.join(plain(name) for name in names)}"
    yield ""
    yield text.rstrip()
