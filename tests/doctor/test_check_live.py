"""`mailflow check --live` over real Dovecot and Postfix: every step of the way in and out told by itself, nothing changed, nothing sent."""

import json

import pytest

from tests.cli.conftest import call
from tests.support.certificates import make_certificate
from tests.support.counter import KEY
from tests.support.server import DOMAIN, PASSWORD, ServerMissingError, free_port
from tests.support.servers import Dovecot, Postfix

__all__ = ["call"]

ADDRESS = f"layanan@{DOMAIN}"
_AUTH = "service auth {{\n  inet_listener {{\n    address = 127.0.0.1\n    port = {port}\n  }}\n}}\n"
_SASL = """
smtpd_tls_security_level = may
smtpd_tls_cert_file = {tls.chain}
smtpd_tls_key_file = {tls.key}
smtpd_sasl_auth_enable = yes
smtpd_sasl_type = dovecot
smtpd_sasl_path = inet:127.0.0.1:{port}
smtpd_tls_auth_only = yes
smtpd_sender_restrictions = check_sender_access inline:{{ditolak@{domain}=REJECT}}
"""

_DEPARTMENT = """
[department]
name = "Dinas"
address = "{address}"
domain = "{domain}"
ticket_prefix = "CK"
phone = "(0281) 555-0100"
complaints_contact = "Bapak Bagus Santoso"
complaints_phone = "0812-5550-0101"
[[officers]]
name = "Rina Kusuma"
email = "rina@{domain}"
[store]
url = "sqlite:///{place}/mailflow.db"
key = "{key}"
"""


@pytest.fixture(scope="module")
def tls(tmp_path_factory):
    return make_certificate(tmp_path_factory.mktemp("long"), names=("localhost",), days=90)


@pytest.fixture(scope="module")
def servers(tls):
    """Dovecot and Postfix with TLS and logins, both for `localhost` alone."""
    auth = free_port()
    try:
        with Dovecot(certificate=tls, extra=_AUTH.format(port=auth)) as dovecot:
            settings = _SASL.format(tls=tls, port=auth, domain=DOMAIN)
            with Postfix(f"lmtp:inet:[127.0.0.1]:{dovecot.lmtp_port}", settings=settings) as postfix:
                yield dovecot, postfix
    except ServerMissingError as missing:
        pytest.skip(str(missing))


@pytest.fixture
def check(call, tmp_path, tls, servers):
    """`check(mailbox={…}, smtp={…})`: exit code and what was found, by way and check; other keys than the right ones."""
    dovecot, postfix = servers

    def run(*, mailbox=(), smtp=(), address=ADDRESS, words=("--live",)):
        common = {"username": ADDRESS, "ca_file": str(tls.authority), "password": PASSWORD}
        way_in = {**common, "url": f"imaps://localhost:{dovecot.tls_port}", **dict(mailbox)}
        way_out = {**common, "url": f"smtp://localhost:{postfix.port}", **dict(smtp)}
        lines = [_DEPARTMENT.format(address=address, domain=DOMAIN, place=tmp_path, key=KEY)]
        for section, keys in (("mailbox", way_in), ("smtp", way_out)):
            lines += [
                f"[{section}]",
                *(f"{key} = {json.dumps(value)}" for key, value in keys.items() if value),
            ]
        (tmp_path / "mailflow.toml").write_text("\n".join(lines))
        said = call("check", *words, "--json", "--config", str(tmp_path / "mailflow.toml"))
        assert PASSWORD not in said.out + said.err
        assert "salah-sekali" not in said.out + said.err
        assert said.code in {0, 3}, said.err
        return said.code, {_key(each): each for each in said.data["live"] or []}

    return run


def _key(finding):
    side, _, folder = finding["where"].partition(" ")
    return side, f"{finding['check']} {folder.partition(' folder ')[2]}".strip()


def wrong(found):
    """What was found to be wrong; each names its remedy."""
    assert all(each["next"] for each in found.values() if each["verdict"] == "finding")
    return {key for key, each in found.items() if each["verdict"] == "finding"}


