"""`mailflow certificates`: the registry behind the expiry notices: fed, looked at, and which notices come next."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from mailflow.cli.options import AsJson, ConfigFile, emit, refuse, table

if TYPE_CHECKING:
    from mailflow.certificates.importing import Imported

NAME = "certificates"
_LOOKING = ("list", "due")
_SHOWN_FAULTS = 25


def command(
    words: Annotated[list[str] | None, typer.Argument(metavar="[list | due | import FILE...]")] = None,
    config: ConfigFile = None,
    as_json: AsJson = False,
    dry_run: Annotated[
        bool,
        typer.Option(
            "--dry-run", help="With import: prove the files, say what would change, change nothing."
        ),
    ] = False,
) -> None:
    """List the certificates on file, the notices that come next, or import files.

    `import FILE...` takes tables (CSV) and certificates (PEM or DER); all of them go in, or with a single fault none. The first
    line of a table names its columns: serial, name, nip, email, not_before, not_after, and if wanted unit_contact, revoked_at,
    subject, language. A certificate that is known is updated by its serial number. `due` shows the next notice of each.
    """
    from mailflow import views

    words = words or ["list"]
    importing = words[0] == "import" and len(words) > 1
    if not importing and (words[0] not in _LOOKING or len(words) > 1):
        raise typer.BadParameter("say `mailflow certificates list`, `due` or `import FILE...`")
    if dry_run and not importing:
        raise typer.BadParameter("--dry-run goes with import")
    with views.opened(config) as office:
        from mailflow.certificates import shown
        from mailflow.certificates.importing import import_files

        if importing:
            files = [Path(each) for each in words[1:]]
            _tell(import_files(office, files, dry_run=dry_run), as_json=as_json, dry_run=dry_run)
        elif words[0] == "list":
            _list(shown.certificates(office), as_json=as_json)
        else:
            _due(shown.due(office), as_json=as_json)


def _tell(done: "Imported", *, as_json: bool, dry_run: bool) -> None:
    counts = {"added": done.added, "updated": done.updated, "unchanged": done.unchanged}
    said = ", ".join(f"{count} {what}" for what, count in counts.items())
    lines = [*(f"look at {each}" for each in done.remarks)]
    if not done.faults:
        lines.append(f"{'would be: ' if dry_run else ''}{said}")
    emit(
        {**counts, "dry_run": dry_run, "faults": list(done.faults), "remarks": list(done.remarks)},
        as_json=as_json,
        lines=lines,
    )
    if done.faults:
        shown = [*done.faults[:_SHOWN_FAULTS]]
        if more := len(done.faults) - len(shown):
            shown.append(f"and {more} more")
        raise refuse("nothing was imported:\n  " + "\n  ".join(shown))


def _list(rows: list[dict[str, Any]], *, as_json: bool) -> None:
    """For people, without the number: it is in `--json`, and a screen has onlookers."""
    columns = ("serial", "name", "email", "not_after", "state", "last_notice", "notified")
    emit(
        rows,
        as_json=as_json,
        lines=table(rows, columns, "no certificates yet: `mailflow certificates import FILE`"),
    )


def _due(rows: list[dict[str, Any]], *, as_json: bool) -> None:
    columns = ("at", "notice", "holder", "to", "not_after", "days", "held_by")
    emit(rows, as_json=as_json, lines=table(rows, columns, "no notices to come"))
