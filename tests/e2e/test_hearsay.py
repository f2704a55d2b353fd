"""Automatic mail that anybody may have written: a bounce or an out-of-office answer counts only with a mark that nobody else knows."""

import json
import re

import pytest

from tests.support.counter import (
    ADMIN,
    APPLICANT,
    BUDI,
    COUNTER,
    DEWI,
    OFFICER,
    OTHER_OFFICER,
    RINA,
    Counter,
    text_of,
)

TRUSTED = "Authentication-Results: mx.contohkota.go.id;"
PASSED = (f"{TRUSTED} dmarc=pass header.from=contohkota.go.id",)
FAILED = (f"{TRUSTED} dmarc=fail header.from=contohkota.go.id; dkim=none",)
AWAY = "Auto-Submitted: auto-replied"


@pytest.fixture(params=[False, True], ids=["plain", "subaddressing"])
def counter(tmp_path, request):
    """A request of Siti's that lacks its documents, and a mail server that proves senders; with and without `name+detail@`."""
    keys = {"trust": f"subaddressing = {str(request.param).lower()}", "tasks": 'assignment = "rotate"'}
    with Counter(tmp_path, mode="authenticated", officers=RINA + BUDI + DEWI, keys=keys) as counter:
        yield counter


def arrives(counter: Counter, raw: bytes, *above: str) -> list:
    return counter.receive("".join(f"{each}\r\n" for each in above).encode() + raw)


def asked(counter: Counter):
    """Our letter to Siti."""
    return arrives(counter, counter.mail(text="Saya lupa passphrase."), *PASSED)[0]


def task(counter: Counter):
    """The letter of a task, and its officer."""
    arrives(
        counter, counter.mail(text="Saya lupa passphrase.", files=(counter.letter(), counter.csr())), *PASSED
    )
    letter = next(each for each in counter.sent if "[Tugas]" in each["Subject"])
    return letter, letter["To"]


def head_of(letter) -> str:
    """The header as a server returns it."""
    return "".join(f"{name}: {value}\r\n" for name, value in letter.items() if name != "Content-Type")


def path_of(counter: Counter, letter) -> str:
    """The envelope sender of a letter, as only its recipient and the servers on its way know it."""
    with counter.office.database.reading() as session:
        query = "SELECT envelope_sender FROM outbox WHERE message_id = ?"
        return session.connection().exec_driver_sql(query, (str(letter["Message-ID"]),)).one()[0]


def report(
    letter, *, to=COUNTER, returned="", envid="", action="failed", above="Return-Path: <>\r\n"
) -> bytes:
    """A delivery status notification as Postfix writes it."""
    back = f"--b\r\nContent-Type: text/rfc822-headers\r\n\r\n{returned}\r\n" if returned else ""
    of_envelope = f"Original-Envelope-Id: {envid}\r\n" if envid else ""
    return (
        f"{above}From: Mail Delivery System <MAILER-DAEMON@contohkota.go.id>\r\nTo: {to}\r\n"
        f"Subject: Undelivered Mail Returned to Sender\r\nAuto-Submitted: auto-replied\r\nMessage-ID: <{abs(hash((to, returned, envid)))}@mx>\r\n"
        'MIME-Version: 1.0\r\nContent-Type: multipart/report; report-type=delivery-status; boundary="b"\r\n\r\n'
        "--b\r\nContent-Type: text/plain\r\n\r\nSorry.\r\n--b\r\nContent-Type: message/delivery-status\r\n\r\n"
        f"Reporting-MTA: dns; mx.contohkota.go.id\r\n{of_envelope}\r\nFinal-Recipient: rfc822; {letter['To']}\r\n"
        f"Action: {action}\r\nStatus: 5.1.1\r\nDiagnostic-Code: smtp; 550 5.1.1 unknown\r\n\r\n{back}--b--\r\n"
    ).encode()


def qmail(letter, returned: str) -> bytes:
    """A bounce that is no report, with the message below."""
    return (
        f"Return-Path: <>\r\nFrom: MAILER-DAEMON@luar.example\r\nTo: {COUNTER}\r\nSubject: failure notice\r\n\r\n"
        f"Hi. This is the qmail-send program at luar.example.\r\n\r\n<{letter['To']}>:\r\nno mailbox here by that name.\r\n\r\n"
        f"--- Below this line is a copy of the message.\r\n\r\n{returned}\r\nIsi\r\n"
    ).encode()


def state_of(counter: Counter, letter) -> str:
    return next(each["state"] for each in counter.outbox if each["message_id"] == letter["Message-ID"])


def pointers(letter) -> dict[str, bytes]:
    """Bounces by somebody who knows no more than a reply, a Cc or a forwarded mail shows."""
    name = str(letter["Message-ID"])
    known = f"From: {COUNTER}\r\nTo: {letter['To']}\r\nSubject: {letter['Subject']}\r\nMessage-ID: {name}\r\n"
    guessed = f"{known}Mailflow-Letter: b.0.{'a' * 32}\r\n"
    return {
        "returned header": report(letter, returned=known),
        "a made-up mark": report(letter, returned=guessed),
        "envelope id": report(letter, envid=name.strip("<>")),
        "a made-up envelope id": report(letter, envid=f"b.1.{'a' * 32}", returned=known),
        "in reply": report(letter, above=f"Return-Path: <>\r\nIn-Reply-To: {name}\r\nReferences: {name}\r\n"),
        "a made-up path": report(letter, to=f"layanan+b.0.{'a' * 32}@contohkota.go.id", returned=known),
        "a task's token as path": report(
            letter, to=f"layanan+a.1.{'a' * 32}@contohkota.go.id", returned=known
        ),
        "qmail": qmail(letter, known),
    }


