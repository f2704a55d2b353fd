"""What the commands share: options, and how an answer is printed. Imports nothing heavy."""

import json
import sys
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from pathlib import Path
from typing import Annotated, Any

import typer

ConfigFile = Annotated[
    Path | None,
    typer.Option(
        "--config", help="Configuration file (else MAILFLOW_CONFIG, else /etc/mailflow/mailflow.toml)."
    ),
]
AsJson = Annotated[bool, typer.Option("--json", help="One JSON document on stdout.")]


def emit(data: Any, *, as_json: bool, lines: Iterable[str]) -> None:
    """Print one JSON document, or the lines for a person."""
    if as_json:
        json.dump(data, sys.stdout, ensure_ascii=False, indent=2, default=_plain)
        sys.stdout.write("\n")
    else:
        for line in lines:
            print(line)


def table(rows: Sequence[Mapping[str, Any]], columns: Sequence[str], empty: str) -> list[str]:
    """Return rows as aligned text; `empty` when there are none."""
    if not rows:
        return [empty]
    cells = [
        [column.upper() for column in columns],
        *([_cell(row.get(column)) for column in columns] for row in rows),
    ]
    widths = [max(len(row[index]) for row in cells) for index in range(len(columns))]
    return [
        "  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip()
        for row in cells
    ]


def pairs(rows: Iterable[tuple[str, Any]]) -> list[str]:
    """Return labelled values, one a line; those that are empty are left out."""
    shown = [(label, _cell(value)) for label, value in rows if value not in (None, "", [], ())]
    width = max((len(label) for label, _ in shown), default=0)
    return [f"  {label:<{width}}  {value}" for label, value in shown]


def plain(text: str) -> str:
    """Return what strangers wrote without control characters: a subject must not steer the terminal."""
    return "".join(char if char.isprintable() else " " for char in text)


def refuse(message: str) -> typer.Exit:
    """Say why a command cannot be done, and return the exit to raise (1)."""
    print(f"mailflow: {message}", file=sys.stderr)
    return typer.Exit(1)


def _plain(value: Any) -> Any:
    return value.isoformat() if isinstance(value, datetime) else str(value)


def _cell(value: Any) -> str:
    if value is None or value == "":
        return "-"
    if isinstance(value, datetime):
        return value.strftime("%Y-%m-%d %H:%M")
    if isinstance(value, list | tuple):
        return ", ".join(plain(str(each)) for each in value)
    return plain(str(value))
