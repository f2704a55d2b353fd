"""`mailflow db`: the database's schema."""

import typer

from mailflow.cli.options import ConfigFile

app = typer.Typer(help="The database's schema.", no_args_is_help=True)


@app.callback()
def _group() -> None:
    """Keep `upgrade` a subcommand while it is the only one."""


@app.command()
def upgrade(config: ConfigFile = None) -> None:
    """Create the database or bring it to today's schema; the daemon does the same when it starts."""
    from mailflow.config import load
    from mailflow.store.database import Database

    settings = load(config)
    database = Database(settings.store.url, settings.keyring)
    database.upgrade()
    print(f"{database.file}: up to date")
