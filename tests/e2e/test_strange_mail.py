"""Mail that is broken, automatic, too large, or none of our business: nothing is lost, nothing stops, nobody is answered who must not be."""

import pytest

from tests.support.counter import ADMIN, APPLICANT, BEGIN, OFFICER, Counter, text_of
from tests.support.letters import PEOPLE

NESTED = b"".join(
    b'Content-Type: multipart/mixed; boundary="b%d"\r\n\r\n--b%d\r\n' % (depth, depth) for depth in range(300)
)
STRANGE = {
    "no headers": b"\r\nhalo\r\n",
    "nothing at all": b"",
    "only a header": b"Subject: x",
    "binary": bytes(range(256)) * 20,
    "broken MIME": b'From: a@example.go.id\r\nContent-Type: multipart/mixed; boundary="x"\r\n\r\n--y\r\n\r\n',
    "an unknown charset": b"From: a@example.go.id\r\nSubject: =?x-unknown?q?=FF?=\r\nContent-Type: text/plain; charset=x-klingon\r\n\r\n\xff\xfe\r\n",
    "300 nested parts": b"From: a@example.go.id\r\nMIME-Version: 1.0\r\n"
    + NESTED
    + b"Content-Type: text/plain\r\n\r\nhalo\r\n",
    "3000 parts": b'From: a@example.go.id\r\nMIME-Version: 1.0\r\nContent-Type: multipart/mixed; boundary="b"\r\n\r\n'
    + b"--b\r\n\r\nx\r\n" * 3000
    + b"--b--\r\n",
    "a header of a megabyte": b"From: a@example.go.id\r\nSubject: " + b"x" * 1_000_000 + b"\r\n\r\nhalo\r\n",
    "base64 that is none": b"From: a@example.go.id\r\nContent-Type: application/pdf\r\nContent-Transfer-Encoding: base64\r\n\r\n%%%%\r\n",
    "NUL bytes": b"From: a\x00@example.go.id\r\nSubject: a\x00b\r\n\r\n\x00\x00\r\n",
    "a surrogate": b"From: a@example.go.id\r\nSubject: \xed\xa0\x80\r\n\r\n\xed\xa0\x80\r\n",
    "a date of the year 0": b"From: a@example.go.id\r\nDate: Mon, 00 Foo 0000 99:99:99 +9999\r\n\r\nx\r\n",
}


@pytest.mark.parametrize("raw", STRANGE.values(), ids=STRANGE.keys())
def test_one_strange_message_stops_nobody_and_is_in_one_named_state(strange, raw):
    counter, number = strange
    person = f"pemohon{number}@contohkota.go.id"
    counter.deliver(raw)
    sent = counter.receive(counter.mail(person, "lupa passphrase, mohon dibantu"))
    assert person in {each["To"] for each in sent}
    assert {each["To"] for each in sent} <= {person, ADMIN}
    assert "received" not in counter.status["messages"]
    assert raw in counter.kept


@pytest.fixture(scope="module")
def opened(tmp_path_factory):
    with Counter(tmp_path_factory.mktemp("strange"), keys={"limits": "message_bytes = 2000000"}) as counter:
        yield counter


@pytest.fixture
def strange(opened):
    opened.strange = getattr(opened, "strange", 0) + 1
    return opened, opened.strange


@pytest.fixture
def counter(tmp_path):
    with Counter(tmp_path) as counter:
        yield counter


def faulty(office, subject: str):
    """A reader with a fault that one message brings out."""
    read = office.reader.read

    def broken(raw: bytes):
        if subject.encode() in raw:
            raise RuntimeError("a fault of this program")
        return read(raw)

    return broken


