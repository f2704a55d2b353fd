"""What looks like an officer's SETUJU and is none: each changes nothing, tells a stranger nothing, and leaves the true officer's word good."""

import re
from urllib.parse import unquote

import pytest

from tests.support.counter import (
    ADMIN,
    APPLICANT,
    BUDI,
    COUNTER,
    OFFICER,
    OFFICIAL,
    OTHER_OFFICER,
    RINA,
    Counter,
    officer,
    text_of,
)
from tests.support.letters import PEOPLE, SITI

STRANGER = "rina.kusuma@contohkota-go.example.go.id"
TRUSTED = "mx.contohkota.go.id"
ANISA = PEOPLE[1]


def token_of(letter) -> str:
    """The token of a task letter, as its buttons carry it."""
    found = re.search(r"\b(a\.\d+\.[a-z2-7]{32})\b", unquote(letter.get_body(("html",)).get_content()))
    return found[1]


def message(*headers: str, body: str = "SETUJU", to: str = COUNTER) -> bytes:
    """A message of exactly these header fields."""
    message.number = getattr(message, "number", 0) + 1
    usual = (
        f"To: {to}",
        f"Message-ID: <{message.number}@forger.example.go.id>",
        "MIME-Version: 1.0",
        "Content-Type: text/plain; charset=utf-8",
    )
    return "\r\n".join((*headers, *usual, "", body, "")).encode()


def button(letter, word: str = "SETUJU") -> str:
    """The subject that a one-word button writes."""
    return f"Subject: {word} [{token_of(letter)}]"


def reply(letter) -> str:
    return f"In-Reply-To: {letter['Message-ID']}"


def decides_nothing(counter: Counter, raw: bytes, *, told: tuple[str, ...] = (), proof: str = "") -> list:
    """Deliver the forgery; check that nothing came of it and who was told; then let the true officer decide, and take it back."""
    before = counter.case
    sent = counter.receive(raw)
    after = counter.case
    assert (after["state"], after["step"], len(after["timeline"])) == (
        before["state"],
        before["step"],
        len(before["timeline"]),
    )
    assert {each["decision"] for each in counter.tasks} == {None}
    assert tuple(sorted(each["To"] for each in sent)) == tuple(sorted(told))
    assert decides(
        counter,
        message(*filter(None, [proof]), f"From: {OFFICER}", button(counter.task_letter())),
        proof=proof,
    )
    return sent


def decides(counter: Counter, raw: bytes, *, proof: str = "") -> bool:
    """Whether this is counted as the officer's SETUJU; it is taken back at once, so that the next test finds the task open."""
    told = counter.receive(raw)
    counted = counter.tasks[0]["decision"] == "approve" and [each["To"] for each in told] == [OFFICER]
    if counted:
        counter.receive(
            message(
                *filter(None, [proof]),
                f"From: {OFFICER}",
                button(counter.task_letter(), "BATAL"),
                body="BATAL",
            )
        )
        assert counter.tasks[0]["decision"] is None
    return counted


@pytest.fixture(scope="module")
def counter(tmp_path_factory):
    """One complete request before one officer; every test leaves the task as it found it."""
    with Counter(
        tmp_path_factory.mktemp("counter"),
        undo=10,
        keys={"limits": "replies_per_sender = 1000\nletters_per_recipient = 1000"},
    ) as counter:
        counter.complete_request()
        yield counter


def test_another_sender_with_the_right_token_decides_nothing_and_the_administrators_are_told(counter):
    letter = counter.task_letter()
    told = decides_nothing(
        counter, message(f"From: {STRANGER}", button(letter), reply(letter)), told=(ADMIN, OFFICER)
    )
    assert [each["To"] for each in told if token_of(letter) in text_of(each)] == []


def test_the_applicant_with_the_right_token_decides_nothing(counter):
    letter = counter.task_letter()
    told = decides_nothing(
        counter, message(f"From: {APPLICANT}", button(letter), reply(letter)), told=(ADMIN, APPLICANT)
    )
    assert [each["To"] for each in told if token_of(letter) in text_of(each)] == []


def test_the_right_sender_with_a_made_up_token_decides_nothing_and_is_told_to_answer_the_task_letter(counter):
    made_up = token_of(counter.task_letter())[:4] + "a" * 32
    told = decides_nothing(
        counter, message(f"From: {OFFICER}", f"Subject: SETUJU [{made_up}]"), told=(OFFICER,)
    )
    assert "belum tercatat" in text_of(told[0]).lower()


def test_the_right_sender_without_any_token_decides_nothing_and_is_told_so(counter):
    told = decides_nothing(
        counter, message(f"From: {OFFICER}", f"Subject: SETUJU {counter.case['id']}"), told=(OFFICER,)
    )
    assert "belum tercatat" in text_of(told[0]).lower()


