"""Without a word of the mail server: a signature of the sender's own domain is verified by ourselves, with keys from the DNS."""

import json
from dataclasses import replace

import dns.exception
import pytest

from mailflow.trust.keys import Keys
from tests.support.counter import OFFICER, Counter, text_of
from tests.support.name_server import NameServer, Signer

OURS = Signer("contohkota.go.id")
STRANGERS = Signer("contohkota-go.example.id", key=32)
ON_TRIAL = Signer("contohkota.go.id", "trial", key=33, flags="t=y; ")
SIGNERS = (OURS, STRANGERS, ON_TRIAL)


@pytest.fixture(scope="module")
def name_server():
    with NameServer({each.name: each.record for each in SIGNERS}) as running:
        yield running


@pytest.fixture
def counter(tmp_path, name_server):
    """One complete request before one officer, at a counter that believes nobody but the DNS."""
    trust = f'name_servers = ["{name_server.address}"]'
    with Counter(tmp_path, mode="authenticated", undo=10, keys={"trust": trust}) as counter:
        counter.complete_request()
        yield counter


def word(counter, text="SETUJU"):
    return counter.mail(OFFICER, text, answers=counter.task_letter()).replace(b"\n", b"\r\n")


def decision(counter):
    return counter.tasks[0]["decision"]


def test_a_word_signed_by_the_officers_domain_counts_without_a_word_of_the_mail_server(counter):
    counter.receive(OURS.signs(word(counter)))
    assert decision(counter) == "approve"


FORGED = {
    "not signed at all": lambda raw: raw,
    "signed by another domain": STRANGERS.signs,
    "another text than was signed": lambda raw: OURS.signs(raw).replace(b"SETUJU", b"SETUJU.", 1),
    "another subject than was signed": lambda raw: OURS.signs(raw).replace(
        b"Subject: Re:", b"Subject: RE:", 1
    ),
    "only the first octets are signed": lambda raw: OURS.signs(raw, length=True),
    "the subject is not signed": lambda raw: OURS.signs(raw, covered=[b"from", b"to", b"date"]),
    "a key on trial": ON_TRIAL.signs,
    "a key nobody has": lambda raw: Signer("contohkota.go.id", "gone", key=34).signs(raw),
}


@pytest.mark.parametrize("forged", FORGED.values(), ids=FORGED)
def test_a_word_whose_signature_proves_too_little_decides_nothing(counter, forged):
    told = counter.receive(forged(word(counter)))
    assert decision(counter) is None
    assert [each["To"] for each in told] == [OFFICER]
    assert "tidak dihitung" in " ".join(text_of(told[0]).split())


def test_the_right_one_of_several_signatures_is_enough(counter):
    counter.receive(STRANGERS.signs(ON_TRIAL.signs(OURS.signs(word(counter)))))
    assert decision(counter) == "approve"


def test_a_name_server_that_is_away_is_no_pass_and_holds_nothing_up(counter):
    asked = []

    def nobody(name):
        asked.append(name)
        raise dns.exception.Timeout

    counter.office = replace(counter.office, keys=Keys(counter.clock, ask=nobody))
    for _ in range(3):
        counter.receive(OURS.signs(word(counter)))
    assert decision(counter) is None
    assert len(asked) == 1, "it is not asked again for every message"


def test_a_key_is_asked_for_once(counter, name_server):
    before = len(name_server.asked)
    for text in ("SETUJU", "BATAL", "SETUJU"):
        counter.receive(OURS.signs(word(counter, text)))
    assert decision(counter) == "approve"
    assert len(name_server.asked) == before + 1


def test_what_was_proven_when_it_came_is_kept_with_the_message(counter):
    counter.receive(OURS.signs(word(counter)))
    with counter.office.database.reading() as session:
        (facts,) = (
            session.connection().exec_driver_sql("SELECT facts FROM message ORDER BY id DESC LIMIT 1").one()
        )
    (signature,) = json.loads(counter.office.keyring.open(facts))["dkim"]
    assert (signature["domain"], signature["result"]) == ("contohkota.go.id", "pass")


def test_every_field_of_the_topmost_block_counts_and_none_below_it(counter):
    ours = b"Authentication-Results: mx.contohkota.go.id; "
    opendkim, opendmarc = (
        ours + b"dkim=pass header.d=else.example\r\n",
        ours + b"dmarc=pass header.from=contohkota.go.id\r\n",
    )
    received = b"Received: from a by b; Tue, 17 Mar 2026 09:12:00 +0700\r\n"
    counter.receive(opendkim + received + opendmarc + word(counter))
    assert decision(counter) is None, "a field that came with the message is below Received"
    counter.receive(
        opendkim + b"DKIM-Filter: OpenDKIM Filter v2.11.0\r\n" + opendmarc + received + word(counter)
    )
    assert decision(counter) == "approve"


def test_an_explicit_failure_in_any_field_of_the_block_wins(counter):
    ours = b"Authentication-Results: mx.contohkota.go.id; "
    passes, fails = (
        ours + b"dkim=pass header.d=contohkota.go.id\r\n",
        ours + b"dmarc=fail header.from=contohkota.go.id\r\n",
    )
    counter.receive(passes + fails + word(counter))
    assert decision(counter) is None
