"""A machine is told from a person by its headers, and the header is named."""

import pytest

from parsers.addresses import senders
from parsers.headers import split
from parsers.origin import origin_of
from parsers.walk import Walker

OWN = frozenset({"layanan@contohkota.go.id"})


def origin(*fields, sender="Siti <siti@contohkota.go.id>", body="Halo"):
    raw = ("\r\n".join([f"From: {sender}", *fields]) + "\r\n\r\n" + body + "\r\n").encode()
    root = Walker(max_parts=100, max_depth=20).part(raw, 0, len(raw), None)
    return origin_of(root.headers, root, senders(root.headers)[0], own_addresses=OWN)


REPORT = "--b\r\nContent-Type: text/plain\r\n\r\nmaaf\r\n--b\r\nContent-Type: {}\r\n\r\nX: y\r\n--b--"

TABLE = [
    (["Subject: Lupa passphrase"], "person", "no header"),
    (["Auto-Submitted: no"], "person", "no header"),
    (["Return-Path: <siti@contohkota.go.id>", "Precedence: normal"], "person", "no header"),
    (["X-Auto-Response-Suppress: All"], "person", "no header"),
    (["Subject: Automatic reply: surat"], "person", "no header"),
    (["Subject: Sedang cuti, mohon info"], "person", "no header"),
    (["Return-Path: <>"], "auto-reply", "Return-Path: <>"),
    (["Auto-Submitted: auto-replied"], "auto-reply", "Auto-Submitted: auto-replied"),
    (['Auto-Submitted: Auto-Generated; owner-email="x@y"'], "auto-reply", "Auto-Submitted: auto-generated"),
    (["Auto-Submitted: something-new"], "auto-reply", "Auto-Submitted"),
    (["X-Autoreply: yes"], "auto-reply", "x-autoreply"),
    (["X-Autoreply: no"], "person", "no header"),
    (["Precedence: auto_reply"], "auto-reply", "Precedence"),
    (["Subject: Automatic reply: Tugas", "X-Auto-Response-Suppress: All"], "auto-reply", "X-Auto-Response-Suppress"),
    (["Subject: Balasan otomatis: Tugas", "In-Reply-To: <a@b>"], "auto-reply", "In-Reply-To"),
    (["Subject: Out of office", "Precedence: bulk"], "auto-reply", "Precedence"),
    (["Precedence: bulk"], "list", "Precedence: bulk"),
    (["Precedence: List"], "list", "Precedence: list"),
    (["Precedence: junk"], "list", "Precedence: junk"),
    (["List-Id: <a.b>"], "list", "List-Id"),
    (["List-Unsubscribe: <mailto:a@b>"], "list", "List-Unsubscribe"),
    (["Received: x"] * 51, "list", "Received"),
    (["Received: x"] * 50, "person", "no header"),
    (["X-Failed-Recipients: a@b.go.id", "Auto-Submitted: auto-replied"], "bounce", "X-Failed-Recipients"),
    (["Return-Path: <>", "Subject: Undelivered Mail Returned to Sender"], "bounce", "Return-Path"),
]  # fmt: skip


@pytest.mark.parametrize(("fields", "kind", "reason"), TABLE)
def test_headers_decide_and_are_named(fields, kind, reason):
    found = origin(*fields)
    assert found.kind == kind
    assert reason in found.reason


REPORTS = [
    ("multipart/report; report-type=delivery-status; boundary=b", "message/delivery-status", "bounce"),
    ('multipart/report; report-type="Disposition-Notification"; boundary=b', "message/disposition-notification", "report"),
    ("multipart/report; report-type=feedback-report; boundary=b", "message/feedback-report", "report"),
    ("multipart/report; boundary=b", "message/delivery-status", "bounce"),
    ("multipart/mixed; boundary=b", "message/delivery-status", "bounce"),
    ("multipart/report; report-type=tlsrpt; boundary=b", "application/tlsrpt+json", "report"),
]  # fmt: skip


@pytest.mark.parametrize(("outer", "inner", "kind"), REPORTS)
def test_reports_are_told_by_their_type(outer, inner, kind):
    assert origin(f"Content-Type: {outer}", body=REPORT.format(inner)).kind == kind


def test_a_bounce_somebody_forwards_is_a_persons_mail():
    inner = "Content-Type: multipart/report; report-type=delivery-status; boundary=c\r\n\r\n--c\r\nContent-Type: message/delivery-status\r\n\r\nX: y\r\n--c--"
    body = f"--b\r\n\r\nLihat ini\r\n--b\r\nContent-Type: message/rfc822\r\n\r\n{inner}\r\n--b--"
    assert origin("Content-Type: multipart/mixed; boundary=b", body=body).kind == "person"


@pytest.mark.parametrize(
    "sender", ["layanan@contohkota.go.id", "X <LAYANAN@CONTOHKOTA.GO.ID>", "layanan+b.1.x@contohkota.go.id"]
)
def test_our_own_mail_is_ours(sender):
    assert origin(sender=sender).kind == "own"


def test_our_own_address_beside_another_is_ours_too():
    assert origin("From: layanan@contohkota.go.id").kind == "own"


@pytest.mark.parametrize("sender", ["no-reply@bsre.bssn.go.id", "ams@mail.bsre.bssn.go.id"])
def test_a_notice_of_the_certification_authority_is_no_request(sender):
    assert origin("Auto-Submitted: auto-generated", sender=sender).kind == "ams-notice"


def test_a_look_alike_domain_is_not_the_authority():
    assert origin(sender="no-reply@bssn.go.id.example.com").kind == "person"
    assert origin(sender="no-reply@notbssn.go.id").kind == "person"


def test_a_mail_system_without_a_bounce_is_an_automatic_mail():
    assert origin("Subject: Quota", sender="MAILER-DAEMON@mx.contohkota.go.id").kind == "auto-reply"


def test_the_header_alone_can_be_judged():
    headers, _ = split(b"From: a@contohkota.go.id\r\nList-Id: <x.y>\r\n\r\n")
    assert origin_of(headers, None, senders(headers)[0], own_addresses=OWN).kind == "list"
