"""Notices on their way: to whom, when, how often, and what keeps one back."""

from datetime import datetime, timedelta

import pytest

from mailflow.certificates import notices, shown
from tests.certificates.conftest import CONTACT, EXPIRES, Registry, line
from tests.support.counter import ADMIN, APPLICANT, OFFICER, text_of
from tests.support.forms import AGUS


def flat(letter):
    return " ".join(text_of(letter).split())


def to(letters):
    return [str(each["To"]) for each in letters]


def test_a_year_of_days_brings_each_notice_once_and_the_contact_in_the_last_week(counter):
    counter.imports(line())
    days = {day: to(counter.on(day)) for day in range(70, -20, -1)}
    both = [APPLICANT, CONTACT]
    assert {day: sent for day, sent in days.items() if sent} == {
        60: [APPLICANT], 30: [APPLICANT], 14: [APPLICANT], 7: both, 3: both, 1: both, 0: both, -7: both,
    }  # fmt: skip


def test_after_an_outage_only_the_nearest_is_sent(counter):
    counter.imports(line(contact=""))
    assert len(counter.on(60)) == 1
    (letter,) = counter.on(5)
    assert "(5 hari lagi)" in letter["Subject"]
    assert counter.on(4) == []


def test_nobody_is_written_to_before_the_office_opens_nor_skipped_on_a_closed_day(counter):
    counter.imports(line())
    assert EXPIRES.replace(day=7).strftime("%A") == "Sunday"
    assert counter.on(3, at="07:59:59+07:00") == []
    assert to(counter.on(3, at="08:00:00+07:00")) == [APPLICANT, CONTACT]


@pytest.mark.parametrize(
    ("zone", "at", "expected"),
    [
        ("Asia/Jakarta", "2026-05-10T22:30:00+00:00", 0),
        ("Asia/Jayapura", "2026-05-10T23:30:00+00:00", 1),
        ("Asia/Makassar", "2026-05-11T00:30:00+00:00", 1),
        ("Asia/Jakarta", "2026-05-11T01:30:00+00:00", 1),
    ],
)
def test_the_day_begins_in_the_departments_zone(tmp_path, zone, at, expected):
    with Registry(tmp_path, keys={"department": f'timezone = "{zone}"'}) as counter:
        counter.imports(line(expires="2026-06-10T12:00:00+07:00"))
        counter.clock.moment = datetime.fromisoformat("2026-04-20T09:00:00+07:00")
        assert len(counter.work()) == 1  # the notice of 60 days, late
        counter.clock.moment = datetime.fromisoformat(at)
        assert len([each for each in counter.work() if APPLICANT in each["To"]]) == expected


def test_a_notice_says_what_is_to_be_done_and_which_words_it_takes(counter):
    counter.imports(line())
    (early,) = counter.on(60)
    assert "mulai Senin, 11 Mei 2026" in flat(early)
    assert "UBAH –" in text_of(early)  # noqa: RUF001
    assert "BENAR" not in text_of(early)
    (letter,) = counter.on(30)
    assert all(f"{word} –" in text_of(letter) for word in ("BENAR", "UBAH", "SUDAH"))  # noqa: RUF001
    assert "berakhiran 4F21" in flat(letter)
    assert "5A3F" not in flat(letter)
    assert letter["Auto-Submitted"] == "auto-generated"
    (over, copy) = counter.on(-7)
    assert "telah berakhir 10 Juni 2026" in over["Subject"]
    assert "penerbitan sertifikat baru" in flat(over)
    assert "BENAR" not in text_of(over)
    assert "telah berakhir" in flat(copy)


def test_what_expired_this_morning_is_said_to_have_expired(counter):
    counter.imports(line(expires="2026-06-10 00:30"))
    counter.on(1)
    assert "telah berakhir" in counter.on(0)[0]["Subject"]


def test_who_is_english_is_written_to_in_english_the_contact_in_the_departments_language(counter):
    counter.imports(line(language="en"))
    holder, contact = counter.on(7)
    assert holder["Subject"] == "Your certificate expires on 10 June 2026 (7 days left)"
    assert contact["Subject"] == "Sertifikat Siti Rahmawati akan berakhir 10 Juni 2026 (7 hari lagi)"
    assert "Siti Rahmawati" in flat(contact)
    assert "BENAR" not in text_of(contact)


def test_revoked_replaced_and_long_expired_certificates_are_passed_over(counter):
    counter.imports(
        line("1", revoked="2026-01-05"),
        line("2", AGUS),
        line("3", AGUS, begins="2026-03-01", expires="2028-03-01"),
        line("4", begins="2020-01-01", expires="2022-01-01"),
    )
    assert all(counter.on(day) == [] for day in range(70, -20, -1))
    assert [each["state"] for each in shown.certificates(counter.office)] == [
        "expired",
        "revoked",
        "replaced",
        "valid",
    ]


def test_a_newer_certificate_that_was_revoked_replaces_nothing(counter):
    counter.imports(
        line("2", AGUS), line("3", AGUS, begins="2026-03-01", expires="2028-03-01", revoked="2026-03-02")
    )
    assert to(counter.on(30)) == [AGUS.email]


