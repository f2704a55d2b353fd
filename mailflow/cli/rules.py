"""`mailflow rules`: the SOPs in force: look, prove, compare, draw. Needs neither mailbox nor credentials nor database."""

import sys
from difflib import get_close_matches
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from mailflow.cli.options import AsJson, ConfigFile, emit, plain, refuse, table

if TYPE_CHECKING:
    from mailflow.cli.rules_differ import Difference
    from rules.sop import Sop

NAME = "rules"
UNSOUND = 2
app = typer.Typer(help="Look at the SOPs; prove, compare and draw them.", no_args_is_help=True)


@app.command("list")
def list_(config: ConfigFile = None, as_json: AsJson = False) -> None:
    """List the SOPs in force."""
    from mailflow.cli.rules_files import in_force, origin
    from mailflow.cli.rules_shown import listed

    files, rules = in_force(config)
    rows = [listed(sop, origin(sop, files)) for _, sop in sorted(rules.sops.items())]
    columns = ("id", "promise", "rows", "decree", "digest", "from", "title")
    emit(rows, as_json=as_json, lines=table(rows, columns, "no SOP in force"))


@app.command()
def show(
    sop: Annotated[str, typer.Argument(metavar="ID")],
    source: Annotated[
        bool, typer.Option("--source", help="The file itself, to begin one of your own with.")
    ] = False,
    config: ConfigFile = None,
    as_json: AsJson = False,
) -> None:
    """Show one SOP row by row, or as the file it is."""
    from mailflow.cli.rules_files import in_force, origin
    from mailflow.cli.rules_shown import lines, shown

    files, rules = in_force(config)
    found = _named(rules.sops, sop)
    if source:
        emit({"id": found.id, "source": found.text}, as_json=as_json, lines=found.text.splitlines())
        return
    place = origin(found, files)
    emit(shown(found, place), as_json=as_json, lines=lines(found, place))


@app.command()
def check(
    drafts: Annotated[
        list[Path] | None,
        typer.Argument(
            metavar="[FILE...]", exists=True, dir_okay=False, help="Tried as if they stood in rules.d/."
        ),
    ] = None,
    config: ConfigFile = None,
    as_json: AsJson = False,
) -> None:
    """Prove the SOPs in force, or drafts as if they were.

    Exits 2 and names every fault with its remedy; needs no network, no database and no credentials.
    """
    data = _proven(config, drafts or [])
    lines = (
        f"{row['id']}: sound, {row['rows']} rows, {row['examples']} examples, {row['from']}"
        for row in data["sops"]
    )
    if as_json or not data["problems"]:
        emit(data, as_json=as_json, lines=lines)
    for problem in data["problems"]:
        print(f"mailflow: {problem}", file=sys.stderr)
    if data["problems"]:
        raise typer.Exit(UNSOUND)


@app.command()
def diff(
    sop: Annotated[str | None, typer.Argument(metavar="[SOP]")] = None,
    draft: Annotated[
        Path | None,
        typer.Option(
            "--file", exists=True, dir_okay=False, help="A draft, instead of what stands in rules.d/."
        ),
    ] = None,
    config: ConfigFile = None,
    as_json: AsJson = False,
) -> None:
    """Tell what differs by meaning from the built-in SOPs.

    Comments, layout and examples do not count.
    """
    found = _compared(config, sop, draft)
    lines = [
        line if line.startswith("  ") else f"{each.sop}: {line}" for each in found for line in each.lines()
    ]
    emit([each.as_json() for each in found], as_json=as_json, lines=lines or ["no difference"])


@app.command()
def render(
    sop: Annotated[str, typer.Argument(metavar="SOP")],
    output: Annotated[
        Path | None, typer.Option("--output", metavar="FILE", help="Write here instead of to stdout.")
    ] = None,
    config: ConfigFile = None,
) -> None:
    """Draw an SOP as its official table, to print and to sign.

    One HTML page that needs nothing else; it prints on A4 landscape, with a page of every reading that differs from the signed text.
    """
    from mailflow.cli.rules_files import in_force
    from mailflow.sopdoc.document import document

    _, rules = in_force(config)
    found = _named(rules.sops, sop)
    page = document(found, rules.sops, department=_department(config))
    if output is None:
        sys.stdout.write(page)
        return
    try:
        output.write_text(page, "utf-8")
    except OSError as trouble:
        raise refuse(
            f"{output}: cannot be written: {trouble.strerror}; name a file in a directory that is there and yours"
        ) from None
    print(f"{output}: written; open it in a browser and print it on A4 landscape", file=sys.stderr)


def _proven(config: Path | None, drafts: list[Path]) -> dict[str, Any]:
    """What is sound, and every fault: of the files first, then of the letters their rows tell."""
    from mailflow import bootstrap
    from mailflow.cli import rules_files
    from mailflow.cli.rules_shown import listed
    from mailflow.errors import RulesError
    from rules.load import Unsound

    data: dict[str, Any] = {"sops": [], "problems": []}
    place = rules_files.directory(config)
    try:
        below = rules_files.laid_over(rules_files.built_in(), rules_files.own(place))
        files = rules_files.laid_over(below, [rules_files.read(path) for path in drafts])
        rules = rules_files.proven(files)
        data["sops"] = [
            {**listed(sop, rules_files.origin(sop, files)), "examples": len(sop.examples)}
            for _, sop in sorted(rules.sops.items())
        ]
        data["problems"] = bootstrap.soundness_of_rules(rules, place)
    except Unsound as unsound:
        data["problems"] = [str(problem) for problem in unsound.problems]
    except RulesError as fault:
        data["problems"] = [str(fault)]
    return data


def _compared(config: Path | None, sop: str | None, draft: Path | None) -> "list[Difference]":
    """What the built-in SOPs and those in force, the draft among them, differ in."""
    from mailflow.cli import rules_files
    from mailflow.cli.rules_differ import differences

    below = rules_files.built_in()
    over = [rules_files.in_place(rules_files.read(draft))] if draft else []
    files = rules_files.laid_over(below, [*rules_files.own(rules_files.directory(config)), *over])
    before, after = rules_files.sound(below).sops, rules_files.sound(files).sops
    names = sorted({*before, *after})
    if sop:
        names = [_named({**before, **after}, sop).id]
    elif over:
        touched = {file.text for file in (*over, *below) if file.name == over[0].name}
        names = [
            name for name in names if touched & {each[name].text for each in (before, after) if name in each}
        ]
    return [each for name in names for each in differences(before.get(name), after.get(name))]


def _named(sops: "dict[str, Sop]", name: str) -> "Sop":
    """The SOP of a name as people write it; refuses, naming what there is."""
    found = sops.get(name.strip().lower().replace("_", "-"))
    if found is None:
        near = get_close_matches(name.lower(), sops, n=1)
        meant = f"did you mean {near[0]}? " if near else ""
        raise refuse(
            f"no SOP {plain(name)}; {meant}there are {', '.join(sorted(sops))} (`mailflow rules list`)"
        )
    return found


def _department(config: Path | None) -> str:
    """Who issues the document; a line to fill in where no sound configuration says it."""
    from mailflow.cli.rules_files import directory
    from mailflow.config import load
    from mailflow.errors import ConfigurationError

    if directory(config) is None:
        return ""
    try:
        return load(config).department.name
    except ConfigurationError as fault:
        print(f"mailflow: the department's name is left blank: {fault}", file=sys.stderr)
        return ""