def test_the_token_of_another_officer_decides_nothing(tmp_path):
    with Counter(tmp_path, officers=RINA + BUDI, undo=10, keys={"tasks": 'assignment = "all"'}) as two:
        two.complete_request()
        decides_nothing(
            two,
            message(f"From: {OFFICER}", button(two.task_letter(OTHER_OFFICER))),
            told=(ADMIN, OFFICER),
        )


def test_the_officers_address_in_reply_to_decides_nothing(counter):
    letter = counter.task_letter()
    decides_nothing(
        counter, message(f"From: {STRANGER}", f"Reply-To: {OFFICER}", button(letter)), told=(ADMIN,)
    )


@pytest.mark.parametrize(
    "sender",
    [
        f"From: {OFFICER}\r\nFrom: {STRANGER}",
        f"From: {STRANGER}\r\nFrom: {OFFICER}",
        f"From: {OFFICER}, {STRANGER}",
        f"From: {OFFICER} <{STRANGER}>",
        f'From: "{OFFICER}" <{STRANGER}>',
        f"From: <{OFFICER}> <{STRANGER}>",
        f"From: {STRANGER} ({OFFICER})",
        f"From: =?utf-8?q?{OFFICER.replace('@', '=40')}?= <{STRANGER}>",
        f"Sender: {OFFICER}\r\nFrom: {STRANGER}",
        f"From: {OFFICER}\x00.example.go.id",
        "From: ",
    ],
)
def test_a_sender_field_that_is_not_one_mailbox_of_the_officer_decides_nothing(counter, sender):
    decides_nothing(counter, message(sender, button(counter.task_letter())), told=(ADMIN,))


QUOTES = {
    "angle brackets": "> SETUJU",
    "an attribution line": "Pada Selasa, 17 Mar 2026 pukul 10.00 Layanan menulis:\r\n\r\nSETUJU",
    "an English attribution line": "On Tue, Mar 17, 2026 at 10:00 AM Layanan <layanan@contohkota.go.id> wrote:\r\n\r\nSETUJU",
    "Outlook's header block": "From: Layanan <layanan@contohkota.go.id>\r\nSent: Tuesday, March 17, 2026 10:00 AM\r\nTo: Rina\r\nSubject: [Tugas]\r\n\r\nSETUJU",
    "an Indonesian header block": "Dari: Layanan <layanan@contohkota.go.id>\r\nDikirim: Selasa, 17 Maret 2026 10.00\r\nKepada: Rina\r\nSubjek: [Tugas]\r\n\r\nSETUJU",
    "our own marker line": "-- Balas di atas baris ini --\r\nSETUJU",
    "Outlook's divider": "-----Original Message-----\r\nSETUJU",
    "a forwarding divider": "---------- Forwarded message ---------\r\nFrom: x <x@contohkota.go.id>\r\n\r\nSETUJU",
}


@pytest.mark.parametrize("quote", QUOTES.values(), ids=QUOTES.keys())
def test_a_word_inside_the_quotation_decides_nothing_and_is_asked_back(counter, quote):
    letter = counter.task_letter()
    told = decides_nothing(
        counter, message(f"From: {OFFICER}", reply(letter), "Subject: Re: tugas", body=quote), told=(OFFICER,)
    )
    assert "belum tercatat" in text_of(told[0])


def test_an_out_of_office_answer_quoting_the_word_decides_nothing_and_is_not_answered(counter):
    letter = counter.task_letter()
    away = message(
        f"From: {OFFICER}",
        reply(letter),
        "Auto-Submitted: auto-replied",
        "Subject: Otomatis: [Tugas]",
        body="SETUJU\r\n\r\nSaya sedang cuti.",
    )
    decides_nothing(counter, away, told=(OFFICIAL,))  # the one officer is away, and somebody must know


@pytest.mark.parametrize(
    "words",
    [
        "tidak setuju",
        "Belum setuju",
        "SETUJU TOLAK",
        "SETUJU, tapi kurang CSR",
        "TERUSKAN",
        "setuju?",
        "Terima kasih",
        "",
        "Kalau menurut saya SETUJU",
    ],
)
def test_words_that_are_not_one_clear_word_are_asked_back_with_what_was_not_understood(counter, words):
    letter = counter.task_letter()
    told = decides_nothing(
        counter, message(f"From: {OFFICER}", button(letter, ""), body=words), told=(OFFICER,)
    )
    assert "belum tercatat" in text_of(told[0])
    assert "SETUJU" in text_of(told[0])


