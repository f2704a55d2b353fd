"""A visit to the submission server, as the sender's: dial, log in, MAIL and RCPT to our own address, RSET. Nothing is sent."""

import ssl
from dataclasses import replace
from typing import Literal

import aiosmtplib

from mailflow.doctor.visit import Visit
from mailflow.mailbox.tls import refusal
from mailflow.outbox.contract import Delivery, Envelope
from mailflow.outbox.settings import SmtpServer, SmtpSettings, smtp_server
from mailflow.outbox.smtp import SmtpTransport
from mailflow.outbox.verdict import Scrubber

_PATIENCE = 30.0  # seconds one answer may take


async def visit_smtp(settings: SmtpSettings, address: str) -> Visit:
    """Return what was seen; raises only for an unsound configuration."""
    server = smtp_server(settings)
    seen = Visit(where=f"SMTP {server}", section="[smtp]", is_protected=server.security != "none")
    transport = SmtpTransport(settings, patience=_PATIENCE)
    step: Literal["connect", "login"] = "connect"
    try:
        client = await transport.dial()
        certificate = client.get_transport_info("peercert")
        seen = replace(seen, certificate=certificate, offered=dict(client.esmtp_extensions))
        step = "login"
        await transport.log_in(client)
        seen = replace(seen, offered=dict(client.esmtp_extensions))
        delivery = await transport.send(Envelope(sender=address, recipient=address), b"", _nothing)
    except Exception as fault:  # noqa: BLE001 - whatever a server or network does is what we came to see
        scrubber = Scrubber(settings.username, settings.password)
        return _refused(seen, step, fault, server, scrubber)
    finally:
        await transport.close()
    return _judged(seen, delivery, address)


async def _nothing() -> bool:
    return False


def _refused(
    seen: Visit, step: Literal["connect", "login"], fault: Exception, server: SmtpServer, scrubber: Scrubber
) -> Visit:
    if step == "login":
        refused = isinstance(fault, aiosmtplib.SMTPAuthenticationError)
        what = "refused the login" if refused else f"let nobody log in ({_said(fault, scrubber)})"
        remedy = "check [smtp] username and the credential smtp.password"
        return replace(seen, failed="login", what=f"{server} {what}", next=remedy)
    broken = next((each for each in _chain(fault) if isinstance(each, ssl.SSLError)), None)
    if broken is not None:
        what, remedy = refusal(broken, str(server), "[smtp]")
        return replace(seen, failed="tls", what=what, next=remedy)
    if "STARTTLS" in str(fault) and server.security == "starttls":
        what = f"The mail server {server} offers no STARTTLS"
        return replace(
            seen, failed="tls", what=what, next="try smtps:// in [smtp] url, or have the server offer it"
        )
    if _is_starttls_refused(fault, server):
        what = f"The mail server {server} offers STARTTLS and then refuses it ({_said(fault, scrubber)})"
        return replace(seen, failed="tls", what=what, next="mend its certificate and key; its log says why")
    what = f"The mail server {server} cannot be reached ({_said(fault, scrubber)})"
    return replace(
        seen, failed="connect", what=what, next="is it running, are host and port in [smtp] right?"
    )


def _is_starttls_refused(fault: Exception, server: SmtpServer) -> bool:
    greeted = isinstance(fault, aiosmtplib.SMTPResponseException) and not isinstance(
        fault, aiosmtplib.SMTPConnectResponseError | aiosmtplib.SMTPHeloError
    )
    return greeted and server.security == "starttls"


def _judged(seen: Visit, delivery: Delivery, address: str) -> Visit:
    if delivery.result == "skipped":
        return seen
    reply = delivery.reply.replace("(recipient)", address)
    # Postfix says at RCPT what it has against the sender, unless told not to (smtpd_delay_reject).
    of_sender = delivery.phase == "mail" or "sender" in reply.lower()
    return replace(
        seen,
        failed="sender" if of_sender else "recipient",
        what=f"{'MAIL FROM' if of_sender else 'RCPT TO'} {address} is refused: {reply}",
        next="let the account of [smtp] username send as [department] address"
        if of_sender
        else "have the server take mail from and for [department] address; its test letters go there",
    )


def _said(fault: Exception, scrubber: Scrubber) -> str:
    return scrubber.line(str(fault) or type(fault).__name__)


def _chain(fault: BaseException | None) -> list[BaseException]:
    found: list[BaseException] = []
    while fault is not None and fault not in found:
        found.append(fault)
        fault = fault.__cause__ or fault.__context__
    return found
