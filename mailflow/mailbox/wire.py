"""imaplib's client over a read buffer of our own.

imaplib reads through a buffered file: nobody can tell whether an answer is already waiting in it, a timeout makes it unusable
for good, and a line cut between two segments raises. Here the buffer is ours, so IDLE can wait on the socket safely.
`read`, `readline`, `open` and `_create_socket` are what imaplib's own IMAP4_SSL and IMAP4_stream override.
"""

import imaplib
import socket
import ssl

LONGEST_LINE = 20 * 2**20
"""Octets of one line: the answer to a SEARCH over two million messages."""
_SEGMENT = 2**16


class Wire(imaplib.IMAP4):
    """An IMAP connection; with `context` inside TLS from the first octet (RFC 8314 §3.2)."""

    def __init__(self, host: str, port: int, timeout: float, context: ssl.SSLContext | None) -> None:
        self._context = context
        self._buffer = bytearray()
        self._source: socket.socket | None = None
        super().__init__(host, port, timeout)

    def _create_socket(self, timeout: float | None) -> socket.socket:
        plain = socket.create_connection((self.host, self.port), timeout)
        if self._context is None:
            return plain
        return self._context.wrap_socket(plain, server_hostname=self.host)

    def readline(self) -> bytes:
        """The next line with its CRLF, waiting for it; b"" at the end of the connection."""
        self._follow_socket()
        searched = 0
        while (end := self._buffer.find(b"\n", searched)) < 0:
            searched = len(self._buffer)
            if searched > LONGEST_LINE:
                raise self.abort("line too long")
            if not self._receive():
                return b""
        return self._take(end + 1)

    def read(self, size: int) -> bytes:
        """Exactly `size` octets (a literal), waiting for them; less only at the end of the connection."""
        self._follow_socket()
        while len(self._buffer) < size and self._receive():
            pass
        return self._take(min(size, len(self._buffer)))

    def ready_line(self) -> bytes | None:
        """The next line without CRLF if it has arrived whole, else None. Never waits."""
        end = self._buffer.find(b"\n")
        return None if end < 0 else self._take(end + 1).rstrip(b"\r\n")

    def drain(self) -> bool:
        """Take in what has arrived, from the socket and from inside TLS, without waiting; False when the server has closed."""
        self._follow_socket()
        timeout = self.sock.gettimeout()
        self.sock.settimeout(0)
        try:
            while self._receive():
                pass
        except (BlockingIOError, ssl.SSLWantReadError, ssl.SSLWantWriteError):
            return True
        finally:
            self.sock.settimeout(timeout)
        return False

    def _follow_socket(self) -> None:
        if self.sock is self._source:
            return
        # STARTTLS replaced the socket: what was sent before it is unprotected, and must not speak for the server.
        if self._buffer:
            raise self.abort("answer injected before TLS began")
        self._source = self.sock

    def _receive(self) -> bool:
        data = self.sock.recv(_SEGMENT)
        self._buffer += data
        return bool(data)

    def _take(self, size: int) -> bytes:
        with memoryview(self._buffer) as view:
            taken = bytes(view[:size])
        del self._buffer[:size]
        return taken