@pytest.mark.parametrize(
    "words",
    [
        "SETUJU",
        "setuju.",
        "Selamat pagi, mohon izin. Acc",
        "APPROVE",
        "Disetujui",
        "Yth. Admin,\r\n\r\nSETUJU\r\n\r\nRina",
    ],
)
def test_one_clear_word_decides(counter, words):
    assert decides(
        counter,
        message(
            f"From: Rina Kusuma <{OFFICER}>", reply(counter.task_letter()), "Subject: Re: tugas", body=words
        ),
    )


def test_an_alias_of_the_officer_counts_and_the_receipt_goes_to_the_officers_own_address(tmp_path):
    with Counter(
        tmp_path, officers=officer("Rina Kusuma", OFFICER, aliases=["rina@contohkota.go.id"])
    ) as counter:
        counter.complete_request()
        told = counter.receive(message("From: Rina@ContohKota.go.id", button(counter.task_letter())))
        assert counter.case["step"] == "revoke-old"
        assert {each["To"] for each in told} == {OFFICER, APPLICANT}


def test_a_token_in_any_address_counts(tmp_path):
    with Counter(tmp_path, undo=10, keys={"trust": "subaddressing = true"}) as counter:
        counter.complete_request()
        address = counter.task_letter()["Reply-To"]
        assert "+a." in address
        assert decides(counter, message(f"From: {OFFICER}", "Subject: Re: tugas", to=address))
        for place in ("Cc", "Delivered-To", "X-Original-To", "Envelope-To"):
            assert decides(
                counter, message(f"{place}: {address}", f"From: {OFFICER}", "Subject: Re: tugas")
            ), place


def test_a_button_works_without_a_reference_to_the_letter(counter):
    assert decides(counter, message(f"From: {OFFICER}", button(counter.task_letter())))


def test_an_officer_who_was_removed_from_the_configuration_decides_nothing(tmp_path):
    with Counter(tmp_path, officers=RINA) as counter:
        counter.complete_request()
        old = counter.task_letter()
    with Counter(tmp_path, officers=BUDI) as counter:
        before = counter.case
        told = counter.receive(message(f"From: {OFFICER}", button(old), reply(old)))
        assert counter.case["state"] == before["state"]
        assert OFFICER not in {each["To"] for each in told}
        assert APPLICANT not in {each["To"] for each in told}


# --- a task of its own for each ---------------------------------------------------------------------------------------------


@pytest.fixture
def fresh(tmp_path):
    with Counter(tmp_path) as counter:
        counter.complete_request()
        yield counter


def test_the_token_of_another_task_decides_only_that_other_task(fresh):
    mine = fresh.task_letter()
    fresh.receive(
        fresh.mail(
            ANISA.email,
            "Mohon dibantu, saya lupa passphrase.",
            files=(fresh.letter(ANISA), fresh.csr(ANISA, 2)),
        )
    )
    other = fresh.task_letter()
    assert token_of(other) != token_of(mine)
    fresh.receive(message(f"From: {OFFICER}", button(other)))
    steps = {each["applicant"]: each["step"] for each in fresh.cases}
    assert steps["Siti Rahmawati"] == "verify"
    assert sorted(steps.values()) == ["revoke-old", "verify"]


def test_a_used_token_decides_nothing_more(fresh):
    letter = fresh.task_letter()
    fresh.receive(message(f"From: {OFFICER}", button(letter)))
    before = fresh.case
    told = fresh.receive(message(f"From: {OFFICER}", button(letter, "TOLAK"), body="TOLAK datanya beda"))
    assert [each["To"] for each in told] == [OFFICER]
    assert told[0]["Subject"].startswith("Sudah diputuskan: SETUJU")
    assert "SETUJU" in text_of(told[0])
    assert fresh.case["timeline"] == before["timeline"]


def test_the_same_bytes_again_decide_nothing_and_are_not_answered(fresh):
    raw = fresh.mail(OFFICER, "SETUJU", answers=fresh.task_letter())
    fresh.receive(raw)
    before = fresh.case
    assert fresh.receive(raw) == []
    assert (
        fresh.receive(
            b"Delivered-To: layanan@contohkota.go.id\r\nReceived: from a by b; Tue, 17 Mar 2026 10:00:00 +0700\r\n"
            + raw
        )
        == []
    )
    assert fresh.case["timeline"] == before["timeline"]


# --- authenticated mode ------------------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def strict(tmp_path_factory):
    with Counter(
        tmp_path_factory.mktemp("strict"),
        mode="authenticated",
        undo=10,
        keys={"limits": "replies_per_sender = 1000\nletters_per_recipient = 1000"},
    ) as counter:
        counter.complete_request()
        yield counter


