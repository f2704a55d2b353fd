"""`mailflow run`: the daemon."""

from datetime import datetime
from typing import Annotated

import typer

from mailflow.cli.options import ConfigFile

NAME = "run"
YEARS = range(2000, 2101)
"""What `--at` takes: further away, spans and time zones leave the calendar."""


def command(
    config: ConfigFile = None,
    once: Annotated[
        bool,
        typer.Option(
            "--once",
            help="Work off all that waits now, then end: 0, or 75 when something waits for another try.",
        ),
    ] = False,
    at: Annotated[
        str | None,
        typer.Option(
            "--at", help="With --once: what time it is (ISO 8601 with offset); Maildir or loopback only."
        ),
    ] = None,
) -> None:
    """Serve the mailbox (the daemon)."""
    from mailflow import bootstrap, logs
    from mailflow.clock import fixed_clock
    from mailflow.config import load
    from mailflow.errors import ConfigurationError

    moment = None
    if at is not None:
        if not once:
            raise typer.BadParameter("--at goes with --once")
        try:
            moment = datetime.fromisoformat(at)
        except ValueError:
            moment = None
        if moment is None or moment.tzinfo is None:
            raise typer.BadParameter(f"{at}: write a time like 2026-03-10T09:00:00+07:00")
        if moment.year not in YEARS:
            raise typer.BadParameter(f"{at}: the year must be between {YEARS[0]} and {YEARS[-1]}")
    settings = load(config)
    logs.configure()
    if moment is not None and not bootstrap.is_local(settings):
        raise ConfigurationError(
            "--at is for trying things out: mailbox.url and smtp.url must both be Maildir or loopback"
        )
    clock = fixed_clock(moment) if moment else None
    with bootstrap.open_office(settings, clock=clock, sole=True) as office:
        if once:
            from mailflow.once import run_once

            raise typer.Exit(run_once(office))
        from mailflow.daemon import Daemon

        raise typer.Exit(Daemon(office).run())
