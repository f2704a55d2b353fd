"""What becomes of a letter when a server misbehaves, phase by phase."""

import asyncio

import pytest

from mailflow.outbox.contract import Envelope
from mailflow.outbox.smtp import SmtpTransport
from tests.outbox.servers import CLOSE, SILENT, Scripted

LETTER = b"Subject: Disetujui\r\n\r\nYth. Ibu Siti,\r\n.titik di depan\r\n"
ENVELOPE = Envelope(
    sender="layanan+b.7@contohkota.go.id",
    recipient="siti.rahmawati@example.go.id",
    envid="k3v9=1+2@contohkota",
)


class Claim:
    def __init__(self, answer=True):
        self.answer, self.asked = answer, 0

    async def __call__(self):
        self.asked += 1
        return self.answer


def play(server, times=1, claim=None, envelope=ENVELOPE, letter=LETTER, **options):
    """Send the letter so many times over one transport; return the deliveries and the claim."""
    claim = claim or Claim()

    async def run():
        async with server.running():
            transport = SmtpTransport(server.settings(), **{"patience": 20, "dot_patience": 20} | options)
            deliveries = [await transport.send(envelope, letter, claim) for _ in range(times)]
            await transport.close()
            return deliveries

    return asyncio.run(run()), claim


def test_a_letter_is_taken_and_the_server_is_told_what_it_offered():
    server = Scripted()
    (delivery,), claim = play(server)
    assert (delivery.result, delivery.phase, delivery.reply) == ("sent", "data", "250 diterima")
    assert claim.asked == 1
    assert server.commands == [
        "EHLO contohkota.go.id",
        f"MAIL FROM:<layanan+b.7@contohkota.go.id> SIZE={len(LETTER)} RET=HDRS ENVID=k3v9+3D1+2B2@contohkota",
        "RCPT TO:<siti.rahmawati@example.go.id> NOTIFY=FAILURE,DELAY ORCPT=rfc822;siti.rahmawati@example.go.id",
        "DATA",
        "QUIT",
    ]
    assert server.messages == [b"Subject: Disetujui\r\n\r\nYth. Ibu Siti,\r\n..titik di depan\r\n.\r\n"]


def test_a_server_that_offers_nothing_is_asked_for_nothing():
    server = Scripted(extensions=())
    play(server)
    assert server.commands[1:3] == [
        "MAIL FROM:<layanan+b.7@contohkota.go.id>",
        "RCPT TO:<siti.rahmawati@example.go.id>",
    ]


def test_the_null_path_asks_for_no_report():
    server = Scripted()
    play(server, envelope=Envelope(sender="", recipient="siti@example.go.id"))
    assert server.commands[1].startswith("MAIL FROM:<> SIZE=")
    assert server.commands[2] == "RCPT TO:<siti@example.go.id>"


def test_an_address_beyond_ascii_is_carried_where_the_server_can():
    server = Scripted()
    (delivery,), _ = play(
        server, envelope=Envelope(sender="a@contohkota.go.id", recipient="sítí@example.go.id")
    )
    assert delivery.result == "sent"
    assert "SMTPUTF8" in server.commands[1]
    assert (
        server.commands[2]
        == "RCPT TO:<sítí@example.go.id> NOTIFY=FAILURE,DELAY ORCPT=utf-8;s\\x{ED}t\\x{ED}@example.go.id"
    )


def test_an_address_beyond_ascii_is_given_up_with_words_where_the_server_cannot():
    server = Scripted(extensions=())
    (delivery,), claim = play(
        server, envelope=Envelope(sender="a@contohkota.go.id", recipient="sítí@example.go.id")
    )
    assert (delivery.result, claim.asked) == ("permanent", 0)
    assert "SMTPUTF8" in delivery.reply


@pytest.mark.parametrize(
    "recipient", ["a@example.go.id> SIZE=1", "a@example.go.id\r\nRSET", "a b@example.go.id", "siti", ""]
)
def test_an_address_cannot_smuggle_a_command(recipient):
    server = Scripted()
    (delivery,), claim = play(server, envelope=Envelope(sender="a@contohkota.go.id", recipient=recipient))
    assert (delivery.result, claim.asked) == ("permanent", 0)
    assert not [each for each in server.commands if each.startswith(("MAIL", "RCPT"))]


