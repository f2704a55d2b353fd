"""The command line: one file per command in `mailflow/cli`, imported lightly so that `--help` and `try` start fast.

Exit codes: 0 fine, 1 failure, 2 usage, configuration, rules or templates unsound, 3 findings, 75 something must be tried again later.
"""

import logging
import sys

import typer

from mailflow import logs
from mailflow.cli import case, cases, check, db, demo, init, outbox, quarantine, run, status, tasks, try_
from mailflow.errors import ConfigurationError, MailflowError, RulesError

app = typer.Typer(
    name="mailflow",
    help="Turns a department's mailbox into a service counter that keeps its promises.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
)
for module in (demo, init, check, run, try_, status, cases, case, tasks, outbox, quarantine):
    app.command(name=module.NAME)(module.command)
app.add_typer(db.app, name="db")

USAGE, TRY_AGAIN = 2, 75


def main() -> None:
    """Run the command line; every fault with a name becomes one line on stderr and an exit code."""
    logs.configure(logging.ERROR)
    try:
        app()
    except (ConfigurationError, RulesError) as fault:
        _say(fault, USAGE)
    except MailflowError as fault:
        _say(fault, TRY_AGAIN if fault.temporary else 1)
    except KeyboardInterrupt:
        sys.exit(130)


def _say(fault: Exception, code: int) -> None:
    print(f"mailflow: {fault}", file=sys.stderr)  # noqa: T201 - the command line prints
    sys.exit(code)


if __name__ == "__main__":
    main()
