"""Forged and genuine words through Postfix with each mail filter, in from outside as strangers' mail comes: `make test-servers`."""

import itertools
import smtplib
from contextlib import ExitStack
from dataclasses import dataclass

import pytest

from tests.support.daemon import ADMIN, APPLICANT, AUTHSERV_ID, DEPARTMENT, OFFICER, Daemon
from tests.support.dovecot import Dovecot
from tests.support.milters import OpenDkim, OpenDmarc, Rspamd
from tests.support.name_server import NameServer
from tests.support.people import Person
from tests.support.postfix import Postfix
from tests.support.server import DOMAIN, START
from tests.support.signing import pem, record, rsa, signed
from tests.support.writing import complete_request, mail

_resolvers = (f"127.0.0.{number}" for number in itertools.count(77))
"""Filters ask at port 53 alone: each office has an address of its own."""
USERS = tuple(each.partition("@")[0] for each in (DEPARTMENT, OFFICER, APPLICANT, ADMIN))
RECORDS = {
    f"pos._domainkey.{DOMAIN}": record(),
    "pos._domainkey.penyerang.example.go.id": record(),
    f"_dmarc.{DOMAIN}": "v=DMARC1; p=none",
}
ALWAYS = f"AlwaysAddARHeader yes\nRemoveARFrom {AUTHSERV_ID}\n"
PASS = (
    f"Authentication-Results: {AUTHSERV_ID}; dmarc=pass header.from={DOMAIN}; dkim=pass header.d={DOMAIN}\r\n"
)
OUTSIDE = "203.0.113.9"


@dataclass(frozen=True)
class Border:
    """Filters in their order, and whether their word is believed in the end."""

    filters: tuple = ()
    proven: bool = True


def signing(more=""):
    return lambda resolver: OpenDkim(resolver, more).signs(pem(rsa()).decode())


BORDERS = {
    "no filter": Border(proven=False),
    "OpenDKIM under another name": Border((lambda resolver: OpenDkim(resolver, name="host"),), proven=False),
    "OpenDKIM that signs too": Border((signing(),), proven=False),
    "OpenDKIM that signs too, told to remove": Border((signing(ALWAYS),), proven=False),
    "OpenDKIM": Border((lambda resolver: OpenDkim(resolver, ALWAYS),)),
    "OpenDKIM and OpenDMARC": Border((lambda resolver: OpenDkim(resolver, ALWAYS), OpenDmarc)),
    "rspamd": Border((Rspamd,)),
}


class Office:
    """Dovecot, Postfix with filters, and the daemon; mail comes in from an address outside."""

    def __init__(self, directory, border, stack, *, default_action="tempfail"):
        self.dovecot = stack.enter_context(Dovecot(USERS))
        resolver = next(_resolvers)
        stack.enter_context(NameServer(RECORDS, (resolver, 53)))
        self.filters = [stack.enter_context(each(resolver)) for each in border.filters]
        settings = f"""
smtpd_milters = {", ".join(each.place for each in self.filters)}
milter_default_action = {default_action}
milter_connect_timeout = 3s
smtpd_authorized_xclient_hosts = 127.0.0.1
relay_domains = {DOMAIN}
smtpd_recipient_restrictions = permit_mynetworks, reject_unauth_destination
"""
        transport = f"lmtp:inet:[127.0.0.1]:{self.dovecot.lmtp_port}"
        self.postfix = stack.enter_context(Postfix(transport, settings=settings, name=AUTHSERV_ID))
        self.daemon = stack.enter_context(
            Daemon(
                directory,
                mailbox=f"imap://127.0.0.1:{self.dovecot.port}",
                smtp=f"smtp://127.0.0.1:{self.postfix.port}",
            )
        )
        text = self.daemon.config.read_text()
        ours = f'border = "tested"\nname_servers = ["{resolver}:53"]'
        self.daemon.config.write_text(text.replace('border = "asserted"', ours))
        self.daemon.start()
        self.officer = Person(self, OFFICER)

    def comes(self, raw, sender):
        """One mail from outside, as its writer's server hands it in; raises what Postfix says."""
        with smtplib.SMTP("127.0.0.1", self.postfix.port, local_hostname="localhost", timeout=START) as smtp:
            smtp.ehlo()
            smtp.docmd("XCLIENT", f"ADDR={OUTSIDE} NAME=[UNAVAILABLE]")
            smtp.ehlo("pengirim.example.go.id")
            smtp.sendmail(sender, [DEPARTMENT], raw)

    def standing(self):
        """What became of the trial, when it has come to an end."""
        return self.daemon.until(
            lambda: [
                row[0] for row in self.daemon.rows("SELECT action FROM audit WHERE action LIKE 'border-%'")
            ],
            "the end of the trial",
        )

    def letters(self, subject):
        return [each for each in self.officer.inbox() if subject.lower() in str(each["Subject"]).lower()]

    def task(self):
        return self.daemon.until(lambda: self.letters("[Tugas]"), "the task")[-1]

    def decision(self):
        return self.daemon.rows("SELECT decision FROM task WHERE NOT quiet ORDER BY id")[0][0]

    def await_refusals(self, count):
        self.daemon.until(
            lambda: len(self.letters("hitung")) >= count or self.decision(), f"{count} words not counted"
        )


