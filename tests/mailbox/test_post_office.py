"""The circuit that other tests rely on: submission, delivery, bounce, all by real servers."""

import smtplib

import pytest

from tests.support.plain import plain_letter as letter
from tests.support.post_office import AUTHSERV_ID


def test_mail_goes_round_and_what_cannot_be_delivered_comes_back(post_office):
    post_office.submit(letter(1), "andi", "layanan+a.1.token")
    (arrived,) = post_office.await_mail("layanan")
    assert "Delivered-To: layanan+a.1.token@contohkota.go.id" in arrived
    assert f"Authentication-Results: {AUTHSERV_ID}; dmarc=pass" in arrived

    post_office.submit(letter(2), "layanan+b.2.token", "tidak.ada")
    bounce = post_office.await_mail("layanan", 2)[1]
    assert "Delivered-To: layanan+b.2.token@contohkota.go.id" in bounce
    assert "Action: failed" in bounce
    assert "Return-Path: <>" in bounce

    post_office.submit(letter(3), "penipu@example.go.id", "layanan")
    assert "Authentication-Results" not in post_office.await_mail("layanan", 3)[2]


def test_lmtp_refuses_whom_nobody_knows(dovecot):
    with pytest.raises(smtplib.SMTPRecipientsRefused):
        dovecot.deliver(letter(), "tidak.ada")