def test_two_people_who_share_an_address_are_each_told(counter):
    counter.imports(line(), line("77", AGUS, email=APPLICANT))
    assert to(counter.on(30)) == [APPLICANT, APPLICANT]


def test_an_open_renewal_keeps_notices_back_and_a_lapsed_one_does_not(counter):
    counter.imports(line(contact=""))
    (letter,) = counter.on(60)
    counter.receive(counter.mail(APPLICANT, "BENAR", answers=letter))
    ticket = counter.case["id"]
    assert counter.on(45) == []
    (waiting,) = shown.due(counter.office)
    assert (waiting["notice"], waiting["held_by"]) == (30, ticket)
    counter.act("case", "close", ticket, "ditutup")
    assert len(counter.on(29)) == 1


def test_an_observing_counter_tells_nobody(tmp_path):
    with Registry(tmp_path, intake="observe") as counter:
        counter.imports(line())
        assert counter.on(30) == []
        assert shown.certificates(counter.office)[0]["last_notice"] is None


def test_notice_days_are_the_departments(tmp_path):
    with Registry(tmp_path, keys={"limits": "[certificates]\nnotice_days = [20]\n"}) as counter:
        counter.imports(line(contact=""))
        assert [day for day in range(70, -20, -1) if counter.on(day)] == [20, -7]


def test_what_comes_next_is_shown_with_its_moment(counter):
    counter.imports(line(), line("77", AGUS, expires="2026-03-20"))
    first, second = shown.due(counter.office)
    assert (first["holder"], first["notice"], first["at"]) == (AGUS.name, 30, counter.clock.moment)
    assert (second["notice"], second["at"].isoformat(), second["to"]) == (
        60,
        "2026-04-11T08:00:00+07:00",
        [APPLICANT],
    )
    counter.work()
    first, _ = shown.due(counter.office)
    assert (first["notice"], first["at"].isoformat()) == (14, "2026-03-06T08:00:00+07:00")


def test_an_address_that_is_unknown_is_told_to_officers_once_and_a_corrected_one_gets_the_notice(counter):
    counter.imports(line(contact=""))
    (letter,) = counter.on(30)
    told = counter.receive(bounce(letter))
    assert sorted(to(told)) == [ADMIN, OFFICER]
    officer = next(each for each in told if OFFICER in each["To"])
    assert "Siti Rahmawati" in officer["Subject"]
    assert all(part in flat(officer) for part in (APPLICANT, "19850412 201001 2 007", "5.1.1"))
    alert = next(each for each in told if ADMIN in each["To"])
    assert "Siti Rahmawati" in flat(alert)
    assert "mailflow certificates import" in flat(alert)
    (again,) = counter.on(14)
    assert to(counter.receive(bounce(again))) == [ADMIN]
    counter.imports(line(contact="", email="siti.baru@contohkota.go.id"))
    assert to(counter.work()) == ["siti.baru@contohkota.go.id"]


def test_an_import_that_sets_a_certificate_back_sends_no_letter_twice(counter):
    counter.imports(line(contact=""))
    assert len(counter.on(30)) == 1
    counter.imports(line(contact="", expires="2026-06-09"))
    assert counter.work() == []
    counter.imports(line(contact="", expires="2026-05-20"))
    (letter,) = counter.work()
    assert "20 Mei 2026" in letter["Subject"]


def test_a_notice_that_cannot_be_written_stops_no_other(counter, monkeypatch):
    counter.imports(line(contact=""), line("77", AGUS, contact="", expires="2026-06-09"))
    whole = notices.letter_of

    def broken(work, row):
        if row.id == 1:
            raise ValueError("a template of the administrator's")
        return whole(work, row)

    monkeypatch.setattr(notices, "letter_of", broken)
    counter.clock.moment = EXPIRES - timedelta(days=29)
    assert {AGUS.email, ADMIN} <= set(to(counter.work()))


def bounce(letter):
    return (
        f"From: Mail Delivery System <mailer-daemon@contohkota.go.id>\r\nTo: layanan@contohkota.go.id\r\n"
        f"Subject: Undelivered Mail\r\nMessage-ID: <b{letter['Message-ID'][1:9]}@mx.contohkota.go.id>\r\n"
        f"In-Reply-To: {letter['Message-ID']}\r\nMIME-Version: 1.0\r\n"
        'Content-Type: multipart/report; report-type=delivery-status; boundary="b"\r\n\r\n'
        "--b\r\nContent-Type: text/plain\r\n\r\nfailed\r\n"
        "--b\r\nContent-Type: message/delivery-status\r\n\r\nReporting-MTA: dns; mx.contohkota.go.id\r\n\r\n"
        f"Final-Recipient: rfc822; {letter['To']}\r\nAction: failed\r\nStatus: 5.1.1\r\n"
        "Diagnostic-Code: smtp; 550 5.1.1 no such user\r\n\r\n"
        f"--b\r\nContent-Type: message/rfc822\r\n\r\nMessage-ID: {letter['Message-ID']}\r\nMailflow-Letter: {letter['Mailflow-Letter']}\r\n\r\n--b--\r\n"
    ).encode()
