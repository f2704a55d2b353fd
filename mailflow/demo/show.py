"""How the demonstration looks on a terminal; plain text where it is not one."""

import textwrap
from collections.abc import Iterable, Sequence
from email.message import EmailMessage
from typing import IO, Any

from rich.console import Console
from rich.markup import escape
from rich.panel import Panel
from rich.table import Table

from mailflow.demo.cast import QUOTED

WIDTH = 100


class Stage:
    """Prints scenes, letters and the timeline."""

    def __init__(self, out: IO[str]) -> None:
        self.console = Console(file=out, width=WIDTH, highlight=False)

    def say(self, text: str, style: str = "") -> None:
        """Print prose, a blank line above it."""
        self.console.print()
        for line in textwrap.wrap(text, WIDTH):
            self.console.print(escape(line), style=style)

    def scene(self, number: int, at: str, title: str) -> None:
        """Announce what happens next."""
        self.console.print()
        self.console.rule(f"[bold]{number}. {escape(title)}[/bold]  {at}", align="left")

    def letter(self, message: EmailMessage, *, incoming: bool) -> None:
        """Show a message as its receiver reads it; of an answer only what is new in it."""
        body = message.get_body(("plain",))
        text = (body.get_content() if body else "").replace("\r\n", "\n")
        if incoming:
            text = text.partition(QUOTED)[0]
        files = [str(part.get_filename()) for part in message.iter_attachments() if part.get_filename()]
        head = [
            ("From", str(message["From"])),
            ("To", str(message["To"])),
            ("Subject", str(message["Subject"])),
            *([("Files", ", ".join(files))] if files else []),
        ]
        rows = "\n".join(f"[dim]{name + ':':<9}[/dim]{_hung(value)}" for name, value in head)
        self.console.print(
            Panel(
                f"{rows}\n\n{escape(text.strip())}",
                title="arrives" if incoming else "is sent",
                title_align="left",
                border_style="cyan" if incoming else "green",
            )
        )

    def timeline(self, case: dict[str, Any]) -> None:
        """Show what happened to the request."""
        self.console.print()
        table = Table(title=f"Timeline of {case['id']} ({case['sop']})", title_justify="left")
        for column in ("when", "who", "what", "from", "to"):
            table.add_column(column)
        for entry in case["timeline"]:
            table.add_row(
                f"{entry['at']:%d %b %H:%M}",
                entry["actor"],
                entry["event"],
                entry["from"],
                f"{entry['to']} ({entry['to_state']})",
            )
        self.console.print(table)

    def commands(self, rows: Iterable[tuple[str, Sequence[str]]]) -> None:
        """Say what to try next: purpose and words of each command, never broken, so that it can be copied."""
        for purpose, words in rows:
            self.console.print(
                f"\n  {escape(purpose)}\n    [bold]{escape(' '.join(words))}[/bold]", soft_wrap=True
            )


def _hung(value: str) -> str:
    """Return a header's value, its further lines below the first."""
    return ("\n" + " " * 9).join(escape(line) for line in textwrap.wrap(value, WIDTH - 14))
