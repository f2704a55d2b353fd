"""`mailflow check`: proves configuration, rules and templates sound."""

import typer

from mailflow.cli.options import AsJson, ConfigFile, emit

NAME = "check"


def command(config: ConfigFile = None, as_json: AsJson = False) -> None:
    """Prove configuration, SOPs and templates; exit 2 and name every fault with its remedy otherwise."""
    from mailflow import bootstrap
    from mailflow.config import load

    settings = load(config)
    rules = bootstrap.load_rules_of(settings)
    problems = bootstrap.soundness(settings, rules)
    data = {"config": str(settings.file), "sops": sorted(rules.sops), "problems": problems}
    lines = [
        f"{settings.file}: sound",
        f"SOPs: {', '.join(sorted(rules.sops))}",
        "templates: sound in id and en",
    ]
    emit(data, as_json=as_json, lines=problems or lines)
    if problems:
        raise typer.Exit(2)
