"""An officer's own, genuine, signed "Setuju." that was written to somebody else, or about something else, decides nothing here.

Whoever has such a mail can deliver it to us again: the envelope, and what servers note of it, are in nobody's signature.
"""

import re
from urllib.parse import unquote

import pytest

from tests.support.counter import APPLICANT, COUNTER, OFFICER, OFFICIAL, Counter, text_of
from tests.support.letters import PEOPLE

BENDAHARA = "bendahara@contohkota.go.id"
ALIAS = "helpdesk@contohkota.go.id"
PROOF = "Authentication-Results: mx.contohkota.go.id; dmarc=pass header.from=contohkota.go.id; dkim=pass header.d=contohkota.go.id"
KEYS = {
    "trust": "subaddressing = true",
    "limits": "replies_per_sender = 1000\nletters_per_recipient = 1000",
    "department": f'aliases = ["{ALIAS}"]',
}


def token_of(letter) -> str:
    return re.search(r"\b(a\.\d+\.[a-z2-7]{32})\b", unquote(letter.get_body(("html",)).get_content()))[1]


@pytest.fixture(scope="module")
def counter(tmp_path_factory):
    """One request before one officer, in a department whose officers have a word each that they take back."""
    with Counter(tmp_path_factory.mktemp("counter"), mode="authenticated", undo=10, keys=KEYS) as counter:
        asks = counter.mail(
            text="Mohon bantuan, saya lupa passphrase.", files=(counter.letter(), counter.csr())
        )
        counter.receive(f"{PROOF}\r\n".encode() + asks)
        yield counter


def genuine(
    counter: Counter, *above: str, to=f"Bendahara <{BENDAHARA}>", subject="Re: honor narasumber", more=()
) -> bytes:
    """The officer's signed mail; `above` is what stands above it when it is delivered to us, `more` what its writer wrote."""
    genuine.number = getattr(genuine, "number", 0) + 1
    fields = (
        *above, PROOF, f"From: Rina Kusuma <{OFFICER}>", *((f"To: {to}",) if to else ()), f"Subject: {subject}",
        f"Message-ID: <{genuine.number}@klien.contohkota.go.id>", *more, "MIME-Version: 1.0",
        "Content-Type: text/plain; charset=utf-8",
    )  # fmt: skip
    return "\r\n".join((*fields, "", "Setuju.", "")).encode()


def decision(counter: Counter) -> str | None:
    return counter.tasks[0]["decision"]


def counts(counter: Counter, raw: bytes) -> bool:
    """Whether this decides; then it is taken back, so that the next finds the task open."""
    counter.receive(raw)
    if decision(counter) is None:
        return False
    assert decision(counter) == "approve"
    undo = f"{PROOF}\r\n".encode() + counter.mail(OFFICER, "BATAL", answers=counter.task_letter())
    counter.receive(undo)
    assert decision(counter) is None
    return True


def redelivered(counter: Counter) -> dict[str, bytes]:
    """The officer's mail to the treasurer, delivered again to the counter with what points at the task."""
    letter = counter.task_letter()
    token = f"layanan+{token_of(letter)}@contohkota.go.id"
    received = "Received: from mx.luar.example by mx.contohkota.go.id; Tue, 17 Mar 2026 09:30:00 +0700"
    names = f"In-Reply-To: {letter['Message-ID']}", f"References: <x@luar.example> {letter['Message-ID']}"
    return {
        "Dovecot": genuine(counter, f"Delivered-To: {token}", received),
        "Postfix, as it writes": genuine(counter, f"X-Original-To: {token}", f"Delivered-To: {COUNTER}", received),
        "Postfix, the other way": genuine(counter, received, f"Delivered-To: {COUNTER}", f"X-Original-To: {token}"),
        "Exim": genuine(counter, f"Envelope-To: {token}", "Delivery-date: Tue, 17 Mar 2026 09:30:00 +0700", received),
        "fetchmail": genuine(counter, received, f"X-Envelope-To: <{token}>"),
        "all of them": genuine(counter, f"Delivered-To: {token}", f"X-Original-To: {token}", f"Envelope-To: {token}"),
        "in capitals": genuine(counter, f"DELIVERED-TO: {token.upper()}"),
        "a Message-ID": genuine(counter, received, more=names[:1]),
        "a chain of Message-IDs": genuine(counter, received, more=names[1:]),
        "both and the delivery": genuine(counter, f"Delivered-To: {token}", more=names),
        "no addressee": genuine(counter, f"Delivered-To: {token}", to=""),
        "undisclosed addressees": genuine(counter, f"Delivered-To: {token}", to="undisclosed-recipients:;"),
        "a name like our address": genuine(counter, f"Delivered-To: {token}", to=f'"{COUNTER}" <{BENDAHARA}>'),
        "a look-alike domain": genuine(counter, f"Delivered-To: {token}", to="layanan@contohkota.go.id.luar.example"),
        "a second To put on top": genuine(counter, f"To: {token}"),
        "a second Cc put on top": genuine(counter, f"Cc: {COUNTER}", more=(f"Cc: {BENDAHARA}", names[0])),
        "Resent-To": genuine(counter, f"Resent-To: {token}", f"Resent-From: {OFFICER}", more=names[:1]),
        "Apparently-To": genuine(counter, f"Apparently-To: {token}", more=names[:1]),
    }  # fmt: skip


