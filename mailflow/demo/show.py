"""How the demonstration looks on a terminal; plain text where it is not one."""

import textwrap
from collections.abc import Iterable, Sequence
from datetime import datetime
from email.message import EmailMessage
from typing import IO

from rich.console import Console
from rich.markup import escape
from rich.panel import Panel
from rich.table import Table

from mailflow.demo.cast import PEOPLE, STAFF
from mailflow.demo.digest import body, gist, whole
from mailflow.demo.writing import files_of, new_in, text_of

WIDTH = 100
_RECEIPT = "Tercatat: "
_LONG = 45
"""Characters of a line that is not shown again within one service: what every letter says is read once."""


class Stage:
    """Prints scenes and letters. `is_full`: every letter whole, as its receiver sees it."""

    def __init__(self, out: IO[str], *, is_full: bool = False) -> None:
        self.console = Console(file=out, width=WIDTH, highlight=False)
        self.is_full, self.is_dark = is_full, False
        self._is_read = self._is_closing = False
        self._told_before: set[str] = set()

    def say(self, text: str, style: str = "") -> None:
        """Print prose, a blank line above it."""
        self._print()
        for line in textwrap.wrap(text, WIDTH):
            self._print(escape(line), style=style)

    def act(self, number: int, title: str, service: str, *, is_read: bool) -> None:
        """Announce a service. `is_read`: of its letters all is shown that an earlier one did not say."""
        self._is_read, self._told_before = is_read, set()
        self._print()
        self._rule(f"[bold]{number}. {escape(title)}[/bold] ({service})", characters="═")

    def scene(self, at: datetime, title: str, narration: str, *, closing: bool) -> None:
        """Announce what happens next. `closing`: what the applicant is sent is shown from the greeting to the signature."""
        self._is_closing = closing
        self._rule(f"{at:%a %d %b, %H:%M}  [bold]{escape(title)}[/bold]", characters="─")
        if narration:
            self._print(f"[italic]{escape(narration)}[/italic]")

    def arrives(self, message: EmailMessage) -> None:
        """Show a message to the counter; of an answer only what is new in it."""
        text = new_in(message)
        if self.is_full:
            self._panel(message, text, "arrives", "cyan")
            return
        lines = [line for line in text.splitlines() if line]
        is_word = bool(message["In-Reply-To"]) and len(lines) == 1
        said = lines.pop() if is_word else str(message["Subject"])
        self._head(
            f"{_called(message['From'])} {'answers' if is_word else 'writes'}",
            "cyan",
            said,
            files_of(message),
        )
        self._lines(lines)

    def sent(self, message: EmailMessage) -> None:
        """Show a letter of the counter, as much of it as the scene asks for."""
        text, is_staff = text_of(message), any(each.email in str(message["To"]) for each in STAFF)
        if self.is_full:
            self._panel(message, text, "is sent", "green")
            return
        files = files_of(message)
        subject = str(message["Subject"])
        shown = [f"{len(files)} files"] if is_staff and files else files
        self._head(f"To {_called(message['To'])}", "green", subject, shown)
        is_receipt = subject.startswith(_RECEIPT) and not self._is_read
        self._lines([] if is_receipt else self._told(text, is_staff=is_staff))

    def _told(self, text: str, *, is_staff: bool) -> list[str]:
        """What is shown of a letter: all of it at the closing; where a service is read closely, what earlier mails did not say."""
        if self._is_closing and not is_staff:
            return whole(text)
        if not self._is_read:
            return gist(text)
        fresh = [line for line in body(text) if line not in self._told_before]
        self._told_before.update(line for line in fresh if len(line) > _LONG)
        return fresh

    def _head(self, who: str, style: str, said: str, files: Sequence[str]) -> None:
        """Who writes, or who is written to, then what; the names of files where there is room, else below."""
        attached = f"[{', '.join(files)}]" if files else ""
        first, *rest = textwrap.wrap(
            f"  {who}: {said}", WIDTH, subsequent_indent=" " * 6, drop_whitespace=True
        )
        if fits := attached and len(first) + len(attached) < WIDTH and not rest:
            rest = [f" {attached}"]
        self._print(
            f"  [{style}]{who}:[/{style}] [bold]{escape(first.partition(': ')[2])}[/bold]",
            end="" if fits else "\n",
        )
        for line in rest:
            self._print(escape(line))
        if attached and not fits:
            self._lines([attached])

    def _lines(self, lines: Iterable[str]) -> None:
        for line in lines:
            for part in textwrap.wrap(line, WIDTH - 6, subsequent_indent="  "):
                self._print(f"      {escape(part)}")

    def _panel(self, message: EmailMessage, text: str, title: str, style: str) -> None:
        files = files_of(message)
        head = [
            ("From", str(message["From"])),
            ("To", str(message["To"])),
            ("Subject", str(message["Subject"])),
            *([("Files", ", ".join(files))] if files else []),
        ]
        rows = "\n".join(f"[dim]{name + ':':<9}[/dim]{_hung(value)}" for name, value in head)
        self._print(Panel(f"{rows}\n\n{escape(text)}", title=title, title_align="left", border_style=style))

    def table(self, title: str, columns: Sequence[str], rows: Iterable[Sequence[str]]) -> None:
        """Print a table under its title."""
        table = Table(title=title, title_justify="left", title_style="bold")
        for column in columns:
            table.add_column(column)
        for row in rows:
            table.add_row(*(escape(each) for each in row))
        self._print()
        self._print(table)

    def commands(self, rows: Iterable[tuple[str, Sequence[str]]]) -> None:
        """Say what to try next: purpose and words of each command, never broken, so that it can be copied."""
        for purpose, words in rows:
            self._print(f"  {escape(purpose)}\n    [bold]{escape(' '.join(words))}[/bold]", soft_wrap=True)

    def _rule(self, text: str, characters: str) -> None:
        if not self.is_dark:
            self.console.rule(text, characters=characters, align="left")

    def _print(self, *what: object, style: str = "", soft_wrap: bool = False, end: str = "\n") -> None:
        if not self.is_dark:
            self.console.print(*what, style=style, soft_wrap=soft_wrap, end=end)


def _called(address: object) -> str:
    """What the narration calls somebody."""
    return next((each.called for each in PEOPLE if each.email in str(address)), str(address))


def _hung(value: str) -> str:
    """Return a header's value, its further lines below the first."""
    return ("\n" + " " * 9).join(escape(line) for line in textwrap.wrap(value, WIDTH - 14))
