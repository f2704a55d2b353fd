"""Submission servers for tests, in the test's own event loop: one that follows a script, one that is real (aiosmtpd)."""

import asyncio
import ssl
from contextlib import asynccontextmanager
from dataclasses import dataclass, field

from aiosmtpd.smtp import SMTP, AuthResult

from mailflow.outbox.settings import SmtpSettings

CLOSE = "close"
SILENT = "silent"
EXTENSIONS = ("8BITMIME", "SMTPUTF8", "DSN", "SIZE 1000000")


@dataclass
class Scripted:
    """Answers each command as told, else politely; `script` maps a phase to a reply, CLOSE or SILENT, per connection or for all."""

    script: dict = field(default_factory=dict)
    scripts: list = field(default_factory=list)
    extensions: tuple = EXTENSIONS
    connections: int = 0
    commands: list = field(default_factory=list)
    messages: list = field(default_factory=list)
    url: str = ""
    silent: asyncio.Event = field(default_factory=asyncio.Event)

    @asynccontextmanager
    async def running(self):
        server = await asyncio.start_server(self._serve, "127.0.0.1", 0)
        self.url = f"smtp://127.0.0.1:{server.sockets[0].getsockname()[1]}"
        self._open = set()
        async with server:
            yield self
            for task in list(self._open):
                task.cancel()
            await asyncio.gather(*self._open, return_exceptions=True)

    def settings(self, **changes):
        return SmtpSettings(**{"url": self.url, "tls": "none", "hostname": "contohkota.go.id"} | changes)

    async def _serve(self, reader, writer):
        self._open.add(asyncio.current_task())
        self.connections += 1
        script = self.scripts.pop(0) if self.scripts else self.script
        try:
            await self._talk(reader, writer, script)
        except (ConnectionError, asyncio.IncompleteReadError, asyncio.CancelledError):
            pass
        finally:
            self._open.discard(asyncio.current_task())
            writer.close()

    async def _talk(self, reader, writer, script):
        await self._answer(writer, script, "greeting", "220 siap")
        while line := await reader.readline():
            command = line.decode().strip()
            self.commands.append(command)
            verb = command.split(" ")[0].split(":")[0].lower()
            usual = {"ehlo": self._offer(), "data": "354 silakan", "quit": "221 sampai jumpa"}.get(
                verb, "250 ok"
            )
            answered = await self._answer(writer, script, verb, usual)
            if verb == "data" and answered.startswith("354"):
                self.messages.append(await reader.readuntil(b"\r\n.\r\n"))
                await self._answer(writer, script, "dot", "250 diterima")

    def _offer(self):
        lines = ["siap", *self.extensions]
        return "\r\n".join(f"250{'-' if each is not lines[-1] else ' '}{each}" for each in lines)

    async def _answer(self, writer, script, phase, usual):
        said = script.get(phase, usual)
        if said == CLOSE:
            raise ConnectionResetError
        if said == SILENT:
            self.silent.set()
            await asyncio.Event().wait()
        writer.write(said.encode() + b"\r\n")
        await writer.drain()
        return said


@dataclass
class Kept:
    """What a real server took: one entry per message."""

    envelopes: list = field(default_factory=list)
    peers: set = field(default_factory=set)
    logins: list = field(default_factory=list)

    async def handle_DATA(self, server, session, envelope):  # noqa: N802 - aiosmtpd's name
        self.envelopes.append(envelope)
        self.peers.add(session.peer)
        return "250 diterima"

    def login(self, server, session, envelope, mechanism, data):
        self.logins.append((data.login.decode(), data.password.decode()))
        return AuthResult(success=data.password == b"benar-sekali", handled=False)


@asynccontextmanager
async def real_server(certificate=None, *, implicit=False, login=False, **options):
    """A real SMTP server on loopback; yields (host:port, what it kept)."""
    kept = Kept()
    context = None
    if certificate:
        context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
        context.load_cert_chain(certificate.chain, certificate.key)
    if login:
        options |= {
            "auth_required": True,
            "authenticator": kept.login,
            "auth_require_tls": bool(certificate) and not implicit,
        }
    if context and not implicit:
        options["tls_context"] = context
    loop = asyncio.get_running_loop()
    server = await loop.create_server(
        lambda: SMTP(kept, enable_SMTPUTF8=True, loop=loop, **options),
        "127.0.0.1",
        0,
        ssl=context if implicit else None,
    )
    async with server:
        yield f"localhost:{server.sockets[0].getsockname()[1]}", kept
