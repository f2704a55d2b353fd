"""An IMAP server that follows a script: for what real servers do only on a bad day (cut segments, refusals, injected lines)."""

import socket
import threading
from contextlib import contextmanager, suppress

from mailflow.mailbox.factory import open_mailbox
from mailflow.mailbox.settings import MailboxSettings

_CAPABILITY = b"* CAPABILITY IMAP4rev1 UIDPLUS MOVE IDLE\r\n"
_ANSWERS = {
    b"CAPABILITY": _CAPABILITY,
    b"LIST": b'* LIST () "/" ""\r\n',
    b"STATUS": b"* STATUS x (UIDVALIDITY 1)\r\n",
    b"SELECT": b"* 0 EXISTS\r\n* OK [UIDVALIDITY 77] valid\r\n",
}


@contextmanager
def scripted_server(script=lambda *_: False, greeting=b"* OK ready\r\n"):
    """Serve one connection; yields the port. `script(line, tag, send)` answers a line and returns True, or leaves it.

    `send(None)` closes the connection. What the script leaves is answered as an empty, well-behaved server would.
    """
    with socket.create_server(("127.0.0.1", 0)) as listener:
        thread = threading.Thread(target=_serve, args=(listener, script, greeting))
        thread.start()
        try:
            yield listener.getsockname()[1]
        finally:
            with suppress(OSError):
                listener.shutdown(socket.SHUT_RDWR)
            thread.join()


@contextmanager
def scripted_mailbox(script):
    """An open mailbox on a scripted server."""
    with scripted_server(script) as port:
        url = f"imap://127.0.0.1:{port}"
        mailbox = open_mailbox(
            MailboxSettings(url=url, tls="none", username="layanan", password="x", timeout=20)
        )
        mailbox.open()
        try:
            yield mailbox
        finally:
            mailbox.close()


def _serve(listener, script, greeting):
    with suppress(OSError):
        connection, _ = listener.accept()
        connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)

        def send(data):
            if data is None:
                connection.shutdown(socket.SHUT_RDWR)
            else:
                connection.sendall(data)

        with connection, connection.makefile("rb") as lines:
            send(greeting)
            for line in lines:
                tag, _, rest = line.strip().partition(b" ")
                if script(line.strip(), tag, send):
                    continue
                verb = rest.split(b" ")[0].upper()
                send(_ANSWERS.get(verb, b"") + tag + b" OK done\r\n")
                if verb == b"LOGOUT":
                    return
