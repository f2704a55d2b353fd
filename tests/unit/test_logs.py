"""The log names no person."""

import io
import json
import sys

import structlog

from mailflow import logs


def logged(monkeypatch, speak) -> list[dict]:
    out = io.StringIO()
    monkeypatch.setattr(sys, "stderr", out)
    logs.configure()
    try:
        speak(structlog.get_logger("mailflow"))
    finally:
        structlog.reset_defaults()
    return [json.loads(line) for line in out.getvalue().splitlines()]


def test_an_address_in_a_servers_answer_is_masked_and_the_rest_kept(monkeypatch):
    (line,) = logged(
        monkeypatch,
        lambda log: log.warning("letter", reply="550 5.1.1 <siti@contohkota.go.id>: unknown", outbox=7),
    )
    assert line["reply"] == "550 5.1.1 <***@contohkota.go.id>: unknown"
    assert line["outbox"] == 7


def test_the_mailbox_is_named_in_full(monkeypatch):
    (line,) = logged(
        monkeypatch,
        lambda log: log.info("open", mailbox="imap://layanan%40contohkota.go.id@mail.contohkota.go.id/INBOX"),
    )
    assert line["mailbox"] == "imap://layanan%40contohkota.go.id@mail.contohkota.go.id/INBOX"


def test_an_exception_is_named_with_its_place_but_not_with_what_it_says(monkeypatch):
    def speak(log) -> None:
        try:
            int("Siti Rahmawati")
        except ValueError:
            log.exception("failed")

    (line,) = logged(monkeypatch, speak)
    assert "Siti" not in json.dumps(line)
    assert "ValueError" in json.dumps(line)
    assert "test_logs.py" in json.dumps(line)