def test_a_bounce_that_only_names_the_letter_changes_nothing_and_the_administrator_looks_at_it_once(counter):
    letter = asked(counter)
    told = []
    for way, raw in pointers(letter).items():
        told += counter.receive(raw)
        assert state_of(counter, letter) == "sent", way
    assert [each["To"] for each in told] == [ADMIN]
    assert "anybody may have written it" in " ".join(text_of(told[0]).split())
    assert "bounced" not in {each["event"] for each in counter.case["timeline"]}
    assert (
        counter.receive(
            report(letter, returned=head_of(letter).replace("Mailflow-Letter", "X-Other"), action="delayed")
        )
        == []
    )


def test_a_bounce_with_the_letters_own_mark_counts_whatever_server_wrote_it(counter):
    ways = [
        lambda letter: report(letter, returned=head_of(letter)),
        lambda letter: report(
            letter, envid=f"b.0.{mark_of(letter)}", returned=f"Message-ID: {letter['Message-ID']}\r\n"
        ),
        lambda letter: report(letter, envid=f"b.{number_of(counter, letter)}.{mark_of(letter)}"),
        lambda letter: qmail(letter, head_of(letter)),
    ]
    for number, bounced in enumerate((*ways, lambda letter: report(letter, to=path_of(counter, letter)))):
        letter = arrives(
            counter, counter.mail(f"pemohon{number}@contohkota.go.id", "Saya lupa passphrase."), *PASSED
        )[0]
        if number == len(ways) and "+b." not in path_of(counter, letter):
            continue  # this server delivers no name+detail@
        told = counter.receive(bounced(letter))
        assert state_of(counter, letter) == "bounced", number
        assert told
        assert {each["To"] for each in told} <= {OFFICER, OTHER_OFFICER}


def number_of(counter: Counter, letter) -> int:
    return next(each["id"] for each in counter.outbox if each["message_id"] == letter["Message-ID"])


def mark_of(letter) -> str:
    return re.fullmatch(r"b\.0\.([a-z2-7]{32})", letter["Mailflow-Letter"])[1]


def test_the_mark_of_one_letter_proves_nothing_about_another(counter):
    letter, officer = task(counter)
    other = arrives(counter, counter.mail("lain@contohkota.go.id", "Saya lupa passphrase."), *PASSED)[0]
    crossed = head_of(other).replace(other["Message-ID"], letter["Message-ID"])
    counter.receive(report(letter, returned=crossed))
    assert state_of(counter, letter) == state_of(counter, other) == "sent"
    reply = arrives(counter, counter.mail(officer, "Mohon waktu ya", answers=letter), *PASSED)
    assert mark_of(letter) not in "".join(text_of(each) for each in reply), (
        "what people quote does not have it"
    )


def away(counter: Counter, letter, who: str, *above: str, to=None) -> list:
    """An out-of-office answer."""
    raw = counter.mail(who, "Saya sedang cuti sampai 30 Maret.", answers=letter)
    if to is not None:
        raw = re.sub(rb"(?m)^To: .*\n(?: .*\n)*", f"To: {to}\n".encode(), raw, count=1)
    return arrives(counter, raw, *above, AWAY)


def test_an_out_of_office_answer_that_anybody_may_have_written_moves_no_task(counter):
    letter, officer = task(counter)
    told = away(counter, letter, officer, to=COUNTER)  # nobody vouches for it
    told += away(counter, letter, officer, *FAILED, to=COUNTER)
    told += away(counter, letter, officer, *FAILED)  # also with the token that a Cc shows
    told += away(counter, letter, officer, to=f"layanan+b.0.{'a' * 32}@contohkota.go.id")
    told += away(counter, letter, "orang.luar@example.go.id", *PASSED)
    assert counter.tasks[0]["officers"] == [officer]
    assert [each["To"] for each in told] == [ADMIN]
    assert "says that" in " ".join(text_of(told[0]).split())
    arrives(counter, counter.mail(officer, "SETUJU", answers=letter), *PASSED)
    assert "approve" in {each["decision"] for each in counter.tasks}


def test_an_out_of_office_answer_that_is_proven_moves_the_officers_tasks(counter):
    letter, officer = task(counter)
    path = path_of(counter, letter)
    ways = {"authenticated": (PASSED, COUNTER)}
    if "+b." in path:
        ways |= {"token": ((), None), "path, unsigned": (FAILED, path)}
    for way, (proof, to) in ways.items():
        with counter.office.database.writing() as session:
            session.connection().exec_driver_sql("DELETE FROM setting WHERE name LIKE 'absent:%'")
            session.connection().exec_driver_sql("UPDATE task SET officers = ?", (json.dumps([officer]),))
            session.connection().exec_driver_sql("DELETE FROM outbox WHERE effect_key LIKE '%handed-on%'")
        told = away(counter, letter, officer, *proof, to=to)
        assert len(counter.tasks[0]["officers"]) == 2, way
        assert any("[Tugas]" in each["Subject"] for each in told), way
        assert APPLICANT not in {each["To"] for each in told}
