"""Exit 2 keeps the service manager from starting again: it is for what a person must correct in a file, and for nothing else."""

import os
import subprocess
import sys

import pytest

from tests.support.counter import configuration


def around(directory, name):
    """Make the database's directory unusable in one way; return the path of the database in it."""
    place = directory / "state"
    if name == "a file where the directory should be":
        place.write_text("")
    elif name == "a mount that is not there":
        place.symlink_to(directory / "unmounted")
        return "/proc/mailflow/mailflow.db"
    elif name == "a directory where the lock should be":
        (place / "mailflow.db.lock").mkdir(parents=True)
    return f"{place}/mailflow.db"


@pytest.mark.parametrize(
    "trouble",
    [
        "a file where the directory should be",
        "a mount that is not there",
        "a directory where the lock should be",
    ],
)
def test_trouble_around_the_database_is_tried_again(tmp_path, trouble):
    database = around(tmp_path, trouble)
    for folder in ("inbox", "sent"):
        for part in ("new", "cur", "tmp"):
            (tmp_path / folder / part).mkdir(parents=True)
    file = tmp_path / "mailflow.toml"
    file.write_text(
        configuration(tmp_path).replace(f"sqlite:///{tmp_path}/mailflow.db", f"sqlite:///{database}")
    )
    environment = {name: value for name, value in os.environ.items() if not name.startswith("MAILFLOW_")}
    command = [sys.executable, "-m", "mailflow", "run", "--once", "--config", str(file)]
    done = subprocess.run(command, capture_output=True, text=True, check=False, env=environment)
    assert done.returncode == 75, done.stderr
    assert "it is tried again" in done.stderr
    assert len(done.stderr.splitlines()) == 1
