"""Letters leave by SMTP submission: one kept connection, command by command, so that the phase of a failure is known.

MAIL, RCPT, then the claim, then DATA. Up to the answer to DATA nothing has been handed over and trying again is safe; once
the text with its final dot was written, only an answer tells, and none means `unknown` (RFC 5321 §4.2.5, §6.1).
"""

import asyncio
import re
import ssl

import aiosmtplib

from mailflow.errors import ConfigurationError
from mailflow.mailbox.tls import client_context
from mailflow.outbox.contract import Claim, Delivery, Envelope, Transport
from mailflow.outbox.esmtp import deliverable, mail_parameters, needs_utf8, rcpt_parameters, size_limit
from mailflow.outbox.maildir import MaildirTransport
from mailflow.outbox.settings import SmtpSettings, maildir_path, smtp_server
from mailflow.outbox.verdict import ACCEPTED, REFUSED, Scrubber, of_code, of_fault

_START_INPUT = 354
_SLOWEST = 10_000  # octets per second a line must carry for a letter to pass within the time allowed


def open_transport(settings: SmtpSettings) -> Transport:
    """The way out that the configuration names; raises `ConfigurationError` before anything is dialled."""
    if settings.url.startswith("maildir:"):
        return MaildirTransport(maildir_path(settings))
    return SmtpTransport(settings)


class SmtpTransport:
    """A submission server (RFC 6409).

    Timeouts in seconds: `patience` before the final dot, `dot_patience` after it (RFC 5321 §4.5.3.2.6: ten minutes).
    """

    def __init__(self, settings: SmtpSettings, *, patience: float = 60, dot_patience: float = 600) -> None:
        self._server = smtp_server(settings)
        self._context = _tls(settings, self._server.security)
        self._settings = settings
        self._scrubber = Scrubber(settings.username, settings.password)
        self._patience, self._dot_patience = patience, dot_patience
        self._client: aiosmtplib.SMTP | None = None
        self._turn = asyncio.Lock()

    async def send(self, envelope: Envelope, message: bytes, claim: Claim) -> Delivery:
        """Carry one message. Raises only what `claim` raises, and cancellation; the connection is closed then."""
        async with self._turn:
            try:
                return await self._carry(envelope, message, claim)
            except BaseException:
                self._drop()  # the conversation stands at an unknown place
                raise

    async def close(self) -> None:
        """QUIT and let go; never raises."""
        async with self._turn:
            try:
                if self._client is not None and self._client.is_connected:
                    await self._client.quit(timeout=min(self._patience, 5))
            except Exception:  # noqa: BLE001, S110 - politeness only: whatever goes wrong, we leave
                pass
            finally:
                self._drop()

    async def _carry(self, envelope: Envelope, message: bytes, claim: Claim) -> Delivery:
        kept = self._client is not None and self._client.is_connected
        refusal = await self._introduce(envelope, message)
        if refusal and kept and self._client is None and refusal.result == "temporary":
            refusal = await self._introduce(envelope, message)  # it had hung up since the last letter
        if refusal:
            await self._reset()
            return refusal
        if not await claim():
            await self._reset()
            return Delivery(result="skipped", phase="rcpt", reply="the claim was refused")
        return await self._hand_over(envelope, message)

    async def _introduce(self, envelope: Envelope, message: bytes) -> Delivery | None:
        """Connect if need be, MAIL, RCPT; None when the recipient was accepted."""
        phase = "connect"
        try:
            client = await self._connect()
            phase, offered = "mail", client.esmtp_extensions
            if impossible := _impossible(envelope, message, offered):
                return Delivery(result="permanent", phase=phase, reply=impossible)
            sender = f"FROM:<{envelope.sender}>"
            await self._command(client, "MAIL", sender, *mail_parameters(offered, envelope, message))
            phase = "rcpt"
            await self._command(
                client, "RCPT", f"TO:<{envelope.recipient}>", *rcpt_parameters(offered, envelope)
            )
        except Exception as fault:  # noqa: BLE001 - the contract: nothing a server or network does may be raised
            understood = isinstance(fault, aiosmtplib.SMTPResponseException) and fault.code in REFUSED
            if phase == "connect" or not understood:
                self._drop()
            self._forget_if_closed()
            return of_fault(fault, phase, self._scrubber, envelope)
        return None

    async def _connect(self) -> aiosmtplib.SMTP:
        if self._client is not None and self._client.is_connected:
            return self._client
        client = await self.dial()
        await self.log_in(client)
        return client

    async def dial(self) -> aiosmtplib.SMTP:
        """Connect, inside TLS as configured, and greet; raises what aiosmtplib raises."""
        self._drop()
        server = self._server
        self._client = client = aiosmtplib.SMTP(
            hostname=server.host,
            port=server.port,
            local_hostname=server.greeting,
            timeout=self._patience,
            use_tls=server.security == "implicit",
            start_tls=server.security == "starttls",
            tls_context=self._context,
        )
        await client.connect()
        await client.ehlo()
        return client

    async def log_in(self, client: aiosmtplib.SMTP) -> None:
        """Log in where the configuration names an account; raises what aiosmtplib raises."""
        if self._settings.username:
            await client.login(self._settings.username, self._settings.password)

    async def _command(self, client: aiosmtplib.SMTP, *words: str) -> None:
        """Say one command; raise `SMTPResponseException` for any answer but 2yz."""
        answer = await client.execute_command(*(word.encode() for word in words))
        if answer.code not in ACCEPTED:
            raise aiosmtplib.SMTPResponseException(answer.code, answer.message)

    async def _hand_over(self, envelope: Envelope, message: bytes) -> Delivery:
        client, protocol = self._client, self._client.protocol if self._client else None
        if client is None or protocol is None:
            self._drop()
            return Delivery(result="temporary", phase="data", reply="the connection was lost before DATA")
        try:
            answer = await client.execute_command(b"DATA")
            if answer.code != _START_INPUT:
                await self._reset()
                reply = self._scrubber.line(f"{answer.code} {answer.message}", envelope)
                return Delivery(result=of_code(answer.code, "data"), phase="data", reply=reply)
            protocol.write(_dotted(message))
        except Exception as fault:  # noqa: BLE001 - as above; the text was not written yet
            self._drop()
            return of_fault(fault, "data", self._scrubber, envelope)
        return await self._after_the_dot(protocol, envelope, len(message))

    async def _after_the_dot(
        self, protocol: aiosmtplib.protocol.SMTPProtocol, envelope: Envelope, size: int
    ) -> Delivery:
        try:
            answer = await protocol.read_response(timeout=self._dot_patience + size / _SLOWEST)
        except Exception as fault:  # noqa: BLE001 - silence after the dot, however it comes about
            self._drop()
            reply = self._scrubber.line(
                f"no answer to the final dot: {fault or type(fault).__name__}", envelope
            )
            return Delivery(result="unknown", phase="data", reply=reply)
        reply = self._scrubber.line(f"{answer.code} {answer.message}", envelope)
        if answer.code in ACCEPTED:
            return Delivery(result="sent", phase="data", reply=reply)
        if answer.code not in REFUSED:  # neither yes nor no
            self._drop()
            return Delivery(result="unknown", phase="data", reply=reply)
        await self._reset()
        return Delivery(result=of_code(answer.code, "data"), phase="data", reply=reply)

    async def _reset(self) -> None:
        """RSET, so that the next letter finds a clean conversation; a connection that cannot do it is let go."""
        try:
            if self._client is not None and self._client.is_connected:
                await self._client.rset()
        except Exception:  # noqa: BLE001 - the next letter connects anew
            self._drop()
        self._forget_if_closed()

    def _forget_if_closed(self) -> None:
        if self._client is not None and not self._client.is_connected:
            self._drop()

    def _drop(self) -> None:
        client, self._client = self._client, None
        if client is not None:
            client.close()


