"""Floods: by whomever, about whatever, to whomever; what is proven is served beside them, and what waits is not lost."""

import pytest

from tests.support.counter import ADMIN, APPLICANT, BEGIN, OFFICER, Counter, text_of
from tests.support.letters import PEOPLE

TRUSTED = "mx.contohkota.go.id"
STRANGER = "siti.pribadi@example.go.id"


def said(raw: bytes, result: str, domain="contohkota.go.id") -> bytes:
    return f"Authentication-Results: {TRUSTED}; dmarc={result} header.from={domain}\r\n".encode() + raw


def vouched(raw: bytes) -> bytes:
    return said(raw, "pass")


def letters_to(sent, address: str) -> list:
    return [each for each in sent if address in each["To"]]


def counter(directory, **limits) -> Counter:
    lines = "\n".join(f"{key} = {value}" for key, value in limits.items())
    return Counter(directory, mode="authenticated", keys={"limits": lines, "trust": 'border = "asserted"'})


@pytest.fixture
def asked(tmp_path):
    """Siti has asked for help, proven, and waits; answers to her are few."""
    with counter(tmp_path, replies_per_sender=4, shown_per_case=3) as opened:
        opened.receive(vouched(opened.mail(text="Saya lupa passphrase, mohon dibantu.")))
        yield opened


def test_many_senders_who_name_one_request_do_not_fill_its_officers_mailbox(asked):
    number = asked.case["id"]
    for sender in range(12):
        asked.deliver(asked.mail(f"tamu{sender}@example.go.id", f"Soal {number}", subject=f"Tanya {sender}"))
    assert len(letters_to(asked.work(), OFFICER)) == 3
    proven = said(
        asked.mail("mitra@example.go.id", f"Soal {number}", subject="Tanya mitra"), "pass", "example.go.id"
    )
    assert len(letters_to(asked.receive(proven), OFFICER)) == 1, "the flood is not the proven writer's"
    asked.clock.moment = BEGIN.replace(day=25)
    (listed,) = [each for each in letters_to(asked.work(), OFFICER) if "Tanya 11" in text_of(each)]
    assert "Tanya 0" not in text_of(listed)
    asked.receive(asked.mail("tamu@example.go.id", f"Soal {number}", subject="Hari lain"))
    assert "Hari lain" in text_of(asked.sent[-1]), "the limit is an hour's"


def test_what_others_write_in_her_name_leaves_her_proven_word_answered(asked):
    number = asked.case["id"]
    for forged in range(9):
        asked.deliver(asked.mail(text=f"STATUS {number}", subject=f"tanya {forged}"))
    assert len(letters_to(asked.work(), APPLICANT)) <= 4
    (answer,) = asked.receive(vouched(asked.mail(text=f"STATUS {number}", subject="Tanya saya")))
    assert answer["To"] == APPLICANT
    assert number in text_of(answer)


def test_a_question_that_nobody_was_asked_holds_no_mail_back(asked):
    number = asked.case["id"]
    for forged in range(5):
        asked.deliver(
            asked.mail(text=f"Berkas {number}", subject=f"Berkas {forged}", files=(asked.csr(key=forged),))
        )
    questions = letters_to(asked.work(), APPLICANT)
    assert asked.status["messages"]["held"] == len(questions) <= 4
    asked.clock.moment = BEGIN.replace(day=25)
    assert any("Berkas 4" in text_of(each) for each in letters_to(asked.work(), OFFICER))


def test_a_refuted_mail_draws_nothing_to_the_address_it_names(tmp_path):
    with counter(tmp_path) as opened:
        forged = opened.receive(said(opened.mail(text="lupa passphrase"), "fail"))
        assert [each["To"] for each in forged] == [OFFICER]
        assert "TIDAK LOLOS" in text_of(forged[0])
        assert opened.cases == []


@pytest.mark.parametrize(("sender", "files"), [(STRANGER, 0), (APPLICANT, 1)])
def test_an_unproven_stranger_is_sent_files_once_the_address_has_answered(tmp_path, sender, files):
    with counter(tmp_path) as opened:
        raw = opened.mail(sender, "lupa passphrase, mohon dibantu")
        (first,) = opened.receive(raw)
        assert len(list(first.iter_attachments())) == files
        assert ("DRAF TERLAMPIR" in text_of(first)) == bool(files)
        assert ("dengan kata STATUS" in " ".join(text_of(first).split())) != bool(files)
        for drafts in (1 - files, 0):
            (answer,) = opened.receive(opened.mail(sender, "STATUS", answers=first))
            assert len(list(answer.iter_attachments())) == drafts, "once"
        (second,) = opened.receive(opened.mail(sender, "CSR saya", answers=first, files=(opened.csr(),)))
        assert len(list(second.iter_attachments())) == 1


def test_more_letters_than_an_hour_takes_wait_in_order_and_none_is_lost(tmp_path):
    with counter(tmp_path, letters_per_hour=10) as opened:
        for number, person in enumerate(PEOPLE * 3):
            opened.deliver(opened.mail(person.email, f"lupa passphrase {number}", subject=f"Mohon {number}"))
        opened.deliver(
            vouched(opened.mail(text="Laptop saya dicuri, mohon sertifikat dicabut", subject="Darurat"))
        )
        first = opened.work()
        assert letters_to(first, ADMIN)
        assert letters_to(first, OFFICER), "what is urgent came last and went first"
        waiting = [each for each in opened.outbox if each["state"] == "queued"]
        assert len(first) + len(waiting) == len(opened.outbox)
        assert all("letters_per_hour" in each["error"] for each in waiting)
        assert any(f"{len(waiting)} letter(s) wait" in each for each in opened.status["attention"])
        for _ in range(6):
            opened.later(hours=1, minutes=1)
        assert {each["state"] for each in opened.outbox} == {"sent"}


def test_complaints_in_her_name_open_so_many_and_her_own_opens_one_more(asked):
    number = asked.case["id"]
    for forged in range(6):
        asked.deliver(asked.mail(text=f"PENGADUAN {number} terlalu lama {forged}", subject=f"Adu {forged}"))
    asked.work()
    assert len(asked.cases) == 1 + 3
    asked.receive(vouched(asked.mail(text=f"PENGADUAN {number} belum dijawab", subject="Adu saya")))
    assert len(asked.cases) == 1 + 3 + 1
    asked.clock.moment = BEGIN.replace(day=25)
    assert any("Adu 5" in text_of(each) for each in letters_to(asked.work(), OFFICER))


def test_one_address_gets_so_many_letters_an_hour_for_what_anybody_wrote_and_the_others_later(tmp_path):
    with counter(tmp_path, letters_per_recipient=3) as opened:
        for number in range(8):
            raw = opened.mail(
                f"t{number}@example.go.id",
                "Laptop saya dicuri, mohon sertifikat dicabut",
                subject=f"Darurat {number}",
            )
            opened.deliver(raw)
        told = opened.work()
        assert len(letters_to(told, OFFICER)) == 6, "of urgent ones twice as many"
        assert len([each for each in told if "example.go.id" in each["To"]]) == 8
        assert any("letters_per_recipient" in each["error"] for each in opened.outbox)
        assert letters_to(told, ADMIN)
        for _ in range(3):
            opened.later(hours=1, minutes=1)
        assert {each["state"] for each in opened.outbox} == {"sent"}
