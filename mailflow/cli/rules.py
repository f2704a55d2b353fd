"""`mailflow rules`: the SOPs in force: look, prove, compare, draw. Needs neither mailbox nor credentials nor database."""

import sys
from difflib import get_close_matches
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from mailflow.cli.options import AsJson, ConfigFile, emit, refuse, table

if TYPE_CHECKING:
    from rules.load import Rules
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
    sop: Annotated[str, typer.Argument(metavar="ID")], config: ConfigFile = None, as_json: AsJson = False
) -> None:
    """Show one SOP row by row."""
    from mailflow.cli.rules_files import in_force, origin
    from mailflow.cli.rules_shown import lines, shown

    files, rules = in_force(config)
    found = _named(rules, sop)
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
    """Prove the SOPs in force, and FILEs as if they were; exits 2 and names every fault with its remedy."""
    from mailflow import bootstrap
    from mailflow.cli import rules_files
    from mailflow.cli.rules_shown import listed
    from mailflow.errors import RulesError
    from rules.load import Unsound

    data: dict[str, Any] = {"sops": [], "problems": []}
    lines: list[str] = []
    try:
        place = rules_files.directory(config)
        below = rules_files.laid_over(rules_files.built_in(), rules_files.own(place))
        files = rules_files.laid_over(below, [rules_files.read(path) for path in drafts or ()])
        rules = rules_files.proven(files)
        data["problems"] = bootstrap.soundness_of_rules(rules, place)
        for name, sop in sorted(rules.sops.items()):
            row = {**listed(sop, rules_files.origin(sop, files)), "examples": len(sop.examples)}
            data["sops"].append(row)
            lines.append(f"{name}: sound, {sop.rows} rows, {len(sop.examples)} examples, {row['from']}")
    except Unsound as unsound:
        data["problems"] = [str(problem) for problem in unsound.problems]
    except RulesError as fault:
        data["problems"] = [str(fault)]
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
    """Tell what differs by meaning from the built-in SOPs; comments, layout and examples do not count."""
    from mailflow.cli import rules_files
    from mailflow.cli.rules_differ import differences
    from mailflow.errors import RulesError
    from rules.load import Unsound

    place = rules_files.directory(config)
    over = [rules_files.in_place(rules_files.read(draft))] if draft else []
    below = rules_files.built_in()
    files = rules_files.laid_over(rules_files.laid_over(below, rules_files.own(place)), over)
    try:
        before, after = rules_files.proven(below).sops, rules_files.proven(files).sops
    except Unsound as unsound:
        raise RulesError("; ".join(str(problem) for problem in unsound.problems)) from None
    names = sorted({*before, *after})
    if sop:
        names = [_named_of({**before, **after}, sop).id]
    elif over:
        replaced = {file.text for file in (*over, *below) if file.name == over[0].name}
        names = [
            name
            for name in names
            if any(name in each and each[name].text in replaced for each in (before, after))
        ]
    found = [each for name in names for each in differences(before.get(name), after.get(name))]
    lines = [
        f"{each.sop}: {line}" if not line.startswith("  ") else line
        for each in found
        for line in each.lines()
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
    """Draw an SOP as its official table, an HTML page to print and to sign."""
    from mailflow.cli.rules_files import in_force
    from mailflow.sopdoc.document import document

    _, rules = in_force(config)
    found = _named(rules, sop)
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


def _named(rules: "Rules", name: str) -> "Sop":
    return _named_of(rules.sops, name)


def _named_of(sops: "dict[str, Sop]", name: str) -> "Sop":
    """The SOP of a name as people write it; refuses, naming what there is."""
    found = sops.get(name.strip().lower().replace("_", "-"))
    if found is None:
        near = get_close_matches(name.lower(), sops, n=1)
        meant = f"did you mean {near[0]}? " if near else ""
        raise refuse(f"no SOP {name}; {meant}There are {', '.join(sorted(sops))} (`mailflow rules list`)")
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