@pytest.fixture(params=BORDERS, scope="module")
def border(request):
    return BORDERS[request.param]


@pytest.fixture(scope="module")
def office(tmp_path_factory, border):
    with ExitStack() as stack:
        office = Office(tmp_path_factory.mktemp("milters"), border, stack)
        assert office.standing() == ["border-proven" if border.proven else "border-refuted"]
        office.comes(signed(complete_request()), APPLICANT)
        office.task()
        yield office


def word(office, sender=OFFICER, text="SETUJU"):
    return mail(text, sender=sender, answers=office.task())


def with_two_from(raw):
    return b"From: siapa@penyerang.example.go.id\r\n" + raw


FORGED = {
    "unsigned, with a forged pass": lambda raw: PASS.encode() + raw,
    "unsigned, with a forged pass under a forged Received": lambda raw: (
        b"Received: from a by b\r\n" + PASS.encode() + raw
    ),
    "unsigned, the name in capitals": lambda raw: (
        PASS.replace(AUTHSERV_ID, AUTHSERV_ID.upper()).encode() + raw
    ),
    "signed by another domain, with a forged pass": lambda raw: signed(
        PASS.encode() + raw, domain="penyerang.example.go.id"
    ),
    "signed by another domain, a forged pass on top": lambda raw: (
        PASS.encode() + signed(raw, domain="penyerang.example.go.id")
    ),
    "changed after it was signed": lambda raw: PASS.encode() + signed(raw).replace(b"SETUJU", b"SETUJU.", 1),
    "only its beginning signed": lambda raw: PASS.encode() + signed(raw, length=True) + b"lanjutkan\r\n",
    "another Subject on top of what was signed": lambda raw: b"Subject: SETUJU\r\n" + signed(raw),
}


def test_no_forged_word_counts_and_the_genuine_one_does(office):
    refused = len(office.letters("hitung"))
    for number, forge in enumerate(FORGED.values(), 1):
        office.comes(forge(word(office)), OFFICER)
        office.await_refusals(refused + number)
        assert office.decision() is None, list(FORGED)[number - 1]
    office.comes(with_two_from(signed(word(office))), OFFICER)
    office.comes(signed(word(office)), OFFICER)
    office.daemon.until(office.decision, "the genuine word")
    assert office.decision() == "approve"


@pytest.mark.parametrize("name", ["OpenDKIM", "OpenDKIM and OpenDMARC", "rspamd"])
def test_while_a_filter_that_fails_closed_is_down_nothing_comes_in(tmp_path, name):
    with ExitStack() as stack:
        office = Office(tmp_path, BORDERS[name], stack)
        assert office.standing() == ["border-proven"]
        office.filters[0].stop(hard=True)
        with pytest.raises(smtplib.SMTPException, match="451"):
            office.comes(PASS.encode() + complete_request(), APPLICANT)


@pytest.mark.parametrize("name", ["OpenDKIM", "OpenDKIM and OpenDMARC"])
def test_what_comes_past_a_filter_that_is_down_stands_too_deep_to_be_believed(tmp_path, name):
    with ExitStack() as stack:
        office = Office(tmp_path, BORDERS[name], stack, default_action="accept")
        assert office.standing() == ["border-proven"]
        office.comes(signed(complete_request()), APPLICANT)
        office.task()
        for each in office.filters:
            each.stop(hard=True)
        office.comes(PASS.encode() + word(office), OFFICER)
        office.await_refusals(1)
        assert office.decision() is None
