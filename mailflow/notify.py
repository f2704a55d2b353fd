"""Tells the service manager how the daemon is doing: sd_notify(3) without a library.

Outside systemd (no NOTIFY_SOCKET) nothing is sent. No function here raises: a lost notification must not stop the counter;
the service manager notices by itself what it was not told.
"""

import os
import socket


def ready(status: str) -> bool:
    """Say that migration and the first login attempt are behind us; `status` is the line `systemctl status` shows."""
    return _send("READY=1", _status(status))


def status(text: str) -> bool:
    """Show `text` in `systemctl status`."""
    return _send(_status(text))


def alive() -> bool:
    """Feed the watchdog: to be said only when every loop has completed a turn (`watch.Watchdog.due`)."""
    return _send("WATCHDOG=1")


def stopping(status: str) -> bool:
    """Say that an orderly stop has begun."""
    return _send("STOPPING=1", _status(status))


def _status(text: str) -> str:
    return "STATUS=" + " ".join(text.split())  # a line break would start another assignment


def _send(*assignments: str) -> bool:
    """Send one datagram; False where no service manager listens."""
    address = os.environ.get("NOTIFY_SOCKET", "")
    if not address.startswith(("/", "@")):
        return False
    if address.startswith("@"):
        address = "\0" + address[1:]  # the abstract namespace of unix(7)
    try:
        with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM | socket.SOCK_CLOEXEC) as out:
            out.connect(address)
            out.sendall("\n".join(assignments).encode())
    except OSError:
        return False
    return True
