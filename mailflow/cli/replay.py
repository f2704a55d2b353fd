"""`mailflow replay`: kept messages and recorded cases, decided once more."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from mailflow.cli.options import AsJson, ConfigFile, emit

if TYPE_CHECKING:
    from rules.load import Rules

NAME = "replay"
FINDINGS = 3
_NEWEST = 500


def command(
    ids: Annotated[
        list[str] | None,
        typer.Argument(
            metavar="[ID...]", help="Requests (tickets) or messages (numbers); else the newest messages."
        ),
    ] = None,
    *,
    rules: Annotated[
        Path | None,
        typer.Option(
            metavar="DIR",
            exists=True,
            file_okay=False,
            help="SOP files not yet in force, tried instead of rules.d/; else the rules in force.",
        ),
    ] = None,
    reread: Annotated[
        bool, typer.Option("--reread", help="Read the kept bytes again with today's parsers.")
    ] = False,
    newest: Annotated[
        int, typer.Option(min=0, help="How many messages of persons, where no ID is given; 0: all.")
    ] = _NEWEST,
    config: ConfigFile = None,
    as_json: AsJson = False,
) -> None:
    """Show what today's rules would decide otherwise, or rules not yet in force (`--rules`).

    Matches kept messages and plays recorded requests again, at their recorded times. Changes and sends nothing. Exits 3 when anything
    would be otherwise.
    """
    from mailflow import bootstrap
    from mailflow.cli.replayed import in_words
    from mailflow.config import load
    from mailflow.replay import run
    from mailflow.work import reading

    settings = load(config)
    tried = _tried(rules) if rules else None
    with bootstrap.open_office(settings, database="there", reader=reread) as office, reading(office) as work:
        chosen = run.choose(work, ids or (), newest)
        report = run.replay(work, tried or office.rules, chosen, reread=reread)
    data = {"rules": str(rules) if rules else "in force", "reread": reread, **run.as_json(report)}
    emit(data, as_json=as_json, lines=in_words(data))
    if report.differs:
        raise typer.Exit(FINDINGS)


def _tried(directory: Path) -> "Rules":
    """The files of a directory as if they stood in `rules.d/`; every fault is named with its file and line."""
    from mailflow.cli import rules_files
    from mailflow.errors import RulesError
    from rules.load import Unsound

    drafts = [rules_files.read(path) for path in sorted(directory.glob("*.toml"))]
    if not drafts:
        raise RulesError(
            f"{directory}: holds no SOP file; name the directory in which the changed *.toml stand"
        )
    try:
        return rules_files.proven(rules_files.laid_over(rules_files.built_in(), drafts))
    except Unsound as unsound:
        raise RulesError("; ".join(str(problem) for problem in unsound.problems)) from None
