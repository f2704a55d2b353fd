"""Over the line only what may be read there: TLS verified, login kept secret, nothing in clear but on loopback."""

import asyncio
import base64

import pytest

from mailflow.errors import ConfigurationError
from mailflow.outbox.contract import Envelope
from mailflow.outbox.maildir import MaildirTransport
from mailflow.outbox.settings import SmtpSettings
from mailflow.outbox.smtp import SmtpTransport, open_transport
from tests.outbox.servers import Scripted, real_server
from tests.support.certificates import make_certificate

LETTER = b"Subject: Disetujui\r\n\r\nYth. Ibu Siti,\r\n.titik\r\n"
ENVELOPE = Envelope(sender="layanan@contohkota.go.id", recipient="siti@example.go.id")
PASSWORD = "benar-sekali"


async def granted():
    return True


def deliver(scheme, server, times=1, **settings):
    async def run():
        async with server as (place, kept):
            transport = SmtpTransport(
                SmtpSettings(url=f"{scheme}://{place}", **settings), patience=20, dot_patience=20
            )
            found = [await transport.send(ENVELOPE, LETTER, granted) for _ in range(times)]
            await transport.close()
            return found, kept

    return asyncio.run(run())


def test_implicit_tls_with_a_trusted_certificate_carries_the_letter(certificate):
    (delivery,), kept = deliver(
        "smtps", real_server(certificate, implicit=True), ca_file=certificate.authority
    )
    assert delivery.result == "sent"
    assert kept.envelopes[0].content == LETTER


def test_starttls_with_login_carries_many_letters_over_one_connection(certificate):
    found, kept = deliver(
        "smtp",
        real_server(certificate, login=True, require_starttls=True),
        times=5,
        username="layanan",
        password=PASSWORD,
        ca_file=certificate.authority,
    )
    assert {each.result for each in found} == {"sent"}
    assert len(kept.envelopes) == 5
    assert kept.logins == [("layanan", PASSWORD)]


@pytest.mark.parametrize(("scheme", "implicit"), [("smtps", True), ("smtp", False)])
def test_a_certificate_of_another_authority_stops_the_letter(certificate, tmp_path, scheme, implicit):
    other = make_certificate(tmp_path, authority_name="Otoritas Lain")
    (delivery,), kept = deliver(scheme, real_server(certificate, implicit=implicit), ca_file=other.authority)
    assert (delivery.result, delivery.phase) == ("temporary", "connect")
    assert "certificate verify failed" in delivery.reply
    assert kept.envelopes == []


@pytest.mark.parametrize(("scheme", "implicit"), [("smtps", True), ("smtp", False)])
def test_a_certificate_for_another_host_stops_the_letter(tmp_path, scheme, implicit):
    other = make_certificate(tmp_path, names=("mail.example.go.id",))
    (delivery,), kept = deliver(scheme, real_server(other, implicit=implicit), ca_file=other.authority)
    assert (delivery.result, delivery.phase) == ("temporary", "connect")
    assert kept.envelopes == []


def test_a_server_without_starttls_gets_neither_letter_nor_password():
    server = Scripted()

    async def run():
        async with server.running():
            settings = server.settings(tls="starttls", username="layanan", password=PASSWORD)
            return await SmtpTransport(settings, patience=20).send(ENVELOPE, LETTER, granted)

    delivery = asyncio.run(run())
    assert (delivery.result, delivery.phase) == ("temporary", "connect")
    assert "STARTTLS" in delivery.reply
    assert [each.split(" ")[0] for each in server.commands] == ["EHLO"]


def test_a_refused_login_names_the_remedy_and_never_the_password(certificate):
    (delivery,), kept = deliver(
        "smtp",
        real_server(certificate, login=True),
        username="layanan",
        password="salah-sekali",
        ca_file=certificate.authority,
    )
    assert (delivery.result, delivery.phase) == ("temporary", "connect")
    assert "535" in delivery.reply
    assert "smtp.password" in delivery.reply
    assert "salah-sekali" not in delivery.reply
    assert kept.envelopes == []


def test_a_server_that_repeats_the_password_is_not_quoted():
    login = base64.b64encode(f"\0layanan\0{PASSWORD}".encode()).decode()
    server = Scripted(
        extensions=("AUTH PLAIN",), script={"auth": "235 masuk", "mail": f"550 tidak: {PASSWORD} {login}"}
    )

    async def run():
        async with server.running():
            settings = server.settings(username="layanan", password=PASSWORD)
            return await SmtpTransport(settings, patience=20).send(ENVELOPE, LETTER, granted)

    assert asyncio.run(run()).reply == "550 tidak: *** ***"


def test_the_password_is_not_in_the_settings_shown():
    assert PASSWORD not in repr(
        SmtpSettings(url="smtps://mail.example.go.id", username="layanan", password=PASSWORD)
    )


@pytest.mark.parametrize(
    ("settings", "named"),
    [
        ({"url": "smtp://mail.example.go.id", "tls": "none"}, "loopback"),
        ({"url": "smtp://mail.example.go.id", "tls": "implicit"}, "smtps://"),
        ({"url": "smtps://mail.example.go.id", "tls": "none"}, "contradict"),
        ({"url": "smtps://layanan:rahasia@mail.example.go.id"}, "username and password"),
        ({"url": "smtps://mail.example.go.id/pub"}, "nothing more"),
        ({"url": "smtps://mail.example.go.id:99999"}, "valid host and port"),
        ({"url": "mail.example.go.id"}, "must begin"),
        ({"url": "smtps://mail.example.go.id", "username": "layanan"}, "belong together"),
        (
            {"url": "smtps://mail.example.go.id", "username": "layanan", "password": "x\n"},
            "control character",
        ),
        ({"url": "smtps://mail.example.go.id", "hostname": "dua kata"}, "EHLO"),
        ({"url": "maildir://relatif"}, "absolute path"),
        ({"url": "smtp://127.0.0.1", "tls": "none", "ca_file": "x.pem"}, "ca_file"),
    ],
)
def test_settings_that_make_no_sense_are_refused_before_anything_is_dialled(settings, named):
    with pytest.raises(ConfigurationError, match=named) as refused:
        open_transport(SmtpSettings(**settings))
    assert "rahasia" not in str(refused.value)


def test_a_missing_ca_file_is_refused_by_name(tmp_path):
    with pytest.raises(ConfigurationError, match="smtp"):
        open_transport(SmtpSettings(url="smtps://mail.example.go.id", ca_file=tmp_path / "tidak-ada.pem"))


def test_the_url_chooses_the_way_out(tmp_path):
    assert isinstance(open_transport(SmtpSettings(url="smtps://mail.example.go.id")), SmtpTransport)
    assert isinstance(open_transport(SmtpSettings(url=f"maildir://{tmp_path}/keluar")), MaildirTransport)
