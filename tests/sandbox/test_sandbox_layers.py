"""Each layer holds by itself: a kernel that lacks one still has the other."""

import json
import os
import platform
import subprocess
import sys

import pytest

from mailflow.sandbox import landlock, seccomp

SCRIPT = """
import json, os, pathlib, socket, sys
from mailflow.sandbox import landlock, limits, seccomp

folder = pathlib.Path(sys.argv[2])
limits._prctl(38, 1)
if sys.argv[1] == "landlock":
    landlock.enter(landlock.ruleset([folder / "open"]))
else:
    seccomp.enter()

def attempt(action):
    try:
        action()
    except OSError as error:
        return type(error).__name__
    return "done"

print(json.dumps({
    "read": attempt((folder / "open" / "code").read_text),
    "look": attempt((folder / "secret").read_text),
    "write": attempt(lambda: (folder / "secret").write_text("x")),
    "chmod": attempt(lambda: (folder / "secret").chmod(0o777)),
    "socket": attempt(socket.socket),
    "connect": attempt(lambda: socket.create_connection(("127.0.0.1", 9))),
    "signal": attempt(lambda: os.kill(os.getppid(), 0)),
    "fork": attempt(lambda: os.fork() or os._exit(0)),
}))
"""


@pytest.fixture
def folder(tmp_path):
    (tmp_path / "open").mkdir()
    (tmp_path / "open" / "code").write_text("public")
    (tmp_path / "secret").write_text("key")
    return tmp_path


def under(layer, folder):
    environment = {"PYTHONPATH": os.pathsep.join(sys.path)}
    done = subprocess.run(
        [sys.executable, "-c", SCRIPT, layer, folder],
        capture_output=True,
        check=True,
        env=environment,
        text=True,
    )
    return json.loads(done.stdout)


@pytest.mark.skipif(not landlock.abi(), reason="this kernel has no Landlock")
def test_landlock_alone_closes_the_file_system(folder):
    tried = under("landlock", folder)
    assert (tried["read"], tried["look"], tried["write"]) == ("done", "PermissionError", "PermissionError")
    if landlock.abi() >= 4:
        assert tried["connect"] == "PermissionError"
    if landlock.abi() >= 6:
        assert tried["signal"] == "PermissionError"


@pytest.mark.skipif(not seccomp.supported(), reason="the filter is not written for this architecture")
def test_the_call_filter_alone_stops_changes_sockets_signals_and_processes(folder):
    tried = under("seccomp", folder)
    assert tried.pop("read") == tried.pop("look") == "done"
    assert set(tried.values()) == {"PermissionError"}
    assert (folder / "secret").read_text() == "key"


@pytest.mark.parametrize("machine", ["x86_64", "aarch64"])
def test_the_filter_is_a_whole_program_for_each_machine(machine):
    code = seccomp.program(4711, machine)
    assert len(code) % 8 == 0
    assert len(code) // 8 < 4096
    assert code[-8:] == bytes.fromhex("06000000 0000ff7f")
    assert seccomp.supported() == (platform.machine() in ("x86_64", "aarch64"))
