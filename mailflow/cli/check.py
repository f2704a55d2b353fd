"""`mailflow check`: proves configuration, rules and templates sound."""

import sys
from pathlib import Path
from typing import Any

import typer

from mailflow.cli.options import AsJson, ConfigFile, emit

NAME = "check"
UNSOUND = 2


def command(config: ConfigFile = None, as_json: AsJson = False) -> None:
    """Prove configuration, SOPs and templates.

    Needs no network and no database. Exits 2 and names every fault with its remedy if anything is unsound.
    """
    data, problems = _proven(config)
    lines = [
        *(f"warning: {each}" for each in data["warnings"]),
        f"{data['config']}: sound",
        f"SOPs: {', '.join(data['sops'])}",
        f"templates: {len(data['templates'])} messages, sound in both languages",
        *([] if data["staff"] is None else [f"persons in the staff table: {data['staff']}"]),
        f"mode: {data['mode']}" + (" (nobody is answered)" if data["mode"] == "observe" else ""),
    ]
    if as_json or not problems:
        emit(data, as_json=as_json, lines=lines)
    for problem in problems:
        print(f"mailflow: {problem}", file=sys.stderr)
    if problems:
        raise typer.Exit(UNSOUND)


def _proven(config: Path | None) -> tuple[dict[str, Any], list[str]]:
    from mailflow import bootstrap, clock, leave, staffing
    from mailflow.config import config_file, load
    from mailflow.errors import ConfigurationError, RulesError
    from mailflow.trust import staff_table

    data: dict[str, Any] = {
        "config": str(config_file(config)),
        "sops": [],
        "templates": [],
        "mode": "",
        "staff": None,
        "warnings": [],
    }
    problems: list[str] = []
    try:
        settings = load(config)
        data["mode"] = settings.intake.mode
        rules = bootstrap.load_rules_of(settings)
        data["sops"] = sorted(rules.sops)
        data["templates"] = sorted(bootstrap.renderer_of(settings).names())
        data["staff"] = len(staff_table.load(settings).members) if settings.trust.staff_table else None
        problems = bootstrap.soundness(settings, rules)
        years = leave.unknown_years(bootstrap.calendar_of(settings), rules, clock.system_clock())
        data["warnings"] = [*staffing.gaps(settings.officers, rules.sops), *leave.in_words(years)]
    except (ConfigurationError, RulesError) as fault:
        problems = [str(fault)]
    return {**data, "problems": problems}, problems
