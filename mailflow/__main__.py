"""The command line: one file per command in `mailflow/cli`, imported lightly so that `--help` starts fast.

Exit codes: 0 fine, 1 failure, 2 usage, configuration, rules or templates unsound, 3 findings, 75 something must be tried again later.
"""

import sys
import traceback
from typing import Annotated

import typer

from mailflow.cli import (
    case,
    cases,
    certificates,
    check,
    db,
    demo,
    init,
    outbox,
    quarantine,
    replay,
    rules,
    run,
    status,
    tasks,
    templates,
    try_,
)
from mailflow.errors import ConfigurationError, MailflowError, RulesError

app = typer.Typer(
    name="mailflow",
    help="Turns a department's mailbox into a service counter that keeps its promises.",
    epilog="Exit codes: 0 fine; 1 failure; 2 usage, configuration, rules or templates unsound; 3 findings; "
    "75 something must be tried again later.",
    no_args_is_help=True,
    add_completion=False,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
)
for module in (
    demo,
    init,
    check,
    run,
    try_,
    replay,
    status,
    cases,
    case,
    tasks,
    outbox,
    quarantine,
    templates,
    certificates,
):
    app.command(name=module.NAME)(module.command)
app.add_typer(rules.app, name="rules")
app.add_typer(db.app, name="db")

FAILURE, USAGE, TRY_AGAIN, INTERRUPTED = 1, 2, 75, 130


def _version(wanted: bool) -> None:  # noqa: FBT001 - Typer hands it over like this
    if wanted:
        from importlib.metadata import version  # noqa: PLC0415 - not for --help

        print(f"mailflow {version('mailflow')}")  # noqa: T201 - the command line prints
        raise typer.Exit


@app.callback()
def _before(
    version: Annotated[  # noqa: ARG001, FBT002 - `_version` has answered it; an option
        bool, typer.Option("--version", callback=_version, is_eager=True, help="Print the version and end.")
    ] = False,
) -> None:
    """Keep the log of everything but the daemon to its errors, and away from stdout."""
    import logging  # noqa: PLC0415 - not for --help

    from mailflow import logs  # noqa: PLC0415 - not for --help

    logs.configure(logging.ERROR)


def main() -> None:
    """Run the command line; every fault becomes one line on stderr and an exit code."""
    try:
        app()
    except (ConfigurationError, RulesError) as fault:
        _say(str(fault), USAGE)
    except MailflowError as fault:
        _say(str(fault), TRY_AGAIN if fault.temporary else FAILURE)
    except OSError as trouble:
        _say(f"{trouble.filename or 'a file'}: {trouble.strerror or trouble}", FAILURE)
    except KeyboardInterrupt:
        sys.exit(INTERRUPTED)
    except Exception as fault:  # noqa: BLE001 - the last resort; the text of an unforeseen exception may hold a person's data
        _say(f"a fault of this program, please report it: {_where(fault)}", FAILURE)


def _where(fault: Exception) -> str:
    """Return what and where, without the values it happened with."""
    frames = traceback.extract_tb(fault.__traceback__)
    own = [
        f"{frame.filename.rpartition('/')[2]}:{frame.lineno}" for frame in frames if frame.name != "<module>"
    ]
    return f"{type(fault).__name__} at {' < '.join(reversed(own[-5:]))}"


def _say(words: str, code: int) -> None:
    print(f"mailflow: {words}", file=sys.stderr)  # noqa: T201 - the command line prints
    sys.exit(code)


if __name__ == "__main__":
    main()
