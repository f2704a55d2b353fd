"""What answers our letters by itself is never taken for a person, and what a person sends is never lost; the server's own words say why a letter came back."""

from email.message import EmailMessage

import pytest

from tests.support.counter import APPLICANT, BUDI, DEWI, OFFICER, OTHER_OFFICER, RINA, Counter, text_of

ALWAYS = {"trust": "subaddressing = true"}


@pytest.fixture
def counter(tmp_path):
    with Counter(tmp_path, officers=RINA + BUDI + DEWI, keys=ALWAYS) as counter:
        counter.complete_request()
        yield counter


def path_of(letter) -> str:
    return str(letter["Return-Path"]).strip("<>")


def vacation(sender, letter, text="Saya sedang cuti sampai 12 Desember 2026.", *, files=()):
    """Debian's `vacation` 3.3.3: it answers the return path, and no header says that it is automatic."""
    message = EmailMessage()
    message["To"], message["From"], message["Subject"] = path_of(letter), sender, "Sedang cuti"
    message["Message-Id"] = f"<E1xYFqe-{len(text)}@mx.contohkota.go.id>"
    message.set_content(text)
    for name, data, media in files:
        kind, _, of = media.partition("/")
        message.add_attachment(data, maintype=kind, subtype=of, filename=name)
    head = f"Return-Path: <{sender}>\r\nDelivered-To: {path_of(letter)}\r\n"
    return head.encode() + message.as_bytes()


SILENT = {
    "an absence": "Saya sedang cuti sampai 12 Desember 2026.",
    "our subject in it": 'Saya sedang cuti, mengenai "Lupa passphrase: mohon bantuan" saya jawab nanti.',
    "thanks": "Terima kasih, e-mail Anda sudah kami terima.",
}


@pytest.mark.parametrize("kind", SILENT)
def test_what_answers_the_return_path_is_automatic_whatever_its_headers(counter, kind):
    assert counter.receive(vacation(APPLICANT, counter.letter_to(APPLICANT), SILENT[kind])) == []
    assert counter.status["messages"] == {"filed": 2}
    assert counter.case["state"] == "waiting_for_officer"
    assert len(counter.cases) == 1


def test_a_wrong_path_makes_no_mail_automatic(counter):
    letter = counter.letter_to(APPLICANT)
    raw = vacation("orang.lain@contohkota.go.id", letter, "Mohon bantuan, saya lupa passphrase.")
    path = path_of(letter)
    forged = raw.replace(
        path.encode(),
        path.replace("+b.0.", "+b.0.a")[: -len("@contohkota.go.id") - 1].encode() + b"@contohkota.go.id",
    )
    assert "orang.lain@contohkota.go.id" in {each["To"] for each in counter.receive(forged)}


def test_papers_a_danger_or_a_word_on_the_return_path_are_put_before_a_person(counter):
    letter = counter.letter_to(APPLICANT)
    said = {
        "papers": vacation(APPLICANT, letter, "Terlampir.", files=[("surat.txt", b"Surat pernyataan saya", "text/plain")]),
        "a danger": vacation(APPLICANT, letter, "Laptop saya dicuri tadi malam."),
        "a word": vacation(APPLICANT, letter, "BATAL"),
    }  # fmt: skip
    for what, raw in said.items():
        sent = counter.receive(raw)
        assert [each["To"] for each in sent] == [OFFICER], what
        assert "mungkin ditulis orang" in " ".join(text_of(sent[0]).split())
    assert counter.case["state"] == "waiting_for_officer", "and nothing of it is used"


ABSENT = {
    "Outlook": "Automatic reply: {}",
    "Outlook, Indonesian": "Balasan otomatis: {}",
    "Zimbra": "Out of Office: {}",
    "by hand": "Di luar kantor: {}",
    "roundcube": "Sedang cuti - {}",
}


@pytest.mark.parametrize("program", ABSENT)
def test_words_of_absence_before_our_number_are_automatic(counter, program):
    subject = ABSENT[program].format(counter.letter_to(APPLICANT)["Subject"])
    raw = counter.mail(APPLICANT, "Saya sedang dinas luar sampai 9 Desember.", subject=subject)
    assert counter.receive(raw) == []
    assert counter.status["messages"] == {"filed": 2}