def test_an_officers_word_to_somebody_else_decides_nothing_however_it_is_delivered_to_us(counter):
    for way, raw in redelivered(counter).items():
        told = counter.receive(raw)
        assert decision(counter) is None, way
        assert [each["To"] for each in told] == [OFFICER], way
        assert "tidak tertulis pada Kepada maupun Cc" in " ".join(text_of(told[0]).split()), way


@pytest.mark.parametrize(
    "to", [COUNTER, COUNTER.upper(), f"Layanan <{COUNTER}>", f"{BENDAHARA}, {COUNTER}", ALIAS]
)
def test_the_same_word_to_the_department_in_to_or_cc_counts(counter, to):
    thread = f"In-Reply-To: {counter.task_letter()['Message-ID']}"
    assert counts(counter, genuine(counter, to=to, more=(thread,)))
    assert counts(counter, genuine(counter, more=(thread, f"Cc: {to}")))


def test_a_token_whose_mac_is_wrong_is_not_replaced_by_the_letter_that_is_answered(counter):
    letter = counter.task_letter()
    wrong = token_of(letter)[:-4] + "aaaa"
    names = f"In-Reply-To: {letter['Message-ID']}", f"References: {letter['Message-ID']}"
    right = f"layanan+{token_of(letter)}@contohkota.go.id"
    for raw in (
        genuine(counter, to=f"layanan+{wrong}@contohkota.go.id", more=names),
        genuine(counter, to=COUNTER, subject=f"SETUJU [{wrong}]", more=names),
        genuine(counter, f"Delivered-To: layanan+{wrong}@contohkota.go.id", to=COUNTER, more=names),
        genuine(counter, f"Delivered-To: {right}", to=f"layanan+{wrong}@contohkota.go.id", more=names),
        genuine(counter, to=right, subject=f"SETUJU [{wrong}]"),
    ):
        told = counter.receive(raw)
        assert decision(counter) is None
        assert [each["To"] for each in told] == [OFFICER]
        assert "belum tercatat" in text_of(told[0])
    assert counts(counter, genuine(counter, to=right, more=(f"Cc: lain+{wrong}@kotalain.go.id",)))


def test_only_the_letter_that_is_answered_says_which_task_it_is(tmp_path):
    with Counter(
        tmp_path, undo=10, keys={"limits": "replies_per_sender = 1000\nletters_per_recipient = 1000"}
    ) as counter:
        counter.complete_request()
        first = counter.task_letter()
        other = PEOPLE[1]
        counter.receive(
            counter.mail(other.email, "Mohon dibantu, lupa passphrase.", files=(counter.letter(other), counter.csr(other, 2)))
        )  # fmt: skip
        second = counter.task_letter()
        one, two = first["Message-ID"], second["Message-ID"]
        about = f"Delivered-To: layanan+{token_of(first)}@contohkota.go.id"
        for raw in (
            genuine(
                counter, to=COUNTER, more=("In-Reply-To: <lain@luar.example>", f"References: {one} {two}")
            ),
            genuine(counter, to=COUNTER, more=(f"References: {one} {two} <lain@luar.example>",)),
            genuine(counter, to=COUNTER, more=(f"In-Reply-To: {one} {two}",)),
            genuine(counter, about, to=COUNTER, more=(f"In-Reply-To: {two}",)),
            genuine(counter, about, to=COUNTER, more=("In-Reply-To: <lain@luar.example>",)),
        ):
            told = counter.receive(raw)
            assert {each["decision"] for each in counter.tasks} == {None}
            assert [each["To"] for each in told] == [OFFICER]
        counter.receive(
            genuine(counter, to=COUNTER, more=(f"In-Reply-To: {two}", f"References: {one} {two}"))
        )
        assert sorted(each["decision"] or "" for each in counter.tasks) == ["", "approve"]
        assert next(each for each in counter.tasks if each["decision"])["case"] in second["Subject"]


@pytest.mark.parametrize("words", ["CATAT {} palsu", "AMBIL {}", "LAYANAN {}", "DAFTAR LUPA"])
def test_an_officers_own_mail_to_somebody_else_does_nothing_here(counter, words):
    before = counter.case
    said = genuine(counter, f"Delivered-To: {COUNTER}").replace(
        b"Setuju.", words.format(before["id"]).encode()
    )
    told = counter.receive(said)
    assert [each["To"] for each in told] == [OFFICER]
    assert "tidak tertulis pada Kepada maupun Cc" in " ".join(text_of(told[0]).split())
    assert counter.case["timeline"] == before["timeline"]


def test_selesai_on_an_old_help_mail_of_a_closed_request_is_no_word_on_the_request(tmp_path):
    with Counter(tmp_path) as counter:
        asked = counter.receive(counter.mail(text="Mohon bantuan, saya lupa passphrase."))
        counter.receive(counter.mail(text="KENDALA berkasnya seperti apa?", answers=asked[0]))
        help_mail = counter.task_letter()
        counter.receive(counter.mail(OFFICER, "PEJABAT", answers=help_mail))
        counter.receive(counter.mail(text="BATAL", answers=asked[0]))
        assert counter.case["state"] == "closed"
        told = counter.receive(
            counter.mail(OFFICER, "SELESAI, sudah saya jelaskan lewat telepon", answers=help_mail)
        )
        assert [each["To"] for each in told] == [OFFICER]
        assert "tidak berlaku lagi" in text_of(told[0])
        assert "done-after-all" not in {each["event"] for each in counter.case["timeline"]}
        official = counter.task_letter(OFFICIAL)
        answered = counter.receive(counter.mail(OFFICIAL, "SELESAI silakan ajukan lagi", answers=official))
        assert {each["To"] for each in answered} == {OFFICIAL, APPLICANT}
