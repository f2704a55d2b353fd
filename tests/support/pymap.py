"""PyPI's pymap, an IMAP server in Python that keeps all in memory; mail comes in by APPEND, as no delivery agent of its own."""

import imaplib
import os
import shutil
import subprocess
import sys

from tests.support.boxed import UNPACKED
from tests.support.server import DOMAIN, PASSWORD, START, Server, ServerMissingError, free_port

RELEASE = "pymap==0.36.7"


class Pymap(Server):
    """One mailbox, `layanan`, with `PASSWORD`."""

    name = "pymap"

    def __init__(self, user="layanan"):
        self._executable = _installed()
        super().__init__("pm")
        self.port = free_port()
        self.address = f"{user}@{DOMAIN}"

    def command(self):
        where = ["--host", "127.0.0.1", "--port", str(self.port), "--no-tls"]
        return [self._executable, *where, "dict", "--demo-user", self.address, "--demo-password", PASSWORD]

    def ready_ports(self):
        return [(self.port, b"* OK")]

    def deliver(self, raw, *, sender=""):
        """Append one message to the inbox."""
        with imaplib.IMAP4("127.0.0.1", self.port, timeout=START) as imap:
            imap.login(self.address, PASSWORD)
            imap.append("INBOX", None, None, raw.replace(b"\r\n", b"\n").replace(b"\n", b"\r\n"))


def _installed():
    """The program in an environment of its own: what it needs must not meet what mailflow needs."""
    place = UNPACKED / RELEASE
    program = place / "bin" / "pymap"
    if not program.exists():
        shutil.rmtree(place, ignore_errors=True)
        try:
            subprocess.run([sys.executable, "-m", "venv", place], check=True, capture_output=True)
            pip = [place / "bin" / "python", "-m", "pip", "install", "--quiet", RELEASE]
            subprocess.run(
                pip, check=True, capture_output=True, env={**os.environ, "PIP_DISABLE_PIP_VERSION_CHECK": "1"}
            )
        except subprocess.CalledProcessError as failed:
            shutil.rmtree(place, ignore_errors=True)
            raise ServerMissingError(f"{RELEASE}: {failed.stderr.decode(errors='replace')[-300:]}") from None
    return str(program)
