"""How the demonstration looks on a terminal; plain text where it is not one."""

from email.message import EmailMessage
from pathlib import Path
from typing import IO, Any

from rich.console import Console
from rich.markup import escape
from rich.panel import Panel
from rich.table import Table


class Stage:
    """Prints scenes, letters and the timeline."""

    def __init__(self, out: IO[str]) -> None:
        self.console = Console(file=out, width=100, highlight=False)

    def scene(self, number: str, title: str) -> None:
        """Announce what happens next."""
        self.console.print()
        self.console.rule(f"[bold]{number}. {title}", align="left")

    def letter(self, message: EmailMessage, *, incoming: bool) -> None:
        """Show a message as its receiver reads it."""
        body = message.get_body(("plain",))
        text = (body.get_content() if body else "").strip()
        if incoming:
            text = "\n".join(line for line in text.splitlines() if not line.startswith(">"))
        files = [str(part.get_filename()) for part in message.iter_attachments() if part.get_filename()]
        if files:
            text += f"\n\n[{', '.join(files)}]"
        title = f"{'IN ' if incoming else 'OUT'}  {message['From']} -> {message['To']}"
        style = "cyan" if incoming else "green"
        self.console.print(
            Panel(
                f"[bold]{escape(str(message['Subject']))}[/bold]\n\n{escape(text)}",
                title=escape(title),
                title_align="left",
                border_style=style,
            )
        )

    def timeline(self, case: dict[str, Any]) -> None:
        """Show what happened to the request."""
        self.console.print()
        table = Table(title=f"Timeline of {case.get('id')}", title_justify="left")
        for column in ("when", "who", "what", "from", "to"):
            table.add_column(column)
        for entry in case.get("timeline", ()):
            table.add_row(
                f"{entry['at']:%d/%m %H.%M}",
                entry["actor"],
                entry["event"],
                entry["from"],
                f"{entry['to']} ({entry['to_state']})",
            )
        self.console.print(table)

    def next_steps(self, place: Path, ticket: str) -> None:
        """Say what to try next."""
        config = f"--config {place / 'mailflow.toml'}"
        self.console.print(
            f"\nEverything above happened in {place}; nothing left this machine. Try next:\n", soft_wrap=True
        )
        for command in (
            f".venv/bin/mailflow case {ticket} {config}",
            f".venv/bin/mailflow outbox {config}",
            f".venv/bin/mailflow try mailflow/demo/surat-pernyataan.pdf {config}",
            ".venv/bin/mailflow init ./my-counter",
        ):
            self.console.print(f"  {command}", soft_wrap=True)