def test_what_cannot_be_worked_off_is_quarantined_with_its_bytes_and_works_after_the_mend(
    counter, monkeypatch
):
    bad = counter.mail(text="lupa passphrase, mohon dibantu", subject="pesan celaka")
    with monkeypatch.context() as fault:
        fault.setattr(counter.office.reader, "read", faulty(counter.office, "pesan celaka"))
        counter.deliver(bad)
        for number in range(5):
            counter.deliver(
                counter.mail(f"pemohon{number}@contohkota.go.id", "lupa passphrase, mohon dibantu")
            )
        sent = counter.work()
        assert len({each["To"] for each in sent}) == 6
        assert ADMIN in {each["To"] for each in sent}
        (parked,) = counter.quarantine
        assert counter.kept[0] == bad
        assert len(list((counter.directory / "inbox" / ".Quarantine").rglob("*.*"))) == 1
        counter.act("message", "release", str(parked["id"]))
        assert [each["To"] for each in counter.work()] == [ADMIN], "not mended yet"
        assert [each["id"] for each in counter.quarantine] == [parked["id"]]
    counter.act("message", "release", str(parked["id"]))
    assert [each["To"] for each in counter.work()] == [APPLICANT]
    assert counter.quarantine == []
    assert counter.code == 0


def test_two_empty_mails_without_an_id_from_two_people_are_two(counter):
    for person in ("a@example.go.id", "b@example.go.id"):
        counter.deliver(f"From: {person}\r\n\r\n".encode())
    counter.work()
    assert counter.status["messages"] == {"unmatched": 2}


def test_the_same_message_id_with_other_content_is_another_message(counter):
    first = counter.mail(text="lupa passphrase, mohon dibantu")
    counter.receive(first)
    sent = counter.receive(first.replace(APPLICANT.encode(), PEOPLE[1].email.encode()))
    assert [each["To"] for each in sent] == [PEOPLE[1].email]


def test_the_same_message_twice_is_answered_once(counter):
    raw = counter.mail(text="lupa passphrase, mohon dibantu")
    assert len(counter.receive(raw)) == 1
    assert counter.receive(raw) == []
    assert counter.status["messages"] == {"duplicate": 1, "filed": 1}


AUTOMATIC = {
    "a newsletter": (("List-Unsubscribe", "<mailto:x@example.go.id>"),),
    "a list": (("List-Id", "<pegawai.contohkota.go.id>"),),
    "bulk mail": (("Precedence", "bulk"),),
    "an automatic reply": (("Auto-Submitted", "auto-replied"),),
    "a generated notice": (("Auto-Submitted", "auto-generated"),),
    "a null path": (("Return-Path", "<>"),),
    "a message in a loop": tuple(("Received", f"from a{n} by b") for n in range(60)),
}


@pytest.mark.parametrize("headers", AUTOMATIC.values(), ids=AUTOMATIC.keys())
def test_automatic_mail_is_never_answered_even_if_it_asks_for_our_service(strange, headers):
    counter, number = strange
    cases = len(counter.cases)
    mail = counter.mail(f"robot{number}@example.go.id", "lupa passphrase, mohon dibantu", headers=headers)
    assert answered(counter.receive(mail)) == []
    assert len(counter.cases) == cases


def answered(sent) -> list:
    """Letters to anybody but the officers' daily list."""
    return [each for each in sent if "belum dikenali" not in each["Subject"]]


def test_mail_from_ourselves_and_from_a_mailer_is_never_answered(counter):
    for sender in (
        "layanan@contohkota.go.id",
        "layanan+a.1.x@contohkota.go.id",
        "MAILER-DAEMON@example.go.id",
    ):
        assert answered(counter.receive(counter.mail(sender, "lupa passphrase, mohon dibantu"))) == []
    assert counter.cases == []


def test_a_message_over_the_limit_is_parked_by_its_headers_and_its_sender_told(tmp_path):
    with Counter(tmp_path, keys={"limits": "message_bytes = 1048576"}) as counter:
        large = ("foto.jpg", bytes(1_600_000), "image/jpeg")
        sent = counter.receive(counter.mail(text="lupa passphrase", files=(large,)))
        assert [each["To"] for each in sent] == [APPLICANT]
        assert "1 MB" in text_of(sent[0])
        assert counter.status["messages"] == {"parked": 1}
        assert (
            counter.receive(
                counter.mail(
                    "robot@example.go.id", "x", files=(large,), headers=(("Auto-Submitted", "auto-replied"),)
                )
            )
            == []
        )
        assert counter.status["messages"] == {"parked": 2}


