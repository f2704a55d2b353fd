"""Mail as people's programs write it: new, or as a reply with the quote below."""

import itertools
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default
from email.utils import formatdate, parseaddr

from mailflow.demo import cast
from tests.support.daemon import APPLICANT, AUTHSERV_ID, DEPARTMENT
from tests.support.server import DOMAIN

_numbers = itertools.count(1)
PASSED = f"Authentication-Results: {AUTHSERV_ID}; dmarc=pass header.from={DOMAIN}\r\n".encode()
"""What the department's own mail server puts on top of a proven sender's mail."""
LETTER = ("surat-pernyataan.pdf", cast.letter(), "application", "pdf")


def csr():
    """A fresh CSR as an attachment."""
    return ("siti.csr", cast.csr(), "application", "pkcs10")


def parsed(raw):
    return message_from_bytes(
        raw if isinstance(raw, bytes) else raw.encode("utf-8", "surrogateescape"), policy=default
    )


def mail(text, *, sender=APPLICANT, subject="Lupa passphrase sertifikat elektronik", answers=None, files=()):
    """Raw bytes; `answers` is the parsed letter that is replied to."""
    message = EmailMessage()
    message["From"], message["To"] = sender, DEPARTMENT
    message["Subject"] = subject if answers is None else f"Re: {answers['Subject']}"
    message["Date"] = formatdate(localtime=True)
    message["Message-ID"] = (
        f"<{next(_numbers)}.{formatdate().replace(' ', '').replace(':', '')[4:18]}@pos.{DOMAIN}>"
    )
    if answers is not None:
        message.replace_header("To", reply_address(answers))
        message["In-Reply-To"] = message["References"] = str(answers["Message-ID"])
        quoted = "\n".join(f"> {line}" for line in answers.get_body(("plain",)).get_content().splitlines())
        text = f"{text}\n\nPada Selasa, 17 Maret 2026 pukul 10.00 {DEPARTMENT} menulis:\n{quoted}"
    message.set_content(text)
    for name, data, main, sub in files:
        message.add_attachment(data, maintype=main, subtype=sub, filename=name)
    return message.as_bytes()


def reply_address(letter):
    """Where a mail program sends the answer to."""
    return parseaddr(str(letter["Reply-To"] or letter["From"]))[1]


def complete_request(sender=APPLICANT):
    """A request that lacks nothing."""
    return mail("Mohon bantuan, saya lupa passphrase.", sender=sender, files=(LETTER, csr()))
