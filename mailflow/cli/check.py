"""`mailflow check`: proves configuration, rules and templates sound."""

import sys
from pathlib import Path
from typing import Annotated, Any

import typer

from mailflow.cli.options import AsJson, ConfigFile, emit, plain

NAME = "check"
UNSOUND, FINDINGS = 2, 3
_SIGNS = {"fine": "ok", "fact": "ok", "finding": "FINDING", "untried": "not tried"}


Live = Annotated[
    bool,
    typer.Option("--live", help="Visit mailbox and way out too: TLS, login, folders, sender. Sends nothing."),
]


def command(config: ConfigFile = None, live: Live = False, as_json: AsJson = False) -> None:
    """Prove configuration, SOPs and templates.

    Needs no network and no database. Exits 2 and names every fault with its remedy if anything is unsound. With --live the mail servers
    are visited as the daemon would; exits 3 where something is found there.
    """
    data, problems = _proven(config)
    data["live"] = _live(config) if live and data["mode"] and not problems else None
    lines = [
        *(f"warning: {each}" for each in data["warnings"]),
        f"{data['config']}: sound",
        f"SOPs: {', '.join(data['sops'])}",
        f"templates: {len(data['templates'])} messages, sound in both languages",
        *([] if data["staff"] is None else [f"persons in the staff table: {data['staff']}"]),
        f"mode: {data['mode']}" + (" (nobody is answered)" if data["mode"] == "observe" else ""),
        *_standing(data["border"]),
        *_told(data["live"] or []),
    ]
    if as_json or not problems:
        emit(data, as_json=as_json, lines=lines)
    for problem in problems:
        print(f"mailflow: {problem}", file=sys.stderr)
    if problems:
        raise typer.Exit(UNSOUND)
    if any(each["verdict"] == "finding" for each in data["live"] or []):
        raise typer.Exit(FINDINGS)


def _live(config: Path | None) -> list[dict[str, Any]]:
    from dataclasses import asdict

    from mailflow import clock
    from mailflow.config import load
    from mailflow.doctor.live import look

    return [asdict(each) for each in look(load(config), clock.system_clock())]


def _told(findings: list[dict[str, Any]]) -> list[str]:
    said = []
    for each in findings:
        step = f"; {each['next']}" if each["next"] else ""
        said.append(
            plain(f"{_SIGNS[each['verdict']]}: {each['where']}: {each['check']}: {each['what']}{step}")
        )
    return said


def _proven(config: Path | None) -> tuple[dict[str, Any], list[str]]:
    from mailflow import bootstrap, clock, leave, staffing
    from mailflow.border import told
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
        "border": None,
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
        data["border"] = _border(settings)
        data["warnings"] = [
            *told.warnings(settings),
            *filter(None, [told.needs(data["border"]) if data["border"] else ""]),
            *staffing.gaps(settings.officers, rules.sops),
            *leave.in_words(years),
        ]
    except (ConfigurationError, RulesError) as fault:
        problems = [str(fault)]
    return {**data, "problems": problems}, problems


def _standing(border: dict[str, Any] | None) -> list[str]:
    from mailflow.border.told import in_a_line

    line = in_a_line(border) if border else ""
    return [f"mail server: {line}"] if line else []


def _border(settings: Any) -> dict[str, Any] | None:
    """Return what the database has on record of the mail server, None where no database can be read."""
    from mailflow import clock
    from mailflow.border import told
    from mailflow.border.standing import tried
    from mailflow.errors import StoreError
    from mailflow.store.database import Database

    store = Database(settings.store.url, settings.keyring)
    try:
        if not store.file.is_file() or store.pending():
            return None
        with store.reading() as session:
            return told.shown(settings, tried(session, settings), clock.system_clock())
    except StoreError:
        return None
    finally:
        store.close()
