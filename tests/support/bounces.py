"""A letter of ours that came back."""

import textwrap


def bounce(letter, recipient: str) -> bytes:
    """The delivery status notification of Postfix, cut down to what is read."""
    text = f"""\
        From: MAILER-DAEMON@contohkota.go.id
        To: layanan@contohkota.go.id
        Return-Path: <>
        Subject: Undelivered Mail Returned to Sender
        MIME-Version: 1.0
        Content-Type: multipart/report; report-type=delivery-status; boundary="b"

        --b
        Content-Type: message/delivery-status

        Reporting-MTA: dns; mx

        Final-Recipient: rfc822; {recipient}
        Action: failed
        Status: 5.1.1
        Diagnostic-Code: smtp; 550 5.1.1 <{recipient}>: Recipient address rejected

        --b
        Content-Type: text/rfc822-headers

        Message-ID: {letter["Message-ID"]}
        Mailflow-Letter: {letter["Mailflow-Letter"]}

        --b--
        """
    return textwrap.dedent(text).replace("\n", "\r\n").encode()