@pytest.mark.parametrize("phase", ["greeting", "ehlo", "mail", "rcpt", "data"])
@pytest.mark.parametrize("ending", [CLOSE, SILENT])
def test_a_connection_lost_before_the_dot_is_tried_again_later(phase, ending):
    server = Scripted(script={phase: ending})
    (delivery,), claim = play(server, patience=0.2 if ending == SILENT else 20)
    shown = "connect" if phase in ("greeting", "ehlo") else phase
    assert (delivery.result, delivery.phase) == ("temporary", shown)
    assert delivery.reply
    assert claim.asked == (1 if phase == "data" else 0)
    assert server.messages == []


@pytest.mark.parametrize("ending", [CLOSE, SILENT])
def test_silence_after_the_dot_is_unknown(ending):
    server = Scripted(script={"dot": ending})
    (delivery,), _ = play(server, dot_patience=0.2 if ending == SILENT else 20)
    assert (delivery.result, delivery.phase) == ("unknown", "data")
    assert len(server.messages) == 1


@pytest.mark.parametrize("said", ["nonsense", "354 masih menunggu"])
def test_an_answer_to_the_dot_that_is_neither_yes_nor_no_is_unknown(said):
    (delivery,), _ = play(Scripted(script={"dot": said}))
    assert delivery.result == "unknown"


@pytest.mark.parametrize("phase", ["mail", "rcpt", "data", "dot"])
@pytest.mark.parametrize(
    ("code", "result"), [("451 4.3.0 nanti", "temporary"), ("554 5.7.1 tidak", "permanent")]
)
def test_a_refusal_says_by_its_code_whether_to_try_again(phase, code, result):
    server = Scripted(scripts=[{phase: code}])
    (delivery,), claim = play(server)
    assert (delivery.result, delivery.phase, delivery.reply) == (
        result,
        "data" if phase == "dot" else phase,
        code,
    )
    assert claim.asked == (1 if phase in ("data", "dot") else 0)
    assert server.commands[-2:] == ["RSET", "QUIT"]


@pytest.mark.parametrize("phase", ["greeting", "ehlo"])
@pytest.mark.parametrize("code", ["421 4.3.2 tutup", "554 5.7.1 tidak"])
def test_a_refusal_of_us_is_never_held_against_the_letter(phase, code):
    (delivery,), claim = play(Scripted(script={phase: code}))
    assert (delivery.result, delivery.phase, claim.asked) == ("temporary", "connect", 0)


@pytest.mark.parametrize("phase", ["mail", "rcpt"])
def test_a_wanted_login_is_our_matter_and_not_the_letters(phase):
    (delivery,), _ = play(Scripted(script={phase: "530 5.7.0 masuk dulu"}))
    assert delivery.result == "temporary"


def test_nobody_listening_is_tried_again_later():
    server = Scripted()

    async def run():
        async with server.running():
            pass
        return await SmtpTransport(server.settings(), patience=20).send(ENVELOPE, LETTER, Claim())

    delivery = asyncio.run(run())
    assert (delivery.result, delivery.phase) == ("temporary", "connect")


def test_many_letters_go_over_one_connection():
    server = Scripted()
    deliveries, claim = play(server, times=20)
    assert {each.result for each in deliveries} == {"sent"}
    assert (server.connections, len(server.messages), claim.asked) == (1, 20, 20)


@pytest.mark.parametrize("phase", ["mail", "rcpt", "data", "dot"])
def test_after_a_refusal_the_connection_serves_the_next_letter(phase):
    server = Scripted()
    refusing = {phase: "451 4.3.0 nanti"}
    server.scripts = [refusing]

    async def run():
        async with server.running():
            transport = SmtpTransport(server.settings(), patience=20, dot_patience=20)
            first = await transport.send(ENVELOPE, LETTER, Claim())
            refusing.clear()
            second = await transport.send(ENVELOPE, LETTER, Claim())
            await transport.close()
            return first, second

    first, second = asyncio.run(run())
    assert (first.result, second.result, server.connections) == ("temporary", "sent", 1)
    assert "RSET" in server.commands


