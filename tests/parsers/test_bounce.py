"""What bounces say: RFC 3464 as Postfix and Exchange write it, and the forms without it."""

import pytest

from parsers.bounce import read_bounce
from parsers.walk import Walker


def bounce(raw):
    raw = raw.replace("\n", "\r\n").encode()
    return read_bounce(Walker(max_parts=100, max_depth=20).part(raw, 0, len(raw), None))


POSTFIX = """Return-Path: <>
From: MAILER-DAEMON@mx.contohkota.go.id (Mail Delivery System)
To: layanan+b.1.x@contohkota.go.id
Auto-Submitted: auto-replied
Content-Type: multipart/report; report-type=delivery-status; boundary="B"

--B
Content-Description: Notification
Content-Type: text/plain

I'm sorry to have to inform you

--B
Content-Description: Delivery report
Content-Type: message/delivery-status

Reporting-MTA: dns; mx.contohkota.go.id
Original-Envelope-Id: env-17
X-Postfix-Queue-ID: 4F2B1

Final-Recipient: rfc822; budi@contohkota.go.id
Original-Recipient: rfc822;budi@contohkota.go.id
Action: delayed
Status: 4.4.1

Final-Recipient: rfc822; inbox7@contohkota.go.id
Original-Recipient: rfc822;siti@contohkota.go.id
Action: failed
Status: 5.1.1
Diagnostic-Code: smtp; 550 5.1.1
    <inbox7@contohkota.go.id> unknown

--B
Content-Type: {kind}

Return-Path: <layanan+b.1.x@contohkota.go.id>
Message-ID: <kunci@contohkota.go.id>
Subject: Diterima

--B--
"""


@pytest.mark.parametrize(
    "kind", ["message/rfc822", "text/rfc822-headers", "message/global-headers", "message/rfc822-headers"]
)
def test_the_first_failed_recipient_is_told_with_the_message_it_was_about(kind):
    found = bounce(POSTFIX.format(kind=kind))
    assert found.action == "failed"
    assert found.status == "5.1.1"
    assert found.recipient == "siti@contohkota.go.id"
    assert found.diagnostic == "550 5.1.1 <inbox7@contohkota.go.id> unknown"
    assert found.original_message_id == "<kunci@contohkota.go.id>"
    assert found.envelope_id == "env-17"


def test_a_delay_is_not_a_failure():
    found = bounce(POSTFIX.format(kind="message/rfc822").replace("Action: failed", "Action: relayed"))
    assert (found.action, found.recipient) == ("delayed", "budi@contohkota.go.id")


def test_an_action_that_is_missing_follows_from_the_status():
    found = bounce(POSTFIX.format(kind="message/rfc822").replace("Action: failed\n", ""))
    assert (found.action, found.status) == ("failed", "5.1.1")


def test_a_status_body_in_base64_is_decoded():
    raw = """Content-Type: multipart/report; report-type=delivery-status; boundary=B

--B
Content-Type: message/delivery-status
Content-Transfer-Encoding: base64

RmluYWwtUmVjaXBpZW50OiByZmM4MjI7IGFAYi5nby5pZApBY3Rpb246IGZhaWxlZAo=
--B--
"""
    assert bounce(raw).recipient == "a@b.go.id"


def test_qmail_is_read_from_its_text():
    raw = """Return-Path: <>
From: MAILER-DAEMON@mx.example.go.id
Subject: failure notice

Hi. This is the qmail-send program at mx.example.go.id.

<siti@example.go.id>:
Sorry, no mailbox here by that name. (#5.1.1)

--- Below this line is a copy of the message.

Return-Path: <layanan@contohkota.go.id>
Message-ID: <kunci@contohkota.go.id>
Subject: Diterima
"""
    found = bounce(raw)
    assert found.action == "failed"
    assert (found.recipient, found.status) == ("siti@example.go.id", "5.1.1")
    assert found.original_message_id == "<kunci@contohkota.go.id>"
    assert "no mailbox here" in found.diagnostic


def test_exim_names_the_recipient_in_its_header():
    raw = "X-Failed-Recipients: siti@example.go.id\nSubject: Mail delivery failed\n\nThis is a copy of the message:\n\nMessage-Id:\n <kunci@x>\n"
    found = bounce(raw)
    assert (found.recipient, found.original_message_id) == ("siti@example.go.id", "<kunci@x>")


def test_a_status_full_of_rubbish_is_passed_over():
    raw = (
        "Content-Type: multipart/report; report-type=delivery-status; boundary=B\n\n--B\nContent-Type: message/delivery-status\n\n"
        + "rubbish\n" * 5000
    )
    assert (
        bounce(raw + "\nFinal-Recipient: rfc822; a@b.go.id\nAction: failed\n--B--\n").recipient == "a@b.go.id"
    )
