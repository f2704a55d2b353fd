"""What a server's answer, or its silence, means for a letter; and what of its words may be written down."""

import base64
import re

import aiosmtplib

from mailflow.outbox.contract import Delivery, Envelope, Result

ACCEPTED = range(200, 300)
"""Codes by which a server says yes (RFC 5321 §4.2.1, 2yz)."""
REFUSED = range(400, 600)
"""Codes by which a server says no, for now (4yz) or for good (5yz)."""
_FOR_GOOD = range(500, 600)
_LOGIN_WANTED = frozenset({530, 534, 535, 538})  # RFC 4954 §6: about our account, not about this letter
_LONGEST = 300


class Scrubber:
    """Makes one clean line of what a server said: no password, no address of the recipient, no control characters."""

    def __init__(self, username: str, password: str) -> None:
        said = (password, f"\0{username}\0{password}") if password else ()
        encoded = [base64.b64encode(each.encode()).decode() for each in said]
        self._secrets = sorted({*encoded, *([password] if password else [])}, key=len, reverse=True)

    def line(self, text: str, envelope: Envelope | None = None) -> str:
        """One line of at most 300 characters."""
        plain = self.without_secrets("".join(sign if sign.isprintable() else " " for sign in text))
        if envelope is not None:
            local = envelope.recipient.rpartition("@")[0]
            for known in (envelope.recipient, rf"\b{re.escape(local)}\b" if local else ""):
                pattern = known if known.startswith(r"\b") else re.escape(known)
                plain = re.sub(pattern, "(recipient)", plain, flags=re.IGNORECASE) if known else plain
        return " ".join(plain.split())[:_LONGEST]

    def without_secrets(self, text: str) -> str:
        """The text with the password, bare or as SMTP spells it, struck out."""
        for secret in self._secrets:
            text = text.replace(secret, "***")
        return text


def of_code(code: int, phase: str) -> Result:
    """The result an answer's code means. While connecting nothing is said of the letter, so nothing there is permanent."""
    if phase == "connect" or code in _LOGIN_WANTED:
        return "temporary"
    return "permanent" if code in _FOR_GOOD else "temporary"


def of_fault(fault: Exception, phase: str, scrubber: Scrubber, envelope: Envelope) -> Delivery:
    """What an exception before the final dot means: the letter was not handed over, trying again is safe."""
    if isinstance(fault, aiosmtplib.SMTPAuthenticationError):
        text = f"{fault.code} the mail server refused our login; check [smtp] username and the credential smtp.password"
        return Delivery(result="temporary", phase=phase, reply=text)
    if isinstance(fault, aiosmtplib.SMTPResponseException):
        reply = scrubber.line(f"{fault.code} {fault.message}", envelope)
        return Delivery(result=of_code(fault.code, phase), phase=phase, reply=reply)
    return Delivery(
        result="temporary",
        phase=phase,
        reply=scrubber.line(str(fault) or type(fault).__name__, envelope),
    )
