"""Real mail servers on loopback, each in a directory and on ports of its own, ended by their process ids."""

import os
import shutil
import signal
import socket
import subprocess
import tempfile
from contextlib import suppress
from itertools import cycle
from pathlib import Path

PASSWORD = "rahasia-uji"
DOMAIN = "contohkota.go.id"
SBIN = "/usr/sbin:/usr/lib/postfix/sbin:/usr/libexec/postfix"
START = 15.0


class ServerMissingError(RuntimeError):
    """The server's binary is not installed, or it needs rights this user has not."""


def binary(name):
    found = shutil.which(name, path=f"{os.environ.get('PATH', '')}:{SBIN}")
    if found is None:
        raise ServerMissingError(f"{name} is not installed (Debian: dovecot-imapd dovecot-lmtpd postfix)")
    return found


def _own_ports():
    """Ports of this process of the test run, over and over, from anywhere in its range on.

    They lie below those that the kernel gives to connections (ip_local_port_range), so that none is taken between a look and its use.
    """
    worker = int(os.environ.get("PYTEST_XDIST_WORKER", "gw0").removeprefix("gw"))
    first = 12_000 + worker % 10 * _EACH
    begin = os.getpid() * 37 % _EACH
    return cycle(first + (begin + step) % _EACH for step in range(_EACH))


_EACH = 2_000
_ports = _own_ports()


def free_port():
    """A port nobody listens on, and which this process has not given out for long."""
    for port in _ports:
        with socket.socket() as probe, suppress(OSError):
            probe.bind(("127.0.0.1", port))
            return port
    raise AssertionError("unreachable: the ports go round")


class Server:
    """A server process in the foreground of its own process group; `with` ends it and removes its directory."""

    def __init__(self, prefix):
        # Short and outside any test's directory: Unix sockets have 108 bytes for their path.
        self.directory = Path(tempfile.mkdtemp(prefix=prefix, dir="/tmp"))
        self.directory.chmod(0o755)
        self.process = None

    def __enter__(self):
        try:
            self.start()
        except BaseException:
            self.__exit__()
            raise
        return self

    def __exit__(self, *_):
        self.stop(
            hard=True
        )  # an orderly end takes Dovecot a second, and there is nothing left to put in order
        shutil.rmtree(self.directory, ignore_errors=True)

    def command(self):
        raise NotImplementedError

    def ready_ports(self):
        """Ports and the first octets of their banner."""
        raise NotImplementedError

    def log(self):
        path = self.directory / "log"
        return path.read_text(errors="replace") if path.exists() else ""

    def start(self):
        with (self.directory / "console").open("ab") as console:
            self.process = subprocess.Popen(
                self.command(),
                stdout=console,
                stderr=console,
                stdin=subprocess.DEVNULL,
                start_new_session=True,
            )
        for port, banner in self.ready_ports():
            self._await_banner(port, banner)

    def _await_banner(self, port, banner):
        # A refused connection says "not yet": the process is watched meanwhile, its end is the end of waiting.
        while True:
            try:
                with socket.create_connection(("127.0.0.1", port), timeout=START) as probe:
                    if not banner or probe.recv(len(banner)) == banner:
                        return
            except OSError:
                pass
            self.pause()

    def pause(self):
        """A moment between two looks at what the server is to bring about; raises when the server has ended."""
        with suppress(subprocess.TimeoutExpired):
            self.process.wait(0.02)
            console = (self.directory / "console").read_text(errors="replace")
            raise RuntimeError(f"{type(self).__name__} has ended: {console}{self.log()}")

    def stop(self, *, hard=False):
        """End the server and its children; `hard` is SIGKILL, as in a power cut."""
        if self.process is None:
            return
        process, self.process = self.process, None
        group = process.pid  # it leads the group it was started in
        if not hard:
            os.killpg(
                group, signal.SIGTERM
            )  # all at once: Dovecot's master alone takes a second to tell its children
            with suppress(subprocess.TimeoutExpired):
                process.wait(10)
        with suppress(ProcessLookupError):
            os.killpg(group, signal.SIGKILL)
        process.wait(10)
