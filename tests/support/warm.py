"""`python -m mailflow` out of a process that has imported it already: a hundred daemons pay for the imports once.

The daemon is forked instead of executed; all else is as ever: a process and a session of its own, its own words, environment and log, and
an exit code, or the signal that ended it. One holder for each test process; it ends with it.
"""

import atexit
import json
import os
import signal
import socket
import subprocess
import sys
import time
import traceback
from contextlib import suppress
from functools import cache
from pathlib import Path

import mailflow.daemon
import mailflow.once  # noqa: F401 - what `run` imports late
from mailflow.__main__ import main

_STEP = 0.01


class Warm:
    """A started program, with what the tests use of `subprocess.Popen`."""

    def __init__(self, words, *, log, environment):
        ours, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
        ask = {"words": words, "environment": environment, "place": str(Path.cwd())}
        with theirs:
            socket.send_fds(_holder(), [json.dumps(ask).encode()], [theirs.fileno(), log.fileno()])
        self._said, self.returncode = ours, None
        self.pid = int(ours.recv(100))

    def poll(self):
        """The exit code, None while it lives."""
        if self.returncode is None:
            with suppress(BlockingIOError):
                self.returncode = int(self._said.recv(100, socket.MSG_DONTWAIT))
                self._said.close()
        return self.returncode

    def wait(self, timeout=None):
        """Wait for the end; raise `TimeoutExpired` as `Popen` does."""
        until = None if timeout is None else time.monotonic() + timeout
        while self.poll() is None:
            if until is not None and time.monotonic() > until:
                raise subprocess.TimeoutExpired("mailflow", timeout)
            time.sleep(_STEP)
        return self.returncode

    def send_signal(self, number):
        """Send a signal unless it has ended."""
        if self.poll() is None:
            os.kill(self.pid, number)

    def terminate(self):
        """Ask for an orderly end."""
        self.send_signal(signal.SIGTERM)

    def kill(self):
        """End it as a power cut does."""
        self.send_signal(signal.SIGKILL)


@cache
def _holder():
    """The socket of this test process's holder, which is started at the first ask."""
    ours, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
    with theirs:
        command = [sys.executable, "-m", "tests.support.warm", str(theirs.fileno())]
        process = subprocess.Popen(command, pass_fds=(theirs.fileno(),), stdin=subprocess.DEVNULL)
    atexit.register(lambda: (ours.close(), process.wait()))
    return ours


def hold(control):
    """Fork one program for each ask until the test process has gone."""
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)  # those that wait for a program end unseen
    while True:
        data, descriptors, _, _ = socket.recv_fds(control, 1_000_000, 2)
        if not data:
            return
        if os.fork() == 0:
            control.close()
            _watch(json.loads(data), *descriptors)
        for each in descriptors:
            os.close(each)


def _watch(ask, answer, log):
    """Fork the program, tell its process id, and then how it ended."""
    signal.signal(signal.SIGCHLD, signal.SIG_DFL)
    told = socket.socket(fileno=answer)
    pid = os.fork()
    if pid == 0:
        told.close()
        os._exit(_run(ask, log))
    told.send(str(pid).encode())
    _, status = os.waitpid(pid, 0)
    with suppress(OSError):
        told.send(str(os.waitstatus_to_exitcode(status)).encode())
    os._exit(0)


def _run(ask, log):
    """Be the program; return its exit code."""
    os.setsid()
    os.chdir(ask["place"])
    os.dup2(os.open(os.devnull, os.O_RDONLY), 0)
    os.dup2(log, 1)
    os.dup2(log, 2)
    os.close(log)
    os.environ.clear()
    os.environ.update(ask["environment"])
    sys.argv = ["mailflow", *ask["words"]]
    try:
        main()
        code = 0
    except SystemExit as end:
        code = end.code if isinstance(end.code, int) else int(bool(end.code))
    except BaseException:  # noqa: BLE001 - whatever it is, it is told, and this process ends
        traceback.print_exc()
        code = 1
    sys.stdout.flush()
    sys.stderr.flush()
    return code


if __name__ == "__main__":
    hold(socket.socket(fileno=int(sys.argv[1])))
