"""A Maildir as the way out: one file per sending, whole or not at all, with its envelope on top."""

import asyncio
import mailbox

import pytest

from mailflow.outbox.contract import Envelope
from mailflow.outbox.maildir import MaildirTransport

ENVELOPE = Envelope(sender="layanan@contohkota.go.id", recipient="siti@example.go.id")


def send(path, *letters, granted=True, envelope=ENVELOPE):
    async def claim():
        return granted

    async def run():
        transport = MaildirTransport(path)
        return [await transport.send(envelope, each, claim) for each in letters]

    return asyncio.run(run())


def files(path, folder="new"):
    return sorted((path / folder).iterdir())


def test_each_sending_is_a_file_also_of_the_same_bytes(tmp_path):
    assert [each.result for each in send(tmp_path, b"A: 1\r\n\r\n", b"A: 1\r\n\r\n")] == ["sent", "sent"]
    assert len(files(tmp_path)) == 2
    assert files(tmp_path, "tmp") == []


def test_the_envelope_stands_on_top_and_the_letter_is_untouched(tmp_path):
    send(tmp_path, b"Subject: x\r\n\r\nisi\r\n")
    assert files(tmp_path)[0].read_bytes() == (
        b"Return-Path: <layanan@contohkota.go.id>\r\nDelivered-To: siti@example.go.id\r\nSubject: x\r\n\r\nisi\r\n"
    )
    assert mailbox.Maildir(tmp_path).values()[0]["Delivered-To"] == "siti@example.go.id"


def test_names_sort_in_the_order_of_sending_also_after_a_restart(tmp_path):
    send(tmp_path, *(b"A: %d\r\n\r\n" % number for number in range(12)))
    send(tmp_path, b"A: 12\r\n\r\n")
    assert [int(file.read_bytes().split(b"A: ")[1]) for file in files(tmp_path)] == list(range(13))


def test_a_refused_claim_leaves_no_file(tmp_path):
    assert send(tmp_path, b"A: 1\r\n\r\n", granted=False)[0].result == "skipped"
    assert files(tmp_path) == files(tmp_path, "tmp") == []


def test_a_claim_that_fails_leaves_no_file(tmp_path):
    async def broken():
        raise RuntimeError("away")

    with pytest.raises(RuntimeError, match="away"):
        asyncio.run(MaildirTransport(tmp_path).send(ENVELOPE, b"A: 1\r\n\r\n", broken))
    assert files(tmp_path) == files(tmp_path, "tmp") == []


def test_a_folder_that_cannot_be_written_is_tried_again_later(tmp_path):
    (tmp_path / "keluar").write_text("a file stands where the folder should be")
    assert send(tmp_path / "keluar", b"A: 1\r\n\r\n")[0].result == "temporary"


def test_an_address_cannot_add_a_header(tmp_path):
    envelope = Envelope(sender="a@contohkota.go.id", recipient="x@example.go.id\r\nBcc: y@example.go.id")
    assert send(tmp_path, b"A: 1\r\n\r\n", envelope=envelope)[0].result == "permanent"
