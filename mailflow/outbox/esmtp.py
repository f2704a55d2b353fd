"""The parameters of MAIL and RCPT: only what the server offered in EHLO, encoded as their RFCs ask."""

import re
from collections.abc import Mapping

from mailflow.outbox.contract import Envelope

_PLAIN = re.compile(r"[^\x00-\x20\x7f<>]*")


def deliverable(address: str) -> bool:
    """Whether an address may stand between `<` and `>` of a command: no blank, control or bracket may end it early."""
    return _PLAIN.fullmatch(address) is not None and "@" in address.strip("@")


def needs_utf8(envelope: Envelope, message: bytes) -> bool:
    """Whether an address or a header of the letter is not ASCII (RFC 6531 §3.2)."""
    head = message.partition(b"\r\n\r\n")[0]
    return not (head.isascii() and envelope.sender.isascii() and envelope.recipient.isascii())


def size_limit(offered: Mapping[str, str]) -> int | None:
    """The largest message in octets the server announced (RFC 1870 §4: none or 0 means no fixed limit)."""
    digits = offered.get("size", "").strip()
    return int(digits) or None if digits.isdecimal() else None


def mail_parameters(offered: Mapping[str, str], envelope: Envelope, message: bytes) -> list[str]:
    """What follows `MAIL FROM:<…>`: SIZE (RFC 1870), BODY (RFC 6152), SMTPUTF8 (RFC 6531), RET and ENVID (RFC 3461)."""
    given = [f"SIZE={len(message)}"] if "size" in offered else []
    if "8bitmime" in offered and not message.isascii():
        given.append("BODY=8BITMIME")
    if "smtputf8" in offered and needs_utf8(envelope, message):
        given.append("SMTPUTF8")
    if "dsn" in offered:
        given.append("RET=HDRS")
        if envelope.envid:
            given.append(f"ENVID={xtext(envelope.envid)}")
    return given


def rcpt_parameters(offered: Mapping[str, str], envelope: Envelope) -> list[str]:
    """What follows `RCPT TO:<…>`: NOTIFY and ORCPT (RFC 3461 §4.1, §4.2); nothing for the null path, which gets no report."""
    if "dsn" not in offered or not envelope.sender:
        return []
    if envelope.recipient.isascii():
        return ["NOTIFY=FAILURE,DELAY", f"ORCPT=rfc822;{xtext(envelope.recipient)}"]
    return ["NOTIFY=FAILURE,DELAY", f"ORCPT=utf-8;{_utf8_xtext(envelope.recipient)}"]


def xtext(value: str) -> str:
    """RFC 3461 §4: printable ASCII but `+` and `=` stands for itself, all else as `+` and two hexadecimal digits."""
    return "".join(
        chr(octet) if 33 <= octet <= 126 and chr(octet) not in "+=" else f"+{octet:02X}"  # noqa: PLR2004 - the RFC's range
        for octet in value.encode()
    )


def _utf8_xtext(value: str) -> str:
    """RFC 6533 §3, utf-8-addr-xtext: what may not stand for itself becomes its code point in hexadecimal."""
    return "".join(
        sign if sign.isascii() and sign.isprintable() and sign not in "+=\\ " else f"\\x{{{ord(sign):X}}}"
        for sign in value
    )