def test_all_that_is_sound_is_told_and_nothing_is_changed_or_sent(check, servers):
    dovecot, postfix = servers
    code, found = check()
    assert (code, wrong(found)) == (0, set())
    assert "untried" not in {each["verdict"] for each in found.values()}
    assert "MOVE yes, UIDPLUS yes, IDLE yes" in found["IMAP", "capabilities"]["what"]
    assert "89 days" in found["SMTP", "certificate"]["what"]
    assert "makes it" in found["IMAP", "folder Quarantine"]["what"]
    assert (dovecot.folders(), postfix.queue()) == ({"INBOX": 0}, "")


def test_without_live_nothing_is_visited(check, servers):
    logins = servers[0].log().count("Login")
    assert check(words=()) == (0, {})
    assert servers[0].log().count("Login") == logins


def test_wrong_passwords_are_told_on_both_sides_and_never_shown(check):
    password = {"password": "salah-sekali"}
    code, found = check(mailbox=password, smtp=password)
    assert (code, wrong(found)) == (3, {("IMAP", "login"), ("SMTP", "login")})
    assert "smtp.password" in found["SMTP", "login"]["next"]
    assert found["IMAP", "folder"]["verdict"] == found["SMTP", "sender"]["verdict"] == "untried"


def test_a_name_the_certificate_does_not_have_is_told_on_both_sides(check, servers):
    dovecot, postfix = servers
    code, found = check(
        mailbox={"url": f"imaps://127.0.0.1:{dovecot.tls_port}"},
        smtp={"url": f"smtp://127.0.0.1:{postfix.port}"},
    )
    assert (code, wrong(found)) == (3, {("IMAP", "tls"), ("SMTP", "tls")})
    assert all("not valid for '127.0.0.1'" in found[side, "tls"]["what"] for side in ("IMAP", "SMTP"))


@pytest.mark.parametrize(
    ("days", "check_name", "said"), [(-1, "tls", "expired"), (5, "certificate", "in 4 days")]
)
def test_a_certificate_that_has_expired_or_soon_will_is_told(check, tmp_path, days, check_name, said):
    old = make_certificate(tmp_path / "old", days=days)
    with (
        Dovecot(certificate=old) as dovecot,
        Postfix(
            "discard:",
            settings=f"smtpd_tls_security_level = may\nsmtpd_tls_cert_file = {old.chain}\nsmtpd_tls_key_file = {old.key}",
        ) as postfix,
    ):
        authority = {"ca_file": str(old.authority)}
        code, found = check(
            mailbox={"url": f"imaps://localhost:{dovecot.tls_port}", **authority},
            smtp={"url": f"smtp://localhost:{postfix.port}", "username": "", "password": "", **authority},
        )
    assert (code, wrong(found)) == (3, {("IMAP", check_name), ("SMTP", check_name)})
    assert all(said in found[side, check_name]["what"] for side in ("IMAP", "SMTP"))


def test_a_closed_port_is_told_and_does_not_hide_the_other_side(check):
    code, found = check(mailbox={"url": f"imaps://localhost:{free_port()}"})
    assert (code, wrong(found)) == (3, {("IMAP", "connect")})
    assert found["SMTP", "recipient"]["verdict"] == "fine"


def test_starttls_that_is_not_offered_is_told_and_no_password_is_said(check, dovecot, postfix):
    code, found = check(
        mailbox={"url": f"imap://localhost:{dovecot.port}"}, smtp={"url": f"smtp://localhost:{postfix.port}"}
    )
    assert (code, wrong(found)) == (3, {("IMAP", "tls"), ("SMTP", "tls")})
    assert "Login" not in dovecot.log()


def test_a_folder_that_cannot_be_made_and_one_that_is_missing_are_told(check):
    code, found = check(mailbox={"folder": "Masuk", "quarantine_folder": "a//b"})
    assert (code, wrong(found)) == (3, {("IMAP", "folder Masuk"), ("IMAP", "folder a//b")})


def test_a_sender_the_server_refuses_is_told(check):
    code, found = check(address=f"ditolak@{DOMAIN}")
    assert (code, wrong(found)) == (3, {("SMTP", "sender")})
    assert "[department] address" in found["SMTP", "sender"]["next"]


def test_maildirs_are_proven_by_writing_and_left_as_they_are(check, tmp_path):
    (tmp_path / "berkas").write_text("")
    code, found = check(
        mailbox={"url": f"maildir://{tmp_path}/masuk"}, smtp={"url": f"maildir://{tmp_path}/berkas/keluar"}
    )
    assert (code, wrong(found)) == (3, {("Maildir", "directory")})
    assert not (tmp_path / "masuk").exists()