def verdict(text: str, server: str = TRUSTED) -> str:
    return f"Authentication-Results: {server}; {text}"


GOOD = "dmarc=pass header.from=contohkota.go.id; dkim=pass header.d=contohkota.go.id"
UNPROVEN = {
    "no verdict": (),
    "a verdict of another server": (verdict(GOOD, "mx.evil.example.go.id"),),
    "a forged verdict below another server's": (verdict("dmarc=none", "relay.example.go.id"), verdict(GOOD)),
    "a forged verdict below the server's own": (
        verdict("dmarc=fail header.from=contohkota.go.id"),
        verdict(GOOD),
    ),
    "a signature of another domain": (verdict("dkim=pass header.d=example.go.id"),),
    "a signature of a look-alike domain": (verdict("dkim=pass header.d=evilcontohkota.go.id"),),
    "a failed policy": (verdict("dmarc=fail header.from=contohkota.go.id; spf=pass"),),
    "a failed policy and an aligned signature": (
        verdict("dmarc=fail header.from=contohkota.go.id; dkim=pass header.d=contohkota.go.id"),
    ),
    "a policy of another domain": (verdict("dmarc=pass header.from=example.go.id"),),
    "a pass in a comment": (verdict("dmarc=none (dmarc=pass header.from=contohkota.go.id)"),),
    "a pass in quotes": (verdict('dmarc=none reason="x; dmarc=pass header.from=contohkota.go.id"'),),
    "a server name that only begins alike": (verdict(GOOD, "mx.contohkota.go.id.evil.example.go.id"),),
    "spf alone": (verdict("spf=pass smtp.mailfrom=contohkota.go.id"),),
}


@pytest.mark.parametrize("fields", UNPROVEN.values(), ids=UNPROVEN.keys())
def test_an_unproven_sender_decides_nothing_and_the_officer_is_told(strict, fields):
    forged = message(*fields, f"From: {OFFICER}", button(strict.task_letter()))
    told = decides_nothing(strict, forged, told=(OFFICER,), proof=verdict(GOOD))
    assert "tidak dihitung" in text_of(told[0])


@pytest.mark.parametrize(
    "field",
    [
        verdict("dmarc=pass (p=reject) header.from=contohkota.go.id"),
        verdict("dkim=pass header.d=contohkota.go.id header.s=mail"),
        verdict("spf=fail; dkim=fail header.d=list.example.go.id; dkim=pass header.d=contohkota.go.id"),
        verdict("DMARC=PASS header.from=ContohKota.go.id", "MX.contohkota.go.id 1"),
    ],
)
def test_a_sender_our_own_server_vouches_for_decides(strict, field):
    assert decides(strict, message(field, f"From: {OFFICER}", button(strict.task_letter())), proof=field)


def test_a_proven_stranger_with_the_token_decides_nothing(strict):
    vouched = verdict("dmarc=pass header.from=contohkota-go.example.go.id")
    decides_nothing(
        strict,
        message(vouched, f"From: {STRANGER}", button(strict.task_letter())),
        told=(ADMIN,),
        proof=verdict(GOOD),
    )


def test_the_official_is_no_officer_of_this_letter(counter):
    decides_nothing(
        counter, message(f"From: {OFFICIAL}", button(counter.task_letter())), told=(ADMIN, OFFICIAL)
    )


# --- the holder for whom somebody else wrote ------------------------------------------------------------------------------


@pytest.mark.parametrize("proof", ["dkim=fail; dmarc=fail", "dkim=none; dmarc=none", ""])
def test_a_holders_benar_that_the_mail_server_does_not_vouch_for_confirms_nothing(tmp_path, proof):
    with Counter(tmp_path, mode="authenticated", staff=(SITI,)) as counter:
        aide = counter.mail(
            "ajudan@contohkota.go.id",
            "Mohon bantuan, Ibu Siti lupa passphrase.",
            files=(counter.letter(), counter.csr()),
        )
        counter.receive(b"Authentication-Results: mx.contohkota.go.id; dmarc=pass\r\n" + aide)
        asked = counter.letter_to(APPLICANT)
        results = f"Authentication-Results: {TRUSTED}; {proof}\r\n".encode() if proof else b""
        counter.receive(results + counter.mail(APPLICANT, "BENAR", answers=asked))
        assert (counter.case["state"], counter.case["step"]) == ("waiting_for_applicant", "apply")
        assert "Pemegang" in counter.task_letter()["Subject"]
        passed = f"Authentication-Results: {TRUSTED}; dmarc=pass\r\n".encode()
        counter.receive(passed + counter.mail(APPLICANT, "BENAR", answers=counter.letter_to(APPLICANT)))
        assert counter.case["step"] == "verify"