def test_a_refused_claim_sends_nothing_and_leaves_the_connection_usable():
    server = Scripted()

    async def run():
        async with server.running():
            transport = SmtpTransport(server.settings(), patience=20, dot_patience=20)
            skipped = await transport.send(ENVELOPE, LETTER, Claim(False))
            sent_then = list(server.messages)
            sent = await transport.send(ENVELOPE, LETTER, Claim())
            await transport.close()
            return skipped, sent_then, sent

    skipped, sent_then, sent = asyncio.run(run())
    assert (skipped.result, sent_then, sent.result, server.connections) == ("skipped", [], "sent", 1)
    assert server.commands.count("DATA") == 1


@pytest.mark.parametrize("tired", [CLOSE, "421 4.7.0 terlalu lama"])
def test_a_server_that_hung_up_between_letters_is_dialled_again_at_once(tired):
    first_only = {}
    server = Scripted(scripts=[first_only])

    async def run():
        async with server.running():
            transport = SmtpTransport(server.settings(), patience=20, dot_patience=20)
            first = await transport.send(ENVELOPE, LETTER, Claim())
            first_only["mail"] = tired
            second = await transport.send(ENVELOPE, LETTER, Claim())
            await transport.close()
            return first, second

    first, second = asyncio.run(run())
    assert (first.result, second.result, server.connections) == ("sent", "sent", 2)


def test_an_unknown_ending_lets_the_next_letter_connect_anew():
    server = Scripted(scripts=[{"dot": CLOSE}])
    deliveries, _ = play(server, times=2)
    assert [each.result for each in deliveries] == ["unknown", "sent"]
    assert server.connections == 2


def test_a_letter_over_the_servers_size_is_not_offered_to_it():
    server = Scripted(extensions=("SIZE 40",))
    (delivery,), claim = play(server)
    assert (delivery.result, claim.asked) == ("permanent", 0)
    assert str(len(LETTER)) in delivery.reply
    assert "40" in delivery.reply
    assert not [each for each in server.commands if each.startswith("MAIL")]


@pytest.mark.parametrize("offer", ["SIZE", "SIZE 0", "SIZE banyak"])
def test_a_server_without_a_size_limit_takes_any(offer):
    (delivery,), _ = play(Scripted(extensions=(offer,)))
    assert delivery.result == "sent"


def test_the_recipient_is_not_written_into_the_reply():
    said = "550 5.1.1 <Siti.Rahmawati@example.go.id>: user siti.rahmawati unknown"
    (delivery,), _ = play(Scripted(script={"rcpt": said}))
    assert delivery.reply == "550 5.1.1 <(recipient)>: user (recipient) unknown"


def test_a_cancelled_sending_closes_the_connection():
    server = Scripted(scripts=[{"rcpt": SILENT}])

    async def run():
        async with server.running():
            transport = SmtpTransport(server.settings(), patience=20, dot_patience=20)
            task = asyncio.create_task(transport.send(ENVELOPE, LETTER, Claim()))
            await server.silent.wait()
            task.cancel()
            with pytest.raises(asyncio.CancelledError):
                await task
            after = await transport.send(ENVELOPE, LETTER, Claim())
            await transport.close()
            return after

    assert asyncio.run(run()).result == "sent"
    assert server.connections == 2


def test_a_claim_that_fails_is_raised_and_nothing_is_sent():
    server = Scripted()

    async def broken():
        raise RuntimeError("the database is away")

    with pytest.raises(RuntimeError, match="away"):
        play(server, claim=broken)
    assert server.messages == []


def test_two_sendings_at_once_do_not_mix():
    server = Scripted()

    async def run():
        async with server.running():
            transport = SmtpTransport(server.settings(), patience=20, dot_patience=20)
            letters = [b"Subject: %d\r\n\r\nisi\r\n" % number for number in range(10)]
            found = await asyncio.gather(*(transport.send(ENVELOPE, each, Claim()) for each in letters))
            await transport.close()
            return found

    assert {each.result for each in asyncio.run(run())} == {"sent"}
    assert (server.connections, len(set(server.messages))) == (1, 10)