def _tls(settings: SmtpSettings, security: str) -> ssl.SSLContext | None:
    if security == "none":
        if settings.ca_file:
            raise ConfigurationError('[smtp] ca_file has no meaning with tls = "none"; remove one of them')
        return None
    return client_context(settings.ca_file, "[smtp] ca_file")


def _impossible(envelope: Envelope, message: bytes, offered: dict[str, str]) -> str:
    """Why this letter can never pass this server, "" if nothing speaks against it."""
    limit = size_limit(offered)
    if limit is not None and len(message) > limit:
        return f"the letter has {len(message)} bytes, the mail server takes at most {limit} (SIZE); nothing was sent"
    if not all(
        deliverable(each)
        for each in (envelope.recipient, envelope.sender)
        if each or each == envelope.recipient
    ):
        return "an address of the envelope cannot stand in an SMTP command; nothing was sent"
    if needs_utf8(envelope, message) and "smtputf8" not in offered:
        return "the address has letters outside ASCII and the mail server does not offer SMTPUTF8; nothing was sent"
    return ""


def _dotted(message: bytes) -> bytes:
    """The text as it goes over the line: CRLF ends, leading dots doubled, the final dot (RFC 5321 §4.5.2)."""
    text = re.sub(rb"\r\n|\r|\n", b"\r\n", message)
    text = re.sub(rb"(?m)^\.", b"..", text)
    return text + (b".\r\n" if text.endswith(b"\r\n") else b"\r\n.\r\n")