def test_what_fits_nothing_stays_unread_in_the_inbox_and_is_listed_once_per_working_day(counter):
    assert counter.work() == [], "nothing to list today"
    assert (
        counter.receive(counter.mail("tamu@example.go.id", "Kapan ada pelatihan?", subject="Pelatihan")) == []
    )
    assert len(list((counter.directory / "inbox" / "new").iterdir())) == 1
    assert counter.later(hours=2) == []
    assert counter.later(days=1) == [], "a holiday"
    counter.clock.moment = BEGIN.replace(day=25)
    listed = counter.work()
    assert [each["To"] for each in listed] == [OFFICER]
    assert "Pelatihan" in text_of(listed[0])
    assert counter.later(days=1) == []
    counter.receive(counter.mail("tamu@example.go.id", "Halo?", subject="Jumat sore"))
    counter.clock.moment = BEGIN.replace(day=28)
    assert counter.work() == [], "a Saturday"
    counter.clock.moment = BEGIN.replace(day=30)
    assert "Jumat sore" in text_of(counter.work()[0])


def test_sort_puts_what_fits_nothing_before_an_officer_at_once(tmp_path):
    with Counter(tmp_path, keys={"intake": 'unmatched = "sort"'}) as counter:
        sent = counter.receive(
            counter.mail("tamu@example.go.id", "Kapan ada pelatihan?", subject="Pelatihan")
        )
        assert [each["To"] for each in sent] == [OFFICER]
        assert "Kapan ada pelatihan?" in text_of(sent[0])


def test_observing_changes_nothing_and_tells_only_the_administrators(tmp_path):
    with Counter(tmp_path, intake="observe", keys={"limits": "message_bytes = 200000"}) as counter:
        counter.deliver(counter.mail(text="x", files=(("foto.jpg", bytes(300_000), "image/jpeg"),)))
        counter.deliver(counter.mail("tamu@example.go.id", "Kapan ada pelatihan?"))
        sent = counter.receive(
            counter.mail(text="lupa passphrase, mohon dibantu", files=(counter.letter(), counter.csr()))
        )
        assert {each["To"] for each in sent} == {ADMIN}
        assert OFFICER in " ".join(text_of(each) for each in sent)
        assert len(list((counter.directory / "inbox" / "new").iterdir())) == 3
        assert counter.cases == []
        assert {each["To"] for each in counter.later(days=3)} <= {ADMIN}


def test_turning_to_observe_silences_what_was_under_way(tmp_path):
    with Counter(tmp_path, undo=10) as counter:
        counter.complete_request()
        counter.receive(counter.mail(OFFICER, "SETUJU", answers=counter.task_letter()))
        moment = counter.clock.moment
    with Counter(tmp_path, undo=10, intake="observe") as counter:
        counter.clock.moment = moment
        assert {each["To"] for each in counter.later(days=9)} <= {ADMIN}


def test_mail_that_was_there_before_us_is_never_answered(tmp_path):
    with Counter(tmp_path, baseline="true") as counter:
        for number in range(30):
            counter.deliver(counter.mail(f"lama{number}@example.go.id", "lupa passphrase, mohon dibantu"))
        assert counter.work() == []
        assert counter.status["messages"] == {"baseline": 30}
        assert len(list((counter.directory / "inbox" / "new").iterdir())) == 30
        assert [
            each["To"] for each in counter.receive(counter.mail(text="lupa passphrase, mohon dibantu"))
        ] == [APPLICANT]


def test_a_mailbox_under_another_name_hides_no_waiting_request(tmp_path):
    """A renamed server, user or directory is no first start: only what was there before the counter opened is baseline."""
    with Counter(tmp_path, baseline="true") as counter:
        counter.deliver(counter.mail("lama@contohkota.go.id", "surat lama"))
        counter.work()
        counter.complete_request()
        assert counter.status["messages"] == {"baseline": 1, "filed": 1}
    (tmp_path / "inbox").rename(tmp_path / "moved")
    renamed = Counter(tmp_path, baseline="true")
    renamed.config_file.write_text(renamed.config_file.read_text().replace("/inbox", "/moved"))
    waiting = renamed.mail("pemohon@contohkota.go.id", "Saya lupa passphrase, mohon dibantu.")
    (tmp_path / "moved" / "new" / "waiting").write_bytes(waiting)
    with renamed:
        sent = renamed.work()
        assert [each["To"] for each in sent] == ["pemohon@contohkota.go.id"]
        assert renamed.status["messages"]["filed"] == 2