def test_an_officer_is_away_by_subject_and_answered_letter_whatever_program_wrote_it(counter):
    task = counter.task_letter()
    raw = counter.mail(
        OFFICER, "Saya sedang cuti.", answers=task, headers=(("X-Mailer", "Microsoft Outlook 16.0"),)
    ).replace(b"Subject: Re: ", b"Subject: Automatic reply: ")
    assert OTHER_OFFICER in {each["To"] for each in counter.receive(raw)}
    assert [each["state"] for each in counter.tasks] == ["open"]


def test_a_scanner_that_says_it_is_a_machine_still_brings_its_letter_before_a_person(counter):
    raw = counter.mail(
        "scanner@contohkota.go.id", "", subject="Message from KM_C258",
        headers=(("Auto-Submitted", "auto-generated"),), files=(counter.letter(),),
    )  # fmt: skip
    assert OFFICER in {each["To"] for each in counter.receive(raw)}


# --- letters that come back ------------------------------------------------------------------------------------------------

EXIM = """\
This message was created automatically by mail delivery software.

A message that you sent could not be delivered to one or more of its
recipients. This is a permanent error. The following address(es) failed:

  {to}
    Unrouteable address
"""
OPENSMTPD = """\
    Hi!

    This is the MAILER-DAEMON, please DO NOT REPLY to this email.

    An error has occurred while attempting to deliver a message for
    the following list of recipients:

{to}: 550 5.1.1 <{to}>: Recipient address rejected: User unknown

    Below is a copy of the original message:
"""
QMAIL = """\
Hi. This is the qmail-send program at mx.contohkota.go.id.
I'm afraid I wasn't able to deliver your message to the following addresses.
This is a permanent error; I've given up. Sorry it didn't work out.

<{to}>:
Sorry, no mailbox here by that name. (#5.1.1)

--- Below this line is a copy of the message.
"""
EXIM_DELAY = """\
This message was created automatically by mail delivery software.
A message that you sent has not yet been delivered to one or more of its
recipients after more than 24 hours on the queue on mail.contohkota.go.id.

The address to which the message has not yet been delivered is:

  {to}
    Delay reason: Connection timed out

No action is required on your part. Delivery attempts will continue for
some time, and this warning may be repeated at intervals if the message
remains undelivered.
"""


def returned(letter, text, *, report="", subject="Mail delivery failed: returning message to sender"):
    parts = [f"Content-Type: text/plain\n\n{text.format(to=letter['To'])}"]
    if report:
        parts.append(
            f"Content-Type: message/delivery-status\n\nReporting-MTA: dns; mx\n\n{report}\nFinal-Recipient: rfc822; {letter['To']}\n"
        )
    body = "".join(f"--b\n{each}\n" for each in parts) + "--b--\n"
    head = f"""\
Return-Path: <>
Delivered-To: {path_of(letter)}
From: Mail Delivery System <Mailer-Daemon@mx.contohkota.go.id>
To: {path_of(letter)}
Subject: {subject}
MIME-Version: 1.0
Content-Type: multipart/mixed; boundary=b

"""
    return (head + body).replace("\n", "\r\n").encode()


REASONS = {
    "Exim's report": (EXIM, "Action: failed\nStatus: 5.0.0", "Unrouteable address"),
    "OpenSMTPD's report": (OPENSMTPD, "Action: failed\nStatus: 5.0.0", "550 5.1.1 <{to}>: Recipient address rejected: User unknown"),
    "a report that says more": (EXIM, "Action: failed\nStatus: 5.2.2\nDiagnostic-Code: smtp; 552 5.2.2 Mailbox full", "552 5.2.2 Mailbox full"),
    "qmail's text": (QMAIL, "", "Sorry, no mailbox here by that name. (#5.1.1)"),
}  # fmt: skip


@pytest.mark.parametrize("kind", REASONS)
def test_the_reason_is_the_servers_sentence_in_the_outbox_and_in_the_officers_letter(counter, kind):
    text, report, words = REASONS[kind]
    letter = counter.letter_to(APPLICANT)
    sent = counter.receive(returned(letter, text, report=report))
    words = words.format(to=letter["To"])
    came_back = next(each for each in counter.outbox if each["state"] == "bounced")
    assert came_back["error"] == words
    assert " ".join(words.split()) in " ".join(text_of(sent[0]).split())
    assert OFFICER in {each["To"] for each in sent}


def test_a_delay_warning_without_a_report_is_a_delay(counter):
    letter = counter.letter_to(APPLICANT)
    subject = "Warning: message 1nAbCd-0001Xy-2Z delayed 24 hours"
    assert counter.receive(returned(letter, EXIM_DELAY, subject=subject)) == []
    assert {each["state"] for each in counter.outbox} == {"sent"}
